#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# smoke.sh SITE: what the demo site answers, asked with curl. Says each answer that is not as wanted.
set -u
site=$1
folder=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null; wait "$pid"; rm -rf "$folder"' EXIT
"$site" --port 0 --port-file "$folder/port" --unix "$folder/site.sock" >/dev/null &
pid=$!
for _ in $(seq 100); do [ -s "$folder/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$folder/port")
failures=0

# want NAME EXPECTED ACTUAL: EXPECTED is a glob.
want() {
    # shellcheck disable=SC2053
    if [[ $3 != $2 ]]; then
        printf '%s\n  expected %s\n  actual   %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    fi
}
ask() { curl -sS --max-time 10 "$@"; }
status() { ask -o /dev/null -w '%{http_code}' "$@"; }
jar() { ask -b "$folder/jar" -c "$folder/jar" "$@"; }

want "the home page" '*Arena*' "$(ask "$base/")"
want "the lobby" '*<h1>Lobby</h1>*' "$(ask "$base/lobby")"
want "an unknown page" 404 "$(status "$base/nowhere")"
want "a method that is not allowed" 405 "$(status -X DELETE "$base/api/tables")"
want "OPTIONS" '*Allow: GET, POST*' "$(ask -i -X OPTIONS "$base/api/tables")"
want "HEAD" '*X-Total-Count: 1000*' "$(ask -I "$base/api/tables")"

want "a log-in without the token" 419 "$(status -d email=alice@arena.test "$base/login")"
token=$(jar "$base/login" | sed -n 's/.*name="_token" value="\([^"]*\)".*/\1/p')
want "the token" '????????????????????????????????????????' "$token"
want "a wrong password" '*/login' "$(jar -o /dev/null -w '%{redirect_url}' \
    --data-urlencode "_token=$token" -d email=alice@arena.test -d password=no "$base/login")"
want "the message about it" '*do not match*' "$(jar "$base/login")"
want "a log-in" '*/lobby' "$(jar -o /dev/null -w '%{redirect_url}' \
    --data-urlencode "_token=$token" -d email=alice@arena.test -d password=four-of-a-kind "$base/login")"
want "the greeting" '*Welcome, alice*' "$(jar "$base/lobby")"
want "who am I" '*"name": "alice"*' "$(jar "$base/api/me")"
want "a change without the token" 419 "$(jar -o /dev/null -w '%{http_code}' -d '{"seat": 3}' "$base/api/tables/7/join")"
cookie=$(awk '$6 == "XSRF-TOKEN" {print $7}' "$folder/jar")
xsrf=$(printf '%b' "${cookie//%/\\x}")
want "joining" '*"chips": 1000}*"ticket": "T-*' "$(jar -H "X-XSRF-TOKEN: $xsrf" -d '{"seat": 3}' "$base/api/tables/7/join")"
want "a taken seat" 409 "$(status -H 'Authorization: Bearer token-bob' -d '{"seat": 3}' "$base/api/tables/7/join")"
want "no seat" '*field is required*422' "$(ask -w '%{http_code}' -H 'Authorization: Bearer token-bob' -d '{"chair": {"seat": 3}}' "$base/api/tables/7/join")"
want "the table" '*"players": \[{"seat": 3, "name": "alice"*' "$(ask "$base/api/tables/7")"
want "the table's page" '*<li value="3">alice</li>*' "$(ask "$base/tables/7")"
want "freeing the seat" 204 "$(status -X DELETE "$base/api/tables/7/seats/3")"
want "a change of an old version" 412 "$(status -X PATCH -H 'If-Match: "9"' -H 'Authorization: Bearer token-bob' -d '{"nick": "Bobby"}' "$base/api/me")"
want "a change" '*"nick": "Bobby"*' "$(ask -X PATCH -H 'If-Match: "1"' -H 'Authorization: Bearer token-bob' -d '{"nick": "Bobby"}' "$base/api/me")"
head -c 70000 /dev/urandom >"$folder/avatar.png"
want "an upload" '*"type": "image/png", "size": 70000, "fields": 2*' "$(ask -H 'Authorization: Bearer token-bob' -F title=Me -F "image=@$folder/avatar.png" "$base/api/avatar")"
ask -H 'Authorization: Bearer token-bob' -o "$folder/back.png" "$base/api/avatar"
want "what comes back" same "$(cmp -s "$folder/avatar.png" "$folder/back.png" && echo same)"

