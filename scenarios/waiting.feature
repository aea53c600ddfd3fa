Feature: Waiting for what takes time

  Scenario: A job is polled until it is done
    When I send POST "/api/jobs"
    Then the status is 202
    And I save the header "Location" as "job"
    When within 5 seconds I send GET "${job}" until the JSON at "$.state" is "done"
    Then the JSON at "$.polls" is at least 3

  Scenario: A flaky page recovers
    When I send GET "/flaky/recovers-${uuid}?fails=2" until the status is 200
    Then the JSON at "$.attempt" is 3

  Scenario: A request is repeated
    When I set variable "page" to "/flaky/repeats-${uuid}?fails=1"
    And I send GET "${page}"
    Then the status is 503
    And the header "Retry-After" is 0
    When within 5 seconds I repeat the request until the status is 200
    Then the JSON at "$.state" is "ok"

  Scenario: A request is repeated until all is well
    When alice sends POST "/api/jobs"
    And alice saves the header "Location" as "job"
    And alice sends GET "${job}"
    And alice repeats the request until:
      | status            | is 200    |
      | JSON at "$.state" | is "done" |
    Then alice's JSON at "$.polls" is 3

  Scenario: A slow page keeps its promise
    When I send GET "/slow?ms=50"
    Then the response time is at least 50 ms
    And the response time is less than 5 s

  Scenario: Waiting is possible too
    When I wait 20 ms
    And I send GET "/api/time"
    Then the JSON at "$.now" is within 5 seconds of now
