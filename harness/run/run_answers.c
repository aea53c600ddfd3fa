/* SPDX-License-Identifier: MIT */
/* What workers ask the parent for. */
#include "config/settings.h"
#include "run/desk/question.h"
#include "run/run_parts.h"

static bool lend(struct run *run, uint32_t scenario, struct buffer *answer)
{
    size_t row;
    if (accounts_lend(&run->accounts, scenario, &row)) {
        buffer_add_format(answer, "y%zu", row);
        return true;
    }
    if (accounts_has_all(&run->accounts, scenario)) {
        buffer_add_format(answer, "nthe scenario has all %zu of them", run->accounts.ours);
        return true;
    }
    return false;
}

enum { ANSWER_LIMIT_BYTES = 256 };

void run_answer_waiting(struct run *run)
{
    size_t kept = 0;
    for (size_t i = 0; i < run->waiting_count; i++) {
        struct waiting_worker waiting = run->waiting[i];
        struct buffer answer;
        buffer_init(&answer, ANSWER_LIMIT_BYTES);
        if (lend(run, waiting.scenario, &answer)) {
            crew_answer(&run->crew, waiting.worker, buffer_text(&answer));
        } else {
            run->waiting[kept++] = waiting;
        }
        buffer_release(&answer);
    }
    run->waiting_count = kept;
}

/* Everybody who has accounts waits for another: nobody would ever give one back. */
static bool is_deadlock(const struct run *run)
{
    return run->waiting_count + 1 >= run->in_flight;
}

static bool ask_account(struct run *run, uint32_t worker, uint32_t scenario,
                        struct buffer *answer)
{
    if (lend(run, scenario, answer)) {
        return true;
    }
    if (is_deadlock(run)) {
        buffer_add_format(answer, "nall %zu are lent to scenarios that wait for another",
                          run->accounts.ours);
        return true;
    }
    run->waiting[run->waiting_count++] = (struct waiting_worker){ worker, scenario };
    return false;
}

static void note_revision(struct run *run, const struct question *question)
{
    struct revision_list *list = run->stage == RUN_STAGE_REVISIONS_BEFORE
                                     ? &run->revisions_before
                                     : &run->revisions_after;
    size_t limit = run->setup->settings->environment->services.count + 1;
    if (!list->list) {
        list->list = ARENA_ARRAY(&run->arena, limit, struct revision);
    }
    if (list->count < limit) {
        list->list[list->count++] =
            (struct revision){ .service = arena_text(&run->arena, question->name),
                               .revision = arena_text(&run->arena, question->data) };
    }
}

/* What was not known before the run is said once. */
static void say_no_revision(struct run *run, const struct question *question)
{
    bool was_known = run->stage == RUN_STAGE_REVISIONS_BEFORE;
    for (size_t i = 0; i < run->revisions_before.count; i++) {
        was_known |= text_equal(run->revisions_before.list[i].service, question->name);
    }
    if (was_known) {
        problems_add(run->problems, PROBLEM_WARNING, span_none(),
                     "check `revision:` of the environment in bddrun.yaml",
                     "the revision is not known: %.*s", TEXT_ARG(question->data));
    }
}

bool run_ask(void *context, uint32_t worker, const struct assignment *assignment,
             struct text bytes, struct buffer *answer)
{
    struct run *run = context;
    struct question question;
    struct text data;
    if (!question_read(bytes, &question)) {
        buffer_add_byte(answer, 'n');
        return true;
    }
    switch (question.kind) {
    case QUESTION_ACCOUNT:
        return ask_account(run, worker, assignment->index, answer);
    case QUESTION_KEEP:
        buffer_add_byte(answer, kept_set(&run->kept, question.name, question.data) ? 'y' : 'n');
        return true;
    case QUESTION_FIND:
        buffer_add_byte(answer, kept_find(&run->kept, question.name, &data) ? 'y' : 'n');
        if (answer->at[0] == 'y') {
            buffer_add(answer, data);
        }
        return true;
    case QUESTION_REVISION:
        note_revision(run, &question);
        break;
    case QUESTION_NO_REVISION:
        say_no_revision(run, &question);
        break;
    case QUESTION_MASKS:
        run_note_masks(run, question.data);
        break;
    }
    buffer_add_byte(answer, 'y');
    return true;
}
