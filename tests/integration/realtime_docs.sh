#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every Gherkin block of docs/realtime.md, against the demo site.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
copy_scenarios
report=$folder/project/bddrun-out/junit.xml
mkdir "$folder/project/page"
awk -v folder="$folder/project/page" '
    /^```gherkin$/ { file = sprintf("%s/%02d.feature", folder, ++blocks); print "Feature: Block " blocks >file; next }
    /^```$/ { if (file) close(file); file = ""; next }
    file { print >file }' "$SOURCE/docs/realtime.md"
blocks=$(find "$folder/project/page" -name '*.feature' | wc -l)
want "12 examples or more" yes "$([ "$blocks" -ge 12 ] && echo yes)"

run "$folder/project/page" --config "$folder/project/bddrun.yaml" --base-url "$site_url"
want_code "the examples of the page" 0
want_junit "$report"
want_xml "each of them ran" "$blocks" "$report" "count(//testcase[starts-with(@classname, 'Block') and not(failure) and not(skipped)])"
conclude
