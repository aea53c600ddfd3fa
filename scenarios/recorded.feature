@recorded
Feature: Staging answers as production does

  What production answered is in scenarios/recordings; `bddrun record` makes it anew. Ids are others
  on staging, and no difference as long as they stay who they are.

  Scenario: The prize is what production says
    When I send GET "/api/tournament"
    Then the response matches the recording except:
      | JSON "$.updatedAt" | number |

  Scenario: The same players stand in the standings
    When I send GET "/api/tournament/players"
    Then the response matches the recording
    When I send GET "/api/tournament/standings"
    Then the response matches the recording

  @writes-production
  Scenario: Every spectator sees every card
    Given these spectators:
      | name  |
      | alice |
      | bob   |
      | carol |
    When all spectators open the "final" socket at "/realtime?watch=977&as=${actor}"
    And dealer sends POST "/api/tournament/deal"
    Then the status is 201
    And within 10 seconds all spectators receive at least 2 "card.dealt" events
    And all spectators' conversation matches the recording
