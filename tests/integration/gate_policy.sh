#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The policy: mistakes in it by their exact words, a central one that may only be tightened, and
# what is signed, by which keys.
source "$(dirname "$0")/gate_library.sh"
cd "$folder" || exit 1

# mistake EXPECTED: the section from standard input is wrong, and this is the first line of why.
mistake() {
    {
        echo 'gate:'
        sed 's/^/  /'
    } >bad.yaml
    "$bddrun" gate --config bad.yaml >out 2>err
    want "'$1': the exit code" 2 $?
    want "the message" "$1" "$(head -1 err)"
}

mistake "bad.yaml:2:3: error: unknown key 'coverages' in the gate" <<<'coverages: {}'
mistake "bad.yaml:2:37: error: expected a percentage from 0 to 100, such as 80 or 79.5, found '101'" \
    <<<'coverage: {lines:         {total: 101}}'
mistake "bad.yaml:2:21: error: expected a percentage from 0 to 100, such as 80 or 79.5, found '100.000001'" \
    <<<'coverage: {lines: 100.000001}'
mistake "bad.yaml:2:21: error: expected a percentage from 0 to 100, such as 80 or 79.5, found '-1'" \
    <<<'coverage: {lines: -1}'
mistake "bad.yaml:2:21: error: expected a percentage from 0 to 100, such as 80 or 79.5, found '8e1'" \
    <<<'coverage: {lines: 8e1}'
mistake "bad.yaml:2:21: error: expected a percentage from 0 to 100, such as 80 or 79.5, found '80.1234567'" \
    <<<'coverage: {lines: 80.1234567}'
mistake "bad.yaml:2:16: error: expected a percentage from 0 to 100, such as 80 or 79.5, found nothing" \
    <<<'coverage: {  lines: }'
mistake "bad.yaml:2:34: error: expected a percentage from 0 to 100, such as 80 or 79.5, found a list" \
    <<<'coverage: {lines:      {total: [80]}}'
mistake "bad.yaml:2:22: error: unknown key 'totl' in thresholds" <<<'coverage: {lines: {totl: 80}}'
mistake "bad.yaml:2:26: error: expected a map of components, found a list" \
    <<<'coverage: {components: [omaha]}'
mistake "bad.yaml:2:35: error: expected a percentage from 0 to 100, such as 80 or 79.5, found 'much'" \
    <<<'coverage: {components: { omaha: much}}'
mistake "bad.yaml:2:39: error: unknown key 'line' in a component's thresholds" \
    <<<'coverage: {components: {    omaha: {line: 1}}}'
mistake "bad.yaml:2:24: error: key 'path' is missing in a coverage report" \
    <<<'coverage: {reports: {php: {format: clover}}}'
mistake "bad.yaml:2:15: error: key 'until' is missing in an exception" \
    <<<'scenarios: {flaky: {allow: ["@a"]}}'
mistake "bad.yaml:2:33: error: expected tags such as \"@flaky\", found a list" \
    <<<'scenarios: {flaky: {   allow: [a], until: 2030-01-01}}'
mistake "bad.yaml:2:48: error: expected a day such as 2026-12-31, found 'soon'" \
    <<<'scenarios: {flaky: {allow: ["@a"],    until: soon}}'
mistake "bad.yaml:2:22: error: expected one of the known words, found 'some'" <<<'scenarios: {must:  some}'
mistake "bad.yaml:2:27: error: expected a whole number, found 'many'" <<<'scenarios: {minimum:    many}'
mistake "bad.yaml:2:23: error: expected a whole number from 1 to 10000, found '0'" <<<'evidence: {shards:  0}'
mistake "bad.yaml:2:23: error: expected a duration such as '250 ms', '2 s' or '15 min', found 'young'" \
    <<<'evidence: {max_age: young}'
mistake "bad.yaml:2:24: error: expected a percentage, such as 25 %, found '10001 %'" <<<'latency: {tolerance: 10001 %}'
mistake "bad.yaml:2:3: error: key 'sha256' is missing in the central policy" <<<'extends: {file: central.yaml}'
mistake "bad.yaml:2:10: error: unknown key 'kye' in the signature" <<<'sign: {kye: {env: K}}'
mistake "bad.yaml:2:14: error: unknown key 'commit' in the size of a change" <<<'change: {  commit: 1}'

