/* SPDX-License-Identifier: MIT */
#include "reporters/parts/report_conversation.h"

#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "reporters/parts/report_text.h"

enum {
    CLOSE_WITHOUT_CODE = 1005,
    CLOSE_WITHOUT_FRAME = 1006,
    ENDING_LIMIT_BYTES = 4096,
    ENDINGS_LIMIT = 8,
    BINARY_SHOWN_BYTES = 32,
};

static bool is_event_stream(const struct shown_conversation *shown)
{
    return text_is(shown->protocol, "event stream");
}

static void add_code(struct buffer *out, const struct shown_conversation *shown)
{
    if (is_event_stream(shown))
        return;
    if (shown->code == CLOSE_WITHOUT_CODE)
        buffer_add_string(out, " without a code");
    else if (shown->code == CLOSE_WITHOUT_FRAME || shown->code == 0)
        buffer_add_string(out, " without a close frame");
    else
        buffer_add_format(out, " with code %u", shown->code);
}

/* "closed by the server with code 1012", "refused: 401 Unauthorized", "open at the end" */
static void add_ending(struct buffer *out, const struct shown_conversation *shown)
{
    if (shown->refusal.size > 0) {
        buffer_add_string(out, "refused: ");
        escape_line(out, shown->refusal);
    } else if (shown->ended_by == CONVERSATION_OPEN) {
        buffer_add_string(out, "open at the end");
    } else {
        buffer_add_string(out, shown->ended_by == CONVERSATION_ENDED_BY_US
                                   ? "closed by us"
                                   : "closed by the server");
        add_code(out, shown);
    }
}

static void add_size(struct buffer *out, uint64_t bytes)
{
    if (bytes < 10000)
        buffer_add_format(out, " (%u bytes)", (unsigned)bytes);
    else
        buffer_add_format(out, " (%llu kB)", (unsigned long long)(bytes / 1000));
}

static void add_amount(struct buffer *out, uint64_t amount, const char *word)
{
    buffer_add_format(out, " %llu %s%s", (unsigned long long)amount, word,
                      amount == 1 ? "" : "s");
}

static void add_counts(struct buffer *out, const char *verb,
                       const uint64_t counts[CONVERSATION_KINDS], uint64_t bytes)
{
    buffer_add_string(out, verb);
    add_amount(out,
               counts[CONVERSATION_TEXT] + counts[CONVERSATION_BINARY] +
                   counts[CONVERSATION_EVENT],
               "message");
    if (counts[CONVERSATION_PING] > 0) {
        buffer_add_byte(out, ',');
        add_amount(out, counts[CONVERSATION_PING], "ping");
    }
    if (counts[CONVERSATION_PONG] > 0) {
        buffer_add_byte(out, ',');
        add_amount(out, counts[CONVERSATION_PONG], "pong");
    }
    add_size(out, bytes);
}

static void add_heading(const struct style_writer *writer,
                        const struct shown_conversation *shown, size_t indent)
{
    buffer_add_repeated(writer->out, ' ', indent);
    style_begin(writer, STYLE_BOLD);
    escape_line(writer->out, text_is(shown->actor, "I") ? TEXT("my") : shown->actor);
    buffer_add_string(writer->out, text_is(shown->actor, "I") ? "" : "'s");
    if (shown->name.size > 0) {
        buffer_add_string(writer->out, " \"");
        escape_line(writer->out, shown->name);
        buffer_add_byte(writer->out, '"');
    }
    if (is_event_stream(shown)) {
        buffer_add_string(writer->out, " event stream");
    } else {
        buffer_add_string(writer->out, " socket (");
        escape_line(writer->out, shown->protocol);
        buffer_add_byte(writer->out, ')');
    }
    style_end(writer, STYLE_BOLD);
    buffer_add_string(writer->out, shown->url.size > 0 ? " at " : "");
    escape_line(writer->out, shown->url);
    buffer_add_byte(writer->out, '\n');
}

static void add_summary(const struct style_writer *writer,
                        const struct shown_conversation *shown, size_t indent)
{
    struct buffer *out = writer->out;
    buffer_add_repeated(out, ' ', indent);
    style_begin(writer, STYLE_DIM);
    add_ending(out, shown);
    if (shown->reason.size > 0) {
        buffer_add_string(out, ": ");
        escape_line(out, shown->reason);
    }
    add_counts(out, "; received", shown->received, shown->received_bytes);
    add_counts(out, "; sent", shown->sent, shown->sent_bytes);
    style_end(writer, STYLE_DIM);
    buffer_add_byte(out, '\n');
    report_block(writer, STYLE_BAD, shown->failure, indent);
    report_block(writer, STYLE_PLAIN, shown->hint, indent);
}

static void add_time(struct buffer *out, uint64_t from_ns, uint64_t at_ns)
{
    uint64_t passed_ms = at_ns > from_ns ? (at_ns - from_ns) / NANOSECONDS_PER_MILLISECOND : 0;
    buffer_add_format(out, "+%u.%03u s ", (unsigned)(passed_ms / 1000),
                      (unsigned)(passed_ms % 1000));
}

/* At a boundary of characters. */
static struct text cut_text(struct text data, size_t limit)
{
    if (data.size <= limit)
        return data;
    size_t end = limit;
    while (end > 0 && ((unsigned char)data.at[end] & 0xC0) == 0x80)
        end--;
    return text_slice(data, 0, end);
}

static size_t add_bytes(struct buffer *out, struct text data)
{
    struct text shown = text_slice(data, 0, BINARY_SHOWN_BYTES);
    for (size_t i = 0; i < shown.size; i++)
        buffer_add_format(out, " %02x", (unsigned char)shown.at[i]);
    return shown.size;
}

