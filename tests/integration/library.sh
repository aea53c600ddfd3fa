# SPDX-License-Identifier: MIT
# Sourced by the integration tests. They get the folder of the build as BUILD and the repository as
# SOURCE; `folder` is a fresh temporary folder. What a test started ends with it.
# shellcheck shell=bash
set -u
: "${BUILD:?}" "${SOURCE:?}"
bddrun=$BUILD/bddrun
folder=$(mktemp -d)
failures=0
started=()

finish() {
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    rm -rf "$folder"
}
trap finish EXIT
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY NO_COLOR FORCE_COLOR

# Ends the test: 1 when anything was not as wanted.
conclude() {
    [ "$failures" = 0 ] || { echo "$failures not as wanted" >&2; exit 1; }
    exit 0
}

wrong() {
    printf 'WRONG: %s\n' "$@" >&2
    failures=$((failures + 1))
}

# want NAME EXPECTED ACTUAL: EXPECTED is a glob.
want() {
    # shellcheck disable=SC2053
    [[ $3 == $2 ]] || wrong "$1" "  expected $2" "  actual   $3"
}

# want_text NAME REGEX FILE: some line of the file fits.
want_text() {
    grep -qE -- "$2" "$3" || { wrong "$1: no line of $3 fits $2"; head -c 3000 "$3" >&2; }
}

want_no_text() {
    ! grep -qE -- "$2" "$3" || { wrong "$1: a line of $3 fits $2"; grep -E -- "$2" "$3" | head -5 >&2; }
}

# want_xml NAME EXPECTED FILE XPATH: what the expression yields as a string.
want_xml() {
    want "$1 ($4)" "$2" "$(xmllint --nonet --xpath "string($4)" "$3" 2>&1)"
}

wait_for_file() {
    for _ in $(seq 200); do
        [ -s "$1" ] && return 0
        sleep 0.05
    done
    wrong "$1 did not come"
    conclude
}

# start_site NAME [OPTION…]: sets site_url, site_pid, site_socket.
start_site() {
    local name=$1
    shift
    "$BUILD/tests/site/bddrun-site" --port 0 --port-file "$folder/$name.port" \
        --unix "$folder/$name.sock" "$@" >/dev/null &
    site_pid=$!
    started+=("$site_pid")
    wait_for_file "$folder/$name.port"
    site_port=$(cat "$folder/$name.port")
    site_url=http://127.0.0.1:$site_port
    site_socket=$folder/$name.sock
}

# Sets hostile_url.
start_hostile() {
    "$BUILD/tests/site/bddrun-hostile" --port 0 --port-file "$folder/hostile.port" >/dev/null &
    started+=("$!")
    wait_for_file "$folder/hostile.port"
    hostile_url=http://127.0.0.1:$(cat "$folder/hostile.port")
}

# run [ARGUMENT…]: bddrun with its output in $folder/out and err, its exit code in `code`.
run() {
    "$bddrun" "$@" >"$folder/out" 2>"$folder/err" </dev/null
    code=$?
}

# want_code NAME CODE
want_code() {
    [ "$code" = "$2" ] && return
    wrong "$1: exit code $code instead of $2"
    head -c 4000 "$folder/out" "$folder/err" >&2
}

# A JUnit report that every reader takes.
want_junit() {
    xmllint --nonet --noout "$1" 2>"$folder/xmllint" ||
        wrong "$1 is not well-formed: $(head -5 "$folder/xmllint")"
    local schema
    for schema in "$SOURCE"/reporters/*junit*.xsd "$SOURCE"/docs/*junit*.xsd; do
        [ -e "$schema" ] || continue
        case $schema in *strict*) continue ;; esac
        xmllint --nonet --noout --schema "$schema" "$1" 2>"$folder/xmllint" ||
            wrong "$1 is not valid: $(head -5 "$folder/xmllint")"
    done
}

# Copies scenarios/ to $folder/project, so that what a run writes stays out of the repository.
copy_scenarios() {
    cp -r "$SOURCE/scenarios" "$folder/project"
    rm -rf "$folder/project/bddrun-out"
}

# An authority of our own, and certificates by it, in the folder $certificates.
make_authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
        -keyout "$certificates/ca.key" -out "$certificates/ca.pem" \
        -subj "/CN=Authority of the arena" 2>/dev/null
}

# make_certificate NAME SUBJECT EXTENSION
make_certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" \
        -keyout "$certificates/$1.key" -out "$certificates/$1.request" 2>/dev/null
    openssl x509 -req -in "$certificates/$1.request" -CA "$certificates/ca.pem" \
        -CAkey "$certificates/ca.key" -CAcreateserial -days 30 -out "$certificates/$1.pem" \
        -extfile <(echo "$3") 2>/dev/null
}

# Sets port, for which write_configuration has written $folder/nginx.conf. A port may be taken
# between choosing and listening: then another one.
start_nginx() {
    local try pid
    for try in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        write_configuration "$port"
        nginx -p "$folder" -c "$folder/nginx.conf" 2>"$folder/nginx.err" &
        pid=$!
        for _ in $(seq 40); do
            kill -0 "$pid" 2>/dev/null || break
            if [ -s "$folder/nginx.pid" ]; then
                started+=("$pid")
                return 0
            fi
            sleep 0.05
        done
        wait "$pid" 2>/dev/null
    done
    wrong "nginx does not start: $(cat "$folder/nginx.err") $try"
    conclude
}
