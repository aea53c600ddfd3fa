@serial
Feature: The message of the day
  There is only one, so these scenarios run alone.

  Scenario: It is changed and changed back
    When I send GET "/api/motd"
    And I save the body as "before"
    And I send PUT "/api/motd" with body:
      """
      No games tonight,
      we are painting the walls.
      """
    Then the status is 204
    And the header "X-Received-Type" starts with "text/plain"
    When I send GET "/api/motd"
    Then the body contains "painting"
    When I send PUT "/api/motd" with:
      | body | ${before} |
    Then the status is 204
    When I send GET "/api/motd"
    Then the body is "${before}"
