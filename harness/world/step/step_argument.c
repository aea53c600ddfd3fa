/* SPDX-License-Identifier: MIT */
/* Arguments that are parsed: values, literals, regular expressions. */
#include "diff/operand.h"
#include "format/regex.h"
#include "world/expand.h"
#include "world/quoted.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

bool step_value(struct step *step, size_t index, struct value *ret_value)
{
    struct problems problems;
    problems_init(&problems);
    bool is_ok = value_parse(step_argument(step, index), step_argument_span(step, index), true,
                             ret_value, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

static bool literal_of(struct step *step, const struct actor *actor,
                       const struct operand *operand, struct span at,
                       struct variable *ret_value)
{
    struct variable value = { .kind = VARIABLE_JSON, .value = operand->text };
    bool is_ok = true;
    if (operand->kind == OPERAND_STRING) {
        value.kind = VARIABLE_TEXT;
        is_ok = step_quoted(step, actor, operand->text, at, &value.value);
    } else if (operand->kind == OPERAND_JSON) {
        is_ok = expand(step, actor, operand->text, at, EXPAND_JSON, &value.value);
    } else if (operand->kind == OPERAND_VARIABLE) {
        is_ok = expand_expression(
            step, actor, text_slice(operand->text, 2, operand->text.size - 1), at, &value);
    } else if (operand->kind != OPERAND_WORD && operand->kind != OPERAND_NUMBER) {
        value.kind = VARIABLE_TEXT;
        is_ok = expand(step, actor, operand->text, at, EXPAND_PLAIN, &value.value);
    }
    if (is_ok) {
        *ret_value = value;
    }
    return is_ok;
}

bool step_literal(struct step *step, const struct actor *actor, size_t index,
                  struct variable *ret_value)
{
    struct text rest = step_argument(step, index);
    struct span at = step_argument_span(step, index);
    struct operand operand;
    struct problems problems;
    problems_init(&problems);
    bool is_ok = operand_take(&step->world->arena, &rest, at, &operand, &problems);
    if (!is_ok) {
        step_fail_at(step, at, "cannot read the value '%.*s'",
                     TEXT_ARG(step_argument(step, index)));
        step_hint(step, "write a text in quotes, a number, true, false, null or JSON");
    }
    problems_release(&problems);
    return is_ok && literal_of(step, actor, &operand, at, ret_value);
}

bool step_match_regex(struct step *step, const struct actor *actor, size_t index,
                      struct text subject, struct text *ret_found)
{
    struct text written;
    struct span at = step_argument_span(step, index);
    if (!expand(step, actor, step_argument(step, index), at, EXPAND_PLAIN, &written)) {
        return false;
    }
    size_t end = written.size;
    while (end > 1 && written.at[end - 1] != '/') {
        end--;
    }
    unsigned flags = 0;
    struct regex_error error = { 0 };
    struct regex_capture captures[2];
    CLEANUP(regex_release) struct regex *regex = NULL;
    if (!regex_flags(text_from(written, end), &flags) ||
        !regex_compile(text_slice(written, 1, end - 1), flags, &regex, &error)) {
        step_fail_at(step, at, "cannot read the regular expression: %s", error.message);
        return false;
    }
    if (regex_match(regex, subject, 0, captures, ARRAY_SIZE(captures)) != REGEX_MATCHED) {
        step_mismatch(step, TEXT("match"), written, subject, at);
        return false;
    }
    const struct regex_capture *found = &captures[captures[1].start != REGEX_UNSET];
    *ret_found = text_slice(subject, found->start, found->end);
    return true;
}
