#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# bddrun record against the demo site, and docs/recording.md: its configuration, its scenarios, its
# session of a browser, and what it says is printed.
source "$(dirname "$0")/library.sh"
unset BDDRUN_REDACTION_KEY BDDRUN_ENV BDDRUN_BASE_URL
start_site production --flavour production
project=$folder/project
mkdir "$project"
cd "$project" || exit 1
recordings=recordings

# block LANGUAGE NUMBER: that block of the page.
block() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '
        $0 == fence { inside = ++blocks == wanted; next }
        /^```$/ { inside = 0; next }
        inside { print }' "$SOURCE/docs/recording.md"
}

configure() {
    cat >bddrun.yaml <<YAML
version: 1
environments:
  production: {url: "$site_url", read_only: true, revision: {at: /version, json: \$.commit}}
  staging: {url: "$site_url"}
default_environment: staging
recordings: {environment: ${1:-production}, allow: {paths: ["POST /api/scores"], events: [shout]}}
YAML
}

# --- the page ---
{ echo "Feature: Page"; block gherkin 1; } >page.feature
block yaml 1 >documented.yaml
mkdir secret
run check page.feature --config documented.yaml
want_no_text "the documented configuration" "documented.yaml" "$folder/err"

configure
run record page.feature
want_code "the page is recorded" 0
want "what is printed" "$(block text 1)" "$(cat "$folder/out")"
want "the revision is kept" 1 "$(grep -c '"revision":"[0-9a-f]\{40\}"' "$recordings/page/the-echo-answers.har")"
want "the socket has its name" 1 "$(grep -c '"socket":"echo"' "$recordings/page/the-echo-answers.har")"
want "for its owner only" 600 "$(stat -c %a "$recordings/page/the-echo-answers.har")"
want "nothing else is left" 2 "$(find "$recordings" -type f | wc -l)"

block json 1 >session.har
cp "$recordings/page/the-tables-are-listed.har" "$recordings/page/the-tables-are-listed.2.har"
sed "s|url: \"$site_url\", read|url: \"https://arena.example\", read|" -i bddrun.yaml
run record --from session.har page.feature
want_code "a browser's session is taken" 0
want "what was taken" "$(block text 2)" "$(cat "$folder/out")"
want "samples of an earlier recording go" no "$([ -e "$recordings/page/the-tables-are-listed.2.har" ] && echo yes || echo no)"
want "it says whence" 1 "$(grep -c '"comment":"from Firefox 140"' "$recordings/page/the-tables-are-listed.har")"
run record --from session.har page.feature --json
want_code "as JSON" 0
want_text "how many" '^  "entries": 3,$' "$folder/out"
want_text "what is missing" '"path": "/version"' "$folder/out"
want_text "what was left out" '"reason": "another host: cdn.example"' "$folder/out"
run record --from session.har --host nowhere.test page.feature
want_code "nothing is taken" 3
run record --from session.har --all page.feature
want_code "all for two scenarios" 2
run record --from session.har --all --host '*.example' --host arena.example --scenario "The tables are listed" page.feature
want_code "all for one scenario" 0
want_text "all of it" "GET /app.js 200" "$folder/out"
run record --from session.har --path '/api/**' page.feature
want_text "another path" "1: another path \(GET /realtime/echo\)" "$folder/out"
run record --from session.har --path '/api/{' page.feature
want_code "a bad pattern" 2
run record --from page.feature page.feature
want_code "no HAR" 2
want_text "no HAR, at its place" "page.feature:1:1: error: expected a value" "$folder/err"

# --- what may be recorded ---
rm -rf "$recordings"
configure
cat >writes.feature <<'FEATURE'
Feature: Writes
  Scenario: Untagged
    When alice sends POST "/api/scores"
    Then the status is 201

  @writes-production
  Scenario: Not on the list
    When alice sends PUT "/api/motd" with body:
      """
      hello
      """
    Then the status is 200

  @writes-production
  Scenario: On the list
    When alice sends POST "/api/scores" with JSON:
      """
      {"player": "alice", "points": 3}
      """
    Then the status is less than 500

  @writes-production
  Scenario: A message that is not on the list
    When alice opens the "echo" socket at "/realtime/echo" as text
    And alice's "echo" socket sends text "hello"
    Then alice's socket is open

  @writes-production
  Scenario: An event that is not on the list
    When alice opens the "lobby" socket at "/socket.io/" as Socket.IO
    And alice's "lobby" socket sends event "whisper"
    Then alice's socket is open

  @writes-production
  Scenario: An event on the list
    When alice opens the "lobby" socket at "/socket.io/" as Socket.IO
    And alice's "lobby" socket sends event "shout"
    Then alice's socket is open

  Scenario: Fails
    When alice sends GET "/version"
    Then the status is 404

  Scenario: Holds secrets
    When alice sends GET "/version" with:
      | header "Authorization" | Bearer secret-of-alice-1234 |
    Then the status is 200
FEATURE
run record writes.feature --samples 2
want_code "some are not recorded" 1
want_text "untagged" "not recorded: writes.feature:2 Untagged: it did not pass, or could not be written" "$folder/out"
want_text "not listed" "'PUT /api/motd' is not on the list of what may be written" "$folder/err"
want_text "a message" "would send a message, which is not on the list" "$folder/err"
want_text "an event" "the event 'whisper' is not on the list" "$folder/err"
want_text "a listed event" "writes/an-event-on-the-list.har: 1 socket with [0-9]+ messages?; 2 samples" "$folder/out"
want_text "listed" "writes/on-the-list.har: 1 request; 2 samples" "$folder/out"
want_text "the sum" "recorded 3 of 8 scenarios" "$folder/out"
want "only what passed" "writes/an-event-on-the-list.2.har writes/an-event-on-the-list.har writes/holds-secrets.2.har writes/holds-secrets.har writes/on-the-list.2.har writes/on-the-list.har" \
    "$(cd "$recordings" && find . -type f | sed 's|^./||' | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
want "no secret on the disk" "" "$(grep -rl secret-of-alice "$recordings")"
want_text "a token for it" "Bearer ‹redacted:" "$recordings/writes/holds-secrets.har"

# Nothing is replaced when a scenario fails; samples that are too many go.
before=$(cksum <"$recordings/writes/holds-secrets.har")
sed -i '/Scenario: Holds secrets/,$ s/status is 200/status is 500/' writes.feature
run record writes.feature --scenario "Holds secrets"
want_code "it fails now" 1
want "the old recording stays" "$before" "$(cksum <"$recordings/writes/holds-secrets.har")"
want "and its samples" yes "$([ -e "$recordings/writes/holds-secrets.2.har" ] && echo yes)"
run record writes.feature --scenario "On the list" --json
want_code "one of them" 0
want "older samples go" no "$([ -e "$recordings/writes/on-the-list.2.har" ] && echo yes || echo no)"
want_text "the list as JSON" '^  "recorded": 1,$' "$folder/out"
want_text "its requests" '"requests": 1,$' "$folder/out"

# --- checks of what is just being recorded pass unjudged, and then judge ---
cat >judged.feature <<'FEATURE'
Feature: Judged
  Scenario: Compared
    When alice sends GET "/api/tables"
    Then alice's response matches the recording
FEATURE
run run judged.feature
want_code "not yet recorded" 2
run record judged.feature
want_code "recorded" 0
run run judged.feature
want_code "compared with it" 0
sed -i 's/"status":200/"status":201/' "$recordings/judged/compared.har"
run run judged.feature
want_code "another status was recorded" 1

# --- age ---
sed -i 's/environment: production,/environment: production, max_age: 14 days,/' bddrun.yaml
run check judged.feature
want_no_text "just recorded" "old" "$folder/err"
sed -i 's/"recordedAt":"[^"]*"/"recordedAt":"2020-01-02T03:04:05Z"/' "$recordings/judged/compared.har"
run check judged.feature
want_text "old by now" "judged/compared.har: [0-9]+ days old, older than 14 days" "$folder/err"

# --- fail closed ---
configure staging
run record page.feature
want_code "an environment that may be written to" 2
want_text "says why" "the environment to record is not read-only" "$folder/err"
configure
run record page.feature -e nowhere
want_code "an unknown environment" 2
BDDRUN_BASE_URL=http://127.0.0.1:9 run record page.feature
want_code "another base URL" 2
want_text "says so" "another base URL cannot be recorded as this environment" "$folder/err"
printf 'short' >.bddrun-redaction-key
chmod 600 .bddrun-redaction-key
run record page.feature
want_code "a bad key" 2
rm .bddrun-redaction-key
rm -rf "$recordings"
: >"$recordings"
run record page.feature
want_code "a file where the folder should be" 4
run record --from session.har page.feature --all --scenario "The tables are listed" --host '*.example' --host arena.example
want_code "the same of an import" 4
run record page.feature
want_text "says why not" "bddrun: error: .*recordings.*: (Not a directory|File exists)" "$folder/err"
want_text "and which" "not recorded: page.feature:2 The tables are listed: it did not pass, or could not be written" "$folder/out"
rm "$recordings"

# --- what is written may be said, and secrets may not, also of an import ---
export ARENA_TOKEN=tokenofthearena42
cat >bddrun.yaml <<YAML
version: 1
environments:
  production: {url: "https://arena.example/app/", services: {realtime: "wss://rt.arena.example:8443"}, read_only: true}
secrets: {token: {env: ARENA_TOKEN}, other: {env: ARENA_NEVER_SET}}
recordings: {environment: production, keep: [game], folder: taken/}
YAML
cat >import.feature <<'FEATURE'
Feature: Import
  Scenario: With a prefix
    When alice sends GET "/api/tables/${table}"
    And alice opens the "table" socket at "${realtime.url}/realtime"
    Then alice's status is 200
FEATURE
cat >play.har <<'HAR'
{"log": {"creator": {"name": "Chrome", "version": "150"}, "entries": [
{"request": {"method": "GET", "url": "https://arena.example/app/api/tables/7?game=omaha&who=alice"},
 "response": {"status": 200, "content": {"text": "{\"game\":\"omaha\",\"nick\":\"ali99\",\"seat\":3,\"note\":\"tokenofthearena42\"}"}}},
{"request": {"method": "GET", "url": "wss://rt.arena.example:8443/realtime"}, "_resourceType": "websocket", "response": {"status": 101},
 "_webSocketMessages": [{"type": "receive", "opcode": 1, "time": 1795428001.5, "data": "{\"game\":\"omaha\",\"nick\":\"ali99\"}"}]}
]}}
HAR
run record --from play.har import.feature --keep seat
want_code "an import" 0
taken=taken/import/with-a-prefix.har
want_text "what may stay" 'omaha.*omaha' "$taken"
want_text "a number that may stay" 'seat[^,]*3' "$taken"
want_no_text "names of players go" 'ali99' "$taken"
want_no_text "a secret goes" "$ARENA_TOKEN" "$taken"
want_text "the socket has the name of its step" '"socket":"table"' "$taken"
conclude
