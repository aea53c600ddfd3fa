/* SPDX-License-Identifier: MIT */
#include "deploy/release/session.h"

static const struct operation *promoted(const struct session *session, struct text release)
{
    for (size_t i = session->operations.count; i-- > 0;) {
        const struct operation *operation = &session->operations.list[i];
        if (!operation->is_rollback && text_equal(operation->release, release)) {
            return operation;
        }
    }
    return NULL;
}

/* By the journal: the newest that is still there, and not marked as bad meanwhile. */
static bool find_in_journal(struct session *session, const struct promotion_unit *unit,
                            struct text *ret_release)
{
    struct problems ignored;
    struct target_wish wish = { 0 };
    struct target_release release;
    size_t place = 0;
    bool is_found = false;
    problems_init(&ignored);
    while (!is_found && operations_find_earlier(&session->operations, unit->target->name,
                                                unit->before, &place, &wish.release)) {
        is_found = unit->target->type->find(unit->target, &wish, &release, &ignored);
    }
    problems_release(&ignored);
    if (is_found) {
        *ret_release = wish.release;
    }
    return is_found;
}

/* Where the journal knows of nothing, by the target's own rule. */
static bool find_earlier(struct session *session, struct promotion_unit *unit,
                         struct text *ret_release)
{
    struct target *target = unit->target;
    size_t from = session->problems->count;
    if (find_in_journal(session, unit, ret_release)) {
        return true;
    }
    struct text release = TEXT_EMPTY;
    if (session->operations.count == 0 && target->type->previous &&
        !target->type->previous(target, &release, session->problems)) {
        return session_fail(session, from);
    }
    if (release.size == 0) {
        return session_refuse(session, EXIT_CODE_NO,
                              arena_format(session->arena,
                                           "%.*s: there is no earlier release that was healthy",
                                           TEXT_ARG(target->name)),
                              "name one: --to RELEASE");
    }
    *ret_release = release;
    return true;
}

static bool find_releases(struct session *session)
{
    for (size_t i = 0; i < session->targets.count; i++) {
        struct promotion_unit *unit = &session->units[i];
        struct target *target = unit->target;
        struct target_wish wish = session->request->wish;
        if (!target->type->can_go_back(target)) {
            return session_refuse(
                session, EXIT_CODE_NO,
                arena_format(session->arena, "%.*s has no way back", TEXT_ARG(target->name)),
                "promote the commit before as a new build");
        }
        if (wish.release.size == 0 && wish.digest.size == 0 &&
            !find_earlier(session, unit, &wish.release)) {
            return false;
        }
        size_t from = session->problems->count;
        if (!target->type->find(target, &wish, &unit->after, session->problems)) {
            return session_fail(session, from);
        }
    }
    session->answer.release = session->units[0].after.name;
    session->answer.previous = session->units[0].before;
    return true;
}

static bool check_safe(struct session *session)
{
    const struct operation *live = promoted(session, session->units[0].before);
    if (!live || live->unsafe.size == 0 || session->request->goes_back_anyway) {
        return true;
    }
    return session_refuse(session, EXIT_CODE_NO,
                          arena_format(session->arena,
                                       "release '%.*s' cannot be rolled back: %.*s",
                                       TEXT_ARG(live->release), TEXT_ARG(live->unsafe)),
                          "repair the data first, then --unsafe");
}

static struct promotion make(struct session *session)
{
    struct promotion promotion = session_promotion(session);
    const struct operation *earlier = promoted(session, session->units[0].after.name);
    const struct operation *live = promoted(session, session->units[0].before);
    promotion.is_rollback = true;
    promotion.commit = session->units[0].after.commit;
    if (promotion.commit.size == 0 && earlier) {
        promotion.commit = earlier->commit;
    }
    promotion.commit_before = live ? live->commit : TEXT_EMPTY;
    session->answer.commit = promotion.commit;
    return promotion;
}

static bool get_ready(struct session *session)
{
    if (session->request->is_dry_run) {
        return session_peek(session);
    }
    return session_lock(session) && session_recover(session, false);
}

static void rollback(struct session *session)
{
    if (!get_ready(session)) {
        return;
    }
    if (session->has_recovered) { /* that was the way back that is asked for */
        session->answer.code = EXIT_CODE_YES;
        session->answer.release = session->units[0].before;
        return;
    }
    if (!check_safe(session) || !find_releases(session)) {
        return;
    }
    struct promotion promotion = make(session);
    if (text_equal(session->answer.release, session->answer.previous)) {
        session->answer.was_live_already = true;
        session->answer.code = EXIT_CODE_YES;
    } else if (session->request->is_dry_run) {
        session_describe(session, &promotion);
    } else {
        struct promotion_result result = promotion_run(&promotion, session->problems);
        session_answer(session, &result);
    }
}

struct release_answer release_rollback(const struct release_request *request,
                                       struct arena *arena, struct problems *problems)
{
    struct session session;
    if (session_open(&session, request, arena, problems)) {
        rollback(&session);
    }
    session_close(&session);
    return session.answer;
}
