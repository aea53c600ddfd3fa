One file as the parser sees it.

  $ bddrun check --print=tokens features/lobby.feature
  (1:1)FeatureLine:()Feature/Lobby/
  (2:1)Empty://
  (3:3)TagLine://3:@smoke
  (4:3)ScenarioLine:()Scenario/The lobby lists its tables/
  (5:5)StepLine:(Action)When /I send GET "/lobby"/
  (6:5)StepLine:(Outcome)Then /the status is 200/
  EOF
  $ bddrun check --print=source features/lobby.feature
  {"source":{"uri":"features/lobby.feature","data":"Feature: Lobby\n\n  @smoke\n  Scenario: The lobby lists its tables\n    When I send GET \"/lobby\"\n    Then the status is 200\n","mediaType":"text/x.cucumber.gherkin+plain"}}
  $ bddrun check --print=pickles - <features/lobby.feature
  {"pickle":{"id":"6","uri":"-","location":{"line":4,"column":3},"astNodeIds":["3"],"name":"The lobby lists its tables","language":"en","steps":[{"id":"4","text":"I send GET \"/lobby\"","type":"Action","astNodeIds":["0"]},{"id":"5","text":"the status is 200","type":"Outcome","astNodeIds":["1"]}],"tags":[{"name":"@smoke","astNodeId":"2"}]}}
  $ bddrun check --print=ast features/broken.feature
  {"parseError":{"source":{"uri":"features/broken.feature","location":{"line":6,"column":7}},"message":"(6:7): inconsistent cell count within the table"}}
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=pickles features/binary.feature
  {"parseError":{"source":{"uri":"features/binary.feature","location":{"line":1,"column":10}},"message":"(1:10): NUL byte in a text file"}}
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=ast features/latin1.feature
  {"parseError":{"source":{"uri":"features/latin1.feature","location":{"line":1,"column":13}},"message":"(1:13): invalid UTF-8: byte 0xe9"}}
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=ast features/none.feature
  bddrun: error: cannot read 'features/none.feature': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=ast features
  bddrun: error: cannot read 'features': Is a directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=ast features/lobby.feature features/broken.feature
  bddrun: error: --print takes one file, but got 2
    hint: name one feature file
  bddrun: exit 2: wrong usage, configuration or input
  [2]

Everything is matched, nothing is sent.

  $ bddrun check features/lobby.feature
  1 scenario in 1 file: every step is known
  bddrun: exit 0: yes, all well
  $ bddrun check features/unknown.feature
  features/unknown.feature:4:5: error: undefined step 'I send PSOT "/lobby"'
        When I send PSOT "/lobby"
        ^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: did you mean 'I send GET "/api/tables"', 'I send POST "/login" with form:' or 'I send PATCH "/api/me" with:'?
  features/unknown.feature:5:5: error: undefined step 'I frobnicate the lobby'
        And I frobnicate the lobby
        ^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: did you mean 'I follow the link at "//a[text()='Lobby']/@href"'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check features/none.feature
  bddrun: error: no such file or folder 'features/none.feature'
    hint: check the spelling; paths are relative to here
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check empty
  bddrun: error: no feature file in folder 'empty'
    hint: scenarios are in files whose names end in .feature
  bddrun: exit 3: nothing to judge
  [3]
  $ bddrun check
  bddrun: error: no scenarios are named
    hint: name a PATH, or `scenarios:` in bddrun.yaml; `bddrun help` lists the commands
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run
  bddrun: error: no scenarios are named
    hint: name a PATH, or `scenarios:` in bddrun.yaml; `bddrun help` lists the commands
  bddrun: exit 2: wrong usage, configuration or input
  [2]
