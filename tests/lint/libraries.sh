#!/bin/sh
# SPDX-License-Identifier: MIT
# A third-party header is included only by the wrapper that owns its library.
find harness reporters -name '*.[ch]' | sort | xargs awk '
    BEGIN {
        owner["curl/"] = "^harness/net/"
        owner["wslay/"] = "^harness/net/"
        owner["libxml/"] = "^harness/format/"
        owner["pcre2.h"] = "^harness/format/"
        owner["yaml.h"] = "^harness/config/document[.]c$"
        owner["openssl/"] = "^harness/(format|net)/"
        owner["zlib.h"] = "^harness/format/inflate[.]c$"
        owner["microhttpd.h"] = "^nowhere$"
    }
    /^#include </ {
        for (library in owner)
            if (index($2, "<" library) == 1 && FILENAME !~ owner[library]) {
                print FILENAME ":" FNR ": " $2 " belongs to its wrapper"
                bad = 1
            }
    }
    END { exit bad }'
