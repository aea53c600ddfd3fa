# SPDX-License-Identifier: MIT
# Sourced by the tests of the gate: a project in a repository, its staging, what its tests measured.
# shellcheck shell=bash
source "$(dirname "${BASH_SOURCE[0]}")/library.sh"
unset BDDRUN_SIGNING_KEY BDDRUN_OVERRIDE_KEY BDDRUN_ARTEFACT BDDRUN_ATTEMPT

commit() {
    git add -A
    git -c user.name=Test -c user.email=test@example.test commit -qm "$1"
}

# policy: the bddrun.yaml of the project, its section `gate` from standard input.
policy() {
    cat >bddrun.yaml <<END
scenarios: scenarios/
output: out/
reports: [message:run.ndjson]
environments:
  staging:
    url: http://127.0.0.1:1
    revision: {at: /version, json: \$.commit}
components:
  shop: {paths: [src/shop.c]}
  rest: {paths: [src/rest.c]}
END
    cat >>bddrun.yaml
}

the_policy() {
    cat <<'END'
gate:
  policy_from: production
  scenarios: {minimum: 2}
  coverage:
    reports:
      c: {format: lcov, path: build/c.info, sources: ["src/*.c"], minimum_files: 2}
    lines: {total: 75, file: 50, changed: 100}
    branches: 50
    components: {shop: 80}
    ratchet: production
    baseline: build/baseline.info
    minimum_files: 2
    minimum_lines: 8
  change: {commits: 3, lines: 40}
  evidence: {max_age: 6 h, shards: 1, artefact: required}
END
}

# The repository: what is in production, and one commit upon it.
make_project() {
    git init -q project
    cd project || exit 1
    git config gc.auto 0
    mkdir scenarios src build
    printf 'build/\nout/\n*.info\n*.key\n*.pub\n' >.gitignore
    cat >scenarios/shop.feature <<'END'
Feature: Shop
  Scenario: The version is told
    When I send GET "/version"
    Then the status is 200

  @new
  Scenario: The lobby is there
    When I send GET "/version"
    Then the status is 200
END
    seq -f 'shop line %g' 8 >src/shop.c
    seq -f 'rest line %g' 4 >src/rest.c
    the_policy | policy
    commit "In production"
    production=$(git rev-parse HEAD)
    sed -i '3s/.*/shop line 3, better/' src/shop.c
    echo 'shop line 9' >>src/shop.c
    commit "The candidate"
    candidate=$(git rev-parse HEAD)
}

# What the tests of the candidate measured, and those of production.
measure() {
    cat >build/c.info <<'END'
SF:src/shop.c
DA:1,1
DA:2,1
DA:3,2
DA:5,1
DA:8,0
DA:9,4
BRDA:2,0,0,1
BRDA:2,0,1,0
end_of_record
SF:src/rest.c
DA:1,1
DA:2,1
DA:3,0
DA:4,1
end_of_record
END
    {
        echo "# bddrun baseline of $production"
        cat <<'END'
SF:src/shop.c
DA:1,1
DA:2,1
DA:3,2
DA:5,1
DA:8,0
end_of_record
SF:src/rest.c
DA:1,1
DA:2,1
DA:3,0
DA:4,1
end_of_record
END
    } >build/baseline.info
}

# Runs the scenarios against a staging that serves the candidate.
run_scenarios() {
    "$bddrun" run --environment staging --base-url "$site_url" --artefact src/shop.c "$@" \
        >run.out 2>&1
}

gate() {
    "$bddrun" gate --production "$production" "$@" >"$folder/out" 2>"$folder/err"
    code=$?
}
