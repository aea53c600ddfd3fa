Feature: Steps of the realtime tables

  @in:table
  Scenario: {actor} watch(es) table {number}
    When I open the "table" socket at "/realtime?watch=${table}"
    Then within 5 seconds I receive a "snapshot" event where the JSON at "$.table" is ${table}

  @in:seat,table @out:ticket
  Scenario: {actor} play(s) in seat {number} of table {number}
    When I take seat ${seat} at table ${table}
    And I open the "table" socket at "/realtime?ticket=${ticket}"
    Then within 5 seconds I receive a "snapshot" event where the JSON at "$.table" is ${table}

  @in:move,table
  Scenario: {actor} move(s) {string} at table {number}
    When I send POST "/api/tables/${table}/moves" with JSON {"move": "${move}"}
    Then the status is 201
