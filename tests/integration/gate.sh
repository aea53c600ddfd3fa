#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The gate passes when all is well, and refuses for each reason in turn; the table of refusals in
# docs/gate.md is what it says. UPDATE=1 writes the table anew.
source "$(dirname "$0")/gate_library.sh"
page=$SOURCE/docs/gate.md
table=$folder/table
cd "$folder" || exit 1
make_project
start_site staging --commit "$candidate"
measure
BDDRUN_ARTEFACT=src/rest.c BDDRUN_ATTEMPT=2 run_scenarios
want_text "an option is preferred to a variable" 'artefacts.*src/shop\.c' out/run.ndjson
want_text "the attempt of a variable" 'attempt..:2' out/run.ndjson
run_scenarios
want "the scenarios pass" 0 $?
rm -f run.out
cp -a "$folder/project" "$folder/whole"

# What differs from run to run.
plain() {
    sed -E -e "s/$candidate/‹candidate›/g; s/$production/‹production›/g" \
        -e 's/[0-9a-f]{40}([0-9a-f]{24})?/‹digest›/g' -e 's/[12][0-9]{3}-[0-9T:.-]+Z/‹time›/g' \
        -e 's/[0-9]+ days old/‹age›/g' -e "s|$folder/||g"
}

# The first rule of the last verdict that did not pass: "rule | says".
first_refusal() {
    python_free_json "$folder/verdict.json"
}

# Picks the first rule that is FAILED or BLOCKED out of the JSON form, one rule a line.
python_free_json() {
    sed 's/},{"name"/}\n{"name"/g' "$1" | grep -E '"result":"(FAILED|BLOCKED)"' |
        grep '"name"' | sed -E 's/.*"name":"([^"]*)","result":"([^"]*)".*"reason":"(([^"\\]|\\.)*)".*/\1|\2|\3/' |
        sed 's/\\"/"/g'
}

# refused CODE WHAT RULE [GATE OPTION…]: the gate refuses by this rule with this code.
refused() {
    local code_wanted=$1 what=$2 rule=$3 line
    shift 3
    gate --json "$@"
    cp "$folder/out" "$folder/verdict.json"
    want "$what: the exit code" "$code_wanted" "$code"
    line=$(python_free_json "$folder/verdict.json" | grep "^$rule|" | head -1)
    if [ -z "$line" ]; then
        wrong "$what: $rule did not refuse"
        python_free_json "$folder/verdict.json" >&2
        cat "$folder/err" >&2
    fi
    printf '%s\n' "$line" | plain | while IFS='|' read -r name result says; do
        printf '| %s | `%s` | %s | %s |\n' "$what" "$name" "$result" "${says//|/\\|}"
    done >>"$table"
    restore
}

restore() {
    cd "$folder" || exit 1
    rm -rf project
    cp -a whole project
    cd project || exit 1
}

# edit FILE SED-EXPRESSION: the file must change by it.
edit() {
    sed -E "$2" "$1" >"$folder/edited"
    ! cmp -s "$1" "$folder/edited" || wrong "nothing to edit in $1 by $2"
    cat "$folder/edited" >"$1" # the time of the file is now
}

# The policy of production is another one: sed upon it, then the candidate's commits again.
with_policy() {
    git checkout -q "$production"
    edit bddrun.yaml "$1"
    rebuild
}

# The working tree is in production, and the candidate's commit upon it.
rebuild() {
    commit "In production, with another policy"
    local replaced=$production
    production=$(git rev-parse HEAD)
    git cherry-pick "$candidate" >/dev/null 2>&1 || git -c user.name=Test -c user.email=test@example.test cherry-pick "$candidate" >/dev/null 2>&1
    local judged
    judged=$(git rev-parse HEAD)
    local configuration
    configuration=$(sha256sum bddrun.yaml | cut -d' ' -f1)
    sed -i -E "s/$candidate/$judged/g; s/(configuration\\\\\":\\\\\")[0-9a-f]{64}/\\1$configuration/" out/run.ndjson
    sed -i "s/$replaced/$production/" build/baseline.info
    former=$candidate
    candidate=$judged
}

# As refused, after with_policy.
refused_by_policy() {
    local kept_production=$whole_production kept_candidate=$whole_candidate
    refused "$@"
    production=$kept_production
    candidate=$kept_candidate
}
whole_production=$production
whole_candidate=$candidate

