/* SPDX-License-Identifier: MIT */
#include "event/shown_conversation.h"

#include "base/attribute.h"
#include "exchange/exchange.h"
#include "redact/sensitive.h"

enum {
    URL_LIMIT_BYTES = 8 << 10,
    PREFIX_LIMIT_BYTES = 128, /* of a packet, before its JSON: 42/omaha,7 */
    STATUS_SWITCHING = 101,
    STATUS_OK = 200,
};

const char *conversation_kind_name(enum conversation_kind kind)
{
    static const char *const names[CONVERSATION_KINDS] = {
        [CONVERSATION_TEXT] = "text",   [CONVERSATION_BINARY] = "binary",
        [CONVERSATION_CLOSE] = "close", [CONVERSATION_PING] = "ping",
        [CONVERSATION_PONG] = "pong",   [CONVERSATION_EVENT] = "event",
    };
    return names[kind];
}

/* Where the JSON of a packet starts; 0 where it has none near its start. */
static size_t json_start(struct text data)
{
    struct text near = text_slice(data, 0, PREFIX_LIMIT_BYTES);
    for (size_t i = 0; i < near.size; i++)
        if (near.at[i] == '{' || near.at[i] == '[')
            return i;
    return 0;
}

static struct text shown_payload(struct arena *arena,
                                 const struct conversation_message *message, uint64_t limit)
{
    struct text data = text_slice(message->data, 0, limit + SHOWN_MESSAGE_SLACK_BYTES);
    if (message->kind != CONVERSATION_TEXT && message->kind != CONVERSATION_EVENT)
        return arena_text(arena, data);
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, BUFFER_NO_LIMIT); /* data is bounded above */
    size_t start = json_start(data);
    buffer_add(&masked, text_slice(data, 0, start));
    sensitive_print_body(&masked, text_from(data, start));
    return arena_text(arena, buffer_text(&masked));
}

/* What is left of the budget is its limit. */
static void show_message(struct shown_message *shown, struct arena *arena,
                         const struct conversation_message *message, uint64_t *budget)
{
    uint64_t limit = message->data.size < *budget ? message->data.size : *budget;
    *budget -= limit;
    *shown = (struct shown_message){
        .at_ns = message->at_ns,
        .is_sent = message->is_sent,
        .kind = message->kind,
        .event = arena_text(arena, message->event),
        .data = shown_payload(arena, message, limit),
        .bytes = message->data.size,
        .is_cut = message->data.size > limit,
        .limit = limit,
    };
}

/* Space for no payload is left once a half is full; then the rest of that half is left out. */
static size_t show_first(struct shown_conversation *shown, struct arena *arena,
                         const struct conversation *conversation)
{
    uint64_t budget = SHOWN_CONVERSATION_LIMIT_BYTES / 2;
    size_t count = 0;
    while (count < conversation->count && count < SHOWN_MESSAGES_EACH_END && budget > 0) {
        show_message(&shown->list[count], arena, &conversation->list[count], &budget);
        count++;
    }
    return count;
}

static size_t show_last(struct shown_message *list, struct arena *arena,
                        const struct conversation *conversation, size_t from)
{
    uint64_t budget = SHOWN_CONVERSATION_LIMIT_BYTES / 2;
    uint64_t wanted = 0;
    size_t start = conversation->count;
    while (start > from && conversation->count - start < SHOWN_MESSAGES_EACH_END &&
           wanted < budget)
        wanted += conversation->list[--start].data.size;
    /* the one that does not fit is cut, the later ones are whole */
    for (size_t i = conversation->count; i > start; i--)
        show_message(&list[i - 1 - start], arena, &conversation->list[i - 1], &budget);
    return conversation->count - start;
}

static uint64_t total_of(const uint64_t counts[CONVERSATION_KINDS])
{
    uint64_t total = 0;
    for (size_t i = 0; i < CONVERSATION_KINDS; i++)
        total += counts[i];
    return total;
}

