/* SPDX-License-Identifier: MIT */
#include "redact/redaction.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/attribute.h"
#include "base/utf8.h"
#include "redact/redaction/parts.h"
#include "redact/redaction/splice.h"

struct redaction *redaction_new(const struct redaction_key *key,
                                const struct redaction_rules *rules,
                                const struct secrets *known)
{
    struct redaction *redaction = alloc_or_die(1, sizeof *redaction);
    *redaction = (struct redaction){ .key = key, .rules = rules, .known = known };
    for (size_t i = 0; i < rules->key_count; i++)
        if (text_equal_ignoring_case(rules->keys[i], TEXT("email")))
            redaction->looks_for_mail = true;
    return redaction;
}

void redaction_free(struct redaction *redaction)
{
    free(redaction);
}

void redaction_observe(struct redaction *redaction, redaction_observer *observer, void *context)
{
    redaction->observer = observer;
    redaction->context = context;
}

/* Media types that hold no text a secret could stand in. */
static bool is_media(struct text type)
{
    static const char *const starts[] = { "image/", "audio/", "video/", "font/" };
    for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
        if (text_equal_ignoring_case(text_slice(type, 0, text_of(starts[i]).size),
                                     text_of(starts[i])))
            return !text_contains(type, TEXT("svg"));
    return false;
}

static bool type_has(struct text type, const char *word)
{
    char bytes[128];
    size_t size = type.size < sizeof bytes ? type.size : sizeof bytes;
    for (size_t i = 0; i < size; i++)
        bytes[i] =
            (char)(type.at[i] >= 'A' && type.at[i] <= 'Z' ? type.at[i] + 32 : type.at[i]);
    return text_contains(text_make(bytes, size), text_of(word));
}

/* A body of text that is no form: by what it says it is, then by what it looks like. */
static struct text redact_text(struct redaction *redaction, struct arena *arena,
                               struct text type, struct text body)
{
    if (type_has(type, "event-stream"))
        return redaction_event_stream(redaction, arena, body);
    struct text start = text_slice(text_trim(body), 0, 1);
    struct text json;
    bool may_be_json = type_has(type, "json") || text_is(start, "{") || text_is(start, "[");
    if (may_be_json && redaction_json(redaction, arena, NULL, body, &json))
        return json;
    return text_is(start, "<") ? redaction_markup(redaction, arena, body)
                               : redaction_packets(redaction, arena, body);
}

struct text redaction_body(struct redaction *redaction, struct arena *arena, struct text type,
                           struct text body)
{
    if (body.size == 0 || is_media(type))
        return body;
    if (type_has(type, "multipart/"))
        return redaction_multipart(redaction, arena, body);
    if (!utf8_is_valid(body) || text_find_byte(body, '\0', 0) < body.size)
        return redaction_binary(redaction, arena, body);
    if (type_has(type, "x-www-form-urlencoded"))
        return redaction_pairs(redaction, arena, body);
    return redact_text(redaction, arena, type, body);
}

struct text redaction_message(struct redaction *redaction, struct arena *arena, bool is_binary,
                              struct text data)
{
    bool is_text = utf8_is_valid(data) && text_find_byte(data, '\0', 0) == data.size;
    if (is_binary && !is_text)
        return redaction_binary(redaction, arena, data);
    return redaction_packets(redaction, arena, data);
}

static void tell(struct redaction *redaction, struct arena *arena, const char *side,
                 const char *what, struct text name)
{
    if (!redaction->observer)
        return;
    redaction->where = name.size > 0
                           ? arena_format(arena, "%s %s '%.*s'", side, what, TEXT_ARG(name))
                           : arena_format(arena, "%s %s", side, what);
}

