Feature: Broken

  Scenario: A table whose rows differ
    Given these players:
      | name  | chips |
      | alice |
