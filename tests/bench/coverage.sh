# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# The part `coverage` of tests/bench/run: reports of 95 MB and 53 MB, made here, beside Debian's lcov.

# seconds_of NAME: CPU of the last measure.
seconds_of() { calculate %.3f "$(measured "$1" 3) / 1e6"; }
mebibytes_of() { calculate %.0f "$(measured "$1" 4) / 1024"; }
megabytes_of() { calculate %.0f "$(stat -c %s "$folder/$1") / 1e6"; }

# beside_lcov NAME COMMAND…: lcov once (it takes a minute), and how many times our CPU that is.
beside_lcov() {
    local name=$1 ours
    shift
    command -v lcov >/dev/null || return
    ours=$(measured "$name" 3)
    printf 'lcov\t%s\n' "$*" >"$folder/lcov_commands"
    cp "$folder/measured" "$folder/ours"
    measure "$folder/lcov_commands" 1
    echo "$(lcov --version | tr -dc '0-9.-' | sed 's/^/lcov /'): $(seconds_of lcov) s, $(mebibytes_of lcov) MiB: $(calculate %.0f "$(measured lcov 3) / $ours") ×"
    cp "$folder/ours" "$folder/measured"
}

bench_coverage() {
    local made=$tools/bench-coverage one two
    "$made" lcov 4000 1 >"$folder/a.info"
    "$made" lcov 4000 2 >"$folder/b.info"
    "$made" lcov 1000 1 >"$folder/quarter.info"
    "$made" cobertura 800 1 >"$folder/c.xml"
    cat >"$folder/commands" <<END
summary	$bddrun coverage --json $folder/a.info
quarter	$bddrun coverage --json $folder/quarter.info
merge	$bddrun coverage $folder/a.info $folder/b.info -o $folder/merged.info
cobertura	$bddrun coverage --json $folder/c.xml
END
    measure "$folder/commands" 5
    one=$(beside_lcov summary lcov --rc lcov_branch_coverage=1 --summary "$folder/a.info")
    row "summary of a tracefile of $(megabytes_of a.info) MB: CPU" "$(seconds_of summary) s" "$one" "≤ 0.25 s" \
        "$(seconds_of summary)" 0.25
    two=$(beside_lcov merge lcov --rc lcov_branch_coverage=1 -a "$folder/a.info" -a "$folder/b.info" -o "$folder/lcov.info")
    row "merge of two of them, written: CPU" "$(seconds_of merge) s" "$two" "≤ 1 s" "$(seconds_of merge)" 1
    row "the same: peak resident" "$(mebibytes_of merge) MiB" "" "≤ 300 MiB" "$(mebibytes_of merge)" 300
    row "summary of a Cobertura file of $(megabytes_of c.xml) MB: CPU" "$(seconds_of cobertura) s" "" "≤ 0.3 s" \
        "$(seconds_of cobertura)" 0.3
    local growth
    growth=$(calculate %.2f "$(measured summary 3) / $(measured quarter 3)")
    row "a tracefile four times as long: CPU" "$growth ×" "4 ×" "≤ 5 ×" "$growth" 5
}
