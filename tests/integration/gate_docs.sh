#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The policies that docs/gate.md shows: read from the page, weighed against what the tools of PHP,
# Node and C write. And the files of docs/ci: their shell parts.
source "$(dirname "$0")/gate_library.sh"
page=$SOURCE/docs/gate.md

# example NAME: the block of the page below its mark.
example() {
    awk -v mark="<!-- example: $1 -->" '$0 == mark { on = 1; next } on && /^```yaml/ { inside = 1; next }
        inside && /^```/ { exit } inside { print }' "$page"
}

# start NAME: a repository with the policy of that example.
start() {
    mkdir "$folder/$1"
    cd "$folder/$1" || exit 1
    git init -q .
    printf 'build/\ncoverage/\n' >.gitignore
    mkdir build
    example "$1" >bddrun.yaml
    [ -s bddrun.yaml ] || wrong "docs/gate.md has no example '$1'"
}

weigh() {
    "$bddrun" gate >"$folder/out" 2>"$folder/err"
    code=$?
}

# passes_and_refuses NAME REPORT: it passes, and blocks when the report is not there.
passes_and_refuses() {
    weigh
    want "$1: passes" 0 "$code"
    want_text "$1: says so" '^PASSED' "$folder/out"
    [ "$code" = 0 ] || cat "$folder/out" "$folder/err" >&2
    mv "$2" "$folder/kept"
    weigh
    want "$1: without its report" 3 "$code"
    mv "$folder/kept" "$2"
}

# Laravel: as PHPUnit writes it, with the paths of the container it ran in.
start laravel
mkdir -p app/Models
seq 12 >app/Models/Table.php
seq 6 >app/helpers.php
commit "A site"
cat >build/clover.xml <<END
<?xml version="1.0" encoding="UTF-8"?>
<coverage generated="$(date +%s)">
  <project timestamp="$(date +%s)">
    <package name="App\\Models">
      <file name="/var/www/html/app/Models/Table.php">
        <class name="App\\Models\\Table" namespace="global"><metrics complexity="2" methods="1" coveredmethods="1" conditionals="0" coveredconditionals="0" statements="3" coveredstatements="2" elements="4" coveredelements="3"/></class>
        <line num="4" type="method" name="seats" visibility="public" complexity="2" crap="2" count="3"/>
        <line num="5" type="stmt" count="3"/>
        <line num="6" type="stmt" count="1"/>
        <line num="9" type="stmt" count="0"/>
        <metrics loc="12" ncloc="12" classes="1" methods="1" coveredmethods="1" conditionals="0" coveredconditionals="0" statements="3" coveredstatements="2" elements="4" coveredelements="3"/>
      </file>
    </package>
    <file name="/var/www/html/app/helpers.php">
      <line num="2" type="stmt" count="7"/>
      <metrics loc="6" ncloc="6" classes="0" methods="0" coveredmethods="0" conditionals="0" coveredconditionals="0" statements="1" coveredstatements="1" elements="1" coveredelements="1"/>
    </file>
    <metrics files="2" loc="18" ncloc="18" classes="1" methods="1" coveredmethods="1" conditionals="0" coveredconditionals="0" statements="4" coveredstatements="3" elements="5" coveredelements="4"/>
  </project>
</coverage>
END
passes_and_refuses laravel build/clover.xml
sed -i 's/type="stmt" count="[0-9]*"/type="stmt" count="0"/' build/clover.xml
weigh
want "laravel: uncovered" 1 "$code"

# Node: as Istanbul writes it.
start node
mkdir -p lib coverage
seq 8 >lib/table.js
commit "A server"
cat >coverage/coverage-final.json <<END
{"$PWD/lib/table.js": {"path": "$PWD/lib/table.js",
 "statementMap": {"0": {"start": {"line": 1, "column": 0}, "end": {"line": 1, "column": 9}},
                  "1": {"start": {"line": 3, "column": 2}, "end": {"line": 3, "column": 9}},
                  "2": {"start": {"line": 5, "column": 2}, "end": {"line": 5, "column": 9}}},
 "fnMap": {"0": {"name": "seats", "decl": {"start": {"line": 2, "column": 0}, "end": {"line": 2, "column": 5}},
                 "loc": {"start": {"line": 2, "column": 0}, "end": {"line": 6, "column": 1}}, "line": 2}},
 "branchMap": {"0": {"loc": {"start": {"line": 3, "column": 2}, "end": {"line": 4, "column": 3}}, "type": "if", "line": 3,
   "locations": [{"start": {"line": 3, "column": 2}, "end": {"line": 4, "column": 3}},
                 {"start": {"line": 3, "column": 2}, "end": {"line": 4, "column": 3}}]}},
 "s": {"0": 1, "1": 4, "2": 0}, "f": {"0": 4}, "b": {"0": [4, 0]}}}
END
passes_and_refuses node coverage/coverage-final.json

# C: as gcov and lcov write it.
start c
mkdir src
seq 9 >src/table.c
commit "A library"
cat >build/c.info <<END
TN:
SF:$PWD/src/table.c
FN:2,seats
FNDA:3,seats
DA:2,3
DA:3,3
DA:4,3
DA:7,0
LF:4
LH:3
end_of_record
END
passes_and_refuses c build/c.info

# The whole policy is valid: with nothing there it blocks, and every key is known.
mkdir "$folder/everything"
cd "$folder/everything" || exit 1
git init -q .
{
    printf 'components: {shop: {paths: [src/]}}\n'
    example whole
} >bddrun.yaml
commit "Everything"
"$bddrun" gate --production HEAD >"$folder/out" 2>"$folder/err"
want "whole: blocked" 3 $?
want_text "whole: the policy is read" 'policy.source +the policy of production' "$folder/out"
want_no_text "whole: no error" 'error' "$folder/err"
conclude
