#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The same scenarios through a real nginx: TLS by an authority of our own, HTTP/2, compression.
source "$(dirname "$0")/library.sh"
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null && command -v openssl >/dev/null || { echo "no nginx: skipped"; exit 77; }
start_site staging --flavour staging
copy_scenarios
report=$folder/project/bddrun-out/junit.xml
certificates=$folder/project/certs
mkdir "$certificates"
make_authority
make_certificate server /CN=localhost "subjectAltName=DNS:localhost,DNS:arena.test,IP:127.0.0.1"
make_certificate client /CN=staff "extendedKeyUsage=clientAuth"

write_configuration() { # PORT OF TLS
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 2048; }
http {
    map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }
    log_format short '\$request_method \$uri \$status \$server_protocol '
                     '\$sent_http_content_encoding \$ssl_client_s_dn';
    access_log $folder/access.log short;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    client_max_body_size 20m;
    keepalive_requests 100000;
    gzip on;
    gzip_types *;
    gzip_min_length 100;
    gzip_proxied any;
    upstream site { server 127.0.0.1:$site_port; keepalive 16; }
    server {
        listen 127.0.0.1:$1 ssl http2;
        ssl_certificate $certificates/server.pem;
        ssl_certificate_key $certificates/server.key;
        ssl_client_certificate $certificates/ca.pem;
        ssl_verify_client optional;
        location / {
            proxy_pass http://site;
            proxy_http_version 1.1;
            proxy_set_header Connection \$connection_upgrade;
            proxy_set_header Upgrade \$http_upgrade;
            proxy_set_header Host \$http_host;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Client-Subject \$ssl_client_s_dn;
        }
    }
}
END
}

start_nginx
sed -i 's|^    accounts: data/players.csv|&\n    tls: {ca: certs/ca.pem}|' "$folder/project/bddrun.yaml"

run "$folder/project" --base-url "https://127.0.0.1:$port" --tags "not @plain" \
    -D "site_socket=$site_socket"
want_code "the scenarios through nginx" 0
want_junit "$report"
want_xml "no failure" 0 "$report" "count(//failure | //error)"
want_text "HTTP/2 was spoken" ' HTTP/2.0 ' "$folder/access.log"
want_text "answers were packed" 'GET /lobby 200 HTTP/2.0 gzip' "$folder/access.log"
want_text "sockets were opened" 'GET /realtime 101 HTTP/1.1' "$folder/access.log"
want_text "Socket.IO too" 'GET /socket.io/ 101 HTTP/1.1' "$folder/access.log"
want_text "HTTP/1.1 on demand" 'GET /echo 200 HTTP/1.1' "$folder/access.log"

cat >"$folder/project/client.feature" <<'END'
Feature: A client certificate

  Scenario: The server knows the client
    Given I use client certificate "certs/client.pem"
    And I use client key "certs/client.key"
    And I use TLS version "1.2"
    When I send GET "/echo"
    Then the JSON at "$.headers['x-client-subject']" is "CN=staff"
END
run "$folder/project/client.feature" --base-url "https://127.0.0.1:$port"
want_code "a client certificate" 0
want_text "the client's name" 'CN=staff' "$folder/access.log"

sed -i '/^    tls:/d' "$folder/project/bddrun.yaml"
run "$folder/project/client.feature" --base-url "https://127.0.0.1:$port"
want_code "an authority that nobody trusts" 4
want_text "it says why" 'certificate|TLS' "$folder/err"
conclude
