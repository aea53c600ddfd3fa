/* SPDX-License-Identifier: MIT */
#include "deploy/release/session.h"

enum { PLAN_LIMIT_BYTES = 1 << 20 };

bool session_refuse(struct session *session, enum exit_code code, struct text reason,
                    const char *hint)
{
    session->answer.code = code;
    session->answer.reason = reason;
    problems_add(session->problems, PROBLEM_WARNING, span_none(), hint, "%.*s",
                 TEXT_ARG(reason));
    return false;
}

bool session_fail(struct session *session, size_t from)
{
    session->answer.code = EXIT_CODE_ENVIRONMENT;
    for (size_t i = from; i < session->problems->count; i++) {
        if (session->problems->list[i].kind == PROBLEM_INPUT) {
            session->answer.code = EXIT_CODE_USAGE;
        }
    }
    session->answer.reason =
        from < session->problems->count
            ? arena_text(session->arena, session->problems->list[from].message)
            : TEXT("failed");
    return false;
}

static void set_client(struct session *session)
{
    const struct config_environment *environment = session->request->environment;
    struct http_settings *settings = &session->client.settings;
    if (environment) {
        settings->ca_file = environment->tls.ca;
        settings->client_certificate = environment->tls.certificate;
        settings->client_key = environment->tls.key;
        settings->client_key_passphrase = environment->tls.passphrase.value;
        settings->trusts_any_certificate = environment->tls.is_insecure;
        settings->proxy = environment->proxy;
        if (environment->proxy.size > 0) {
            settings->proxy_use = HTTP_PROXY_GIVEN;
        }
    }
}

static bool prepare(struct session *session)
{
    size_t from = session->problems->count;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct target *target = &session->targets.list[i];
        session->units[i].target = target;
        if (!target->type->prepare(target, session->problems) ||
            !target->type->current(target, &session->units[i].before, session->problems)) {
            return session_fail(session, from);
        }
    }
    return true;
}

bool session_open(struct session *session, const struct release_request *request,
                  struct arena *arena, struct problems *problems)
{
    *session = (struct session){ .request = request, .arena = arena, .problems = problems };
    session->settings = deploy_settings(request->config);
    if (!session->settings) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "docs/deploy.md has one to begin with",
                     "bddrun.yaml has no section 'deploy'");
        return session_fail(session, problems->count - 1);
    }
    size_t from = problems->count;
    session->has_client = client_init(&session->client, request->clock, problems);
    if (!session->has_client) {
        return session_fail(session, from);
    }
    set_client(session);
    session->context =
        (struct target_context){ .arena = arena,
                                 .client = &session->client,
                                 .process_environment = request->process_environment,
                                 .fault = request->fault,
                                 .user = request->user };
    const struct config_records *target = &session->settings->target;
    session->targets = targets_make(target->list, target->count, &session->context);
    session->units = ARENA_ARRAY(arena, session->targets.count, struct promotion_unit);
    return prepare(session);
}

void session_close(struct session *session)
{
    for (size_t i = session->locked; i-- > 0;) {
        struct target *target = &session->targets.list[i];
        if (target->type->unlock) {
            target->type->unlock(target);
        }
    }
    if (session->has_peeked) {
        journal_release(&session->peeked);
    }
    if (session->has_journal) {
        journal_release(&session->journal);
    }
    if (session->has_client) {
        client_release(&session->client);
    }
}

static bool open_journal(struct session *session)
{
    size_t from = session->problems->count;
    struct text folder =
        deploy_journal_folder(session->settings, session->request->config, session->arena);
    switch (journal_open(&session->journal, folder, true, session->request->clock,
                         session->request->fault, session->problems)) {
    case JOURNAL_OPEN:
        break;
    case JOURNAL_LOCKED:
        return session_refuse(session, EXIT_CODE_NOT_NOW,
                              TEXT("another promotion is under way"), "wait until it is done");
    case JOURNAL_FAILED:
        return session_fail(session, from);
    }
    session->has_journal = true;
    session->operations = operations_read(&session->journal, session->arena);
    return true;
}

bool session_peek(struct session *session)
{
    struct journal journal;
    size_t from = session->problems->count;
    struct text folder =
        deploy_journal_folder(session->settings, session->request->config, session->arena);
    if (journal_open(&journal, folder, false, session->request->clock, NULL,
                     session->problems) != JOURNAL_OPEN) {
        return session_fail(session, from);
    }
    session->operations = operations_read(&journal, session->arena);
    session->peeked = journal;
    session->has_peeked = true;
    return true;
}

bool session_look_again(struct session *session)
{
    size_t from = session->problems->count;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct target *target = &session->targets.list[i];
        if (!target->type->current(target, &session->units[i].before, session->problems)) {
            return session_fail(session, from);
        }
    }
    session->answer.previous = session->units[0].before;
    return true;
}

/* Nothing is wrong: it is only not the time. */
static void allow_later(struct session *session, size_t from)
{
    session->answer.code = EXIT_CODE_NOT_NOW;
    for (size_t i = from; i < session->problems->count; i++) {
        session->problems->list[i].kind = PROBLEM_WARNING;
    }
}

bool session_lock(struct session *session)
{
    if (session->has_journal) {
        return true;
    }
    if (!open_journal(session)) {
        return false;
    }
    size_t from = session->problems->count;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct target *target = &session->targets.list[i];
        enum target_hold hold =
            target->type->lock ? target->type->lock(target, session->problems) : TARGET_FREE;
        if (hold == TARGET_FREE) {
            session->locked = i + 1;
            continue;
        }
        (void)session_fail(session, from);
        if (hold == TARGET_HELD) {
            allow_later(session, from);
        }
        return false;
    }
    return session_look_again(session);
}

struct promotion session_promotion(struct session *session)
{
    const struct release_request *request = session->request;
    return (struct promotion){
        .settings = session->settings,
        .environment = request->environment,
        .context = &session->context,
        .units = session->units,
        .unit_count = session->targets.count,
        .resend = request->resend,
        .journal = &session->journal,
        .smoke = request->smoke,
        .say = request->say,
        .say_context = request->say_context,
    };
}

void session_describe(struct session *session, const struct promotion *promotion)
{
    struct buffer out;
    buffer_init(&out, PLAN_LIMIT_BYTES);
    promotion_describe(promotion, &out);
    session->answer.plan = arena_text(session->arena, buffer_text(&out));
    buffer_release(&out);
}

void session_answer(struct session *session, const struct promotion_result *result)
{
    static const enum exit_code codes[] = {
        [OPERATION_CUT_OFF] = EXIT_CODE_BUG,
        [OPERATION_PROMOTED] = EXIT_CODE_YES,
        [OPERATION_ROLLED_BACK] = EXIT_CODE_YES,
        [OPERATION_TAKEN_BACK] = EXIT_CODE_TAKEN_BACK,
        [OPERATION_ABANDONED] = EXIT_CODE_ENVIRONMENT,
        [OPERATION_NEEDS_PERSON] = EXIT_CODE_NEEDS_PERSON,
    };
    session->answer.code = codes[result->outcome];
    session->answer.reason = result->reason;
    if (result->is_not_now && result->outcome == OPERATION_ABANDONED) {
        allow_later(session, 0);
    }
}
