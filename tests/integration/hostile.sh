#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Answers no server should give: each is a failure of its own scenario that says what came, in
# bounded time and memory, and harms no other scenario, no terminal and no report.
source "$(dirname "$0")/library.sh"
start_hostile
mkdir "$folder/project"
feature=$folder/project/hostile.feature
report=$folder/project/bddrun-out/junit.xml
cat >"$folder/project/bddrun.yaml" <<END
version: 1
scenarios: .
output: bddrun-out/
reports: [junit:junit.xml]
default_environment: hostile
environments:
  hostile:
    url: $hostile_url
    limits: {jobs: 4, connect: 1 s, response: 1500 ms}
END

# path | step that looks | what the failure says
cases='endless-body|the status is 200|timeout|timed out|limit
endless-chunks|the status is 200|timeout|timed out|limit
endless-continue|the status is 200|header
drops|the status is 200|timeout|timed out
silent|the status is 200|timeout|timed out
many-headers|the status is 200|header
long-header|the status is 200|header
short-body|the status is 200|Content-Length|closed|incomplete|bytes
bad-length|the status is 200|Content-Length|length
broken-gzip|the status is 200|decode|gzip|compress
truncated-gzip|the status is 200|decode|gzip|compress|incomplete
unknown-encoding|the status is 200|encoding
truncated-chunk|the status is 200|chunk|closed|incomplete
bad-chunk|the status is 200|chunk
reset|the status is 200|reset
reset-in-body|the status is 200|reset
nothing|the status is 200|empty|closed|no answer
bad-status|the status is 200|status line|unreadable|malformed|unsupported
bad-version|the status is 200|status line|unreadable|malformed|unsupported
no-http|the status is 200|status line|unreadable|malformed|unsupported|HTTP/0.9
bad-header|the status is 200|header
deep-json|the JSON is an array|deep|nest
broken-json|the JSON is an object|JSON
nul-json|the JSON is an object|JSON|control|NUL
invalid-utf8-json|the JSON is an object|UTF-8
laughs|the XML at "/r" contains "haha"|entit'
{
    echo 'Feature: Hostile'
    echo '  Scenario: good'
    echo '    When I send GET "/good"'
    echo '    Then the JSON at "$.good" is true'
    while IFS='|' read -r path check _; do
        echo "  Scenario: $path"
        echo "    When I send GET \"/$path\""
        echo "    Then $check"
    done <<<"$cases"
    echo '  Scenario: long-body'
    echo '    When I send GET "/long-body"'
    echo '    Then the body is "true"'
    echo '  Scenario: escape-header'
    echo '    When I send GET "/escape-header"'
    echo '    Then the header "X-Evil" is "harmless"'
    echo '  Scenario: still good'
    echo '    When I send GET "/good"'
    echo '    Then the JSON at "$.good" is true'
    echo '  Scenario: no TLS'
    echo "    Then I cannot reach \"${hostile_url/http:/https:}/good\" because of a TLS error"
    echo '  Scenario: no name'
    echo '    When I send GET "http://nowhere.invalid/"'
    echo '    Then the status is 200'
} >"$feature"

start=$SECONDS
# The sanitizers reserve more than any limit.
( grep -q __asan_init "$bddrun" || ulimit -v 4000000
  exec "$bddrun" "$folder/project" >"$folder/out" 2>"$folder/err" </dev/null )
code=$?
want_code "a hostile server" 1
want "in bounded time" yes "$([ $((SECONDS - start)) -lt 45 ] && echo yes)"
want_junit "$report"
for name in good "still good" long-body "no TLS"; do
    want_xml "$name passes" 0 "$report" "count(//testcase[@name='$name']/failure)"
done
while IFS='|' read -r path check words; do
    text=$(xmllint --xpath "string(//testcase[@name='$path']/failure/@message)" "$report")
    text="$text $(xmllint --xpath "string(//testcase[@name='$path']/failure)" "$report")"
    if [ "$text" = " " ]; then
        wrong "$path: no failure for '$check'"
    elif ! grep -qiE -- "$words" <<<"$text"; then
        wrong "$path: the failure does not say $words:" "$(head -c 600 <<<"$text")"
    fi
    want_text "$path: the place" "hostile\.feature:$(($(grep -n "Scenario: $path\$" "$feature" | cut -d: -f1) + 1))|hostile\.feature:$(($(grep -n "Scenario: $path\$" "$feature" | cut -d: -f1) + 2))" "$folder/out"
done <<<"$cases"
want_text "an unknown host" 'nowhere\.invalid' "$folder/out"
if LC_ALL=C grep -q $'\x1b\|\x07' "$folder/out" "$folder/err" "$report"; then
    wrong "an escape sequence of the server came through"
fi

# A page that wants to inject something into the terminal or the report.
start_site staging --flavour staging
cat >"$folder/project/hostile.feature" <<'END'
Feature: Injection
  Scenario: escapes
    When I send GET "/text/escapes"
    Then the body is "harmless"
  Scenario: not UTF-8
    When I send GET "/text/invalid"
    Then the body is "good"
  Scenario: entities
    When I send GET "/xml/entity"
    Then the XML at "/r/a" is "expanded"
END
run "$folder/project" --base-url "$site_url"
want_code "a page full of escapes" 1
want_junit "$report"
want_xml "three scenarios, no more" 3 "$report" "count(//testcase)"
want_xml "all fail" 3 "$report" "count(//testcase[failure])"
want_text "bytes are shown escaped" '\\xff' "$folder/out"
if LC_ALL=C grep -q $'\x1b\|\x07' "$folder/out" "$folder/err" "$report"; then
    wrong "an escape sequence of a page came through"
fi
conclude
