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

static bool read_protocol(struct step *step, const struct config_node *entry,
                          struct socket_opening *opening)
{
    const struct config_node *node = config_node_find(entry, TEXT("protocol"));
    if (!node || opening->protocol || opening->is_stream) {
        return true;
    }
    opening->protocol = socket_opening_protocol(step, node->text, node->at);
    return opening->protocol != NULL;
}

static bool read_entry(struct step *step, struct actor *actor, const struct config_node *entry,
                       struct socket_opening *opening)
{
    struct text url = TEXT_EMPTY;
    const struct {
        const char *key;
        struct text *value;
    } keys[] = {
        { "key", &opening->options.key },
        { "namespace", &opening->options.namespace_ },
        { "auth", &opening->auth_url },
        { "url", &url },
    };
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        if (!read_key(step, actor, entry, keys[i].key, keys[i].value)) {
            return false;
        }
    }
    opening->settings->base_url = url.size ? url : opening->settings->base_url;
    return read_protocol(step, entry, opening) &&
           read_headers(step, actor, entry, &opening->headers);
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

/* A row being read. */
struct row {
    struct step *step;
    struct actor *actor;
    struct text name; /* of a header or query parameter */
    const struct table_cell *cell;
    struct socket_opening *opening;
};

static bool read_row_protocol(struct row *row)
{
    row->opening->protocol = socket_opening_protocol(row->step, row->cell->text, row->cell->at);
    return row->opening->protocol != NULL;
}

static bool read_row_auth(struct row *row)
{
    return expand(row->step, row->actor, row->cell->raw, row->cell->at, EXPAND_JSON,
                  &row->opening->options.auth);
}

static bool read_row_namespace(struct row *row)
{
    row->opening->options.namespace_ = row->cell->text;
    return true;
}

static bool read_row_event_at(struct row *row)
{
    row->opening->options.event_at = row->cell->text;
    return true;
}

static bool read_row_subprotocol(struct row *row)
{
    struct socket_opening *opening = row->opening;
    struct text *list =
        ARENA_ARRAY(&row->step->world->arena, opening->subprotocol_count + 1, struct text);
    for (size_t i = 0; i < opening->subprotocol_count; i++) {
        list[i] = opening->subprotocols[i];
    }
    list[opening->subprotocol_count++] = row->cell->text;
    opening->subprotocols = list;
    return true;
}

static bool read_row_header(struct row *row)
{
    headers_add(&row->opening->headers, &row->step->world->arena, row->name, row->cell->text);
    return true;
}

static bool read_row_query(struct row *row)
{
    headers_add(&row->opening->query, &row->step->world->arena, row->name, row->cell->text);
    return true;
}

static const struct {
    const char *kind;
    bool wants_name;
    bool (*read)(struct row *row);
} row_kinds[] = {
    { "protocol", false, read_row_protocol }, { "namespace", false, read_row_namespace },
    { "auth", false, read_row_auth },         { "subprotocol", false, read_row_subprotocol },
    { "event at", false, read_row_event_at }, { "header", true, read_row_header },
    { "query", true, read_row_query },
};

static bool read_row(struct row *row, const struct table_cell *cells)
{
    struct pair_key key = { 0 };
    bool is_read = pair_key_read(cells[0].text, &key);
    row->name = key.name;
    row->cell = &cells[1];
    for (size_t i = 0; is_read && i < ARRAY_SIZE(row_kinds); i++) {
        if (text_is(key.kind, row_kinds[i].kind) &&
            row_kinds[i].wants_name == (key.name.size > 0)) {
            return row_kinds[i].read(row);
        }
    }
    step_fail_at(row->step, cells[0].at, "unknown part of a socket '%.*s'",
                 TEXT_ARG(cells[0].text));
    step_hint(row->step, "write protocol, namespace, auth, subprotocol, event at, header \"X\" "
                         "or query \"x\"");
    return false;
}

bool socket_opening_read_table(struct step *step, struct actor *actor,
                               struct socket_opening *opening)
{
    struct pairs pairs;
    if (!table_read_pairs(step, actor, &pairs)) {
        return false;
    }
    struct row row = { .step = step, .actor = actor, .opening = opening };
    for (size_t i = 0; i < pairs.count; i++) {
        if (!read_row(&row, pairs.rows[i].cells)) {
            return false;
        }
    }
    return true;
}
