@realtime
Feature: The tables through Socket.IO

  Background:
    Given there is a new table
    And alice is logged in

  Scenario: Events and calls
    Given bob opens the "table" socket at "/socket.io/?watch=${table}" as Socket.IO
    Then within 5 seconds bob receives a "snapshot" event where the JSON at "$.table" is ${table}
    When alice takes seat 3 at table ${table}
    Then within 5 seconds bob receives a "player.joined" event
    When within 5 seconds bob calls "bet" with JSON:
      """json
      {"amount": 20}
      """
    Then the message JSON at "$.ok" is true
    And the message JSON at "$.pot" is 20
    And within 5 seconds bob receives a "game.bet" event where the JSON at "$.amount" is 20
    When within 5 seconds bob calls "sit-out"
    Then the message JSON at "$.ok" is true

  Scenario: Several arguments are an array
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    When within 5 seconds bob calls "echo" with JSON:
      """json
      ["one", {"two": 2}]
      """
    Then bob's message JSON at "$[0]" is "one"
    And bob's message JSON at "$[1].two" is 2

  Scenario: A namespace of the game
    Given I send GET "/api/tables/${table}"
    And I save the JSON at "$.game" as "game"
    And bob opens the "table" socket at "/socket.io/?watch=${table}" as Socket.IO
    When within 5 seconds bob joins namespace "/${game}"
    And alice takes seat 3 at table ${table}
    Then within 5 seconds bob receives a "player.joined" event on channel "/${game}"

  Scenario: A first namespace of its own, with who I am
    When bob opens the "staff" socket at "/socket.io/" with:
      | protocol  | Socket.IO                |
      | namespace | /staff                   |
      | auth      | {"token": "token-carol"} |
    Then within 5 seconds bob receives a "snapshot" event on channel "/staff"

  Scenario: Heartbeats are answered, whatever step runs
    Given bob opens the "table" socket at "/socket.io/?heartbeat_ms=50" as Socket.IO
    When I send GET "/slow?ms=400"
    Then the status is 200
    And bob's "table" socket is open
    When within 5 seconds bob calls "sit-out"
    Then the message JSON at "$.ok" is true

  Scenario: The wrong transport is no socket
    When I send GET "/socket.io/?EIO=4&transport=polling"
    Then the status is 400
    And the JSON at "$.message" is "Transport unknown"
