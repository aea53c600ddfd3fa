/* SPDX-License-Identifier: MIT */
#include "event/emitter.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "event/emitter_mask.h"
#include "exchange/exchange.h"
#include "redact/secrets.h"

void emitter_init(struct emitter *emitter, const struct secrets *secrets)
{
    *emitter = (struct emitter){ .secrets = secrets };
    arena_init(&emitter->arena);
}

void emitter_release(struct emitter *emitter)
{
    arena_release(&emitter->arena);
    free(emitter->result.lines);
    free(emitter->result.attachments);
    free(emitter->result.exchanges);
    free(emitter->result.conversations);
    *emitter = (struct emitter){ 0 };
}

void emitter_start(struct emitter *emitter, const struct scenario_started *attempt,
                   uint64_t started_ns)
{
    struct result *result = &emitter->result;
    arena_clear(&emitter->arena);
    emitter->attached_bytes = 0;
    emitter->conversation_bytes = 0;
    emitter->depth = 0;
    *result = (struct result){
        .scenario = attempt->scenario,
        .attempt = attempt->attempt,
        .worker = attempt->worker,
        .started_ns = started_ns,
        .lines = result->lines,
        .attachments = result->attachments,
        .exchanges = result->exchanges,
        .conversations = result->conversations,
    };
}

static struct result_line *begin(struct emitter *emitter)
{
    struct result *result = &emitter->result;
    if (emitter->depth == EMITTER_DEPTH_LIMIT)
        BUG("lines nested deeper than %d", EMITTER_DEPTH_LIMIT);
    GROW(result->lines, result->line_count, emitter->line_capacity);
    emitter->open[emitter->depth] = (uint32_t)result->line_count;
    struct result_line *line = &result->lines[result->line_count++];
    *line = (struct result_line){ .depth = emitter->depth++ };
    return line;
}

void emitter_begin_step(struct emitter *emitter, uint32_t step)
{
    struct result_line *line = begin(emitter);
    line->kind = RESULT_STEP;
    line->step = step;
}

void emitter_step_text(struct emitter *emitter, struct text text)
{
    emitter->result.lines[emitter->open[0]].text = text;
}

void emitter_begin_line(struct emitter *emitter, struct text keyword, struct text text,
                        struct span at)
{
    struct result_line *line = begin(emitter);
    const struct result_line *outer = &emitter->result.lines[emitter->open[0]];
    line->kind = line->depth > 0 ? RESULT_NESTED : RESULT_TEARDOWN;
    line->step = outer->step;
    line->keyword = arena_text(&emitter->arena, keyword);
    line->text = arena_text(&emitter->arena, text);
    line->place = place_of_span(&emitter->arena, at);
}

static struct shown_exchange *copy_exchange(struct arena *arena,
                                            const struct shown_exchange *original)
{
    struct shown_exchange *copy = ARENA_NEW(arena, struct shown_exchange);
    *copy = *original;
    struct text *const texts[] = { &copy->title,         &copy->curl,
                                   &copy->request_head,  &copy->request_body,
                                   &copy->response_head, &copy->response_body };
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        *texts[i] = arena_text(arena, *texts[i]);
    return copy;
}

static struct failure *copy_failure(struct arena *arena, const struct failure *original,
                                    struct span at)
{
    struct failure *copy = ARENA_NEW(arena, struct failure);
    *copy = *original;
    copy->message = arena_text(arena, original->message);
    copy->hint = arena_text(arena, original->hint);
    copy->detail = arena_text(arena, original->detail);
    copy->expected = arena_text(arena, original->expected);
    copy->actual = arena_text(arena, original->actual);
    copy->mismatches = ARENA_ARRAY(arena, original->mismatch_count + 1, struct mismatch);
    for (size_t i = 0; i < original->mismatch_count; i++) {
        struct mismatch *mismatch = &copy->mismatches[i];
        *mismatch = original->mismatches[i];
        mismatch->what = arena_text(arena, mismatch->what);
        mismatch->expected = arena_text(arena, mismatch->expected);
        mismatch->actual = arena_text(arena, mismatch->actual);
    }
    if (!copy->at.source)
        copy->at = at;
    failure_locate(copy, arena);
    if (original->exchange)
        copy->exchange = copy_exchange(arena, original->exchange);
    return copy;
}

