#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every console block of docs/coverage.md, as a golden transcript on the files of tests/cli.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
awk '/^```console$/ { on = 1; next } /^```/ { on = 0; print ""; next } on { print "  " $0 }' \
    "$SOURCE/docs/coverage.md" >"$folder/page.t"
examples=$(grep -c '^  \$ ' "$folder/page.t")
[ "$examples" -ge 6 ] || { echo "only $examples examples were found"; exit 1; }
cp -R "$SOURCE/tests/cli/files" "$folder/files"
sh "$SOURCE/tests/cli/transcript.sh" "$BUILD/bddrun" "$folder/page.t"
