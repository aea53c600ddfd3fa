#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The same scenarios against the broken flavour: what fails is what is broken, and says where.
source "$(dirname "$0")/library.sh"
start_site broken --flavour broken
copy_scenarios
report=$folder/project/bddrun-out/junit.xml

run "$folder/project" --base-url "$site_url" --tags "not @tls"
want_code "the scenarios on broken" 1
want_junit "$report"
want_text "the lobby has no heading" 'lobby.feature:8' "$folder/out"
want_text "the search answers 500" 'requests.feature:' "$folder/out"
want_text "chips came as text" 'tables.feature:16' "$folder/out"
want_text "what came instead" '"?1000"?' "$folder/out"
want_text "the request as a command" 'curl .*api/tables' "$folder/out"
want_text "a spectator misses an event" "bob's \"table\" socket received no \"player.left\" event" "$folder/out"
want_text "an event comes twice" "game.move" "$folder/out"
want_text "what was said on the socket" "^    bob's \"table\" socket \(JSON\) at ws://" "$folder/out"
want_xml "the failure of the lobby" '*h1*' "$report" "//testcase[contains(@name, 'A guest sees the tables')]/failure"
want_no_text "no secret in a report" four-of-a-kind "$report"
want_no_text "no secret on the terminal" four-of-a-kind "$folder/out"

# What does not concern the broken parts still passes.
for name in 'A header stays until it is removed' 'Digest auth' 'A flaky page recovers'; do
    want_xml "$name" 0 "$report" "count(//testcase[contains(@name, '$name')]/failure)"
done

run "$folder/project" --base-url "$site_url" --tags "not @tls" --fail-fast -j 1
want_code "fail fast" 1
want_xml "one failure" 1 "$report" "count(//testcase[failure])"
conclude
