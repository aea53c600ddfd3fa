Recording: what goes together, and browsers' files.

  $ bddrun help record
  usage: bddrun record [OPTION…] [PATH…]
  
  Runs the scenarios of PATH (as for run) against the environment that `recordings:`
  names, which must be read-only, and writes what it answered, redacted: a HAR file
  for each scenario that passed. With --from no scenario runs: requests and sockets
  of a browser's HAR file go to the scenarios whose steps ask for them.
  
  options:
        --from FILE.har         take what a browser or proxy recorded, instead of running scenarios
        --host HOST             of --from: only this host; *.shop.example; repeatable
        --path PATTERN          of --from: only these paths: '/api/**'; repeatable
        --keep NAME             of --from: a name whose values are not redacted; repeatable
        --all                   of --from: for one scenario, also what none of its steps asks for
        --samples COUNT         record each scenario so often, to learn what differs by itself
        --scenario NAME         only scenarios of this name; repeatable: or
    -n, --name REGEX            only scenarios whose name matches; repeatable: or
    -t, --tags EXPRESSION       only scenarios with these tags; repeatable: and
    -j, --jobs COUNT            scenarios at the same time, at most
    -e, --environment NAME      instead of the environment that `recordings:` names
    -D, --define NAME=VALUE     a variable; repeatable; never a secret
        --config FILE           instead of looking for bddrun.yaml
        --json                  what was recorded as JSON, to the standard output
    -h, --help                  this text
  $ bddrun record --host a.test recording/lobby.feature
  bddrun: error: --host, --path, --keep and --all are of --from
    hint: `bddrun record --help` says what goes together
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --from a.har --samples 2 recording/lobby.feature
  bddrun: error: --from takes one sample, not --samples
    hint: `bddrun record --help` says what goes together
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --samples 100 recording/lobby.feature
  bddrun: error: at most 99 samples are recorded
    hint: `bddrun record --help` says what goes together
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --from no-such.har recording/lobby.feature
  bddrun: error: cannot read 'no-such.har': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --from recording/broken.har recording/lobby.feature
  recording/broken.har:2:38: error: entry 1: 'url' is a number, expected a string
    {"request": {"method": "GET", "url": 7}},
                                         ^
  recording/broken.har:3:13: error: entry 2: 'request' has no 'url'
    {"request": {"method": "GET"}},
                ^^^^^^^^^^^^^^^^^
  recording/broken.har:4:1: error: expected a value, found ']'
    ]}}
    ^
    hint: remove the comma before it
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --from recording/session.har recording/lobby.feature
  recording/session.har: 3 entries, written by Chrome 150
  recording/lobby.feature:2 Opens -> recording/recordings/lobby/opens.har
    GET /lobby 200, without its body
    GET /api/tables/7 200
    not in the file: socket at /realtime (line 4)
  left out
    1: another host: ads.example (GET /track)
  bddrun: exit 0: yes, all well
  $ grep -c '^{"time"' recording/recordings/lobby/opens.har
  2
  $ bddrun record --from recording/session.har --json recording/lobby.feature
  {
    "file": "recording/session.har",
    "creator": "Chrome",
    "entries": 3,
    "scenarios": [
      {
        "feature": "recording/lobby.feature",
        "line": 2,
        "scenario": "Opens",
        "path": "recording/recordings/lobby/opens.har",
        "taken": [
          {
            "index": 0,
            "method": "GET",
            "path": "/lobby",
            "status": 200,
            "line": 3
          },
          {
            "index": 1,
            "method": "GET",
            "path": "/api/tables/7",
            "status": 200,
            "line": 5
          }
        ],
        "missing": [
          {
            "method": "GET",
            "path": "/realtime",
            "line": 4
          }
        ]
      }
    ],
    "left_out": [
      {
        "reason": "another host: ads.example",
        "count": 1,
        "example": "GET /track"
      }
    ]
  }
  bddrun: exit 0: yes, all well
  $ bddrun record --from recording/session.har --host nobody.example recording/lobby.feature
  recording/session.har: 3 entries, written by Chrome 150
  recording/lobby.feature:2 Opens
    not in the file: GET /lobby (line 3)
    not in the file: socket at /realtime (line 4)
    not in the file: GET /api/tables/${table} (line 5)
  left out
    2: another host: arena.example (GET /lobby)
    1: another host: ads.example (GET /track)
  bddrun: error: nothing of 'recording/session.har' is taken
    hint: choose other hosts, paths or scenarios, or take --all for one scenario
  bddrun: exit 3: nothing to judge
  [3]
  $ bddrun record --from recording/session.har --path '/{' recording/lobby.feature
  bddrun: error: --path '/{' has a '{' without its '}'
    hint: write it as --path '/api/**'
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record -e staging recording/lobby.feature
  recording/bddrun.yaml:5:27: error: the environment to record is not read-only
    recordings: {environment: production}
                              ^^^^^^^^^^
    hint: give it `read_only: true`; scenarios that have to write are tagged @writes-production, and `recordings: {allow: …}` lists what they may
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun record --config config/typo.yaml features/lobby.feature 2>&1 | tail -n 1
  bddrun: exit 2: wrong usage, configuration or input
