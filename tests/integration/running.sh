#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# How scenarios are run: statuses and exit codes, limits, isolation, connections, crashes.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1

# feature FILE: writes standard input to it.
feature() { cat >"$1.feature"; }
# one NAME CODE REGEX ARGUMENT…: runs NAME.feature; the regex fits a line of its output.
one() {
    local name=$1 wanted=$2 regex=$3
    shift 3
    run "$name.feature" --base-url "$site_url" --format "junit:$name.xml" --format terminal "$@"
    want_code "$name $*" "$wanted"
    cat out err >both
    want_text "$name $*" "$regex" both
}

feature pending <<'END'
Feature: F
  Scenario: later
    Given this scenario is pending because "the lobby moves first"
    When I send GET "/version"
    Then the status is 200
END
one pending 1 'the lobby moves first'

feature skipped <<'END'
Feature: F
  Scenario: never
    Given this scenario is skipped unless the variable "never" is true
    When I send GET "/version"
    Then the status is 200
END
one skipped 3 'skip' -D never=false

feature flaky <<'END'
Feature: F
  Scenario: second time lucky
    When I send GET "/flaky/${mark}?fails=1"
    Then the status is 200
END
one flaky 1 '503' -D mark=a
one flaky 0 '[Ff]laky' -D mark=b --retry 1
want_junit flaky.xml
one flaky 1 '[Ff]laky' -D mark=c --retry 1 --fail-on-flaky

{
    echo 'Feature: F'
    for i in $(seq 30); do
        printf '  Scenario: S%s\n    When I send GET "/status/200"\n    Then the status is 500\n' "$i"
    done
} | feature failing
one failing 1 'S1' -j 1 --max-failures 2
want_xml "two failures" 2 failing.xml "count(//testcase[failure])"

feature dry <<'END'
Feature: F
  Scenario: S
    When I send GET "/flaky/dry?fails=0"
    Then the status is 200
END
one dry 0 'S|dry' --dry-run
want "a dry run sends nothing" '*"attempt": 1*' "$(curl -s "$site_url/flaky/dry?fails=0")"
run dry.feature --base-url "$site_url" --list
want_code "a list" 0
want_text "a list" 'dry\.feature:2' out
want "a list sends nothing" '*"attempt": 2*' "$(curl -s "$site_url/flaky/dry?fails=0")"

# Connections live longer than scenarios.
{
    echo 'Feature: F'
    for i in $(seq 200); do
        printf '  Scenario: S%s\n    When I send GET "/version"\n    Then the status is 200\n' "$i"
    done
} | feature kept
count() { curl -s "$site_url/connections" | tr -dc 0-9; }
before=$(count)
one kept 0 '200' -j 4
want "connections for 200 scenarios by 4 workers: $(($(count) - before - 1))" yes \
    "$([ $(($(count) - before)) -le 8 ] && echo yes)"

# Credentials stay with their host.
first_url=$site_url
start_site other --flavour staging
other_url=$site_url
site_url=$first_url
feature credentials <<'END'
Feature: F
  Scenario: a bearer token
    Given I use bearer token "token-alice"
    And I set cookie "mine" to "1"
    And I follow redirects
    When I send GET "/redirect/to?url=/echo"
    Then the JSON at "$.headers.authorization" is "Bearer token-alice"
    When I send GET "/redirect/to?url=${other}/echo"
    Then the status is 200
    And the URL is "${other}/echo"
    And the JSON at "$.headers.authorization" does not exist
  Scenario: basic auth
    Given I use basic auth as "staff" with password "four-of-a-kind"
    And I follow redirects
    When I send GET "/redirect/to?url=${other}/echo"
    Then the JSON at "$.headers.authorization" does not exist
  Scenario: for ever
    Given I follow redirects
    When I send GET "/redirect/loop"
    Then the status is 200
