#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Verdicts between bddrun and openssl: what one signs the other verifies; docs/verdict.md does.
source "$(dirname "$0")/library.sh"
source "$(dirname "$0")/verdict_library.sh"
command -v openssl >/dev/null || { echo "openssl is not here"; exit 77; }
cd "$folder" || exit 1
commit=$(printf '1%.0s' {1..40})

# verify CODE REGEX [ARGUMENT…]
verify() {
    local code=$1 text=$2
    shift 2
    "$bddrun" verify --key gate.pub --digest "$commit" "$@" >said 2>&1
    want "verify $*" "$code" "$?"
    want_text "verify $*" "$text" said
}

"$bddrun" keygen gate >said || wrong "keygen failed"
"$bddrun" keygen --algorithm ecdsa-p256 --json p256 >p256.json || wrong "keygen of P-256 failed"
want "the mode of a private key" 600 "$(stat -c %a gate.key)"
want "the id is the digest of the DER" "$(openssl pkey -pubin -in gate.pub -outform DER | sha256sum | cut -d' ' -f1)" \
    "$(sed -n 's/^key-id: //p' gate.pub)"
want "a key for cosign is P-256" "*prime256v1*" "$(openssl pkey -pubin -in p256.pub -noout -text)"

# openssl signs, bddrun verifies.
sign_statement gate.key "$(print_verdict "$commit")" >verdict.jsonl || wrong "openssl does not sign"
verify 0 '^accepted$' verdict.jsonl
verify 0 '"answer":"accepted"' --json verdict.jsonl
verify 0 '^accepted$' --policy "sha256:$(printf '3%.0s' {1..64})" verdict.jsonl
verify 3 'made by another policy' --policy "$(printf '4%.0s' {1..64})" verdict.jsonl
verify 3 'about another build' --digest "$(printf '5%.0s' {1..40})" verdict.jsonl
verify 2 'private key .*where the public|wrong type|no key' --override-key gate.key verdict.jsonl
verify 3 'there is no verdict: no file' nowhere.jsonl
sed 's/"sig":"..../"sig":"AAAA/' verdict.jsonl >altered.jsonl
verify 1 'not signed by a trusted key' altered.jsonl
: >empty.jsonl
verify 3 'no verdict in the file' empty.jsonl
sign_statement gate.key "$(print_verdict "$commit" FAILED)" >refused.jsonl
verify 1 'the gate said FAILED: scenarios.passed: as the test wants it' refused.jsonl
sign_statement gate.key "$(print_verdict "$commit" PASSED 2020-01-01T00:00:00Z 2020-01-02T00:00:00Z)" >old.jsonl
verify 3 'expired at 2020-01-02' old.jsonl
sed 's/^expires:.*/expires: 2020-01-01/' gate.pub >expired.pub
"$bddrun" verify --key expired.pub --digest "$commit" verdict.jsonl >said 2>&1
want "a key that has expired" 1 "$?"
want_text "a key that has expired" 'expired on 2020-01-01' said
openssl genrsa -out rsa.key 2048 2>/dev/null
openssl pkey -in rsa.key -pubout -out rsa.pub
"$bddrun" verify --key rsa.pub --digest "$commit" verdict.jsonl >said 2>&1
want "a key of the wrong type" 2 "$?"
want_text "a key of the wrong type" "wrong type in file 'rsa.pub': RSA" said

# The lines of the page, as they stand there.
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$SOURCE/docs/verdict.md" >page.sh
sh -e page.sh >said 2>&1
want "openssl verifies by the lines of the page" 0 "$?"
want_text "openssl verifies" 'Signature Verified Successfully' said
want_text "the payload is the statement" '"result":"PASSED"' payload
cp verdict.jsonl good.jsonl
sed 's/"payload":"ey/"payload":"eX/' good.jsonl >verdict.jsonl
sh -e page.sh >said 2>&1
want "openssl refuses what was altered" 1 "$?"
conclude
