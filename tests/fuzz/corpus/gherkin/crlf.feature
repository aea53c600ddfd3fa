Feature: a
  Background:
    * b
  Scenario: c
    Whne d
    Given e
    ```
    \`\`\`
    ```
