/* SPDX-License-Identifier: MIT */
/* Which operands fit what is compared (vocabulary, rule 10). */
#include "diff/comparison.h"

static bool fits(const struct operand *operand, enum subject_nature nature, bool is_ordered)
{
    bool is_any = nature == NATURE_VARIABLE || operand->kind == OPERAND_VARIABLE;
    switch (operand->kind) {
    case OPERAND_DURATION:
        return nature == NATURE_DURATION;
    case OPERAND_SIZE:
        return nature == NATURE_SIZE;
    case OPERAND_CLASS:
        return nature == NATURE_STATUS;
    case OPERAND_NUMBER:
        return nature != NATURE_DURATION && nature != NATURE_SIZE;
    case OPERAND_STRING:
        return is_any || nature == NATURE_TEXT || nature == NATURE_JSON || !is_ordered;
    case OPERAND_WORD:
    case OPERAND_JSON:
    case OPERAND_VARIABLE:
    case OPERAND_REGEX:
    case OPERAND_NOW:
        break;
    }
    return true;
}

static bool refuse(const struct operand *operand, enum subject_nature nature, struct span at,
                   struct problems *problems)
{
    const char *hint = nature == NATURE_DURATION
                           ? "write a time with its unit: 300 ms, 2 seconds"
                       : nature == NATURE_SIZE ? "write a size with its unit: 20 kB, 3 bytes"
                       : operand->kind == OPERAND_CLASS ? "only the status has classes"
                                                        : "write a number without a unit";
    problems_add(problems, PROBLEM_INPUT, at, hint, "'%.*s' does not fit what is compared",
                 TEXT_ARG(operand->text));
    return false;
}

static bool check_containment(const struct operand *operand, enum subject_nature nature,
                              struct span at, struct problems *problems)
{
    bool is_text = operand->kind == OPERAND_STRING || operand->kind == OPERAND_VARIABLE;
    if (is_text || nature != NATURE_TEXT) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at, "a text contains texts: put it in quotes",
                 "'%.*s' is not a text", TEXT_ARG(operand->text));
    return false;
}

bool comparison_check_nature(const struct comparison *comparison, enum subject_nature nature,
                             struct span at, struct problems *problems)
{
    if (comparison->relation == RELATION_COUNT || comparison->relation == RELATION_NEAR) {
        return true; /* their units are in the grammar */
    }
    bool is_ordered =
        comparison->relation >= RELATION_GREATER && comparison->relation <= RELATION_BETWEEN;
    for (size_t i = 0; i < comparison->operand_count; i++) {
        const struct operand *operand = &comparison->operands[i];
        if (!fits(operand, nature, is_ordered)) {
            return refuse(operand, nature, at, problems);
        }
        if (comparison->relation == RELATION_CONTAINS &&
            !check_containment(operand, nature, at, problems)) {
            return false;
        }
    }
    return true;
}
