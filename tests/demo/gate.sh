# SPDX-License-Identifier: MIT
# Sourced by ./dev: the gate refuses the demo for two reasons in turn, and passes when all is well.
# shellcheck shell=bash

# gate_says CODE: what the gate is expected to answer on the project.
gate_says() {
    local code=0
    (cd "$demo_out/gate" && "$demo_bddrun" gate --production HEAD~1) || code=$?
    [ "$code" -eq "$1" ] || {
        echo "dev: the gate should have answered $1, not $code" >&2
        return 1
    }
}

# A project in a repository of its own: what is in production, and a candidate that adds a line.
make_gate_project() {
    mkdir -p "$demo_out/gate/src" "$demo_out/gate/build"
    cp scenarios/motd.feature "$demo_out/gate/"
    (
        cd "$demo_out/gate" || exit
        cat >bddrun.yaml <<'END'
scenarios: .
output: out/
reports: [message:run.ndjson]
environments:
  staging: {url: "http://127.0.0.1:1", revision: {at: /version, json: $.commit}}
gate:
  policy_from: production
  coverage:
    reports: {c: {format: lcov, path: build/c.info, sources: ["src/*.c"]}}
    lines: {total: 75, changed: 100}
END
        printf 'build/\nout/\n' >.gitignore
        git init -q .
        seq 4 >src/shop.c
        git add -A
        git -c user.name=Demo -c user.email=demo@example.test commit -qm "In production"
        seq 5 >src/shop.c
        git -c user.name=Demo -c user.email=demo@example.test commit -qam "The candidate"
    )
}

demo_gate() {
    local demo_bddrun=$PWD/build/dev/bddrun measured=$demo_out/gate/build/c.info
    say "the gate: a project whose release is judged by its scenarios on staging and by its coverage"
    rm -rf "$demo_out/gate"
    make_gate_project
    demo_site_commit=$(git -C "$demo_out/gate" rev-parse HEAD)
    start_site staging
    demo_site_commit=
    (cd "$demo_out/gate" && "$demo_bddrun" run -q --environment staging --base-url "$site_url")
    stop_site
    say "the line that the candidate adds is not covered: refused"
    printf 'SF:src/shop.c\nDA:1,1\nDA:2,1\nDA:3,1\nDA:5,0\nend_of_record\n' >"$measured"
    gate_says 1
    say "the report of the coverage is not there at all: blocked, which is another answer"
    rm "$measured"
    gate_says 3
    say "all is well"
    printf 'SF:src/shop.c\nDA:1,1\nDA:2,1\nDA:3,1\nDA:5,7\nend_of_record\n' >"$measured"
    gate_says 0
}
