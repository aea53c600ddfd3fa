# SPDX-License-Identifier: MIT
# Sourced by tests that need a signed verdict without a run and a gate: made with openssl alone.
# shellcheck shell=bash

# sign_statement KEY STATEMENT: prints an envelope of DSSE, signed by the private key (Ed25519).
sign_statement() {
    local type=application/vnd.in-toto+json
    printf %s "$2" >"$folder/payload"
    printf 'DSSEv1 %s %s %s ' "${#type}" "$type" "$(wc -c <"$folder/payload")" >"$folder/pae"
    cat "$folder/payload" >>"$folder/pae"
    openssl pkeyutl -sign -inkey "$1" -rawin -in "$folder/pae" -out "$folder/signature" || return 1
    printf '{"payload":"%s","payloadType":"%s","signatures":[{"keyid":"","sig":"%s"}]}\n' \
        "$(base64 -w 0 "$folder/payload")" "$type" "$(base64 -w 0 "$folder/signature")"
}

# print_verdict COMMIT [RESULT [MADE [EXPIRES]]]: the statement of a verdict by one rule.
print_verdict() {
    local commit=$1 result=${2:-PASSED}
    local made=${3:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}
    local expires=${4:-2499-01-01T00:00:00Z}
    local policy
    policy=$(printf '3%.0s' {1..64})
    printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"commit","digest":{"gitCommit":"%s"}}],' "$commit"
    printf '"predicateType":"https://bddrun.dev/coverage-gate/v1","predicate":{"result":"%s","commit":"%s",' "$result" "$commit"
    printf '"policy":{"path":"bddrun.yaml","sha256":"%s"},"madeAt":"%s","testedAt":"%s","expiresAt":"%s",' "$policy" "$made" "$made" "$expires"
    printf '"rules":[{"name":"scenarios.passed","result":"%s","reason":"as the test wants it"}]}}' "$result"
}