gate
want "all is well: the exit code" 0 "$code"
want_text "all is well" '^PASSED: 27 passed, 0 failed, 0 blocked$' "$folder/out"
want_text "without a key nothing is signed" 'no verdict was signed' "$folder/err"

# A baseline is kept, and is that of the next release.
gate --write-baseline out/kept.info
want "a baseline is written" 0 "$code"
want "of its commit" "# bddrun baseline of $candidate" "$(head -1 out/kept.info)"
cp out/kept.info build/baseline.info
"$bddrun" gate --production "$candidate" --policy-from "$production" >"$folder/out" 2>"$folder/err"
want "it is what the next one is compared with" 0 $?
want_text "and nothing was lost" "✓ coverage.ratchet" "$folder/out"
rm build/c.info
gate --write-baseline out/kept.info
want "of nothing there is none" 3 "$code"
want_text "which is said" "nothing is measured, so there is no baseline to write" "$folder/err"
restore

# Evidence.
rm out/run.ndjson
refused 3 "the report of the run is missing" evidence.runs
: >out/run.ndjson
refused 3 "it is empty" evidence.runs
head -c 3000 out/run.ndjson >out/cut && mv out/cut out/run.ndjson
refused 3 "it is cut off within a line" evidence.runs
sed -i '$d' out/run.ndjson
refused 3 "it is cut off after a line" evidence.runs
grep -v 'vnd.bddrun.run' out/run.ndjson >out/cut && mv out/cut out/run.ndjson
refused 3 "it does not say what was tested" evidence.runs
edit out/run.ndjson 's/^\{"testCase".*case-1.*$/{"meta":{}}/'
refused 3 "a line of it is another one" evidence.runs
edit out/run.ndjson 's/"passed\\":2/"passed\\":3/'
refused 3 "it counts more than it holds" evidence.runs
cat out/run.ndjson out/run.ndjson >out/two && mv out/two out/run.ndjson
refused 3 "two runs in one file" evidence.runs
run_scenarios scenarios/shop.feature:2
rm -f run.out
refused 3 "a part of the scenarios, named by a line" evidence.complete
run_scenarios --tags @new
rm -f run.out
refused 3 "a part of the scenarios, by a tag" evidence.complete
run_scenarios --dry-run
rm -f run.out
refused 3 "a dry run" evidence.complete
edit out/run.ndjson 's/"interrupted\\":false/"interrupted\\":true/'
refused 3 "an interrupted run" evidence.complete
edit out/run.ndjson 's/"exitCode\\":0/"exitCode\\":4/'
refused 3 "a run that could not reach its environment" evidence.complete
edit out/run.ndjson 's/"exitCode\\":0/"exitCode\\":1/'
refused 1 "a run that says no" evidence.complete
run_scenarios --shard 1/2
rm -f run.out
refused 3 "one shard of two" evidence.shards
cp out/run.ndjson out/again.ndjson
refused 3 "the same run twice" evidence.shards out/run.ndjson out/again.ndjson
edit out/run.ndjson 's/"attempt\\":1/"attempt\\":2/'
refused 3 "the first attempt is missing" evidence.shards
edit out/run.ndjson "s/$candidate/$production/g"
refused 3 "a run of another commit" evidence.commit
edit out/run.ndjson 's/commit\\":\\"[0-9a-f]{40}/commit\\":\\"/'
refused 3 "a run outside of a repository" evidence.commit
edit out/run.ndjson 's/"dirty\\":false/"dirty\\":true/'
refused 3 "a run with local changes" evidence.commit
git commit -q --allow-empty -m "The same tree" --author "Test <test@example.test>" 2>/dev/null ||
    git -c user.name=Test -c user.email=test@example.test commit -q --allow-empty -m "The same tree"
refused 3 "a run of another commit with the same tree" evidence.commit
edit out/run.ndjson "s/(before\\\\\":\\\\\")[0-9a-f]{40}/\\1$production/"
refused 3 "staging was exchanged during the run" evidence.revision
edit out/run.ndjson "s/((before|after)\\\\\":\\\\\")[0-9a-f]{40}/\\1$production/g"
refused 3 "staging served another revision" evidence.revision
edit out/run.ndjson 's/((before|after)\\":\\")[0-9a-f]{40}/\1/g'
refused 3 "staging does not say what it serves" evidence.revision
edit out/run.ndjson 's/services\\":\[.*\],\\"artefacts/services\\":[],\\"artefacts/'
refused 3 "no service was asked" evidence.revision
edit out/run.ndjson 's/(configuration\\":\\")[0-9a-f]{64}/\10/'
refused 3 "a run with another bddrun.yaml" evidence.configuration
edit out/run.ndjson 's/artefacts\\":\[.*\]\}"/artefacts\\":[]}"/'
refused 3 "no artefact is named" evidence.artefact
edit out/run.ndjson 's/((started|finished)At\\":\\")20/\121/g'
refused 3 "a run of the next century" evidence.fresh
edit out/run.ndjson 's/((started|finished)At\\":\\")20[0-9]{2}/\11990/g'
refused 3 "a run before the commit" evidence.fresh

