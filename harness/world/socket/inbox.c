/* SPDX-License-Identifier: MIT */
#include "world/inbox.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/escape.h"
#include "format/json.h"
#include "redact/secrets.h"
#include "redact/sensitive.h"
#include "world/actor.h"
#include "world/actor_socket.h"
#include "world/world.h"

enum { SHOWN_FIRST = 5, SHOWN_LAST = 15, SHOWN_BYTES = 160, MASK_SLACK_BYTES = 4096 };

void inbox_release(struct inbox *inbox)
{
    free(inbox->list);
    *inbox = (struct inbox){ 0 };
}

static struct text kept(struct arena *arena, struct text text, struct text frame)
{
    bool is_inside =
        frame.size && text.at >= frame.at && text.at + text.size <= frame.at + frame.size;
    return is_inside ? text : arena_text(arena, text);
}

static void keep_attachments(struct arena *arena, struct protocol_event *event)
{
    if (event->attachment_count == 0) {
        return;
    }
    struct text *list = ARENA_ARRAY(arena, event->attachment_count, struct text);
    for (size_t i = 0; i < event->attachment_count; i++) {
        list[i] = arena_text(arena, event->attachments[i]);
    }
    event->attachments = list;
}

struct inbox_event *inbox_add(struct inbox *inbox, struct arena *arena,
                              const struct inbox_event *event, struct text frame)
{
    inbox->bytes += event->is.name.size + event->is.data.size;
    if (inbox->count >= INBOX_EVENTS_LIMIT || inbox->bytes > INBOX_BYTES_LIMIT) {
        inbox->is_full = true;
        return NULL;
    }
    struct inbox_event *added = ARENA_NEW(arena, struct inbox_event);
    *added = *event;
    added->is.name = kept(arena, event->is.name, frame);
    added->is.channel = kept(arena, event->is.channel, frame);
    added->is.data = kept(arena, event->is.data, frame);
    keep_attachments(arena, &added->is);
    GROW(inbox->list, inbox->count, inbox->capacity);
    inbox->list[inbox->count++] = added;
    return added;
}

static bool is_open(const struct inbox_event *event)
{
    return !event->is_read && !event->is_ignored && event->is.kind != PROTOCOL_EVENT_REPLY;
}

struct inbox_event *inbox_unread(struct inbox *inbox, size_t *index)
{
    while (inbox->unread_from < inbox->count && !is_open(inbox->list[inbox->unread_from])) {
        inbox->unread_from++;
    }
    size_t at = *index < inbox->unread_from ? inbox->unread_from : *index;
    while (at < inbox->count && !is_open(inbox->list[at])) {
        at++;
    }
    *index = at;
    return at < inbox->count ? inbox->list[at] : NULL;
}

void inbox_take(struct inbox_event *event)
{
    event->is_read = true;
}

size_t inbox_unread_count(const struct inbox *inbox)
{
    size_t count = 0;
    for (size_t i = inbox->unread_from; i < inbox->count; i++) {
        count += is_open(inbox->list[i]);
    }
    return count;
}

const struct json_value *inbox_event_json(struct inbox_event *event, struct arena *arena)
{
    if (!event->is_parsed) {
        event->is_parsed = true;
        bool is_json =
            !event->is.is_binary && json_parse_text(event->is.data, arena, &event->json);
        event->json = is_json ? event->json : NULL;
    }
    return event->json;
}

/* --- printing --- */

static void print_binary(struct buffer *out, struct text data)
{
    struct text shown = text_slice(data, 0, SHOWN_BYTES / 4);
    for (size_t i = 0; i < shown.size; i++) {
        buffer_add_format(out, "%s%02x", i ? " " : "", (unsigned char)shown.at[i]);
    }
    const char *separator = shown.size < data.size ? "… " : shown.size ? " " : "";
    buffer_add_format(out, "%s(%zu bytes)", separator, data.size);
}

/* What is secret is masked before the text is cut, so that no half of it is left. */
static void mask(struct buffer *out, const struct inbox_event *event)
{
    struct buffer named CLEANUP(buffer_release);
    const struct secrets *secrets =
        event->socket ? event->socket->actor->world->context->secrets : NULL;
    buffer_init(&named, BUFFER_NO_LIMIT); /* the slice bounds it */
    sensitive_print_body(&named, text_slice(event->is.data, 0, SHOWN_BYTES + MASK_SLACK_BYTES));
    if (secrets) {
        secrets_mask(secrets, out, buffer_text(&named));
    } else {
        buffer_add(out, buffer_text(&named));
    }
}

static void print_text(struct buffer *out, const struct inbox_event *event)
{
    struct buffer masked CLEANUP(buffer_release);
    buffer_init(&masked, BUFFER_NO_LIMIT); /* see mask */
    mask(&masked, event);
    struct text shown = text_slice(buffer_text(&masked), 0, SHOWN_BYTES);
    while (shown.size < masked.size && shown.size > 0 &&
           ((unsigned char)masked.at[shown.size] & 0xC0) == 0x80) {
        shown.size--; /* not in the middle of a character */
    }
    escape_line(out, shown);
    if (shown.size < masked.size) {
        buffer_add_format(out, "… (%zu bytes)", event->is.data.size);
    }
}

void inbox_event_print(struct buffer *out, const struct inbox_event *event)
{
    const struct protocol_event *is = &event->is;
    if (is->kind == PROTOCOL_EVENT_REPLY) {
        buffer_add_format(out, "answer to call %llu ", (unsigned long long)is->call);
    }
    if (is->name.size) {
        buffer_add_byte(out, '"');
        escape_line(out, text_slice(is->name, 0, SHOWN_BYTES));
        buffer_add_string(out, "\" ");
    }
    if (is->channel.size) {
        buffer_add_string(out, "on ");
        escape_line(out, text_slice(is->channel, 0, SHOWN_BYTES));
        buffer_add_byte(out, ' ');
    }
    if (is->is_binary) {
        print_binary(out, is->data);
    } else {
        print_text(out, event);
    }
}

void inbox_event_print_time(struct buffer *out, const struct inbox_event *event,
                            uint64_t zero_ns)
{
    bool is_before = event->at_ns < zero_ns;
    uint64_t ms = (is_before ? zero_ns - event->at_ns : event->at_ns - zero_ns) /
                  NANOSECONDS_PER_MILLISECOND;
    buffer_add_format(out, "%s%llu.%03llu s", is_before ? "-" : "+",
                      (unsigned long long)(ms / 1000), (unsigned long long)(ms % 1000));
}

static void print_line(struct buffer *out, const struct inbox_event *event, uint64_t zero_ns)
{
    buffer_add_string(out, "  ");
    inbox_event_print_time(out, event, zero_ns);
    buffer_add_string(out, event->is_read      ? "  (read)  "
                           : event->is_ignored ? "  (ignored)  "
                                               : "  ");
    inbox_event_print(out, event);
    buffer_add_byte(out, '\n');
}

void inbox_print(struct buffer *out, const struct inbox *inbox, uint64_t zero_ns)
{
    for (size_t i = 0; i < inbox->count; i++) {
        bool is_left_out = inbox->count > SHOWN_FIRST + SHOWN_LAST && i == SHOWN_FIRST;
        if (is_left_out) {
            size_t hidden = inbox->count - SHOWN_FIRST - SHOWN_LAST;
            buffer_add_format(out, "  … %zu more\n", hidden);
            i += hidden;
        }
        print_line(out, inbox->list[i], zero_ns);
    }
}