void emitter_end_line(struct emitter *emitter, enum status status, uint64_t duration_ns,
                      const struct failure *failure, struct text reason, struct span at)
{
    if (emitter->depth == 0)
        BUG("a line ends that never began");
    struct result_line *line = &emitter->result.lines[emitter->open[--emitter->depth]];
    line->status = status;
    line->duration_ns = duration_ns;
    line->reason = arena_text(&emitter->arena, reason);
    if (failure)
        line->failure = copy_failure(&emitter->arena, failure, at);
    if (status_is_failure(status) && line->place.name.size == 0)
        line->place = place_of_span(&emitter->arena, at);
}

/* The line open now, or the last one. */
static uint32_t current_line(const struct emitter *emitter)
{
    if (emitter->depth > 0)
        return emitter->open[emitter->depth - 1];
    size_t count = emitter->result.line_count;
    return count > 0 ? (uint32_t)(count - 1) : 0;
}

void emitter_attach(struct emitter *emitter, struct text name, struct text media_type,
                    struct text body)
{
    struct result *result = &emitter->result;
    struct arena *arena = &emitter->arena;
    if (body.size > EMITTER_ATTACHMENTS_LIMIT_BYTES - emitter->attached_bytes) {
        body =
            arena_format(arena, "left out: %zu bytes pass the limit of %d for one scenario\n",
                         body.size, EMITTER_ATTACHMENTS_LIMIT_BYTES);
        media_type = TEXT("text/plain");
    } else {
        emitter->attached_bytes += body.size;
        body = arena_text(arena, body);
    }
    GROW(result->attachments, result->attachment_count, emitter->attachment_capacity);
    result->attachments[result->attachment_count++] = (struct attachment){
        .line = current_line(emitter),
        .name = arena_text(arena, name),
        .media_type = arena_text(arena, media_type),
        .body = body,
    };
}

void emitter_exchange(struct emitter *emitter, const struct exchange *exchange)
{
    struct result *result = &emitter->result;
    if (!emitter->keeps_exchanges)
        return;
    GROW(result->exchanges, result->exchange_count, emitter->exchange_capacity);
    result->exchanges[result->exchange_count++] = (struct result_exchange){
        .line = current_line(emitter),
        .shown = copy_exchange(&emitter->arena, shown_exchange_make(&emitter->arena, exchange)),
    };
}

void emitter_conversation(struct emitter *emitter, const struct conversation *conversation,
                          enum status status)
{
    struct result *result = &emitter->result;
    bool with_messages = (emitter->keeps_exchanges || status_is_failure(status)) &&
                         emitter->conversation_bytes < EMITTER_CONVERSATIONS_LIMIT_BYTES;
    struct shown_conversation *shown =
        shown_conversation_make(&emitter->arena, conversation, with_messages);
    emitter->conversation_bytes += shown_conversation_bytes(shown);
    GROW(result->conversations, result->conversation_count, emitter->conversation_capacity);
    result->conversations[result->conversation_count++] = shown;
}

void emitter_say(struct emitter *emitter, struct text message, struct text hint)
{
    if (emitter->result.message.size > 0)
        return;
    emitter->result.message = arena_text(&emitter->arena, message);
    emitter->result.hint = arena_text(&emitter->arena, hint);
}

void emitter_correlation(struct emitter *emitter, struct text correlation_id)
{
    emitter->result.correlation_id = arena_text(&emitter->arena, correlation_id);
}

static void cut_shown(struct result *result)
{
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].failure && result->lines[i].failure->exchange)
            shown_exchange_cut(result->lines[i].failure->exchange);
    for (size_t i = 0; i < result->exchange_count; i++)
        shown_exchange_cut(result->exchanges[i].shown);
    for (size_t i = 0; i < result->conversation_count; i++)
        shown_conversation_cut(result->conversations[i]);
}

/* The plan knows the texts of steps: only what was masked is sent. */
static void drop_step_texts(struct result *result)
{
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].kind == RESULT_STEP)
            result->lines[i].text = TEXT_EMPTY;
}

const struct result *emitter_finish(struct emitter *emitter, enum status status,
                                    uint64_t duration_ns, bool will_be_retried)
{
    struct result *result = &emitter->result;
    while (emitter->depth > 0)
        emitter_end_line(emitter, STATUS_FAILED, 0, NULL, TEXT("the step never ended"),
                         span_none());
    result->status = status;
    result->duration_ns = duration_ns;
    result->will_be_retried = will_be_retried;
    if (emitter->secrets && emitter->secrets->count > 0)
        emitter_mask_result(result, emitter->secrets, &emitter->arena);
    else
        drop_step_texts(result);
    cut_shown(result);
    return result;
}
