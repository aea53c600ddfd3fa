Feature: Requests of every form

  Scenario Outline: <method> is sent as it is written
    When I send <method> "/echo?x=1"
    Then the status is 200
    And the JSON at "$.method" is "<name>"

    Examples:
      | method          | name     |
      | GET             | GET      |
      | POST            | POST     |
      | PUT             | PUT      |
      | PATCH           | PATCH    |
      | DELETE          | DELETE   |
      | OPTIONS         | OPTIONS  |
      | QUERY           | QUERY    |
      | method PROPFIND | PROPFIND |

  @plain
  Scenario: TRACE is sent too
    Given I send GET "/version"
    And this scenario is skipped unless the URL starts with "http:"
    When I send TRACE "/echo"
    Then the JSON at "$.method" is "TRACE"

  Scenario: HEAD has no body
    When I send HEAD "/api/tables"
    Then the status is 200
    And the header "X-Total-Count" is at least 1000
    And the body is empty

  Scenario: JSON in a doc string
    When I send POST "/echo" with JSON:
      """
      {"seat": 3, "run": "${scenario.name}"}
      """
    Then the JSON at "$.headers['content-type']" is "application/json"
    And the JSON at "$.body" contains "JSON in a doc string"

  Scenario: JSON from a file
    When I send POST "/echo" with JSON:
      """
      ${file "data/seat.json"}
      """
    Then the JSON at "$.body" matches /"seat": *4/

  Scenario: A body with its media type
    When I send POST "/api/import" with body:
      """application/xml
      <hands><hand id="1"/><hand id="2"/></hands>
      """
    Then the status is 200
    And the XML at "/import/accepted" is 2

  Scenario: A body from a file
    When I send POST "/api/import" with body from file "data/hands.xml"
    Then the XML at "/import/accepted" is 3
    And the XML at "/import/@root" is "hands"

  Scenario: A form
    When I send POST "/echo" with form:
      | name    | Zoë & co |
      | address | a=b      |
      | name    | again    |
    Then the JSON at "$.headers['content-type']" is "application/x-www-form-urlencoded"
    And the JSON at "$.body" matches /^name=Zo%C3%AB(%20|\+)%26(%20|\+)co&address=a%3Db&name=again$/i

  Scenario: A file is uploaded and comes back
    Given alice is logged in
    When alice sends POST "/api/avatar" with parts:
      | name  | value   | file            | type      |
      | title | Holiday |                 |           |
      | image |         | data/avatar.png | image/png |
    Then the status is one of 200, 201
    And the JSON matches:
      """json
      {"title": "Holiday", "filename": "avatar.png", "type": "image/png", "size": "#integer > 0"}
      """
    When alice sends GET "/api/avatar"
    Then the header "Content-Type" is "image/png"
    And the body equals file "data/avatar.png"

  Scenario: A query is encoded
    When I send GET "/api/search" with query:
      | q    | omaha & more? |
      | page | 2             |
    Then the JSON matches:
      """json
      {"query": "omaha & more?", "page": 2, "results": []}
      """

  Scenario: Everything in one request
    When I send PATCH "/echo" with:
      | header "X-One"     | 1              |
      | query "notify"     | no             |
      | cookie "theme"     | dark           |
      | bearer token       | secret-ticket  |
      | response timeout   | 5 s            |
      | JSON               | {"nick": "Al"} |
    Then the JSON matches:
      """json
      {
        "method": "PATCH",
        "headers": {"x-one": "1", "authorization": "Bearer secret-ticket"},
        "query": [["notify", "no"]],
        "cookies": ["#contains", ["theme", "dark"]],
        "body": "#regex Al"
      }
      """
    When I send GET "/echo"
    Then the JSON at "$.headers['x-one']" does not exist

  Scenario: A change is refused when somebody was faster
    Given alice is logged in
    And afterwards alice sends PATCH "/api/me" with JSON {"nick": "${player}"}
    When alice sends GET "/api/me"
    And alice saves the header "ETag" as "version"
    And alice sends PATCH "/api/me" with:
      | header "If-Match" | ${version}         |
      | JSON              | {"nick": "Ally"}   |
    Then alice's response matches:
      | status              | is 200                            |
      | header "ETag"       | is not empty                      |
      | JSON at "$.nick"    | is "Ally"                         |
      | JSON at "$.updated" | is a date within 5 seconds of now |
    When alice sends PATCH "/api/me" with:
      | header "If-Match" | ${version}         |
      | JSON              | {"nick": "Alison"} |
    Then the status is 412

  Scenario: Several copies of one request
    When I send GET "/echo" with:
      | at once | 3 |
    Then exactly 3 of the responses have status 200
