#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Reports that cannot be written: said, with their place; the other reports are whole.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1
{
    echo 'Feature: F'
    for i in $(seq 400); do
        printf '  Scenario: S%s\n    When I send GET "/api/big?items=20"\n    Then the status is 200\n' "$i"
    done
} >many.feature

run many.feature --base-url "$site_url" --format junit:/dev/full --format message:good.ndjson
want_code "a full disk under the JUnit report" 4
want_text "its place" '/dev/full' err
want_text "the other report is whole" testRunFinished good.ndjson

run many.feature --base-url "$site_url" --format message:/dev/full --format junit:good.xml
want_code "a full disk under the messages" 4
want_text "its place" '/dev/full' err
want_junit good.xml
want_xml "all are in it" 400 good.xml "count(//testcase)"

run many.feature --base-url "$site_url" --format junit:no/such/folder/junit.xml
want "a folder that is not there" '[24]' "$code"
want_text "its place" 'no/such/folder' err

"$bddrun" many.feature --base-url "$site_url" --format message:- --format junit:piped.xml \
    2>err </dev/null | head -c 100 >/dev/null
code=${PIPESTATUS[0]}
: >out
want_code "a closed pipe" 4
want_text "it is said" 'standard output|stdout|pipe' err
want_junit piped.xml
want_xml "all are in it" 400 piped.xml "count(//testcase)"

"$bddrun" many.feature --base-url "$site_url" --format junit:quiet.xml >/dev/full 2>err </dev/null
code=$?
want_code "a full standard output" 4
want_junit quiet.xml
conclude
