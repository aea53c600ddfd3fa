#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Sockets on which a server says what none should: each is a failure of its own scenario that names
# the socket, its actor and the rule that was broken, in bounded time and memory, and harms no other
# scenario, no terminal and no report.
source "$(dirname "$0")/library.sh"
start_hostile
mkdir "$folder/project"
feature=$folder/project/hostile.feature
report=$folder/project/bddrun-out/junit.xml
cat >"$folder/project/bddrun.yaml" <<END
version: 1
scenarios: .
output: bddrun-out/
reports: [junit:junit.xml]
default_environment: hostile
environments:
  hostile:
    url: $hostile_url
    sockets: {pusher: {protocol: pusher, key: k}}
    limits: {jobs: 2, connect: 1 s, response: 1500 ms, receive: 700 ms}
END

# path | how it is opened | what the failure says
cases='ws/silent|text|received no message
ws/masked|text|RFC 6455: .*section 5\.1
ws/reserved-bit|text|RFC 6455: .*section 5\.2
ws/reserved-opcode|text|RFC 6455: .*section 5\.2
ws/reserved-control|text|RFC 6455: .*section 5\.2
ws/lost-continuation|text|RFC 6455: .*section 5\.4
ws/interrupted|text|RFC 6455: .*section 5\.4
ws/fragmented-ping|text|RFC 6455: .*section 5\.[45]
ws/long-ping|text|RFC 6455: .*section 5\.5
ws/bad-utf8|text|RFC 6455: .*section (5\.6|8\.1)
ws/negative-length|text|RFC 6455: .*section 5\.2
ws/endless-length|text|too large.*at most 16777216 bytes
ws/large-message|text|too large.*at most 16777216 bytes
ws/endless-message|text|too large.*at most 16777216 bytes
ws/short-close|text|RFC 6455: .*section 5\.5\.1
ws/bad-close-code|text|RFC 6455: .*section (5\.5\.1|7\.4)
ws/bad-close-reason|text|RFC 6455: .*section (5\.5\.1|8\.1)
ws/evil-reason|text|4001
ws/reset|text|reset|broke
ws/vanish|text|no close frame came
ws/half-frame|text|no close frame came
ws/text-flood|text|full|[0-9]{4,} messages came
ws/ping-flood|text|received no message|full|limit
ws/after-close|text|1000
ws/socket.io/no-open|Socket.IO|Engine\.IO
ws/socket.io/bad-open|Socket.IO|Engine\.IO
ws/socket.io/no-heartbeat|Socket.IO|heartbeat|ping
app/k|Pusher|Pusher
no-upgrade|text|200
wrong-accept|text|Sec-WebSocket-Accept
no-accept|text|Sec-WebSocket-Accept
long-header|text|head
silent|text|timeout|within|no complete answer
nothing|text|closed|no answer|empty
no-http|text|status line|HTTP
event-line|event stream|passes 16777216 bytes
event-page|event stream|text/event-stream
event-end|event stream|ended'
{
    echo 'Feature: Hostile'
    echo '  Scenario: good'
    echo '    When I send GET "/good"'
    echo '    Then the JSON at "$.good" is true'
    while IFS='|' read -r path how _; do
        echo "  Scenario: $path $how"
        case $how in
        "event stream") echo "    When bob opens the \"news\" event stream at \"/$path\"" ;;
        Pusher) echo "    When bob opens the \"pusher\" socket at \"/\"" ;;
        *) echo "    When bob opens the \"news\" socket at \"/$path\" as $how" ;;
        esac
        echo "    Then bob receives a message where the text is \"never sent\""
    done <<<"$cases"
    echo '  Scenario: still good'
    echo '    When I send GET "/good"'
    echo '    Then the JSON at "$.good" is true'
} >"$feature"

start=$SECONDS
( grep -q __asan_init "$bddrun" || ulimit -v 4000000
  exec "$bddrun" "$folder/project" >"$folder/out" 2>"$folder/err" </dev/null )
code=$?
want_code "hostile sockets" 1
want "in bounded time" yes "$([ $((SECONDS - start)) -lt 60 ] && echo yes)"
want_junit "$report"
for name in good "still good"; do
    want_xml "$name passes" 0 "$report" "count(//testcase[@name='$name']/failure)"
done
while IFS='|' read -r path how words; do
    name="$path $how"
    text=$(xmllint --xpath "string(//testcase[@name='$name']/failure/@message)" "$report")
    text="$text $(xmllint --xpath "string(//testcase[@name='$name']/failure)" "$report")"
    if [ "$text" = " " ]; then
        wrong "$name: no failure"
    elif ! grep -qE -- "$words" <<<"$text"; then
        wrong "$name: the failure does not say $words:" "$(head -c 700 <<<"$text")"
    elif ! grep -qE "bob" <<<"$text"; then
        wrong "$name: the failure does not name bob:" "$(head -c 700 <<<"$text")"
    fi
done <<<"$cases"
want "no control character" 0 "$(cat "$folder/out" "$folder/err" "$report" | LC_ALL=C grep -c $'[\x01-\x08\x0b-\x1f\x7f]')"
want "a report of bounded size" yes "$([ "$(stat -c %s "$report")" -lt 20000000 ] && echo yes)"
conclude
