#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# `coverage collect` on a build of a few files: files that never ran, markers, wrong markers, broken
# data, and the same totals as lcov where lcov is there.
set -u
bddrun=$BUILD/bddrun
for tool in gcc gcov; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

# is WHAT EXPECTED ACTUAL
is() {
    [ "$2" = "$3" ] && return
    printf 'not as expected: %s\n--- expected\n%s\n--- actual\n%s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
}

# has WHAT TEXT ACTUAL
has() {
    case $3 in *"$2"*) return ;; esac
    printf 'missing in %s: %s\n--- actual\n%s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
}

# records FILE: its DA and FNDA records of one line each, joined.
records() { sed -n '/^SF:/p; /^DA:/p; /^FNDA:/p' | tr '\n' ' '; }

cd "$work" || exit 1
mkdir -p src other build
cat >src/main.c <<'C'
#include "part.h"
int other(int a);
int main(int count, char **words)
{
    (void)words;
    if (count > 5) {
        return part(2); /* LCOV_EXCL_LINE: needs six words */
    }
    return part(count) + other(1) - 5;
}
C
cat >src/part.h <<'C'
static inline int part(int a)
{
    return a > 1 ? a : a + 1; /* LCOV_EXCL_BR_LINE: either way */
}
C
cat >src/never.c <<'C'
int never(int a)
{
    return a;
}
C
printf 'const int table[] = { 1, 2 };\n' >src/table.c
cat >other/other.c <<'C'
int other(int a)
{
    /* LCOV_EXCL_START: shown to be hit all the same */
    a++;
    /* LCOV_EXCL_STOP */
    return a + 1;
}
C
compile() {
    for source in src/main src/never src/table other/other; do
        gcc -O0 --coverage -I src -c "$PWD/$source.c" -o "build/$(basename "$source").o" || exit 1
    done
    gcc --coverage build/*.o -o build/program || exit 1
}
compile
./build/program
said=$("$bddrun" coverage collect build -o all.info 2>&1)
is "exit code" 0 $?
has "hit excluded lines" "other/other.c:4: 1 excluded line was run all the same" "$said"
is "records" "SF:other/other.c FNDA:1,other DA:1,1 DA:6,1 SF:src/main.c FNDA:1,main DA:3,1 DA:6,1 DA:9,1 SF:src/never.c FNDA:0,never DA:1,0 DA:3,0 SF:src/part.h FNDA:1,part DA:1,1 DA:3,1 " \
    "$(records <all.info)"
is "branches" "BRDA:6,0,0,0 BRDA:6,0,1,1 " "$(grep ^BRDA: all.info | tr '\n' ' ')"
if command -v lcov >/dev/null && lcov --version 2>/dev/null | grep -q '1\.16'; then
    lcov -q --rc lcov_branch_coverage=1 -c -i -d build -o initial.info &&
        lcov -q --rc lcov_branch_coverage=1 -c -d build -o tests.info &&
        lcov -q --rc lcov_branch_coverage=1 -a initial.info -a tests.info -o lcov.info &&
        is "the totals of lcov" \
            "$("$bddrun" coverage lcov.info | tail -n 1)" \
            "$("$bddrun" coverage all.info | tail -n 1)"
fi
is "only one folder" "SF:other/other.c FNDA:1,other DA:1,1 DA:6,1 " \
    "$("$bddrun" coverage collect build --only other -j 1 -o - 2>/dev/null | records)"
has "as JSON" '"path": "src/never.c"' "$("$bddrun" coverage collect build --json 2>/dev/null)"

said=$("$bddrun" coverage collect build --root other --only nothing 2>&1)
is "nothing selected: exit code" 3 $?
has "nothing selected" "no source below" "$said"
said=$("$bddrun" coverage collect src 2>&1)
is "no notes: exit code" 3 $?
has "no notes" "no notes of gcc (.gcno) are below 'src'" "$said"
said=$("$bddrun" coverage collect nowhere 2>&1)
is "no folder: exit code" 2 $?
has "no folder" "cannot read the folder 'nowhere'" "$said"
said=$("$bddrun" coverage collect 2>&1)
is "no word: exit code" 2 $?
has "no word" "takes the one folder of a build" "$said"
said=$("$bddrun" coverage collect build --gcov ./no-such-gcov 2>&1)
is "no gcov: exit code" 4 $?
said=$("$bddrun" coverage collect build --gcov false 2>&1)
is "failing gcov: exit code" 4 $?
has "failing gcov" "'false' failed with exit code 1" "$said"

# A marker without a reason, and others that are wrong.
cat >src/never.c <<'C'
/* LCOV_EXCL_START: a */
/* LCOV_EXCL_START: within */
/* LCOV_EXCL_STOP */
/* LCOV_EXCL_STOP */
int never(int a)
{
    return a; /* LCOV_EXCL_LINE */
}
/* MY_LCOV_EXCL_LINE LCOV_EXCL_LINES GCOV */
/* LCOV_EXCL_BR_START: never ended */
C
touch -d 2001-01-01 src/never.c # newer than its notes it would be refused for that
said=$("$bddrun" coverage collect build 2>&1)
is "wrong markers: exit code" 2 $?
has "wrong markers" "src/never.c:2:4: error: an exclusion begins within another" "$said"
has "wrong markers" "src/never.c:4:4: error: no exclusion ends here" "$said"
has "wrong markers" "src/never.c:7:18: error: this exclusion gives no reason" "$said"
has "wrong markers" "src/never.c:10:4: error: this exclusion never ends" "$said"
touch -d '1 hour' src/never.c # the notes may be of this very second
said=$("$bddrun" coverage collect build 2>&1)
is "changed since: exit code" 2 $?
has "changed since" "source file is newer than notes file" "$said"
"$bddrun" coverage collect build --only other >/dev/null 2>&1
is "one changed that does not count: exit code" 0 $?
rm src/never.c
said=$("$bddrun" coverage collect build 2>&1)
is "source is gone: exit code" 0 $?
has "source is gone" "the source 'src/never.c' is not there" "$said"

# Data of another build is never mixed in.
printf 'int never(int a)\n{\n    return a ? 1 : 2;\n}\n' >src/never.c
cp build/main.gcda kept.gcda
printf 'int other(int a) { return a; }\nint never(int a) { return a; }\n' >>src/part.h
printf '#include <stdio.h>\nint main(void)\n{\n    return 0;\n}\n' >src/main.c
gcc -O0 --coverage -c "$PWD/src/main.c" -o build/main.o
cp kept.gcda build/main.gcda
touch -d 2001-01-01 src/never.c src/part.h
said=$("$bddrun" coverage collect build 2>&1)
is "another build: exit code" 2 $?
has "another build" "gcov says:" "$said"
said=$("$bddrun" coverage collect build --keep-going -o kept.info 2>&1)
is "another build, keeping going: exit code" 0 $?
has "another build, keeping going" "its counts are lost" "$said"
is "lost data count as nothing run" "DA:2,0 DA:4,0 " \
    "$(sed -n '/^SF:src.main.c/,/^end/p' kept.info | grep ^DA | tr '\n' ' ')"
[ "$failures" -eq 0 ]
