#!/bin/sh
# SPDX-License-Identifier: MIT
# Each header compiles alone, and its guard is named after its path.
bad=0
for file in $(find harness reporters -name '*.h' | sort); do
    path=${file#harness/}
    guard=BDDRUN_$(printf '%s' "$path" | tr 'a-z/.-' 'A-Z___')
    if ! grep -q "^#ifndef $guard\$" "$file"; then
        echo "$file:1: its guard should be $guard"
        bad=1
    fi
    if ! printf '#include "%s"\n' "$path" | "${CC:-cc}" -std=c17 -D_GNU_SOURCE -fsyntax-only \
        -Iharness -I. -I/usr/include/libxml2 -x c - 2>/tmp/lint-headers.$$; then
        echo "$file:1: does not compile alone"
        sed -n 1,3p /tmp/lint-headers.$$
        bad=1
    fi
done
rm -f /tmp/lint-headers.$$
exit $bad
