Feature: The lobby
  Whoever comes to the site sees the lobby, logs in and out, and follows the links of its pages.

  Scenario: A guest sees the tables
    When I send GET "/lobby"
    Then the status is 200
    And the header "Content-Type" is "text/html; charset=utf-8"
    And the HTML at "//h1" is "Lobby"
    And the HTML at every "//table[@id='tables']//tr/@data-table" is a number
    And the HTML at some "//table[@id='tables']//td" is "omaha"
    And the body does not contain "Welcome,"

  Scenario: A guest reads a page in UTF-8
    When I send GET "/"
    Then the body contains "Café résumé &amp; ♠♥"
    And the HTML at "//p" is "Café résumé & ♠♥"

  Scenario: A guest follows a link
    When I send GET "/"
    And I follow the link at "//a[text()='Lobby']/@href"
    Then the status is 200
    And the URL ends with "/lobby"
    And the HTML at "//title" starts with "Lobby"

  Scenario: A player logs in
    Given alice is logged in
    When alice sends GET "/lobby"
    Then the HTML at "//p[@class='welcome']" is "Welcome, ${player}"
    And the cookie "arena_session" exists
    And my variable "currency" is "AUD"

  Scenario: The log-in form keeps a session and a token
    When I send GET "/login"
    Then my cookie "arena_session" exists
    And the cookie "arena_session" attribute "HttpOnly" is true
    And the cookie "arena_session" attribute "SameSite" is "Lax"
    And the cookie "arena_session" attribute "Secure" does not exist
    And the cookie "XSRF-TOKEN" attribute "HttpOnly" does not exist
    And the cookie "XSRF-TOKEN" attribute "Max-Age" is 7200
    And the HTML at "//input[@name='_token']/@value" has 40 characters

  Scenario: A wrong password is refused politely
    When I log in as "nobody@arena.test" with password "sesame"
    Then the header "Location" ends with "/login"
    When I send GET "/login"
    Then the HTML at "//p[@class='error']" contains "do not match our records"

  Scenario: A log-in without the token is refused
    When I send POST "/login" with form:
      | email    | alice@arena.test   |
      | password | ${player_password} |
    Then the status is 419
    And the JSON at "$.message" is "CSRF token mismatch."

  Scenario: A player logs out
    Given bob is logged in
    When bob sends POST "/logout"
    Then the status is 302
    And bob's cookie "arena_session" does not exist
    When bob sends GET "/api/me"
    Then the status is 401

  Scenario: A player who starts a new session is a guest again
    Given carol is logged in
    And carol starts a new session
    When carol sends GET "/api/me"
    Then carol's status is 401

  Scenario: A player who loses the cookie is a guest again
    Given carol is logged in
    When carol deletes cookie "arena_session"
    And carol sends GET "/api/me"
    Then carol's status is 401

  Scenario: A session of the set-up is resumed
    Given bob resumes session "regular"
    When bob sends GET "/api/me"
    Then the status is 200
    And the JSON at "$.email" ends with "@arena.test"
