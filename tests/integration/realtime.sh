#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What reports say of sockets; the restart of everything by a command of the configuration.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
copy_scenarios
report=$folder/project/bddrun-out/junit.xml
sed -i "s|^commands:|&\n  restart-realtime: [curl, -fsS, -X, POST, \"$site_url/api/realtime/restart\"]|" \
    "$folder/project/bddrun.yaml"

cat >"$folder/project/restart.feature" <<'END'
Feature: A deployment of the realtime server

  Scenario: Everyone is sent away and comes back
    Given there is a new table
    And there are 5 spectators
    And all spectators watch table ${table}
    When the command "restart-realtime" succeeds
    Then within 5 seconds all spectators' "table" sockets are closed with code 1012
    And within 10 seconds all spectators reconnect the "table" socket
    And within 5 seconds all spectators receive a "snapshot" event
END
run "$folder/project/restart.feature" --base-url "$site_url" --format "message:$folder/run.ndjson"
want_code "a restart by a command" 0
want_junit "$report"
want_text "how every socket ended" 'closed by the server with code 1012: service restart' "$report"
want_no_text "no messages of what passed" 'snapshot&quot;, |"snapshot", ' "$report"
documents=$(grep -c 'application/vnd.bddrun.conversation+json' "$folder/run.ndjson")
want "a document for every connection" yes "$([ "$documents" -ge 10 ] && echo yes)"

cat >"$folder/project/fails.feature" <<'END'
Feature: What is shown of a failure

  Scenario: A socket says things that nobody may see or be fooled by
    Given I set variable "hidden" to "${player_password}"
    And bob opens the "echo" socket at "/realtime/echo?token=hush" as text
    When bob sends text "the word is ${player_password}"
    And bob sends text "a\\x1b[2J line"
    And bob sends JSON:
      """json
      {"type": "login", "password": "open sesame", "note": "\u001b[31mred\u0007 ]]> &amp;"}
      """
    And bob pings the server
    Then within 100 ms bob receives a message where the text is "✓ all passed"
END
run "$folder/project/fails.feature" --base-url "$site_url" --format terminal \
    --format "message:$folder/run.ndjson"
want_code "a failing scenario" 1
want_junit "$report"
for file in "$folder/out" "$report" "$folder/run.ndjson"; do
    want_no_text "no secret in $file" four-of-a-kind "$file"
    want "no control character in $file" 0 "$(LC_ALL=C grep -c $'[\x01-\x08\x0b-\x1f\x7f]' "$file")"
done
want_text "the socket" "bob's \"echo\" socket \(text\) at ws://.*token=\*\*\*" "$folder/out"
want_text "what was said" '^ *\+[0-9.]+ s ← the word is \*\*\*$' "$folder/out"
want_text "a password by its name" '\+[0-9.]+ s ← .*"password":"\*\*\*"' "$folder/out"
want_no_text "nowhere in what was said" '[←→] .*open sesame' "$folder/out"
want_text "in the JUnit file too" '← the word is \*\*\*$' "$report"
want_xml "a failure" 1 "$report" "count(//failure)"
conclude
