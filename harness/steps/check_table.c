/* SPDX-License-Identifier: MIT */
#include "steps/check_table.h"

#include "world/step.h"
#include "world/table.h"
#include "world/value.h"
#include "world/world.h"

static bool read_value(struct step *step, const struct table_cell *cell,
                       struct value *ret_value)
{
    struct problems problems;
    problems_init(&problems);
    bool is_ok = value_parse(text_trim(cell->raw), cell->at, false, ret_value, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

void check_table(struct step *step, struct cast cast)
{
    struct pairs pairs;
    if (!table_read_pairs(step, cast.count ? cast.list[0] : world_speaker(step), &pairs)) {
        return;
    }
    for (size_t i = 0; i < pairs.count; i++) {
        const struct table_cell *cells = pairs.rows[i].cells;
        struct value value;
        if (!read_value(step, &cells[0], &value)) {
            return;
        }
        value_check(step, &value, cast, cells[1].raw, cells[1].at);
    }
}

bool check_table_holds(struct step *step, struct cast cast, bool *ret_holds,
                       struct text *ret_why)
{
    struct pairs pairs;
    if (!table_read_pairs(step, cast.list[0], &pairs)) {
        return false;
    }
    *ret_holds = true;
    for (size_t i = 0; i < pairs.count && *ret_holds; i++) {
        const struct table_cell *cells = pairs.rows[i].cells;
        struct value value;
        if (!read_value(step, &cells[0], &value) ||
            !value_holds(step, &value, cast, cells[1].raw, cells[1].at, ret_holds, ret_why)) {
            return false;
        }
    }
    return true;
}
