Feature: Checks of one value

  Scenario: Status
    When I send GET "/status/418"
    Then the status is 418
    And the status is 4xx
    And the status is not 5xx
    And the status is one of 200, 418 or 500
    And the status is between 400 and 499

  Scenario: Body, size, time, URL
    When I send GET "/api/motd"
    Then the body is not empty
    And the size is at least 1 byte
    And the size is less than 20 kB
    And the response time is less than 5 seconds
    And the URL ends with "/api/motd"
    And the header "Content-Type" matches /^text\/plain/

  Scenario: A chunked answer, a packed answer
    When I send GET "/chunked"
    Then the JSON at "$.items" has 1000 items
    And the size is greater than 20 kB
    When I send GET "/gzip"
    Then the JSON at "$.packed" is true

  Scenario: JSON values
    When I send GET "/api/tables?per_page=3"
    Then the JSON has at least 1 item
    And the JSON is an array
    And the JSON at "$[0].id" is 1
    And the JSON at "$[0].id" is an integer between 1 and 9
    And the JSON at "$[0].blinds.big" is 2
    And the JSON at "$[0].blinds" is {"big": 2, "small": 1}
    And the JSON at "$[0].tags" contains "fast"
    And the JSON at "$[0].nick" does not exist
    And the JSON at every "$[*].state" is one of "open", "full"
    And the JSON at some "$[*].game" is "stud"
    And the JSON at every "$[*].tags" has no duplicates
    And the number of JSON values at "$[?@.id > 1]" is 2
    And the JSON does not contain {"game": "bingo"}

  Scenario: Order
    When I send GET "/api/hands.xml"
    Then the XML at every "//hand/@id" is a number
    And the XML at every "//hand/@id" is in ascending order
    And the XML at "//hand[@id='2']/pot" is 80.5
    And the XML at some "//pot" is greater than 100

  Scenario: Time
    When I send GET "/api/time"
    Then the JSON at "$.now" is a date within 5 seconds of now
    And the JSON at "$.now" is after "2026-01-01T00:00:00Z"
    And the JSON at "$.now" is before "2100-01-01T00:00:00Z"
    And the JSON at "$.milliseconds" is a number
    And the JSON at "$.now" starts with "20"
    And the JSON at "$.now" does not end with "+01:00"

  Scenario: Kinds
    Given alice is logged in
    When alice sends GET "/api/me"
    Then the JSON at "$.id" is a uuid
    And the JSON at "$.email" is an email address
    And the JSON at "$.name" has between 3 and 20 characters
    And the JSON at "$.chips" is not a string
    And the variable "currency" is "AUD"

  Scenario: Text that is not UTF-8
    When I send GET "/text/latin1"
    Then the status is 200
    And the header "Content-Type" contains "iso-8859-1"

  Scenario: HTML that was never closed
    When I send GET "/html/unclosed"
    Then the HTML at "//p[@class='x']" starts with "text"
    And the HTML at every "//li" is not empty
    And the HTML at "(//li)[2]" is "two"

  @tls
  Scenario: The certificate lasts
    When I send GET "/version"
    And this scenario is skipped unless the URL starts with "https:"
    Then the certificate is valid for at least 1 day

  @tls
  Scenario: An unknown authority is not trusted
    Given I send GET "/version"
    And this scenario is skipped unless the URL starts with "https:"
    And I use CA file "data/other-authority.pem"
    Then I cannot reach "/version" because of a TLS error

  @tls
  Scenario: Trusting anybody
    Given I send GET "/version"
    And this scenario is skipped unless the URL starts with "https:"
    And I use CA file "data/other-authority.pem"
    And I trust any certificate
    When I send GET "/version"
    Then the status is 200