want "a search" '*"query": "omaha"*"game": "omaha"*' "$(ask "$base/api/search?q=omaha")"
job=$(ask -X POST "$base/api/jobs" | tr -dc 0-9)
for _ in 1 2 3; do want "a running job" '*running*' "$(ask "$base/api/jobs/$job")"; done
want "a done job" '*done*' "$(ask "$base/api/jobs/$job")"
want "an import" '*<accepted>2</accepted>*' "$(ask -d '<hands><hand/><hand/></hands>' "$base/api/import")"
want "a broken import" 422 "$(status -d '<hands><hand>' "$base/api/import")"
want "basic auth" 200 "$(status -u staff:four-of-a-kind "$base/basic")"
want "no basic auth" 401 "$(status "$base/basic")"
want "digest auth" 200 "$(status --digest -u staff:four-of-a-kind "$base/digest")"
want "wrong digest auth" 401 "$(status --digest -u staff:no "$base/digest")"
want "bearer auth" 200 "$(status -H 'Authorization: Bearer token-bob' "$base/bearer")"
want "a flaky page" 503503200 "$(for _ in 1 2 3; do status "$base/flaky/smoke?fails=2"; done)"
want "a limited page" 429200 "$(for _ in 1 2; do status "$base/limited/smoke"; done)"
want "chunks" '*Transfer-Encoding: chunked*player 999*' "$(ask -i "$base/chunked")"
want "gzip" '*{"packed": true*' "$(ask --compressed "$base/gzip")"
want "redirects" '*true*' "$(ask -L "$base/redirect/3")"
want "an endless redirect" '47' "$(ask -L -o /dev/null "$base/redirect/loop" 2>/dev/null; echo $?)"
want "a slow answer" '*"slept": 20*' "$(ask "$base/slow?ms=20")"
want "an echo" '*"method": "QUERY"*"x-one": "1"*"a", "b"*"body": "c\\"d"*' "$(ask -X QUERY -H 'x-one: 1' -d 'c"d' "$base/echo?a=b")"
want "over a Unix socket" '*"commit": "2a7be*' "$(ask --unix-socket "$folder/site.sock" http://localhost/version)"
upgrade() {
    ask -i --max-time 0.5 --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
        -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "$@" 2>/dev/null
}
want "an upgrade" 'HTTP/1.1 101 *Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=*' \
    "$(upgrade "$base/realtime?watch=7" | head -c 300 | tr -d '\0')"
want "a snapshot" '*{"type": "snapshot", "table": 7,*' "$(upgrade "$base/realtime?watch=7" | tr -d '\0')"
want "Socket.IO" '*0{"sid":*"pingInterval":500*' \
    "$(upgrade "$base/socket.io/?EIO=4&transport=websocket" | tr -d '\0')"
want "no log-in" 'HTTP/1.1 401 *Log in, or bring a ticket*' "$(upgrade "$base/realtime")"
want "no such ticket" 'HTTP/1.1 403 *ticket is not valid*' "$(upgrade "$base/realtime?ticket=T")"
want "no such table" 'HTTP/1.1 404 *' "$(upgrade "$base/realtime?watch=0")"
want "another origin" 'HTTP/1.1 403 *Origin*' "$(upgrade -H 'Origin: http://evil.test' "$base/realtime/echo")"
want "an unknown subprotocol" 'HTTP/1.1 400 *' "$(upgrade -H 'Sec-WebSocket-Protocol: x' "$base/realtime/echo")"
want "a subprotocol" '*Sec-WebSocket-Protocol: arena.v1*' \
    "$(upgrade -H 'Sec-WebSocket-Protocol: x, arena.v1' "$base/realtime/echo" | tr -d '\0')"
want "no upgrade" 426 "$(status "$base/realtime")"
want "Pusher" '*"event":"pusher:connection_established"*activity_timeout*' \
    "$(upgrade "$base/app/arena-key?protocol=7" | tr -d '\0')"
want "no such application" 'HTTP/1.1 404 *' "$(upgrade "$base/app/other")"
auth() { ask -H 'Authorization: Bearer token-bob' -d socket_id=1.2 -d "channel_name=$1" "$base/broadcasting/auth"; }
want "a presence channel" '*"auth": "arena-key:*"channel_data": *bob*' "$(auth presence-table.7)"
want "a private channel of others" '*not for you*' "$(auth private-table.7)"
want "polling" '*Transport unknown*' "$(ask "$base/socket.io/?EIO=4&transport=polling")"
ask "$base/api/scores/stream?count=1" >"$folder/scores" &
scores=$!
sleep 0.3
want "a score" '*"id": 1*' "$(ask -d '{"game": "omaha", "score": 7}' "$base/api/scores")"
wait "$scores"
want "the stream of scores" '*event: score*id: 1*data: {"game": "omaha", "score": 7}*' "$(cat "$folder/scores")"
want "a restart" '*"closed": 0*' "$(ask -X POST "$base/api/realtime/restart?pause_ms=400")"
want "while it restarts" 'HTTP/1.1 503 *The realtime server restarts*' "$(upgrade "$base/realtime/echo")"
sleep 0.5
want "after it" 'HTTP/1.1 101 *' "$(upgrade "$base/realtime/echo" | tr -d '\0')"
want "a log-out" 302 "$(jar -o /dev/null -w '%{http_code}' -X POST -H "X-XSRF-TOKEN: $xsrf" "$base/logout")"
want "me after it" 401 "$(status -b "$folder/jar" "$base/api/me")"
kill -TERM "$pid"; wait "$pid"
want "the end by SIGTERM" 0 $?
: | timeout 5 "$site" --port 0 --until-eof >/dev/null
want "the end at the end of input" 0 $?
[ "$failures" = 0 ] || exit 1
