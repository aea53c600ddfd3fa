/* SPDX-License-Identifier: MIT */
/*
 * The grammar of Gherkin as places between lines: which tokens each allows and where each leads.
 * Features and rules, scenarios and backgrounds share places: what sets them apart is kept by the
 * token reader.
 */
#ifndef BDDRUN_GHERKIN_TOKENS_PLACE_H
#define BDDRUN_GHERKIN_TOKENS_PLACE_H

#include "gherkin/tokens/token.h"

/* Where in the grammar the next line stands. */
enum place {
    PLACE_START,
    PLACE_LANGUAGE,
    PLACE_FEATURE_TAGS,
    PLACE_HEADER, /* of a feature or a rule */
    PLACE_HEADER_DESCRIPTION,
    PLACE_CONTAINER, /* scenario or background */
    PLACE_CONTAINER_DESCRIPTION,
    PLACE_STEP,
    PLACE_STEP_TABLE,
    PLACE_STEP_DOC_STRING,
    PLACE_STEP_BOTH_TABLE_LAST,
    PLACE_STEP_BOTH,
    PLACE_DOC_STRING,
    PLACE_DOC_STRING_AFTER_TABLE,
    PLACE_SCENARIO_TAGS,
    PLACE_EXAMPLES_TAGS,
    PLACE_RULE_TAGS,
    PLACE_EXAMPLES,
    PLACE_EXAMPLES_DESCRIPTION,
    PLACE_EXAMPLES_TABLE,
    PLACE_COUNT
};

/* Values of enum token_type in the order in which they are tried and told, ended by TOKEN_NONE.
 * TOKEN_EOF is the first where the file may end. */
const unsigned char *place_expected(enum place place);

/* Where an expected token leads; for all but tag lines, of which the lines behind them decide. */
enum place place_after(enum place place, enum token_type type);

/* The next action for a user whose line is not expected here. */
const char *place_hint(enum place place);

#endif