/* What kind it is, where that is not text; its payload. How many bytes of it are shown. */
static size_t add_payload(struct buffer *out, const struct shown_message *message,
                          struct text data)
{
    bool is_text = message->kind == CONVERSATION_TEXT;
    if (!is_text)
        buffer_add_string(out, conversation_kind_name(message->kind));
    if (message->event.size > 0) {
        buffer_add_byte(out, ' ');
        escape_line(out, message->event);
    }
    if (!is_text && message->kind != CONVERSATION_EVENT && message->kind != CONVERSATION_CLOSE)
        return add_bytes(out, data);
    buffer_add_string(out, !is_text && data.size > 0 ? ": " : "");
    escape_line(out, data);
    return data.size;
}

static void add_message(const struct style_writer *writer, const struct shown_message *message,
                        uint64_t from_ns, const struct conversation_view *view)
{
    struct buffer *out = writer->out;
    buffer_add_repeated(out, ' ', view->indent + 2);
    style_begin(writer, STYLE_DIM);
    add_time(out, from_ns, message->at_ns);
    buffer_add_string(out, message->is_sent ? "→ " : "← ");
    style_end(writer, STYLE_DIM);
    size_t shown = add_payload(out, message, cut_text(message->data, view->payload_limit));
    if (message->is_cut || shown < message->data.size)
        buffer_add_format(out, " … %zu of %llu bytes", shown,
                          (unsigned long long)message->bytes);
    buffer_add_byte(out, '\n');
}

static void add_left_out(const struct style_writer *writer,
                         const struct shown_conversation *shown, size_t indent)
{
    if (shown->left_out == 0)
        return;
    buffer_add_repeated(writer->out, ' ', indent);
    style_begin(writer, STYLE_DIM);
    buffer_add_format(writer->out, "… %llu more not shown",
                      (unsigned long long)shown->left_out);
    style_end(writer, STYLE_DIM);
    buffer_add_byte(writer->out, '\n');
}

static void add_messages(const struct style_writer *writer,
                         const struct shown_conversation *shown,
                         const struct conversation_view *view)
{
    for (size_t i = 0; i < shown->first_count; i++)
        add_message(writer, &shown->list[i], shown->started_ns, view);
    add_left_out(writer, shown, view->indent + 2);
    for (size_t i = shown->first_count; i < shown->count; i++)
        add_message(writer, &shown->list[i], shown->started_ns, view);
}

static void add_conversation(const struct style_writer *writer,
                             const struct shown_conversation *shown,
                             const struct conversation_view *view, bool with_messages)
{
    add_heading(writer, shown, view->indent);
    add_summary(writer, shown, view->indent + 2);
    if (with_messages)
        add_messages(writer, shown, view);
}

static bool is_concerned(const struct result *result, const struct shown_conversation *shown)
{
    if (shown->actor.size == 0)
        return false;
    for (size_t i = 0; i < result->line_count; i++) {
        const struct failure *failure = result->lines[i].failure;
        if (failure && (text_contains(failure->message, shown->actor) ||
                        text_contains(failure->detail, shown->actor)))
            return true;
    }
    return false;
}

struct ending {
    char words[ENDING_LIMIT_BYTES / ENDINGS_LIMIT];
    size_t count;
};

/* Counts an ending; those that are too many are counted in the last place. */
static void count_ending(struct ending endings[ENDINGS_LIMIT],
                         const struct shown_conversation *shown)
{
    CLEANUP(buffer_release) struct buffer words;
    buffer_init(&words, ENDING_LIMIT_BYTES);
    add_ending(&words, shown);
    struct text wanted = text_slice(buffer_text(&words), 0, sizeof endings->words - 1);
    size_t at = 0;
    while (at < ENDINGS_LIMIT - 1 && endings[at].count > 0 &&
           !text_is(wanted, endings[at].words))
        at++;
    if (at == ENDINGS_LIMIT - 1)
        wanted = TEXT("ended otherwise");
    if (endings[at].count++ == 0) {
        memcpy(endings[at].words, wanted.at, wanted.size);
        endings[at].words[wanted.size] = '\0';
    }
}

static void add_rest(const struct style_writer *writer, const struct ending *endings,
                     size_t count, size_t indent)
{
    buffer_add_repeated(writer->out, ' ', indent);
    buffer_add_format(writer->out, "and %zu more socket%s: ", count, count == 1 ? "" : "s");
    for (size_t i = 0; i < ENDINGS_LIMIT && endings[i].count > 0; i++)
        buffer_add_format(writer->out, "%s%zu %s", i > 0 ? ", " : "", endings[i].count,
                          endings[i].words);
    buffer_add_byte(writer->out, '\n');
}

void report_conversations(const struct style_writer *writer, const struct result *result,
                          const struct conversation_view *view)
{
    struct ending endings[ENDINGS_LIMIT] = { 0 };
    size_t shown = 0;
    bool has_concerned = false;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < result->conversation_count; i++) {
            const struct shown_conversation *each = result->conversations[i];
            if (is_concerned(result, each) != (pass == 0))
                continue;
            has_concerned = has_concerned || pass == 0;
            bool is_left_out = view->concerned_only && has_concerned && pass == 1;
            if (shown++ < view->sockets_limit)
                add_conversation(writer, each, view, view->with_messages && !is_left_out);
            else
                count_ending(endings, each);
        }
    }
    if (shown > view->sockets_limit)
        add_rest(writer, endings, shown - view->sockets_limit, view->indent);
}
