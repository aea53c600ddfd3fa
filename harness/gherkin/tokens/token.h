/* SPDX-License-Identifier: MIT */
/*
 * What one line of a .feature file is. A token is only places in the source; tags and cells in it
 * are found by tag_next and cell_next.
 */
#ifndef BDDRUN_GHERKIN_TOKENS_TOKEN_H
#define BDDRUN_GHERKIN_TOKENS_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "gherkin/argument.h"
#include "gherkin/dialects/dialect.h"
#include "gherkin/tokens/line.h"

enum token_type {
    TOKEN_NONE,
    TOKEN_EOF,
    TOKEN_EMPTY,
    TOKEN_COMMENT,
    TOKEN_TAG_LINE,
    TOKEN_FEATURE_LINE,
    TOKEN_RULE_LINE,
    TOKEN_BACKGROUND_LINE,
    TOKEN_SCENARIO_LINE,
    TOKEN_EXAMPLES_LINE,
    TOKEN_STEP_LINE,
    TOKEN_DOC_STRING_SEPARATOR,
    TOKEN_TABLE_ROW,
    TOKEN_LANGUAGE,
    TOKEN_OTHER,
    TOKEN_TYPE_COUNT
};

struct token {
    enum token_type type;
    struct line line;
    struct slice keyword; /* size 0 where the type has none */
    struct slice text; /* title, step, media type, language, tags; whole line: comment, other */
    enum step_type step_type;
};

/* The official name: "FeatureLine". */
const char *token_type_name(enum token_type type);

/* Whether token->line can be of this type: then fills the rest of the token. delimiter is that of
 * the doc string the line stands in, NULL outside of one. Never true for TOKEN_EOF. */
bool token_match(struct token *token, enum token_type type, struct text bytes,
                 const struct dialect *dialect, const char *delimiter);

/* The line from its first byte that is not blank. */
struct text token_line_text(const struct token *token, struct text bytes);

/* Tags in the text of a tag line's token, each with its @, as offsets into it; *at starts at 0. */
bool tag_next(struct text tags, size_t *at, struct slice *ret_tag);

/* Cells of a table row's whole line text as written, without the blanks around them; *at starts at 0. What
 * is behind the last | is no cell. */
bool cell_next(struct text line, size_t *at, struct slice *ret_cell);

#endif
