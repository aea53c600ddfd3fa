What is wrong in bddrun.yaml is shown at its place, all of it at once.

  $ bddrun check --config config/typo.yaml features/lobby.feature
  config/typo.yaml:2:1: error: unknown section 'enviroments'
    enviroments:
    ^^^^^^^^^^^
    hint: did you mean 'environments'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/many.yaml features/lobby.feature
  config/many.yaml:1:10: error: expected 1, the only version there is, found '2'
    version: 2
             ^
  config/many.yaml:2:9: error: expected text, found a list
    output: [a]
            ^
  config/many.yaml:3:23: error: expected text, found a list
    variables: {currency: [AUD]}
                          ^
  config/many.yaml:5:13: error: expected {env: NAME} or {file: PATH}, found 'hunter2'
      password: hunter2
                ^^^^^^^
    hint: a secret itself does not stand in this file
  config/many.yaml:6:8: error: expected {env: NAME} or {file: PATH}, found a map
      key: {env: KEY, file: key.txt}
           ^
  config/many.yaml:7:17: error: expected text, found a list
      other: {file: [a]}
                    ^
  config/many.yaml:8:18: error: expected a list: a program and its arguments, found 'php'
    commands: {seed: php}
                     ^^^
  config/many.yaml:11:10: error: expected a URL such as 'https://staging.example.test', found 'staging.test'
        url: staging.test
             ^^^^^^^^^^^^
  config/many.yaml:12:11: error: unknown key 'caa' in the TLS settings
        tls: {caa: x.pem}
              ^^^
    hint: did you mean 'ca'?
  config/many.yaml:13:5: error: key 'header' is missing in the CSRF settings
        csrf: {cookie: XSRF}
        ^^^^
  config/many.yaml:14:20: error: expected a whole number from 1 to 1024, found '0'
        limits: {jobs: 0, connect: 5, request_rate: fast, body: 3 kilos}
                       ^
  config/many.yaml:14:32: error: expected a duration such as '250 ms', '2 s' or '15 min', found '5'
        limits: {jobs: 0, connect: 5, request_rate: fast, body: 3 kilos}
                                   ^
  config/many.yaml:14:49: error: expected a rate such as '200/s' or '30/min', found 'fast'
        limits: {jobs: 0, connect: 5, request_rate: fast, body: 3 kilos}
                                                    ^^^^
  config/many.yaml:14:61: error: expected a size such as '20 kB' or '64 MiB', found '3 kilos'
        limits: {jobs: 0, connect: 5, request_rate: fast, body: 3 kilos}
                                                                ^^^^^^^
  config/many.yaml:15:16: error: expected true or false, found 'yes'
        read_only: yes
                   ^^^
  config/many.yaml:16:30: error: expected one of the known words, found 'soketio'
        sockets: {rt: {protocol: soketio}}
                                 ^^^^^^^
    hint: it can be 'text', 'json', 'socketio', 'pusher', 'graphql', 'actioncable', 'phoenix'
  config/many.yaml:17:12: error: expected a whole number from 0 to 10, found '11'
        retry: 11
               ^^
  config/many.yaml:18:5: error: expected a map of names, found nothing
        headers:
        ^^^^^^^
  config/many.yaml:19:8: error: unknown key 'coverge' in the gate
    gate: {coverge: {}}
           ^^^^^^^
    hint: did you mean 'coverage'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/syntax.yaml features/lobby.feature
  config/syntax.yaml:5:1: error: invalid YAML: found unexpected end of stream
    
    ^
  config/syntax.yaml:4:10: while scanning a quoted scalar
        url: "https://staging.test
             ^
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/alias.yaml features/lobby.feature
  config/alias.yaml:1:12: error: anchors and tags are not supported
    variables: &all {a: b}
               ^^^^^^
    hint: write the value out
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/twice.yaml features/lobby.feature
  config/twice.yaml:2:25: error: key 'a' occurs twice
    variables: {a: 1, b: 2, a: 3}
                            ^
  config/twice.yaml:2:13: first defined here
    variables: {a: 1, b: 2, a: 3}
                ^
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/shapes.yaml features/lobby.feature
  config/shapes.yaml:1:10: error: expected 1, the only version there is, found a list
    version: [1]
             ^
  config/shapes.yaml:2:1: error: unknown section 'xyzzy'
    xyzzy: 1
    ^^^^^
    hint: docs/configuration.md lists the sections
  config/shapes.yaml:3:10: error: expected a map of names, found a list
    secrets: [a]
             ^
  config/shapes.yaml:4:11: error: expected a map of names, found a list
    commands: [a]
              ^
  config/shapes.yaml:5:12: error: expected a map of names, found a list
    variables: [a]
               ^
  config/shapes.yaml:6:10: error: expected a list of texts, found a map
    reports: {a: b}
             ^
  config/shapes.yaml:8:16: error: key 'url' is missing in an environment
    environments: {staging: {read_only: true, tls: 5, revision: {json: $.a}}, production: 5}
                   ^^^^^^^
  config/shapes.yaml:8:48: error: expected a map, found '5'
    environments: {staging: {read_only: true, tls: 5, revision: {json: $.a}}, production: 5}
                                                   ^
  config/shapes.yaml:8:51: error: key 'at' is missing in the revision
    environments: {staging: {read_only: true, tls: 5, revision: {json: $.a}}, production: 5}
                                                      ^^^^^^^^
  config/shapes.yaml:8:87: error: expected a map, found '5'
    environments: {staging: {read_only: true, tls: 5, revision: {json: $.a}}, production: 5}
                                                                                          ^
  config/shapes.yaml:9:8: error: expected a list, found a map
    masks: {a: b}
           ^
  config/shapes.yaml:10:13: error: expected a map of names, found a list
    components: [a]
                ^
  config/shapes.yaml:11:7: error: expected a map, found a list
    gate: [a]
          ^
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/list.yaml features/lobby.feature
  config/list.yaml:1:1: error: expected a map of sections, found a list
    - a
    ^
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/none.yaml features/lobby.feature
  bddrun: error: cannot read 'config/none.yaml': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config features/lobby.feature
  bddrun: error: cannot read 'config': Is a directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ BDDRUN_CONFIG=config/none.yaml bddrun check features/lobby.feature
  bddrun: error: cannot read 'config/none.yaml': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --config config/good.yaml --show-config
  config/good.yaml:5:34: error: environment variable 'HOME_OF_TEST' is not set
    variables: {currency: AUD, home: "${HOME_OF_TEST}"}
                                     ^^^^^^^^^^^^^^^^^
    hint: set it, or write the value here
  bddrun: exit 2: wrong usage, configuration or input
  [2]

