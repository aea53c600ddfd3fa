/* SPDX-License-Identifier: MIT */
#include "deploy/promotion.h"

#include "base/random.h"
#include "deploy/promotion/steps.h"

struct said {
    const char *key;
    struct text value;
    const char *second_key; /* NULL: none */
    struct text second_value;
};

static void print_said(struct json_writer *writer, const void *context)
{
    const struct said *said = context;
    json_write_key(writer, said->key);
    json_write_string(writer, said->value);
    if (said->second_key) {
        json_write_key(writer, said->second_key);
        json_write_string(writer, said->second_value);
    }
}

static void print_member(struct json_writer *writer, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(writer, key);
        json_write_string(writer, value);
    }
}

static void print_begin(struct json_writer *writer, const void *context)
{
    const struct promotion *promotion = context;
    print_member(writer, "kind", promotion->is_rollback ? TEXT("rollback") : TEXT("promotion"));
    print_member(writer, "by", promotion->context->user);
    print_member(writer, "release", promotion->units[0].after.name);
    print_member(writer, "commit", promotion->commit);
    print_member(writer, "commitBefore", promotion->commit_before);
    print_member(writer, "rollbackUnsafe", promotion->unsafe);
    json_write_key(writer, "targets");
    json_write_begin_array(writer);
    for (size_t i = 0; i < promotion->unit_count; i++) {
        json_write_begin_object(writer);
        print_member(writer, "target", promotion->units[i].target->name);
        print_member(writer, "before", promotion->units[i].before);
        print_member(writer, "after", promotion->units[i].after.name);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
    json_write_key(writer, "components");
    json_write_begin_array(writer);
    for (size_t i = 0; i < promotion->component_count; i++) {
        json_write_string(writer, promotion->components[i]->name);
    }
    json_write_end_array(writer);
    if (promotion->print_evidence) {
        promotion->print_evidence(writer, promotion->evidence);
    }
}

static void say(const struct promotion *promotion, const char *what, struct text text)
{
    if (promotion->say) {
        struct text line =
            arena_format(promotion->context->arena, "%s%.*s", what, TEXT_ARG(text));
        promotion->say(promotion->say_context, line);
    }
}

static bool tell(struct promotion *promotion, const struct step *step, const char *state,
                 struct problems *problems)
{
    struct said said = { "step", step->name, "state", text_of(state) };
    return journal_append(promotion->journal, "step", promotion->id, print_said, &said,
                          problems);
}

/* Announces, takes and tells. */
static bool take(struct promotion *promotion, const struct step *step, bool is_back,
                 struct problems *problems)
{
    say(promotion, "", step->name);
    bool is_told = tell(promotion, step, "doing", problems);
    if (!is_told && !is_back) {
        return false; /* a way back is taken even if the disk is full */
    }
    fault_reached(promotion->context->fault, "a step is announced");
    bool is_taken = step_take(promotion, step, is_back, problems);
    fault_reached(promotion->context->fault, "a step is taken");
    is_told = tell(promotion, step, is_taken ? "done" : "failed", problems);
    return is_taken && (is_told || is_back);
}

static struct promotion_result end(struct promotion *promotion, enum operation_outcome outcome,
                                   struct text reason, struct problems *problems)
{
    struct promotion_result result = { .outcome = outcome, .reason = reason };
    struct said said = { "outcome", text_of(operation_outcome_name(outcome)),
                         reason.size > 0 ? "reason" : NULL, reason };
    if (!journal_append(promotion->journal, "end", promotion->id, print_said, &said,
                        problems) &&
        outcome != OPERATION_ABANDONED) {
        result =
            (struct promotion_result){ .outcome = OPERATION_NEEDS_PERSON,
                                       .reason = TEXT("the journal could not be written") };
    }
    return result;
}

static struct text first_reason(const struct promotion *promotion, size_t from,
                                const struct problems *problems, const char *otherwise)
{
    return from < problems->count
               ? arena_text(promotion->context->arena, problems->list[from].message)
               : text_of(otherwise);
}

/* What the operation had begun, read anew: the journal is the only memory. */
static const struct operation *begun(const struct promotion *promotion)
{
    struct operations operations =
        operations_read(promotion->journal, promotion->context->arena);
    return &operations.list[operations.count - 1];
}

static bool cannot_go_back(const struct promotion *promotion, const struct steps *steps)
{
    if (promotion->unsafe.size > 0 && steps->count > 0) {
        return steps->list[0].kind == STEP_BACK;
    }
    return false;
}

struct promotion_result promotion_take_back(struct promotion *promotion, struct text reason,
                                            struct problems *problems)
{
    struct arena *arena = promotion->context->arena;
    struct steps steps = steps_back(promotion, begun(promotion));
    bool was_switched = steps.count > 0 && steps.list[0].kind == STEP_BACK;
    if (cannot_go_back(promotion, &steps)) {
        return end(promotion, OPERATION_NEEDS_PERSON,
                   arena_format(arena, "%.*s; it cannot be taken back: %.*s", TEXT_ARG(reason),
                                TEXT_ARG(promotion->unsafe)),
                   problems);
    }
    struct said said = { "reason", reason, NULL, TEXT_EMPTY };
    (void)!journal_append(promotion->journal, "back", promotion->id, print_said, &said,
                          problems);
    say(promotion, "taking back: ", reason);
    size_t failed = 0;
    size_t from = problems->count;
    for (size_t i = 0; i < steps.count; i++) {
        failed += !take(promotion, &steps.list[i], true, problems);
    }
    if (failed > 0) {
        return end(
            promotion, OPERATION_NEEDS_PERSON,
            arena_format(arena, "%.*s; while it was taken back: %.*s", TEXT_ARG(reason),
                         TEXT_ARG(first_reason(promotion, from, problems, "a step failed"))),
            problems);
    }
    return end(promotion, was_switched ? OPERATION_TAKEN_BACK : OPERATION_ABANDONED, reason,
               problems);
}

static bool begin(struct promotion *promotion, struct problems *problems)
{
    if (promotion->earlier) {
        promotion->id = promotion->earlier->id;
        return true;
    }
    struct random random;
    random_init(&random);
    promotion->id = arena_format(promotion->context->arena, "%016llx",
                                 (unsigned long long)random_uint64(&random));
    return journal_append(promotion->journal, "begin", promotion->id, print_begin, promotion,
                          problems);
}

/* A command of the user's that is known to be done is not run again. */
static bool is_done_already(const struct promotion *promotion, const struct step *step)
{
    bool is_command = step->kind == STEP_BEFORE || step->kind == STEP_SUSPEND;
    return is_command && operation_step_state(promotion->earlier, step->name) == OPERATION_DONE;
}

struct promotion_result promotion_run(struct promotion *promotion, struct problems *problems)
{
    size_t from = problems->count;
    if (!begin(promotion, problems)) {
        return (struct promotion_result){ .outcome = OPERATION_ABANDONED,
                                          .reason = first_reason(promotion, from, problems,
                                                                 "the journal is closed") };
    }
    struct steps steps = steps_forward(promotion);
    for (size_t i = 0; i < steps.count; i++) {
        const struct step *step = &steps.list[i];
        if (is_done_already(promotion, step)) {
            continue;
        }
        if (take(promotion, step, false, problems)) {
            continue;
        }
        struct text reason = first_reason(promotion, from, problems, "a step failed");
        if (promotion->is_rollback) {
            return end(promotion, OPERATION_NEEDS_PERSON, reason, problems);
        }
        struct promotion_result result = promotion_take_back(promotion, reason, problems);
        result.is_not_now = step->kind == STEP_IDLE;
        return result;
    }
    return end(promotion, promotion->is_rollback ? OPERATION_ROLLED_BACK : OPERATION_PROMOTED,
               TEXT_EMPTY, problems);
}

bool promotion_repaired(struct journal *journal, struct text reason, struct text by,
                        struct problems *problems)
{
    struct said said = { "reason", reason, "by", by };
    return journal_append(journal, "repaired", TEXT_EMPTY, print_said, &said, problems);
}
