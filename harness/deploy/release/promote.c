/* SPDX-License-Identifier: MIT */
#include "deploy/release/session.h"

/* What is asked for, at every target; the commit found at the first counts for the others. */
static bool find_releases(struct session *session)
{
    struct target_wish wish = session->request->wish;
    size_t from = session->problems->count;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct promotion_unit *unit = &session->units[i];
        if (!unit->target->type->find(unit->target, &wish, &unit->after, session->problems)) {
            return session_fail(session, from);
        }
        if (wish.release.size == 0 && wish.commit.size == 0) {
            wish.commit = unit->after.commit;
        }
    }
    session->answer.release = session->units[0].after.name;
    session->answer.previous = session->units[0].before;
    session->answer.commit = session->units[0].after.commit;
    return true;
}

static bool is_live_already(const struct session *session)
{
    for (size_t i = 0; i < session->targets.count; i++) {
        if (!text_equal(session->units[i].before, session->units[i].after.name)) {
            return false;
        }
    }
    return true;
}

static bool check_frozen(struct session *session)
{
    const struct release_request *request = session->request;
    if (session->operations.frozen.size == 0) {
        return true;
    }
    if (request->repaired.size > 0) {
        size_t from = session->problems->count;
        return promotion_repaired(&session->journal, request->repaired, request->user,
                                  session->problems) ||
               session_fail(session, from);
    }
    return session_refuse(session, EXIT_CODE_NEEDS_PERSON,
                          arena_format(session->arena, "production waits for a person: %.*s",
                                       TEXT_ARG(session->operations.frozen)),
                          "put it right, then --repaired REASON; or `bddrun rollback`");
}

/* The commit of what is live: of its release, else of the journal. */
static struct text commit_before(struct session *session)
{
    struct promotion_unit *unit = &session->units[0];
    const struct operations *operations = &session->operations;
    for (size_t i = operations->count; i-- > 0;) {
        if (text_equal(operations->list[i].release, unit->before) &&
            operations->list[i].commit.size > 0) {
            return operations->list[i].commit;
        }
    }
    struct problems ignored;
    struct target_release live = { 0 };
    struct target_wish wish = { .release = unit->before };
    problems_init(&ignored);
    if (unit->before.size > 0) {
        (void)!unit->target->type->find(unit->target, &wish, &live, &ignored);
    }
    problems_release(&ignored);
    return live.commit;
}

static struct promotion make(struct session *session)
{
    struct promotion promotion = session_promotion(session);
    const struct operation *earlier = session->carried_on;
    promotion.components = session->scope.components;
    promotion.component_count = session->scope.component_count;
    promotion.commit = session->answer.commit;
    promotion.commit_before = earlier ? earlier->commit_before : commit_before(session);
    promotion.unsafe =
        earlier && earlier->unsafe.size > 0 ? earlier->unsafe : session->scope.unsafe;
    promotion.print_evidence = session_print_evidence;
    promotion.evidence = session;
    promotion.earlier = earlier;
    return promotion;
}

/* What was cut off is settled first, whatever is asked for: production is half way. */
static bool settle(struct session *session, bool may_carry_on)
{
    struct release_answer asked = session->answer;
    if (!operations_cut_off(&session->operations)) {
        return true;
    }
    if (!session_lock(session) || !session_recover(session, may_carry_on)) {
        return false;
    }
    if (!may_carry_on) {
        session->answer = asked;
    }
    return true;
}

static void find_scope(struct session *session)
{
    const struct release_request *request = session->request;
    if (request->find_scope) {
        request->find_scope(request->scope_context, commit_before(session),
                            session->answer.commit, &session->scope);
    }
}

static bool is_allowed_now(struct session *session)
{
    return session->carried_on ||
           (session_check_window(session) && session_check_idle(session));
}

static void dry_run(struct session *session)
{
    struct promotion promotion = make(session);
    session_describe(session, &promotion);
    (void)!session_check_window(session);
}

/* What cannot be removed is said, and changes nothing. */
static void clean(struct session *session)
{
    size_t from = session->problems->count;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct promotion_unit *unit = &session->units[i];
        if (unit->target->type->clean) {
            (void)!unit->target->type->clean(unit->target, unit->before, session->problems);
        }
    }
    for (size_t i = from; i < session->problems->count; i++) {
        session->problems->list[i].kind = PROBLEM_WARNING;
    }
}

static void carry_out(struct session *session)
{
    if (!session->carried_on && is_live_already(session)) {
        session->answer.was_live_already = true;
        session->answer.code = EXIT_CODE_YES;
        return;
    }
    struct promotion promotion = make(session);
    struct promotion_result result = promotion_run(&promotion, session->problems);
    session_answer(session, &result);
    if (result.outcome == OPERATION_PROMOTED) {
        clean(session);
    }
}

static bool find_all(struct session *session)
{
    if (!find_releases(session) || !session_verify(session)) {
        return false;
    }
    find_scope(session);
    return true;
}

static void promote(struct session *session)
{
    bool is_found = session_peek(session) && find_all(session);
    if (session->request->is_dry_run) {
        if (is_found) {
            dry_run(session);
        }
    } else if (settle(session, is_found) && is_found && is_allowed_now(session) &&
               session_lock(session) && check_frozen(session)) {
        carry_out(session);
    }
}

struct release_answer release_promote(const struct release_request *request,
                                      struct arena *arena, struct problems *problems)
{
    struct session session;
    if (session_open(&session, request, arena, problems)) {
        promote(&session);
    }
    session_close(&session);
    return session.answer;
}
