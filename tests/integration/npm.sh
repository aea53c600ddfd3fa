# SPDX-License-Identifier: MIT
# Sourced after library.sh by tests that need packages of npm: puts them into $peers, or skips.
# shellcheck shell=bash
command -v node >/dev/null && command -v npm >/dev/null ||
    { echo "no node or no npm (./dev setup): skipped"; exit 77; }

# The packages as package-lock.json pins them, once for a build.
peers=$BUILD/peers
patience=(--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=30000)
install_packages() {
    mkdir -p "$peers"
    exec 8>"$peers/lock"
    flock 8
    cmp -s "$SOURCE/tests/support/node/package-lock.json" "$peers/installed" && return 0
    cp "$SOURCE"/tests/support/node/package*.json "$peers/"
    (cd "$peers" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline \
        "${patience[@]}") >"$peers/npm.log" 2>&1 || return 1
    cp "$peers/package-lock.json" "$peers/installed"
}
if ! install_packages; then
    npm ping "${patience[@]}" >/dev/null 2>&1 || { echo "the npm registry cannot be reached: skipped"; exit 77; }
    wrong "npm ci fails: $(tail -n 20 "$peers/npm.log")"
    conclude
fi
exec 8>&- # others may look
