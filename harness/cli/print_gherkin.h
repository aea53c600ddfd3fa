/* SPDX-License-Identifier: MIT */
/* `bddrun check --print=…`: what was parsed, one line each, on the standard output. */
#ifndef BDDRUN_CLI_PRINT_GHERKIN_H
#define BDDRUN_CLI_PRINT_GHERKIN_H

#include "cli/command.h"

enum print_form {
    PRINT_NOTHING,
    PRINT_SOURCE,
    PRINT_TOKENS,
    PRINT_AST,
    PRINT_PICKLES,
};

extern const char *const print_words[]; /* for the option's choices; by enum print_form */

/* path is one feature file, or "-". A file with errors prints its errors in the same form and
 * gives EXIT_CODE_USAGE. */
enum exit_code print_gherkin(struct invocation *invocation, struct text path,
                             enum print_form form);

#endif
