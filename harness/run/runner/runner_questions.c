/* SPDX-License-Identifier: MIT */
/* What a scenario asks the parent for. */
#include "config/settings.h"
#include "run/desk/question.h"
#include "run/runner_parts.h"
#include "world/recorded.h"
#include "world/recordings.h"
#include "world/step.h"
#include "world/world.h"

static bool ask(struct runner *runner, struct step *step, const struct question *question,
                struct text *ret_data)
{
    struct text answer;
    buffer_clear(&runner->question);
    question_print(&runner->question, question);
    if (!worker_ask(runner->worker, buffer_text(&runner->question), &answer) ||
        answer.size == 0) {
        step_fail(step, "interrupted");
        return false;
    }
    *ret_data = text_from(answer, 1);
    return answer.at[0] == 'y';
}

bool runner_lend_account(void *context, struct step *step, struct text actor,
                         struct variables *ret_columns)
{
    struct runner *runner = context;
    const struct accounts *accounts = runner->setup->accounts;
    struct question question = { QUESTION_ACCOUNT, actor, TEXT_EMPTY };
    struct text data = TEXT_EMPTY;
    uint64_t row;
    if (!ask(runner, step, &question, &data) || !text_to_uint64(data, &row) ||
        row >= accounts->row_count) {
        step_fail(step, "no account for '%.*s': %.*s", TEXT_ARG(actor), TEXT_ARG(data));
        step_hint(step, "add rows to '%.*s'",
                  TEXT_ARG(runner->setup->settings->environment->accounts));
        return false;
    }
    for (size_t i = 0; i < accounts->column_count; i++) {
        variables_set(ret_columns, &runner->arena,
                      (struct variable){ .owner = TEXT_EMPTY,
                                         .name = accounts->columns[i],
                                         .value = accounts->rows[row].cells[i] });
    }
    return true;
}

bool runner_keep_session(void *context, struct step *step, struct text name, struct text data)
{
    struct question question = { QUESTION_KEEP, name, data };
    struct text ignored;
    return ask(context, step, &question, &ignored);
}

bool runner_find_session(void *context, struct step *step, struct text name,
                         struct text *ret_data)
{
    struct runner *runner = context;
    struct question question = { QUESTION_FIND, name, TEXT_EMPTY };
    struct text data;
    if (!ask(runner, step, &question, &data)) {
        step_fail(step, "no session was kept as '%.*s'", TEXT_ARG(name));
        step_hint(step,
                  "keep it in a feature tagged @before-all: "
                  "'alice keeps the session as \"%.*s\"'",
                  TEXT_ARG(name));
        return false;
    }
    *ret_data = arena_text(&runner->arena, data);
    return true;
}

void runner_tell_masks(struct runner *runner, const struct world *world)
{
    const struct recordings *recordings = runner->setup->recordings;
    bool has_compared = world->recorded && world->recorded->redaction;
    if (!has_compared || recordings->masks.own_count == 0) {
        return;
    }
    CLEANUP(buffer_release) struct buffer used;
    buffer_init(&used, MASKS_LIMIT + 1);
    for (size_t i = 0; i < recordings->masks.own_count; i++) {
        const struct mask_usage *usage = &recordings->masks.own[i]->usage;
        buffer_add_byte(&used, usage->places > usage->shadowed ? '1' : '0');
    }
    if (!text_equal(buffer_text(&used), buffer_text(&runner->masks_told))) {
        struct question question = { QUESTION_MASKS, TEXT_EMPTY, buffer_text(&used) };
        struct text ignored;
        buffer_clear(&runner->question);
        question_print(&runner->question, &question);
        (void)worker_ask(runner->worker, buffer_text(&runner->question), &ignored);
        buffer_clear(&runner->masks_told);
        buffer_add(&runner->masks_told, buffer_text(&used));
    }
}
