# SPDX-License-Identifier: MIT
# Sourced by tests/bench/run. 8. A large HAR file: HAR_MB (1024) of answers of 16 kB, of which an
# import takes two. What it costs in memory must not depend on the size of the file.
# shellcheck shell=bash

# har_file MEGABYTES FILE: the two wanted entries are in its middle and at its end.
har_file() {
    awk -v size="$1" 'BEGIN {
        entry = "{\"startedDateTime\":\"2026-11-23T10:00:00Z\",\"time\":12.5,\"request\":{\"method\":\"GET\",\"url\":\"https://shop.test/%s\",\"headers\":[{\"name\":\"Accept\",\"value\":\"*/*\"}]},\"response\":{\"status\":200,\"headers\":[{\"name\":\"Content-Type\",\"value\":\"application/json\"}],\"content\":{\"size\":%d,\"mimeType\":\"application/json\",\"text\":\"%s\"}}}%s\n"
        for (i = 0; i < 200; i++) body = body "{\\\"id\\\":" i ",\\\"name\\\":\\\"caf\\u00e9 of the player number " i "\\\",\\\"chips\\\":1500.50},"
        printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"bench\",\"version\":\"1\"},\"entries\":[\n"
        count = int(size * 1024 * 1024 / (length(body) + 300))
        for (i = 1; i <= count; i++)
            printf entry, (i == int(count / 2) || i == count ? "wanted" : "other/" i), length(body), body, i < count ? "," : ""
        printf "]}}\n"
    }' >"$2"
}

bench_har() {
    local megabytes=${HAR_MB:-1024}
    local project=$folder/har
    mkdir -p "$project"
    printf 'version: 1\n' >"$project/bddrun.yaml"
    printf 'Feature: F\n  Scenario: Wanted\n    When I send GET "/wanted"\n    And I send GET "/wanted"\n' >"$project/f.feature"
    har_file 16 "$project/small.har"
    har_file "$megabytes" "$project/large.har"
    local size
    for size in small large; do
        printf '%s\t%s\n' "$size" "$pin $bddrun record --from $project/$size.har --path /wanted --config $project/bddrun.yaml $project/f.feature" >>"$folder/har.commands"
    done
    measure "$folder/har.commands" 1
    row "two entries of a HAR file of $megabytes MB (\`record --from\`): peak resident" \
        "$(calculate %.1f "$(measured large 4) / 1024") MiB" \
        "of 16 MB: $(calculate %.1f "$(measured small 4) / 1024") MiB" "≤ 64 MiB" "$(measured large 4)" 65536
    row "the same: CPU" "$(calculate %.2f "$(measured large 3) / 1000000") s" \
        "$(calculate %.0f "$megabytes / ($(measured large 3) / 1000000)") MB/s" "-" 0 ""
    rm -rf "$project"
}
