# SPDX-License-Identifier: MIT
# What a run shows: no secret anywhere, a failure told once, negated forms that hold of nothing.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1
cat >bddrun.yaml <<'END'
version: 1
scenarios: secret.feature
output: made/
reports: [junit:junit.xml, message:run.ndjson]
secrets: {pw: {env: DEMO_PW}}
environments: {staging: {url: "http://127.0.0.1:1"}}
default_environment: staging
END
cat >secret.feature <<'END'
Feature: Secrets of hunter2/S3cr+t
  Scenario: hunter2/S3cr+t is in a name
    Given I use basic auth as "me" with password "${pw}"
    And I set cookie "session" to "${pw}"
    When I send POST "/echo?a=${pw}&b=${urlencode pw}" with JSON {"c": "${base64 pw}", "d": "${pw}"}
    Then the body does not contain "hunter2/S3cr+t"
    And the body is "x"
END
export DEMO_PW=hunter2/S3cr+t
run --base-url "$site_url" -vvv
unset DEMO_PW
want_code "a scenario full of secrets" 1
for file in out err made/junit.xml made/run.ndjson; do
    want_no_text "a secret in $file" 'hunter2|aHVudGVyMi|S3cr' "$file"
done
want_text "what stands for it" 'Secrets of \*\*\* › \*\*\* is in a name' out

cat >late.feature <<'END'
Feature: Learnt late
  Scenario: what stands in a step
    When I send GET "/echo?key=open-sesame"
    Then the status is 200
    And I save the JSON at "$.query[0][1]" as secret "key"
    And the JSON at "$.query[0][1]" is "open-sesame!"
END
rm bddrun.yaml
run late.feature --base-url "$site_url" -v --format terminal --format junit:late.xml
want_code "a secret learnt late" 1
for file in out err late.xml; do
    want_no_text "a secret learnt late in $file" 'open-sesame' "$file"
done
want_text "what stands for it in a step before" '✓ When I send GET "/echo\?key=\*\*\*"' out
want_text "and in the one that failed" '✗ And the JSON at .* is "\*\*\*!"' out

cat >wording.feature <<'END'
Feature: Wording
  Scenario: a failure
    When I send GET "/version"
    Then the status is 201
  Scenario: everyone
    Given there are 2 spectators
    When all spectators send GET "/version"
    Then everyone's status is 200
  Scenario: no response
    Then the status is 200
  Scenario: no such cookie
    When I send GET "/version"
    Then the cookie "c" attribute "Secure" does not exist
END
run wording.feature --base-url "$site_url"
want_code "three failures" 1
want "a mismatch is told once" 1 "$(grep -c '            actual 200' out)"
want_text "and in the summary" 'the status is not as expected: expected is 201, actual 200' out
want_text "everyone who acted" '✓ Wording › everyone' out
want_text "no response" 'the scenario has got no response yet' out
want_text "an attribute of nothing" "the response sets no cookie 'c'" out
conclude
