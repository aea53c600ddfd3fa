#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Through a real proxy: by a step, by the configuration, by the process environment; never to
# loopback, and with credentials only for the proxy. Then: what is marked @serial runs alone.
source "$(dirname "$0")/library.sh"
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null || { echo "no nginx: skipped"; exit 77; }
start_site staging --flavour staging
cd "$folder" || exit 1

write_configuration() { # PORT
    cat >nginx.conf <<END
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 256; }
http {
    log_format short '\$request \$status';
    access_log $folder/access.log short;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxied;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    server {
        listen 127.0.0.1:$1;
        location / {
            if (\$http_host = "closed.test") { set \$closed 1; }
            if (\$http_proxy_authorization = "Basic c3RhZmY6Zm91ci1vZi1hLWtpbmQ=") { set \$closed 0; }
            if (\$closed = 1) { return 407; }
            proxy_pass http://127.0.0.1:$site_port;
            proxy_set_header Host \$http_host;
            proxy_set_header Proxy-Authorization "";
            proxy_set_header Via "1.1 nginx";
        }
    }
}
END
}
start_nginx() {
    local pid
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        write_configuration "$port"
        nginx -p "$folder" -c "$folder/nginx.conf" 2>nginx.err &
        pid=$!
        for _ in $(seq 40); do
            kill -0 "$pid" 2>/dev/null || break
            if [ -s nginx.pid ]; then
                started+=("$pid")
                return 0
            fi
            sleep 0.05
        done
        wait "$pid" 2>/dev/null
    done
    wrong "nginx does not start: $(cat nginx.err)"
    conclude
}
start_nginx
proxy=http://127.0.0.1:$port

cat >step.feature <<'END'
Feature: By a step
  Scenario: one actor's proxy
    Given alice uses proxy "${proxy}"
    And I use no proxy
    When alice sends GET "http://arena.test/echo"
    Then the JSON at "$.headers.via" is "1.1 nginx"
    And the JSON at "$.headers.host" is "arena.test"
    When I send GET "/echo"
    Then the JSON at "$.headers.via" does not exist
  Scenario: a proxy that asks who is there
    Given I use proxy "${proxy}"
    When I send GET "http://closed.test/echo"
    Then the status is 407
    Given I use proxy "http://staff:four-of-a-kind@127.0.0.1:${port}"
    And I use user agent "four-of-a-kind"
    When I send GET "http://closed.test/echo"
    Then the status is 200
    And the JSON at "$.headers['proxy-authorization']" does not exist
END
run step.feature -v --base-url "$site_url" -D "proxy=$proxy" -D "port=$port" --format terminal \
    --format junit:step.xml
want_code "a proxy by a step" 0
want_no_text "the password of a proxy" 'four-of-a-kind' step.xml
want_no_text "the password of a proxy" 'four-of-a-kind' out
want_text "the proxy has seen it" 'GET http://arena.test/echo HTTP/1.1 200' access.log

cat >all.feature <<'END'
Feature: By the configuration or the process environment
  Scenario: all
    When I send GET "/echo"
    Then the JSON at "$.headers.via" is "1.1 nginx"
END
cat >bddrun.yaml <<END
version: 1
default_environment: staging
environments: {staging: {url: "http://arena.test", proxy: "$proxy"}}
END
run all.feature
want_code "a proxy by the configuration" 0
rm bddrun.yaml
http_proxy=$proxy run all.feature --base-url http://arena.test
want_code "a proxy by the process environment" 0
http_proxy=$proxy no_proxy=arena.test run all.feature --base-url http://arena.test
want_code "a host that has no proxy" 4
http_proxy=http://127.0.0.1:1 run all.feature --base-url http://arena.test
want_code "a proxy that is not there" 4
want_text "its name is said" '127\.0\.0\.1 port 1|proxy' out
cat >loopback.feature <<'END'
Feature: Loopback
  Scenario: is never proxied
    When I send GET "/echo"
    Then the JSON at "$.headers.via" does not exist
END
http_proxy=$proxy run loopback.feature --base-url "$site_url"
want_code "loopback has no proxy" 0

# Who runs @serial has the site to itself: at no time do two answers overlap with it.
{
    echo 'Feature: Alone'
    for i in 1 2 3; do
        printf '  @serial\n  Scenario: alone %s\n    When I send GET "/slow?ms=150&alone=%s"\n' "$i" "$i"
        printf '    Then the status is 200\n'
    done
    for i in $(seq 12); do
        printf '  Scenario: together %s\n    When I send GET "/slow?ms=150&together=%s"\n' "$i" "$i"
        printf '    Then the status is 200\n'
    done
} >alone.feature
run alone.feature --base-url "$site_url" -j 8 --format message:alone.ndjson
want_code "serial scenarios" 0
awk '
    # The text or number behind the last "KEY": of a line.
    function value(key,   rest, at) {
        rest = $0
        while (at = index(rest, "\"" key "\":")) rest = substr(rest, at + length(key) + 3)
        sub(/^"/, "", rest); sub(/[",}].*/, "", rest)
        return rest
    }
    function time() { return value("seconds") - 1700000000 + value("nanos") / 1e9 }
    function id() { sub(/^.*"id":"/, ""); sub(/".*/, ""); return $0 }
    /^{"pickle":/ { title = value("name"); sub(/^{"pickle":{/, ""); names[id()] = title }
    /^{"testCase":/ { pickle = value("pickleId"); sub(/"testSteps":.*/, ""); cases[id()] = names[pickle] }
    /^{"testCaseStarted":/ {
        count++; begin[count] = time(); called[count] = cases[value("testCaseId")]; place[id()] = count
    }
    /^{"testCaseFinished":/ { end[place[value("testCaseStartedId")]] = time() }
    END {
        for (a = 1; a <= count; a++)
            for (b = a + 1; b <= count; b++)
                if (begin[a] < end[b] && begin[b] < end[a]) {
                    together++
                    if (called[a] ~ /^alone/ || called[b] ~ /^alone/) { print called[a] " beside " called[b]; wrong = 1 }
                }
        exit wrong || count != 15 || !together
    }' alone.ndjson || wrong "something ran beside a @serial scenario, or nothing together"
conclude
