/* SPDX-License-Identifier: MIT */
#include "gherkin/tokens/place.h"

enum { EXPECTED_COUNT = 12 };

#define TOKENS_BEFORE_SCENARIO TOKEN_TAG_LINE, TOKEN_SCENARIO_LINE, TOKEN_RULE_LINE
#define TOKENS_AFTER_STEP                                                                      \
    TOKEN_STEP_LINE, TOKEN_TAG_LINE, TOKEN_EXAMPLES_LINE, TOKEN_SCENARIO_LINE,                 \
        TOKEN_RULE_LINE, TOKEN_COMMENT, TOKEN_EMPTY
#define TOKENS_AFTER_EXAMPLES                                                                  \
    TOKEN_TAG_LINE, TOKEN_EXAMPLES_LINE, TOKEN_SCENARIO_LINE, TOKEN_RULE_LINE

/* What each place allows, in the order in which it is tried and told. Examples lines are left out
 * in a background. */
static const unsigned char expected[PLACE_COUNT][EXPECTED_COUNT] = {
    [PLACE_START] = { TOKEN_EOF, TOKEN_LANGUAGE, TOKEN_TAG_LINE, TOKEN_FEATURE_LINE,
                      TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_LANGUAGE] = { TOKEN_TAG_LINE, TOKEN_FEATURE_LINE, TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_FEATURE_TAGS] = { TOKEN_TAG_LINE, TOKEN_FEATURE_LINE, TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_HEADER] = { TOKEN_EOF, TOKEN_EMPTY, TOKEN_COMMENT, TOKEN_BACKGROUND_LINE,
                       TOKENS_BEFORE_SCENARIO, TOKEN_OTHER },
    [PLACE_HEADER_DESCRIPTION] = { TOKEN_EOF, TOKEN_COMMENT, TOKEN_BACKGROUND_LINE,
                                   TOKENS_BEFORE_SCENARIO, TOKEN_OTHER },
    [PLACE_CONTAINER] = { TOKEN_EOF, TOKEN_EMPTY, TOKEN_COMMENT, TOKEN_STEP_LINE,
                          TOKENS_AFTER_EXAMPLES, TOKEN_OTHER },
    [PLACE_CONTAINER_DESCRIPTION] = { TOKEN_EOF, TOKEN_COMMENT, TOKEN_STEP_LINE,
                                      TOKENS_AFTER_EXAMPLES, TOKEN_OTHER },
    [PLACE_STEP] = { TOKEN_EOF, TOKEN_TABLE_ROW, TOKEN_DOC_STRING_SEPARATOR,
                     TOKENS_AFTER_STEP },
    [PLACE_STEP_TABLE] = { TOKEN_EOF, TOKEN_TABLE_ROW, TOKEN_DOC_STRING_SEPARATOR,
                           TOKENS_AFTER_STEP },
    [PLACE_STEP_DOC_STRING] = { TOKEN_EOF, TOKEN_TABLE_ROW, TOKENS_AFTER_STEP },
    [PLACE_STEP_BOTH_TABLE_LAST] = { TOKEN_EOF, TOKEN_TABLE_ROW, TOKENS_AFTER_STEP },
    [PLACE_STEP_BOTH] = { TOKEN_EOF, TOKENS_AFTER_STEP },
    [PLACE_DOC_STRING] = { TOKEN_DOC_STRING_SEPARATOR, TOKEN_OTHER },
    [PLACE_DOC_STRING_AFTER_TABLE] = { TOKEN_DOC_STRING_SEPARATOR, TOKEN_OTHER },
    [PLACE_SCENARIO_TAGS] = { TOKEN_TAG_LINE, TOKEN_SCENARIO_LINE, TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_EXAMPLES_TAGS] = { TOKEN_TAG_LINE, TOKEN_EXAMPLES_LINE, TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_RULE_TAGS] = { TOKEN_TAG_LINE, TOKEN_RULE_LINE, TOKEN_COMMENT, TOKEN_EMPTY },
    [PLACE_EXAMPLES] = { TOKEN_EOF, TOKEN_EMPTY, TOKEN_COMMENT, TOKEN_TABLE_ROW,
                         TOKENS_AFTER_EXAMPLES, TOKEN_OTHER },
    [PLACE_EXAMPLES_DESCRIPTION] = { TOKEN_EOF, TOKEN_COMMENT, TOKEN_TABLE_ROW,
                                     TOKENS_AFTER_EXAMPLES, TOKEN_OTHER },
    [PLACE_EXAMPLES_TABLE] = { TOKEN_EOF, TOKEN_TABLE_ROW, TOKENS_AFTER_EXAMPLES, TOKEN_COMMENT,
                               TOKEN_EMPTY },
};

