#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# BUILD=build/release SOURCE=. tests/bench/bench.sh [PART…]: what bddrun costs beside its limits and
# its peers, as a Markdown table on standard output. Parts: requests latency plan start peers; all of
# them without an argument. ROUNDS (15) is how often each command is run; medians are shown.
# Server and clients are pinned to one CPU (BENCH_CPU, 0) where CPU time is compared.
set -u
: "${BUILD:?}" "${SOURCE:?}"
BUILD=$(realpath "$BUILD")
rounds=${ROUNDS:-15}
cpu=${BENCH_CPU:-0}
bddrun=$BUILD/bddrun
tools=$BUILD/tests/bench
folder=$(mktemp -d)
pin="taskset -c $cpu"
misses=0
export PATH=$PATH:/usr/sbin
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY

finish() {
    exec 8>&- 7>&-
    wait
    rm -rf "$folder"
}
trap finish EXIT

# start_server NAME PIN [DELAY [CERTIFICATE KEY]]: a bench-server that ends when descriptor 8, which
# this script holds, is closed; its port goes to $folder/NAME.port.
mkfifo "$folder/alive"
start_server() {
    local name=$1 pinned=$2
    shift 2
    # shellcheck disable=SC2086
    $pinned "$tools/bench-server" "$folder/$name.port" "$@" <"$folder/alive" 8>&- &
    [ -e /proc/self/fd/8 ] || exec 8>"$folder/alive"
    for _ in $(seq 100); do
        [ -s "$folder/$name.port" ] && return
        sleep 0.05
    done
    echo "bench: the server $name does not start" >&2
    exit 1
}
port() { cat "$folder/$1.port"; }

# features COUNT FILE: so many scenarios of one GET, a status and one JSON check.
features() {
    awk -v count="$1" 'BEGIN {
        print "Feature: Many requests"
        for (i = 1; i <= count; i++)
            printf "\n  Scenario: Request %d\n    When I send GET \"/api/tables/%d\"\n" \
                   "    Then the status is 200\n    And the JSON at \"$.id\" is 42\n", i, i
    }' >"$2"
}

# measured NAME COLUMN: of the last measure; columns: 2 wall us, 3 CPU us, 4 KiB.
measure() {
    "$tools/bench-measure" "${2:-$rounds}" "$1" >"$folder/measured" || exit 1
}
measured() { awk -F '\t' -v name="$1" -v at="$2" '$1 == name { print $at }' "$folder/measured"; }

calculate() { awk "BEGIN { printf \"$1\", $2 }"; }

# row WHAT MEASURED BESIDE MUST VALUE LIMIT: VALUE must be at most LIMIT.
row() {
    local verdict=yes
    if [ -z "$6" ]; then
        verdict=-
    elif awk "BEGIN { exit !($5 > $6) }"; then
        verdict=**no**
        misses=$((misses + 1))
    fi
    echo "| $1 | $2 | $3 | $4 | $verdict |"
}

certificates() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -keyout "$folder/key.pem" -out "$folder/certificate.pem" -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 2>/dev/null
    cat /etc/ssl/certs/ca-certificates.crt "$folder/certificate.pem" >"$folder/bundle.pem"
}

# 1. CPU of a request over the bare handle; CPU and memory of a worker.
bench_requests() {
    start_server plain "$pin"
    local url=http://127.0.0.1:$(port plain) few=$folder/few.feature many=$folder/many.feature
    features 500 "$few"
    features 20000 "$many"
    local run="$pin $bddrun --base-url $url --format junit:$folder/junit.xml"
    cat >"$folder/commands" <<END
limit-500	$pin $tools/bench-limit 500 $url/
run-500-1	$run -j 1 $few
run-500-8	$run -j 8 $few
run-500-64	$run -j 64 $few
limit-20000	$pin $tools/bench-limit 20000 $url/
run-20000-1	$run -j 1 $many
run-20000-8	$run -j 8 $many
END
    measure "$folder/commands"
    local over name count
    for name in 500-1 500-8 20000-1 20000-8; do
        count=${name%-*}
        over=$(calculate %.1f "($(measured "run-$name" 3) - $(measured "limit-$count" 3)) / $count")
        local must='≤ 20 µs' limit=20
        case $name in 500-8 | 20000-1) must=- limit= ;; esac
        row "$count scenarios, \`-j ${name#*-}\`: CPU over the bare handle, a request" "$over µs" \
            "bare handle $(calculate %.1f "$(measured "limit-$count" 3) / $count") µs" \
            "$must" "$over" "$limit"
    done
    over=$(calculate %.2f "($(measured run-500-64 3) - $(measured run-500-1 3)) / 63 / 1000")
    row "a worker: CPU (\`-j 64\` minus \`-j 1\`, 500 scenarios)" "$over ms" "" "≤ 1 ms" "$over" 1
    local memory
    memory=$(calculate %.1f "$(measured run-20000-8 4) / 1024")
    row "largest process, 20,000 scenarios, JUnit written" "$memory MiB" "" "≤ 20 MiB" "$memory" 20
    bench_workers "$url"
}

