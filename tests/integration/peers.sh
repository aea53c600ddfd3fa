#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Realtime scenarios against servers that are not ours: npm's ws and socket.io, a server of the
# Pusher protocol on ws, and nginx with TLS before ws.
source "$(dirname "$0")/library.sh"
PATH=$PATH:/usr/sbin
source "$(dirname "$0")/npm.sh"

# start_peer NAME: sets peer_url, peer_port.
start_peer() {
    cp "$SOURCE"/tests/support/node/*.mjs "$peers/"
    rm -f "$folder/$1.port"
    node "$peers/$1_server.mjs" "$folder/$1.port" >"$folder/$1.log" 2>&1 &
    started+=("$!")
    wait_for_file "$folder/$1.port"
    peer_port=$(cat "$folder/$1.port")
    peer_url=http://127.0.0.1:$peer_port
}

cp -r "$SOURCE/tests/integration/peers" "$folder/project"
head -c 300000 /dev/urandom >"$folder/project/large.bin"
report=$folder/project/bddrun-out/junit.xml

# run_feature NAME SCENARIOS [OPTION…]
run_feature() {
    local name=$1 scenarios=$2
    shift 2
    run "$folder/project/$name.feature" "$@"
    want_code "$name" 0
    want_junit "$report"
    want_xml "scenarios of $name" "$scenarios" "$report" 'count(//testcase)'
    want_xml "failures of $name" 0 "$report" 'count(//failure | //error | //skipped)'
}

start_peer ws
ws_port=$peer_port
run_feature ws 6 --base-url "$peer_url"

start_peer socketio
run_feature socketio 8 --base-url "$peer_url"

start_peer pusher
run_feature pusher 7 --base-url "$peer_url"

# fails NAME PORT EXPECTED: the scenario on standard input fails, saying what fits EXPECTED.
fails() {
    { echo "Feature: What these servers refuse or break"; echo "  Scenario: $1"; cat; } \
        >"$folder/project/broken.feature"
    run "$folder/project/broken.feature" --base-url "http://127.0.0.1:$2"
    want_code "$1" 1
    want_text "$1: why" "$3" "$folder/out"
}
fails "a refused namespace" "$(cat "$folder/socketio.port")" \
    "namespace '/staff': staff only, data: .*4403" <<'END'
    When I open the "staff" socket at "/socket.io/" with:
      | protocol  | Socket.IO        |
      | namespace | /staff           |
      | auth      | {"token": "no"} |
END
fails "an unknown application" "$(cat "$folder/pusher.port")" \
    "4001, the application does not exist: 'App key not in this cluster.'" <<'END'
    When I open the "other" socket at "/app/other-key" as Pusher
END
fails "a reserved opcode" "$ws_port" 'RFC 6455' <<'END'
    When I open the "broken" socket at "/broken"
    Then I receive a message
END
fails "no heartbeats" "$ws_port" 'no ping of Engine.IO within .* 200 ms \+ 100 ms' <<'END'
    When I open the "table" socket at "/heartless" as Socket.IO
    And I wait 600 ms
    Then my socket is open
END
fails "a broken packet" "$ws_port" \
    "is not JSON: '2\{\"no\":\"array .x1b\[31m\"\}'" <<'END'
    When I open the "table" socket at "/garbled" as Socket.IO
    Then I receive a message
END
fails "a broken packet that no step looks at" "$ws_port" 'is not JSON' <<'END'
    When I open the "table" socket at "/garbled" as Socket.IO
    And I wait 100 ms
END
fails "no event stream" "$ws_port" 'expected status 200, got 404' <<'END'
    When I open the "none" event stream at "/nothing"
END

command -v nginx >/dev/null && command -v openssl >/dev/null || { echo "no nginx"; conclude; }
certificates=$folder/project/certs
mkdir "$certificates"
make_authority
make_certificate server /CN=localhost "subjectAltName=DNS:localhost,IP:127.0.0.1"

write_configuration() { # PORT OF TLS
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 2048; }
http {
    log_format short '\$request_method \$uri \$status \$server_protocol \$ssl_alpn_protocol';
    access_log $folder/access.log short;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    map \$http_upgrade \$connection_upgrade { default upgrade; '' close; }
    server {
        listen 127.0.0.1:$1 ssl http2;
        ssl_certificate $certificates/server.pem;
        ssl_certificate_key $certificates/server.key;
        location / {
            proxy_pass http://127.0.0.1:$ws_port;
            proxy_http_version 1.1;
            proxy_set_header Upgrade \$http_upgrade;
            proxy_set_header Connection \$connection_upgrade;
            proxy_set_header Host \$http_host;
        }
    }
}
END
}
start_nginx
sed -i 's|^    url: .*|&\n    tls: {ca: certs/ca.pem}|' "$folder/project/bddrun.yaml"
run_feature ws 6 --base-url "https://127.0.0.1:$port"
want_text "upgrades spoke HTTP/1.1, where HTTP/2 was on offer" \
    'GET /lobby 101 HTTP/1.1 http/1.1' "$folder/access.log"
want_text "requests spoke HTTP/2" 'POST /announce 202 HTTP/2.0' "$folder/access.log"
conclude
