#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The reference code of docs/suspend.md: in Laravel's own router, cache and console, and in a Node.js
# server that bddrun asks.
source "$(dirname "$0")/library.sh"
here=$(dirname "$0")/suspend
example=$SOURCE/docs/examples/suspend/suspension.js
for program in php node; do
    command -v "$program" >/dev/null || { echo "$program is missing: ./dev setup" && exit 77; }
done
[ -d /usr/share/php/Illuminate/Routing ] || { echo "Laravel's libraries are missing: ./dev setup" && exit 77; }

php "$here/laravel.php" >"$folder/said" 2>&1
cat >"$folder/wanted" <<'END'
POST /omaha/join: 200 seat at omaha
0 suspended: omaha
POST /omaha/join: 503 {"error":"suspended","game":"omaha"} retry after 60
POST /omaha/bet: 200 bet at omaha
POST /holdem/join: 200 seat at holdem
GET /games/omaha/idle: 200 {"idle":false,"active":2}
GET /games/omaha/idle: 200 {"idle":true,"active":0}
0 resumed: omaha
POST /omaha/join: 200 seat at omaha
END
diff "$folder/wanted" "$folder/said" >&2 || wrong "the Laravel example does something else"

export SUSPENDED_GAMES=$folder/suspended
mkdir "$folder/project"
cat >"$folder/project/bddrun.yaml" <<END
version: 1
commands:
  suspend: [node, "$example", suspend, omaha, --minutes, "5"]
  expire: [node, "$example", suspend, holdem, --minutes, "0"]
  resume: [node, "$example", resume, omaha]
END
cat >"$folder/project/suspend.feature" <<'END'
Feature: One game is suspended
  Scenario: Nothing new begins, what runs is finished, the others go on
    When I send POST "/games/omaha/join"
    Then the status is 200
    When the command "suspend" succeeds
    And I send POST "/games/omaha/join"
    Then the status is 503
    And the header "Retry-After" is "60"
    And the JSON at "$.error" is "suspended"
    When I send POST "/games/omaha/bet"
    Then the status is 200
    When I send POST "/games/holdem/join"
    Then the status is 200
    When I send GET "/games/omaha/idle"
    Then the JSON is:
      """json
      {"idle": false, "active": 2}
      """
    When I send POST "/games/omaha/finish"
    Then the status is 200
    When I send GET "/games/omaha/idle"
    Then the JSON at "$.idle" is true
    When the command "resume" succeeds
    And I send POST "/games/omaha/join"
    Then the status is 200
    When the command "expire" succeeds
    And I send POST "/games/holdem/join"
    Then the status is 200
END
node "$here/server.js" "$example" "$folder/port" &
started+=($!)
wait_for_file "$folder/port"
"$bddrun" run "$folder/project/suspend.feature" --base-url "http://127.0.0.1:$(cat "$folder/port")" \
    >"$folder/out" 2>&1
want "the Node.js example" 0 $?
want_text "its one scenario passed" "1 scenario.*passed|1 passed" "$folder/out"
node "$example" close omaha >"$folder/usage" 2>&1
want "an unknown word" 2 $?
want_text "it says how to use it" "^usage: " "$folder/usage"
node "$example" suspend ../x >"$folder/usage" 2>&1
want "no name of a game" 1 $?
[ "$failures" = 0 ] || cat "$folder/out" >&2
conclude
