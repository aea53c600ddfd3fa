#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program's promote, rollback, status and journal: bad input, hosts by ssh, trees of Capistrano and
# Deployer (by their documented algorithms), and a site that shows which revision it serves.
source "$(dirname "$0")/library.sh"
source "$(dirname "$0")/verdict_library.sh"
command -v openssl >/dev/null || { echo "openssl is not here"; exit 77; }
cd "$folder" || exit 1
commits=()
for digit in 0 1 2 3; do commits+=("$(printf "$digit%.0s" {1..40})"); done
"$bddrun" keygen gate >said || wrong "keygen failed"
for number in 1 2 3; do
    sign_statement gate.key "$(print_verdict "${commits[$number]}")" >"v$number"
done

# make_tree FOLDER: releases 1, 2, 3, of which 1 is live.
make_tree() {
    local number
    rm -rf "$1"
    for number in 1 2 3; do
        mkdir -p "$1/releases/$number"
        echo "${commits[$number]}" >"$1/releases/$number/REVISION"
    done
    ln -s releases/1 "$1/current"
}

# deploy LINES: bddrun.yaml with this section.
deploy() {
    printf 'version: 1\nenvironments: {production: {url: "%s", revision: {at: /REVISION}}}\ndeploy:\n  trust: [gate.pub]\n%s\n' \
        "${production_url:-http://127.0.0.1:1}" "$1" >bddrun.yaml
}

# does CODE REGEX COMMAND…: the exit code, and a line of what it prints.
does() {
    local code=$1 text=$2
    shift 2
    "$bddrun" "$@" >said 2>&1
    want "$*" "$code" "$?"
    want_text "$*" "$text" said
}

live() { readlink "${1:-arena}/current"; }

make_tree arena
deploy '  target: {tree: arena}'

# What must not go live does not.
does 3 'there is no verdict' promote --release 2
does 3 'there is no verdict: no file' promote --release 2 --verdict nowhere
does 3 'about another build' promote --release 2 --verdict v1
sed 's/"sig":"..../"sig":"AAAA/' v2 >altered
does 1 'not signed by a trusted key' promote --release 2 --verdict altered
sign_statement gate.key "$(print_verdict "${commits[2]}" PASSED 2020-01-01T00:00:00Z 2020-01-02T00:00:00Z)" >old
does 3 'expired' promote --release 2 --verdict old
sign_statement gate.key "$(print_verdict "${commits[2]}" PASSED 2400-01-01T00:00:00Z)" >future
does 3 'from the future' promote --release 2 --verdict future
sign_statement gate.key "$(print_verdict "${commits[2]}" FAILED)" >refused
does 1 'the gate said FAILED' promote --release 2 --verdict refused
sed 's/,"signatures":.*/,"signatures":[]}/' v2 >unsigned
does 3 'not signed' promote --release 2 --verdict unsigned
does 4 "release '9' is not there" promote --release 9 --verdict v2
does 4 "no name of a release" promote --release ../../etc --verdict v2
want "nothing was switched" releases/1 "$(live)"
want "nothing was written" "" "$(find arena -name '.bddrun*')"
does 2 "unknown key 'trsut'" promote --config <(printf 'deploy: {trsut: [x], target: {tree: a}}\n')

# It goes live, and back.
does 0 '^  1\. point arena/current at releases/2' promote --release 2 --verdict v2 --dry-run
does 0 '^promoted: 2 \(before: 1\)' promote --verdict v2 --commit "${commits[2]}"
want "it is live" releases/2 "$(live)"
does 0 '^live already: 2' promote --release 2 --verdict v2
does 0 'promoted 2 by' status
does 0 '"live":"2"' status --json
does 0 '^rolled back: 1 \(before: 2\)' rollback
does 1 'no earlier release' rollback
does 0 '"answer":"rolled back"' rollback --to 3 --json
want "a rollback to a release that is named" releases/3 "$(live)"
does 0 'unbroken' journal
"$bddrun" journal --json >lines
want "every line is JSON" "$(wc -l <lines)" "$(grep -c '^{"number":.*}$' lines)"
sed -i '3s/"by":"[^"]*"/"by":"nobody"/;2s/done\|doing/failed/' arena/.bddrun/journal.jsonl
does 2 'the journal was changed: .*journal.jsonl:3 ' journal
does 2 'the journal was changed' promote --release 2 --verdict v2
want "a journal that was changed stops everything" releases/3 "$(live)"

