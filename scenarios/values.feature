Feature: Values

  Scenario: A value is saved and used
    When I send GET "/api/tables?per_page=1"
    And I save the JSON at "$[0].id" as "first"
    And I save the match of /page=(\d+)/ in the header "Link" as "next"
    And I save the status as "status"
    Then the variable "next" is 2
    And the variable "status" is 200
    When I send GET "/api/tables/${first}"
    Then the JSON at "$.id" is ${first}

  Scenario: Variables of one's own
    Given I set variable "seat" to 3
    And alice sets variable "nick" to "Ally"
    And I set variable "query" to:
      """
      omaha
      """
    When alice sends POST "/echo" with JSON {"nick": "${nick}", "seat": ${seat}, "q": "${query}"}
    Then the JSON at "$.body" contains "Ally"
    When I send GET "/echo?nick=${alice.nick}"
    Then the JSON at "$.query[0][1]" is "Ally"

  Scenario: Functions
    When I send POST "/echo" with form:
      | base64  | ${base64 "arena"}                            |
      | back    | ${base64decode "YXJlbmE="}                   |
      | sha     | ${sha256 "arena"}                            |
      | mac     | ${hmac_sha256 "key" "arena"}                 |
      | upper   | ${upper currency}${lower currency}           |
      | encoded | ${urlencode "a b"}                           |
      | dollar  | $${currency}                                 |
      | who     | ${actor}                                     |
    Then the JSON at "$.body" contains "base64=YXJlbmE"
    And the JSON at "$.body" contains "back=arena"
    And the JSON at "$.body" contains "sha=572e31f55b6ac1b13fd5f5665d44bef1e3474ccf39b983428d4d8c4493d041c5"
    And the JSON at "$.body" contains "upper=AUDaud"
    And the JSON at "$.body" contains "%7Bcurrency%7D"

  Scenario: A download is written to a file
    When I send GET "/api/hands.csv"
    Then the status is 200
    And I write the body to file "hands.csv"
    And I attach the body as "hands.csv"
