# SPDX-License-Identifier: MIT
# Sourced by tests/bench/run. What comparing with the recording costs a request of 1 KB: scenarios
# of a hundred requests each, with and without the check.
# shellcheck shell=bash

# recorded_features FILE LINE: forty scenarios of a hundred requests, each with that check.
recorded_features() {
    mkdir -p "$(dirname "$1")"
    awk -v line="$2" 'BEGIN {
        print "Feature: Many answers"
        for (i = 1; i <= 40; i++) {
            printf "\n  Scenario: Part %d\n", i
            for (j = 1; j <= 100; j++)
                printf "    When I send GET \"/api/tables/%d\"\n    Then the status is 200\n%s", j, line
        }
    }' >"$1"
}

bench_recordings() {
    start_server recorded "$pin"
    local url project=$folder/recorded requests=4000 over
    url=http://127.0.0.1:$(port recorded)
    mkdir -p "$project"
    cat >"$project/bddrun.yaml" <<YAML
version: 1
default_environment: staging
environments:
  production: {url: "$url", read_only: true}
  staging: {url: "$url"}
recordings: {environment: production}
YAML
    recorded_features "$project/with/answers.feature" "    And the response matches the recording\n"
    recorded_features "$project/without/answers.feature" ""
    "$bddrun" record --config "$project/bddrun.yaml" "$project/with/answers.feature" >/dev/null 2>&1
    cat >"$folder/commands" <<END
with	$pin $bddrun -j 1 --config $project/bddrun.yaml --format junit:$folder/junit.xml $project/with/answers.feature
without	$pin $bddrun -j 1 --config $project/bddrun.yaml --format junit:$folder/junit.xml $project/without/answers.feature
END
    measure "$folder/commands"
    over=$(calculate %.1f "($(measured with 3) - $(measured without 3)) / $requests")
    row "an answer of 1 KB compared with its recording: CPU over the same scenario without, a request" \
        "$over µs" "without $(calculate %.1f "$(measured without 3) / $requests") µs" "≤ 40 µs" "$over" 40
}
