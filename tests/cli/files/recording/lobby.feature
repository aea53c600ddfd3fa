Feature: Lobby
  Scenario: Opens
    When alice sends GET "/lobby"
    And alice opens the "table" socket at "/realtime"
    And alice sends GET "/api/tables/${table}"
    Then alice's status is 200