static struct headers redact_headers(struct redaction *redaction, struct arena *arena,
                                     const struct headers *headers, const char *side)
{
    struct headers redacted = *headers;
    for (size_t i = 0; i < headers->count; i++) {
        const struct header *header = &headers->list[i];
        tell(redaction, arena, side, "header", header->name);
        struct text value = redaction_header(redaction, arena, header->name, header->value);
        if (value.at == header->value.at)
            continue;
        if (redacted.list == headers->list) {
            redacted.list = ARENA_ARRAY(arena, headers->count, struct header);
            redacted.capacity = headers->count;
            memcpy(redacted.list, headers->list, headers->count * sizeof *headers->list);
        }
        redacted.list[i].value = value;
    }
    return redacted;
}

static struct text content_type(const struct headers *headers)
{
    struct text type = TEXT_EMPTY;
    (void)headers_find(headers, TEXT("Content-Type"), &type);
    return type;
}

const struct exchange *redaction_exchange(struct redaction *redaction, struct arena *arena,
                                          const struct exchange *exchange)
{
    struct exchange *redacted = ARENA_NEW(arena, struct exchange);
    *redacted = *exchange;
    struct sent_request *request = &redacted->request;
    struct response *response = &redacted->response;
    tell(redaction, arena, "request", "URL", TEXT_EMPTY);
    request->url = redaction_url(redaction, arena, request->url);
    request->headers = redact_headers(redaction, arena, &exchange->request.headers, "request");
    tell(redaction, arena, "request", "body", TEXT_EMPTY);
    request->body =
        redaction_body(redaction, arena, content_type(&request->headers), request->body);
    tell(redaction, arena, "response", "URL", TEXT_EMPTY);
    response->url = redaction_url(redaction, arena, response->url);
    response->headers =
        redact_headers(redaction, arena, &exchange->response.headers, "response");
    tell(redaction, arena, "response", "body", TEXT_EMPTY);
    response->body =
        redaction_body(redaction, arena, content_type(&response->headers), response->body);
    redacted->message = redaction_plain(redaction, arena, redacted->message);
    return redacted;
}

static struct text redact_data(struct redaction *redaction, struct arena *arena,
                               const struct conversation_message *message, size_t index)
{
    if (redaction->observer)
        redaction->where = arena_format(arena, "message %zu", index + 1);
    return redaction_message(redaction, arena, message->kind == CONVERSATION_BINARY,
                             message->data);
}

const struct conversation *redaction_conversation(struct redaction *redaction,
                                                  struct arena *arena,
                                                  const struct conversation *conversation)
{
    struct conversation *redacted = ARENA_NEW(arena, struct conversation);
    *redacted = *conversation;
    if (conversation->handshake)
        redacted->handshake = redaction_exchange(redaction, arena, conversation->handshake);
    for (size_t i = 0; i < conversation->count; i++) {
        struct text data = redact_data(redaction, arena, &conversation->list[i], i);
        if (data.at == conversation->list[i].data.at)
            continue;
        if (redacted->list == conversation->list) {
            redacted->list =
                ARENA_ARRAY(arena, conversation->count, struct conversation_message);
            redacted->capacity = conversation->count;
            memcpy(redacted->list, conversation->list,
                   conversation->count * sizeof *conversation->list);
        }
        redacted->list[i].data = data;
    }
    tell(redaction, arena, "close", "reason", TEXT_EMPTY);
    redacted->close.reason = redaction_plain(redaction, arena, conversation->close.reason);
    return redacted;
}

struct first {
    bool is_found;
    struct redaction_finding finding;
};

static void keep_first(void *context, const struct redaction_finding *finding)
{
    struct first *first = context;
    if (first->is_found)
        return;
    first->is_found = true;
    first->finding = *finding;
}

bool redaction_find_secret(struct redaction *redaction, const struct exchange *exchange,
                           const struct conversation *conversation, struct arena *arena,
                           struct redaction_finding *ret_finding)
{
    struct first first = { 0 };
    redaction_observer *observer = redaction->observer;
    void *context = redaction->context;
    redaction_observe(redaction, keep_first, &first);
    if (exchange)
        (void)redaction_exchange(redaction, arena, exchange);
    if (conversation)
        (void)redaction_conversation(redaction, arena, conversation);
    redaction_observe(redaction, observer, context);
    if (first.is_found)
        *ret_finding = first.finding;
    return first.is_found;
}
