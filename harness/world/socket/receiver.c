/* SPDX-License-Identifier: MIT */
#include "world/receiver.h"

#include "exchange/exchange.h"
#include "world/cast.h"
#include "world/step.h"
#include "world/world.h"

enum { SHOWN_LIMIT_BYTES = 64 << 10 };

/* The parts of `bob's "table" socket`. */
struct socket_words {
    struct text whose;
    struct text name; /* quoted, or empty */
    bool is_stream;
};

/* Takes the end off the text. */
static bool take_end(struct text *text, const char *end)
{
    if (!text_ends_with(*text, text_of(end))) {
        return false;
    }
    *text = text_slice(*text, 0, text->size - text_of(end).size);
    return true;
}

/* The quoted string at the end of the text; without one it is left as it is. */
static struct text take_quoted_end(struct text *text)
{
    char quote = text->size ? text->at[text->size - 1] : '\0';
    size_t start = text_find(*text, quote == '"' ? TEXT(" \"") : TEXT(" '"), 0);
    if ((quote != '"' && quote != '\'') || start + 2 >= text->size) {
        return TEXT_EMPTY;
    }
    struct text quoted = text_from(*text, start + 1);
    *text = text_slice(*text, 0, start);
    return quoted;
}

static bool is_whose(struct text text)
{
    return text_is(text, "the") || text_is(text, "my") || text_ends_with(text, TEXT("'s")) ||
           text_ends_with(text, TEXT("'"));
}

static bool read_words(struct text text, struct socket_words *words)
{
    struct text rest = text;
    words->is_stream = take_end(&rest, " event stream") || take_end(&rest, " event streams");
    if (!words->is_stream && !take_end(&rest, " socket") && !take_end(&rest, " sockets")) {
        return false;
    }
    words->name = TEXT_EMPTY;
    if (!is_whose(rest)) {
        words->name = take_quoted_end(&rest);
    }
    words->whose = rest;
    return is_whose(rest);
}

/* --- finding --- */

/* What a search looks for, of one actor after the other. */
struct search {
    struct step *step;
    struct socket_words words;
    bool wants_kind; /* an event stream, or a socket */
    struct actor_sockets found;
};

static struct actor_socket *find(const struct search *search, const struct actor *actor,
                                 struct text name)
{
    for (struct actor_socket *at = actor->sockets; at; at = at->next) {
        bool is_kind =
            !search->wants_kind || actor_socket_is_stream(at) == search->words.is_stream;
        if (is_kind && (name.size == 0 || text_equal(at->name, name))) {
            return at;
        }
    }
    return NULL;
}

static bool name_for(struct search *search, const struct actor *actor, struct text *ret_name)
{
    *ret_name = TEXT_EMPTY;
    return search->words.name.size == 0 ||
           step_quoted(search->step, actor, search->words.name, search->step->at, ret_name);
}

static void fail_without(struct search *search, const struct actor *actor, struct text name)
{
    const char *kind =
        search->wants_kind && search->words.is_stream ? "event stream" : "socket";
    const char *who = text_is(actor->name, "I") ? "have" : "has";
    if (name.size) {
        step_fail(search->step, "%.*s %s no \"%.*s\" %s", TEXT_ARG(actor->name), who,
                  TEXT_ARG(name), kind);
    } else {
        step_fail(search->step, "%.*s %s opened no %s", TEXT_ARG(actor->name), who, kind);
    }
    step_hint(search->step, "open it first: %.*s %s the \"x\" %s at \"/realtime\"",
              TEXT_ARG(actor->name), text_is(actor->name, "I") ? "open" : "opens", kind);
}

/* Of each actor one; actors without are left out where everybody is meant. */
static bool find_all(struct search *search, struct cast cast, bool may_lack)
{
    struct arena *arena = &search->step->world->arena;
    search->found.list = ARENA_ARRAY(arena, cast.count + 1, struct actor_socket *);
    for (size_t i = 0; i < cast.count; i++) {
        struct text name;
        if (!name_for(search, cast.list[i], &name)) {
            return false;
        }
        struct actor_socket *socket = find(search, cast.list[i], name);
        if (!socket && !may_lack) {
            fail_without(search, cast.list[i], name);
            return false;
        }
        if (socket) {
            search->found.list[search->found.count++] = socket;
        }
    }
    if (search->found.count == 0) {
        step_fail(search->step, "nobody meant by the step has a socket");
        step_hint(search->step, "open one first: I open the \"x\" socket at \"/realtime\"");
        return false;
    }
    return true;
}

