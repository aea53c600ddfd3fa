@realtime
Feature: Scores as a stream of events

  Scenario: A score is told to everyone who listens
    Given alice and bob open the "scores" event stream at "/api/scores/stream"
    And I set variable "points" to "${random 6}"
    When I send POST "/api/scores" with JSON {"game": "omaha-${run.id}-${points}", "score": 4711}
    Then the status is 201
    And within 5 seconds alice and bob receive an event "score" matching:
      """json
      {"game": "omaha-${run.id}-${points}", "score": 4711}
      """
    When bob closes the "scores" event stream
    Then alice's "scores" event stream is open
