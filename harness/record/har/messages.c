/* SPDX-License-Identifier: MIT */
#include "record/har/parts.h"

#include "exchange/url.h"
#include "format/base64.h"

enum { SECONDS_TO_NS = 9, MILLISECONDS_TO_NS = 6 }; /* digits */

/* An epoch above this is in milliseconds: as seconds it would be the year 5138. */
#define EPOCH_SECONDS_MOST 1e11

uint64_t *har_unkept_counter(struct conversation *conversation, size_t index)
{
    if (index < 2 * CONVERSATION_KINDS) {
        return index < CONVERSATION_KINDS ? &conversation->sent[index]
                                          : &conversation->received[index - CONVERSATION_KINDS];
    }
    return index == 2 * CONVERSATION_KINDS ? &conversation->sent_bytes
                                           : &conversation->received_bytes;
}

bool har_is_socket(const struct json_value *entry, struct text url)
{
    struct text type = json_text(json_member_named(entry, "_resourceType"));
    return text_is(type, "websocket") || text_starts_with(url, TEXT("ws://")) ||
           text_starts_with(url, TEXT("wss://")) ||
           json_is(json_member_named(entry, "_webSocketMessages"), JSON_ARRAY) ||
           json_is(json_member_named(entry, "_eventSourceMessages"), JSON_ARRAY);
}

/* Epoch in seconds (Chrome, mitmproxy) or milliseconds (Playwright); -1 is unknown. */
static uint64_t read_epoch(struct har_part *part, const struct json_value *message,
                           const char *name, uint64_t unknown_ns)
{
    double time = -1;
    uint64_t at_ns;
    if (!har_number(part, message, name, &time) || time <= 0) {
        return unknown_ns;
    }
    unsigned digits = time > EPOCH_SECONDS_MOST ? MILLISECONDS_TO_NS : SECONDS_TO_NS;
    return har_decimal(har_text(part, message, name), digits, &at_ns) ? at_ns : unknown_ns;
}

static bool kind_of(double opcode, enum conversation_kind *ret_kind)
{
    static const enum conversation_kind kinds[] = {
        [1] = CONVERSATION_TEXT, [2] = CONVERSATION_BINARY, [8] = CONVERSATION_CLOSE,
        [9] = CONVERSATION_PING, [10] = CONVERSATION_PONG,
    };
    if (opcode != 1 && opcode != 2 && opcode != 8 && opcode != 9 && opcode != 10) {
        return false;
    }
    *ret_kind = kinds[(int)opcode];
    return true;
}

static bool is_known_type(struct text type)
{
    return text_is(type, "send") || text_is(type, "receive") || text_is(type, "error");
}

/* Control frames are ours: text where it is, else base64, as binary is everywhere. */
static struct text data_of(struct har_part *part, const struct json_value *message,
                           enum conversation_kind kind)
{
    struct text written = har_text(part, message, "data");
    struct text bytes;
    bool is_encoded =
        kind == CONVERSATION_BINARY || text_is(har_text(part, message, "encoding"), "base64");
    if (is_encoded && base64_decode(&part->recording->arena, written, &bytes)) {
        return bytes;
    }
    return har_kept(part, written);
}

static void keep(struct har_part *part, struct conversation *conversation,
                 const struct conversation_message *message)
{
    conversation_keep(conversation, &part->recording->arena, message);
    conversation_count(conversation, message->is_sent, message->kind, message->data.size);
}

static uint64_t latest_ns(const struct conversation *conversation)
{
    return conversation->count > 0 ? conversation->list[conversation->count - 1].at_ns
                                   : conversation->handshake->started_at_ns;
}

static void read_message(struct har_part *part, const struct json_value *message,
                         struct conversation *conversation)
{
    double opcode = 1;
    struct text type = har_text(part, message, "type");
    struct conversation_message read = { .is_sent = text_is(type, "send") };
    if (!json_is(message, JSON_OBJECT) || !is_known_type(type)) {
        har_refuse(part, message,
                   "a message of a socket: expected {\"type\": \"send\" or \"receive\", …}");
        return;
    }
    har_number(part, message, "opcode", &opcode);
    if (text_is(type, "error") || opcode < 0) {
        conversation->close.failure = har_kept(part, har_text(part, message, "data"));
        return;
    }
    if (!kind_of(opcode, &read.kind)) {
        har_warn(part, message, "a message has the opcode %g, which means nothing: left out",
                 opcode);
        return;
    }
    read.at_ns = read_epoch(part, message, "time", latest_ns(conversation));
    read.data = data_of(part, message, read.kind);
    keep(part, conversation, &read);
}

