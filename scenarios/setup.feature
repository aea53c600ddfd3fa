@before-all
Feature: Before everything else

  Scenario: The regular guest logs in once for the whole run
    Given regular is logged in
    Then regular keeps the session as "regular"

  Scenario: The database is seeded
    Given the command "seed" succeeds