# Scenarios.
edit out/run.ndjson 's/"status":"PASSED"/"status":"FAILED"/; s/"passed\\":2/"passed\\":0/; s/"failed\\":0/"failed\\":2/; s/"exitCode\\":0/"exitCode\\":1/'
refused 3 "no scenario passed" scenarios.passed
edit out/run.ndjson '/case-1-attempt/s/"status":"PASSED"/"status":"FAILED"/; s/"passed\\":2/"passed\\":1/; s/"failed\\":0/"failed\\":1/; s/"exitCode\\":0/"exitCode\\":1/'
refused 3 "a scenario failed" scenarios.passed
edit out/run.ndjson '/case-1-attempt/s/"status":"PASSED"/"status":"UNDEFINED"/; s/"passed\\":2/"passed\\":1/; s/"failed\\":0/"failed\\":1/; s/"exitCode\\":0/"exitCode\\":1/'
refused 3 "a step of a scenario is undefined" scenarios.passed
edit out/run.ndjson '/case-1-attempt/s/"status":"PASSED"/"status":"PENDING"/; s/"passed\\":2/"passed\\":1/; s/"pending\\":0/"pending\\":1/; s/"exitCode\\":0/"exitCode\\":1/'
refused 3 "a scenario is pending" scenarios.pending
edit out/run.ndjson '/case-1-attempt/s/"status":"PASSED"/"status":"SKIPPED"/; s/"passed\\":2/"passed\\":1/; s/"skipped\\":0/"skipped\\":1/'
refused 3 "a scenario was skipped" scenarios.skipped
awk '/case-1-attempt-0/ { kept[++n] = $0; gsub("attempt-0", "attempt-1") } { print }
     /"testCaseFinished".*case-1/ { }' out/run.ndjson >out/two
awk '/"testCaseStarted".*case-1-attempt-0/ {
         line = $0
         print
         sub("testCaseStarted", "testStepFinished", line)
         print "{\"testStepFinished\":{\"testCaseStartedId\":\"case-1-attempt-0\",\"testStepId\":\"x\",\"testStepResult\":{\"status\":\"FAILED\"}}}"
         print "{\"testCaseFinished\":{\"testCaseStartedId\":\"case-1-attempt-0\",\"willBeRetried\":true}}"
         gsub("attempt-0", "attempt-1")
         print
         next
     }
     { gsub("case-1-attempt-0", "case-1-attempt-1"); print }' out/run.ndjson >out/two && mv out/two out/run.ndjson
refused 1 "a scenario passed only when tried again" scenarios.flaky
with_policy 's/minimum: 2\}/minimum: 3}/'
refused_by_policy 3 "too few scenarios passed" scenarios.minimum

# A tag of the policy lets a scenario through, until its day.
for day in 2099-12-31 2020-01-01; do
    with_policy "s/minimum: 2\\}/minimum: 1, quarantined: {allow: [\"@old\", \"@new\"], until: $day}}/"
    edit out/run.ndjson '/case-1-attempt/s/"status":"PASSED"/"status":"FAILED"/; s/"passed\\":2/"passed\\":1/; s/"failed\\":0/"failed\\":1/; s/"exitCode\\":0/"exitCode\\":1/'
    gate
    if [ $day = 2099-12-31 ]; then
        want "quarantined" 0 "$code"
        want_text "quarantined: said" "none failed but those that the policy lets through" "$folder/out"
    else
        want "no longer quarantined" 1 "$code"
        want_text "no longer quarantined: said" "hint: the exception ended on 2020-01-01" "$folder/out"
    fi
    production=$whole_production candidate=$whole_candidate
    restore
done

