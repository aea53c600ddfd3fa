#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# SIGINT and SIGTERM end a run cleanly: torn down, reported, within five seconds.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1
cat >slow.feature <<'END'
Feature: Slow
  Scenario: quick
    When I send GET "/version"
    Then the status is 200
  Scenario: slow
    Given afterwards I send POST "/flaky/${mark}?fails=0"
    When I send GET "/slow?ms=30000"
    Then the status is 200
  Scenario: slower
    When I send GET "/slow?ms=30000"
    Then the status is 200
END

# interrupted SIGNAL CODE: one run, ended by the signal.
interrupted() {
    local mark=teardown-$1 start
    printf '%s\n' 'version: 1' "variables: {mark: $mark}" >bddrun.yaml
    # A shell without job control starts its children with SIGINT ignored.
    env --default-signal=INT "$bddrun" slow.feature --base-url "$site_url" --format "junit:$1.xml" \
        --format "message:$1.ndjson" >out 2>err </dev/null &
    local pid=$!
    sleep 1.5
    start=$(date +%s%N)
    kill -s "$1" "$pid"
    wait "$pid"
    code=$?
    want_code "SIG$1" "$2"
    want "SIG$1 ends within 5.5 seconds" yes \
        "$([ $(($(date +%s%N) - start)) -lt 5500000000 ] && echo yes)"
    want_junit "$1.xml"
    want_xml "the finished scenario" 1 "$1.xml" "count(//testcase[@name='quick'][not(failure)][not(skipped)])"
    want_text "the messages are complete" testRunFinished "$1.ndjson"
    want "the teardown ran" '*"attempt": 2*' "$(curl -s "$site_url/flaky/$mark?fails=0")"
    want "no worker is left" "" "$(pgrep -P "$pid")"
}
interrupted INT 130
interrupted TERM 143
conclude
