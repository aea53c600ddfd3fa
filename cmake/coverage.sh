#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the tests of the coverage build and holds harness/ and reporters/ to their thresholds. bddrun
# itself collects: files that no test ever loads count too, and lcov takes many times as long.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

least_lines=95
least_branches=85
build=build/coverage
out=$build/report

# quiet COMMAND…: what it says is shown only when it fails.
quiet() {
    local said
    said=$("$@" 2>&1) && return
    printf '%s\n' "$said" | tail -n 20 >&2
    echo "coverage: failed: $*" >&2
    return 1
}

# What the compiler noted of sources that were moved or removed since would count as never run.
find "$build" -path '*.dir/harness/*.gcno' -o -path '*.dir/reporters/*.gcno' | while read -r notes; do
    source=${notes##*.dir/}
    [ -e "${source%.gcno}" ] || rm -f "$notes" "${notes%.gcno}.gcda"
done

mkdir -p "$out"
find "$build" -name '*.gcda' -delete
tests=0
ctest --preset coverage -j "${JOBS:-$(nproc)}" || tests=$?
quiet "$build/bddrun" coverage collect "$build" --keep-going --only harness --only reporters -o "$out/coverage.info"
# A page less is no reason to say nothing of the numbers.
quiet genhtml --quiet --branch-coverage --legend --prefix "$PWD" -o "$out/html" "$out/coverage.info" ||
    echo "coverage: no page was made (was a source changed meanwhile?)"

# Worst files first, then the totals; exit code 1 below a threshold.
awk -v least_lines=$least_lines -v least_branches=$least_branches -v root="$PWD/" '
    /^SF:/ { file = substr($0, 4); sub(root, "", file); found = hit = branches = taken = 0 }
    /^DA:/ { split(substr($0, 4), part, ","); found++; if (part[2] > 0) hit++ }
    /^BRDA:/ { split(substr($0, 6), part, ","); branches++; if (part[4] != "-" && part[4] > 0) taken++ }
    /^end_of_record/ {
        lines_all += found; lines_hit += hit; branches_all += branches; branches_hit += taken
        if (found && (hit < found || taken < branches))
            printf "%6.1f %% lines %6.1f %% branches %5d lines missing  %s\n", 100 * hit / found,
                branches ? 100 * taken / branches : 100, found - hit, file | "sort -k7,7nr -k1,1n | head -n 30"
    }
    END {
        close("sort -k7,7nr -k1,1n | head -n 30")
        if (!lines_all) { print "coverage: no file at all"; exit 1 }
        lines = 100 * lines_hit / lines_all
        branches_percent = branches_all ? 100 * branches_hit / branches_all : 0
        printf "coverage: %.1f %% of %d lines (at least %d), %.1f %% of %d branches (at least %d)\n",
            lines, lines_all, least_lines, branches_percent, branches_all, least_branches
        exit !(lines >= least_lines && branches_percent >= least_branches)
    }' "$out/coverage.info" && code=0 || code=$?
echo "coverage: page at $out/html/index.html"
[ "$tests" -eq 0 ] || echo "coverage: some tests failed, so this is not the whole of it"
[ "$tests" -eq 0 ] && exit "$code"
exit 1
