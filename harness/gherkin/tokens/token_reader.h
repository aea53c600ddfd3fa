/* SPDX-License-Identifier: MIT */
/*
 * Turns the lines of a .feature file into tokens, as the grammar of Gherkin allows them at each
 * place. A line that cannot be is an error with what could have been, and is skipped: reading goes
 * on, to find more errors. Two errors of the same place and message count once.
 */
#ifndef BDDRUN_GHERKIN_TOKENS_TOKEN_READER_H
#define BDDRUN_GHERKIN_TOKENS_TOKEN_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "gherkin/tokens/place.h"
#include "gherkin/tokens/token.h"

struct token_reader {
    const struct source *source;
    struct line_reader lines;
    const struct dialect *dialect;
    const char *delimiter; /* of the doc string the next line stands in, or NULL */
    enum place place;
    bool is_in_scenario; /* rather than in a background: may have examples */
    bool is_done;
    struct problems *problems;
    size_t first_problem;
    size_t error_count;
    size_t error_limit; /* reading ends when there are more */
};

/* source is less than 4 GiB of valid UTF-8 without NUL bytes. */
void token_reader_init(struct token_reader *reader, const struct source *source,
                       size_t error_limit, struct problems *problems);

/* False behind the token for the end of the file, or after too many errors. */
bool token_reader_next(struct token_reader *reader, struct token *ret_token) MUST_CHECK;

/* Adds an error of the content, as the reader does for its own. */
void token_reader_error(struct token_reader *reader, struct span at, const char *hint,
                        const char *format, ...) PRINTF_LIKE(4, 5);

#endif
