#!/bin/sh
# SPDX-License-Identifier: MIT
# Functions of at most 60 lines and a cyclomatic complexity of at most 10 (a switch counts as one),
# .c files of at most 300 lines, headers of at most 120, folders of at most 12 .c files (tables
# have sub-folders). Generated files say so in their first five lines.
command -v pmccabe >/dev/null || { echo "pmccabe is not here: ./dev setup"; exit 77; }
bad=0
files=$(find harness reporters -name '*.[ch]' | sort)
hand_written=
for file in $files; do
    if head -n 5 "$file" | grep -qi generated; then continue; fi
    hand_written="$hand_written $file"
    lines=$(wc -l <"$file")
    case $file in
    *.h) limit=120 ;;
    *) limit=300 ;;
    esac
    if [ "$lines" -gt "$limit" ]; then
        echo "$file:1: $lines lines, at most $limit"
        bad=1
    fi
done
# shellcheck disable=SC2086
pmccabe $(printf '%s\n' $hand_written | grep '\.c$') | awk '
    { sub(/[(]/, ":", $6); sub(/[)]:/, "", $6) }
    $1 > 10 { print $6 ": " $7 " has a cyclomatic complexity of " $1 ", at most 10"; bad = 1 }
    $5 > 60 { print $6 ": " $7 " has " $5 " lines, at most 60"; bad = 1 }
    END { exit bad }' || bad=1
for folder in $(find harness reporters -type d | sort); do
    count=$(find "$folder" -maxdepth 1 -name '*.c' | wc -l)
    if [ "$count" -gt 12 ]; then
        echo "$folder: $count .c files, at most 12"
        bad=1
    fi
done
exit $bad
