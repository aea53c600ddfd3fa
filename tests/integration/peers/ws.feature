@ws
Feature: npm's ws

  Scenario: What is sent comes back, to the byte
    When I open the "echo" socket at "/echo" as text
    And I send text "hällo ✓"
    Then I receive the next message
    And the message is "hällo ✓"
    When I send bytes "00 ff 01"
    Then I receive the next message
    When I send file "large.bin"
    Then I receive the next message
    When I ping the server
    Then the ping time is less than 2 s
    When I close the "echo" socket with code 4001 and reason "idle"
    Then my "echo" socket is closed with code 4001

  Scenario: A request of one player is an event for all others
    Given there are 200 spectators
    When all spectators open the "lobby" socket at "/lobby"
    Then all spectators receive a "welcome" event
    When alice sends POST "/announce" with JSON {"text": "cards in the air"}
    Then the status is 202
    And the JSON at "$.told" is 200
    And within 5 seconds all spectators receive an "announcement" event matching:
      """
      {"text": "cards in the air", "n": "#integer"}
      """
    And all spectators' message spread is less than 3 s
    And all spectators receive no "error" event
    When alice sends POST "/announce" with JSON {"text": "one more"}
    And alice sends POST "/announce" with JSON {"text": "two more"}
    Then all spectators receive in order:
      | event        | JSON                 |
      | announcement | {"text": "one more"} |
      | announcement | {"text": "two more"} |
    And all spectators receive nothing else

  Scenario: A refused upgrade shows status and body; cookies, subprotocol and Origin are sent
    Then mallory cannot open a socket at "/private"
    And the status is 401
    And the JSON at "$.error" is "log in first"
    When alice sends POST "/login"
    And alice opens the "seat" socket at "/private" with:
      | subprotocol | arena.v1 |
      | subprotocol | arena.v2 |
    Then alice receives a "seated" event matching:
      """
      {"seat": 7, "protocol": "arena.v2", "origin": "#regex ^https?://127.0.0.1"}
      """

  Scenario: A restart is seen with its code, and reconnected after
    When bob opens the "table" socket at "/restart"
    Then bob receives a "restarting" event
    And within 2 seconds bob's "table" socket is closed with code 1012
    And bob's close reason is "a new version"
    When bob reconnects the "table" socket
    Then bob receives a "restarting" event
    When carol opens the "lobby" socket at "/lobby"
    And carol drops the "lobby" socket
    Then carol's socket is closed
    When carol reconnects the "lobby" socket
    Then carol's "lobby" socket is open

  Scenario: Pings of the server are answered, also while a step waits
    When bob opens the "impatient" socket at "/impatient"
    And I wait 600 ms
    Then within 2 seconds bob receives an "alive" event
    And bob's socket is open

  Scenario: Server-sent events by the same steps
    When bob opens the "scores" event stream at "/stream"
    Then bob receives a message
    And the message starts with "hello"
    And the message ends with "again"
    When alice sends POST "/announce" with JSON {"text": "goal"}
    Then within 2 seconds bob receives an "announcement" event matching:
      """
      {"text": "goal"}
      """
    And bob's "scores" event stream is open
    When bob closes the "scores" event stream
    Then bob's "scores" event stream is closed
