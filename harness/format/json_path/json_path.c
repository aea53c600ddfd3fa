/* SPDX-License-Identifier: MIT */
#include "format/json_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/json_path/path_parser.h"
#include "format/json_path/path_select.h"
#include "format/json_writer.h"

static bool parse(struct path_parser *parser)
{
    if (path_peek(parser, 0) != '$') {
        return path_expected(parser, "'$'");
    }
    if (!path_parse_query(parser, &parser->path->query)) {
        return false;
    }
    return parser->at == parser->text.size ||
           path_expected(parser, "'.', '[' or the end of the path");
}

bool json_path_compile(struct text path, struct span at, struct json_path **ret_path,
                       struct problems *problems)
{
    struct json_path *compiled = alloc_or_die(1, sizeof *compiled);
    arena_init(&compiled->arena);
    compiled->text = arena_text(&compiled->arena, path);
    struct path_parser parser = {
        .path = compiled, .text = compiled->text, .place = at, .problems = problems
    };
    if (!parse(&parser)) {
        json_path_free(compiled);
        return false;
    }
    *ret_path = compiled;
    return true;
}

void json_path_free(struct json_path *path)
{
    if (!path) {
        return;
    }
    for (struct path_regex *r = path->regexes; r; r = r->next) {
        regex_free(r->regex);
    }
    arena_release(&path->arena);
    free(path);
}

void json_path_release(struct json_path **path)
{
    json_path_free(*path);
    *path = NULL;
}

bool json_path_is_singular(const struct json_path *path)
{
    return path->query->is_singular;
}

bool json_path_select(const struct json_path *path, const struct json_value *root,
                      struct arena *arena, struct json_nodes *ret_nodes)
{
    struct path_selection selection = { .root = root };
    struct path_list nodes = path_select(&selection, path->query, root);
    if (!selection.is_over_limit) {
        ret_nodes->count = nodes.count;
        ret_nodes->list = ARENA_ARRAY(arena, nodes.count, const struct json_value *);
        if (nodes.count) {
            memcpy(ret_nodes->list, nodes.list, nodes.count * sizeof(struct json_value *));
        }
    }
    path_list_release(&nodes);
    return !selection.is_over_limit;
}

void json_path_print_name(struct buffer *out, struct text name)
{
    struct buffer json;
    buffer_init(&json, name.size * 6 + 1); /* an escape has six bytes */
    json_print_escaped(&json, name);
    buffer_add_string(out, "['");
    for (size_t i = 0; i < json.size; i++) {
        if (json.at[i] == '\'') {
            buffer_add_string(out, "\\'");
        } else if (json.at[i] == '\\' && json.at[i + 1] == '"') {
            buffer_add_byte(out, '"');
            i++;
        } else if (json.at[i] == '\\') {
            buffer_add(out, text_make(json.at + i, 2));
            i++;
        } else {
            buffer_add_byte(out, json.at[i]);
        }
    }
    buffer_add_string(out, "']");
    buffer_release(&json);
}

/* The child of container that value is or lies in: children stand in the order of the source. */
static size_t find_child(const struct json_value *container, const struct json_value *value)
{
    size_t low = 0;
    size_t high = container->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (container->children[middle].start <= value->start) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

void json_path_print(struct buffer *out, const struct json_value *root,
                     const struct json_value *value)
{
    buffer_add_byte(out, '$');
    const struct json_value *at = root;
    while (at != value && (at->type == JSON_ARRAY || at->type == JSON_OBJECT) && at->count) {
        size_t index = find_child(at, value);
        const struct json_value *child = &at->children[index];
        if (at->type == JSON_ARRAY) {
            buffer_add_format(out, "[%zu]", index);
        } else {
            json_path_print_name(out, json_key(child));
        }
        at = child;
    }
}