# A project whose policy is read from its own commit.
git init -q project
cd project || exit 1
git config gc.auto 0
printf 'build/\nout/\n*.key\n*.pub\nverdict*\n' >.gitignore
mkdir src build
seq 4 >src/shop.c
# own: the section from standard input is the policy.
own() {
    printf 'output: out/\ncomponents: {shop: {paths: [src/]}}\n' >bddrun.yaml
    cat >>bddrun.yaml
    commit "A policy"
    printf 'SF:src/shop.c\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,0\nend_of_record\n' >build/c.info
}
weigh() {
    "$bddrun" gate "$@" >"$folder/out" 2>"$folder/err"
    code=$?
}
the_own() {
    cat <<END
gate:
  policy_from: candidate
  scenarios: {must: nothing}
  coverage: {reports: {c: {path: build/c.info}}, lines: 75}
END
}

the_own | own
weigh
want "the project passes" 0 "$code"

# What the working tree says does not count, only the commit.
sed -i 's/lines: 75/lines: 10/' bddrun.yaml
printf 'SF:src/shop.c\nDA:1,1\nDA:2,0\nDA:3,0\nDA:4,0\nend_of_record\n' >build/c.info
weigh
want "a policy that is not committed" 1 "$code"
git checkout -q bddrun.yaml

# Production's policy has a mistake that the candidate has repaired.
the_own | sed 's/lines: 75/lines: 750/' | own
broken=$(git rev-parse HEAD)
the_own | own
weigh --policy-from "$broken"
want "production's policy has a mistake" 3 "$code"
want_text "and it is shown" "bddrun.yaml:6:.*expected a percentage from 0 to 100" "$folder/err"
want_text "as blocked" "policy.source +the policy of commit $broken is not valid" "$folder/out"
printf 'version: 1\n' | own
without=$(git rev-parse HEAD)
the_own | own
weigh --policy-from "$without"
want "production has no policy" 3 "$code"
want_text "which is said" "has no section .gate." "$folder/out"
the_own | sed 's/lines: 75/lines: 50/' | own
weigh --policy-from HEAD~1
want_text "a change of policy is shown" "the candidate changes it, which counts from the next release on" "$folder/out"
weigh --policy-from=-x
want "a revision like an option" 3 "$code"
mkdir ../elsewhere
"$bddrun" gate --config ../elsewhere/bddrun.yaml >"$folder/out" 2>"$folder/err"
want "a configuration that is not there" 2 $?
cp bddrun.yaml ../elsewhere/
(cd ../elsewhere && "$bddrun" gate >"$folder/out" 2>"$folder/err")
want "outside of a repository" 4 $?
(cd "$folder" && mkdir none && cd none && "$bddrun" gate >"$folder/out" 2>"$folder/err")
want "without bddrun.yaml" 3 $?
weigh --commit nothing
want "an unknown commit" 2 "$code"
weigh --format sarif
want "an unknown form" 2 "$code"
weigh no-such-run.ndjson
want "runs are not looked at where none are needed" 0 "$code"

# A central policy.
cat >../central.yaml <<'END'
gate:
  scenarios: {must: nothing, minimum: 5, flaky: {allow: ["@a", "@b"], until: 2090-01-01}}
  coverage:
    lines: {total: 70, file: 10}
    branches: 0
    functions: {total: 0}
    components: {shop: 60, other: 1}
    minimum_files: 1
    minimum_lines: 2
  recordings: {untouched_endpoints: 3, drift: breaking}
  latency: {tolerance: 25 %, floor: 20 ms, below_20_samples: block}
  change: {commits: 8, lines: 400}
  evidence: {max_age: 6 h, artefact: required}
