/* SPDX-License-Identifier: MIT */
#include "config/record.h"

#include <string.h>

#include "base/buffer.h"
#include "base/near.h"

enum { HINT_LIMIT = 1000, FOUND_LIMIT = 60 };

bool config_refuse(struct config_reader *reader, const struct config_node *node,
                   const char *expected)
{
    if (config_node_is_nothing(node)) {
        problems_add(reader->problems, PROBLEM_INPUT, node->key.at ? node->key_at : node->at,
                     NULL, "expected %s, found nothing", expected);
    } else if (node->kind == CONFIG_SCALAR) {
        struct text shown = text_slice(node->text, 0, FOUND_LIMIT);
        problems_add(reader->problems, PROBLEM_INPUT, node->at, NULL,
                     "expected %s, found '%.*s'", expected, TEXT_ARG(shown));
    } else {
        problems_add(reader->problems, PROBLEM_INPUT, node->at, NULL, "expected %s, found %s",
                     expected, node->kind == CONFIG_MAP ? "a map" : "a list");
    }
    return false;
}

bool config_process_variable(const struct config_reader *reader, struct text name,
                             struct text *ret_value)
{
    for (const char *const *at = reader->process_environment; at && *at; at++) {
        struct text pair = text_of(*at);
        if (pair.size > name.size && pair.at[name.size] == '=' &&
            text_starts_with(pair, name)) {
            *ret_value = text_from(pair, name.size + 1);
            return true;
        }
    }
    return false;
}

static const struct config_key *find_key(const struct config_record *record, struct text name)
{
    for (const struct config_key *key = record->keys; key->name; key++) {
        if (text_is(name, key->name)) {
            return key;
        }
    }
    return NULL;
}

static void refuse_unknown(struct config_reader *reader, const struct config_node *node,
                           const struct config_record *record)
{
    struct near near;
    near_init(&near, node->key);
    CLEANUP(buffer_release) struct buffer hint;
    buffer_init(&hint, HINT_LIMIT);
    for (const struct config_key *key = record->keys; key->name; key++) {
        near_offer(&near, text_of(key->name));
    }
    if (near.count) {
        buffer_add_string(&hint, "did you mean ");
        near_print(&hint, &near);
        buffer_add_byte(&hint, '?');
    } else {
        buffer_add_format(&hint, "%s has ", record->title);
        for (const struct config_key *key = record->keys; key->name; key++) {
            buffer_add_format(&hint, "%s'%s'", key == record->keys ? "" : ", ", key->name);
        }
    }
    problems_add(reader->problems, PROBLEM_INPUT, node->key_at, NULL,
                 "unknown key '%.*s' in %s", TEXT_ARG(node->key), record->title);
    problems_hint(reader->problems, "%.*s", TEXT_ARG(buffer_text(&hint)));
}

static bool has_required(struct config_reader *reader, const struct config_node *map,
                         const struct config_record *record)
{
    bool is_fine = true;
    for (const struct config_key *key = record->keys; key->name; key++) {
        if (key->is_required && !config_node_find(map, text_of(key->name))) {
            problems_add(reader->problems, PROBLEM_INPUT, map->key.at ? map->key_at : map->at,
                         NULL, "key '%s' is missing in %s", key->name, record->title);
            is_fine = false;
        }
    }
    return is_fine;
}

bool config_record_fill(struct config_reader *reader, const struct config_node *map,
                        const struct config_record *record, void *target)
{
    if (map->kind != CONFIG_MAP && !config_node_is_nothing(map)) {
        return config_refuse(reader, map, "a map");
    }
    bool is_fine = has_required(reader, map, record);
    for (const struct config_node *node = map->first; node; node = node->next) {
        const struct config_key *key = find_key(record, node->key);
        if (!key) {
            refuse_unknown(reader, node, record);
            is_fine = false;
        } else if (!key->read(reader, node, key, (char *)target + key->offset)) {
            is_fine = false;
        }
    }
    return is_fine;
}

bool config_read_record(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    return config_record_fill(reader, node, key->record, target);
}

static bool fill_records(struct config_reader *reader, const struct config_node *node,
                         const struct config_record *record, struct config_records *records)
{
    bool is_fine = true;
    char *list = arena_array(reader->arena, node->count ? node->count : 1, record->size_bytes);
    char *at = list;
    for (const struct config_node *child = node->first; child; child = child->next) {
        if (record->defaults) {
            memcpy(at, record->defaults, record->size_bytes);
        }
        if (node->kind == CONFIG_MAP) {
            memcpy(at, &child->key, sizeof child->key);
        }
        is_fine = config_record_fill(reader, child, record, at) && is_fine;
        at += record->size_bytes;
    }
    *records = (struct config_records){ list, node->count };
    return is_fine;
}

bool config_read_record_list(struct config_reader *reader, const struct config_node *node,
                             const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_LIST) {
        return config_refuse(reader, node, "a list");
    }
    return fill_records(reader, node, key->record, target);
}

bool config_read_record_map(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_MAP) {
        return config_refuse(reader, node, "a map of names");
    }
    return fill_records(reader, node, key->record, target);
}

bool config_read_node(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    (void)reader;
    (void)key;
    *(const struct config_node **)target = node;
    return true;
}

bool config_read_span(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    (void)reader;
    (void)key;
    *(struct span *)target = node->at;
    return true;
}
