# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The part `sockets` of tests/bench/run, which sources it: echo round trips beside a bare blocking
# socket and npm's ws, through steps too; a thousand open sockets; an event to a thousand players.
round_trips=20000

median() { sort -n "$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# wall_us FILE COMMAND…: appends how long a command takes that must end with 0.
wall_us() {
    local file=$1 from=${EPOCHREALTIME/./}
    shift
    if ! "$@" >"$folder/output" 2>&1; then
        echo "bench: $* fails:" >&2
        tail -n 20 "$folder/output" >&2
        exit 1
    fi
    echo $((${EPOCHREALTIME/./} - from)) >>"$file"
}

# echo_feature COUNT FILE: so many round trips in one scenario.
echo_feature() {
    mkdir -p "$(dirname "$2")"
    awk -v count="$1" 'BEGIN {
        print "Feature: Echo\n\n  Scenario: Round trips\n    Given I open the \"echo\" socket at \"/\" as text"
        for (i = 0; i < count; i++)
            print "    When I send text \"hello\"\n    Then I receive a message"
    }' >"$2"
}

bench_sockets() {
    $pin "$tools/bench-socket-server" "$folder/echo.port" <"$folder/alive" 8>&- &
    start_server http "$pin"
    for _ in $(seq 100); do [ -s "$folder/echo.port" ] && break || sleep 0.05; done
    bench_round_trips
    bench_thousand
    bench_fan_out
}

# split_times NAME: of two lines of input the first to socket-NAME, the second to cpu-NAME.
split_times() { awk -v wall="$folder/socket-$1" -v cpu="$folder/cpu-$1" '{ print >>(NR % 2 ? wall : cpu) }'; }

bench_round_trips() {
    local modules=${BENCH_NODE_MODULES:-$BUILD/bench-peers/node_modules} name
    if [ ! -d "$modules/ws" ] && command -v npm >/dev/null; then
        npm install --silent --prefix "$BUILD/bench-peers" ws@8 >/dev/null 2>&1
    fi
    echo_feature 1 "$folder/echo-one/one.feature"
    echo_feature $round_trips "$folder/echo-many/many.feature"
    local run="$pin $bddrun -q -j 1 --base-url http://127.0.0.1:$(port echo)"
    for _ in $(seq "$rounds"); do
        for name in raw net; do
            $pin "$tools/bench-socket" $name "$(port echo)" $round_trips | split_times $name
        done
        for name in one many; do
            # shellcheck disable=SC2086
            wall_us "$folder/echo-$name.us" $run "$folder/echo-$name/$name.feature"
        done
        if [ -d "$modules/ws" ]; then
            $pin node "$SOURCE/tests/bench/peers/socket_client.cjs" "$modules" "$(port echo)" \
                $round_trips | split_times npm
        fi
    done
    calculate '%.0f\n' "($(median "$folder/echo-many.us") - $(median "$folder/echo-one.us")) * 1000 / ($round_trips - 1)" \
        >"$folder/socket-steps"
    round_trip_rows
}

# Each beside the bare socket's, whose rate in percent is 100 × its time / theirs.
round_trip_rows() {
    local raw net npm steps
    raw=$(median "$folder/socket-raw")
    net=$(median "$folder/socket-net")
    steps=$(median "$folder/socket-steps")
    row "Echo round trip of one socket, net's client" "$(calculate %.1f "$net / 1000") µs" \
        "bare blocking socket $(calculate %.1f "$raw / 1000") µs: $(calculate %.0f "100 * $raw / $net") % of its rate" \
        "≥ 70 %" "$(calculate %.4f "$net / $raw")" 1.4286
    if [ -s "$folder/socket-npm" ]; then
        npm=$(median "$folder/socket-npm")
        row "the same, npm's ws" "$(calculate %.1f "$npm / 1000") µs" \
            "net's client has $(calculate %.2f "$npm / $net") × its rate, the bare socket $(calculate %.2f "$npm / $raw") ×" "≥ 1.5 ×" \
            "$(calculate %.4f "$net / $npm")" 0.6667
        npm=$(median "$folder/cpu-npm")
        net=$(median "$folder/cpu-net")
        row "the same, npm's ws: CPU of the client alone" "$(calculate %.1f "$npm / 1000") µs" \
            "net's client $(calculate %.1f "$net / 1000") µs: $(calculate %.2f "$npm / $net") ×; bare socket $(calculate %.1f "$(median "$folder/cpu-raw") / 1000") µs" "-" 0 ""
    else
        echo "bench: npm's ws cannot be installed: its row is left out" >&2
    fi
    row "the same, through two steps each" "$(calculate %.1f "$steps / 1000") µs" \
        "$(calculate %.0f "100 * $raw / $steps") % of the bare socket's rate" "≥ 40 %" \
        "$(calculate %.4f "$steps / $raw")" 2.5
}