END
sha=$(sha256sum ../central.yaml | cut -d' ' -f1)
extending() {
    the_own | sed "s|^gate:|gate:\\n  extends: {file: ../central.yaml, sha256: $1}|"
}
extending "$sha" | own
weigh
want "what the central policy adds: branches that nobody measures" 3 "$code"
want_text "is weighed" "coverage.branches.total" "$folder/out"
want_text "a floor of its own, too" "✓ coverage.minimum_lines" "$folder/out"
want_text "a component that the project has not" "coverage.component.other +no component has the name 'other'" "$folder/out"
want_text "and one that it has" "✓ coverage.component.shop.lines" "$folder/out"
extending "${sha/[0-9]/x}" | own
weigh
want "another digest" 3 "$code"
want_text "another digest: the words" "has the digest $sha, not the pinned" "$folder/out"
extending "$sha" | sed 's|central.yaml|missing.yaml|' | own
weigh
want "it is not there" 3 "$code"
want_text "not there: the words" "the central policy '../missing.yaml' cannot be read" "$folder/out"

# loosened WHAT SED: what this makes of the extending policy is looser.
loosened() {
    extending "$sha" | sed -E "$2" | own
    weigh
    want "$1 is loosened" 3 "$code"
    want_text "$1 is loosened: where" "'$1' is looser than the central policy" "$folder/err"
}
loosened lines 's/lines: 75/lines: 69.999999/'
want_text "both places are shown" "central.yaml:4:20: the central policy says" "$folder/err"
loosened lines 's/lines: 75/lines: 75, components: {shop: 59}/'
loosened minimum_files 's/lines: 75/lines: 75, minimum_files: 0/'
loosened minimum 's/must: nothing/must: nothing, minimum: 4/'
loosened flaky 's/must: nothing/must: nothing, flaky: {allow: ["@c"], until: 2080-01-01}/'
loosened flaky 's/must: nothing/must: nothing, flaky: {allow: ["@a"], until: 2091-01-01}/'
loosened pending 's/must: nothing/must: nothing, pending: {allow: ["@a"], until: 2080-01-01}/'
loosened tags 's/must: nothing/must: nothing, tags: "@smoke"/'
loosened max_age 's/^gate:/gate:\n  evidence: {max_age: 7 h}/'
loosened same_tree 's/^gate:/gate:\n  evidence: {same_tree: accepted}/'
loosened revision 's/^gate:/gate:\n  evidence: {revision: none}/'
loosened attempts 's/^gate:/gate:\n  evidence: {attempts: last}/'
loosened commits 's/^gate:/gate:\n  change: {commits: 9}/'
loosened drift 's/^gate:/gate:\n  recordings: {drift: none}/'
loosened untouched_endpoints 's/^gate:/gate:\n  recordings: {untouched_endpoints: 4, drift: any}/'
loosened tolerance 's/^gate:/gate:\n  latency: {tolerance: 26 %, below_20_samples: block}/'
loosened below_20_samples 's/^gate:/gate:\n  latency: {tolerance: 20 %}/'
sed -i 's/must: nothing/must: passed/' ../central.yaml
sha=$(sha256sum ../central.yaml | cut -d' ' -f1)
loosened must 's/nothing/nothing/'
sed -i 's/must: passed/must: maybe/' ../central.yaml
sha=$(sha256sum ../central.yaml | cut -d' ' -f1)
extending "$sha" | own
weigh
want "a central policy with a mistake" 3 "$code"
want_text "a central policy with a mistake: the words" "the central policy '../central.yaml' is not valid" "$folder/out"

