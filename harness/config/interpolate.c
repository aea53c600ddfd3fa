/* SPDX-License-Identifier: MIT */
#include "config/interpolate.h"

#include "base/buffer.h"

#define OPENING TEXT("${")

enum { INTERPOLATED_LIMIT = 1 << 20 };

static bool is_process_name(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.at[i];
        if (!((c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return name.size > 0;
}

static void add_value(struct buffer *out, struct text value, enum interpolation kind)
{
    if (kind == INTERPOLATE_NOW) {
        buffer_add(out, value);
        return;
    }
    size_t from = 0;
    for (size_t at = text_find(value, OPENING, 0); at < value.size;
         at = text_find(value, OPENING, at + 2)) {
        buffer_add(out, text_slice(value, from, at));
        buffer_add_byte(out, '$');
        from = at;
    }
    buffer_add(out, text_from(value, from));
}

/* The expression at `start`, which points behind "${"; *ret_end behind its "}". */
static bool add_expression(struct config_reader *reader, const struct config_node *node,
                           enum interpolation kind, size_t start, struct buffer *out,
                           size_t *ret_end)
{
    size_t close = text_find_byte(node->text, '}', start);
    struct text name = text_slice(node->text, start, close);
    if (close == node->text.size) {
        problems_add(reader->problems, PROBLEM_INPUT, node->at,
                     "write '$${' for a literal '${'", "'${' without its '}'");
        return false;
    }
    struct text value;
    if (!is_process_name(name)) {
        if (kind == INTERPOLATE_NOW) {
            problems_add(reader->problems, PROBLEM_INPUT, node->at,
                         "only variables of the process environment can be used here, such as "
                         "${CI_COMMIT_SHA}; write '$${' for a literal '${'",
                         "'${%.*s}' has no value here", TEXT_ARG(name));
            return false;
        }
        buffer_add(out, text_slice(node->text, start - 2, close + 1));
    } else if (config_process_variable(reader, name, &value)) {
        add_value(out, value, kind);
    } else {
        problems_add(reader->problems, PROBLEM_INPUT, node->at,
                     "set it, or write the value here",
                     "environment variable '%.*s' is not set", TEXT_ARG(name));
        return false;
    }
    *ret_end = close + 1;
    return true;
}

bool config_interpolate(struct config_reader *reader, const struct config_node *node,
                        enum interpolation kind, struct text *ret_text)
{
    struct text whole = node->text;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, INTERPOLATED_LIMIT);
    size_t from = 0;
    for (size_t at = text_find(whole, OPENING, 0); at < whole.size;
         at = text_find(whole, OPENING, from)) {
        bool is_literal = at > from && whole.at[at - 1] == '$';
        if (is_literal) {
            size_t kept = kind == INTERPOLATE_NOW ? at - 1 : at;
            buffer_add(&out, text_slice(whole, from, kept));
            buffer_add(&out, OPENING);
            from = at + 2;
            continue;
        }
        buffer_add(&out, text_slice(whole, from, at));
        if (!add_expression(reader, node, kind, at + 2, &out, &from)) {
            return false;
        }
    }
    buffer_add(&out, text_from(whole, from));
    if (out.is_over_limit) {
        return config_refuse(reader, node, "at most 1 MiB of text");
    }
    *ret_text = arena_text(reader->arena, buffer_text(&out));
    return true;
}
