/* SPDX-License-Identifier: MIT */
#include "event/codec.h"

#include <string.h>

/* What is left of a frame. Broken once anything in it was: then every take gives zeros. */
struct reader {
    struct text rest;
    struct arena *arena;
    bool is_broken;
};

static uint64_t take_number(struct reader *reader)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && reader->rest.size > 0; shift += 7) {
        unsigned char byte = (unsigned char)reader->rest.at[0];
        reader->rest = text_from(reader->rest, 1);
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return number;
    }
    reader->is_broken = true;
    return 0;
}

/* A number below the limit. */
static uint32_t take_limited(struct reader *reader, uint64_t limit)
{
    uint64_t number = take_number(reader);
    if (number >= limit) {
        reader->is_broken = true;
        return 0;
    }
    return (uint32_t)number;
}

static uint32_t take_uint32(struct reader *reader)
{
    return take_limited(reader, UINT64_C(1) << 32);
}

/* The count of things that take at least a byte each. */
static size_t take_count(struct reader *reader)
{
    return take_limited(reader, (uint64_t)reader->rest.size + 1);
}

static bool take_flag(struct reader *reader)
{
    return take_limited(reader, 2) == 1;
}

static struct text take_text(struct reader *reader)
{
    size_t size = take_count(reader);
    if (reader->is_broken || size > reader->rest.size) {
        reader->is_broken = true;
        return TEXT_EMPTY;
    }
    struct text taken = text_slice(reader->rest, 0, size);
    reader->rest = text_from(reader->rest, size);
    return taken;
}

static struct place take_place(struct reader *reader)
{
    struct place place = { .name = take_text(reader), .text = TEXT_EMPTY };
    if (place.name.size == 0)
        return place;
    place.line = take_uint32(reader);
    place.column = take_uint32(reader);
    place.text = take_text(reader);
    place.caret = take_uint32(reader);
    place.width = take_uint32(reader);
    place.row_line = take_uint32(reader);
    return place;
}

static struct shown_exchange *take_exchange(struct reader *reader)
{
    struct shown_exchange *shown = ARENA_NEW(reader->arena, struct shown_exchange);
    shown->title = take_text(reader);
    shown->curl = take_text(reader);
    shown->request_head = take_text(reader);
    shown->request_body = take_text(reader);
    shown->response_head = take_text(reader);
    shown->response_body = take_text(reader);
    shown->request_body_bytes = take_number(reader);
    shown->response_body_bytes = take_number(reader);
    return shown;
}

static struct failure *take_failure(struct reader *reader)
{
    struct failure *failure = ARENA_NEW(reader->arena, struct failure);
    failure->kind = (enum failure_kind)take_limited(reader, FAILURE_KINDS);
    failure->message = take_text(reader);
    failure->hint = take_text(reader);
    failure->detail = take_text(reader);
    failure->place = take_place(reader);
    failure->has_values = take_flag(reader);
    failure->expected = take_text(reader);
    failure->actual = take_text(reader);
    failure->mismatches_dropped = (size_t)take_number(reader);
    failure->mismatch_count = take_limited(reader, FAILURE_MISMATCHES_LIMIT + 1);
    failure->mismatches =
        ARENA_ARRAY(reader->arena, failure->mismatch_count + 1, struct mismatch);
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        struct mismatch *mismatch = &failure->mismatches[i];
        mismatch->what = take_text(reader);
        mismatch->expected = take_text(reader);
        mismatch->actual = take_text(reader);
        mismatch->place = take_place(reader);
    }
    if (take_flag(reader))
        failure->exchange = take_exchange(reader);
    return failure;
}

static void take_line(struct reader *reader, struct result_line *line)
{
    line->kind = (enum result_line_kind)take_limited(reader, RESULT_TEARDOWN + 1);
    line->step = take_uint32(reader);
    line->depth = take_uint32(reader);
    line->status = (enum status)take_limited(reader, STATUS_COUNT);
    line->duration_ns = take_number(reader);
    line->keyword = take_text(reader);
    line->text = take_text(reader);
    line->place = take_place(reader);
    line->reason = take_text(reader);
    if (take_flag(reader))
        line->failure = take_failure(reader);
}

/* Attachments and exchanges belong to a line; without any line they may name line 0. */
static uint32_t take_line_index(struct reader *reader, const struct result *result)
{
    return take_limited(reader, result->line_count > 0 ? result->line_count : 1);
}

static void take_attached(struct reader *reader, struct result *result)
{
    result->attachment_count = take_count(reader);
    result->attachments =
        ARENA_ARRAY(reader->arena, result->attachment_count + 1, struct attachment);
    for (size_t i = 0; i < result->attachment_count && !reader->is_broken; i++) {
        struct attachment *attachment = &result->attachments[i];
        attachment->line = take_line_index(reader, result);
        attachment->name = take_text(reader);
        attachment->media_type = take_text(reader);
        attachment->body = take_text(reader);
    }
    result->exchange_count = take_count(reader);
    result->exchanges =
        ARENA_ARRAY(reader->arena, result->exchange_count + 1, struct result_exchange);
    for (size_t i = 0; i < result->exchange_count && !reader->is_broken; i++) {
        result->exchanges[i].line = take_line_index(reader, result);
        result->exchanges[i].shown = take_exchange(reader);
    }
}