END
one credentials 1 'redirect' -D "other=$other_url"
want_xml "only the loop fails" 'for ever' credentials.xml "//testcase[failure]/@name"
want_xml "one failure" 1 credentials.xml "count(//testcase[failure])"

# A worker that is killed costs one scenario.
{
    echo 'Feature: F'
    printf '  Scenario: slow\n    When I send GET "/slow?ms=3000"\n    Then the status is 200\n'
    for i in $(seq 50); do
        printf '  Scenario: S%s\n    When I send GET "/slow?ms=20"\n    Then the status is 200\n' "$i"
    done
} | feature killed
"$bddrun" killed.feature --base-url "$site_url" -j 1 --format junit:killed.xml >out 2>err </dev/null &
pid=$!
sleep 1
worker=$(pgrep -P "$pid" | head -1)
[ -n "$worker" ] && kill -9 "$worker"
wait "$pid"
code=$?
want_code "a killed worker" 1
want_junit killed.xml
want_xml "all have a result" 51 killed.xml "count(//testcase)"
want_xml "one has failed" 1 killed.xml "count(//testcase[failure or error])"
want_text "it is said" 'signal 9|killed|crash|SIGKILL' out

# Time limits.
feature limits <<'END'
Feature: F
  Scenario: too slow
    When I send GET "/slow?ms=20000"
    Then the status is 200
  Scenario: quick
    When I send GET "/version"
    Then the status is 200
END
for limit in step scenario run; do
    start=$SECONDS
    one limits 1 'time|limit' --$limit-timeout 700ms
    want "the limit of the $limit holds" yes "$([ $((SECONDS - start)) -lt 8 ] && echo yes)"
    want_junit limits.xml
done

# An environment that is only read.
mkdir -p readonly
cat >readonly/bddrun.yaml <<END
version: 1
scenarios: .
default_environment: production
environments: {production: {url: "$site_url", read_only: true}}
END
cat >readonly/a.feature <<'END'
Feature: F
  Scenario: it writes
    When I send POST "/flaky/written?fails=0"
    Then the status is 200
  Scenario: it reads
    When I send GET "/version"
    Then the status is 200
  @writes-production
  Scenario: it may write
    When I send POST "/flaky/allowed?fails=0"
    Then the status is 200
END
run readonly --format junit:readonly.xml
want_code "a read-only environment" 1
want_xml "the one that writes fails" 'it writes' readonly.xml "//testcase[failure]/@name"
want_xml "only that" 1 readonly.xml "count(//testcase[failure])"
want "nothing was written" '*"attempt": 1*' "$(curl -s "$site_url/flaky/written?fails=0")"
run readonly --format junit:readonly.xml -e production --base-url "${site_url/127.0.0.1/127.0.0.1}"
want_code "however it is reached" 1

# Colours on demand only; every verbosity hides secrets.
feature secret <<'END'
Feature: F
  Scenario: S
    Given I use basic auth as "staff" with password "${door}"
    When I send GET "/basic"
    Then the status is 201
END
cat >bddrun.yaml <<END
version: 1
secrets: {door: {env: DOOR_KEY}}
END
export DOOR_KEY=four-of-a-kind
for verbosity in -q -v -vv -vvv; do
    one secret 1 '201' $verbosity --format message:secret.ndjson
    want_no_text "the secret with $verbosity" 'four-of-a-kind|c3RhZmY6Zm91ci1vZi1hLWtpbmQ' both
    want_no_text "the secret in JUnit" 'four-of-a-kind|c3RhZmY6Zm91ci1vZi1hLWtpbmQ' secret.xml
    want_no_text "the secret in messages" 'four-of-a-kind|c3RhZmY6Zm91ci1vZi1hLWtpbmQ' secret.ndjson
done
rm bddrun.yaml
run failing.feature --base-url "$site_url"
want_no_text "no colours into a file" $'\x1b' out
run failing.feature --base-url "$site_url" --color always
want_text "colours on demand" $'\x1b' out
conclude
