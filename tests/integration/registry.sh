#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# An image promoted and rolled back in Debian's docker-registry: open, with passwords, with tokens of an
# authorization server.
source "$(dirname "$0")/library.sh"
source "$(dirname "$0")/verdict_library.sh"
source "$(dirname "$0")/registry/registry.sh"
for program in docker-registry openssl node php curl; do
    command -v "$program" >/dev/null || { echo "$program is missing: ./dev setup" && exit 77; }
done
cd "$folder" || exit 1
"$bddrun" keygen gate >said || wrong "keygen failed"
commit=$(printf '7%.0s' {1..40})
export REGISTRY_USER=ann REGISTRY_PASSWORD=open:sesame

# verdict_of DIGEST: a verdict about the commit and the image.
verdict_of() {
    sign_statement gate.key "$(print_verdict "$commit" |
        sed "s|\"subject\":\[|&{\"name\":\"image\",\"digest\":{\"sha256\":\"${1#sha256:}\"}},|")"
}

# configure EXTRA: bddrun.yaml for the registry that runs.
configure() {
    printf 'version: 1\ndeploy:\n  trust: [gate.pub]\n  journal: %s\n  target: {image: "http://%s/arena/web", tag: production%s}\n' \
        "$folder/journal-$registry" "$registry" "$1" >bddrun.yaml
}

does() {
    local code=$1 text=$2
    shift 2
    "$bddrun" "$@" >said 2>&1
    want "$*" "$code" "$?"
    want_text "$*" "$text" said
    want_no_text "$* keeps the password" 'open:sesame|YW5uOm9wZW46c2VzYW1l' said
}

start_registry open
open=$registry
first=$(push arena/web first)
second=$(push arena/web second)
verdict_of "$first" >v1
verdict_of "$second" >v2

# The second, and back to the first.
promote_and_return() {
    does 0 '^live already' promote --digest "$first" --verdict v1
    does 0 '^promoted' promote --digest "$second" --verdict v2
    want "the second is live" "$second" "$(tag_of arena/web production)"
    does 0 '^rolled back' rollback
    want "the first is live again" "$first" "$(tag_of arena/web production)"
    does 3 'about another build' promote --digest "$second" --verdict v1
}

configure ''
does 0 '^promoted' promote --digest "$first" --verdict v1
want "the first is live" "$first" "$(tag_of arena/web production)"
promote_and_return
does 4 "has no image" promote --digest "sha256:$(printf '0%.0s' {1..64})" --verdict v1
does 2 'no digest of an image' promote --digest sha256:12 --verdict v1
want "what is wrong changes nothing" "$first" "$(tag_of arena/web production)"

login=', user: {env: REGISTRY_USER}, password: {env: REGISTRY_PASSWORD}'
start_registry passwords "$(htpasswd_auth)"
configure ''
does 4 'answers 401' promote --digest "$second" --verdict v2
configure "$login"
promote_and_return

token_auth
start_registry tokens "token: {realm: $token_realm, service: arena, issuer: bddrun-test, rootcertbundle: $folder/token.pem}"
configure "$login"
promote_and_return
REGISTRY_PASSWORD=wrong does 4 'answers 401' promote --digest "$second" --verdict v2

# A registry that is gone is said, and nothing is written.
kill "${started[-1]}"
wait "${started[-1]}" 2>/dev/null
does 4 'does not answer|refused' promote --digest "$second" --verdict v2
want "the tag stays" "$first" "$(tag_of arena/web production)"
conclude
