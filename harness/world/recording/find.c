/* SPDX-License-Identifier: MIT */
/* Which entry of the recording belongs to what was just exchanged: by method, path and order. */
#include "base/buffer.h"
#include "diff/identity.h"
#include "event/failure.h"
#include "exchange/url.h"
#include "world/actor.h"
#include "world/recorded.h"
#include "world/step.h"
#include "world/world.h"

enum { LIST_LIMIT_BYTES = 4096, LISTED_MOST = 12 };

struct text recorded_url_path(struct text url)
{
    struct url parts;
    bool has_path = url_parse(url, &parts) && parts.path.size > 0;
    return has_path ? parts.path : TEXT("/");
}

/* One part of a path: the same, ids that belong together, or ids of the same kind. */
static bool same_part(const struct recorded *recorded, struct text left, struct text right)
{
    struct text live;
    if (text_equal(left, right)) {
        return true;
    }
    if (identity_live_of(recorded->identity, left, &live)) {
        return text_equal(live, right);
    }
    enum identity_kind kind = identity_kind_of(TEXT("id"), left);
    return kind != IDENTITY_NONE && kind == identity_kind_of(TEXT("id"), right);
}

static bool same_path(const struct recorded *recorded, struct text left, struct text right)
{
    struct text left_part;
    struct text right_part;
    do {
        if (!text_take_until(&left, '/', &left_part) ||
            !text_take_until(&right, '/', &right_part)) {
            return left.at == right.at; /* both ended */
        }
        if (!same_part(recorded, left_part, right_part)) {
            return false;
        }
    } while (left.at && right.at);
    return !left.at && !right.at;
}

/* What is looked for. With is_exact only the very path counts. */
struct search {
    struct recorded *recorded;
    const struct exchange *live;
    struct text path;
    const struct actor *actor; /* NULL: whoever's */
    bool is_exact;
};

static bool fits(const struct search *search, struct text method, struct text path)
{
    return text_equal(method, search->live->request.method) &&
           (search->is_exact ? text_equal(path, search->path)
                             : same_path(search->recorded, path, search->path));
}

/* Most are seen to be elsewhere without taking their URL apart. */
static bool is_at(struct text url, const struct search *search)
{
    return text_equal(url, search->live->request.url) ||
           (text_contains(url, search->path) &&
            text_equal(recorded_url_path(url), search->path));
}

/* How many like it the scenario sent before. */
static size_t place_of(const struct world *world, const struct search *search)
{
    size_t place = 0;
    for (size_t i = 0; i < world->log_count; i++) {
        const struct logged_exchange *logged = &world->log[i];
        const struct sent_request *request = &logged->exchange->request;
        if (logged->exchange == search->live) {
            break;
        }
        place += (!search->actor || logged->actor == search->actor) &&
                 text_equal(request->method, search->live->request.method) &&
                 is_at(request->url, search);
    }
    return place;
}

static const struct recorded_entry *entry_at(const struct search *search, size_t place,
                                             size_t *ret_count)
{
    const struct recording *recording = &search->recorded->recording;
    const struct recorded_entry *found = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        const struct exchange *exchange = entry->exchange;
        if (entry->conversation ||
            (search->actor && !text_equal(exchange->actor, search->actor->name)) ||
            !fits(search, exchange->request.method, search->recorded->paths[i])) {
            continue;
        }
        found = *ret_count == place ? entry : found;
        ++*ret_count;
    }
    return found;
}

