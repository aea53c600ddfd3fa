Feature: Lobby

  @smoke
  Scenario: The lobby lists its tables
    When I send GET "/lobby"
    Then the status is 200
