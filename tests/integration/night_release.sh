#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The blocks of docs/night-release.md, as they stand there, for a night that goes well and for one that does not.
source "$(dirname "$0")/library.sh"
source "$(dirname "$0")/verdict_library.sh"
command -v openssl >/dev/null || { echo "openssl is not here"; exit 77; }
cd "$folder" || exit 1
PATH=$BUILD:$PATH
"$bddrun" keygen gate >said || wrong "keygen failed"
for number in 1 2 3; do
    mkdir -p "arena/releases/$number"
    printf "$number%.0s" {1..40} >"arena/releases/$number/REVISION"
done
ln -s releases/1 arena/current
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$SOURCE/docs/night-release.md" >night.sh
want "the page has blocks" "[1-9]*" "$(grep -c bddrun night.sh)"

# night COMMIT AFTER: runs the page with this command after the switch.
night() {
    COMMIT=$1
    export COMMIT
    sign_statement gate.key "$(print_verdict "$COMMIT")" >verdict.intoto.jsonl
    cat >bddrun.yaml <<END
version: 1
deploy:
  trust: [gate.pub]
  target: {tree: arena}
  after_switch: [[sh, -c, "$2"]]
END
    bash night.sh >said 2>errors
}

night "$(printf '2%.0s' {1..40})" true
want_text "it is live in the morning" '^live: 2222' said
want_text "the journal says so" 'promoted +promotion of 2' said
want_text "and the last line takes it back" '^rolled back: 1' said
want "one line takes it back" releases/1 "$(readlink arena/current)"

# shellcheck disable=SC2016
night "$(printf '3%.0s' {1..40})" 'test $DEPLOY_RELEASE != 3'
want_text "the night says so" '^taken back by itself' said
want_text "so does the journal" 'taken_back +promotion of 3' said
want "production serves what it served" releases/1 "$(readlink arena/current)"
conclude
