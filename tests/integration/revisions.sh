#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The revision of each service before and after a run, in the reports; what is wrong with it.
source "$(dirname "$0")/library.sh"
start_site staging --flavour staging
cd "$folder" || exit 1

cat >one.feature <<'END'
Feature: F
  Scenario: S
    When I send GET "/version"
    Then the status is 200
END
# config AT: the site, itself again as a service, and a service that is not there.
config() {
    cat >bddrun.yaml <<END
environments:
  staging:
    url: $site_url
    services: {api: "$site_url", gone: "http://127.0.0.1:1", socket: "ws://127.0.0.1:1"}
    revision: {at: $1}
END
}

config /version
run one.feature --environment staging --format junit:one.xml --format terminal
want_code "a revision that is missing is no failure" 0
cat out err >both
want_text "the URL of what has none" "warning.*http://127.0.0.1:1/version" both
want_no_text "sockets are not asked" "ws://" both
for when in before after; do
    for service in "" .api; do
        want_xml "$when$service" "?*" one.xml "//property[@name='revision-$when$service']/@value"
    done
    want_xml "$when.gone" "" one.xml "//property[@name='revision-$when.gone']/@value"
done
want_no_text "nothing changed" "changed during the run" both

cat >two.feature <<'END'
Feature: F
  Scenario: S
    When I send PUT "/api/motd" with JSON:
      """
      {"text": "another"}
      """
    Then the status is at most 299
END
config /api/motd
run two.feature --environment staging --format terminal
cat out err >both
want_text "what changed" "warning.*the revision of 'api' changed during the run from '.*' to '.*another" both
want_text "the environment's own, too" "warning.*the revision changed during the run" both

# Services that do not answer cost their limit once, not each.
start_hostile
cat >bddrun.yaml <<END
environments:
  staging:
    url: $site_url
    services: {a: "$hostile_url", b: "$hostile_url", c: "$hostile_url", d: "$hostile_url"}
    revision: {at: /silent}
    limits: {response: 1 s}
END
start=$(date +%s%N)
run one.feature --environment staging --format terminal
cat out err >both
want_text "no revision" "warning.*the revision is not known: '$hostile_url/silent'" both
want "said once for each service" 5 "$(grep -c "the revision is not known" both)"
want "all services are asked at the same time: $((($(date +%s%N) - start) / 1000000)) ms" yes \
    "$([ $(($(date +%s%N) - start)) -lt 4500000000 ] && echo yes)"
conclude
