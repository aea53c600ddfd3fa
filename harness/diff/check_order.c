/* SPDX-License-Identifier: MIT */
#include "diff/check.h"
#include "diff/comparison_value.h"
#include "format/json/json_number.h"

static struct text unfit_note(enum subject_nature nature)
{
    return nature == NATURE_DURATION
               ? TEXT(
                     "it is compared with something that is no time with its unit, like 300 ms")
           : nature == NATURE_SIZE
               ? TEXT("it is compared with something that is no size with its unit, like 20 kB")
               : TEXT("it is compared with something that is not such a number");
}

bool check_order(struct check *check)
{
    struct text subject;
    struct text bounds[2];
    if (!comparison_number_of_subject(check->subject, check->arena, &subject)) {
        check->note = TEXT("it is not a number");
        return false;
    }
    for (size_t i = 0; i < check->comparison->operand_count; i++) {
        if (!comparison_number_of_value(&check->values[i], check->subject->nature, check->arena,
                                        &bounds[i])) {
            check->note = unfit_note(check->subject->nature);
            return false;
        }
    }
    int order = json_number_compare(subject, bounds[0]);
    switch ((int)check->comparison->relation) {
    case RELATION_GREATER:
        return order > 0;
    case RELATION_LESS:
        return order < 0;
    case RELATION_AT_LEAST:
        return order >= 0;
    case RELATION_AT_MOST:
        return order <= 0;
    default:
        return order >= 0 && json_number_compare(subject, bounds[1]) <= 0;
    }
}

static bool date_of_value(const struct comparison_value *value, uint64_t *ret_ns)
{
    return value->json ? kind_date_of_json(value->json, ret_ns)
                       : kind_date_of_text(value->text, ret_ns);
}

static bool date_of_subject(const struct subject *subject, uint64_t *ret_ns)
{
    return subject->nature == NATURE_JSON
               ? kind_date_of_json(subject->json, ret_ns)
               : subject->nature == NATURE_TEXT && kind_date_of_text(subject->text, ret_ns);
}

bool check_date(struct check *check)
{
    bool is_near = check->comparison->relation == RELATION_NEAR;
    const struct operand *operand = &check->comparison->operands[is_near];
    uint64_t subject_ns = 0;
    uint64_t wanted_ns = check->resolver->now_ns;
    if (!date_of_subject(check->subject, &subject_ns)) {
        check->note = TEXT("it is not a date");
        return false;
    }
    if (operand->kind != OPERAND_NOW && !date_of_value(&check->values[is_near], &wanted_ns)) {
        check->note = TEXT("it is compared with something that is not a date");
        return false;
    }
    if (check->comparison->relation == RELATION_BEFORE) {
        return subject_ns < wanted_ns;
    }
    if (check->comparison->relation == RELATION_AFTER) {
        return subject_ns > wanted_ns;
    }
    uint64_t apart_ns =
        subject_ns > wanted_ns ? subject_ns - wanted_ns : wanted_ns - subject_ns;
    return apart_ns <= check->values[0].amount;
}
