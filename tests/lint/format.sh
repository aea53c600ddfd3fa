#!/bin/sh
# SPDX-License-Identifier: MIT
# clang-format 14, as Debian 12 has it: other versions decide differently.
version=$(clang-format --version 2>/dev/null | grep -o 'version [0-9]*')
[ "$version" = "version 14" ] || { echo "clang-format 14 is not here: ./dev setup"; exit 77; }
find harness reporters tests -name '*.[ch]' ! -path '*/corpus/*' | sort |
    xargs clang-format --dry-run --Werror 2>&1 | grep 'error:' | sed 's/: error:.*/: .\/dev fmt/' |
    awk -F: '!seen[$1]++ { print; bad = 1 } END { exit bad }'
