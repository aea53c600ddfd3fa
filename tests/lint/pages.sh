#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: pages.sh BDDRUN. In README.md and docs/*.md a code block below the line
#     <!-- output of: bddrun ARGUMENTS -->
# is exactly what the program prints.
program=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
count=0
for page in README.md CONTRIBUTING.md docs/*.md; do
    [ -f "$page" ] || continue
    rm -f "$work"/block*
    awk -v work="$work" '
        /^<!-- output of: bddrun .* -->$/ {
            sub(/^<!-- output of: bddrun */, ""); sub(/ *-->$/, "")
            n++; print > (work "/block" n ".command"); wanted = 1; next
        }
        /^```/ && wanted { inside = !inside; if (!inside) wanted = 0; next }
        inside { print > (work "/block" n ".shown") }' "$page"
    for command in "$work"/block*.command; do
        [ -f "$command" ] || continue
        count=$((count + 1))
        shown=${command%.command}.shown
        # shellcheck disable=SC2046
        "$program" $(cat "$command") >"$work/printed" 2>/dev/null
        if ! diff -u "$shown" "$work/printed" >"$work/difference"; then
            echo "$page: not what 'bddrun $(cat "$command")' prints:"
            cat "$work/difference"
            bad=1
        fi
    done
done
[ "$count" -gt 0 ] || { echo "no page shows any output"; bad=1; }
exit $bad