# A window that is closed, and one that is overridden.
make_tree arena
deploy '  target: {tree: arena}
  windows: {zone: UTC, any: [{allow: "2001-01-01"}]}'
does 75 'the window is closed' promote --release 2 --verdict v2
does 75 'the window is closed' promote --release 2 --verdict v2 --wait
want "a closed window changes nothing, also waited for" releases/1 "$(live)"
does 0 '^promoted' promote --release 2 --verdict v2 --override-window 'the shop is down'
want_text "why it was open" '"windowOverride":"the shop is down"' arena/.bddrun/journal.jsonl

# Waiting for a window that opens only when the verdict has expired.
make_tree arena
deploy "  target: {tree: arena}
  windows: {zone: UTC, any: [{allow: \"$(date -u -d '+3 days' +%a) 00:00-24:00\"}]}"
sign_statement gate.key "$(print_verdict "${commits[2]}" PASSED "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%SZ)")" >short
does 75 'the window is closed.*opens' promote --release 2 --verdict short
does 3 'the verdict expires before the window opens' promote --release 2 --verdict short --wait

# Scenarios against production, a revision that it shows, components by what the commits touch.
mkdir smoke project
start_site one --flavour production --commit "${commits[2]}"
printf '@smoke\nFeature: F\n  Scenario: S\n    When I send GET "/version"\n    Then the status is 200\n' >smoke/one.feature
printf '@slow\nFeature: G\n  Scenario: S\n    When I send GET "/version"\n    Then the status is 404\n' >smoke/two.feature
smoking() { # TAGS MARKER
    cat >bddrun.yaml <<END
version: 1
scenarios: smoke/
environments: {production: {url: "$site_url", revision: {at: /version, json: \$.commit}, read_only: true}}
components:
  omaha: {paths: [omaha/**], suspend: {command: [touch, "$folder/omaha"], resume: [rm, "$folder/omaha"]}, after_switch: [touch, "$folder/omaha-is-new"]}
  holdem: {paths: [holdem/**], suspend: {command: [touch, "$folder/holdem"], resume: [rm, "$folder/holdem"]}}
deploy:
  trust: [gate.pub]
  target: {tree: arena}
  verify: {marker: $2, scenarios: "$1", within: 2 min}
END
}
smoking @smoke 2
make_tree arena
does 0 'scenarios: @smoke' promote --release 2 --verdict v2
want "all components, where nobody knows what changed" yes "$([ -e omaha-is-new ] && echo yes)"
want_text "holdem too" 'suspend holdem' said
make_tree arena
smoking @slow 0
does 6 'failed against production with code 1' promote --release 2 --verdict v2 --component omaha
want_text "omaha alone is suspended" 'suspend omaha' said
want_no_text "and nothing else" 'suspend holdem' said
rm -f omaha holdem
git -c init.defaultBranch=main init -q . 2>/dev/null
commit() {
    git add omaha holdem && git -c user.name=a -c user.email=a@b commit -qm "$1" && git rev-parse HEAD
}
mkdir -p omaha.d && rm -rf omaha holdem && mkdir omaha holdem && touch omaha/a holdem/a
older=$(commit one)
echo x >omaha/a
newer=$(commit two)
mv omaha omaha.d/ && mv holdem omaha.d/
smoking @smoke 2
make_tree arena
echo "$older" >arena/releases/1/REVISION
echo "$newer" >arena/releases/2/REVISION
sign_statement gate.key "$(print_verdict "$newer")" >newer
does 0 'suspend omaha' promote --release 2 --verdict newer --dry-run
want_no_text "what the commits do not touch goes on" holdem said
sed -i 's/name: *x/&/; s/environments: .*/environments: {staging: {url: "http:\/\/127.0.0.1:1"}}/' bddrun.yaml
does 2 "no environment 'production' to verify" promote --release 2 --verdict newer
smoking @smoke 2
sed -i 's/, revision: [^}]*}//' bddrun.yaml
does 2 "nothing says where 'production' shows its revision" promote --release 2 --verdict newer
does 2 "no section 'deploy'" journal --config <(printf 'version: 1\n')
does 2 "no section 'deploy'" status --config <(printf 'version: 1\n')
rm -rf .git omaha.d omaha holdem

# Two at once: the second goes away.
make_tree arena
mkfifo gate.fifo
deploy '  target: {tree: arena}
  before_switch: [[sh, -c, "read line <../../../gate.fifo"]]'
"$bddrun" promote --release 2 --verdict v2 >first 2>&1 &
first=$!
started+=("$first")
wait_for_file arena/.bddrun/journal.jsonl
until grep -q '"state":"doing"' arena/.bddrun/journal.jsonl; do sleep 0.05; done
does 75 'another promotion is under way' promote --release 3 --verdict v3
echo go >gate.fifo
wait "$first"
want "the first one" 0 "$?"
want "the first one is live" releases/2 "$(live)"
make_tree arena
touch arena/deploy.lock
deploy '  target: {tree: arena}'
does 75 "locked by 'deploy.lock'" promote --release 2 --verdict v2
rm arena/deploy.lock

# A command that hangs, one that fails: nothing was switched; after the switch: it is taken back.
deploy '  target: {tree: arena}
  command_limit: 200 ms
  before_switch: [[sleep, "1000"]]'
does 4 'did not end in time' promote --release 2 --verdict v2
want "it never left" releases/1 "$(live)"
deploy '  target: {tree: arena}
  after_switch: [[sh, -c, "test $DEPLOY_RELEASE = 1 || { echo no workers >&2; exit 3; }"]]'
does 5 'taken back: 2' promote --release 2 --verdict v2
want_text "what it said" 'it said: no workers' said
want "it is taken back" releases/1 "$(live)"
does 6 'cannot be taken back: no way back' promote --release 2 --verdict v2 --rollback-unsafe 'no way back'
want "what cannot be taken back stays" releases/2 "$(live)"
does 6 'waits for a person' status
does 6 'waits for a person' promote --release 3 --verdict v3
deploy '  target: {tree: arena}'
does 0 'promoted: 3' promote --release 3 --verdict v3 --repaired 'workers started by hand'

# Five hosts by ssh; the fourth fails, so all go back.
cat >ssh <<'END'
#!/bin/sh
# ssh -- HOST COMMAND, with a folder for each host.
[ "$1" = -- ] || exit 255
cd "hosts/$2" || exit 255
if [ -e broken ] && printf %s "$3" | grep -q 'point.*releases/2'; then echo "disk full" >&2; exit 1; fi
exec sh -c "$3"
END
chmod +x ssh
for host in a b c d e; do make_tree "hosts/$host/arena"; done
deploy '  target: {tree: arena, hosts: [a, b, c, d, e], ssh: [./ssh]}
  after_switch: [[sh, -c, "echo it\"'"'"'\"s $DEPLOY_RELEASE >>../../after"]]'
touch hosts/d/broken
does 5 'taken back: 2' promote --release 2 --verdict v2
want_text "the host and what it said" 'arena on d: .*disk full' said
for host in a b c d e; do
    want "all go back ($host)" releases/1 "$(live "hosts/$host/arena")"
    want "and are told ($host)" "*it's 1" "$(cat "hosts/$host/arena/after")"
    rm "hosts/$host/arena/after"
done
rm hosts/d/broken
does 0 'promoted: 2' promote --release 2 --verdict v2
for host in a b c d e; do
    want "all are switched ($host)" releases/2 "$(live "hosts/$host/arena")"
    want "and are told ($host)" "it's 2" "$(cat "hosts/$host/arena/after")"
done
does 0 'rolled back: 1' rollback
touch hosts/c/arena/deploy.lock
does 75 "on c: locked by 'deploy.lock'" promote --release 3 --verdict v3
rm hosts/c/arena/deploy.lock
printf 'bddrun on elsewhere by ann' >hosts/b/arena/.bddrun.lock
does 75 "on b: locked by bddrun on elsewhere by ann" promote --release 3 --verdict v3
rm hosts/b/arena/.bddrun.lock
want "no lock is left" "" "$(find hosts -name .bddrun.lock)"
deploy '  target: {tree: arena, hosts: [a, nowhere], ssh: [./ssh]}'
does 4 'on nowhere: failed with code 255' promote --release 2 --verdict v2

# Capistrano: its rollback after ours, ours after its (deploy:revert_release of 3.x).
capistrano_rollback() {
    local previous
    previous=$(cd "$1/releases" && ls -xt1 | sed -n 2p)
    ln -s "$PWD/$1/releases/$previous" "$1/releases/current" && mv -T "$1/releases/current" "$1/current"
    local newest
    newest=$(cd "$1/releases" && ls -xt1 | sed -n 1p)
    [ "$newest" = "$previous" ] || rm -rf "$1/releases/$newest"
    echo "cap rolled back to release $previous" >>"$1/revisions.log"
}
rm -rf cap
for number in 1 2 3; do
    mkdir -p "cap/releases/2026010100000$number"
    echo "${commits[$number]}" >"cap/releases/2026010100000$number/REVISION"
    touch -d "2026-01-01 00:00:0$number" "cap/releases/2026010100000$number"
done
ln -s "$PWD/cap/releases/20260101000002" cap/current
echo "Branch main (at 2) deployed as release 20260101000002 by cap" >cap/revisions.log
deploy '  target: {tree: cap}'
before=$(cd cap/releases && ls -xt1)
does 0 'promoted: 20260101000003' promote --release 20260101000003 --verdict v3
want "its link stays absolute" "$PWD/cap/releases/20260101000003" "$(live cap)"
want "its order by time is as it was" "$before" "$(cd cap/releases && ls -xt1)"
want_text "its log in its own form" \
    "^Branch HEAD \(at ${commits[3]}\) deployed as release 20260101000003 by .+$" cap/revisions.log
capistrano_rollback cap
want "Capistrano rolls back" "*/20260101000002" "$(live cap)"
does 0 'rolled back: 20260101000001' rollback --to 20260101000001
want "and so do we" "$PWD/cap/releases/20260101000001" "$(live cap)"
want_text "in its log" '^.+ rolled back to release 20260101000001$' cap/revisions.log

# Deployer: releases_log and the disk, newest first, behind the live one, none that is bad.
deployer_candidate() {
    local live name found=
    live=$(basename "$(readlink "$1/current")")
    for name in $(sed -n 's/.*"release_name":"\([^"]*\)".*/\1/p' "$1/.dep/releases_log" | tac); do
        [ -d "$1/releases/$name" ] || continue
        if [ "$name" = "$live" ]; then found=yes; continue; fi
        if [ -n "$found" ] && [ ! -f "$1/releases/$name/BAD_RELEASE" ]; then echo "$name"; return; fi
    done
}
make_tree dep
mkdir dep/.dep
for number in 1 2; do
    echo "{\"created_at\":\"2026-01-01T00:00:00+0000\",\"release_name\":\"$number\",\"user\":\"dep\",\"target\":\"main\"}"
done >dep/.dep/releases_log
echo 2 >dep/.dep/latest_release
deploy '  target: {tree: dep}'
does 0 'promoted: 2' promote --release 2 --verdict v2
does 0 'promoted: 3' promote --release 3 --verdict v3
want "its link stays relative" releases/3 "$(live dep)"
want "it counts on" 3 "$(cat dep/.dep/latest_release)"
want "Deployer would roll back to" 2 "$(deployer_candidate dep)"
ln -nfs --relative dep/releases/2 dep/current
echo "2026-01-01T00:00:00+0000,dep" >dep/releases/3/BAD_RELEASE
does 0 'rolled back: 1' rollback
want "ours after its" releases/1 "$(live dep)"
want "what we left is bad" yes "$([ -f dep/releases/2/BAD_RELEASE ] && echo yes)"
does 4 "marked as bad" promote --release 3 --verdict v3
conclude
