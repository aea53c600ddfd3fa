/* SPDX-License-Identifier: MIT */
/* After a kill: what the journal says was begun, finished or taken back. */
#include "change/component.h"
#include "deploy/release/session.h"

/* The units of the operation as they were, at the targets of now. */
static bool restore_units(struct session *session, const struct operation *operation,
                          struct promotion_unit *units)
{
    for (size_t i = 0; i < session->targets.count; i++) {
        struct target *target = &session->targets.list[i];
        const struct operation_unit *found = NULL;
        for (size_t j = 0; j < operation->unit_count; j++) {
            found = text_equal(operation->units[j].target, target->name) ? &operation->units[j]
                                                                         : found;
        }
        if (!found || operation->unit_count != session->targets.count) {
            return session_refuse(
                session, EXIT_CODE_NEEDS_PERSON,
                arena_format(
                    session->arena,
                    "operation %.*s was cut off, and bddrun.yaml has other targets now",
                    TEXT_ARG(operation->id)),
                "run it once more by the bddrun.yaml of then");
        }
        units[i] = (struct promotion_unit){ .target = target,
                                            .before = found->before,
                                            .after = { .name = found->after,
                                                       .commit = operation->commit } };
    }
    return true;
}

static void restore_components(struct session *session, const struct operation *operation,
                               struct promotion *promotion)
{
    size_t count = 0;
    const struct config_component *all = config_components(session->request->config, &count);
    promotion->components = ARENA_ARRAY(session->arena, operation->component_count + 1,
                                        const struct config_component *);
    for (size_t i = 0; i < operation->component_count; i++) {
        const struct config_component *found =
            component_find(all, count, operation->components[i]);
        if (found) {
            promotion->components[promotion->component_count++] = found;
        }
    }
}

static bool is_asked_for_again(const struct session *session, const struct operation *operation)
{
    const struct target_wish *wish = &session->request->wish;
    struct text wanted = session->answer.release;
    return !operation->is_rollback && !operation->is_taking_back &&
           session->units[0].after.name.size > 0 && text_equal(wanted, operation->release) &&
           (wish->commit.size == 0 || text_equal(wish->commit, operation->commit));
}

static struct promotion restore(struct session *session, const struct operation *operation,
                                struct promotion_unit *units)
{
    struct promotion promotion = session_promotion(session);
    promotion.units = units;
    promotion.is_rollback = operation->is_rollback;
    promotion.commit = operation->commit;
    promotion.commit_before = operation->commit_before;
    promotion.unsafe = operation->unsafe;
    promotion.id = operation->id;
    promotion.earlier = operation;
    restore_components(session, operation, &promotion);
    return promotion;
}

static void finish(struct session *session, struct promotion *promotion)
{
    if (promotion->say) {
        promotion->say(promotion->say_context,
                       arena_format(session->arena, "operation %.*s was cut off: %s",
                                    TEXT_ARG(promotion->id),
                                    promotion->is_rollback ? "carrying on" : "taking it back"));
    }
    struct promotion_result result =
        promotion->is_rollback
            ? promotion_run(promotion, session->problems)
            : promotion_take_back(promotion, TEXT("it was cut off"), session->problems);
    session_answer(session, &result);
}

bool session_recover(struct session *session, bool may_carry_on)
{
    const struct operation *operation = operations_cut_off(&session->operations);
    if (!operation) {
        return true;
    }
    struct promotion_unit *units =
        ARENA_ARRAY(session->arena, session->targets.count, struct promotion_unit);
    if (!restore_units(session, operation, units)) {
        return false;
    }
    if (may_carry_on && is_asked_for_again(session, operation)) {
        session->carried_on = operation;
        session->units = units;
        return true;
    }
    struct promotion promotion = restore(session, operation, units);
    finish(session, &promotion);
    if (session->answer.code == EXIT_CODE_NEEDS_PERSON) {
        return false;
    }
    session->has_recovered = true;
    session->operations = operations_read(&session->journal, session->arena);
    return session_look_again(session);
}
