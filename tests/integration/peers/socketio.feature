@socketio
Feature: npm's socket.io 4

  Scenario: Events, and calls that are acknowledged
    When alice opens the "table" socket at "/socket.io/" with:
      | protocol | Socket.IO      |
      | auth     | {"token": "t"} |
    Then alice receives a "hello" event matching:
      """
      {"transport": "websocket", "auth": {"token": "t"}}
      """
    When alice calls "bet" with JSON:
      """
      {"chips": 30}
      """
    Then the message JSON at "$[0].chips" is 70
    And the message JSON at "$[1]" is "accepted"
    When alice calls "silent"
    Then alice's message is "null"
    When alice sends event "echo" with JSON:
      """
      [1, "two", {"three": [3]}, [], null]
      """
    Then alice receives an "echoed" event matching:
      """
      [1, "two", {"three": [3]}, [], null]
      """

  Scenario: The server asks, and the client acknowledges
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    And bob answers /^your turn$/ with '{"move": "check"}'
    When bob sends event "ask me"
    Then within 3 seconds bob receives a "you said" event matching:
      """
      {"move": "check"}
      """

  Scenario: Bytes beside the data, both ways
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    When bob calls "picture" with JSON:
      """
      ["avatar", {"$base64": "AAEC/w=="}]
      """
    Then the message JSON at "$.copy['$base64']" is "AAEC/w=="
    And bob receives a "pictured" event matching:
      """
      ["avatar", {"size": 4, "parts": [{"$base64": "AAEC/w=="}, {"$base64": "ZW5k"}]}]
      """

  Scenario: Namespaces are joined, refused and left
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    When bob joins namespace "/omaha"
    Then bob receives a "dealt" event on channel "/omaha"
    And the message JSON at "$[1]" is "Kd"
    When I send POST "/announce" with JSON {"text": "all in", "namespace": "/omaha"}
    Then bob receives an "announcement" event on channel "/omaha"
    When I open the "staff" socket at "/socket.io/" with:
      | protocol  | Socket.IO             |
      | namespace | /staff                |
      | auth      | {"token": "letmein"}  |
    Then my "staff" socket is open
    And bob receives a "hello" event
    And bob receives nothing else

  Scenario: Rooms
    Given there are 50 spectators
    When all spectators open the "table" socket at "/socket.io/" as Socket.IO
    And all spectators call "join room" with JSON:
      """
      "seven"
      """
    And bob opens the "table" socket at "/socket.io/" as Socket.IO
    And bob sends event "say" with JSON:
      """
      ["seven", "well played"]
      """
    Then within 2 seconds all spectators receive a "said" event matching:
      """
      "well played"
      """
    And bob receives no "said" event

  Scenario: Heartbeats over more than one ping interval
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    When I wait 1500 ms
    Then bob's socket is open
    When bob calls "silent"
    Then bob's socket is open

  Scenario: The server ends the namespace, or the connection
    Given bob opens the "table" socket at "/socket.io/" as Socket.IO
    When bob sends event "kick me"
    Then within 2 seconds bob's socket is closed
    When carol opens the "table" socket at "/socket.io/" as Socket.IO
    And I send POST "/restart" with JSON {}
    Then within 2 seconds carol's socket is closed
    When carol reconnects the "table" socket
    Then within 2 seconds carol receives a "hello" event

  Scenario: A session opened by polling is upgraded
    When bob sends GET "/socket.io/?EIO=4&transport=polling"
    And bob saves the match of /"sid":"([^"]+)"/ in the body as "sid"
    And bob opens the "table" socket at "/socket.io/" with:
      | protocol    | Socket.IO |
      | query "sid" | ${sid}    |
    Then within 2 seconds bob receives a "hello" event
    When bob calls "silent"
    And bob sends POST "/announce" with JSON {"text": "upgraded"}
    Then bob receives an "announcement" event
