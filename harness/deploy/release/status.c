/* SPDX-License-Identifier: MIT */
#include "deploy/release/session.h"

enum { SHOWN_OPERATIONS = 5 };

static bool window_words(struct session *session, struct buffer *words, bool *ret_is_open)
{
    const struct release_request *request = session->request;
    struct windows windows = session->settings->windows;
    const char *folder = request->zone_folder ? request->zone_folder : ZONE_FOLDER;
    if (!windows_open(&windows, folder, session->arena, session->problems)) {
        return false;
    }
    int64_t now_s = (int64_t)(clock_realtime_ns(request->clock) / NANOSECONDS_PER_SECOND);
    struct window_decision decision = windows_decide(&windows, WINDOW_ANY, now_s);
    *ret_is_open = decision.is_open;
    window_decision_print(words, &windows, &decision);
    return true;
}

static bool is_locked(struct session *session)
{
    return journal_is_locked(
        deploy_journal_folder(session->settings, session->request->config, session->arena));
}

static void print_text(struct session *session, struct text window, struct buffer *out)
{
    const struct operations *operations = &session->operations;
    for (size_t i = 0; i < session->targets.count; i++) {
        struct text live = session->units[i].before;
        buffer_add_format(out, "%.*s: %.*s\n", TEXT_ARG(session->targets.list[i].name),
                          TEXT_ARG(live.size > 0 ? live : TEXT("nothing, or unknown")));
    }
    buffer_add_format(out, "window: %.*s\nlock: %s\n", TEXT_ARG(window),
                      is_locked(session) ? "held: a promotion is under way" : "free");
    if (operations->frozen.size > 0) {
        buffer_add_format(out, "waits for a person: %.*s\n", TEXT_ARG(operations->frozen));
    }
    size_t first =
        operations->count > SHOWN_OPERATIONS ? operations->count - SHOWN_OPERATIONS : 0;
    for (size_t i = first; i < operations->count; i++) {
        const struct operation *operation = &operations->list[i];
        buffer_add_format(out, "%.*s  %s %.*s by %.*s%s%.*s\n", TEXT_ARG(operation->began),
                          operation_outcome_name(operation->outcome),
                          TEXT_ARG(operation->release), TEXT_ARG(operation->by),
                          operation->reason.size > 0 ? ": " : "", TEXT_ARG(operation->reason));
        if (operation->override_reason.size > 0) {
            buffer_add_format(out, "    overridden: %.*s\n",
                              TEXT_ARG(operation->override_reason));
        }
    }
}

static void member(struct json_writer *writer, const char *key, struct text value)
{
    json_write_key(writer, key);
    json_write_string(writer, value);
}

static void print_operation(struct json_writer *writer, const struct operation *operation)
{
    json_write_begin_object(writer);
    member(writer, "id", operation->id);
    member(writer, "kind", operation->is_rollback ? TEXT("rollback") : TEXT("promotion"));
    member(writer, "outcome", text_of(operation_outcome_name(operation->outcome)));
    member(writer, "release", operation->release);
    member(writer, "commit", operation->commit);
    member(writer, "by", operation->by);
    member(writer, "began", operation->began);
    member(writer, "ended", operation->ended);
    member(writer, "reason", operation->reason);
    member(writer, "override", operation->override_reason);
    member(writer, "rollbackUnsafe", operation->unsafe);
    json_write_end_object(writer);
}

static void print_json(struct session *session, struct text window, bool is_open,
                       struct buffer *out)
{
    const struct operations *operations = &session->operations;
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "targets");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < session->targets.count; i++) {
        json_write_begin_object(&writer);
        member(&writer, "target", session->targets.list[i].name);
        member(&writer, "live", session->units[i].before);
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    json_write_key(&writer, "windowOpen");
    json_write_bool(&writer, is_open);
    member(&writer, "window", window);
    json_write_key(&writer, "locked");
    json_write_bool(&writer, is_locked(session));
    member(&writer, "frozen", operations->frozen);
    json_write_key(&writer, "operations");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < operations->count; i++) {
        print_operation(&writer, &operations->list[i]);
    }
    json_write_end_array(&writer);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}

enum exit_code release_status(const struct release_request *request, bool wants_json,
                              struct arena *arena, struct buffer *out,
                              struct problems *problems)
{
    struct session session;
    struct buffer words;
    bool is_open = false;
    buffer_init(&words, 4096);
    bool is_ready = session_open(&session, request, arena, problems) &&
                    session_peek(&session) && window_words(&session, &words, &is_open);
    if (is_ready && wants_json) {
        print_json(&session, buffer_text(&words), is_open, out);
    } else if (is_ready) {
        print_text(&session, buffer_text(&words), out);
    }
    bool needs_person = is_ready && (session.operations.frozen.size > 0 ||
                                     operations_cut_off(&session.operations));
    session_close(&session);
    buffer_release(&words);
    if (!is_ready) {
        return problems_exit_code(problems);
    }
    return needs_person ? EXIT_CODE_NEEDS_PERSON : EXIT_CODE_YES;
}