# Signed, checked, altered.
the_own | own
"$bddrun" keygen gate >/dev/null 2>&1 || wrong "no key was made"
"$bddrun" keygen second >/dev/null 2>&1 || wrong "no second key was made"
BDDRUN_SIGNING_KEY=$(cat gate.key)
BDDRUN_OVERRIDE_KEY=$(cat second.key)
export BDDRUN_SIGNING_KEY
check() {
    (unset BDDRUN_SIGNING_KEY BDDRUN_OVERRIDE_KEY
        "$bddrun" verify --key gate.pub --override-key second.pub --digest "$(git rev-parse HEAD)" "$@" >"$folder/out" 2>"$folder/err")
    code=$?
}
weigh
want "it passes" 0 "$code"
want_no_text "it is signed" "no verdict was signed" "$folder/err"
check out/verdict.intoto.jsonl
want "the verdict is accepted" 0 "$code"
check --policy "$(sha256sum bddrun.yaml | cut -d' ' -f1)" out/verdict.intoto.jsonl
want "by its policy" 0 "$code"
check --policy "$sha" out/verdict.intoto.jsonl
want "not by another policy" 3 "$code"
sed 's/"sig":"[A-Za-z0-9]/"sig":"_/' out/verdict.intoto.jsonl >verdict-edited
check verdict-edited
[ "$code" != 0 ] || wrong "an edited verdict was accepted"
payload=$(sed -n 1p out/verdict.intoto.jsonl | sed 's/.*"payload":"\([^"]*\)".*/\1/')
forged=$(printf %s "$payload" | base64 -d | sed 's/75.00 %/99.00 %/' | base64 -w0)
sed "s|$payload|$forged|" out/verdict.intoto.jsonl >verdict-forged
! cmp -s out/verdict.intoto.jsonl verdict-forged || wrong "nothing was forged"
check verdict-forged
want "a forged number" 1 "$code"
sed -i 's/DA:1,1/DA:1,0/' build/c.info
weigh
want "it refuses" 1 "$code"
check out/verdict.intoto.jsonl
want "a refusal is signed, and refuses" 1 "$code"
weigh --override "the shop is down"
want "one key is not enough for an override" 2 "$code"
want_text "which is said" "override needs the key of the gate and a second key" "$folder/err"
export BDDRUN_OVERRIDE_KEY
weigh --override "the shop is down"
want "with a second key it is set aside" 0 "$code"
want_text "and shown" "OVERRIDDEN: the shop is down" "$folder/out"
want_text "beside what refused" "FAILED: " "$folder/out"
check out/verdict.intoto.jsonl
want "who believes the second key accepts it" 0 "$code"
(unset BDDRUN_SIGNING_KEY BDDRUN_OVERRIDE_KEY
    "$bddrun" verify --key gate.pub --digest "$(git rev-parse HEAD)" out/verdict.intoto.jsonl >"$folder/out" 2>"$folder/err")
[ $? != 0 ] || wrong "an override without a trusted second key was accepted"
weigh --override again --format github
want_text "in annotations, too" "^::warning title=gate overridden::again" "$folder/out"
printf 'version: 1\n' >plain.yaml
the_own >>plain.yaml
git add plain.yaml
commit "Without an output"
weigh --config plain.yaml --override "no file"
want "an override needs a file" 2 "$code"
weigh --config plain.yaml --verdict out/named.jsonl --format json:out/gate.json --format junit:out/gate.xml
want "a verdict of a name" 1 "$code"
[ -s out/named.jsonl ] || wrong "the verdict was not written"
want_xml "a case for each rule" "$(grep -o '"result"' out/gate.json | wc -l | awk '{ print $1 - 1 }')" out/gate.xml "count(//testcase)"
BDDRUN_SIGNING_KEY=nonsense weigh
want "a key that is none" 2 "$code"
# Keys as the policy names them.
{
    the_own
    echo '  sign: {key: {file: gate.key}, override_key: {file: second.key}}'
} | own
chmod 644 gate.key
(unset BDDRUN_SIGNING_KEY; "$bddrun" gate >"$folder/out" 2>"$folder/err")
[ $? != 0 ] || wrong "a key that everybody may read was used"
chmod 600 gate.key
sed -i 's/DA:1,0/DA:1,1/' build/c.info
(unset BDDRUN_SIGNING_KEY; "$bddrun" gate >"$folder/out" 2>"$folder/err")
want "a key in a file" 0 $?
want_no_text "is used" "no verdict was signed" "$folder/err"
# A command that asks a key service: here openssl with the same key.
cat >kms-sign <<'END'
#!/bin/sh
cat >out/to-sign
exec openssl pkeyutl -sign -rawin -inkey gate.key -in out/to-sign
END
chmod +x kms-sign
{
    the_own
    echo '  sign: {command: [./kms-sign], public: gate.pub}'
} | own
(unset BDDRUN_SIGNING_KEY; "$bddrun" gate >"$folder/out" 2>"$folder/err")
want "a command signs" 0 $?
check out/verdict.intoto.jsonl
want "what a command signed is accepted" 0 "$code"
conclude
