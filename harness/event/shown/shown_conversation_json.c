/* SPDX-License-Identifier: MIT */
#include "event/shown_conversation.h"

#include "base/attribute.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "format/base64.h"
#include "format/json_writer.h"

/* RFC 6455, 5.2; an event of a stream counts as text. */
static const unsigned opcodes[CONVERSATION_KINDS] = {
    [CONVERSATION_TEXT] = 1, [CONVERSATION_BINARY] = 2, [CONVERSATION_CLOSE] = 8,
    [CONVERSATION_PING] = 9, [CONVERSATION_PONG] = 10,  [CONVERSATION_EVENT] = 1,
};

static void write_text(struct json_writer *writer, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(writer, key);
        json_write_string(writer, value);
    }
}

/* Seconds with microseconds, without the rounding of a double. */
static void write_time(struct json_writer *writer, const char *key, uint64_t time_ns)
{
    CLEANUP(buffer_release) struct buffer seconds;
    buffer_init(&seconds, 64);
    buffer_add_format(&seconds, "%llu.%06llu",
                      (unsigned long long)(time_ns / NANOSECONDS_PER_SECOND),
                      (unsigned long long)(time_ns % NANOSECONDS_PER_SECOND / 1000));
    json_write_key(writer, key);
    json_write_raw(writer, buffer_text(&seconds));
}

static void write_counts(struct json_writer *writer, const char *key,
                         const uint64_t counts[CONVERSATION_KINDS], uint64_t bytes)
{
    json_write_key(writer, key);
    json_write_begin_object(writer);
    for (size_t i = 0; i < CONVERSATION_KINDS; i++) {
        if (counts[i] == 0)
            continue;
        json_write_key(writer, conversation_kind_name((enum conversation_kind)i));
        json_write_uint(writer, counts[i]);
    }
    json_write_key(writer, "bytes");
    json_write_uint(writer, bytes);
    json_write_end_object(writer);
}

static void write_close(struct json_writer *writer, const struct shown_conversation *shown)
{
    if (shown->ended_by == CONVERSATION_OPEN)
        return;
    json_write_key(writer, "close");
    json_write_begin_object(writer);
    json_write_key(writer, "by");
    json_write_string_of(writer,
                         shown->ended_by == CONVERSATION_ENDED_BY_US ? "client" : "server");
    json_write_key(writer, "clean");
    json_write_bool(writer, shown->is_clean);
    json_write_key(writer, "code");
    json_write_uint(writer, shown->code);
    write_text(writer, "reason", shown->reason);
    write_text(writer, "failure", shown->failure);
    write_time(writer, "time", shown->ended_ns);
    json_write_end_object(writer);
}

static void write_data(struct json_writer *writer, const struct shown_message *message)
{
    json_write_key(writer, "data");
    if (message->kind == CONVERSATION_TEXT || message->kind == CONVERSATION_EVENT ||
        message->kind == CONVERSATION_CLOSE) {
        json_write_string(writer, message->data);
        return;
    }
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_string(writer, base64_encode(&arena, message->data));
}

static void write_message(struct json_writer *writer, const struct shown_message *message)
{
    json_write_begin_object(writer);
    json_write_key(writer, "type");
    json_write_string_of(writer, message->is_sent ? "send" : "receive");
    write_time(writer, "time", message->at_ns);
    json_write_key(writer, "opcode");
    json_write_uint(writer, opcodes[message->kind]);
    write_text(writer, "event", message->event);
    write_data(writer, message);
    if (message->is_cut) {
        json_write_key(writer, "bytes");
        json_write_uint(writer, message->bytes);
    }
    json_write_end_object(writer);
}

static void write_messages(struct json_writer *writer, const struct shown_conversation *shown)
{
    if (shown->count > 0) {
        json_write_key(writer, "messages");
        json_write_begin_array(writer);
        for (size_t i = 0; i < shown->count; i++)
            write_message(writer, &shown->list[i]);
        json_write_end_array(writer);
        json_write_key(writer, "first");
        json_write_uint(writer, shown->first_count);
    }
    json_write_key(writer, "leftOut");
    json_write_uint(writer, shown->left_out);
}

void shown_conversation_print_json(struct buffer *out, const struct shown_conversation *shown)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    write_text(&writer, "actor", shown->actor);
    write_text(&writer, "name", shown->name);
    write_text(&writer, "protocol", shown->protocol);
    write_text(&writer, "url", shown->url);
    if (shown->status > 0) {
        json_write_key(&writer, "status");
        json_write_uint(&writer, shown->status);
    }
    write_text(&writer, "refused", shown->refusal);
    write_time(&writer, "started", shown->started_ns);
    write_counts(&writer, "sent", shown->sent, shown->sent_bytes);
    write_counts(&writer, "received", shown->received, shown->received_bytes);
    write_close(&writer, shown);
    write_messages(&writer, shown);
    json_write_end_object(&writer);
}
