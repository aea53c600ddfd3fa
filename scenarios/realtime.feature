@realtime
Feature: What happens at a table is seen by everyone there

  Background:
    Given there is a new table
    And alice is logged in

  Scenario: Cause by HTTP, effect on a socket
    Given bob watches table ${table}
    When alice takes seat 3 at table ${table}
    Then within 5 seconds bob receives an event "player.joined" matching:
      """json
      {"table": ${table}, "seat": 3, "player": {"id": "#uuid", "name": "#string"}}
      """
    And the message JSON at "$.player.name" is "${alice.player}"
    And the message JSON at "$.player.id" is "${alice.player_id}"
    And bob's message delay is less than 5 s
    And bob receives no "error" event
    When alice sends POST "/api/tables/${table}/leave"
    Then the status is 200
    And within 5 seconds bob receives a "player.left" event where the JSON at "$.seat" is 3

  Scenario: Events come in the order of what happened
    Given bob watches table ${table}
    When alice takes seat 3 at table ${table}
    Then within 5 seconds bob receives in order:
      | event         | JSON                                   |
      | seat.taken    | {"seat": 3}                            |
      | player.joined | {"player": {"name": "${alice.player}"}} |
      | table.updated | {"players": "#array 1"}                |
    And bob receives nothing else

  Scenario: Or in any order
    Given bob watches table ${table}
    When alice takes seat 3 at table ${table}
    Then within 5 seconds bob receives in any order:
      | event         | JSON        |
      | table.updated |             |
      | seat.taken    | {"seat": 3} |

  @broken-demo
  Scenario: Moves are told once each, to players and spectators alike
    Given alice plays in seat 1 of table ${table}
    And bob is logged in
    And bob plays in seat 2 of table ${table}
    And carol watches table ${table}
    When alice moves "raise" at table ${table}
    And bob moves "call" at table ${table}
    And alice moves "check" at table ${table}
    Then within 5 seconds carol receives in order:
      | event     | JSON                      |
      | game.move | {"n": 1, "move": "raise"} |
      | game.move | {"n": 2, "move": "call"}  |
      | game.move | {"n": 3, "move": "check"} |
    And bob receives at least 3 "game.move" events
    And carol receives no "game.move" event

  Scenario: A player speaks, a spectator cannot
    Given alice plays in seat 1 of table ${table}
    And bob watches table ${table}
    When alice sends event "chat" with JSON:
      """json
      {"text": "Good luck, \"everyone\"!"}
      """
    Then within 5 seconds alice and bob receive an event "chat" matching:
      """json
      {"from": "${alice.player}", "text": "Good luck, \"everyone\"!"}
      """
    When bob sends JSON:
      """json
      {"type": "chat", "text": "me too"}
      """
    Then within 5 seconds bob receives an "error" event where the JSON at "$.message" contains "Spectators"
    And alice receives no "chat" event

  Scenario: An invitation reaches its guest wherever he is
    Given bob is logged in
    And bob opens the "lobby" socket at "/realtime"
    Then within 5 seconds bob receives the next "snapshot" event
    When alice sends POST "/api/tables/${table}/invitations" with JSON:
      """json
      {"player": "${bob.player}", "text": "Come in, we need a fourth."}
      """
    Then the status is 201
    And within 5 seconds bob receives an "invitation" event where the JSON at "$.text" contains "fourth"

  Scenario: Two players want the same seat, everyone hears of one
    Given bob is logged in
    And carol watches table ${table}
    When at the same time:
      | alice sends POST "/api/tables/${table}/join" with JSON {"seat": 3} |
      | bob sends POST "/api/tables/${table}/join" with JSON {"seat": 3}   |
    Then exactly 1 of the responses has status 201
    And exactly 1 of the responses has status 409
    And carol receives exactly 1 "player.joined" event in 300 ms

  Scenario: A closed table says goodbye
    Given bob watches table ${table}
    When I send DELETE "/api/tables/${table}"
    Then within 5 seconds bob receives a "table.closed" event
    And within 5 seconds bob's "table" socket is closed with code 1000
    And bob's close reason is "the table is closed"

  Scenario: Ticks come at a pace
    Given bob watches table ${table}
    When bob sends event "ticks" with JSON:
      """json
      {"every_ms": 20, "count": 5}
      """
    Then within 5 seconds bob receives at least 5 "tick" events
    And bob receives no "tick" event for 100 ms

  Scenario: What is of no interest is ignored
    Given bob watches table ${table}
    And bob ignores "tick" events
    When bob sends event "ticks"
    And alice takes seat 4 at table ${table}
    Then within 5 seconds bob receives a "table.updated" event
    When bob pings the server
    Then bob's ping time is less than 5 s
    And bob's socket is open

  Rule: A crowd

    Scenario: Two hundred spectators see one move
      Given alice plays in seat 1 of table ${table}
      And there are 200 spectators
      And all spectators watch table ${table}
      When alice moves "raise" at table ${table}
      Then within 10 seconds all spectators receive an event "game.move" matching:
        """json
        {"n": 1, "player": "${alice.player}", "move": "raise"}
        """
      And all spectators' message spread is less than 5 s
      And all spectators receive nothing else
      And all spectators' sockets are open

    Scenario: A service restart sends everyone away, and everyone comes back
      Given there are 20 spectators
      And all spectators watch table ${table}
      When I send POST "/api/realtime/restart" with JSON {"table": ${table}}
      Then the status is 202
      And the JSON at "$.closed" is 20
      And within 5 seconds all spectators' "table" sockets are closed with code 1012
      And all spectators' close reason contains "restart"
      And within 10 seconds all spectators reconnect the "table" socket
      And within 5 seconds all spectators receive a "snapshot" event
      When alice takes seat 5 at table ${table}
      Then within 5 seconds all spectators receive a "player.joined" event

  Rule: The door

    Scenario: Without a log-in or a ticket nobody comes in
      Then mallory cannot open a socket at "/realtime"
      And mallory's status is 401
      And mallory's JSON at "$.message" contains "Log in"

    Scenario: A forged ticket is refused
      Then mallory cannot open a socket at "/realtime?ticket=T-forged"
      And mallory's status is 403
      And mallory's body contains "ticket is not valid"

    Scenario: A ticket is enough, on whatever connection
      When alice takes seat 2 at table ${table}
      And bob opens the "table" socket at "/realtime?ticket=${alice.ticket}"
      Then within 5 seconds bob receives a "snapshot" event where the JSON at "$.players[0].seat" is 2

    Scenario: The best subprotocol of both is spoken
      When bob opens the "table" socket at "/realtime" with:
        | query "watch" | ${table} |
        | subprotocol   | arena.v9 |
        | subprotocol   | arena.v1 |
      Then within 5 seconds bob receives a "snapshot" event where the JSON at "$.subprotocol" is "arena.v1"
      And bob's socket is open

    Scenario: Text and bytes come back as they were
      When bob opens the "echo" socket at "/realtime/echo" as text
      And bob sends text "hello"
      Then within 5 seconds bob receives a message where the text is "hello"
      When bob sends bytes "01 ff 00"
      Then within 5 seconds bob receives a message

    Scenario: Who leaves says so
      Given bob watches table ${table}
      And carol watches table ${table}
      When bob closes the "table" socket with code 4001 and reason "idle"
      Then within 5 seconds bob's "table" socket is closed with code 4001
      When carol drops the "table" socket
      Then carol's socket is closed
      And within 5 seconds carol reconnects the "table" socket
