Feature: Unknown

  Scenario: Steps that are not
    When I send PSOT "/lobby"
    And I frobnicate the lobby
    And I frobnicate the lobby
    Then the status is 200
