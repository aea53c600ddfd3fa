/* SPDX-License-Identifier: MIT */
/* What a comparison was about, for the gate: where it was recorded, how long both took, which masks
 * it used, which events were compared. */
#include "base/buffer.h"

#include "event/run_facts.h"
#include "diff/conversation/conversation_diff.h"
#include "exchange/exchange.h"
#include "format/date.h"
#include "steps/recording/comparing.h"
#include "world/host.h"
#include "world/recordings.h"
#include "world/step.h"
#include "world/world.h"

enum { FACTS_LIMIT_BYTES = 1 << 20, PLACE_LIMIT_BYTES = 4096, EVENTS_LIMIT = 500 };

static const struct mask_set *masks_of(const struct comparing *comparing)
{
    return &comparing->step->world->context->recordings->masks;
}

/* How often it decided about a place. */
static uint64_t uses_of(const struct mask_entry *entry)
{
    return entry->usage.places - entry->usage.shadowed;
}

void comparing_begin_facts(struct comparing *comparing)
{
    const struct mask_set *masks = masks_of(comparing);
    if (!comparing->step->world->context->tells_recordings) {
        return;
    }
    comparing->uses = ARENA_ARRAY(&comparing->arena, masks->own_count + 1, uint64_t);
    for (size_t i = 0; i < masks->own_count; i++) {
        comparing->uses[i] = uses_of(masks->own[i]);
    }
}

static void write_masks(const struct comparing *comparing, struct json_writer *writer)
{
    const struct mask_set *masks = masks_of(comparing);
    CLEANUP(buffer_release) struct buffer place;
    buffer_init(&place, PLACE_LIMIT_BYTES);
    json_write_key(writer, "masks");
    json_write_begin_array(writer);
    for (size_t i = 0; i < masks->own_count; i++) {
        if (uses_of(masks->own[i]) > comparing->uses[i]) {
            buffer_clear(&place);
            span_print(&place, masks->own[i]->mask.at);
            json_write_string(writer, buffer_text(&place));
        }
    }
    json_write_end_array(writer);
}

static bool is_among(const struct text *events, size_t count, struct text event)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(events[i], event)) {
            return true;
        }
    }
    return false;
}

static void write_events(const struct conversation_diff *diff, struct json_writer *writer)
{
    struct text events[EVENTS_LIMIT];
    size_t count = 0;
    json_write_key(writer, "events");
    json_write_begin_array(writer);
    for (size_t i = 0; diff && i < diff->stream_count && count < EVENTS_LIMIT; i++) {
        struct text event = diff->streams[i].event;
        if (event.size > 0 && !is_among(events, count, event)) {
            json_write_string(writer, event);
            events[count++] = event;
        }
    }
    json_write_end_array(writer);
}

static void write_time(struct json_writer *writer, const char *key,
                       const struct exchange *exchange)
{
    uint64_t ns = exchange ? exchange->response.timing.total_ns : 0;
    json_write_key(writer, key);
    if (ns > 0 && exchange->failure == EXCHANGE_ANSWERED) {
        json_write_double(writer, (double)(ns / 1000) / 1000);
    } else {
        json_write_null(writer);
    }
}

static void write_text(struct json_writer *writer, const char *key, struct text value)
{
    json_write_key(writer, key);
    json_write_string(writer, value);
}

void comparing_tell_facts(const struct comparing *comparing, const struct compared *compared)
{
    const struct host *host = comparing->step->world->context->host;
    const struct recording_facts *facts = &comparing->recorded->recording.facts;
    if (!comparing->uses) {
        return;
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, FACTS_LIMIT_BYTES);
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    json_write_begin_object(&writer);
    write_text(&writer, "entry", compared->entry);
    write_text(&writer, "recording", comparing->recorded->path);
    write_text(&writer, "revision", facts->revision);
    write_text(&writer, "recordedAt",
               facts->recorded_at_ns > 0
                   ? date_print(&comparing->step->world->arena, facts->recorded_at_ns)
                   : TEXT_EMPTY);
    write_time(&writer, "recordedMs", compared->recorded);
    write_time(&writer, "actualMs", compared->live);
    write_masks(comparing, &writer);
    write_events(compared->diff, &writer);
    json_write_end_object(&writer);
    if (!out.is_over_limit) {
        host->attach(host->context, comparing->step, TEXT("recording"),
                     TEXT(COMPARED_MEDIA_TYPE), buffer_text(&out));
    }
}
