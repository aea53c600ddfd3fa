/* SPDX-License-Identifier: MIT */
/*
 * A conversation with a server that says anything. The first byte chooses the protocol; then a line
 * each: T and a text message, B and a binary one, J join, L leave, S send an event with this data,
 * C call with it, R reply with it, A the application's answer, M members, D a timer, G goodbye.
 * What is told as JSON is JSON, and nothing comes after a broken rule.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/json.h"
#include "protocol/protocol.h"

enum { LINES_LIMIT = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct owner {
    const struct protocol *protocol;
    struct protocol_state *state;
    struct arena arena;
    struct problems problems;
    bool is_broken;
};

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void must_be_json(struct text text)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root;
    arena_init(&arena);
    must(json_parse_text(text, &arena, &root));
}

static void on_send(void *context, enum conversation_kind kind, struct text data)
{
    const struct owner *owner = context;
    must(!owner->is_broken);
    must(kind == CONVERSATION_BINARY || (kind == CONVERSATION_TEXT && data.size > 0));
    if (kind == CONVERSATION_TEXT && !text_is(owner->protocol->key, "socketio")) {
        must_be_json(data);
    }
}

static void on_event(void *context, const struct protocol_event *event)
{
    const struct owner *owner = context;
    must(!owner->is_broken);
    if (event->is_json) {
        must_be_json(event->data);
    }
}

static void on_changed(void *context, enum protocol_change change, struct text subject,
                       struct text detail)
{
    struct owner *owner = context;
    must(!owner->is_broken && subject.size <= (size_t)-1 / 2);
    owner->is_broken = change == PROTOCOL_BROKEN;
    must(change != PROTOCOL_BROKEN || detail.size > 0);
}

static void on_wake(void *context, uint64_t after_ns)
{
    const struct owner *owner = context;
    must(!owner->is_broken || after_ns == 0);
}

static void on_authorise(void *context, struct text channel, struct text socket_id)
{
    const struct owner *owner = context;
    must(!owner->is_broken && channel.size > 0 && socket_id.size > 0);
}

static void say(struct owner *owner, char verb, struct text line)
{
    const struct protocol *protocol = owner->protocol;
    struct protocol_state *state = owner->state;
    uint64_t call = 0;
    switch (verb) {
    case 'J':
        (void)protocol->join(state, line, &owner->problems);
        break;
    case 'L':
        (void)protocol->leave(state, line, &owner->problems);
        break;
    case 'S':
        (void)protocol->send_event(state, TEXT("e"), TEXT_EMPTY, line, NULL, &owner->problems);
        break;
    case 'C':
        (void)protocol->send_event(state, TEXT("e"), TEXT_EMPTY, line, &call, &owner->problems);
        break;
    case 'R':
        (void)protocol->reply(state, TEXT_EMPTY, 1, line, &owner->problems);
        break;
    case 'A':
        protocol->authorised(state, line, TEXT("k:s"), TEXT("{}"), TEXT_EMPTY);
        break;
    default:
        break;
    }
}

static void hear(struct owner *owner, char verb, struct text line)
{
    struct text members;
    switch (verb) {
    case 'T':
        owner->protocol->received(owner->state, CONVERSATION_TEXT, line);
        break;
    case 'B':
        owner->protocol->received(owner->state, CONVERSATION_BINARY, line);
        break;
    case 'D':
        owner->protocol->due(owner->state);
        break;
    case 'G':
        owner->protocol->goodbye(owner->state);
        break;
    case 'M':
        if (owner->protocol->members(owner->state, line, &owner->arena, &members)) {
            must_be_json(members);
        }
        break;
    default:
        say(owner, verb, line);
        break;
    }
}

static void converse(struct owner *owner, struct text rest)
{
    struct text line;
    owner->protocol->opened(owner->state);
    for (size_t i = 0; i < LINES_LIMIT && text_take_until(&rest, '\n', &line); i++) {
        if (line.size > 0 && !owner->is_broken) {
            hear(owner, line.at[0], text_from(line, 1));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = text_make((const char *)data, size);
    struct owner owner = { .protocol = protocols[size > 0 ? data[0] % protocol_count : 0] };
    struct protocol_options options = { .session = TEXT_EMPTY };
    const struct protocol_sink sink = { .context = &owner,
                                        .send = on_send,
                                        .event = on_event,
                                        .changed = on_changed,
                                        .wake = on_wake,
                                        .authorise = on_authorise };
    struct headers query = { 0 };
    arena_init(&owner.arena);
    problems_init(&owner.problems);
    (void)owner.protocol->address(&options, text_slice(input, 1, 200), &query, &owner.arena);
    if (owner.protocol->create(&owner.arena, &options, &sink, &owner.state, &owner.problems)) {
        converse(&owner, text_from(input, 1));
        owner.protocol->release(owner.state);
    }
    problems_release(&owner.problems);
    arena_release(&owner.arena);
    return 0;
}
