Feature: Steps of the lobby

  @in:email,password
  Scenario: {actor} log(s) in as {string} with password {string}
    When I send GET "/login"
    And I submit the form at "//form[@id='login']" with:
      | email    | ${email}    |
      | password | ${password} |
    Then the status is 302

  @out:player_id
  Scenario: {actor} is/am/are logged in
    When I log in as "${email}" with password "${player_password}"
    Then the header "Location" ends with "/lobby"
    When I send GET "/api/me"
    Then the status is 200
    And I save the JSON at "$.id" as "player_id"

  Rule: Tables

    @out:table
    Scenario: there is a new table
      When I send POST "/api/tables"
      Then the status is 201
      And I save the JSON at "$.id" as "table"

    @in:seat,table @out:ticket
    Scenario: {actor} take(s) seat {number} at table {number}
      When I send POST "/api/tables/${table}/join" with JSON {"seat": ${seat}}
      Then the status is 201
      And the JSON at "$.seat" is ${seat}
      And I save the JSON at "$.ticket" as "ticket"

    @in:guest,table @out:invitation
    Scenario: {actor} invite(s) {actor} to table {number} saying:
      When I send POST "/api/tables/${table}/invitations" with JSON:
        """json
        {"player": "${guest}", "text": "${argument}"}
        """
      Then the status is 201
      And the JSON at "$.player" is "${guest}"
      And I save the JSON at "$.id" as "invitation"
