/* SPDX-License-Identifier: MIT */
#include "record/recording.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "exchange/url.h"
#include "record/har_input.h"

void recording_init(struct recording *recording)
{
    *recording = (struct recording){ 0 };
    arena_init(&recording->arena);
}

void recording_release(struct recording *recording)
{
    free(recording->list);
    har_input_free(recording->input);
    arena_release(&recording->arena);
    *recording = (struct recording){ 0 };
}

struct recorded_entry *recording_add(struct recording *recording,
                                     const struct exchange *exchange,
                                     const struct conversation *conversation)
{
    GROW(recording->list, recording->count, recording->capacity);
    struct recorded_entry *entry = &recording->list[recording->count];
    *entry = (struct recorded_entry){ .exchange = exchange,
                                      .conversation = conversation,
                                      .has_messages = conversation != NULL,
                                      .index = recording->count };
    recording->count++;
    return entry;
}

void recording_replace(struct recording *recording, size_t at, const struct exchange *exchange,
                       const struct conversation *conversation)
{
    struct recorded_entry *entry = &recording->list[at];
    entry->exchange = exchange;
    entry->conversation = conversation;
    entry->body = RECORDED_BODY_KEPT;
    entry->body_file = TEXT_EMPTY;
    entry->has_messages = conversation != NULL;
}

static struct text path_of(struct text whole)
{
    struct url url;
    if (!url_parse(whole, &url)) {
        return TEXT_EMPTY;
    }
    return url.path.size ? url.path : TEXT("/");
}

/* Browsers name no actor: what they recorded may be anybody's. */
static bool is_by(struct text actor, struct text wanted)
{
    return wanted.size == 0 || actor.size == 0 || text_equal(actor, wanted);
}

static bool is_wanted(const struct recorded_entry *entry, const struct recording_wanted *wanted)
{
    const struct sent_request *request = &entry->exchange->request;
    return !entry->conversation && is_by(entry->exchange->actor, wanted->actor) &&
           text_equal(request->method, wanted->method) &&
           text_equal(path_of(request->url), wanted->path);
}

const struct recorded_entry *recording_exchange(const struct recording *recording,
                                                const struct recording_wanted *wanted)
{
    size_t nth = 0;
    for (size_t i = 0; i < recording->count; i++) {
        if (is_wanted(&recording->list[i], wanted) && nth++ == wanted->nth) {
            return &recording->list[i];
        }
    }
    return NULL;
}

static bool is_socket(const struct recorded_entry *entry, struct text name,
                      const struct recording_wanted *wanted, bool by_path)
{
    const struct conversation *conversation = entry->conversation;
    if (!conversation || !is_by(conversation->actor, wanted->actor)) {
        return false;
    }
    if (!by_path) {
        return text_equal(conversation->name, name);
    }
    return conversation->name.size == 0 &&
           text_equal(path_of(entry->exchange->request.url), wanted->path);
}

static const struct recorded_entry *socket_at(const struct recording *recording,
                                              struct text name,
                                              const struct recording_wanted *wanted,
                                              bool by_path)
{
    size_t nth = 0;
    for (size_t i = 0; i < recording->count; i++) {
        if (is_socket(&recording->list[i], name, wanted, by_path) && nth++ == wanted->nth) {
            return &recording->list[i];
        }
    }
    return NULL;
}

const struct recorded_entry *recording_socket(const struct recording *recording,
                                              struct text name,
                                              const struct recording_wanted *wanted)
{
    const struct recorded_entry *entry = socket_at(recording, name, wanted, false);
    if (entry || wanted->path.size == 0) {
        return entry;
    }
    return socket_at(recording, name, wanted, true);
}

struct span recording_span(const struct recording *recording,
                           const struct recorded_entry *entry)
{
    if (!recording->source || entry->end == 0) {
        return span_none();
    }
    return span_make(recording->source, entry->start, entry->end);
}
