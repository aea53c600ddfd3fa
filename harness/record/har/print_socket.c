/* SPDX-License-Identifier: MIT */
#include "format/base64.h"
#include "format/json_writer.h"
#include "record/har/parts.h"

enum { SECONDS_TO_NS_DIGITS = 9 };

bool har_is_event_stream(const struct conversation *conversation)
{
    return text_is(conversation->protocol, "event stream");
}

static void print_time(struct json_writer *json, const char *key, uint64_t at_ns)
{
    json_write_key(json, key);
    har_print_decimal(json, at_ns, SECONDS_TO_NS_DIGITS);
}

static void print_data(struct json_writer *json, const struct conversation_message *message)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    if (message->kind != CONVERSATION_BINARY) {
        har_print_bytes(json, "data", message->data);
        return;
    }
    json_write_key(json, "data");
    json_write_string(json, base64_encode(&arena, message->data));
}

static void print_message(struct json_writer *json, const struct conversation_message *message)
{
    static const int opcodes[CONVERSATION_KINDS] = {
        [CONVERSATION_TEXT] = 1, [CONVERSATION_BINARY] = 2, [CONVERSATION_CLOSE] = 8,
        [CONVERSATION_PING] = 9, [CONVERSATION_PONG] = 10,
    };
    json_write_begin_object(json);
    json_write_key(json, "type");
    json_write_string_of(json, message->is_sent ? "send" : "receive");
    print_time(json, "time", message->at_ns);
    json_write_key(json, "opcode");
    json_write_int(json, opcodes[message->kind]);
    print_data(json, message);
    json_write_end_object(json);
}

static void print_event(struct json_writer *json, const struct conversation_message *message)
{
    json_write_begin_object(json);
    print_time(json, "time", message->at_ns);
    json_write_key(json, "eventName");
    json_write_string(json, message->event);
    har_print_bytes(json, "data", message->data);
    json_write_end_object(json);
}

static void print_close(struct json_writer *json, const struct conversation_close *close)
{
    if (close->by == CONVERSATION_OPEN && close->code == 0) {
        return;
    }
    json_write_key(json, "_webSocketClose");
    json_write_begin_object(json);
    json_write_key(json, "code");
    json_write_uint(json, close->code);
    json_write_key(json, "reason");
    json_write_string(json, close->reason);
    print_time(json, "timestamp", close->at_ns);
    json_write_end_object(json);
}

static void print_messages(struct json_writer *json, const struct conversation *conversation,
                           bool is_stream)
{
    json_write_key(json, is_stream ? "_eventSourceMessages" : "_webSocketMessages");
    json_write_begin_array(json);
    for (size_t i = 0; i < conversation->count; i++) {
        if (is_stream) {
            print_event(json, &conversation->list[i]);
        } else {
            print_message(json, &conversation->list[i]);
        }
    }
    json_write_end_array(json);
}

void har_print_conversation(struct json_writer *json, const struct conversation *conversation,
                            bool has_messages)
{
    bool is_stream = har_is_event_stream(conversation);
    json_write_key(json, "_resourceType");
    json_write_string_of(json, is_stream ? "eventsource" : "websocket");
    if (has_messages) {
        print_messages(json, conversation, is_stream);
    }
    print_close(json, &conversation->close);
}

static void print_text(struct json_writer *json, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(json, key);
        json_write_string(json, value);
    }
}

/* What was counted and not kept, if anything. */
static void print_unkept(struct json_writer *json, const struct conversation *conversation)
{
    struct conversation kept = { 0 };
    struct conversation counted = *conversation;
    bool is_equal = true;
    for (size_t i = 0; i < conversation->count; i++) {
        const struct conversation_message *message = &conversation->list[i];
        conversation_count(&kept, message->is_sent, message->kind, message->data.size);
    }
    for (size_t i = 0; i < HAR_UNKEPT_COUNT; i++) {
        is_equal &= *har_unkept_counter(&kept, i) >= *har_unkept_counter(&counted, i);
    }
    if (is_equal) {
        return;
    }
    json_write_key(json, "unkept");
    json_write_begin_array(json);
    for (size_t i = 0; i < HAR_UNKEPT_COUNT; i++) {
        uint64_t all = *har_unkept_counter(&counted, i);
        uint64_t known = *har_unkept_counter(&kept, i);
        json_write_uint(json, all > known ? all - known : 0);
    }
    json_write_end_array(json);
}

void har_print_own_conversation(struct json_writer *json,
                                const struct conversation *conversation)
{
    static const char *const enders[] = {
        [CONVERSATION_OPEN] = "nobody",
        [CONVERSATION_ENDED_BY_US] = "us",
        [CONVERSATION_ENDED_BY_SERVER] = "server",
    };
    const struct conversation_close *close = &conversation->close;
    print_text(json, "socket", conversation->name);
    print_text(json, "protocol", conversation->protocol);
    if (close->by != CONVERSATION_OPEN || close->code != 0) {
        json_write_key(json, "closedBy");
        json_write_string_of(json, enders[close->by]);
        json_write_key(json, "isClean");
        json_write_bool(json, close->is_clean);
    }
    print_text(json, "socketFailure", close->failure);
    print_unkept(json, conversation);
}
