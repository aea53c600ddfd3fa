/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include <stddef.h>
#include <string.h>

enum exit_code command_main(int count, char **words)
{
    for (const struct command *const *at = commands; *at; at++) {
        if (count > 1 && strcmp(words[1], (*at)->name) == 0) {
            return (*at)->run(count - 1, words + 1);
        }
    }
    return EXIT_CODE_USAGE;
}
