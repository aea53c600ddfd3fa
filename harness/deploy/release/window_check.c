/* SPDX-License-Identifier: MIT */
#include "deploy/idle.h"
#include "deploy/release/session.h"

bool session_check_window(struct session *session)
{
    const struct release_request *request = session->request;
    struct windows windows = session->settings->windows;
    size_t from = session->problems->count;
    const char *folder = request->zone_folder ? request->zone_folder : ZONE_FOLDER;
    if (!windows_open(&windows, folder, session->arena, session->problems)) {
        return session_fail(session, from);
    }
    int64_t now_s = (int64_t)(clock_realtime_ns(request->clock) / NANOSECONDS_PER_SECOND);
    struct window_decision decision = windows_decide(
        &windows, session->scope.changes_schema ? WINDOW_SCHEMA : WINDOW_ANY, now_s);
    if (decision.is_open || request->window_override.size > 0) {
        return true;
    }
    struct buffer words;
    buffer_init(&words, 4096);
    window_decision_print(&words, &windows, &decision);
    struct text reason =
        arena_format(session->arena, "the window is %.*s", TEXT_ARG(buffer_text(&words)));
    buffer_release(&words);
    session->answer.has_opening = decision.has_opening;
    session->answer.opens_s = decision.opens_s;
    return session_refuse(session, EXIT_CODE_NOT_NOW, reason,
                          "--wait, or --override-window REASON, which the journal keeps");
}

bool session_check_idle(struct session *session)
{
    const struct release_request *request = session->request;
    for (size_t i = 0; request->environment && i < session->scope.component_count; i++) {
        const struct config_component *component = session->scope.components[i];
        struct text idle = component->suspend.idle;
        uint64_t active = 0;
        size_t from = session->problems->count;
        if (idle.size == 0 || component->suspend.command.count > 0) {
            continue; /* what can be suspended is waited for then */
        }
        struct text url =
            text_contains(idle, TEXT("://"))
                ? idle
                : arena_format(session->arena, "%.*s%.*s", TEXT_ARG(request->environment->url),
                               TEXT_ARG(idle));
        switch (idle_ask(&session->client, url, &active, session->problems)) {
        case IDLE_YES:
            break;
        case IDLE_NO:
            return session_refuse(
                session, EXIT_CODE_NOT_NOW,
                arena_format(session->arena, "component '%.*s' is not idle: %llu at work",
                             TEXT_ARG(component->name), (unsigned long long)active),
                "wait until it is, or give it a way to be suspended");
        case IDLE_UNKNOWN:
            return session_fail(session, from);
        }
    }
    return true;
}
