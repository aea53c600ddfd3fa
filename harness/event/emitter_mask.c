/* SPDX-License-Identifier: MIT */
#include "event/emitter_mask.h"

#include "base/utf8.h"
#include "redact/secrets.h"

struct masker {
    const struct secrets *secrets;
    struct arena *arena;
};

static void mask(const struct masker *masker, struct text *text)
{
    *text = secrets_masked(masker->secrets, masker->arena, *text);
}

/* The line's text changes its length, so the caret moves: it then underlines the mask, or, where
 * the mask stands elsewhere, goes with what it pointed at. */
static void mask_place(const struct masker *masker, struct place *place)
{
    size_t start = place->column > 0 ? utf8_offset(place->text, place->column - 1) : 0;
    struct text before = text_slice(place->text, 0, start);
    struct text marked = text_from(place->text, start);
    marked = text_slice(marked, 0, utf8_offset(marked, place->width));
    struct text masked = secrets_masked(masker->secrets, masker->arena, place->text);
    if (masked.at == place->text.at)
        return;
    before = secrets_masked(masker->secrets, masker->arena, before);
    marked = secrets_masked(masker->secrets, masker->arena, marked);
    place->text = masked;
    place->caret = (uint32_t)utf8_count(before) + 1;
    place->width = (uint32_t)utf8_count(marked);
    if (place->width == 0)
        place->width = 1;
}

static void mask_exchange(const struct masker *masker, struct shown_exchange *exchange)
{
    if (!exchange)
        return;
    mask(masker, &exchange->title);
    mask(masker, &exchange->curl);
    mask(masker, &exchange->request_head);
    mask(masker, &exchange->request_body);
    mask(masker, &exchange->response_head);
    mask(masker, &exchange->response_body);
}

static void mask_failure(const struct masker *masker, struct failure *failure)
{
    if (!failure)
        return;
    mask(masker, &failure->message);
    mask(masker, &failure->hint);
    mask(masker, &failure->detail);
    mask(masker, &failure->expected);
    mask(masker, &failure->actual);
    mask_place(masker, &failure->place);
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        struct mismatch *mismatch = &failure->mismatches[i];
        mask(masker, &mismatch->what);
        mask(masker, &mismatch->expected);
        mask(masker, &mismatch->actual);
        mask_place(masker, &mismatch->place);
    }
    mask_exchange(masker, failure->exchange);
}

static void mask_conversation(const struct masker *masker, struct shown_conversation *shown)
{
    mask(masker, &shown->url);
    mask(masker, &shown->refusal);
    mask(masker, &shown->reason);
    mask(masker, &shown->failure);
    mask(masker, &shown->hint);
    for (size_t i = 0; i < shown->count; i++) {
        mask(masker, &shown->list[i].event);
        mask(masker, &shown->list[i].data);
    }
}

/* A step's text is known to the plan, unless it is masked. */
static void mask_line_text(const struct masker *masker, struct result_line *line)
{
    const char *before = line->text.at;
    mask(masker, &line->text);
    if (line->kind == RESULT_STEP && line->text.at == before)
        line->text = TEXT_EMPTY;
}

void emitter_mask_result(struct result *result, const struct secrets *secrets,
                         struct arena *arena)
{
    const struct masker masker = { secrets, arena };
    mask(&masker, &result->message);
    mask(&masker, &result->hint);
    for (size_t i = 0; i < result->line_count; i++) {
        struct result_line *line = &result->lines[i];
        mask_line_text(&masker, line);
        mask(&masker, &line->reason);
        mask_place(&masker, &line->place);
        mask_failure(&masker, line->failure);
    }
    for (size_t i = 0; i < result->attachment_count; i++) {
        mask(&masker, &result->attachments[i].name);
        mask(&masker, &result->attachments[i].body);
    }
    for (size_t i = 0; i < result->exchange_count; i++)
        mask_exchange(&masker, result->exchanges[i].shown);
    for (size_t i = 0; i < result->conversation_count; i++)
        mask_conversation(&masker, result->conversations[i]);
}
