/* SPDX-License-Identifier: MIT */
#include "support/protocol_script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/escape.h"
#include "base/clock.h"

enum { LOG_LIMIT_BYTES = 1 << 20 };

struct script {
    const struct protocol *protocol;
    struct protocol_state *state;
    struct buffer log;
    struct arena arena;
    struct problems problems;
};

static void add_quoted(struct buffer *log, const char *label, struct text text)
{
    if (text.size > 0) {
        buffer_add_format(log, " %s'", label);
        escape_line(log, text);
        buffer_add_byte(log, '\'');
    }
}

static void on_send(void *context, enum conversation_kind kind, struct text data)
{
    struct script *script = context;
    buffer_add_string(&script->log, kind == CONVERSATION_BINARY ? ">> " : "> ");
    escape_line(&script->log, data);
    buffer_add_byte(&script->log, '\n');
}

static void on_event(void *context, const struct protocol_event *event)
{
    static const char *const kinds[] = { "event", "call", "reply" };
    struct script *script = context;
    buffer_add_string(&script->log, kinds[event->kind]);
    if (event->kind != PROTOCOL_EVENT_PLAIN) {
        buffer_add_format(&script->log, " %llu", (unsigned long long)event->call);
    }
    add_quoted(&script->log, "", event->name);
    add_quoted(&script->log, "in ", event->channel);
    buffer_add_string(&script->log, event->is_json ? " JSON " : " ");
    buffer_add_string(&script->log, event->is_binary ? "bytes " : "");
    escape_line(&script->log, event->data);
    for (size_t i = 0; i < event->attachment_count; i++) {
        add_quoted(&script->log, "with ", event->attachments[i]);
    }
    buffer_add_byte(&script->log, '\n');
}

static void on_changed(void *context, enum protocol_change change, struct text subject,
                       struct text detail)
{
    static const char *const changes[] = { "ready", "joined", "refused",
                                           "left",  "ended",  "broken" };
    struct script *script = context;
    buffer_add_string(&script->log, changes[change]);
    add_quoted(&script->log, "", subject);
    buffer_add_string(&script->log, detail.size > 0 ? ": " : "");
    buffer_add(&script->log, detail);
    buffer_add_byte(&script->log, '\n');
}

static void on_wake(void *context, uint64_t after_ns)
{
    struct script *script = context;
    buffer_add_format(&script->log, "wake %llu\n",
                      (unsigned long long)(after_ns / NANOSECONDS_PER_MILLISECOND));
}

static void on_authorise(void *context, struct text channel, struct text socket_id)
{
    struct script *script = context;
    buffer_add_format(&script->log, "authorise %.*s %.*s\n", TEXT_ARG(channel),
                      TEXT_ARG(socket_id));
}

static struct text take_word(struct text *line)
{
    size_t end = text_find_byte(*line, ' ', 0);
    struct text word = text_slice(*line, 0, end);
    *line = text_from(*line, end + 1);
    return text_is(word, "-") ? TEXT_EMPTY : word;
}

static void log_problem(struct script *script, bool is_done)
{
    if (is_done) {
        assert_int_equal(script->problems.count, 0);
        return;
    }
    assert_int_equal(script->problems.count, 1);
    const struct problem *problem = &script->problems.list[0];
    buffer_add_format(&script->log, "refuses: %.*s", TEXT_ARG(problem->message));
    buffer_add_format(&script->log, problem->hint.size ? "; %.*s\n" : "%.*s\n",
                      TEXT_ARG(problem->hint));
    problems_clear(&script->problems);
}

static bool run_call(struct script *script, struct text name, struct text line)
{
    uint64_t call = 0;
    struct text channel = take_word(&line);
    bool is_done = script->protocol->send_event(script->state, name, channel, line, &call,
                                                &script->problems);
    if (is_done) {
        buffer_add_format(&script->log, "called %llu\n", (unsigned long long)call);
    }
    return is_done;
}

/* Verbs that may be refused. */
static bool run_fallible(struct script *script, struct text verb, struct text line)
{
    const struct protocol *protocol = script->protocol;
    struct problems *problems = &script->problems;
    struct text first = take_word(&line);
    if (text_is(verb, "join")) {
        return protocol->join(script->state, first, problems);
    }
    if (text_is(verb, "leave")) {
        return protocol->leave(script->state, first, problems);
    }
    if (text_is(verb, "call")) {
        return run_call(script, first, line);
    }
    struct text second = take_word(&line);
    if (text_is(verb, "reply")) {
        uint64_t call = 0;
        assert_true(text_to_uint64(second, &call));
        return protocol->reply(script->state, first, call, line, problems);
    }
    assert_true(text_is(verb, "send"));
    return protocol->send_event(script->state, first, second, line, NULL, problems);
}

static void run_authorised(struct script *script, struct text line)
{
    struct text channel = take_word(&line);
    struct text auth = take_word(&line);
    struct text data = take_word(&line);
    script->protocol->authorised(script->state, channel, auth, data, line);
}

static void log_members(struct script *script, struct text channel)
{
    struct text json = TEXT("none");
    if (script->protocol->members(script->state, channel, &script->arena, &json)) {
        assert_false(text_is(json, "none"));
    }
    buffer_add_format(&script->log, "members %.*s\n", TEXT_ARG(json));
}

static void run_line(struct script *script, struct text line)
{
    const struct protocol *protocol = script->protocol;
    struct text verb = take_word(&line);
    if (text_is(verb, "<")) {
        protocol->received(script->state, CONVERSATION_TEXT, line);
    } else if (text_is(verb, "<<")) {
        protocol->received(script->state, CONVERSATION_BINARY, line);
    } else if (text_is(verb, "<ping")) {
        protocol->received(script->state, CONVERSATION_PING, line);
    } else if (text_is(verb, "opened")) {
        protocol->opened(script->state);
    } else if (text_is(verb, "due")) {
        protocol->due(script->state);
    } else if (text_is(verb, "goodbye")) {
        protocol->goodbye(script->state);
    } else if (text_is(verb, "members")) {
        log_members(script, line);
    } else if (text_is(verb, "authorised")) {
        run_authorised(script, line);
    } else {
        log_problem(script, run_fallible(script, verb, line));
    }
}

static void run_lines(struct script *script, struct text rest)
{
    struct text line;
    while (text_take_until(&rest, '\n', &line)) {
        if (line.size > 0) {
            run_line(script, line);
        }
    }
}

void assert_protocol(const struct protocol *protocol, const struct protocol_options *options,
                     const char *script_text, const char *expected)
{
    static const struct protocol_options defaults;
    struct script script = { .protocol = protocol };
    const struct protocol_sink sink = { .context = &script,
                                        .send = on_send,
                                        .event = on_event,
                                        .changed = on_changed,
                                        .wake = on_wake,
                                        .authorise = on_authorise };
    arena_init(&script.arena);
    problems_init(&script.problems);
    buffer_init(&script.log, LOG_LIMIT_BYTES);
    if (protocol->create(&script.arena, options ? options : &defaults, &sink, &script.state,
                         &script.problems)) {
        run_lines(&script, text_of(script_text));
        protocol->release(script.state);
    } else {
        log_problem(&script, false);
    }
    buffer_add(&script.log, TEXT_EMPTY);
    assert_string_equal(script.log.at ? script.log.at : "", expected);
    buffer_release(&script.log);
    problems_release(&script.problems);
    arena_release(&script.arena);
}