/* Server-sent events as Chrome writes them. */
static void read_event(struct har_part *part, const struct json_value *message,
                       struct conversation *conversation)
{
    struct conversation_message read = { .kind = CONVERSATION_EVENT };
    if (!json_is(message, JSON_OBJECT)) {
        har_refuse(part, message, "an event: expected {\"eventName\": …, \"data\": …}");
        return;
    }
    read.at_ns = read_epoch(part, message, "time", latest_ns(conversation));
    read.event = har_text(part, message, "eventName");
    read.data = data_of(part, message, CONVERSATION_EVENT);
    keep(part, conversation, &read);
}

/* One message per line, as Playwright puts them beside the file. */
static void read_lines(struct har_part *part, struct text lines,
                       struct conversation *conversation)
{
    struct text line;
    while (text_take_until(&lines, '\n', &line)) {
        const struct json_value *message;
        if (text_trim(line).size == 0) {
            continue;
        }
        if (!json_parse_text(line, part->scratch, &message) || !json_is(message, JSON_OBJECT)) {
            har_refuse(part, NULL, "a line of its file of messages is no JSON object");
            return;
        }
        struct har_part elsewhere = *part;
        elsewhere.is_elsewhere = true;
        read_message(&elsewhere, message, conversation);
        part->is_bad |= elsewhere.is_bad;
    }
}

static enum conversation_ender ender_of(struct text by)
{
    if (text_is(by, "us")) {
        return CONVERSATION_ENDED_BY_US;
    }
    return text_is(by, "nobody") ? CONVERSATION_OPEN : CONVERSATION_ENDED_BY_SERVER;
}

/* {code, reason, timestamp} or "aborted" (HTTP Toolkit). Without it nothing is known of the end. */
static void read_close(struct har_part *part, const struct json_value *entry,
                       struct conversation *conversation)
{
    const struct json_value *close = json_member_named(entry, "_webSocketClose");
    const struct json_value *own = har_object(part, entry, "_bddrun");
    struct conversation_close *end = &conversation->close;
    if (json_is(close, JSON_STRING)) {
        *end = (struct conversation_close){ .by = CONVERSATION_ENDED_BY_SERVER,
                                            .code = 1006,
                                            .failure = end->failure,
                                            .at_ns = latest_ns(conversation) };
    }
    if (json_is(close, JSON_OBJECT)) {
        end->code = (unsigned)har_scaled(part, close, "code", 0);
        end->reason = har_kept(part, har_text(part, close, "reason"));
        end->at_ns = read_epoch(part, close, "timestamp", latest_ns(conversation));
        end->is_clean = !json_member_named(own, "isClean") || har_is_true(own, "isClean");
        end->by = ender_of(har_text(part, own, "closedBy"));
    }
    struct text failure = har_text(part, own, "socketFailure");
    if (failure.size > 0) {
        end->failure = har_kept(part, failure);
    }
}

/* Messages that were counted and not kept: of each kind sent, of each kind received, and the bytes
 * of both. */
static void read_unkept(struct har_part *part, const struct json_value *own,
                        struct conversation *conversation)
{
    const struct json_value *unkept = har_list(part, own, "unkept");
    for (size_t i = 0; unkept && i < unkept->count && i < HAR_UNKEPT_COUNT; i++) {
        uint64_t count;
        if (har_decimal(json_text(json_item(unkept, i)), 0, &count) &&
            count <= HAR_SCALED_MOST) {
            *har_unkept_counter(conversation, i) += count;
        }
    }
}

struct conversation *har_read_conversation(struct har_part *part,
                                           const struct json_value *entry,
                                           const struct exchange *exchange,
                                           struct recorded_entry *kept)
{
    struct conversation *conversation = ARENA_NEW(&part->recording->arena, struct conversation);
    const struct json_value *own = har_object(part, entry, "_bddrun");
    const struct json_value *said = har_list(part, entry, "_webSocketMessages");
    const struct json_value *events = har_list(part, entry, "_eventSourceMessages");
    conversation->handshake = exchange;
    conversation->actor = exchange->actor;
    conversation->name = har_kept(part, har_text(part, own, "socket"));
    conversation->protocol = har_kept(part, har_text(part, own, "protocol"));
    for (size_t i = 0; said && i < said->count; i++) {
        read_message(part, json_item(said, i), conversation);
    }
    if (events) {
        conversation->protocol = TEXT("event stream");
    }
    for (size_t i = 0; events && i < events->count; i++) {
        read_event(part, json_item(events, i), conversation);
    }
    kept->has_messages = said || events;
    if (!said && !events && text_ends_with(kept->body_file, TEXT(".jsonl"))) {
        kept->has_messages = kept->body == RECORDED_BODY_IN_FILE;
        read_lines(part, exchange->response.body, conversation);
    }
    read_close(part, entry, conversation);
    read_unkept(part, own, conversation);
    return conversation;
}