# What is measured only of the change.
with_policy 's/branches: 50/branches: {total: 50, changed: 100}\n    functions: {total: 50, changed: 100}/'
sed -i 's/^DA:1,1/FN:3,better\nFNDA:0,better\nFN:1,seats\nFNDA:1,seats\nBRDA:3,0,0,0\nBRDA:3,0,1,1\n&/' build/c.info
gate
want "functions and branches of the change" 1 "$code"
want_text "functions of the change" "✗ coverage.functions.changed" "$folder/out"
want_text "branches of the change" "✗ coverage.branches.changed" "$folder/out"
production=$whole_production candidate=$whole_candidate
restore

# A new file that holds code and that nobody measured.
with_policy 's/, sources: \["src\/\*.c"\]//'
seq 3 >src/forgotten.c
echo nothing >src/README
commit "A file more"
sed -i "s/$candidate/$(git rev-parse HEAD)/g" out/run.ndjson
gate
want "a changed file in no report" 3 "$code"
want_text "a changed file in no report: said" "'src/forgotten.c' was changed and is in no report" "$folder/out"
production=$whole_production candidate=$whole_candidate
restore

# A file under another name keeps its past.
git mv src/rest.c src/renamed.c
commit "A better name"
sed -i "s/$candidate/$(git rev-parse HEAD)/g" out/run.ndjson
edit build/c.info 's|src/rest.c|src/renamed.c|'
gate
want_text "a renamed file: no line is new" "✓ coverage.ratchet" "$folder/out"
want_text "a renamed file: no line is changed" "✓ coverage.lines.changed" "$folder/out"
production=$whole_production candidate=$whole_candidate
restore

# A clone without its past.
git clone -q --depth 1 "file://$folder/project" "$folder/shallow"
cp -a out build "$folder/shallow/"
cd "$folder/shallow" || exit 1
gate
want "a shallow clone" 3 "$code"
want_text "a shallow clone: the line that deepens it" "git fetch --unshallow" "$folder/out"
"$bddrun" gate --policy-from candidate --production HEAD >"$folder/out" 2>"$folder/err"
want_text "nothing of the change is missing when nothing changed" "✓ change.lines" "$folder/out"
restore
rm -rf "$folder/shallow"

# What is compared with has to be known.
gate_plain() {
    "$bddrun" gate --policy-from "$production" "$@" >"$folder/out" 2>"$folder/err"
    code=$?
}
with_policy 's/policy_from: production/policy_from: candidate/'
"$bddrun" gate >"$folder/out" 2>"$folder/err"
want "nobody says what is in production" 3 $?
want_text "nobody says what is in production: said" "the commit in production is not known" "$folder/out"
"$bddrun" gate --production nowhere >"$folder/out" 2>"$folder/err"
want "production is not in the clone" 3 $?
production=$whole_production candidate=$whole_candidate
restore
gate_plain
want "the protected branch is what is compared with" 0 "$code"

# Two shards that do not belong together.
sed 's/shard\\":0,\\"shards\\":0/shard\\":2,\\"shards\\":2/; s/environment\\":\\"staging/environment\\":\\"other/; s/artefacts\\":\[.*\]}"/artefacts\\":[]}"/' out/run.ndjson >out/other.ndjson
gate out/run.ndjson out/other.ndjson
want_text "of another environment" "'out/other.ndjson' is of the environment 'other', the first run of 'staging'" "$folder/out"
want_text "of other artefacts" "'out/other.ndjson' is of other artefacts than the first run" "$folder/out"
restore

# An old commit, and evidence that is younger than it and too old all the same.
GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git -c user.name=Test -c user.email=test@example.test commit -q --amend --no-edit
sed -i "s/$candidate/$(git rev-parse HEAD)/g" out/run.ndjson
gate
want "an old commit that was tested now" 0 "$code"
edit out/run.ndjson 's/((started|finished)At\\":\\")20[0-9]{2}/\12002/g'
touch -d 2002-01-01 build/c.info
gate
want "old evidence" 3 "$code"
want_text "an old run" "'out/run.ndjson' is stale: it ended at 2002" "$folder/out"
want_text "an old report" "'build/c.info' is stale: of 2002-01-01" "$folder/out"
restore

