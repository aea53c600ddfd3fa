Feature: Headers and cookies

  Scenario: A header stays until it is removed
    Given alice sets header "Accept-Language" to "en-AU"
    When alice sends GET "/echo"
    Then the JSON at "$.headers['accept-language']" is "en-AU"
    When alice removes header "Accept-Language"
    And alice sends GET "/echo"
    Then the JSON at "$.headers['accept-language']" does not exist

  Scenario: Even our own headers can be removed
    Given I remove header "User-Agent"
    When I send GET "/echo"
    Then the JSON at "$.headers['user-agent']" does not exist

  Scenario: Every request says which run it belongs to
    When I send GET "/echo"
    Then the JSON at "$.headers['x-test-run']" is "${run.id}"

  Scenario: A cookie of one's own
    Given I set cookie "theme" to "dark"
    When I send GET "/echo"
    Then the JSON at "$.cookies" contains ["theme", "dark"]
    When I delete cookie "theme"
    And I send GET "/echo"
    Then the JSON at "$.cookies" is empty

  Scenario: A cookie of the site is kept and expires
    When I send GET "/cookies/set?name=table&value=7"
    Then my cookie "table" is "7"
    When I send GET "/echo"
    Then the JSON at "$.cookies" contains ["table", "7"]
    When I send GET "/cookies/expire?name=table"
    And I send GET "/echo"
    Then the JSON at "$.cookies" does not contain ["table", "7"]

  Scenario: Cookies end with their scenario
    When I send GET "/echo"
    Then the JSON at "$.cookies" is empty

  Scenario: Cookies belong to their actor
    When alice sends GET "/cookies/set?name=mine&value=alice"
    And bob sends GET "/echo"
    Then bob's JSON at "$.cookies" is empty

  Scenario: A cookie goes back as a header
    Given alice sends cookie "ticket" back as header "X-Ticket"
    When alice sends GET "/cookies/set?name=ticket&value=a%2Fb"
    And alice sends GET "/echo"
    Then the JSON at "$.headers['x-ticket']" is "a/b"

  Scenario: A header that came twice satisfies with either value
    When I send GET "/headers/duplicate"
    Then the header "X-Flag" is "red"
    And the header "x-flag" is "blue"
    And the header "X-Flag" is not "green"
    And the header "X-Absent" does not exist
