@pusher
Feature: A server of the Pusher protocol

  Background:
    Given alice and bob send POST "/login/${actor}"

  Scenario: A public channel
    When alice opens the "echo" socket at "/"
    And alice subscribes to channel "news"
    And I send POST "/trigger" with JSON {"channel": "news", "event": "headline", "data": {"n": 1}}
    Then alice receives a "headline" event on channel "news"
    And the message JSON at "$.n" is 1
    When alice unsubscribes from channel "news"
    And alice pings the server
    And I send POST "/trigger" with JSON {"channel": "news", "event": "headline", "data": {"n": 2}}
    Then alice receives no "headline" event

  Scenario: A private channel is authorised with session and CSRF token
    When alice and bob open the "echo" socket at "/"
    And alice and bob subscribe to channel "private-table.7"
    And alice sends event "client-typing" to channel "private-table.7" with JSON:
      """
      {"who": "alice"}
      """
    Then bob receives a "client-typing" event on channel "private-table.7"
    And the message JSON at "$.who" is "alice"
    And alice receives no "client-typing" event
    And alice cannot subscribe to channel "private-staff"
    And alice's status is 403

  Scenario: A guest is not authorised
    When mallory opens the "echo" socket at "/"
    Then mallory cannot subscribe to channel "private-table.7"
    And mallory's status is 403

  Scenario: Who acts over HTTP is not told of it
    When alice and bob open the "echo" socket at "/"
    And alice and bob subscribe to channel "table.7"
    And alice sends POST "/trigger" with JSON {"channel": "table.7", "event": "moved", "data": {}}
    Then bob receives a "moved" event
    And alice receives no "moved" event

  Scenario: The member list follows who comes and goes
    When alice opens the "echo" socket at "/"
    And alice subscribes to channel "presence-table.7"
    Then alice's member list of channel "presence-table.7" has 1 item
    When bob opens the "echo" socket at "/"
    And bob subscribes to channel "presence-table.7"
    Then alice receives a "pusher:member_added" event on channel "presence-table.7"
    And alice's member list of channel "presence-table.7" has 2 items
    And bob's member list of channel "presence-table.7" has 2 items
    When bob closes the "echo" socket
    Then alice receives a "pusher:member_removed" event on channel "presence-table.7"
    And alice's member list of channel "presence-table.7" has 1 item

  Scenario: Pings both ways over more than one idle time
    When alice opens the "echo" socket at "/"
    And I wait 2500 ms
    Then alice's socket is open
    When I send GET "/pings"
    Then the number of JSON values at "$[?@ >= 1]" is at least 1

  Scenario: A restart is seen with its code
    When alice opens the "echo" socket at "/"
    And I send POST "/restart" with JSON {}
    Then within 2 seconds alice receives a "pusher:error" event where the JSON at "$.code" is 4200
    And within 2 seconds alice's socket is closed with code 4200
    When alice reconnects the "echo" socket
    Then alice's "echo" socket is open
