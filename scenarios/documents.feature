Feature: Checks of a whole document

  Scenario: Text
    When I send GET "/api/hands.csv"
    Then the body is:
      """csv
      id,game,pot
      1,omaha,120
      2,omaha,80.5
      3,stud,12

      """
    And the header "Content-Disposition" contains "hands.csv"

  Scenario: Bytes
    When I send GET "/logo.png"
    Then the body equals file "data/logo.png"

  Scenario: JSON as a whole
    When I send GET "/status/202"
    Then the JSON is:
      """json
      {"status": 202}
      """

  Scenario: JSON in part
    Given there is a new table
    When I send GET "/api/tables/${table}"
    Then the JSON matches:
      """json
      {
        "id": ${table},
        "game": "#string 4..6",
        "blinds": {"#exact": true, "small": "#number > 0", "big": "#number 1..9"},
        "tags": ["#any order", "fast", "#string"],
        "players": ["#each 0..9", {"chips": "#number"}],
        "note?": "#string",
        "updatedAt": "#date within 1 min"
      }
      """
    And the JSON at "$.blinds" is:
      """json
      {"small": 1, "big": 2}
      """
    And the JSON at "$.blinds" matches:
      """json
      {"small": 1}
      """
    And the JSON matches file "expected/table.json"
    And the JSON is valid against schema "schemas/table.json"

  Scenario: Every element
    When I send GET "/api/tables?per_page=5"
    Then the JSON at every "$[*]" matches:
      """json
      {"id": "#integer 1..5", "state": "#one of \"open\", \"full\"", "password": "#absent"}
      """

  Scenario: Several checks at once
    When I send GET "/api/search?q=stud"
    Then the response matches:
      | status                       | is 200                    |
      | header "Content-Type"        | is "application/json"     |
      | JSON at "$.query"            | is "stud"                 |
      | JSON at "$.results"          | is not empty              |
      | JSON at every "$..game"      | is "stud"                 |
      | size                         | is less than 10 kB        |
