Feature: Setting up and tearing down

  Scenario: What was taken is given back, whatever happens
    Given there is a new table
    And alice is logged in
    And afterwards I send GET "/api/tables/${table}"
    And afterwards alice sends DELETE "/api/tables/${table}/seats/5"
    When alice takes seat 5 at table ${table}
    Then alice's status is 201

  Scenario: A switch decides whether a scenario makes sense
    Given this scenario is skipped unless the variable "omaha_enabled" is true
    When I send GET "/api/search?q=omaha"
    Then the JSON at "$.results" is not empty

  Scenario: The database can be seeded in between
    Given the command "seed" succeeds
    When I send GET "/api/tables"
    Then the JSON has 10 items