static void show_messages(struct shown_conversation *shown, struct arena *arena,
                          const struct conversation *conversation)
{
    uint64_t total = total_of(shown->sent) + total_of(shown->received);
    size_t most = conversation->count < SHOWN_MESSAGES_LIMIT ? conversation->count
                                                             : (size_t)SHOWN_MESSAGES_LIMIT;
    shown->list = ARENA_ARRAY(arena, most + 1, struct shown_message);
    shown->first_count = show_first(shown, arena, conversation);
    shown->count = shown->first_count + show_last(shown->list + shown->first_count, arena,
                                                  conversation, shown->first_count);
    shown->left_out = total > shown->count ? total - shown->count : 0;
}

static struct text masked_url(struct arena *arena, struct text url)
{
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, URL_LIMIT_BYTES);
    sensitive_print_url(&masked, text_slice(url, 0, URL_LIMIT_BYTES / 2));
    return arena_text(arena, buffer_text(&masked));
}

static struct text refusal_of(struct arena *arena, const struct exchange *handshake)
{
    const struct response *response = &handshake->response;
    if (!handshake->is_finished)
        return TEXT_EMPTY;
    if (handshake->failure != EXCHANGE_ANSWERED || response->status == 0) {
        const char *fault = exchange_failure_fault(handshake->failure);
        return fault[0] != '\0'          ? text_of(fault)
               : handshake->message.size ? arena_text(arena, handshake->message)
                                         : TEXT("no answer");
    }
    if (response->status == STATUS_SWITCHING || response->status == STATUS_OK)
        return TEXT_EMPTY;
    return arena_format(arena, "%u %.*s", response->status, TEXT_ARG(response->reason));
}

static void show_close(struct shown_conversation *shown, struct arena *arena,
                       const struct conversation_close *close)
{
    shown->ended_by = close->by;
    shown->is_clean = close->is_clean;
    shown->code = close->by == CONVERSATION_OPEN ? 0 : close->code;
    shown->ended_ns = close->by == CONVERSATION_OPEN ? 0 : close->at_ns;
    shown->reason = arena_text(arena, close->reason);
    shown->failure = arena_text(arena, close->failure);
    shown->hint = arena_text(arena, close->hint);
}

struct shown_conversation *shown_conversation_make(struct arena *arena,
                                                   const struct conversation *conversation,
                                                   bool with_messages)
{
    struct shown_conversation *shown = ARENA_NEW(arena, struct shown_conversation);
    const struct exchange *handshake = conversation->handshake;
    shown->actor = arena_text(arena, conversation->actor);
    shown->name = arena_text(arena, conversation->name);
    shown->protocol = arena_text(arena, conversation->protocol);
    if (handshake) {
        shown->url = masked_url(arena, handshake->request.url);
        shown->status = handshake->response.status;
        shown->refusal = text_trim(refusal_of(arena, handshake));
        shown->started_ns = handshake->started_at_ns;
    }
    show_close(shown, arena, &conversation->close);
    for (size_t i = 0; i < CONVERSATION_KINDS; i++) {
        shown->sent[i] = conversation->sent[i];
        shown->received[i] = conversation->received[i];
    }
    shown->sent_bytes = conversation->sent_bytes;
    shown->received_bytes = conversation->received_bytes;
    if (with_messages)
        show_messages(shown, arena, conversation);
    else
        shown->left_out = total_of(shown->sent) + total_of(shown->received);
    return shown;
}

size_t shown_conversation_bytes(const struct shown_conversation *shown)
{
    size_t bytes = 0;
    for (size_t i = 0; i < shown->count; i++)
        bytes += shown->list[i].data.size;
    return bytes;
}

/* A mask may have made it shorter, so that the end of what was kept, where half a secret may stand,
 * would be shown: the slack goes before the limit is applied. */
static void cut_message(struct shown_message *message)
{
    size_t slack = message->bytes > message->limit + SHOWN_MESSAGE_SLACK_BYTES
                       ? SHOWN_MESSAGE_SLACK_BYTES
                       : 0;
    message->data.size -= message->data.size > slack ? slack : message->data.size;
    if (message->is_cut && message->data.size > message->limit)
        message->data.size = message->limit;
}

void shown_conversation_cut(struct shown_conversation *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        cut_message(&shown->list[i]);
}