# Private memory of the workers of a run that lasts long enough to look at.
bench_workers() {
    start_server slow_plain "" 20
    features 8000 "$folder/looked_at.feature"
    "$bddrun" --base-url "http://127.0.0.1:$(port slow_plain)" -j 64 "$folder/looked_at.feature" \
        --format "junit:$folder/junit.xml" >/dev/null 2>&1 </dev/null 8>&- &
    local run=$! worker
    sleep 1.2
    for worker in $(pgrep -P "$run"); do
        awk '/^Private/ { sum += $2 } END { print sum }' "/proc/$worker/smaps_rollup"
    done 2>/dev/null | sort -n >"$folder/private"
    local parent
    parent=$(awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$run/status")
    wait "$run"
    local count middle
    count=$(wc -l <"$folder/private")
    middle=$(sed -n "$((count / 2 + 1))p" "$folder/private")
    row "a worker: private memory (median of $count, \`-j 64\`)" "${middle:-no} KiB" "" "≤ 2 MiB" \
        "${middle:-999999}" 2048
    row "parent: peak resident, 8,000 scenarios, \`-j 64\`" "${parent:-no} MiB" "" "≤ 20 MiB" "${parent:-999999}" 20
}

# 2. Wall time against a server that takes 20 ms.
bench_latency() {
    certificates
    start_server slow "" 20
    start_server slow_tls "" 20 "$folder/certificate.pem" "$folder/key.pem"
    start_server late_tls "" 100 "$folder/certificate.pem" "$folder/key.pem"
    mkdir -p "$folder/tls"
    cat >"$folder/tls/bddrun.yaml" <<END
version: 1
scenarios: .
default_environment: bench
environments: {bench: {url: "https://127.0.0.1:$(port slow_tls)", tls: {ca: $folder/bundle.pem}}}
END
    features 2000 "$folder/tls/2000.feature"
    features 64 "$folder/tls/64.feature"
    cp "$folder/tls/2000.feature" "$folder/2000.feature"
    cat >"$folder/commands" <<END
plain	$bddrun --base-url http://127.0.0.1:$(port slow) -j 64 $folder/2000.feature --format junit:$folder/junit.xml
tls	$bddrun --config $folder/tls/bddrun.yaml -j 64 $folder/tls/2000.feature --format junit:$folder/junit.xml
ready	$bddrun --config $folder/tls/bddrun.yaml --base-url https://127.0.0.1:$(port late_tls) -j 64 $folder/tls/64.feature --format junit:$folder/junit.xml
END
    measure "$folder/commands"
    local name ratio
    for name in plain tls; do
        ratio=$(calculate %.2f "$(measured $name 2) / 625000")
        row "2,000 scenarios, 20 ms server, \`-j 64\`, $name: wall" \
            "$(calculate %.0f "$(measured $name 2) / 1000") ms" "ideal 625 ms" "≤ 1.15 ×" "$ratio" 1.15
    done
    ratio=$(calculate %.0f "($(measured ready 2) - 100000) / 1000")
    row "64 workers with a TLS connection each, the system's CA bundle: ready after" "$ratio ms" \
        "64 scenarios, 100 ms server, less 100 ms" "≤ 200 ms" "$ratio" 200
}

# 3. Parsing, matching, scheduling.
bench_plan() {
    features 20000 "$folder/20000.feature"
    features 200000 "$folder/200000.feature"
    cat >"$folder/commands" <<END
list-20000	$bddrun --base-url http://127.0.0.1:9 --list $folder/20000.feature
dry-20000	$bddrun --base-url http://127.0.0.1:9 --dry-run -q $folder/20000.feature
END
    measure "$folder/commands"
    bench_plan_rows 20000 0.1 24
    sed 's/20000/200000/g' "$folder/commands" >"$folder/more"
    measure "$folder/more" 5
    bench_plan_rows 200000 1 100
}
bench_plan_rows() { # COUNT SECONDS MIB
    local name seconds memory
    for name in list dry; do
        seconds=$(calculate %.3f "$(measured $name-$1 3) / 1e6")
        memory=$(calculate %.1f "$(measured $name-$1 4) / 1024")
        local option=--list
        [ $name = dry ] && option='--dry-run -q'
        row "$1 scenarios ($(calculate %.1f "$(stat -c %s "$folder/$1.feature") / 1e6") MB), \`$option\`: CPU" \
            "$seconds s" "" "≤ $2 s" "$seconds" "$2"
        row "the same: peak resident" "$memory MiB" "" "≤ $3 MiB" "$memory" "$3"
    done
}

# 4. Start-up.
bench_start() {
    printf 'version\t%s version\ntrue\t/bin/true\n' "$bddrun" >"$folder/commands"
    measure "$folder/commands" 101
    local wall
    wall=$(calculate %.1f "$(measured version 2) / 1000")
    row "\`bddrun version\`: wall" "$wall ms" \
        "\`/bin/true\` $(calculate %.1f "$(measured true 2) / 1000") ms" "≤ 10 ms" "$wall" 10
}

# 5. The same 500 scenarios by behave (Debian) and cucumber-js (npm).
bench_peers() {
    start_server peers "$pin"
    local url=http://127.0.0.1:$(port peers)
    features 500 "$folder/few.feature"
    printf 'run\t%s\n' "$pin $bddrun --base-url $url -j 1 $folder/few.feature --format junit:$folder/junit.xml" >"$folder/commands"
    if command -v behave >/dev/null; then
        mkdir -p "$folder/behave/steps"
        cp "$folder/few.feature" "$folder/behave/"
        sed "s|@URL@|$(port peers)|" "$SOURCE/tests/bench/peers/behave_steps.py" >"$folder/behave/steps/steps.py"
        printf 'behave\t%s\n' "$pin behave --format progress --junit --junit-directory $folder/behave-junit $folder/behave" >>"$folder/commands"
    fi
    local modules=${BENCH_NODE_MODULES:-$BUILD/bench-peers/node_modules}
    if [ ! -d "$modules/@cucumber" ] && command -v npm >/dev/null; then
        npm install --silent --prefix "$BUILD/bench-peers" @cucumber/cucumber >/dev/null 2>&1
    fi
    if [ -d "$modules/@cucumber" ]; then
        mkdir -p "$folder/js/features"
        ln -s "$modules" "$folder/js/node_modules"
        cp "$folder/few.feature" "$folder/js/features/"
        sed "s|@URL@|$(port peers)|" "$SOURCE/tests/bench/peers/cucumber_steps.cjs" >"$folder/js/steps.cjs"
        printf 'cucumber-js\t%s\n' "$pin env -C $folder/js node $modules/@cucumber/cucumber/bin/cucumber.js --require steps.cjs --format junit:$folder/cucumber.xml features" >>"$folder/commands"
    fi
    measure "$folder/commands" 5
    local name
    for name in behave cucumber-js; do
        [ -n "$(measured $name 3)" ] || continue
        row "500 scenarios by $name: CPU" "$(calculate %.0f "$(measured $name 3) / 1000") ms" \
            "bddrun \`-j 1\` $(calculate %.0f "$(measured run 3) / 1000") ms: $(calculate %.1f "$(measured $name 3) / $(measured run 3)") ×; wall $(calculate %.1f "$(measured $name 2) / $(measured run 2)") ×; memory $(calculate %.1f "$(measured $name 4) / $(measured run 4)") ×" \
            "-" 0 ""
    done
}

echo "| what | measured | beside | must | met |"
echo "|---|---|---|---|---|"
for part in "${@:-requests latency plan start peers}"; do
    for one in $part; do
        "bench_$one"
    done
done
echo
echo "$(nproc) CPUs, $(uname -sr), $(curl --version | cut -d' ' -f1-2 | head -1); medians of $rounds runs (200,000 scenarios and peers: 5); $(date -u +%F)."
[ "$misses" = 0 ]
