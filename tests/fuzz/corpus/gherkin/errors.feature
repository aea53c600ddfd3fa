bad
Feature: a
@b c
 Scenario: d
  Given e
   | f |
   | g | h |
@i