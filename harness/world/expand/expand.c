/* SPDX-License-Identifier: MIT */
#include "world/expand.h"

#include "base/buffer.h"
#include "format/json_writer.h"
#include "world/expand_function.h"
#include "world/step.h"
#include "world/world.h"

enum { EXPANDED_LIMIT_BYTES = 64 << 20 };

/* A text on its way through expansion. */
struct expansion {
    struct step *step;
    const struct actor *actor;
    struct text whole;
    struct span at;
    enum expand_mode mode;
    bool is_in_string; /* JSON mode: between two quotes */
    struct buffer out;
};

bool expand_is_needed(struct text text)
{
    size_t at = text_find(text, TEXT("${"), 0);
    while (at < text.size && at > 0 && text.at[at - 1] == '$') {
        at = text_find(text, TEXT("${"), at + 2);
    }
    return at < text.size;
}

/* The span of a part of what is expanded; the whole's when positions do not correspond. */
static struct span span_within(struct span at, struct text whole, size_t start, size_t end)
{
    bool corresponds = at.source && at.end - at.start == whole.size;
    return corresponds ? span_make(at.source, at.start + start, at.start + end) : at;
}

static void add_value(struct expansion *expansion, const struct variable *value)
{
    struct buffer *out = &expansion->out;
    if (expansion->mode == EXPAND_PLAIN) {
        buffer_add(out, variable_plain(&expansion->step->world->arena, value));
    } else if (expansion->is_in_string) {
        json_print_escaped(out, variable_plain(&expansion->step->world->arena, value));
    } else if (variable_reads_as_json(value)) {
        buffer_add(out, value->value);
    } else {
        json_print_string(out, value->value);
    }
}

/* Follows the quotes of a JSON document from start to end. */
static void track_string(struct expansion *expansion, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        char c = expansion->whole.at[i];
        if (c == '\\' && expansion->is_in_string) {
            i++;
        } else if (c == '"') {
            expansion->is_in_string = !expansion->is_in_string;
        }
    }
}

/* The ${…} whose $ stands at `at`; false: the step has failed. */
static bool expand_one(struct expansion *expansion, size_t at, size_t *ret_after)
{
    size_t end = text_find_byte(expansion->whole, '}', at);
    struct span place = span_within(expansion->at, expansion->whole, at, end + 1);
    if (end == expansion->whole.size) {
        step_fail_at(expansion->step, place, "'${' without its '}'");
        step_hint(expansion->step, "close it, or write $${ for a literal ${");
        return false;
    }
    struct variable value;
    struct text expression = text_slice(expansion->whole, at + 2, end);
    if (!expand_expression(expansion->step, expansion->actor, expression, place, &value)) {
        return false;
    }
    add_value(expansion, &value);
    *ret_after = end + 1;
    return true;
}

static bool expand_all(struct expansion *expansion)
{
    struct text whole = expansion->whole;
    size_t done = 0;
    size_t at = text_find(whole, TEXT("${"), 0);
    while (at < whole.size) {
        bool is_literal = at > done && whole.at[at - 1] == '$';
        buffer_add(&expansion->out, text_slice(whole, done, is_literal ? at - 1 : at));
        track_string(expansion, done, at);
        if (is_literal) {
            buffer_add(&expansion->out, TEXT("${"));
            done = at + 2;
        } else if (!expand_one(expansion, at, &done)) {
            return false;
        }
        at = text_find(whole, TEXT("${"), done);
    }
    buffer_add(&expansion->out, text_from(whole, done));
    if (expansion->out.is_over_limit) {
        step_fail_at(expansion->step, expansion->at,
                     "the text is over %d MiB after ${…} was replaced",
                     EXPANDED_LIMIT_BYTES >> 20);
        return false;
    }
    return true;
}

bool expand(struct step *step, const struct actor *actor, struct text whole, struct span at,
            enum expand_mode mode, struct text *ret_expanded)
{
    if (text_find(whole, TEXT("${"), 0) == whole.size) {
        *ret_expanded = whole;
        return true;
    }
    struct expansion expansion = {
        .step = step, .actor = actor, .whole = whole, .at = at, .mode = mode
    };
    buffer_init(&expansion.out, EXPANDED_LIMIT_BYTES);
    bool is_ok = expand_all(&expansion);
    if (is_ok) {
        *ret_expanded = arena_text(&step->world->arena, buffer_text(&expansion.out));
    }
    buffer_release(&expansion.out);
    return is_ok;
}
