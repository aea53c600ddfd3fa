#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A PHP-FPM behind nginx serves a tree through its link. Its realpath cache goes on serving the release
# before for two minutes; the marker sees that, so that no scenario ever tests the wrong one.
source "$(dirname "$0")/library.sh"
source "$(dirname "$0")/verdict_library.sh"
PATH=$PATH:/usr/sbin
fpm=$(compgen -c php-fpm | sort | head -n 1)
[ -n "$fpm" ] && command -v nginx >/dev/null && command -v openssl >/dev/null ||
    { echo "no PHP-FPM or no nginx: skipped (php-fpm, nginx-light)"; exit 77; }
cd "$folder" || exit 1
chmod 755 "$folder"
for number in 1 2; do
    mkdir -p "arena/releases/$number"
    printf "$number%.0s" {1..40} >"arena/releases/$number/REVISION"
    cp "arena/releases/$number/REVISION" "arena/releases/$number/commit.txt"
    echo '<?php echo file_get_contents(__DIR__ . "/commit.txt");' >"arena/releases/$number/version.php"
done
ln -s releases/1 arena/current
cat >fpm.conf <<END
[global]
error_log = $folder/fpm.log
pid = $folder/fpm.pid
daemonize = no
[www]
listen = $folder/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 2
php_admin_value[realpath_cache_ttl] = 120
php_admin_value[opcache.enable] = 0
END
if [ "$(id -u)" -eq 0 ]; then printf 'user = root\ngroup = root\n' >>fpm.conf; root=-R; fi
"$fpm" -F ${root:+"$root"} -y fpm.conf >/dev/null 2>&1 &
fpm_pid=$!
started+=("$fpm_pid")
for _ in $(seq 200); do
    [ -S fpm.sock ] && break
    sleep 0.05
done
[ -S fpm.sock ] || { echo "PHP-FPM does not start here: $(tail -n 1 fpm.log)"; exit 77; }

write_configuration() { # PORT
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    server {
        listen 127.0.0.1:$1;
        root $folder/arena/current;
        location / {
            fastcgi_pass unix:$folder/fpm.sock;
            fastcgi_param SCRIPT_FILENAME \$document_root/version.php;
            fastcgi_param REQUEST_METHOD \$request_method;
            fastcgi_param QUERY_STRING \$query_string;
        }
    }
}
END
}
start_nginx
"$bddrun" keygen gate >said || wrong "keygen failed"
sign_statement gate.key "$(print_verdict "$(printf '2%.0s' {1..40})")" >verdict

# deploy AFTER WITHIN: promotes release 2 with these commands after the switch.
deploy() {
    cat >bddrun.yaml <<END
version: 1
environments: {production: {url: "http://127.0.0.1:$port", revision: {at: /version}}}
deploy:
  trust: [gate.pub]
  target: {tree: arena}
  after_switch: [$1]
  verify: {marker: 20, within: $2}
END
    "$bddrun" promote --release 2 --verdict verdict >said 2>&1
}

curl -s "http://127.0.0.1:$port/version" >shown
want "the site serves release 1" "1111*" "$(cat shown)"
for _ in 1 2 3 4 5 6; do curl -s "http://127.0.0.1:$port/version" >/dev/null; done
deploy '' '2 s'
want "without a reload the old release is still served" 5 "$?"
want_text "which the marker sees" "serves '1111[0-9]*', not '2222" said
want "and it is taken back" releases/1 "$(readlink arena/current)"
deploy "[kill, -USR2, \"$fpm_pid\"]" "2 min"
want "with a reload" 0 "$?"
want "release 2 is served" "2222*" "$(curl -s "http://127.0.0.1:$port/version")"
conclude
