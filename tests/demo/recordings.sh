# SPDX-License-Identifier: MIT
# Sourced by ./dev demo: production is recorded, staging answers alike, a broken site does not, and
# each difference is explained in one block.
# shellcheck shell=bash

# recordings_environment NAME URL [SETTING…]
recordings_environment() {
    printf '  %s: {url: "%s"%s}\n' "$1" "$2" "${3:+, $3}" >>"$recordings_project/bddrun.yaml"
}

demo_recordings() {
    recordings_project=$demo_out/recorded
    rm -rf "$recordings_project"
    mkdir -p "$recordings_project"
    cp scenarios/recorded.feature "$recordings_project"
    cat >"$recordings_project/bddrun.yaml" <<'YAML'
version: 1
scenarios: recorded.feature
recordings: {environment: production, allow: {paths: ["POST /api/tournament/deal"]}}
environments:
YAML
    local flavour code
    for flavour in production staging broken; do
        start_site "$flavour"
        # shellcheck disable=SC2154  # start_site sets it
        recordings_environment "$flavour" "$site_url" \
            "$([ "$flavour" = production ] && echo 'read_only: true, revision: {at: /version, json: $.commit}')"
        case $flavour in
        production)
            say "recordings: what production answers, by HTTP and on the sockets of three spectators"
            build/dev/bddrun record --config "$recordings_project/bddrun.yaml"
            build/dev/bddrun check --config "$recordings_project/bddrun.yaml"
            ;;
        staging)
            say "recordings: staging answers as production does, with other ids and times"
            build/dev/bddrun run --config "$recordings_project/bddrun.yaml" -e staging
            ;;
        broken)
            say "recordings: a broken site: a changed field, a crossed id, a lost broadcast"
            code=0
            build/dev/bddrun run --config "$recordings_project/bddrun.yaml" -e broken -j 1 || code=$?
            [ "$code" -eq 1 ] || { echo "dev: the broken site should have given exit code 1, not $code" >&2; return 1; }
            say "recordings: what bddrun accept would take of it, entry by entry"
            code=0
            build/dev/bddrun accept --config "$recordings_project/bddrun.yaml" -e broken 2>/dev/null || code=$?
            [ "$code" -eq 1 ] || { echo "dev: bddrun accept should have given exit code 1, not $code" >&2; return 1; }
            ;;
        esac
        stop_site
    done
}
