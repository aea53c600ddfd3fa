#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Bad input from files: a message that names the place, the right exit code, no crash.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1
mkdir empty

# bad NAME CODE REGEX ARGUMENT…: the regex fits a line of the problems.
bad() {
    local name=$1 wanted=$2 regex=$3
    shift 3
    run --base-url "$site_url" "$@"
    want_code "$name" "$wanted"
    want_text "$name" "$regex" "$folder/err"
}

good=$'Feature: F\n  Scenario: S\n    When I send GET "/version"\n    Then the status is 200\n'
printf '%s' "$good" >good.feature
run --base-url "$site_url" good.feature
want_code "a good file without any configuration" 0

bad "a missing path" 2 "nowhere\.feature" nowhere.feature
bad "a missing path beside a good one" 2 "nowhere\.feature" good.feature nowhere.feature
bad "a folder without features" 3 "empty" empty
if [ "$(id -u)" != 0 ]; then
    cp good.feature unreadable.feature
    chmod 000 unreadable.feature
    bad "an unreadable file" 2 "unreadable\.feature" unreadable.feature
    mkdir closed && cp good.feature closed && chmod 000 closed
    bad "an unreadable folder" 2 "closed" closed
    chmod 755 closed
elif command -v setpriv >/dev/null; then
    chmod 755 "$folder"
    cp good.feature unreadable.feature
    chmod 000 unreadable.feature
    setpriv --reuid 65534 --regid 65534 --clear-groups \
        "$bddrun" --base-url "$site_url" unreadable.feature >out 2>err </dev/null
    code=$?
    want_code "an unreadable file" 2
    want_text "an unreadable file" "unreadable\.feature" err
fi
head -c 100000 /bin/sh >binary.feature
bad "a binary file" 2 "binary\.feature:1:[0-9]+" binary.feature
printf 'Feature: F\n  Scenario: a\0b\n    When I send GET "/"\n' >nul.feature
bad "a NUL" 2 "nul\.feature:2:14" nul.feature
printf 'Feature: F\n  Scenario: caf\xe9\n    When I send GET "/"\n' >latin.feature
bad "text that is not UTF-8" 2 "latin\.feature:2:16" latin.feature
{ printf 'Feature: F\n  Scenario: S\n    When I send GET "/'; head -c 100000000 /dev/zero | tr '\0' x; printf '"\n'; } >long.feature
run --base-url "$site_url" long.feature --format junit:long.xml
want "a line of 100 MB is a failure or refused" '[12]' "$code"
cat "$folder/out" "$folder/err" >"$folder/both"
want_text "a line of 100 MB" "long\.feature:[23]" "$folder/both"
want "the line is not repeated" yes "$([ "$(stat -c %s "$folder/both")" -lt 1000000 ] && echo yes)"
rm long.feature
printf 'Feature: F\n  Szenario: S\n    When I send GET "/"\n' >mistyped.feature
bad "a mistyped keyword" 2 "mistyped\.feature:[23]" mistyped.feature
printf 'Feature: F\n  Scenario: S\n    When I send PSOT "/"\n' >undefined.feature
run --base-url "$site_url" undefined.feature
want_code "an undefined step" 1
want_text "an undefined step" "undefined\.feature:3" "$folder/out"
printf 'Feature: F\n  Scenario: S\n    When I send GET "/version"\n' >unchecked.feature
run --base-url "$site_url" unchecked.feature
want_code "a scenario that checks nothing" 1
printf 'Feature: F\n  Scenario: S\n    When I send GET "/status/500"\n    And I send GET "/version"\n    Then the status is 200\n' >unread.feature
run --base-url "$site_url" unread.feature
want_code "an answer 500 that nobody read" 1
want_text "an answer 500 that nobody read" "unread\.feature:3" "$folder/out"
printf 'Feature: F\n  Scenario: S\n' >stepless.feature
run --base-url "$site_url" stepless.feature
want_code "a scenario without steps" 1
printf 'Feature: F\n  Scenario Outline: S\n    When I send GET "<x>"\n    Examples:\n      | x |\n' >rowless.feature
run --base-url "$site_url" rowless.feature
want "an outline without rows is no success" '[123]' "$code"
bad "a tag that nothing has" 3 "@nothing" good.feature --tags @nothing
bad "a bad tag expression" 2 "@a and" good.feature --tags "@a and"
bad "an unknown option" 2 "no-such" good.feature --no-such
bad "an unknown format" 2 "pdf" good.feature --format pdf:x.pdf

mkdir configured && cp good.feature configured/
config() { printf 'version: 1\nscenarios: .\n%s\n' "$1" >configured/bddrun.yaml; }
config $'environmets: {}'
bad "an unknown key" 2 "bddrun\.yaml:3:1" configured
config $'default_environment: nowhere\nenvironments: {staging: {url: "http://127.0.0.1:1"}}'
bad "an unknown environment" 2 "nowhere" configured
config $'environments: {staging: {url: "http://127.0.0.1:1", limits: {jobs: many}}}'
bad "a number that is none" 2 "bddrun\.yaml:3:" configured
config $'a: [1'
bad "broken YAML" 2 "bddrun\.yaml:" configured
config $'a: &x [*x]'
bad "an alias" 2 "bddrun\.yaml:3:" configured
conclude