bench_thousand() {
    for _ in $(seq "$rounds"); do
        $pin "$tools/bench-socket" idle "$(port echo)" 1000 "$(port http)" | paste - - |
            awk '{ print $2 - $1 }' >>"$folder/socket-idle"
        $pin "$tools/bench-socket" open "$(port echo)" 1000 | paste - - |
            tee -a "$folder/socket-open" | awk '{ print $2 / 1024 }' >>"$folder/socket-memory"
    done
    local idle
    idle=$(calculate %.1f "$(median "$folder/socket-idle") / 1000")
    row "A GET with 1,000 idle sockets open, over one without" "$idle µs" "" "≤ 30 µs" "$idle" 30
    row "1,000 sockets opened at once: memory of each" \
        "$(calculate %.1f "$(median "$folder/socket-memory")") KiB" \
        "all open after $(calculate %.0f "$(median "$folder/socket-open") / 1000000") ms" \
        "≤ 30 KiB" "$(median "$folder/socket-memory")" 30
}

# players_feature NAME COUNT OPENING: a project of its own, with the demo site's steps.
players_feature() {
    mkdir -p "$folder/$1"
    cp -r "$SOURCE/scenarios/bddrun.yaml" "$SOURCE/scenarios/steps" "$SOURCE/scenarios/data" "$folder/$1"
    cat >"$folder/$1/$1.feature" <<END
Feature: Players

  Scenario: $1
    Given there is a new table
    And alice is logged in
    And alice takes seat 1 at table \${table}
    And there are $2 players
    And all players $3
END
}

# resident_kib NAME SITE: of the worker that runs this project's scenario, while that waits at its end.
resident_kib() {
    "$bddrun" -q -j 1 --config "$folder/$1/bddrun.yaml" --base-url "$2" "$folder/$1/$1.feature" \
        >/dev/null 2>&1 </dev/null 8>&- &
    local run=$! worker seen resident=
    while worker=$(pgrep -P "$run") || kill -0 "$run" 2>/dev/null; do
        seen=$(awk '/^VmRSS/ { print $2 }' "/proc/${worker:-none}/status" 2>/dev/null)
        resident=$(printf '%s\n' "${seen:-0}" "${resident:-0}" | sort -n | tail -n 1)
        sleep 0.05
    done
    wait "$run" && echo "$resident"
}

# One scenario: players by the thousand, who all see what one does.
bench_fan_out() {
    local opening='open the "table" socket at "/realtime?watch=${table}"' name site each told
    "$BUILD/tests/site/bddrun-site" --port 0 --port-file "$folder/site.port" --until-eof \
        <"$folder/alive" >/dev/null 2>&1 8>&- &
    for _ in $(seq 100); do [ -s "$folder/site.port" ] && break || sleep 0.05; done
    site=http://127.0.0.1:$(port site)
    players_feature one 1 "$opening"
    players_feature thousand 1000 "$opening"
    players_feature open 1000 "$opening"
    players_feature told 1000 "$opening"
    echo '    When I wait 500 ms' | tee -a "$folder/one/one.feature" >>"$folder/thousand/thousand.feature"
    cat >>"$folder/told/told.feature" <<'END'
    When alice sends POST "/api/tables/${table}/moves" with JSON {"move": "raise"}
    Then within 30 seconds all players receive an event "game.move" matching:
      """json
      {"n": 1, "player": "${alice.player}", "move": "raise"}
      """
END
    for name in one thousand; do
        for _ in 1 2 3; do resident_kib $name "$site"; done >"$folder/resident-$name"
    done
    each=$(calculate %.1f "($(median "$folder/resident-thousand") - $(median "$folder/resident-one")) / 999")
    row "1,000 players with a socket each in one scenario: memory of each, player and socket" "$each KiB" \
        "a worker with one: $(calculate %.1f "$(median "$folder/resident-one") / 1024") MiB" "≤ 30 KiB" "$each" 30
    for name in open told; do
        printf '%s\t%s\n' $name "$bddrun -q -j 1 --config $folder/$name/bddrun.yaml --base-url $site $folder/$name/$name.feature"
    done >"$folder/commands"
    measure "$folder/commands"
    told=$(calculate %.0f "$(measured told 2) / 1000")
    row "One event to 1,000 players, checked in one step: wall of the whole run" "$told ms" \
        "the same without the event $(calculate %.0f "$(measured open 2) / 1000") ms" "-" 0 ""
}
