#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The pre-push hook under real git: every form of push that githooks(5) knows, SHA-256, work trees,
# other hooks; the scenarios run against a small site.
source "$(dirname "$0")/library.sh"
export HOME=$folder GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.test
export GIT_COMMITTER_NAME='Ann Author' GIT_COMMITTER_EMAIL=ann@example.test
start_site staging --flavour staging

# make NAME [git init options]: a project with two components, pushed, the hook installed.
make() {
    local name=$1
    shift
    git init -q --bare -b main "$@" "$folder/$name.git"
    git init -q -b main "$@" "$folder/$name"
    cd "$folder/$name" || exit 1
    git remote add origin "$folder/$name.git"
    mkdir -p app/omaha app/holdem features
    cat >bddrun.yaml <<END
version: 1
scenarios: features/
default_environment: here
environments: {here: {url: "$site_url"}}
components:
  omaha: {paths: [app/omaha/**], tags: "@omaha"}
  holdem: {paths: [app/holdem/**], tags: "@holdem"}
  papers: {paths: ["**/*.md"], tags: "@none"}
hook: {budget: 600 s}
END
    for game in omaha holdem; do
        cat >"features/$game.feature" <<END
@$game
Feature: $game

  Scenario: $game is there
    When I send GET "/"
    Then the status is 200
END
        echo 1 >"app/$game/a.php"
    done
    echo bddrun-out >.gitignore
    git add . && git commit -qm One
    git push -q origin main 2>/dev/null
    "$bddrun" hook install >"$folder/out" 2>"$folder/err" || wrong "$name: hook install"
}

# push ARGUMENTS…: what git and the hook say is in push.out
push() {
    git push "$@" >"$folder/push.out" 2>&1 </dev/null
    code=$?
}

commit() {
    echo "$RANDOM$RANDOM" >"$1"
    git add -A :/ && git commit -qm "${2:-Change $1}"
}

for format in sha1 sha256; do
    make "$format" --object-format="$format"
    commit app/omaha/a.php
    push origin main
    want "$format: what passes is pushed" 0 "$code"
    want_text "$format: only what is concerned was run" '^bddrun: 1 scenario$' "$folder/push.out"
    commit README.md
    push origin main
    want "$format: nothing concerned is pushed" 0 "$code"
    want_text "$format: and said" '0 scenarios selected' "$folder/push.out"
    push origin main
    want "$format: nothing to push" 0 "$code"
    commit composer.json
    push origin main
    want_text "$format: a file of nobody concerns all" '^bddrun: 2 scenarios, all of them: a changed file belongs to no component' "$folder/push.out"

    # What is pushed is tested, not what lies about.
    commit app/holdem/a.php
    sed -i 's/200/404/' features/omaha.feature
    push origin main
    want "$format: the work tree does not count" 0 "$code"
    want_text "$format: but a tree of the commit" 'in a work tree of the pushed commit' "$folder/push.out"
    want "$format: which is gone" 1 "$(git worktree list | wc -l)"
    git commit -qam 'Break omaha'
    push origin main
    want "$format: what fails is refused" 1 "$code"
    want_text "$format: and how to pass" 'the push is refused; git push --no-verify' "$folder/push.out"
    push origin HEAD~1:refs/heads/older
    want "$format: an expression is pushed" 0 "$code"
    push --no-verify origin main
    want "$format: without the hook" 0 "$code"
    git reset -q --hard HEAD~1
    push --force origin main
    want "$format: a forced push is compared with what is there" 0 "$code"
    want_text "$format: the feature that it changes" '^bddrun: 1 scenario' "$folder/push.out"

    # New refs, tags, deletions, several at once.
    git checkout -q -b side
    commit app/holdem/b.php
    push origin side
    want "$format: a new branch" 0 "$code"
    want_text "$format: has its own commits" '^bddrun: 1 scenario' "$folder/push.out"
    git tag -a -m tag v1
    push origin v1
    want "$format: a tag of what is there" 0 "$code"
    want_text "$format: brings nothing" 'changes no file: 0 scenarios selected' "$folder/push.out"
    push origin --delete side
    want "$format: a deletion" 0 "$code"
    want_no_text "$format: is not checked" '^bddrun: ' "$folder/push.out"
    commit app/omaha/c.php
    git tag v2
    push origin side v2 :older
    want "$format: several refs" 0 "$code"
    want "$format: one commit is checked once" 1 "$(grep -c '^bddrun: [0-9]* scenario' "$folder/push.out")"

    # Somebody else forced the branch: what the remote has is not here.
    git clone -q "$folder/$format.git" "$folder/$format-other"
    (cd "$folder/$format-other" && git checkout -q side && echo other >app/omaha/d.php && git add . &&
        git commit -q --amend -m Other && git push -qf origin side)
    push --force origin side
    want "$format: over an unknown commit" 0 "$code"
    git checkout -q main

    # A linked work tree, where git sets GIT_DIR.
    git worktree add -q "$folder/$format-linked" -b linked
    cd "$folder/$format-linked" || exit 1
    commit app/omaha/e.php
    push origin linked
    want "$format: from a linked work tree" 0 "$code"
    want_text "$format: too" '^bddrun: 1 scenario' "$folder/push.out"
    cd "$folder/$format" || exit 1
done

# From here on one repository will do.
cd "$folder/sha1" || exit 1
mkdir -p sub
cd sub || exit 1
commit ../app/omaha/f.php
push origin main
want "from a folder below" 0 "$code"
cd ..

# Declared and measured.
cat >features/table.feature <<'END'
Feature: Table

  @covers:app/holdem/**
  Scenario: Cards are dealt
    When I send GET "/"
    Then the status is 200

  Scenario: The pot is split
    When I send GET "/"
    Then the status is 200
END
git add . && git commit -qm 'Add the table'
push origin main
want_text "new scenarios are run" '^bddrun: 2 scenarios' "$folder/push.out"
commit app/holdem/a.php
push origin main
want_text "what covers it by its own word" '^bddrun: 2 scenarios' "$folder/push.out"
printf 'TN:The_pot_is_split\nSF:/x/app/omaha/a.php\nDA:1,3\nend_of_record\nTN:Cards_are_dealt\nSF:app/omaha/a.php\nDA:1,0\nend_of_record\n' >"$folder/map.info"
sed -i "s,^hook:.*,hook: {budget: 600 s\, coverage: $folder/map.info\, failures: $folder/rerun.txt}," bddrun.yaml
git commit -qam 'Measure' && push origin main
want_text "the configuration concerns all" 'all of them: the configuration was changed' "$folder/push.out"
commit app/omaha/a.php
push origin main
want_text "what was measured to run it" '^bddrun: 2 scenarios' "$folder/push.out"
printf 'features/holdem.feature:4\nfeatures/gone.feature:1\n' >"$folder/rerun.txt"
commit app/omaha/a.php
push origin main
want_text "and what failed last" '^bddrun: 3 scenarios' "$folder/push.out"
sed -i "s,^hook:.*,hook: {budget: 600 s}," bddrun.yaml
git commit -qam 'Measure no more' && push origin main

# Nothing answers; the time is over.
sed -i "s,^hook:.*,hook: {budget: 1 ms}," bddrun.yaml
git commit -qam 'In no time' && push origin main
want "when the time is over the push goes on" 0 "$code"
want_text "and it is said" 'the time is over \(hook.budget\): 4 of 4 scenarios were not run' "$folder/push.out"
sed -i "s,^hook:.*,hook: {when_unable: warn},; s,url: \".*\"},url: \"http://127.0.0.1:1\"}," bddrun.yaml
git commit -qam 'Nobody there' && push origin main
want "when nothing answers the push goes on" 0 "$code"
want_text "and it is said" 'nothing answered: the push goes on unchecked' "$folder/push.out"
sed -i "s,^hook:.*,hook: {when_unable: refuse}," bddrun.yaml
git commit -qam 'Nobody there' && push origin main
want "unless it must" 1 "$code"
git reset -q --hard HEAD~2
git push -qf --no-verify origin main 2>/dev/null
git checkout -q HEAD -- .
sed -i "s,^hook:.*,hook: {budget: 600 s}," bddrun.yaml
git commit -qam 'In time' && git push -q --no-verify origin main 2>/dev/null

# Other hooks, and out again.
"$bddrun" hook install >"$folder/out"
want_text "again is anew" '^installed anew: ' "$folder/out"
"$bddrun" hook install --uninstall >"$folder/out"
want_text "out" '^removed: ' "$folder/out"
"$bddrun" hook install --uninstall >"$folder/out"
want_text "twice" '^not installed: ' "$folder/out"
printf '#!/bin/sh\ncat >"%s"\n' "$folder/seen" >.git/hooks/pre-push
chmod +x .git/hooks/pre-push
"$bddrun" hook install >"$folder/out"
want_text "behind another" 'the hook that was there runs first' "$folder/out"
commit app/omaha/a.php
push origin main
want_text "which gets what git says" '^refs/heads/main ' "$folder/seen"
want_text "and then ours runs" '^bddrun: 1 scenario' "$folder/push.out"
printf '#!/bin/sh\nexit 7\n' >.git/hooks/pre-push.before-bddrun
commit app/omaha/a.php
push origin main
want "what the other refuses is refused" 1 "$code"
want_no_text "at once" '^bddrun: ' "$folder/push.out"
"$bddrun" hook install --uninstall >"$folder/out"
want_text "back" '^removed; the hook that was there before is back' "$folder/out"
rm .git/hooks/pre-push
git config core.hooksPath .githooks
"$bddrun" hook install >"$folder/out"
want "where core.hooksPath says" yes "$([ -x .githooks/pre-push ] && echo yes)"
git config core.hooksPath .husky/_
"$bddrun" hook install >"$folder/out" 2>"$folder/err"
want "husky's folder" 2 "$?"
want_text "is husky's" 'hint: add the line' "$folder/err"
git config --unset core.hooksPath

# Called by others than git.
PRE_COMMIT_FROM_REF=$(git rev-parse HEAD~1) PRE_COMMIT_TO_REF=$(git rev-parse HEAD) \
    "$bddrun" hook pre-push >"$folder/push.out" 2>&1 </dev/null
want "by pre-commit" 0 "$?"
want_text "with its range" '^bddrun: 1 scenario' "$folder/push.out"
rm -rf .githooks .husky
mkfifo "$folder/silent"
"$bddrun" hook pre-push <>"$folder/silent" >"$folder/push.out" 2>&1
want "with nothing on its input" 0 "$?"
want_text "what would be pushed" '^bddrun: 1 scenario' "$folder/push.out"
mkdir below
git mv bddrun.yaml features below/
sed -i 's,\[app/,[below/app/,' below/bddrun.yaml
git mv app below/app
git commit -qam 'Move it below' && git push -q --no-verify origin main 2>/dev/null
commit below/app/holdem/a.php
BDDRUN_CONFIG=below/bddrun.yaml "$bddrun" hook pre-push origin url >"$folder/push.out" 2>&1 \
    <<<"refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~1)"
want "a project below the top" 0 "$?"
want_text "has its scenarios there" '^bddrun: 1 scenario' "$folder/push.out"
export BDDRUN_CONFIG=below/bddrun.yaml
echo nonsense | "$bddrun" hook pre-push origin url >"$folder/push.out" 2>&1
want "what is no line of git's" 1 "$?"
"$bddrun" hook >"$folder/push.out" 2>&1
want "no word" 2 "$?"
conclude
