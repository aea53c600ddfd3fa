#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: transcript.sh BDDRUN FILE.t
# A line "  $ command" is run (by sh, in a copy of files/); the indented lines below it are what it
# prints on both streams, and "  [2]" its exit code where that is not 0. The rest is prose.
program=$1
transcript=$2
here=$(cd "$(dirname "$transcript")" && pwd)
work=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cp -R "$here/files" "$work/files"
PATH=$(cd "$(dirname "$program")" && pwd):$PATH
TERM=dumb
LC_ALL=C.UTF-8
export PATH TERM LC_ALL
unset NO_COLOR FORCE_COLOR http_proxy https_proxy all_proxy no_proxy
for name in $(env | sed -n 's/^\(BDDRUN_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done

while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '  $ '*)
        printf '%s\n' "$line"
        (cd "$work/files" && sh -c "${line#  $ }") >"$work/printed" 2>&1 </dev/null
        code=$?
        sed 's/^/  /' "$work/printed"
        [ -z "$(tail -c 1 "$work/printed")" ] || echo
        [ "$code" -eq 0 ] || echo "  [$code]"
        ;;
    '  '*) ;;
    *) printf '%s\n' "$line" ;;
    esac
done <"$transcript" >"$work/actual"
if [ -n "$UPDATE" ]; then
    cp "$work/actual" "$transcript"
    exit 0
fi
diff -u "$transcript" "$work/actual"
