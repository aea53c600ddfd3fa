#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the tests of the coverage build and holds harness/ and reporters/ to their thresholds.
# --initial counts files that no test ever loads: without it they would vanish from the total.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

least_lines=95
least_branches=85
build=build/coverage
out=$build/report
options=(--rc lcov_branch_coverage=1 --quiet)

mkdir -p "$out"
lcov "${options[@]}" --zerocounters --directory "$build" 2>/dev/null
lcov "${options[@]}" --capture --initial --directory "$build" --output-file "$out/initial.info" \
    2>/dev/null
tests=0
ctest --preset coverage -j "${JOBS:-$(nproc)}" || tests=$?
lcov "${options[@]}" --capture --directory "$build" --output-file "$out/tests.info" 2>/dev/null
lcov "${options[@]}" -a "$out/initial.info" -a "$out/tests.info" -o "$out/all.info" 2>/dev/null
lcov "${options[@]}" --extract "$out/all.info" "$PWD/harness/*" "$PWD/reporters/*" \
    -o "$out/coverage.info" 2>/dev/null
genhtml --quiet --branch-coverage --legend --prefix "$PWD" -o "$out/html" "$out/coverage.info" \
    2>/dev/null

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
