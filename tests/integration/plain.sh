#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The scenarios of scenarios/ against the staging flavour, straight.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
copy_scenarios
report=$folder/project/bddrun-out/junit.xml

run "$folder/project" --base-url "$site_url" -D "site_socket=$site_socket" --tags "not @tls" \
    --format "message:$folder/run.ndjson"
want_code "the scenarios on staging" 0
want_junit "$report"
want_xml "no failure" 0 "$report" "count(//failure | //error)"
want_xml "no skipped scenario" 0 "$report" "count(//skipped)"
want "100 scenarios or more" yes \
    "$([ "$(xmllint --xpath 'count(//testcase)' "$report")" -ge 100 ] && echo yes)"
want_text "the end in words" 'exit 0: yes' "$folder/err"
want_text "messages" '"testRunFinished"' "$folder/run.ndjson"
want_no_text "no secret in a report" four-of-a-kind "$report"
want_no_text "no secret in the messages" four-of-a-kind "$folder/run.ndjson"
want "the file that a step wrote" 'id,game,pot*' "$(cat "$folder/project/bddrun-out/hands.csv")"
if command -v node >/dev/null; then
    want "every line of the messages is JSON" 0 "$(node -e '
        require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse)
        ' "$folder/run.ndjson" >/dev/null 2>&1; echo $?)"
fi

run "$folder/project" --base-url "$site_url" --tags "not @tls" --order random:7 -j 3
want_code "in random order, without a socket" 0
want_xml "one skipped scenario" 1 "$report" "count(//skipped)"

run "$folder/project" --base-url "$site_url" --tags "@types" -v
want_code "by tag" 0
want_xml "two rows" 2 "$report" "count(//testcase[contains(@classname, 'table') or contains(@name, 'refused')])"

run "$folder/project/lobby.feature:4" --base-url "$site_url"
want_code "by line" 0

run "$folder/project" --base-url "$site_url" --name "A guest follows a link"
want_code "by name" 0

run "$folder/project" --base-url http://127.0.0.1:1 --tags "@types"
want_code "nobody there" 4
conclude
