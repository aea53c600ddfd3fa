#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# bddrun plan on real git repositories: ranges, shallow clones, SHA-256, production asked.
source "$(dirname "$0")/library.sh"
export HOME=$folder GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.test GIT_AUTHOR_DATE=2026-11-20T10:00:00Z
export GIT_COMMITTER_NAME='Ann Author' GIT_COMMITTER_EMAIL=ann@example.test GIT_COMMITTER_DATE=2026-11-20T10:00:00Z
export BDDRUN_NOW=2026-11-23T10:00:00Z

plan() {
    "$bddrun" plan "$@" >"$folder/out" 2>"$folder/err" </dev/null
    code=$?
}

# make NAME [git init options]
make() {
    local name=$1
    shift
    git init -q -b main "$@" "$folder/$name"
    cd "$folder/$name" || exit 1
    mkdir -p app/Games/Omaha app/Games/Holdem database/migrations
    cat >bddrun.yaml <<'END'
version: 1
components:
  omaha:
    paths: [app/Games/Omaha/**]
    tags: "@omaha"
    suspend: {command: [php, artisan, "game:suspend", omaha], resume: [php, artisan, "game:resume", omaha], idle: /api/games/omaha/idle}
  holdem:
    paths: [app/Games/Holdem/**]
    tags: "@holdem"
    suspend: {command: [php, artisan, "game:suspend", holdem], resume: [php, artisan, "game:resume", holdem]}
  database: {paths: [database/**], tags: "not @slow"}
migrations: {database: postgresql}
gate: {change: {commits: 8, lines: 400}}
deploy:
  target: {command: [deploy]}
  windows: {zone: UTC, any: [{allow: "Mon-Thu 10:00-16:00"}], schema: [{allow: "daily 01:30-06:00"}], deny: ["2026-12-24/2026-12-27"]}
END
    echo 1 >app/Games/Omaha/Pot.php
    echo 1 >app/Games/Holdem/Pot.php
    git add . && git commit -qm 'Open the tables' && git tag live
}

for format in sha1 sha256; do
    make "$format" --object-format="$format"
    echo 2 >app/Games/Omaha/Pot.php
    git commit -qam 'Split the pot'
    plan live..main
    want "$format: a plan for now" 0 "$code"
    want_text "$format: its size" '^1 commit by 1 author, the oldest of 3 days ago; 1 file, \+1 -1 lines' "$folder/out"
    want_text "$format: omaha alone is suspended" '^suspend    omaha: php artisan game:suspend omaha; idle at /api/games/omaha/idle$' "$folder/out"
    want_text "$format: and nothing else" '^           and nothing else$' "$folder/out"
    want_no_text "$format: holdem is not" 'holdem' "$folder/out"
    want_text "$format: its scenarios" '^scenarios  @omaha$' "$folder/out"
    want_text "$format: the target" '^note .*cannot go back by itself' "$folder/out"
    want_text "$format: the decision" '^decision   now; the window is open until Mon 2026-11-23 16:00 UTC' "$folder/out"
    plan live..
    want "$format: HEAD by default" 0 "$code"
    plan --from live
    want "$format: production by an option" 0 "$code"
    plan --json live..main
    want "$format: as JSON" 'later|now' "$(sed -n 's/.*"decision": "\(.*\)",/\1/p' "$folder/out" | sed 's/now/later|now/')"
    plan --at 2026-11-27T10:00:00Z live..main
    want "$format: on a Friday, later" 75 "$code"
    want_text "$format: when" '^decision   in the next window, Mon 2026-11-30 10:00 UTC$' "$folder/out"
    head=$(git rev-parse HEAD)
    plan --at 2026-11-27T10:00:00Z --schedule systemd live..main
    want "$format: a timer is printed" 0 "$code"
    awk '/^## Waiting/ { there = 1 } there && /^```$/ { inside = !inside; next } inside' "$SOURCE/docs/windows.md" >"$folder/page"
    sed "s/$head/COMMIT/; s#^WorkingDirectory=$(pwd -P)\$#WorkingDirectory=/srv/arena#" "$folder/out" >"$folder/timer"
    want "$format: as the page shows it" "" "$(diff "$folder/page" "$folder/timer" 2>&1)"
    plan --at 2026-11-27T10:00:00Z --schedule cron live..main
    want_text "$format: a line of cron" "^0 10 30 11 \* .* && cd '$(pwd -P)' && bddrun promote --commit $head\$" "$folder/out"
    plan --schedule github live..main
    want "$format: there is nothing to wait for" 0 "$code"
    want "$format: it may go out now" "bddrun promote --commit $head" "$(tail -n 1 "$folder/out")"
    plan --schedule gitlab main..main
    want "$format: nothing to schedule" 3 "$code"
    plan --schedule at live..main
    want "$format: no such form" 2 "$code"
    cat >database/migrations/2026_01_01_000000_a.php <<'END'
<?php
return new class extends Migration {
    public function up(): void
    {
        Schema::table('players', function (Blueprint $table) {
            $table->dropColumn('nick');
        });
    }

    public function down(): void
    {
        Schema::table('players', function (Blueprint $table) {
            $table->string('nick')->nullable();
        });
    }
};
END
    git add . && git commit -qm 'Drop the nick'
    plan live..main
    want "$format: a schema change waits for the night" 75 "$code"
    want_text "$format: what it does" "expand: drops a column, 'players', line 6 \(drop-column\)" "$folder/out"
    want_text "$format: it cannot be undone" 'rollback-unsafe' "$folder/out"
    want_text "$format: when" '^decision   in the next window, Tue 2026-11-24 01:30 UTC$' "$folder/out"
    plan --markdown live..main
    want_text "$format: as Markdown" '^### Release plan: in the next window' "$folder/out"
    plan main..main
    want "$format: nothing to release" 3 "$code"
done

cd "$folder/sha1" || exit 1
plan live..nope
want "an unknown commit" 2 "$code"
want_text "is named" "error: 'nope' is no commit of the repository" "$folder/err"
plan live...main
want "three dots" 2 "$code"
plan a..b c..d
want "two ranges" 2 "$code"
plan --at tomorrow live..main
want "no time" 2 "$code"
BDDRUN_NOW=yesterday plan live..main
want "no time in the environment" 2 "$code"
plan
want "production is not known" 2 "$code"
want_text "and how to say it" 'hint: name it: --from REVISION' "$folder/err"
plan --verdict "$folder/none" live..main
want "a verdict that is not there" 3 "$code"

sed -i 's,zone: UTC,zone: Europ/Stokholm,' bddrun.yaml
plan live..main
want "a misspelt zone" 2 "$code"
want_text "at its place" 'bddrun.yaml:[0-9]+:[0-9]+: error: unknown time zone' "$folder/err"
git checkout -q bddrun.yaml

git clone -q --no-local --depth=1 "file://$folder/sha1" "$folder/shallow"
cd "$folder/shallow" || exit 1
plan "$(git -C "$folder/sha1" rev-parse live)..HEAD"
want "a shallow clone without production's commit" 2 "$code"
want_text "and what deepens it" 'hint: this clone is shallow: git fetch --unshallow' "$folder/err"

mkdir "$folder/nowhere"
cd "$folder/nowhere" || exit 1
printf 'version: 1\n' >bddrun.yaml
GIT_CEILING_DIRECTORIES=$folder plan live..main
want "no repository" 4 "$code"

# What the pages show in YAML is read.
cd "$folder" || exit 1
awk -v folder="$folder/page" '
    /^```yaml$/ { file = sprintf("%s%02d.yaml", folder, ++blocks); print "version: 1" >file; next }
    /^```$/ { if (file) close(file); file = ""; next }
    file { print >file }' "$SOURCE/docs/plan.md" "$SOURCE/docs/windows.md" "$SOURCE/docs/hook.md"
read=0
for page in "$folder"/page*.yaml; do
    grep -qE '^(components|migrations|deploy|hook):' "$page" || continue # of other programs
    "$bddrun" check --show-config --config "$page" >"$folder/out" 2>"$folder/err" ||
        wrong "$page is not read: $(cat "$page" "$folder/err")"
    read=$((read + 1))
done
want "the examples of the pages" 4 "$read"

# Production is asked where the configuration says.
cd "$folder/sha1" || exit 1
if command -v python3 >/dev/null; then
    mkdir "$folder/site"
    git rev-parse live >"$folder/site/version"
    python3 -u -m http.server -d "$folder/site" -b 127.0.0.1 0 >"$folder/site.out" 2>/dev/null &
    started+=($!)
    wait_for_file "$folder/site.out"
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$folder/site.out")
    printf 'environments: {production: {url: "http://127.0.0.1:%s", revision: {at: /version}}}\n' "$port" >>bddrun.yaml
    plan
    want "production tells its commit" 75 "$code"
    want_text "the range is from there" "^$(git rev-parse live | cut -c1-10)\.\." "$folder/out"
    rm "$folder/site/version"
    plan
    want "production does not tell" 4 "$code"
fi
conclude
