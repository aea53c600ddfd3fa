/* SPDX-License-Identifier: MIT */
#include "cli/propose_masks.h"

#include "diff/noise.h"
#include "record/har_reader.h"
#include "record/store.h"
#include "world/recorded.h"
#include "world/recordings.h"

struct proposing {
    const struct plan *plan;
    const struct store *store;
    struct noise *noise;
    size_t compared; /* scenarios with two samples or more */
    struct problems *problems;
};

static struct recording_wanted wanted_of(const struct recorded_entry *entry, size_t nth)
{
    return (struct recording_wanted){ .method = entry->exchange->request.method,
                                      .path = recorded_url_path(entry->exchange->request.url),
                                      .actor = entry->exchange->actor,
                                      .nth = nth };
}

static bool is_same_request(const struct recorded_entry *a, const struct recorded_entry *b)
{
    return !a->conversation == !b->conversation &&
           text_equal(a->exchange->request.method, b->exchange->request.method) &&
           text_equal(a->exchange->actor, b->exchange->actor) &&
           text_equal(recorded_url_path(a->exchange->request.url),
                      recorded_url_path(b->exchange->request.url));
}

/* The entry of another sample that answers the same request: at the same place, else by its number
 * among those alike. */
static const struct recorded_entry *counterpart(const struct recording *first, size_t at,
                                                const struct recording *other)
{
    const struct recorded_entry *entry = &first->list[at];
    if (at < other->count && is_same_request(entry, &other->list[at])) {
        return &other->list[at];
    }
    size_t nth = 0;
    for (size_t i = 0; i < at; i++) {
        nth += is_same_request(entry, &first->list[i]);
    }
    struct recording_wanted wanted = wanted_of(entry, nth);
    return entry->conversation ? recording_socket(other, entry->conversation->name, &wanted)
                               : recording_exchange(other, &wanted);
}

static struct noise_sample sample_of(const struct recorded_entry *entry)
{
    bool has_body = entry->body == RECORDED_BODY_KEPT && !entry->conversation;
    return (struct noise_sample){
        .method = entry->exchange->request.method,
        .url_path = recorded_url_path(entry->exchange->request.url),
        .body = has_body ? entry->exchange->response.body : TEXT_EMPTY,
        .headers = entry->conversation ? NULL : &entry->exchange->response.headers,
        .conversation = entry->conversation
    };
}

static void compare(struct proposing *proposing, const struct recording *samples, size_t count)
{
    struct noise_sample list[STORE_SAMPLES_LIMIT];
    for (size_t i = 0; i < samples[0].count; i++) {
        size_t found = 1;
        list[0] = sample_of(&samples[0].list[i]);
        for (size_t j = 1; j < count; j++) {
            const struct recorded_entry *other = counterpart(&samples[0], i, &samples[j]);
            if (other) {
                list[found++] = sample_of(other);
            }
        }
        noise_add(proposing->noise, list, found);
    }
}

static bool read_samples(struct proposing *proposing, const struct store_key *key,
                         struct arena *arena, struct recording *samples, size_t count)
{
    bool is_read = true;
    CLEANUP(problems_release) struct problems found;
    problems_init(&found);
    for (size_t i = 0; i < count; i++) {
        struct text path = store_key_path(proposing->store, arena, key, (unsigned)i + 1);
        recording_init(&samples[i]);
        is_read = har_read(&samples[i], path, NULL, &found) && is_read;
    }
    problems_adopt(proposing->problems, &found);
    return is_read;
}

static bool learn(struct proposing *proposing, const struct planned_scenario *scenario)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct store_key key =
        store_key_of(proposing->plan->files[scenario->file].source.name, scenario->pickle);
    size_t count = store_samples(proposing->store, &arena, &key);
    if (count < 2) {
        return true;
    }
    struct recording *samples = ARENA_ARRAY(&arena, count, struct recording);
    bool is_read = read_samples(proposing, &key, &arena, samples, count);
    if (is_read) {
        compare(proposing, samples, count);
        proposing->compared++;
    }
    for (size_t i = 0; i < count; i++) {
        recording_release(&samples[i]);
    }
    return is_read;
}

bool propose_masks(const struct plan *plan, struct buffer *out, struct problems *problems)
{
    struct proposing proposing = { .plan = plan,
                                   .store = &plan->recordings->store,
                                   .noise = noise_new(),
                                   .problems = problems };
    bool is_read = true;
    for (size_t i = 0; i < plan->count; i++) {
        is_read = learn(&proposing, &plan->list[i]) && is_read;
    }
    if (is_read && proposing.compared == 0) {
        problems_add(problems, PROBLEM_NOTHING, span_none(),
                     "take some with `bddrun record --samples 3`",
                     "no scenario has two samples of its recording");
        is_read = false;
    } else if (is_read && !noise_propose(proposing.noise, out)) {
        buffer_add_string(out, "# no masks to propose\n");
    }
    noise_free(proposing.noise);
    return is_read;
}