Where each value came from.

  $ export HOME_OF_TEST=/h TOKEN=secret BDDRUN_JOBS=5 BDDRUN_SECRET_other=x BDDRUN_VAR_seat=3; bddrun check --config config/good.yaml --show-config -D currency=NZD
  version: 1                                      # config/good.yaml:1:10
  scenarios: features/                            # config/good.yaml:2:12
  output: out/                                    # config/good.yaml:3:9
  reports[0]: junit:junit.xml                     # config/good.yaml:4:11
  variables.currency: AUD                         # config/good.yaml:5:23
  variables.home: ${HOME_OF_TEST}                 # config/good.yaml:5:34
  env[0]: CI_COMMIT_SHA                           # config/good.yaml:6:7
  secrets.token.env: TOKEN                        # config/good.yaml:7:24
  environments.staging.url: https://staging.test/ # config/good.yaml:10:10
  environments.staging.limits.jobs: 3             # config/good.yaml:11:20
  environments.staging.limits.response: 1.5 s     # config/good.yaml:11:33
  environments.production.url: https://arena.test # config/good.yaml:12:21
  environments.production.read_only: true         # config/good.yaml:12:54
  default_environment: staging                    # config/good.yaml:13:22
  variables.currency: NZD                         # option '-D'
  variables.seat: 3                               # environment variable 'BDDRUN_VAR_seat'
  secrets.token: (set, not shown)                 # environment variable 'TOKEN'
  secrets.other: (set, not shown)                 # environment variable 'BDDRUN_SECRET_other'
  environment: staging                            # default_environment
  base_url: https://staging.test                  # the environment
  jobs: 5                                         # environment variable 'BDDRUN_JOBS'
  connect: 5 s                                    # in effect
  response: 1500 ms                               # in effect
  receive: 5 s                                    # in effect
  poll: 250 ms                                    # in effect
  step: 30 s                                      # in effect
  scenario: 1 min                                 # in effect
  run: 1 h                                        # in effect
  bddrun: exit 0: yes, all well
  $ HOME_OF_TEST=/h bddrun check --config config/good.yaml --show-config -e prodction
  bddrun: error: unknown environment 'prodction'
    hint: bddrun.yaml has 'staging', 'production'
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ HOME_OF_TEST=/h bddrun check --config config/good.yaml -D token=x
  bddrun: error: 'token' is a secret and cannot be a variable
    hint: give it as BDDRUN_SECRET_name, or where `secrets:` says
  bddrun: exit 2: wrong usage, configuration or input
  [2]

  $ bddrun check --show-config >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ HOME_OF_TEST=/h BDDRUN_VAR_token=x bddrun check --config config/good.yaml
  bddrun: error: 'token' is a secret and cannot be a variable
    hint: give it as BDDRUN_SECRET_name, or where `secrets:` says
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ BDDRUN_SECRET_=x bddrun check features/lobby.feature
  bddrun: error: bad secret name ''
    hint: use letters, digits, '_' and '-'
  bddrun: exit 2: wrong usage, configuration or input
  [2]

The file is looked for upward from the scenarios, not beyond what is trusted.

  $ cp config/typo.yaml features/bddrun.yaml; bddrun check features/lobby.feature:4; rm features/bddrun.yaml
  features/bddrun.yaml:2:1: error: unknown section 'enviroments'
    enviroments:
    ^^^^^^^^^^^
    hint: did you mean 'environments'?
  bddrun: exit 2: wrong usage, configuration or input
  $ cp config/typo.yaml bddrun.yaml; bddrun check features; bddrun check; cd features; bddrun check lobby.feature; rm ../bddrun.yaml
  bddrun.yaml:2:1: error: unknown section 'enviroments'
    enviroments:
    ^^^^^^^^^^^
    hint: did you mean 'environments'?
  bddrun: exit 2: wrong usage, configuration or input
  bddrun.yaml:2:1: error: unknown section 'enviroments'
    enviroments:
    ^^^^^^^^^^^
    hint: did you mean 'environments'?
  bddrun: exit 2: wrong usage, configuration or input
  1 scenario in 1 file: every step is known
  bddrun: exit 0: yes, all well
  $ cp config/typo.yaml bddrun.yaml; mkdir .git; cd features; bddrun check lobby.feature 2>&1 | sed 's|/.*/files|FILES|'; rm -r ../bddrun.yaml ../.git
  FILES/bddrun.yaml:2:1: error: unknown section 'enviroments'
    enviroments:
    ^^^^^^^^^^^
    hint: did you mean 'environments'?
  bddrun: exit 2: wrong usage, configuration or input
