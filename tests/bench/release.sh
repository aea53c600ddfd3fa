# SPDX-License-Identifier: MIT
# Sourced by tests/bench/run. The plan of a release over COMMITS (10000) commits that change 5,000
# files, beside git itself asked the same questions; and a push that concerns no scenario.
# shellcheck shell=bash

# release_history COMMITS: for git fast-import.
release_history() {
    awk -v commits="$1" 'BEGIN {
        line = "0123456789012345678901234567890123456789012345678\n"
        for (i = 0; i < 4; i++) base = base line
        for (i = 0; i < 20; i++) tail = tail line
        printf "blob\nmark :1\ndata %d\n%s\n", length(base), base
        printf "commit refs/heads/main\nmark :2\ncommitter A <a@b> 1790000000 +0000\ndata 4\nbase\n"
        for (i = 0; i < 6000; i++) printf "M 100644 :1 src/d%d/f%d.php\n", i % 100, i
        mark = 3
        for (c = 0; c < commits; c++) {
            text = sprintf("%schanged %d\n%s", line, c, tail)
            printf "\nblob\nmark :%d\ndata %d\n%s\n", mark, length(text), text
            printf "commit refs/heads/main\nmark :%d\ncommitter A%d <a@b> %d +0000\ndata 6\nchange\n", mark + 1, c % 7, 1790000000 + c
            printf "from :%d\nM 100644 :%d src/d%d/f%d.php\n", c ? mark - 1 : 2, mark, c % 100, c % 5000
            mark += 2
        }
    }'
}

bench_release() {
    local commits=${COMMITS:-10000}
    local project=$folder/release
    local range=HEAD~$commits..HEAD
    git init -q -b main "$project" && cd "$project" || exit 1
    release_history "$commits" | git fast-import --quiet
    git reset -q --hard main
    mkdir features
    printf '@omaha\nFeature: F\n  Scenario: S\n    When I send GET "/"\n    Then the status is 200\n' >features/f.feature
    {
        printf 'version: 1\nscenarios: features/\nenvironments: {here: {url: "http://127.0.0.1:1"}}\ndefault_environment: here\ncomponents:\n'
        for i in $(seq 0 99); do echo "  c$i: {paths: [src/d$i/**, lib/d$i/**], tags: '@c$i'}"; done
        echo "  papers: {paths: ['**/*.md'], tags: '@none'}"
    } >bddrun.yaml
    cat >"$folder/as_git" <<END
git log -1 --format=%H HEAD
git log --format='%H%x00%T%x00%P%x00%ct%x00%an%x00%s' $range
git log --format=%H HEAD..HEAD~$commits
git diff-tree -r -z --raw -p -U0 -M HEAD~$commits HEAD
END
    printf '%s\t%s\n' git "sh $folder/as_git" plan "$bddrun plan $range" >"$folder/release.commands"
    measure "$folder/release.commands"
    local beside
    beside=$(calculate %d "$(measured plan 2) - $(measured git 2)")
    row "\`plan\` over $commits commits and 5,000 changed files, beside git itself" \
        "$(calculate %.0f "$beside / 1000") ms" \
        "git alone: $(calculate %.0f "$(measured git 2) / 1000") ms" "≤ 1 s" "$beside" 1000000
    git add . && git -c user.name=a -c user.email=a@b commit -qm config
    echo text >README.md
    git add . && git -c user.name=a -c user.email=a@b commit -qm papers
    local line
    line="refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~1)"
    cat >"$folder/push" <<END
echo $line | $bddrun hook pre-push origin url
END
    printf 'push\tsh %s\n' "$folder/push" >"$folder/push.commands"
    measure "$folder/push.commands"
    row "\`hook pre-push\` with nothing affected" "$(calculate %.0f "$(measured push 2) / 1000") ms" "" \
        "≤ 0.2 s" "$(measured push 2)" 200000
    cd "$SOURCE" || exit 1
    rm -rf "$project"
}
