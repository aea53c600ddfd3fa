# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# The part `conversations` of tests/bench/run: recorded with live ones, of 2,000 messages to 32,000.
bench_conversations() {
    local title found first messages last worst limit exact
    while IFS=$'\t' read -r title found first messages last worst; do
        row "Conversations, $title: 2,000 messages, CPU" "$first ms" "missing, extra, changed, moved: $found" "-" 0 ""
        row "the same, $messages messages: CPU" "$last ms" "largest growth with a doubling: $worst ×" "≤ 3 ×" "$worst" 3
        case $title in
        "8 streams"*)
            exact=$([ "$found" = "20, 20, 20, 0" ] && echo 0 || echo 1)
            row "the same: found of 20, 20, 20 done" "$found" "" "20, 20, 20, 0" "$exact" 0
            ;;
        esac
    done < <("$tools/bench-conversations")
}
