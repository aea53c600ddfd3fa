/* SPDX-License-Identifier: MIT */
#include "event/codec.h"

#include <string.h>

static void put_number(struct buffer *out, uint64_t number)
{
    if (number < 128) {
        buffer_add_byte(out, (char)number);
        return;
    }
    char bytes[10];
    size_t size = 0;
    for (; number >= 128; number >>= 7)
        bytes[size++] = (char)(number | 128);
    bytes[size++] = (char)number;
    buffer_add(out, text_make(bytes, size));
}

static void put_text(struct buffer *out, struct text text)
{
    put_number(out, text.size);
    buffer_add(out, text);
}

static void put_place(struct buffer *out, const struct place *place)
{
    put_text(out, place->name);
    if (place->name.size == 0)
        return;
    put_number(out, place->line);
    put_number(out, place->column);
    put_text(out, place->text);
    put_number(out, place->caret);
    put_number(out, place->width);
    put_number(out, place->row_line);
}

static void put_exchange(struct buffer *out, const struct shown_exchange *shown)
{
    put_text(out, shown->title);
    put_text(out, shown->curl);
    put_text(out, shown->request_head);
    put_text(out, shown->request_body);
    put_text(out, shown->response_head);
    put_text(out, shown->response_body);
    put_number(out, shown->request_body_bytes);
    put_number(out, shown->response_body_bytes);
}

static void put_failure(struct buffer *out, const struct failure *failure)
{
    put_number(out, failure->kind);
    put_text(out, failure->message);
    put_text(out, failure->hint);
    put_text(out, failure->detail);
    put_place(out, &failure->place);
    put_number(out, failure->has_values);
    put_text(out, failure->expected);
    put_text(out, failure->actual);
    put_number(out, failure->mismatches_dropped);
    put_number(out, failure->mismatch_count);
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        const struct mismatch *mismatch = &failure->mismatches[i];
        put_text(out, mismatch->what);
        put_text(out, mismatch->expected);
        put_text(out, mismatch->actual);
        put_place(out, &mismatch->place);
    }
    put_number(out, failure->exchange != NULL);
    if (failure->exchange)
        put_exchange(out, failure->exchange);
}

static void put_line(struct buffer *out, const struct result_line *line)
{
    put_number(out, line->kind);
    put_number(out, line->step);
    put_number(out, line->depth);
    put_number(out, line->status);
    put_number(out, line->duration_ns);
    put_text(out, line->keyword);
    put_text(out, line->text);
    put_place(out, &line->place);
    put_text(out, line->reason);
    put_number(out, line->failure != NULL);
    if (line->failure)
        put_failure(out, line->failure);
}

static void put_counts(struct buffer *out, const uint64_t counts[CONVERSATION_KINDS])
{
    for (size_t i = 0; i < CONVERSATION_KINDS; i++)
        put_number(out, counts[i]);
}

static void put_conversation(struct buffer *out, const struct shown_conversation *shown)
{
    put_text(out, shown->actor);
    put_text(out, shown->name);
    put_text(out, shown->protocol);
    put_text(out, shown->url);
    put_number(out, shown->status);
    put_text(out, shown->refusal);
    put_number(out, shown->ended_by);
    put_number(out, shown->is_clean);
    put_number(out, shown->code);
    put_text(out, shown->reason);
    put_text(out, shown->failure);
    put_text(out, shown->hint);
    put_number(out, shown->started_ns);
    put_number(out, shown->ended_ns);
    put_counts(out, shown->sent);
    put_counts(out, shown->received);
    put_number(out, shown->sent_bytes);
    put_number(out, shown->received_bytes);
    put_number(out, shown->left_out);
    put_number(out, shown->count);
    put_number(out, shown->first_count);
    for (size_t i = 0; i < shown->count; i++) {
        put_number(out, shown->list[i].at_ns);
        put_number(out, shown->list[i].is_sent);
        put_number(out, shown->list[i].kind);
        put_text(out, shown->list[i].event);
        put_text(out, shown->list[i].data);
        put_number(out, shown->list[i].bytes);
        put_number(out, shown->list[i].is_cut);
    }
}

static void put_result(struct buffer *out, const struct result *result)
{
    put_number(out, result->scenario);
    put_number(out, result->attempt);
    put_number(out, result->worker);
    put_number(out, result->status);
    put_number(out, result->will_be_retried);
    put_number(out, result->started_ns);
    put_number(out, result->duration_ns);
    put_text(out, result->correlation_id);
    put_text(out, result->message);
    put_text(out, result->hint);
    put_number(out, result->line_count);
    for (size_t i = 0; i < result->line_count; i++)
        put_line(out, &result->lines[i]);
    put_number(out, result->attachment_count);
    for (size_t i = 0; i < result->attachment_count; i++) {
        const struct attachment *attachment = &result->attachments[i];
        put_number(out, attachment->line);
        put_text(out, attachment->name);
        put_text(out, attachment->media_type);
        put_text(out, attachment->body);
    }
    put_number(out, result->exchange_count);
    for (size_t i = 0; i < result->exchange_count; i++) {
        put_number(out, result->exchanges[i].line);
        put_exchange(out, result->exchanges[i].shown);
    }
    put_number(out, result->conversation_count);
    for (size_t i = 0; i < result->conversation_count; i++)
        put_conversation(out, result->conversations[i]);
}

static void put_problem(struct buffer *out, const struct problem *problem)
{
    CLEANUP(buffer_release) struct buffer printed;
    buffer_init(&printed, 1 << 20);
    if (problem->at.source) {
        span_print(&printed, problem->at);
        buffer_add_string(&printed, ": ");
    }
    buffer_add(&printed, problem->message);
    put_number(out, problem->kind);
    put_text(out, buffer_text(&printed));
    put_text(out, problem->hint);
}

void codec_encode(struct buffer *out, const struct event *event)
{
    size_t start = out->size;
    uint32_t size = 0;
    buffer_add(out, text_make((const char *)&size, sizeof size));
    buffer_add_byte(out, (char)event->kind);
    put_number(out, event->time_ns);
    switch (event->kind) {
    case EVENT_PROBLEM:
        put_problem(out, event->problem);
        break;
    case EVENT_SCENARIO_STARTED:
        put_number(out, event->scenario_started.scenario);
        put_number(out, event->scenario_started.attempt);
        put_number(out, event->scenario_started.worker);
        break;
    case EVENT_SCENARIO_FINISHED:
        put_result(out, event->result);
        break;
    case EVENT_RUN_STARTED:
    case EVENT_ENVELOPE:
    case EVENT_RUN_FINISHED:
    case EVENT_KIND_COUNT:
        BUG("event %d is never sent", (int)event->kind);
    }
    if (out->is_over_limit || out->size - start > CODEC_FRAME_LIMIT_BYTES)
        BUG("an event of more than %d bytes", CODEC_FRAME_LIMIT_BYTES);
    size = (uint32_t)(out->size - start - sizeof size);
    memcpy(out->at + start, &size, sizeof size);
}
