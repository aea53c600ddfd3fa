#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A gate never turns from refuse to promote when evidence is removed: of builds that are refused, each
# for another reason, every file, shard, measured file, kind of line and kind of message is taken
# away in turn.
source "$(dirname "$0")/gate_library.sh"
cd "$folder" || exit 1
make_project
git checkout -q "$production"
the_policy | sed 's/shards: 1/shards: 2/; s/minimum: 2}/minimum: 1}/
    s|minimum_files: 2}|minimum_files: 1}\n      more: {format: lcov, path: build/more.info}|' | policy
commit "In production, in two shards"
production=$(git rev-parse HEAD)
git -c user.name=Test -c user.email=test@example.test cherry-pick "$candidate" >/dev/null
candidate=$(git rev-parse HEAD)
start_site staging --commit "$candidate"
measure
awk '/rest.c/ { on = 1 } on' build/c.info >build/more.info
awk '/rest.c/ { exit } { print }' build/c.info >build/less && mv build/less build/c.info
printf 'FN:1,seats\nFNDA:1,seats\n' | sed -i '1r /dev/stdin' build/c.info
for shard in 1 2; do
    run_scenarios --shard "$shard/2"
    mv out/run.ndjson "out/$shard.ndjson"
done
rm -f run.out
mkdir "$folder/kept"

weigh() {
    gate out/1.ndjson out/2.ndjson
}
weigh
want "the whole passes" 0 "$code"
[ "$code" = 0 ] || cat "$folder/out"
cp -a out build "$folder/kept/"

restore() {
    rm -rf out build
    cp -a "$folder/spoilt/out" "$folder/spoilt/build" .
}

# still_refused WHAT: after this was removed.
still_refused() {
    weigh
    removals=$((removals + 1))
    [ "$code" != 0 ] || {
        wrong "$reason: promoted when $1 was removed"
        cat "$folder/out" >&2
    }
    restore
}

without_line_kinds() {
    local kind
    for kind in SF: DA: BRDA: FN end_of_record; do
        sed -i "/^$kind/d" build/c.info build/more.info
        still_refused "every $kind line"
    done
    for kind in meta source gherkinDocument pickle testCase testRunStarted testCaseStarted \
        testStepStarted testStepFinished testCaseFinished attachment testRunFinished; do
        sed -i "/^{\"$kind\":/d" out/1.ndjson out/2.ndjson
        still_refused "every $kind message"
    done
}

without_files() {
    local file
    for file in out/1.ndjson out/2.ndjson build/c.info build/more.info build/baseline.info; do
        rm "$file"
        still_refused "$file"
        : >"$file"
        still_refused "the content of $file"
    done
    for file in src/shop.c src/rest.c; do
        sed -i "\|^SF:$file|,/^end_of_record/d" build/c.info build/more.info
        still_refused "what was measured of $file"
    done
    for file in 1 2; do
        gate "out/$file.ndjson"
        [ "$code" != 0 ] || wrong "$reason: promoted by shard $file alone"
    done
    gate
    [ "$code" != 0 ] || wrong "$reason: promoted without any run"
}

# spoil REASON FILE SED…: refused for this reason, and whatever is taken away then.
removals=0
spoil() {
    reason=$1
    rm -rf out build "$folder/spoilt"
    cp -a "$folder/kept/out" "$folder/kept/build" .
    sed -i -E "$3" "$2"
    mkdir "$folder/spoilt"
    cp -a out build "$folder/spoilt/"
    weigh
    [ "$code" != 0 ] || wrong "$reason: was not refused"
    without_files
    without_line_kinds
}
spoil "a scenario failed" out/2.ndjson \
    's/"status":"PASSED"/"status":"FAILED"/; s/"passed\\":1/"passed\\":0/; s/"failed\\":0/"failed\\":1/; s/"exitCode\\":0/"exitCode\\":1/'
spoil "a file is not covered" build/more.info 's/^(DA:[0-9]+),.*/\1,0/'
spoil "a new line is not covered" build/c.info 's/^DA:9,.*/DA:9,0/'
[ "$removals" -ge 80 ] || wrong "only $removals removals were tried"
conclude