static void list_entries(struct buffer *out, const struct recorded *recorded)
{
    const struct recording *recording = &recorded->recording;
    buffer_add_format(out, "%.*s has %zu entr%s:\n", TEXT_ARG(recorded->path), recording->count,
                      recording->count == 1 ? "y" : "ies");
    for (size_t i = 0; i < recording->count && i < LISTED_MOST; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        const struct sent_request *request = &entry->exchange->request;
        struct text actor =
            entry->conversation ? entry->conversation->actor : entry->exchange->actor;
        buffer_add_format(out, "  %.*s %.*s", TEXT_ARG(request->method),
                          TEXT_ARG(recorded_url_path(request->url)));
        if (entry->conversation && entry->conversation->name.size > 0) {
            buffer_add_format(out, " (socket '%.*s')", TEXT_ARG(entry->conversation->name));
        }
        if (actor.size > 0 && !text_is(actor, "I")) {
            buffer_add_format(out, " of %.*s", TEXT_ARG(actor));
        }
        buffer_add_byte(out, '\n');
    }
    if (recording->count > LISTED_MOST) {
        buffer_add_format(out, "  and %zu more\n", recording->count - LISTED_MOST);
    }
}

void recorded_lacks(struct step *step, const struct recorded *recorded, struct text what)
{
    CLEANUP(buffer_release) struct buffer lines;
    buffer_init(&lines, LIST_LIMIT_BYTES);
    list_entries(&lines, recorded);
    step_fail(step, "not recorded: %.*s", TEXT_ARG(what));
    step->failure->kind = FAILURE_NOT_RECORDED;
    step_detail(step, buffer_text(&lines));
    step_hint(step, "record the scenario again with `bddrun record`, or see whether it should "
                    "send this at all");
}

const struct recorded_entry *recorded_exchange(struct step *step, struct recorded *recorded,
                                               const struct actor *actor,
                                               const struct exchange *live)
{
    struct search search = { .recorded = recorded,
                             .live = live,
                             .path = recorded_url_path(live->request.url),
                             .actor = recorded->has_actors ? actor : NULL,
                             .is_exact = true };
    size_t count = 0;
    size_t place = place_of(step->world, &search);
    const struct recorded_entry *entry = entry_at(&search, place, &count);
    if (!entry && count == 0) {
        search.is_exact = false; /* an id in the path may be another than in production */
        entry = entry_at(&search, place, &count);
    }
    if (!entry) {
        struct arena *arena = &step->world->arena;
        struct text what = arena_format(arena, "%.*s %.*s", TEXT_ARG(live->request.method),
                                        TEXT_ARG(search.path));
        recorded_lacks(
            step, recorded,
            count == 0 ? what
                       : arena_format(arena, "%.*s, sent for time %zu; the recording has %zu",
                                      TEXT_ARG(what), place + 1, count));
    }
    return entry;
}

/* How many sockets of this name (and actor, where one is wanted) were opened before. */
static size_t socket_place_of(const struct conversations *all, const struct conversation *live,
                              struct text actor)
{
    size_t place = 0;
    for (size_t i = 0; i < all->count && all->list[i] != live; i++) {
        place += text_equal(all->list[i]->name, live->name) &&
                 (actor.size == 0 || text_equal(all->list[i]->actor, actor));
    }
    return place;
}

static void lacks_socket(struct step *step, const struct recorded *recorded,
                         const struct conversation *live, const char *what)
{
    bool has_name = live->name.size > 0;
    recorded_lacks(step, recorded,
                   arena_format(&step->world->arena, "the %s%.*s%ssocket of %.*s%s",
                                has_name ? "'" : "", TEXT_ARG(live->name), has_name ? "' " : "",
                                TEXT_ARG(live->actor), what));
}

const struct recorded_entry *recorded_conversation(struct step *step, struct recorded *recorded,
                                                   const struct conversation *live)
{
    struct text actor = recorded->has_actors ? live->actor : TEXT_EMPTY;
    const struct recording_wanted wanted = {
        .actor = actor,
        .path = live->handshake ? recorded_url_path(live->handshake->request.url) : TEXT_EMPTY,
        .nth = socket_place_of(&step->world->conversations, live, actor),
    };
    const struct recorded_entry *entry =
        recording_socket(&recorded->recording, live->name, &wanted);
    if (entry && entry->conversation && entry->has_messages) {
        return entry;
    }
    lacks_socket(step, recorded, live, entry ? ", whose messages were not kept" : "");
    return NULL;
}
