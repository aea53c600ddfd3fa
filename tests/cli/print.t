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
