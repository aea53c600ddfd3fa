Two documents: what differs, worst first, where, and how often.

  $ cd diff && bddrun diff expected.json actual.json
  type  $.players[*].chips
      $.players[0].chips: expected 1500, actual "1500"
  missing  $.players[*].chips
      $.players[1].chips: expected 900, actual absent
  changed  $.at
      expected "2026-11-23T10:00:00Z", actual "2026-11-23T10:00:02Z"
  added  $.players[*]
      $.players[0]: expected absent, actual {"id":3,"name":"carol","chips":100}
  2 breaking, 1 changed, 1 informational
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff expected.json expected.json
  no difference
  $ cd diff && bddrun diff --color always expected.json actual.json 2>/dev/null | head -n 1 | cat -v
  ^[[31mtype^[[0m  ^[[1m$.players[*].chips^[[0m
  $ bddrun diff --mask 'JSON "$.players[*].chips" ignore' --mask 'JSON "$.at" type' diff/expected.json diff/actual.json
  added  $.players[*]
      $.players[0]: expected absent, actual {"id":3,"name":"carol","chips":100}
  1 informational; 3 masked
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff --json expected.json actual.json 2>/dev/null | tr -d ' \n'
  [{"path":"$.players[*].chips","class":"type","severity":"breaking","left":1500,"right":"1500","count":1},{"path":"$.players[*].chips","class":"missing","severity":"breaking","left":900,"right":null,"count":1},{"path":"$.at","class":"changed","severity":"changed","left":"2026-11-23T10:00:00Z","right":"2026-11-23T10:00:02Z","count":1},{"path":"$.players[*]","class":"added","severity":"informational","left":null,"right":{"id":3,"name":"carol","chips":100},"count":1}]
  $ cd diff && bddrun diff --patch expected.json actual.json 2>/dev/null
  [
  {"op":"replace","path":"/at","value":"2026-11-23T10:00:02Z"},
  {"op":"add","path":"/players/0","value":{"id":3,"name":"carol","chips":100}},
  {"op":"replace","path":"/players/1/chips","value":"1500"},
  {"op":"remove","path":"/players/2/chips"}
  ]
  [1]
  $ cd diff && bddrun diff --patch expected.json expected.json
  []
  $ cd diff && cat actual.json | bddrun diff - expected.json --json 2>/dev/null | grep -c path
  4

Masks of the configuration hold; without it the date differs.

  $ bddrun diff diff/expected.json diff/actual.json 2>/dev/null | tail -n 1
  2 breaking, 1 changed, 1 informational
  $ bddrun diff --config diff/masks.yaml diff/expected.json diff/actual.json 2>/dev/null | tail -n 1
  2 breaking, 1 informational; 1 masked

Responses, pages, recordings.

  $ cd diff && bddrun diff expected.http actual.http
  status  status
      expected 200 OK, actual 201 Created
  missing  cookie "theme" attribute "Secure"
      expected Secure, actual absent
  changed  header "X-Api-Key"
      expected ***, actual ***
  changed  cookie "theme"
      expected dark, actual light
  changed  $.token
      expected ***, actual ***
  2 breaking, 3 changed; 1 masked
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff expected.html actual.html
  changed  /html/body/p/b/text()
      /html/body[1]/p[1]/b[1]/text(): expected alice, actual bob
  1 changed
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff expected.har actual.har
  GET /api/lobby
  type  $.online
      expected 12, actual "12"
  changed  $.at
      expected "2026-11-23T10:00:00Z", actual "2026-11-23T10:00:01Z"
  POST /logout
  missing  exchange
      expected 302, actual absent
  GET /api/news
  added  exchange
      expected absent, actual 200
  2 breaking, 1 changed, 1 informational
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff --json expected.har actual.har 2>/dev/null | tr -d ' \n'
  [{"path":"GET/api/lobby$.online","class":"type","severity":"breaking","left":12,"right":"12","count":1},{"path":"GET/api/lobby$.at","class":"changed","severity":"changed","left":"2026-11-23T10:00:00Z","right":"2026-11-23T10:00:01Z","count":1},{"path":"POST/logoutexchange","class":"missing","severity":"breaking","left":"302","right":null,"count":1},{"path":"GET/api/newsexchange","class":"added","severity":"informational","left":null,"right":"200","count":1}]
  $ cd diff && cat expected.har | bddrun diff expected.har -
  no difference
  $ cd diff && bddrun diff expected.har expected.http
  type  file
      expected a recording, actual a response
  1 breaking
  bddrun: exit 1: no, something failed or differs
  [1]
  $ cd diff && bddrun diff expected.json expected.html
  type  body
      expected JSON, 144 bytes, actual HTML, 22 bytes
  1 breaking
  bddrun: exit 1: no, something failed or differs
  [1]

Sockets message by message; a new id is no difference, a crossed one is. A body that a file left out is unknown.

  $ cd diff && bddrun diff talk-expected.har talk-actual.har 2>/dev/null | grep -A1 -e bye -e move
  missing  received "bye"
      expected {"type": "bye"}, actual absent
  changed  received "joined" $.seat
  --
  changed  received "move" $.player
      expected "3f2b8c1e-0d4a-4c5b-9e6f-222222222222"
  $ cd diff && bddrun diff talk-expected.har talk-actual.har 2>/dev/null | grep -c 'crossed ids at GET /realtime'
  1
  $ cd diff && bddrun diff --mask 'event "move" JSON "$.player" ignore' talk-expected.har talk-actual.har 2>/dev/null | tail -n 1
  1 breaking, 1 changed; 3 masked
  $ cd diff && bddrun diff --mask 'event "move" JSON "$.n" ignore' bodiless.har talk-actual.har 2>/dev/null | tail -n 1
  1 breaking, 2 informational
  $ cd diff && bddrun diff bodiless.har bodied.har
  no difference
  $ cd diff && printf '\377' >a.bin && printf '\376' >b.bin && bddrun diff a.bin b.bin
  changed  body
      expected 1 bytes, sha256 a8100ae6aa19…, actual 1 bytes, sha256 aa687b58b0e7…
  1 changed
  bddrun: exit 1: no, something failed or differs
  [1]

What cannot be compared.

  $ cd diff && bddrun diff expected.json
  bddrun: error: diff takes two files
    hint: bddrun diff expected.json actual.json
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff - -
  bddrun: error: the standard input cannot be both sides
    hint: name a file for one side
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff --json --patch expected.json actual.json
  bddrun: error: --json and --patch are two answers
    hint: leave one of them out
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff --patch expected.html actual.html
  bddrun: error: a JSON Patch is made of two JSON documents
    hint: leave --patch out
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff expected.json none.json
  bddrun: error: cannot read 'none.json': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff expected.json broken.json
  broken.json:1:13: error: expected a key in double quotes, found '}'
    {"table": 7,}
                ^
    hint: remove the comma before it
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff broken.http broken2.http
  broken.http:1:1: error: this is no status line
    HTTP/1.1 oops
    ^^^^^^^^^^^^^
    hint: a response begins like 'HTTP/1.1 200 OK'
  broken2.http:2:1: error: this is no header field
    no field
    ^^^^^^^^
    hint: before the body stands an empty line
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff good.xml broken.xml 2>&1 | sed 's/: line.*//'
  bddrun: error: 'broken.xml' is not XML
  bddrun: exit 2: wrong usage, configuration or input
  $ cd diff && bddrun diff --mask 'JSON "$.at" nonsense' expected.json actual.json
  bddrun: error: an unknown assertion in the mask 'nonsense'
    hint: one of type, present, regex, date, number, uuid, length, set, by, same-as, ignore
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd diff && bddrun diff expected.json actual.json >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