/* Everybody's that the newest opening step opened. */
static bool find_latest(struct search *search)
{
    struct world *world = search->step->world;
    struct text name;
    size_t newest = 0;
    size_t count = 0;
    if (!name_for(search, world_speaker(search->step), &name)) {
        return false;
    }
    for (struct actor *actor = world->actors; actor; actor = actor->next) {
        const struct actor_socket *socket = find(search, actor, name);
        newest = socket && socket->batch > newest ? socket->batch : newest;
        count++;
    }
    struct cast cast = { ARENA_ARRAY(&world->arena, count + 1, struct actor *), 0 };
    for (struct actor *actor = world->actors; actor; actor = actor->next) {
        const struct actor_socket *socket = find(search, actor, name);
        if (socket && socket->batch == newest) {
            cast.list[cast.count++] = actor;
        }
    }
    if (cast.count == 0) {
        fail_without(search, world_speaker(search->step), name);
        return false;
    }
    return find_all(search, cast, false);
}

static bool is_everyone(struct text words)
{
    return text_starts_with(words, TEXT("everyone"));
}

static bool find_words(struct search *search, size_t index, struct cast the)
{
    struct step *step = search->step;
    struct cast cast;
    if (text_is(search->words.whose, "the")) {
        struct cast own = the.count || !step->scope->caller ? the : step->scope->self;
        return own.count ? find_all(search, own, false) : find_latest(search);
    }
    return cast_of_whose(step, search->words.whose, step_argument_span(step, index), the,
                         &cast) &&
           find_all(search, cast, is_everyone(search->words.whose));
}

bool receiver_named_sockets(struct step *step, size_t index, struct cast the,
                            struct actor_sockets *ret_sockets)
{
    struct search search = { .step = step, .wants_kind = true };
    if (!read_words(step_argument(step, index), &search.words)) {
        BUG("no socket: '%.*s'", TEXT_ARG(step_argument(step, index)));
    }
    bool is_ok = find_words(&search, index, the);
    *ret_sockets = search.found;
    return is_ok;
}

bool receiver_sockets(struct step *step, size_t index, struct actor_sockets *ret_sockets)
{
    struct search search = { .step = step };
    struct text text = step_argument(step, index);
    struct cast cast;
    if (read_words(text, &search.words)) {
        return receiver_named_sockets(step, index, (struct cast){ 0 }, ret_sockets);
    }
    search.words = (struct socket_words){ .whose = TEXT_EMPTY, .name = TEXT_EMPTY };
    bool is_ok = step_cast(step, index, &cast) && find_all(&search, cast, is_everyone(text));
    *ret_sockets = search.found;
    return is_ok;
}

bool receiver_newest(struct step *step, struct cast cast, struct actor_sockets *ret_sockets)
{
    struct search search = { .step = step };
    bool is_ok = find_all(&search, cast, false);
    *ret_sockets = search.found;
    return is_ok;
}

/* --- using --- */

struct cast receiver_cast(struct step *step, const struct actor_sockets *sockets)
{
    struct cast cast = { ARENA_ARRAY(&step->world->arena, sockets->count + 1, struct actor *),
                         0 };
    for (size_t i = 0; i < sockets->count; i++) {
        cast.list[cast.count++] = sockets->list[i]->actor;
    }
    return cast;
}

void receiver_show(struct step *step, const struct actor_socket *socket)
{
    struct buffer out;
    buffer_init(&out, SHOWN_LIMIT_BYTES);
    if (socket->inbox.count) {
        buffer_add_format(&out, "inbox of %.*s (times from the start of the step):\n",
                          TEXT_ARG(actor_socket_title(socket)));
        inbox_print(&out, &socket->inbox, step->started_ns);
    } else {
        buffer_add_format(&out, "the inbox of %.*s is empty\n",
                          TEXT_ARG(actor_socket_title(socket)));
    }
    step_detail(step, buffer_text(&out));
    buffer_release(&out);
}

bool receiver_must_be_open(struct step *step, const struct actor_socket *socket)
{
    if (socket->state == ACTOR_SOCKET_READY && !actor_socket_is_silent(socket)) {
        return true;
    }
    step_fail(step, "%.*s is not open: it %.*s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(actor_socket_ending(socket)));
    step_hint(step,
              "check 'is closed' where that is meant to happen; 'reconnects' opens it again");
    receiver_show(step, socket);
    return false;
}

bool receiver_act(struct step *step, const struct actor_sockets *sockets)
{
    for (size_t i = 0; i < sockets->count; i++) {
        if (!receiver_must_be_open(step, sockets->list[i])) {
            return false;
        }
    }
    world_has_moved(step->world, receiver_cast(step, sockets));
    return true;
}
