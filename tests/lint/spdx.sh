#!/bin/sh
# SPDX-License-Identifier: MIT
# The licence stands on the first line, or the second behind #!.
bad=0
for file in $(find CMakeLists.txt dev .ci cmake harness reporters tests -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.cmake' -o -name CMakeLists.txt -o -name dev \
    -o -path .ci/run \) ! -path '*/corpus/*' | sort); do
    if ! head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT'; then
        echo "$file:1: no SPDX-License-Identifier: MIT"
        bad=1
    fi
done
exit $bad
