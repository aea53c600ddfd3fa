#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What other runners let pass in silence: nothing of it passes here, and each says why.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1

# refused NAME CODE REGEX ARGUMENT…: standard input as NAME.feature; some line of what is said fits.
refused() {
    local name=$1 wanted=$2 regex=$3
    shift 3
    cat >"$name.feature"
    selected "$wanted" "$regex" "$name.feature" "$@"
}
# selected CODE REGEX ARGUMENT…
selected() {
    local wanted=$1 regex=$2
    shift 2
    run --base-url "$site_url" "$@"
    want_code "$*" "$wanted"
    cat out err >both
    want_text "$*" "$regex" both
}
checks='    When I send GET "/version"
    Then the status is 200'

# Mistakes that make a step a description, or a description a step.
refused keyword 2 "keyword.feature:3:5: error: mistyped step 'Whne'" <<END
Feature: F
  Scenario: S
    Whne I send GET "/version"
END
refused letter 2 "letter.feature:3:5: error: mistyped step 'Give'" <<END
Feature: F
  Scenario: S
    Give some precondition
$checks
END
refused colon 2 "colon.feature:4:5: error: expected: .*got 'Then: the status is 200'" <<END
Feature: F
  Scenario: S
    When I send GET "/version"
    Then: the status is 200
END
refused scenario 2 "scenario.feature:5:3: error" <<END
Feature: F
  Scenario: S
$checks
  Scenaro: T
$checks
END

# Nothing to run.
refused no-feature 2 "no-feature.feature: error: file has no feature" </dev/null
refused no-scenario 2 "error: feature 'F' has no scenarios" <<<'Feature: F'
refused background 2 "error: feature 'F' has no scenarios" <<END
Feature: F
  Background:
$checks
END
refused no-step 1 "the scenario has no steps" <<END
Feature: F
  Scenario: S
END
refused background-alone 1 "the scenario has no steps" <<END
Feature: F
  Background:
$checks
  Scenario: S
END
refused no-examples 2 "no-examples.feature:2:3: error: scenario outline 'S' has no examples" <<END
Feature: F
  Scenario Outline: S
$checks
END
refused no-rows 2 "no-rows.feature:5:5: error: examples have no rows" <<END
Feature: F
  Scenario Outline: S
$checks
    Examples:
      | x |
END
cat >good.feature <<END
@some
Feature: F
  Scenario: S
$checks
END
selected 2 "no scenario at line 99 of 'good.feature'" good.feature:99
selected 2 "nowhere.feature" nowhere.feature
selected 2 "nowhere.feature" good.feature nowhere.feature
selected 3 "exit 3: nothing to judge" good.feature --tags @other
selected 3 "exit 3: nothing to judge" good.feature --name nobody
selected 2 "@some and" good.feature --tags "@some and"
selected 2 "unknown option '--tgs'" good.feature --tgs @some
selected 0 "exit 0: yes" good.feature --tags @some

# The list of what failed is read again; after a green run it is empty, and says so.
run good.feature undefined-later.feature --base-url "$site_url"
want_code "a list of paths with a missing one" 2
run good.feature --base-url "$site_url" --format rerun:again.txt
want_code "a list of what failed" 0
selected 3 "the list names none: where it was written, nothing had failed" @again.txt

# Steps that nobody ran, and answers that nobody read.
refused undefined 1 "undefined: When I send PSOT" <<END
Feature: F
  Scenario: S
    When I send PSOT "/version"
END
selected 1 "undefined: When I send PSOT" undefined.feature --dry-run
refused placeholder 1 "undefined: Then the status is <y>" <<END
Feature: F
  Scenario Outline: S
    When I send GET "/version"
    Then the status is <y>
    Examples:
      | x   |
      | 200 |
END
refused pending 1 "pending" <<END
Feature: F
  Scenario: S
    Given this scenario is pending because "later"
$checks
END
refused skipped 3 "exit 3: nothing to judge" -D never=1 <<END
Feature: F
  Scenario: S
    Given this scenario is skipped unless the variable "never" is "2"
$checks
END
refused unchecked 1 "checks nothing" <<END
Feature: F
  Scenario: S
    When I send GET "/version"
END
refused unread 1 "500" <<END
Feature: F
  Scenario: S
    When I send GET "/status/500"
$checks
END
run unread.feature unchecked.feature --base-url "$site_url" --format rerun:again.txt
want_code "two failures" 1
want "both are listed" "unchecked.feature:2 unread.feature:2" "$(sort again.txt | tr '\n' ' ' | sed 's/ $//')"
run @again.txt --base-url "$site_url" --format junit:again.xml
want_code "they fail again" 1
want_xml "both" 2 again.xml "count(//testcase[failure])"
run - --base-url "$site_url" <good.feature
want_code "standard input is not read by accident" 2
"$bddrun" - --base-url "$site_url" --format junit:stdin.xml <good.feature >out 2>err
code=$?
want_code "a feature from the standard input" 0
want_xml "its name" '<stdin>' stdin.xml "//testcase/@file"
refused unanswered 1 "no response yet" <<END
Feature: F
  Scenario: S
    Then the status is 200
END
mkdir steps
cat >steps/own.steps.feature <<END
Feature: Steps that clash
  @in:a
  Scenario: the {word} is open
$checks
  @in:a
  Scenario: the lobby is {word}
$checks
END
cat >steps/ambiguous.feature <<END
Feature: F
  Scenario: S
    Given the lobby is open
$checks
END
selected 1 "ambiguous" steps/ambiguous.feature
selected 1 "ambiguous" steps/ambiguous.feature --dry-run
conclude