# Paths that fit several files, and a policy of coverage without a report.
mkdir -p lib && cp src/shop.c lib/shop.c
commit "Two of one name"
sed -i "s/$candidate/$(git rev-parse HEAD)/g" out/run.ndjson
edit build/c.info 's|src/shop.c|shop.c|'
gate
want "a path that fits two files" 3 "$code"
want_text "a path that fits two files: said" "■ coverage.files .*shop.c" "$folder/out"
restore
with_policy '/^    reports:/,/^      c:/d'
gate
want "no report is required" 3 "$code"
want_text "no report is required: said" "the policy weighs coverage and requires no report" "$folder/out"
production=$whole_production candidate=$whole_candidate
restore
with_policy 's/components: \{shop: 80\}/components: {shop: {lines: 80, branches: 50}}/; s/file: 50, changed: 100/file: 60/; s/artefact: required/artefact: optional, without_revision: [mail]/'
edit out/run.ndjson 's/services\\":\[/services\\":[{\\"name\\":\\"mail\\",\\"before\\":\\"\\",\\"after\\":\\"\\"},/'
gate
want "a service that need not say what it serves, branches of a component" 0 "$code"
production=$whole_production candidate=$whole_candidate
restore

# For the pages of CI systems.
rm build/c.info
gate --format github --format gitlab:out/quality.json --format junit:out/gate.xml
want_text "an annotation at its file" "^::error file=build/c.info,line=1,title=coverage.report.c BLOCKED::.*%0A" "$folder/out"
want_text "an issue with its place" '"path": "build/c.info"' out/quality.json
want_text "of the worst kind" '"severity": "blocker"' out/quality.json
want_xml "a case that failed" blocked out/gate.xml "//testcase[@name='coverage.report.c']/failure/@type"
restore

# Coverage.
rm build/c.info
refused 3 "a coverage report is missing" coverage.report.c
: >build/c.info
refused 3 "it is empty" coverage.report.c
echo "TN:nothing" >build/c.info
refused 3 "nothing is measured in it" coverage.report.c
edit build/c.info 's/DA:5,1/DA:five,1/'
refused 3 "it is damaged" coverage.report.c
edit build/c.info '/rest.c/,/end_of_record/d'
refused 3 "it has fewer files than there have to be" coverage.report.c
touch -d 2001-01-01 build/c.info
refused 3 "it is older than the commit" coverage.report.c
touch -d 2101-01-01 build/c.info
refused 3 "it is of the future" coverage.report.c
edit build/c.info 's|src/|lib/|'
refused 3 "it is of another project" coverage.files
edit build/c.info 's/DA:9,4/DA:90,4/'
refused 3 "it is of another commit: a line past the end of the file" coverage.files
edit build/c.info 's|src/rest.c|src/other.c|'
refused 3 "a source file is not measured" coverage.sources
with_policy 's/minimum_lines: 8/minimum_lines: 11/'
refused_by_policy 3 "fewer lines are measured than there have to be" coverage.minimum_lines
edit build/c.info 's/DA:(1|2|3),[12]/DA:\1,0/'
refused 1 "too few lines are covered" coverage.lines.total
edit build/c.info 's/BRDA:2,0,0,1/BRDA:2,0,0,0/'
refused 1 "too few branches are covered" coverage.branches.total
edit build/c.info '/BRDA/d'
refused 3 "branches are not measured" coverage.branches.total
edit build/c.info '/rest.c/,/end_of_record/s/,1/,0/'
refused 1 "a file has too little" coverage.lines.file
edit build/c.info 's/DA:5,1/DA:5,0/'
refused 1 "a component has too little" coverage.component.shop.lines
edit build/c.info 's/DA:9,4/DA:9,0/'
refused 1 "a new line is not covered" coverage.lines.changed
edit build/c.info 's/DA:5,1/DA:5,0/'
refused 1 "a line has lost its cover" coverage.ratchet
edit build/baseline.info '/DA:8,0/d'
refused 1 "a line newly measured is not covered" coverage.ratchet
rm build/baseline.info
refused 3 "the baseline is missing" coverage.ratchet
edit build/baseline.info "s/of .*/of $candidate/"
refused 3 "the baseline is of another commit" coverage.ratchet
edit build/baseline.info '/^#/d'
refused 3 "the baseline does not say of which commit it is" coverage.ratchet

# The change.
with_policy 's/lines: 40/lines: 2/'
refused_by_policy 1 "the change has too many lines" change.lines
with_policy 's/commits: 3/commits: 0/'
refused_by_policy 1 "the change has too many commits" change.commits

