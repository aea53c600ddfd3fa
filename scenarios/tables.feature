@omaha
Feature: Joining a table

  Background:
    Given there is a new table
    And alice is logged in

  @broken-demo
  Scenario: A player takes a seat
    When alice sends POST "/api/tables/${table}/join" with JSON:
      """json
      {"seat": 3}
      """
    Then the status is 201
    And the header "Location" is "/tables/${table}"
    And the JSON at "$.player.chips" is a number greater than 0
    And the JSON matches:
      """json
      {
        "table": ${table},
        "seat": 3,
        "player": {"id": "#uuid", "name": "${player}", "password": "#absent"},
        "ticket": "#regex ^T-"
      }
      """
    And alice saves the JSON at "$.ticket" as "ticket"
    And alice's variable "ticket" starts with "T-"
    And afterwards alice sends DELETE "/api/tables/${table}/seats/3"
    When I send GET "/tables/${table}"
    Then the HTML at "//li[@value='3']" is not empty

  Scenario: A player leaves once, whatever the number of clicks
    Given alice takes seat 1 at table ${table}
    When alice sends POST "/api/tables/${table}/leave" 5 times at once
    Then exactly 1 of the responses has status 200
    And exactly 4 of the responses have status 409

  Scenario: Two players want the same seat
    Given bob is logged in
    When at the same time:
      | alice sends POST "/api/tables/${table}/join" with JSON {"seat": 3} |
      | bob sends POST "/api/tables/${table}/join" with JSON {"seat": 3}   |
    Then exactly 1 of the responses has status 201
    And exactly 1 of the responses has status 409

  Scenario: Both players see the same table
    Given bob is logged in
    And alice takes seat 2 at table ${table}
    When alice and bob send GET "/api/tables/${table}"
    Then alice's JSON at "$.players" is the same as bob's JSON at "$.players"
    And bob's JSON at "$.players" has 1 item
    And the number of JSON values at "$.players[?@.seat == 2]" is 1

  Scenario: A friend is invited
    When alice invites bob to table ${table} saying:
      """
      Come in, we need a fourth.
      """
    Then alice's variable "invitation" is a uuid

  Rule: A seat is a number from 1 to 9

    Scenario Outline: <body> is refused
      When alice sends POST "/api/tables/${table}/join" with JSON <body>
      Then the status is 422
      And the JSON at "$.errors.seat" is:
        """json
        ["The seat field <message>."]
        """

      Examples: Out of range
        | body          | message                 |
        | {"seat": 0}   | must be between 1 and 9 |
        | {"seat": 10}  | must be between 1 and 9 |

      @types
      Examples: Of another type
        | body             | message            |
        | {"seat": "top"}  | must be an integer |
        | {"chair": 3}     | is required        |

    Scenario: Seats 1 and 9 are fine
      Given bob is logged in
      When alice takes seat 1 at table ${table}
      And bob takes seat 9 at table ${table}
      Then bob's status is 201

  Rule: Only players sit down

    Example: A guest is sent to the door
      When mallory sends POST "/api/tables/${table}/join" with JSON {"seat": 1}
      Then mallory's status is 401

    Example: A closed table is gone
      When I send DELETE "/api/tables/${table}"
      Then the status is 204
      When alice sends GET "/api/tables/${table}"
      Then the status is 404
