/* SPDX-License-Identifier: MIT */
/*
 * Lines of a description that were probably meant as a step or a heading: 'Whne GET /x', 'Then:',
 * 'Exampels:'. Words that begin ordinary English sentences ('The', 'They') are none.
 */
#ifndef BDDRUN_GHERKIN_MISSPELLING_H
#define BDDRUN_GHERKIN_MISSPELLING_H

#include <stdbool.h>

#include "base/text.h"
#include "gherkin/dialects/dialect.h"

struct misspelling {
    struct text word;   /* as written; borrowed from the line */
    struct text wanted; /* the keyword of the dialect, a heading's without its colon */
    bool is_step;
    /* Begins in lower case, as the second line of a sentence may: counts only where no prose
     * comes before it. */
    bool may_continue;
};

/* What a description stands below, and so what a line of it may be meant as. */
enum described {
    DESCRIBED_HEADER,    /* feature or rule: no step, no examples */
    DESCRIBED_CONTAINER, /* background or scenario */
    DESCRIBED_EXAMPLES   /* no step */
};

/* The line is without blanks at its start. */
bool misspelling_find(const struct dialect *dialect, struct text line, enum described described,
                      struct misspelling *ret_misspelling);

/* True for a line that starts with a scenario's, background's or examples' keyword, without its
 * colon. */
bool misspelling_lacks_colon(const struct dialect *dialect, struct text line,
                             struct misspelling *ret_misspelling);

#endif