static void take_counts(struct reader *reader, uint64_t counts[CONVERSATION_KINDS])
{
    for (size_t i = 0; i < CONVERSATION_KINDS; i++)
        counts[i] = take_number(reader);
}

static void take_messages(struct reader *reader, struct shown_conversation *shown)
{
    shown->left_out = take_number(reader);
    shown->count = take_limited(reader, SHOWN_MESSAGES_LIMIT + 1);
    shown->first_count = take_limited(reader, shown->count + 1);
    shown->list = ARENA_ARRAY(reader->arena, shown->count + 1, struct shown_message);
    for (size_t i = 0; i < shown->count && !reader->is_broken; i++) {
        struct shown_message *message = &shown->list[i];
        message->at_ns = take_number(reader);
        message->is_sent = take_flag(reader);
        message->kind = (enum conversation_kind)take_limited(reader, CONVERSATION_KINDS);
        message->event = take_text(reader);
        message->data = take_text(reader);
        message->bytes = take_number(reader);
        message->is_cut = take_flag(reader);
    }
}

static struct shown_conversation *take_conversation(struct reader *reader)
{
    struct shown_conversation *shown = ARENA_NEW(reader->arena, struct shown_conversation);
    shown->actor = take_text(reader);
    shown->name = take_text(reader);
    shown->protocol = take_text(reader);
    shown->url = take_text(reader);
    shown->status = take_uint32(reader);
    shown->refusal = take_text(reader);
    shown->ended_by =
        (enum conversation_ender)take_limited(reader, CONVERSATION_ENDED_BY_SERVER + 1);
    shown->is_clean = take_flag(reader);
    shown->code = take_uint32(reader);
    shown->reason = take_text(reader);
    shown->failure = take_text(reader);
    shown->hint = take_text(reader);
    shown->started_ns = take_number(reader);
    shown->ended_ns = take_number(reader);
    take_counts(reader, shown->sent);
    take_counts(reader, shown->received);
    shown->sent_bytes = take_number(reader);
    shown->received_bytes = take_number(reader);
    take_messages(reader, shown);
    return shown;
}

static void take_conversations(struct reader *reader, struct result *result)
{
    size_t count = take_count(reader);
    result->conversations = ARENA_ARRAY(reader->arena, count + 1, struct shown_conversation *);
    while (result->conversation_count < count && !reader->is_broken)
        result->conversations[result->conversation_count++] = take_conversation(reader);
}

static struct result *take_result(struct reader *reader)
{
    struct result *result = ARENA_NEW(reader->arena, struct result);
    result->scenario = take_uint32(reader);
    result->attempt = take_uint32(reader);
    result->worker = take_uint32(reader);
    result->status = (enum status)take_limited(reader, STATUS_COUNT);
    result->will_be_retried = take_flag(reader);
    result->started_ns = take_number(reader);
    result->duration_ns = take_number(reader);
    result->correlation_id = take_text(reader);
    result->message = take_text(reader);
    result->hint = take_text(reader);
    result->line_count = take_count(reader);
    result->lines = ARENA_ARRAY(reader->arena, result->line_count + 1, struct result_line);
    for (size_t i = 0; i < result->line_count && !reader->is_broken; i++)
        take_line(reader, &result->lines[i]);
    take_attached(reader, result);
    take_conversations(reader, result);
    return result;
}

static struct problem *take_problem(struct reader *reader)
{
    struct problem *problem = ARENA_NEW(reader->arena, struct problem);
    problem->kind = (enum problem_kind)take_limited(reader, PROBLEM_ENVIRONMENT + 1);
    problem->at = span_none();
    problem->message = take_text(reader);
    problem->hint = take_text(reader);
    problem->related = span_none();
    problem->related_note = TEXT_EMPTY;
    return problem;
}

static void take_event(struct reader *reader, struct event *event)
{
    event->kind = (enum event_kind)take_limited(reader, EVENT_KIND_COUNT);
    event->time_ns = take_number(reader);
    if (event->kind == EVENT_PROBLEM) {
        event->problem = take_problem(reader);
    } else if (event->kind == EVENT_SCENARIO_STARTED) {
        event->scenario_started.scenario = take_uint32(reader);
        event->scenario_started.attempt = take_uint32(reader);
        event->scenario_started.worker = take_uint32(reader);
    } else if (event->kind == EVENT_SCENARIO_FINISHED) {
        event->result = take_result(reader);
    } else {
        reader->is_broken = true;
    }
}

enum codec_result codec_decode(struct text *bytes, struct arena *arena, struct event *ret_event)
{
    uint32_t size = 0;
    if (bytes->size < sizeof size)
        return CODEC_INCOMPLETE;
    memcpy(&size, bytes->at, sizeof size);
    if (size > CODEC_FRAME_LIMIT_BYTES)
        return CODEC_BROKEN;
    if (bytes->size - sizeof size < size)
        return CODEC_INCOMPLETE;
    struct reader reader = {
        .rest = text_slice(*bytes, sizeof size, sizeof size + size),
        .arena = arena,
    };
    struct event event = { 0 };
    take_event(&reader, &event);
    if (reader.is_broken || reader.rest.size > 0)
        return CODEC_BROKEN;
    *bytes = text_from(*bytes, sizeof size + size);
    *ret_event = event;
    return CODEC_EVENT;
}
