Feature: Settings of an actor

  Scenario: Basic auth
    When I send GET "/basic"
    Then the status is 401
    And the header "WWW-Authenticate" starts with "Basic"
    When I use basic auth as "staff" with password "${player_password}"
    And I send GET "/basic"
    Then the status is 200

  Scenario: Digest auth
    Given I use digest auth as "staff" with password "${player_password}"
    When I send GET "/digest"
    Then the JSON at "$.auth" is "digest"

  Scenario: A bearer token
    When I send POST "/api/token" with JSON {"email": "dave@arena.test", "password": "${player_password}"}
    Then the status is 201
    And I save the JSON at "$.token" as secret "token"
    When I use bearer token "${token}"
    And I send GET "/bearer"
    Then the JSON at "$.user" is "dave"
    When I use no bearer token
    And I send GET "/bearer"
    Then the status is 401

  Scenario: Several settings together
    Given I use these settings:
      | user agent       | Arena test/1 |
      | response timeout | 5 s          |
      | connect timeout  | 2 s          |
      | redirect limit   | 3            |
      | body limit       | 1 MB         |
      | request rate     | 50/s         |
      | IP version       | 4            |
      | HTTP version     | 1.1          |
    When I send GET "/echo"
    Then the JSON at "$.headers['user-agent']" is "Arena test/1"

  Scenario: No proxy
    Given I use no proxy
    When I send GET "/version"
    Then the status is 200

  Scenario: Redirects are shown, or followed
    When I send GET "/redirect/2"
    Then the status is 302
    And the header "Location" is "1"
    When I follow redirects
    And I send GET "/redirect/2"
    Then the status is 200
    And the URL ends with "/redirect/0"
    When I follow no redirects
    And I send GET "/redirect/1"
    Then the status is 302

  Scenario: A POST that is redirected with 307 stays a POST
    Given I follow redirects
    When I send POST "/redirect/status/307" with JSON {"a": 1}
    Then the JSON at "$.method" is "POST"
    And the JSON at "$.body" contains "a"

  Scenario: Another base URL
    When I send GET "/version"
    And I save the match of /^https?:\/\/[^\/]+/ in the URL as "site"
    And I use base URL "${site}/api"
    And I send GET "/time"
    Then the JSON at "$.seconds" is a number

  Scenario: A service that is down
    Given I use service "offline"
    Then I cannot reach "/version" because of a refused connection

  @plain
  Scenario: A name resolved by hand
    When I send GET "/version"
    And this scenario is skipped unless the URL starts with "http:"
    And I save the match of /:(\d+)/ in the URL as "port"
    And I use resolve "arena.test:${port}:127.0.0.1"
    And I send GET "http://arena.test:${port}/echo"
    Then the JSON at "$.headers.host" is "arena.test:${port}"
    When I use connect-to "elsewhere.test:80:127.0.0.1:${port}"
    And I send GET "http://elsewhere.test/echo"
    Then the JSON at "$.headers.host" is "elsewhere.test"

  Scenario: A Unix socket
    Given this scenario is skipped unless the variable "site_socket" is not empty
    When I use unix socket "${site_socket}"
    And I send GET "http://localhost/version"
    Then the JSON at "$.commit" has 40 characters

  Rule: What cannot be reached is said, with its reason

    Scenario: A refused connection
      Then I cannot reach "http://127.0.0.1:1/" because of a refused connection

    Scenario: An unknown host
      Then I cannot reach "http://nowhere.invalid/" because of an unknown host

    Scenario: A timeout
      Given I use response timeout "100 ms"
      Then I cannot reach "/slow?ms=5000" because of a timeout
