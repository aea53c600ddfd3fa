/* SPDX-License-Identifier: MIT */
#include "world/socket_opening.h"

#include "config/document.h"
#include "config/settings.h"
#include "exchange/url.h"
#include "world/expand.h"
#include "world/session.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

const struct protocol *socket_opening_protocol(struct step *step, struct text name,
                                               struct span at)
{
    const struct protocol *protocol = protocol_find(name);
    if (!protocol) {
        step_fail_at(step, at, "the protocol '%.*s' is not in this version", TEXT_ARG(name));
        step_hint(step, "this version has text, JSON, Socket.IO and Pusher");
    }
    return protocol;
}

/* --- bddrun.yaml --- */

/* The entry of the socket's name, else of the service that the actor uses; NULL: none. */
static const struct config_node *find_entry(const struct config_environment *environment,
                                            struct text name, struct text base_url)
{
    if (!environment || !environment->sockets) {
        return NULL;
    }
    const struct config_node *found =
        name.size ? config_node_find(environment->sockets, name) : NULL;
    for (size_t i = 0; i < environment->services.count && !found; i++) {
        const struct config_pair *service = &environment->services.list[i];
        if (text_equal(service->value, base_url)) {
            found = config_node_find(environment->sockets, service->name);
        }
    }
    return found;
}

static bool read_key(struct step *step, struct actor *actor, const struct config_node *entry,
                     const char *key, struct text *value)
{
    const struct config_node *node = config_node_find(entry, text_of(key));
    return !node || value->size ||
           expand(step, actor, node->text, node->at, EXPAND_PLAIN, value);
}

static bool read_headers(struct step *step, struct actor *actor,
                         const struct config_node *entry, struct headers *headers)
{
    const struct config_node *map = config_node_find(entry, TEXT("headers"));
    for (const struct config_node *at = map ? map->first : NULL; at; at = at->next) {
        struct text value;
        struct text given;
        if (!expand(step, actor, at->text, at->at, EXPAND_PLAIN, &value)) {
            return false;
        }
        if (!headers_find(headers, at->key, &given)) {
            headers_add(headers, &step->world->arena, at->key, value);
        }
    }
    return true;
}

static bool read_entry(struct step *step, struct actor *actor, const struct config_node *entry,
                       struct socket_opening *opening)
{
    const struct config_node *protocol = config_node_find(entry, TEXT("protocol"));
    struct text url = TEXT_EMPTY;
    if (protocol && !opening->protocol && !opening->is_stream) {
        opening->protocol = socket_opening_protocol(step, protocol->text, protocol->at);
        if (!opening->protocol) {
            return false;
        }
    }
    if (!read_key(step, actor, entry, "key", &opening->options.key) ||
        !read_key(step, actor, entry, "namespace", &opening->options.namespace_) ||
        !read_key(step, actor, entry, "auth", &opening->auth_url) ||
        !read_key(step, actor, entry, "url", &url) ||
        !read_headers(step, actor, entry, &opening->headers)) {
        return false;
    }
    opening->settings->base_url = url.size ? url : opening->settings->base_url;
    return true;
}

bool socket_opening_complete(struct step *step, struct actor *actor, struct text name,
                             struct socket_opening *opening)
{
    const struct world_context *context = step->world->context;
    const struct http_settings *settings = actor_settings(step, actor);
    if (!settings) {
        return false;
    }
    opening->settings = ARENA_NEW(&step->world->arena, struct http_settings);
    *opening->settings = *settings;
    const struct config_node *entry =
        find_entry(context->environment, name, settings->base_url);
    if (entry && !read_entry(step, actor, entry, opening)) {
        return false;
    }
    if (!opening->protocol && !opening->is_stream) {
        opening->protocol = protocol_find(TEXT("JSON"));
    }
    struct text auth = opening->auth_url.size ? opening->auth_url : TEXT("/broadcasting/auth");
    opening->auth_url = url_of_step(&step->world->arena, context->base_url, auth);
    return true;
}

/* --- the table of H4 --- */

static void add_subprotocol(struct socket_opening *opening, struct arena *arena,
                            struct text name)
{
    struct text *list = ARENA_ARRAY(arena, opening->subprotocol_count + 1, struct text);
    for (size_t i = 0; i < opening->subprotocol_count; i++) {
        list[i] = opening->subprotocols[i];
    }
    list[opening->subprotocol_count++] = name;
    opening->subprotocols = list;
}

static bool read_row(struct step *step, struct actor *actor, const struct table_row *row,
                     struct socket_opening *opening)
{
    struct arena *arena = &step->world->arena;
    const struct table_cell *cell = &row->cells[1];
    struct pair_key key = { 0 };
    bool is_read = pair_key_read(row->cells[0].text, &key);
    if (is_read && text_is(key.kind, "protocol")) {
        opening->protocol = socket_opening_protocol(step, cell->text, cell->at);
        return opening->protocol != NULL;
    }
    if (is_read && text_is(key.kind, "auth")) {
        return expand(step, actor, cell->raw, cell->at, EXPAND_JSON, &opening->options.auth);
    }
    if (is_read && text_is(key.kind, "namespace")) {
        opening->options.namespace_ = cell->text;
    } else if (is_read && text_is(key.kind, "event at")) {
        opening->options.event_at = cell->text;
    } else if (is_read && text_is(key.kind, "subprotocol")) {
        add_subprotocol(opening, arena, cell->text);
    } else if (is_read && text_is(key.kind, "header") && key.name.size) {
        headers_add(&opening->headers, arena, key.name, cell->text);
    } else if (is_read && text_is(key.kind, "query") && key.name.size) {
        headers_add(&opening->query, arena, key.name, cell->text);
    } else {
        step_fail_at(step, row->cells[0].at, "unknown part of a socket '%.*s'",
                     TEXT_ARG(row->cells[0].text));
        step_hint(step, "write protocol, namespace, auth, subprotocol, event at, header \"X\" "
                        "or query \"x\"");
        return false;
    }
    return true;
}

bool socket_opening_read_table(struct step *step, struct actor *actor,
                               struct socket_opening *opening)
{
    struct pairs pairs;
    if (!table_read_pairs(step, actor, &pairs)) {
        return false;
    }
    for (size_t i = 0; i < pairs.count; i++) {
        if (!read_row(step, actor, &pairs.rows[i], opening)) {
            return false;
        }
    }
    return true;
}
