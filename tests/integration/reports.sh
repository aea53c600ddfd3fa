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

# A link, so that a mistake here can never replace the device itself.
ln -s /dev/full full
run many.feature --base-url "$site_url" --format junit:full --format message:good.ndjson
want_code "a full disk under the JUnit report" 4
want_text "its place" "'full'" err
want "a device is not replaced" yes "$([ -c full ] && echo yes)"
want_text "the other report is whole" testRunFinished good.ndjson

run many.feature --base-url "$site_url" --format message:full --format junit:good.xml
want_code "a full disk under the messages" 4
want_text "its place" "'full'" err
want_junit good.xml
want_xml "all are in it" 400 good.xml "count(//testcase)"

run many.feature --base-url "$site_url" --format junit:good.xml/junit.xml
want "a folder that is a file" '[24]' "$code"
want_text "its place" 'good\.xml' err

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
