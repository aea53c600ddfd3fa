#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: pages.sh BDDRUN. In README.md and docs/*.md a code block below the line
#     <!-- output of: bddrun ARGUMENTS -->
# is exactly what the program prints, and docs/vocabulary.md is `bddrun steps --markdown`. With UPDATE
# set, the pages are rewritten so.
program=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

# compare PAGE NEW
compare() {
    if [ -n "$UPDATE" ]; then
        cmp -s "$1" "$2" || cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        echo "$1: not what the program prints; ./dev docs writes it anew"
        bad=1
    fi
}

for page in README.md CONTRIBUTING.md docs/*.md; do
    [ -f "$page" ] || continue
    awk -v program="$program" '
        /^<!-- output of: bddrun .* -->$/ {
            print
            command = $0
            sub(/^<!-- output of: bddrun */, "", command); sub(/ *-->$/, "", command)
            next
        }
        command != "" && /^```/ {
            print
            if (inside) { inside = 0; command = ""; next }
            inside = 1
            line = program " " command " 2>/dev/null"
            while ((line | getline output) > 0) print output
            close(line)
            next
        }
        !inside { print }' "$page" >"$work/page"
    compare "$page" "$work/page"
done
"$program" steps --markdown >"$work/page" 2>/dev/null
[ -f docs/vocabulary.md ] || [ -z "$UPDATE" ] || : >docs/vocabulary.md
compare docs/vocabulary.md "$work/page"
grep -q '^<!-- output of: bddrun' README.md || { echo "README.md shows no output"; bad=1; }
exit $bad
