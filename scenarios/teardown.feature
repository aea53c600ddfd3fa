@after-all
Feature: After everything else

  Scenario: The lobby is still there
    When I send GET "/lobby"
    Then the status is 200
