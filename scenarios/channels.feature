@realtime
Feature: The tables through channels, as Laravel broadcasts them

  Background:
    Given there is a new table
    And alice is logged in
    And alice takes seat 1 at table ${table}
    And bob is logged in
    And alice and bob open the "echo" socket at "/app/arena-key" as Pusher

  Scenario: Who is at the table
    When within 5 seconds alice subscribes to channel "presence-table.${table}"
    And within 5 seconds bob subscribes to channel "presence-table.${table}"
    Then bob's member list of channel "presence-table.${table}" has 2 items
    When alice moves "raise" at table ${table}
    Then within 5 seconds bob receives a "game.move" event on channel "presence-table.${table}"
    And alice receives no "game.move" event
    When bob unsubscribes from channel "presence-table.${table}"
    Then within 5 seconds alice receives a "pusher:member_removed" event
    And alice's member list of channel "presence-table.${table}" has 1 item

  Scenario: A private channel is for those who sit there
    When within 5 seconds alice subscribes to channel "private-table.${table}"
    Then bob cannot subscribe to channel "private-table.${table}"
    When bob takes seat 2 at table ${table}
    And within 5 seconds bob subscribes to channel "private-table.${table}"
    And alice sends event "client-typing" to channel "private-table.${table}" with JSON:
      """json
      {"who": "alice"}
      """
    Then within 5 seconds bob receives a "client-typing" event where the JSON at "$.who" is "alice"

  Scenario: The configuration says how sockets of a name speak
    When alice opens the "channels" socket at "/"
    And within 5 seconds alice subscribes to channel "presence-table.${table}"
    And alice's member list of channel "presence-table.${table}" has 1 item

  Scenario: A public channel is for everyone
    When within 5 seconds bob subscribes to channel "table.${table}"
    And alice moves "call" at table ${table}
    Then within 5 seconds bob receives a "game.move" event where the JSON at "$.move" is "call"
