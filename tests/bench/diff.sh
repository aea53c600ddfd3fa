# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Part of tests/bench/run: `bddrun diff` beside npm's jsondiffpatch, microdiff and fast-json-patch, and what
# doubling a pathological input costs. shellcheck disable=SC2154
DIFF_OBJECTS=61000

# Differences are no failure here.
diff_wrapper() {
    printf '#!/bin/sh\n"$@"\n[ $? -le 1 ]\n' >"$folder/differs"
    chmod +x "$folder/differs"
}

# pair KIND SIZE: $folder/KIND-SIZE-{a,b}.json
pair() {
    [ -f "$folder/$1-$2-b.json" ] || "$tools/bench-documents" "$1" "$2" "$folder/$1-$2-a.json" "$folder/$1-$2-b.json"
}
pair_files() { echo "$folder/$1-$2-a.json $folder/$1-$2-b.json"; }

# The modules of peers/package.json, once, into the build folder.
diff_peers() {
    modules=$BUILD/bench-diff-peers
    if [ ! -d "$modules/node_modules/microdiff" ] && command -v npm >/dev/null; then
        mkdir -p "$modules"
        cp "$SOURCE/tests/bench/peers/package.json" "$modules/"
        npm install --silent --prefix "$modules" >/dev/null 2>&1
    fi
    cp "$SOURCE/tests/bench/peers/diff_peer.mjs" "$modules/" 2>/dev/null
    [ -d "$modules/node_modules/microdiff" ]
}

# The totals of bddrun's answer, e.g. "60647 moved".
diff_totals() {
    # shellcheck disable=SC2046
    "$bddrun" diff $(pair_files "$1" "$2") 2>/dev/null | tail -n 1
}

bench_diff() {
    diff_wrapper
    local kind tool
    for kind in changed inserted shuffled; do
        pair $kind $DIFF_OBJECTS
        printf '%s\t%s\n' "bddrun-$kind" "$folder/differs $bddrun diff $(pair_files $kind $DIFF_OBJECTS)" >>"$folder/diff-commands"
    done
    measure "$folder/diff-commands" 7
    bench_diff_rows
    bench_diff_peers
    bench_diff_doubling
}

bench_diff_rows() {
    local kind seconds memory size
    size=$(calculate %.1f "$(stat -c %s "$folder/changed-$DIFF_OBJECTS-a.json") / 1e6")
    for kind in changed inserted shuffled; do
        seconds=$(calculate %.3f "$(measured "bddrun-$kind" 3) / 1e6")
        memory=$(calculate %.0f "$(measured "bddrun-$kind" 4) / 1024")
        row "\`bddrun diff\`, two JSON files of $size MB, $DIFF_OBJECTS objects, $kind: CPU" "$seconds s" \
            "$(diff_totals $kind $DIFF_OBJECTS)" "≤ 0.30 s" "$seconds" 0.30
        row "the same: peak resident" "$memory MiB" "" "≤ 256 MiB" "$memory" 256
    done
    seconds=$(calculate %.2f "$(measured bddrun-shuffled 3) / $(measured bddrun-changed 3)")
    row "shuffled over in order: CPU" "$seconds ×" "" "≤ 1.5 ×" "$seconds" 1.5
}

bench_diff_peers() {
    local kind tool
    diff_peers || return
    for tool in microdiff fast-json-patch jsondiffpatch; do
        for kind in changed inserted shuffled; do
            # With an identity jsondiffpatch takes a minute and 12 GB for what is shuffled.
            [ $tool-$kind = jsondiffpatch-shuffled ] && continue
            printf '%s\t%s\n' "$tool-$kind" "node --max-old-space-size=4096 $modules/diff_peer.mjs $tool $(pair_files $kind $DIFF_OBJECTS)"
        done
    done >"$folder/diff-peers"
    cp "$folder/measured" "$folder/measured-bddrun"
    measure "$folder/diff-peers" 3
    cat "$folder/measured-bddrun" >>"$folder/measured"
    while IFS=$'\t' read -r name command; do
        tool=${name%-*}
        kind=${name##*-}
        # shellcheck disable=SC2086
        row "npm's $tool, $kind: CPU" "$(calculate %.2f "$(measured "$name" 3) / 1e6") s" \
            "$(calculate %.1f "$(measured "$name" 3) / $(measured "bddrun-$kind" 3)") × bddrun's; $(calculate %.0f "$(measured "$name" 4) / 1024") MiB; it says: $($command)" "-" 0 ""
    done <"$folder/diff-peers"
}

# What twice the input costs: 2 is linear, 4 quadratic.
bench_diff_doubling() {
    local kind sizes size ratio
    : >"$folder/doubling"
    for kind in strings near all numbers keys deep; do
        sizes='100000 200000 400000'
        [ $kind = deep ] && sizes='1000 2000 4000'
        for size in $sizes; do
            pair $kind "$size"
            printf '%s\t%s\n' "$kind-$size" "$folder/differs $bddrun diff $(pair_files $kind "$size")"
        done
    done >"$folder/doubling"
    measure "$folder/doubling" 5
    for kind in strings near all numbers keys deep; do
        sizes=(100000 200000 400000)
        [ $kind = deep ] && sizes=(1000 2000 4000)
        ratio=$(calculate %.2f "$(measured "$kind-${sizes[2]}" 3) / $(measured "$kind-${sizes[1]}" 3)")
        row "pathological: $kind, ${sizes[2]} over ${sizes[1]}: CPU" "$ratio ×" \
            "$(for size in "${sizes[@]}"; do calculate '%.0f ms ' "$(measured "$kind-$size" 3) / 1000"; done)" "≤ 2.6 ×" "$ratio" 2.6
    done
}
