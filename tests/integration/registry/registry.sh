# SPDX-License-Identifier: MIT
# Sourced by integration.registry: Debian's docker-registry on the storage of the test's folder.
# shellcheck shell=bash disable=SC2154

# start_registry NAME [AUTH…]: sets registry to its host and port; AUTH are lines of its `auth:`.
start_registry() {
    local name=$1 log=$folder/$1.log
    shift
    {
        printf 'version: 0.1\nlog: {level: info, formatter: json}\nhttp: {addr: "127.0.0.1:0"}\n'
        printf 'storage: {filesystem: {rootdirectory: %s}}\n' "$folder/storage"
        [ $# = 0 ] || printf 'auth:\n'
        [ $# = 0 ] || printf '  %s\n' "$@"
    } >"$folder/$name.yml"
    docker-registry serve "$folder/$name.yml" >"$log" 2>&1 &
    started+=($!)
    for _ in $(seq 400); do
        registry=$(sed -n 's/.*"listening on \(127\.0\.0\.1:[0-9]*\)".*/\1/p' "$log")
        [ -n "$registry" ] && return
        sleep 0.05
    done
    wrong "docker-registry did not start" "$(tail -n 3 "$log")"
    conclude
}

# push REPOSITORY TEXT: an image whose only content is the text; prints its digest.
push() {
    local config=$folder/config digest size location
    printf '{"text": "%s"}' "$2" >"$config"
    digest=sha256:$(sha256sum <"$config" | cut -d' ' -f1)
    size=$(stat -c %s "$config")
    location=$(curl -s -i -X POST "http://$registry/v2/$1/blobs/uploads/" | tr -d '\r' | sed -n 's/^Location: //p')
    curl -s -o /dev/null -X PUT --data-binary "@$config" -H 'Content-Type: application/octet-stream' "$location&digest=$digest"
    printf '{\n  "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",\n  "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %s}, "layers": []}\n' \
        "$digest" "$size" >"$folder/manifest"
    curl -s -o /dev/null -X PUT --data-binary "@$folder/manifest" \
        -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' "http://$registry/v2/$1/manifests/pushed-$2"
    echo "sha256:$(sha256sum <"$folder/manifest" | cut -d' ' -f1)"
}

# tag_of REPOSITORY TAG: the digest that the open registry says the tag names, or nothing.
tag_of() {
    curl -s -I -H 'Accept: application/vnd.oci.image.manifest.v1+json' "http://$open/v2/$1/manifests/$2" |
        tr -d '\r' | sed -n 's/^Docker-Content-Digest: //p'
}

# The authentications that real registries have: prints what start_registry takes.
htpasswd_auth() {
    php -r 'echo "ann:", password_hash("open:sesame", PASSWORD_BCRYPT), "\n";' >"$folder/htpasswd"
    echo "htpasswd: {realm: arena, path: $folder/htpasswd}"
}
token_auth() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=bddrun-test \
        -keyout "$folder/token.key" -out "$folder/token.pem" 2>/dev/null
    node "$SOURCE/tests/integration/registry/token_server.js" "$folder/token.key" "$folder/token.pem" "$folder/token.port" &
    started+=($!)
    wait_for_file "$folder/token.port"
    token_realm=http://127.0.0.1:$(cat "$folder/token.port")/token
}