const unsigned char *place_expected(enum place place)
{
    return expected[place];
}

static const unsigned char after_separator[PLACE_COUNT] = {
    [PLACE_STEP] = PLACE_DOC_STRING,
    [PLACE_STEP_TABLE] = PLACE_DOC_STRING_AFTER_TABLE,
    [PLACE_DOC_STRING] = PLACE_STEP_DOC_STRING,
    [PLACE_DOC_STRING_AFTER_TABLE] = PLACE_STEP_BOTH,
};

static const unsigned char after_row[PLACE_COUNT] = {
    [PLACE_STEP] = PLACE_STEP_TABLE,
    [PLACE_STEP_TABLE] = PLACE_STEP_TABLE,
    [PLACE_STEP_DOC_STRING] = PLACE_STEP_BOTH_TABLE_LAST,
    [PLACE_STEP_BOTH_TABLE_LAST] = PLACE_STEP_BOTH_TABLE_LAST,
    [PLACE_EXAMPLES] = PLACE_EXAMPLES_TABLE,
    [PLACE_EXAMPLES_DESCRIPTION] = PLACE_EXAMPLES_TABLE,
    [PLACE_EXAMPLES_TABLE] = PLACE_EXAMPLES_TABLE,
};

/* Comments too begin a description: empty lines behind them belong to it. */
static const unsigned char after_description_line[PLACE_COUNT] = {
    [PLACE_HEADER] = PLACE_HEADER_DESCRIPTION,
    [PLACE_CONTAINER] = PLACE_CONTAINER_DESCRIPTION,
    [PLACE_EXAMPLES] = PLACE_EXAMPLES_DESCRIPTION,
};

static const unsigned char after_line[TOKEN_TYPE_COUNT] = {
    [TOKEN_LANGUAGE] = PLACE_LANGUAGE,       [TOKEN_FEATURE_LINE] = PLACE_HEADER,
    [TOKEN_RULE_LINE] = PLACE_HEADER,        [TOKEN_BACKGROUND_LINE] = PLACE_CONTAINER,
    [TOKEN_SCENARIO_LINE] = PLACE_CONTAINER, [TOKEN_EXAMPLES_LINE] = PLACE_EXAMPLES,
    [TOKEN_STEP_LINE] = PLACE_STEP,
};

enum place place_after(enum place place, enum token_type type)
{
    if (type == TOKEN_DOC_STRING_SEPARATOR) {
        return after_separator[place];
    }
    if (type == TOKEN_TABLE_ROW) {
        return after_row[place];
    }
    if (type == TOKEN_COMMENT || type == TOKEN_OTHER) {
        return after_description_line[place] ? after_description_line[place] : place;
    }
    return after_line[type] ? after_line[type] : place;
}

const char *place_hint(enum place place)
{
    if (place <= PLACE_FEATURE_TAGS) {
        return "start the file with 'Feature: <name>', or a '# language:' line and then that";
    }
    if (place == PLACE_DOC_STRING || place == PLACE_DOC_STRING_AFTER_TABLE) {
        return "close the doc string with the delimiter that opened it";
    }
    if (place == PLACE_SCENARIO_TAGS || place == PLACE_EXAMPLES_TAGS ||
        place == PLACE_RULE_TAGS) {
        return "tags stand right before what they tag";
    }
    return "a step starts with a keyword such as Given, When or Then; a description stands "
           "before the first step; comments start with #";
}
