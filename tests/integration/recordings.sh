#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Steps that compare with the recording, bddrun accept, the recordings part of bddrun check: the
# demo site's production is recorded, staging answers alike, the broken one does not.
source "$(dirname "$0")/library.sh"
unset BDDRUN_REDACTION_KEY BDDRUN_ENV BDDRUN_BASE_URL
project=$folder/project
mkdir "$project"
cd "$project" || exit 1
for flavour in production staging broken; do
    start_site "$flavour" --flavour "$flavour"
    declare "${flavour}_url=$site_url"
done
# configure [LINE…]: more lines at the end.
configure() {
    cat >bddrun.yaml <<YAML
version: 1
scenarios: .
default_environment: staging
environments:
  production: {url: "$production_url", read_only: true, revision: {at: /version, json: \$.commit}}
  staging: {url: "$staging_url", headers: {X-Run: "\${run.id}"}, limits: {receive: 10 s}}
  broken: {url: "$broken_url"}
recordings: {environment: production, allow: {paths: ["POST /api/**", "POST /login"], events: ["*"]}}
YAML
    printf '%s\n' "$@" >>bddrun.yaml
}
# What differs from run to run.
stable() {
    sed -E -e 's/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/UUID/g' \
        -e 's/[0-9]+ masked/N masked/' -e 's/entry [0-9]+ of/entry N of/' -e 's/^  [0-9]  GET .realtime/  N  GET \/realtime/' -e 's/ [$](\[[^]]*\])+//g' -e 's/on 20[0-9]{2}-[0-9]{2}-[0-9]{2}$/on DAY/' "$1"
}
# explained SCENARIO-LINE: the block below the failing step of that scenario, without the excerpt.
explained() {
    stable "$folder/out" | awk -v line="recorded.feature:$1" '
        index($0, line) && /^✗/ { inside = 1 }
        inside && /is not as recorded/ { shown = 1 }
        inside && /^    [A-Za-z]/ { exit }
        inside && /hint:/ { exit }
        shown && !/│|recorded.feature:/ { print substr($0, 9) }'
}
# facts: what run.ndjson says that was compared, a line each, sorted; times and revisions are others every time.
facts() {
    grep '"mediaType":"application/vnd.bddrun.recording+json"' run.ndjson |
        sed -E -e 's/^.*"body":"//' -e 's/","[a-zA-Z]+":.*$//' -e 's/\\"/"/g' \
            -e 's/"(recordedMs|actualMs)":[0-9.]+/"\1":MS/g' -e 's/"revision":"[0-9a-f]{8,}"/"revision":"COMMIT"/' \
            -e 's/"recordedAt":"20[0-9-]+T[0-9:.]+Z"/"recordedAt":"TIME"/' | LC_ALL=C sort
}
# block LANGUAGE NUMBER: that block of docs/comparing.md.
block() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '
        $0 == fence { inside = ++blocks == wanted; next }
        /^```$/ { inside = 0; next }
        inside { print }' "$SOURCE/docs/comparing.md"
}
configure
cp "$SOURCE/scenarios/recorded.feature" .
want "the page shows the scenarios" "$(cat recorded.feature)" "$(block gherkin 1)"

# --- before anything runs ---
run
want_code "no recording yet" 2
want_text "which one" "recorded.feature:9:10: error: no recording 'recordings/recorded/the-prize" "$folder/err"
want_text "what to do" "hint: record it: bddrun record .*recorded.feature:7" "$folder/err"

# --- as wanted ---
run record
want_code "production is recorded" 0
run check
want_code "the recordings are fine" 0
want_text "what was looked at" "3 recordings, 7 entries: no secret in them" "$folder/out"
run --format message:run.ndjson
want_code "staging answers as production does" 0
want "what was compared, passed" "" "$(diff <(block json 1) <(facts))"

# --- the broken site ---
run -e broken --format terminal --format junit:junit.xml --format message:run.ndjson
want_code "the broken site does not" 1
want "a changed field" "$(block text 1)" "$(explained 7)"
want "a crossed id" "$(block text 2)" "$(explained 12)"
want "a lost broadcast" "$(block text 3)" "$(explained 19)"
want_junit junit.xml
want_xml "its kind in JUnit" 3 junit.xml "count(//failure[@type='difference'])"
want_xml "the path in JUnit" 1 junit.xml "count(//failure[contains(., '\$.prize') and contains(., 'expected 1500, actual 1200')])"
want "a diff for each in the messages" 3 "$(grep -c '"mediaType":"application/vnd.bddrun.diff+json"' run.ndjson)"

want "what was compared, failed, too" "" "$(diff <(block json 1) <(facts))"

# --- accept ---
run accept -e broken
want_code "what would be accepted" 1
want "what is shown" "$(block text 5)" "$(stable "$folder/out")"
run accept -e broken --write --path '/api/tournament'
want_code "the others still differ" 1
want_text "one was" "3 of 7 entries differ, 1 accepted" "$folder/out"
run -e broken --name prize
want_code "what was accepted is as recorded" 0
run --name prize
want_code "and staging is not" 1
run accept --write
want_text "it can be taken back" "1 of 7 entries differs, 1 accepted" "$folder/out"
want_code "all of it was taken" 0
run
want_code "as before" 0
run accept --entry 99
want_code "no such entry, and nothing differs" 0
want_text "nothing" "0 of 7 entries differ" "$folder/out"
run accept --entry x
want_code "no number" 2
run accept --path '/api/{'
want_code "no pattern" 2
want "nothing is left behind" 3 "$(find recordings -type f | wc -l)"

# --- entries that came and went ---
cat >changing.feature <<'FEATURE'
Feature: Changing
  Scenario: Requests come and go
    When I send GET "/version"
    Then the response matches the recording except:
      | JSON "$.flavour" | type            |
      | JSON "$.commit"  | regex /${hex}/  |
    When alice sends GET "${place}"
    Then alice's response matches the recording
FEATURE
run record -D place=/api/hands.csv -D 'hex=^[0-9a-f]+$' changing.feature
want_code "recorded" 0
run -D place=/api/hands.csv -D 'hex=^[0-9a-f]+$' changing.feature
want_code "as recorded" 0
run accept -D place=/api/hands.xml -D 'hex=^[0-9a-f]+$' changing.feature
want_code "one came, one went" 1
want_text "gone" "2  GET /api/hands.csv of alice: gone$" "$folder/out"
want_text "new" "3  GET /api/hands.xml of alice: new$" "$folder/out"
run accept -D place=/api/hands.xml -D 'hex=^[0-9a-f]+$' --write --entry 3 changing.feature
want_text "only the new one" "2  GET /api/hands.csv of alice: gone .not chosen.$" "$folder/out"
run -D place=/api/hands.xml -D 'hex=^[0-9a-f]+$' changing.feature
want_code "it is recorded now" 0
run -D place=/api/hands.csv -D 'hex=^[0-9a-f]+$' changing.feature
want_code "and the other still is" 0
rm recordings/changing/requests-come-and-go.har
run accept -D place=/version -D 'hex=^[0-9a-f]+$' --write changing.feature
want_text "a recording that was not there" "2 of 2 entries differ, 2 accepted" "$folder/out"
run accept -D place=/nowhere -D 'hex=^[g]+$' changing.feature:99
want_code "no such scenario" 2
rm changing.feature

# --- secrets, composite steps, ids in paths ---
cat >members.steps.feature <<'FEATURE'
Feature: Steps of members
  Scenario: everything is as recorded
    Then the response matches the recording
  Scenario: all of it is as recorded
    Then everything is as recorded
FEATURE
cat >members.feature <<'FEATURE'
Feature: Members
  Scenario: A token is given
    When I send POST "/api/token" with JSON:
      """json
      {"name": "${env.HOME}", "password": "secret-of-the-arena"}
      """
    Then all of it is as recorded
  @writes-production
  Scenario: A guest reads
    When I send GET "/api/csrf"
    And afterwards the status matches the recording
    Then all of it is as recorded
FEATURE
umask 077
head -c 32 /dev/urandom | base64 >.bddrun-redaction-key
run check members.feature:8
want_code "no recording for a composite step" 2
want_text "it is missed" "no recording 'recordings/members/a-guest-reads.har'" "$folder/err"
run record members.feature:9
want_code "recorded with a key" 0
want_no_text "no secret on the disk" '"token":"[0-9a-zA-Z]' recordings/members/a-guest-reads.har
run members.feature:9
want_code "with the same key" 0
sed -i 's/"status":204/"status":201/' recordings/members/a-guest-reads.har
run members.feature:9
want_code "another status" 1
want_text "breaking" "expected 201 No Content, actual 204 No Content" "$folder/out"
want_no_text "one key" "compared by kind and identity only" "$folder/out"
rm -f .bddrun-redaction-key
run members.feature:9
want_text "no key" "secrets were compared by kind and identity only: this run has no redaction key" "$folder/out"
BDDRUN_REDACTION_KEY=another-key-of-the-project run members.feature:9
want_text "another key" "secrets were compared by kind and identity only: this run has redaction key [0-9a-f]{8}, the" "$folder/out"
BDDRUN_REDACTION_KEY=short run members.feature:9
want_code "a short key" 2
echo 0123456789abcdef >.bddrun-redaction-key
chmod 644 .bddrun-redaction-key
run members.feature:9
want_code "a key that others can read" 2
rm -f .bddrun-redaction-key members.feature members.steps.feature
rm -rf recordings/members

# --- not recorded; parts; masks ---
rm -r recordings
cat >parts.feature <<'FEATURE'
Feature: Parts
  Scenario: Of one answer
    When I send GET "/api/tournament/players"
    Then the status matches the recording
    And the headers match the recording except:
      | header "ETag" | present |
    And my cookies match the recording
    And the body matches the recording
    And the response time matches the recording
  Scenario: More than was recorded
    When I send GET "/api/tournament/players" ${times} times at once
    Then the response matches the recording
  Scenario: Another place
    When I send GET "${place}"
    Then the response matches the recording
  @writes-production
  Scenario: Several sockets of two guests
    Given these guests:
      | name |
      | ann  |
      | ben  |
    When all guests open the "echo" socket at "/realtime/echo" as text
    And all guests send text "hello"
    Then within 5 seconds all guests receive a message
    And all guests' conversation matches the recording
    And ann's conversation matches the recording except:
      | text | length |
    And the conversation matches the recording
    When ann closes the "echo" socket
    Then ann's conversation matches the recording
  Scenario: Nobody spoke
    When I send GET "/version"
    Then the conversation matches the recording
  Scenario: Nothing was sent
    Then the response matches the recording
FEATURE
rm recorded.feature
run record -D times=1 -D place=/version parts.feature:2:10:13:17
want_code "parts are recorded" 0
run -D times=1 -D place=/version parts.feature:2:10:17
want_code "parts are as recorded" 0
run -D times=2 -D place=/api/time parts.feature:10:13 --format message:run.ndjson --format terminal --format junit:junit.xml
want_code "not recorded" 1
want_text "too many" "not recorded: GET /api/tournament/players, sent for time 2; the recording has 1" "$folder/out"
want_text "elsewhere" "not recorded: GET /api/time$" "$folder/out"
want_text "without a recorded time" '"entry":"GET /api/time".*"recordedMs":null,"actualMs":MS,"masks":\[\]' <(facts)
want_text "what there is" "recordings/parts/another-place.har has 1 entry:" "$folder/out"
want "as the page says it" "$(block text 4)" "$(grep -A2 'not recorded: GET /api/time$' "$folder/out" | head -1 | sed 's/^ *//'; grep -A1 'another-place.har has' "$folder/out" | sed 's/^        //')"
want_junit junit.xml
want_xml "a kind of its own" 2 junit.xml "count(//failure[@type='not recorded'])"
run record -D times=1 -D place=/version parts.feature:31:34
want_code "nothing to record" 1
want_text "no conversation" "there is no conversation yet to compare" "$folder/err"
want_text "no response" "there is no response yet to compare" "$folder/err"
sed -i 's/| text | length |/| text | lenght |/' parts.feature
run parts.feature:17
want_code "a mask that is none" 2
want_text "at its place" "parts.feature:27:16: error: an unknown assertion in the mask .lenght" "$folder/err"
sed -i 's/| text | lenght |/| text | length |/' parts.feature
sed -i 's/"echo" socket at/"other" socket at/' parts.feature
run parts.feature:17 --format message:run.ndjson --format terminal
want_code "a socket of another name" 1
want_text "it is not there" "not recorded: the 'other' socket of ann" "$folder/out"
want_text "nor compared" '"entry":"socket other",.*"masks":\[\],"events":\[\]' <(facts)
printf '{"log": {' >recordings/parts/another-place.har
run -D place=/version parts.feature:13
want_code "an unreadable recording" 1
want_text "where" "another-place.har:1:10" "$folder/out"

# --- check ---
sed -i '/Nobody spoke/,$d' parts.feature
run check
want_code "an unreadable recording is an error" 2
want_text "named with its place" "another-place.har:1:10: the JSON ends too early" "$folder/err"
run record -D place=/version parts.feature:13
configure 'masks:' '  - {at: JSON "$.commit", assert: type}' '  - {at: JSON "$.never", assert: type}'
run -e production -D place=/version parts.feature:13 --format message:run.ndjson
want_code "under masks" 0
want_text "the mask that was used" '"entry":"GET /version",.*"masks":\["[^"]*bddrun.yaml:10:10"\],"events":\[\]' <(facts)
run -e production -D times=1 -D place=/version
want_code "one failed" 1
want_no_text "it says nothing of masks" "no comparison of this run" "$folder/err"
sed -i 's/"other" socket at/"echo" socket at/' parts.feature
run -e production -D times=1 -D place=/version
want_code "a run of all" 0
want_text "the mask that nothing used" "warning: no comparison of this run used the mask JSON \"\\$.never\" type" "$folder/err"
want_no_text "of the other nothing" "used the mask JSON ..\.commit" "$folder/err"
run -e production -D times=1 -D place=/version parts.feature:13
want_no_text "a part says nothing" "no comparison of this run" "$folder/err"
sed -i 's/^recordings: {/&max_age: 1 ms, /' bddrun.yaml
run check
want_code "old recordings are said" 0
want_text "age" "warning: recordings/parts/of-one-answer.har: .* older than " "$folder/err"
want_text "a dead mask" "warning: mask JSON \"\\$.never\" type stands for nothing in any recording" "$folder/err"
want_no_text "a living mask" "mask JSON ..\\.commit" "$folder/err"
sed -i 's/\\"commit\\"/\\"api_key\\": \\"live-4711\\", &/' recordings/parts/another-place.har
run check
want_code "a secret in a recording" 2
want_text "its kind and place" "another-place.har: byte [0-9]+ \(line 6\): entry 1 holds what looks like a secret \(key\) in response body at 'api_key'" "$folder/err"
want_no_text "never the value" "live-4711" "$folder/err"

# --- recordings that nothing uses ---
mkdir "$folder/unused"
cd "$folder/unused" || exit 1
configure
cp "$SOURCE/scenarios/recorded.feature" .
run record
want_code "recorded once more" 0
sed -i "s/And all spectators' conversation matches/Then the response matches/" recorded.feature
run check recorded.feature
want_code "an unused socket is a warning" 0
want_text "which entry" "warning: recordings/recorded/every-.*.har: entry [0-9] \(line [0-9]+: the socket of GET /realtime\) is compared by no step of its scenario" "$folder/err"
want_text "what to do" "hint: add .Then the conversation matches the recording" "$folder/err"
want_no_text "answers are used" "line [0-9]+: (GET|POST) " "$folder/err"
sed -i '/production says/,/number/ { /the recording/d; /number/d }' recorded.feature
run check
want_text "nothing uses it" "warning: recordings/recorded/the-prize-.*.har: no step of its scenario compares with it" "$folder/err"
want_no_text "all have a scenario" "belongs to no scenario" "$folder/err"
mkdir -p recordings/elsewhere/.hidden
printf '{}\n' | tee recordings/elsewhere/lost.har recordings/elsewhere/.hidden/lost.har >recordings/elsewhere/notes.txt
ln -s .. recordings/elsewhere/up
sed -i 's/Scenario: The same players/Scenario: All players/' recorded.feature
mv recordings/recorded/the-same-players-stand-in-the-standings.har recordings/recorded/all-players-stand-in-the-standings.har
cp recordings/recorded/all-players-stand-in-the-standings.har recordings/recorded/gone.har
run check
want_code "a lost file is a warning" 0
want "files of no scenario, once each" "bddrun: warning: recordings/elsewhere/lost.har: it belongs to no scenario
bddrun: warning: recordings/recorded/gone.har: it belongs to no scenario" "$(grep 'no scenario' "$folder/err")"

# --- recordings from before a promotion ---
# journal FOLDER OUTCOME COMPONENTS DATE: of one promotion.
journal() {
    mkdir -p "$1"
    local zeroes first
    zeroes=$(printf '%064d' 0)
    first='{"number":1,"previous":"'$zeroes'","at":"'$4'","event":"begin","operation":"a","kind":"promotion","components":['$3']}'
    printf '%s\n' "$first" >"$1/journal.jsonl"
    printf '{"number":2,"previous":"%s","at":"%s","event":"end","operation":"a","outcome":"%s"}\n' \
        "$(printf '%s' "$first" | sha256sum | cut -c1-64)" "$4" "$2" >>"$1/journal.jsonl"
}
outdated() { grep -c 'recorded before .* was promoted at 2099-01-01' "$folder/err"; }
configure 'components: {site: {paths: ["*"], endpoints: ["GET /api/tournament/*"]}, rest: {paths: ["*"]}}' \
    'deploy: {target: {tree: tree}, journal: kept}'
run check
want "no journal, no promotion" 0 "$(outdated)"
journal kept promoted '"site"' 2099-01-01T00:00:00.000Z
run check
want_code "promoted since is a warning" 0
want_text "which component" "recorded before 'site' was promoted at 2099-01-01T00:00:00.000Z" "$folder/err"
all=$(outdated)
journal kept promoted '"rest"' 2099-01-01T00:00:00.000Z
run check
want "the standings are of the site alone" "$((all - 1))" "$(outdated)"
journal kept rolled_back '' 2099-01-01T00:00:00.000Z
run check
want_text "of whatever component" "recorded before a release was promoted" "$folder/err"
want "all are from before" "$all" "$(outdated)"
journal kept taken_back '"site"' 2099-01-01T00:00:00.000Z
run check
want "what was taken back is not live" 0 "$(outdated)"
journal kept promoted '"site"' 2001-01-01T00:00:00.000Z
run check
want "promoted long ago" 0 "$(outdated)"
sed -i 's/promoted/Promoted/; s/"components"/"Components"/' kept/journal.jsonl
run check
want_code "a journal that was changed" 2
want_text "is told" "journal.jsonl" "$folder/err"
rm kept/journal.jsonl
mkdir kept/journal.jsonl
run check
want_code "a journal that is none" 4
want_text "why" "cannot read the journal 'kept/journal.jsonl'" "$folder/err"
configure
run check recorded.feature
want_no_text "only all scenarios show which files are of none" "belongs to no scenario" "$folder/err"
conclude
