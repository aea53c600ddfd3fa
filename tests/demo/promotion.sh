# SPDX-License-Identifier: MIT
# Sourced by ./dev: the demo site promoted by an atomic switch, a broken release promoted and taken back by
# itself, and the plan of a change that suspends only omaha.
# shellcheck shell=bash

# promotion_says CODE WORD…: bddrun on the demo's project, and the exit code that is expected.
promotion_says() {
    local expected=$1 code=0
    shift
    echo "\$ bddrun $*"
    (cd "$promotion" && "$promotion_bddrun" "$@") || code=$?
    [ "$code" -eq "$expected" ] || {
        echo "dev: bddrun $1 should have answered $expected, not $code" >&2
        return 1
    }
}

# A verdict of the commit, signed with the key of the demo's gate (docs/verdict.md says how it is made).
demo_verdict() {
    local folder=$promotion/signing
    mkdir -p "$folder"
    # shellcheck source=/dev/null
    source tests/integration/verdict_library.sh
    sign_statement "$promotion/gate.key" "$(print_verdict "$1")" >"$promotion/verdict.$2.jsonl"
}

# add_release NAME FLAVOUR FILE MESSAGE: a commit that changes the file, and its release in the tree.
add_release() {
    (
        cd "$promotion" || exit
        mkdir -p "$(dirname "$3")" "arena/releases/$1"
        echo "release $1" >>"$3"
        git add "$3"
        git -c user.name=Demo -c user.email=demo@example.test commit -qm "$4"
        git rev-parse HEAD >"arena/releases/$1/REVISION"
        echo "$2" >"arena/releases/$1/FLAVOUR"
    )
    demo_verdict "$(cat "$promotion/arena/releases/$1/REVISION")" "$1"
}

make_promotion_project() {
    rm -rf "$promotion"
    mkdir -p "$promotion/smoke"
    git init -q "$promotion"
    "$promotion_bddrun" keygen "$promotion/gate" >/dev/null
    # The site is one process: after a switch the one of the live release takes its place.
    cat >"$promotion/serve.sh" <<END
#!/bin/sh
if [ -e "$promotion/site.pid" ]; then kill "\$(cat "$promotion/site.pid")"; fi
port=0
if [ -e "$promotion/site.port" ]; then port=\$(cat "$promotion/site.port"); fi
for try in 1 2 3 4 5 6 7 8 9 10; do
    rm -f "$promotion/site.port"
    setsid "$PWD/build/dev/tests/site/bddrun-site" --port "\$port" --port-file "$promotion/site.port" \\
        --flavour "\$(cat FLAVOUR)" --commit "\$(cat REVISION)" >/dev/null 2>&1 </dev/null &
    echo \$! >"$promotion/site.pid"
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        if [ -s "$promotion/site.port" ]; then exit 0; fi
        if ! kill -0 "\$(cat "$promotion/site.pid")" 2>/dev/null; then break; fi
        sleep 0.2
    done
done
exit 1
END
    chmod +x "$promotion/serve.sh"
    cat >"$promotion/smoke/search.feature" <<'END'
@smoke
Feature: What players do first
  Scenario: Somebody looks for a game
    When I send GET "/api/search?q=omaha"
    Then the status is 200
    And the JSON at "$.query" is "omaha"
END
}

start_promotion_site() {
    (cd "$promotion/arena/current" && "$promotion/serve.sh")
    promotion_url=http://127.0.0.1:$(cat "$promotion/site.port")
    cat >"$promotion/bddrun.yaml" <<END
version: 1
scenarios: smoke/
environments:
  production: {url: "$promotion_url", revision: {at: /version, json: \$.commit}, read_only: true}
components:
  omaha:
    paths: [app/Games/Omaha/**]
    suspend: {command: [touch, "$promotion/omaha-is-suspended"], resume: [rm, -f, "$promotion/omaha-is-suspended"]}
  holdem:
    paths: [app/Games/Holdem/**]
    suspend: {command: [touch, "$promotion/holdem-is-suspended"], resume: [rm, -f, "$promotion/holdem-is-suspended"]}
deploy:
  trust: [gate.pub]
  target: {tree: arena}
  after_switch: [["$promotion/serve.sh"]]
  verify: {marker: 3, scenarios: "@smoke", within: 2 min}
END
}

stop_promotion_site() {
    if [ -e "$promotion/site.pid" ]; then kill "$(cat "$promotion/site.pid")" 2>/dev/null || true; fi
}

demo_promotion() {
    promotion=$PWD/$demo_out/promotion
    promotion_bddrun=$PWD/build/dev/bddrun
    make_promotion_project
    add_release 1 staging app/Games/Holdem/rules.txt "In production"
    ln -s releases/1 "$promotion/arena/current"
    add_release 2 staging app/Games/Omaha/rules.txt "Omaha deals five cards"
    trap 'stop_promotion_site; stop_site' EXIT
    start_promotion_site
    if "$promotion_bddrun" help plan >/dev/null 2>&1; then
        say "the plan of a change: it touches omaha, so only omaha is suspended"
        promotion_says 0 plan HEAD~1..HEAD
    fi
    say "what promote is going to do: only omaha is suspended"
    promotion_says 0 promote --verdict verdict.2.jsonl --release 2 --dry-run
    say "promoted by an atomic switch, seen by its revision, checked by its scenarios"
    promotion_says 0 promote --verdict verdict.2.jsonl --release 2
    add_release 3 broken app/Games/Omaha/rules.txt "Omaha deals six cards, and breaks the search"
    say "a release that breaks the search: it goes live, fails its scenario, and is taken back by itself"
    promotion_says 5 promote --verdict verdict.3.jsonl --release 3
    say "who did what, on which evidence"
    promotion_says 0 journal
    promotion_says 0 status
    stop_promotion_site
    trap stop_site EXIT
}