# Recordings. The commit has to hold them: the policy asks for what is not there, then for more.
# with_recording ENDPOINT DATE POLICY: the candidate holds one of the first scenario.
with_recording() {
    git checkout -q "$production"
    printf '  recordings: {%s}\n' "$3" >>bddrun.yaml
    mkdir -p recordings
    cat >recordings/one.har <<END
{"log": {"version": "1.2", "creator": {"name": "bddrun", "version": "0.1.0"},
 "_bddrun": {"recordedAt": "$2", "feature": "scenarios/shop.feature", "scenario": "The version is told", "sample": 1},
 "entries": [{"startedDateTime": "$2", "time": 1,
  "request": {"method": "GET", "url": "https://arena.example$1", "httpVersion": "HTTP/1.1", "headers": [], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0},
  "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [], "content": {"size": 2, "mimeType": "text/plain", "text": "ok"}, "redirectURL": "", "headersSize": -1, "bodySize": 2},
  "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0}}]}}
END
    cp recordings/one.har recordings/two.har
    [ "${4:-}" = two ] && sed -i 's/"The version is told"/"Nobody runs this"/; s|arena.example/version|arena.example/lobby/7|' recordings/two.har
    rebuild
}
today=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
with_policy 's/^  change:/  recordings: {max_age: 1 h}\n  change:/'
refused_by_policy 3 "there is no recording" recordings.fresh
with_recording /version 2001-01-01T00:00:00.000Z "max_age: 14 days"
refused_by_policy 3 "a recording is too old" recordings.fresh
with_recording /version "$today" "max_age: 14 days"
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
journal "$folder/kept" promoted '"shop"' 2099-01-01T00:00:00.000Z
printf 'deploy: {target: {tree: tree}, journal: "%s"}\n' "$folder/kept" >>bddrun.yaml
refused_by_policy 3 "promoted since" recordings.fresh
with_recording /version "$today" "untouched_endpoints: 0" two
refused_by_policy 1 "an endpoint of production that no scenario touches" recordings.untouched_endpoints
with_recording /version "$today" "untouched_endpoints: 1, max_age: 14 days, drift: any" two
gate --json
want "as many untouched endpoints as are allowed" 0 "$code"
production=$whole_production candidate=$whole_candidate
restore
difference() {
    edit out/run.ndjson 's#^(\{"testStepFinished".*case-1-attempt-0.*case-1-0".*)#{"attachment":{"body":"{\\"result\\":{\\"totals\\":{\\"breaking\\":'"$1"',\\"changed\\":'"$2"'}}}","contentEncoding":"IDENTITY","mediaType":"application/vnd.bddrun.diff+json","testCaseStartedId":"case-1-attempt-0"}}\n\1#'
}
with_policy 's/^  change:/  recordings: {drift: breaking}\n  change:/'
difference 1 0
refused_by_policy 3 "staging breaks what was recorded" recordings.drift
with_policy 's/^  change:/  recordings: {drift: any}\n  change:/'
difference 0 1
refused_by_policy 3 "staging differs from what was recorded" recordings.drift
# compared RECORDED ACTUAL MASKS EVENTS: a step of the first scenario tells of its comparison.
compared() {
    edit out/run.ndjson 's#^(\{"testStepFinished".*case-1-attempt-0.*case-1-0".*)#{"attachment":{"body":"{\\"entry\\":\\"GET /version\\",\\"recording\\":\\"recordings/one.har\\",\\"revision\\":\\"\\",\\"recordedAt\\":\\"\\",\\"recordedMs\\":'"$1"',\\"actualMs\\":'"$2"',\\"masks\\":['"$3"'],\\"events\\":['"$4"']}","contentEncoding":"IDENTITY","mediaType":"application/vnd.bddrun.recording+json","testCaseStartedId":"case-1-attempt-0"}}\n\1#'
}
with_recording /version "$today" "revision: production, max_age: 14 days"
refused_by_policy 3 "a recording of another revision" recordings.revision
with_recording /version "$today" "untouched_events: 0, max_age: 14 days"
refused_by_policy 3 "events of recordings, and no run compared anything" recordings.untouched_events
with_recording /version "$today" "untouched_events: 0, max_age: 14 days"
compared null null "" '\\"seat.taken\\"'
gate
want "no event was recorded" 0 "$code"
production=$whole_production candidate=$whole_candidate
restore
with_recording /version "$today" "untouched_events: 0, max_age: 14 days"
git checkout -q "$production"
sed -i 's|"timings": {"send": 0, "wait": 1, "receive": 0}|&, "_resourceType": "websocket", "_webSocketMessages": [{"type": "receive", "time": 1700000000, "opcode": 1, "data": "42[\\"seat.taken\\",{}]"}]|; s|/version"|/socket.io/?EIO=4"|' recordings/one.har
rebuild
compared null null "" ""
refused_by_policy 1 "a recorded event that no step compared" recordings.untouched_events
with_policy "s/^  change:/  recordings: {dead_masks: 0}\\n  change:/"
refused_by_policy 3 "masks, and no run compared anything" recordings.dead_masks
with_policy "s/^  change:/  recordings: {dead_masks: 0}\\n  change:/; s/^components:/masks: [{at: 'JSON \"\$.a\"', assert: type}]\\ncomponents:/"
compared null null "" ""
refused_by_policy 3 "a mask that no comparison used" recordings.dead_masks
with_policy 's/^  change:/  latency: {tolerance: 25 %}\n  change:/'
refused_by_policy 3 "response times, and no run tells them" latency
with_policy 's/^  change:/  latency: {tolerance: 25 %, below_20_samples: block}\n  change:/'
compared 10 10 "" ""
refused_by_policy 3 "too few response times" latency
with_policy 's/^  change:/  latency: {tolerance: 25 %}\n  change:/'
for i in $(seq 25); do compared "10.$i" "90.$i" "" ""; done
refused_by_policy 1 "staging is slower than it was recorded" latency
with_policy 's/^  change:/  latency: {tolerance: 25 %, below_20_samples: advise}\n  change:/'
compared 10 90 "" ""
gate
want "too few response times advise only" 0 "$code"
want_text "and how many is said" "n = 1" "$folder/out"
production=$whole_production candidate=$whole_candidate
restore
with_policy 's/^  change:/  latency: {tolerance: 25 %}\n  change:/'
compared '\\"fast\\"' 90 "" ""
refused_by_policy 3 "a comparison that cannot be read" evidence.runs

# The policy.
edit bddrun.yaml 's/policy_from: production//'
refused 3 "nothing says whose policy decides" policy.source
"$bddrun" gate --json >"$folder/out" 2>"$folder/err"
want "production is not known: the exit code" 3 $?
want_text "production is not known" 'which commit that is is not known' "$folder/out"
# Production is asked where bddrun.yaml says so. Nobody else may change between.
cp bddrun.yaml asking.yaml
cat >>asking.yaml <<END
default_environment: staging
END
sed -i "s|^components:|  production: {url: \"$site_url\", revision: {at: /version, json: \$.commit}}\ncomponents:|" asking.yaml
"$bddrun" gate --config asking.yaml --json >"$folder/out" 2>"$folder/err"
want_text "production says its commit" "\"baseCommit\":\"$candidate\"" "$folder/out"
sed -i "s|url: \"$site_url\"|url: \"http://127.0.0.1:1\"|" asking.yaml
"$bddrun" gate --config asking.yaml --json >"$folder/out" 2>"$folder/err"
want "production does not answer" 3 $?
want_text "which is said" "127.0.0.1:1/version" "$folder/err"
rm asking.yaml
refused 3 "the policy's commit is not in the clone" policy.source --policy-from origin/main
git checkout -q --orphan empty && git rm -rqf . && git -c user.name=Test -c user.email=test@example.test commit -q --allow-empty -m Empty
orphan=$(git rev-parse HEAD)
git checkout -qf "$candidate"
refused 3 "the policy's commit has no bddrun.yaml" policy.source --policy-from "$orphan"

# The page.
if [ "${UPDATE:-0}" = 1 ]; then
    awk -v table="$table" '/<!-- refusals -->/ { print; print ""; print "| what is wrong | rule | result | it says |"
            print "|---|---|---|---|"; while ((getline line < table) > 0) print line; print ""; skip = 1; next }
        /<!-- end -->/ { skip = 0 } !skip { print }' "$page" >"$folder/page" && cat "$folder/page" >"$page"
fi
awk '/<!-- refusals -->/ { on = 1; next } /<!-- end -->/ { on = 0 } on && /^\|/' "$page" | tail -n +3 >"$folder/shown"
diff "$folder/shown" "$table" >"$folder/difference" ||
    wrong "the table of docs/gate.md is not what the gate says (UPDATE=1 bash tests/integration/gate.sh)" "$(head -20 "$folder/difference")"
conclude
