/* SPDX-License-Identifier: MIT */
/*
 * What a worker tells of the attempt it runs. It collects the lines, failures and attachments of
 * one attempt in its own arena, and when the attempt is over masks every known secret in them and
 * makes the event that is sent. All texts are copied, so nothing of the world has to live on.
 *
 *   emitter_start(…);  { emitter_begin_step / emitter_begin_line …  emitter_end_line(…); }
 *   emitter_finish(…, &result) → codec_encode
 *
 * Lines nest: a line that begins before another ended lies in it.
 */
#ifndef BDDRUN_EVENT_EMITTER_H
#define BDDRUN_EVENT_EMITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"
#include "event/event.h"

struct secrets;
struct conversation;
struct exchange;

enum {
    EMITTER_DEPTH_LIMIT = 64,
    /* of an attempt; what passes them is left out, said */
    EMITTER_ATTACHMENTS_LIMIT_BYTES = 4 << 20,
    EMITTER_CONVERSATIONS_LIMIT_BYTES = 8 << 20,
};

struct emitter {
    struct arena arena;
    const struct secrets *secrets; /* borrowed */
    bool keeps_exchanges;          /* -vv and above, or a reporter wants all */
    struct result result;
    size_t line_capacity;
    size_t attachment_capacity;
    size_t exchange_capacity;
    size_t conversation_capacity;
    size_t attached_bytes;
    size_t conversation_bytes;
    uint32_t open[EMITTER_DEPTH_LIMIT]; /* indices of lines begun and not ended */
    uint32_t depth;
};

void emitter_init(struct emitter *emitter, const struct secrets *secrets);
void emitter_release(struct emitter *emitter);

/* Forgets the last attempt, starts another. */
void emitter_start(struct emitter *emitter, const struct scenario_started *attempt,
                   uint64_t started_ns);

/* A step of the pickle. */
void emitter_begin_step(struct emitter *emitter, uint32_t step);

/* The text of the step just begun, borrowed until emitter_finish: a secret learnt later may stand
 * in it. */
void emitter_step_text(struct emitter *emitter, struct text text);

/* A line of a composite step, or with no line open an "afterwards". text is as run. */
void emitter_begin_line(struct emitter *emitter, struct text keyword, struct text text,
                        struct span at);

/* Ends the line begun last. failure may be NULL; at is where the line stands (used when the failure
 * has no place of its own); reason may be empty. */
void emitter_end_line(struct emitter *emitter, enum status status, uint64_t duration_ns,
                      const struct failure *failure, struct text reason, struct span at);

/* Belong to the line open now, or the last one. */
void emitter_attach(struct emitter *emitter, struct text name, struct text media_type,
                    struct text body);
void emitter_exchange(struct emitter *emitter, const struct exchange *exchange);

/* Of every socket, when the attempt is over. Its messages are kept where it failed, or where
 * exchanges are. */
void emitter_conversation(struct emitter *emitter, const struct conversation *conversation,
                          enum status status);

/* What is wrong with the scenario as a whole; the first stays. */
void emitter_say(struct emitter *emitter, struct text message, struct text hint);
void emitter_correlation(struct emitter *emitter, struct text correlation_id);

/* Ends lines left open as failed, masks, and gives the result; valid until the next start. */
const struct result *emitter_finish(struct emitter *emitter, enum status status,
                                    uint64_t duration_ns, bool will_be_retried);

#endif
