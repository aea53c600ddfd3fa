#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What bddrun records plays in Chromium by Playwright's routeFromHAR: the page and what it fetches
# come from the file, with no server behind it.
source "$(dirname "$0")/library.sh"
browser=$(command -v chromium || command -v chromium-browser) ||
    { echo "no chromium (./dev setup): skipped"; exit 77; }
source "$(dirname "$0")/npm.sh"
unset BDDRUN_REDACTION_KEY BDDRUN_ENV BDDRUN_BASE_URL
start_site production --flavour production
cd "$folder" || exit 1
cat >bddrun.yaml <<YAML
version: 1
environments: {production: {url: "$site_url", read_only: true}}
recordings: {environment: production}
YAML
cat >page.feature <<'FEATURE'
Feature: Page
  Scenario: Played
    When alice sends GET "/"
    And alice sends GET "/api/tables"
    And alice sends GET "/logo.png"
    And alice sends GET "/api/hands.xml"
    And alice sends GET "/gzip"
    And alice sends GET "/status/404"
    Then alice's status is 404
FEATURE
run record page.feature
want_code "it is recorded" 0

# What the server says, before it goes.
declare -A sums
for path in /api/tables /logo.png /api/hands.xml; do
    sums[$path]=$(curl -s "$site_url$path" | sha256sum | cut -d' ' -f1)
done
title=$(curl -s "$site_url/" | xmllint --html --xpath 'string(//title)' - 2>/dev/null)
kill "$site_pid"
wait "$site_pid" 2>/dev/null

cp "$SOURCE"/tests/support/node/play_har.mjs "$peers/"
node "$peers/play_har.mjs" "$browser" recordings/page/played.har "$site_url/" \
    /api/tables /logo.png /api/hands.xml /status/404 /never/recorded >played 2>played.err
code=$?
[ "$code" = 77 ] && { cat played.err; echo "skipped"; exit 77; }
want_code "the browser plays" 0
[ "$code" = 0 ] || head -c 2000 played.err >&2
want_text "the page and its title" "^page 200 $title$" played
for path in "${!sums[@]}"; do
    want_text "the bytes of $path" "^$path 200 .* ${sums[$path]}$" played
done
want_text "the type of a picture" "^/logo.png 200 image/png " played
want_text "a status" "^/status/404 404 " played
want_text "what was not recorded fails" "^/never/recorded .*Failed to fetch" played
conclude
