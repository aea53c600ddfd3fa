Feature: Many at once

  Scenario: A crowd looks on
    Given there are 20 spectators
    When all spectators send GET "/api/tables?per_page=2"
    Then all spectators' status is 200
    And all spectators' JSON has 2 items
    And all spectators' response time is less than 10 s

  Scenario: There is one judge
    Given there is 1 judge
    When all judge send GET "/version"
    Then all judge's status is 200

  Scenario: Players by name, each with a theme
    Given these players:
      | name  | theme |
      | alice | dark  |
      | bob   | light |
    When alice and bob send GET "/echo" with query:
      | theme | ${theme} |
    Then alice's JSON at "$.query[0][1]" is "dark"
    And bob's JSON at "$.query[0][1]" is "light"
    When all players send GET "/api/time"
    Then all players' status is 200
    When alice sends GET "/status/204"
    And everyone else sends GET "/status/202"
    Then alice's status is 204
    And bob's status is 202
