/* SPDX-License-Identifier: MIT */
#include "record/import/parts.h"

#include "exchange/url.h"
#include "redact/redaction.h"

enum { REDIRECTS_LIMIT = 20 };

struct assignment {
    struct import *import;
    struct import_scenario *scenario;
    bool *is_used;              /* beside the entries of the source: by any scenario */
    const struct wanted **mine; /* by this one: the step that asks; itself where none does */
    bool *is_taken;
};

static struct text path_of(struct text whole)
{
    struct url url;
    return url_parse(whole, &url) && url.path.size ? url.path : TEXT("/");
}

static bool is_asked(const struct import *import, const struct wanted *wanted,
                     const struct recorded_entry *entry)
{
    const struct sent_request *request = &entry->exchange->request;
    bool is_socket = entry->conversation != NULL;
    bool may_be_stream = wanted->is_socket && !is_socket;
    struct text type = TEXT_EMPTY;
    headers_find(&entry->exchange->response.headers, TEXT("Content-Type"), &type);
    if (may_be_stream && !text_starts_with(type, TEXT("text/event-stream"))) {
        return false;
    }
    return (wanted->is_socket || !is_socket) && text_equal(wanted->method, request->method) &&
           wanted_path_fits(wanted->path, path_of(request->url), import->path_prefix);
}

/* The first entry from `from` that fits and, if so wanted, no scenario has yet; or the count. */
static size_t find(const struct assignment *assignment, const struct wanted *wanted,
                   size_t from, bool may_be_used)
{
    const struct recording *source = &assignment->import->source;
    size_t at = from;
    while (at < source->count &&
           (assignment->is_taken[at] || (assignment->is_used[at] && !may_be_used) ||
            !is_asked(assignment->import, wanted, &source->list[at]))) {
        at++;
    }
    return at;
}

/* In the order of the steps where there is one; what another scenario has too comes last. */
static size_t find_best(const struct assignment *assignment, const struct wanted *wanted,
                        size_t after)
{
    size_t count = assignment->import->source.count;
    size_t at = find(assignment, wanted, after, false);
    if (at == count) {
        at = find(assignment, wanted, 0, false);
    }
    return at == count ? find(assignment, wanted, 0, true) : at;
}

static void take(struct assignment *assignment, size_t at, const struct wanted *wanted)
{
    assignment->is_taken[at] = true;
    assignment->is_used[at] = true;
    assignment->mine[at] = wanted;
}

/* Of a redirected request bddrun compares the last answer, so the way there is taken too. */
static void take_redirects(struct assignment *assignment, size_t at)
{
    const struct recording *source = &assignment->import->source;
    for (unsigned i = 0; i < REDIRECTS_LIMIT && at < source->count; i++) {
        const struct exchange *exchange = source->list[at].exchange;
        struct text location;
        if (exchange->response.status / 100 != 3 ||
            !headers_find(&exchange->response.headers, TEXT("Location"), &location)) {
            return;
        }
        struct text target =
            url_resolve(&assignment->import->arena, exchange->request.url, location);
        size_t next = at + 1;
        while (next < source->count &&
               (assignment->is_taken[next] ||
                !text_equal(source->list[next].exchange->request.url, target))) {
            next++;
        }
        at = next;
        if (at < source->count) {
            take(assignment, at, NULL);
        }
    }
}

static void take_wanted(struct assignment *assignment)
{
    struct import_scenario *scenario = assignment->scenario;
    size_t after = 0;
    scenario->missing = ARENA_ARRAY(&assignment->import->arena, scenario->wanted.count + 1,
                                    const struct wanted *);
    for (size_t i = 0; i < scenario->wanted.count; i++) {
        const struct wanted *wanted = &scenario->wanted.list[i];
        size_t at = find_best(assignment, wanted, after);
        if (at == assignment->import->source.count) {
            scenario->missing[scenario->missing_count++] = wanted;
            continue;
        }
        take(assignment, at, wanted);
        take_redirects(assignment, at);
        after = at + 1;
    }
}

/* A copy of the conversation under the name that the step gives its socket. */
static const struct conversation *
named(struct arena *arena, const struct conversation *conversation, const struct wanted *wanted)
{
    struct conversation *copy = ARENA_NEW(arena, struct conversation);
    *copy = *conversation;
    copy->name = wanted && wanted->socket.size ? wanted->socket : conversation->name;
    return copy;
}

static void add_entry(struct assignment *assignment, size_t at)
{
    struct import *import = assignment->import;
    struct recording *recording = &assignment->scenario->recording;
    const struct recorded_entry *entry = &import->source.list[at];
    const struct conversation *conversation = NULL;
    const struct exchange *exchange;
    if (entry->conversation) {
        conversation = redaction_conversation(
            import->redaction, &import->arena,
            named(&import->arena, entry->conversation, assignment->mine[at]));
        exchange = conversation->handshake;
    } else {
        exchange = redaction_exchange(import->redaction, &import->arena, entry->exchange);
    }
    struct recorded_entry *added = recording_add(recording, exchange, conversation);
    added->body = entry->body;
    added->has_messages = entry->has_messages;
    added->index = entry->index;
}

static void fill(struct assignment *assignment)
{
    struct import *import = assignment->import;
    struct import_scenario *scenario = assignment->scenario;
    struct recording *recording = &scenario->recording;
    size_t count = import->source.count;
    recording_init(recording);
    recording->facts = import->facts;
    recording->facts.creator_name = import->source.facts.creator_name;
    recording->facts.creator_version = import->source.facts.creator_version;
    recording->facts.recorded_at_ns = import->source.facts.recorded_at_ns;
    recording->facts.feature = store_feature(&import->store, &import->arena, scenario->feature);
    recording->facts.scenario = pickle_name(scenario->pickle);
    recording->facts.sample = 1;
    scenario->path =
        store_path(&import->store, &import->arena, scenario->feature, scenario->pickle, 1);
    scenario->of = ARENA_ARRAY(&import->arena, count + 1, const struct wanted *);
    for (size_t i = 0; i < count; i++) {
        if (assignment->is_taken[i]) {
            scenario->of[recording->count] = assignment->mine[i];
            add_entry(assignment, i);
        }
    }
}

static void leave_rest(struct import *import, const bool *is_used)
{
    for (size_t i = 0; i < import->source.count; i++) {
        const struct sent_request *request = &import->source.list[i].exchange->request;
        if (!is_used[i]) {
            import_leave(import, TEXT("no step of the scenarios asks for it"), request->method,
                         path_of(request->url));
        }
    }
}

void import_assign(struct import *import)
{
    size_t count = import->source.count;
    struct assignment assignment = { .import = import };
    assignment.is_used = ARENA_ARRAY(&import->arena, count + 1, bool);
    for (size_t i = 0; i < import->scenario_count; i++) {
        assignment.scenario = &import->scenarios[i];
        assignment.mine = ARENA_ARRAY(&import->arena, count + 1, const struct wanted *);
        assignment.is_taken = ARENA_ARRAY(&import->arena, count + 1, bool);
        take_wanted(&assignment);
        for (size_t k = 0; k < count && import->takes_all; k++) {
            assignment.is_taken[k] = true;
            assignment.is_used[k] = true;
        }
        fill(&assignment);
    }
    leave_rest(import, assignment.is_used);
}
