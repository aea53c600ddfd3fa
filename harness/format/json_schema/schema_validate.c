/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/json_path.h"
#include "format/json_schema/schema_apply.h"
#include "format/json_writer.h"

enum { DESCRIPTION_LIMIT = 80, PATH_LIMIT_BYTES = 1 << 16 };

/* --- violations --- */

struct text schema_describe(struct arena *arena, const struct json_value *value)
{
    if (json_is(value, JSON_ARRAY)) {
        return arena_format(arena, "an array of %u item%s", value->count,
                            value->count == 1 ? "" : "s");
    }
    if (json_is(value, JSON_OBJECT)) {
        return arena_format(arena, "an object of %u member%s", value->count,
                            value->count == 1 ? "" : "s");
    }
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* six times the value at most */
    json_print(&out, value);
    struct text printed = buffer_text(&out);
    if (printed.size <= DESCRIPTION_LIMIT) {
        return arena_text(arena, printed);
    }
    size_t cut = DESCRIPTION_LIMIT;
    while (cut > 0 && ((unsigned char)printed.at[cut] & 0xC0) == 0x80) {
        cut--;
    }
    return arena_format(arena, "%.*s…", (int)cut, printed.at);
}

static void add_pointer_token(struct buffer *out, struct text token)
{
    for (size_t i = 0; i < token.size; i++) {
        if (token.at[i] == '~' || token.at[i] == '/') {
            buffer_add_string(out, token.at[i] == '~' ? "~0" : "~1");
        } else {
            buffer_add_byte(out, token.at[i]);
        }
    }
}

/* The child inside of whose text wanted stands. */
static const struct json_value *child_around(const struct json_value *parent,
                                             const struct json_value *wanted, size_t *ret_index)
{
    for (uint32_t i = 0; i < parent->count; i++) {
        const struct json_value *child = &parent->children[i];
        if (child->start <= wanted->start && wanted->end <= child->end) {
            *ret_index = i;
            return child;
        }
    }
    return NULL;
}

static struct text pointer_to(struct arena *arena, const struct json_value *root,
                              const struct json_value *wanted)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, PATH_LIMIT_BYTES);
    buffer_add_byte(&out, '#');
    const struct json_value *at = root;
    while (at && at != wanted && (json_is(at, JSON_OBJECT) || json_is(at, JSON_ARRAY))) {
        size_t index = 0;
        bool is_object = json_is(at, JSON_OBJECT);
        at = child_around(at, wanted, &index);
        buffer_add_byte(&out, '/');
        if (at && is_object) {
            add_pointer_token(&out, json_key(at));
        } else {
            buffer_add_format(&out, "%zu", index);
        }
    }
    return arena_text(arena, buffer_text(&out));
}

static void add_violation(const struct application *application,
                          const struct json_value *schema, struct text expected,
                          struct text found)
{
    struct evaluation *evaluation = application->evaluation;
    struct json_violations *violations = evaluation->violations;
    if (violations->count == JSON_SCHEMA_VIOLATIONS_LIMIT) {
        violations->dropped++;
        return;
    }
    struct buffer path CLEANUP(buffer_release);
    buffer_init(&path, PATH_LIMIT_BYTES);
    json_path_print(&path, evaluation->instance, application->instance);
    violations->list[violations->count++] = (struct json_violation){
        .instance_path = arena_text(evaluation->arena, buffer_text(&path)),
        .schema_path = pointer_to(evaluation->arena, evaluation->schema->document, schema),
        .expected = expected,
        .found = found,
    };
}

bool schema_violated(const struct application *application,
                     const struct schema_keyword *keyword, const char *found,
                     const char *expected, ...)
{
    struct evaluation *evaluation = application->evaluation;
    if (evaluation->silent || evaluation->is_over) {
        return false;
    }
    va_list arguments;
    va_start(arguments, expected);
    struct text wanted = arena_format_list(evaluation->arena, expected, arguments);
    va_end(arguments);
    add_violation(application, keyword ? keyword->value : application->node->value, wanted,
                  found ? arena_text(evaluation->arena, text_of(found))
                        : schema_describe(evaluation->arena, application->instance));
    return false;
}

/* --- applying --- */

static bool give_up(const struct application *application, const char *limit)
{
    struct evaluation *evaluation = application->evaluation;
    if (!evaluation->is_over) {
        evaluation->silent = 0; /* this one must be told */
        schema_violated(application, NULL, limit, "a schema that comes to an end");
        evaluation->is_over = true;
    }
    return false;
}

bool schema_work(struct evaluation *evaluation, size_t amount)
{
    bool is_enough = evaluation->work >= amount;
    evaluation->work -= is_enough ? amount : evaluation->work;
    return is_enough;
}

const struct schema_keyword *schema_sibling(const struct application *application,
                                            const char *name)
{
    const struct schema_node *node = application->node;
    for (size_t i = 0; i < node->count; i++) {
        if (strcmp(node->list[i].row->name, name) == 0) {
            return &node->list[i];
        }
    }
    return NULL;
}

static bool evaluate_all(const struct application *application)
{
    const struct schema_node *node = application->node;
    bool is_valid = true;
    for (size_t i = 0; i < node->count; i++) {
        const struct schema_keyword *keyword = &node->list[i];
        if (keyword->row->evaluate && !keyword->row->evaluate(application, keyword)) {
            is_valid = false;
            if (application->evaluation->silent || application->evaluation->is_over) {
                return false;
            }
        }
    }
    return is_valid;
}

static void add_marks(bool *marks, const bool *added, size_t count)
{
    for (size_t i = 0; marks && added && i < count; i++) {
        marks[i] = marks[i] || added[i];
    }
}

static bool apply_within_limits(struct application *application)
{
    const struct json_value *instance = application->instance;
    bool *caller_marks = application->marks;
    if (json_is(application->node->value, JSON_FALSE)) {
        return schema_violated(application, NULL, NULL, "nothing here");
    }
    bool has_children = json_is(instance, JSON_OBJECT) || json_is(instance, JSON_ARRAY);
    application->marks = NULL;
    if (application->node->is_applicator && has_children && instance->count) {
        application->marks = alloc_or_die(instance->count, sizeof *application->marks);
    }
    bool is_valid = evaluate_all(application);
    if (is_valid) {
        add_marks(caller_marks, application->marks, instance->count);
    }
    free(application->marks);
    return is_valid;
}

bool schema_apply(struct evaluation *evaluation, const struct schema_node *node,
                  const struct json_value *instance, bool *marks)
{
    struct application application = {
        .evaluation = evaluation, .node = node, .instance = instance, .marks = marks
    };
    if (evaluation->is_over || !schema_work(evaluation, 1)) {
        return give_up(&application, "too much work: the schema or the value is too large");
    }
    if (evaluation->depth == JSON_SCHEMA_DEPTH_LIMIT) {
        return give_up(&application, "references that go round in a circle, or too deep");
    }
    evaluation->depth++;
    bool is_valid = apply_within_limits(&application);
    evaluation->depth--;
    return is_valid && !evaluation->is_over;
}

bool schema_fits(struct evaluation *evaluation, const struct schema_node *node,
                 const struct json_value *instance, bool *marks)
{
    evaluation->silent++;
    bool fits = schema_apply(evaluation, node, instance, marks);
    if (evaluation->silent) { /* 0 after giving up */
        evaluation->silent--;
    }
    return fits;
}

bool json_schema_validate(const struct json_schema *schema, const struct json_value *value,
                          struct arena *arena, struct json_violations *ret_violations)
{
    *ret_violations = (struct json_violations){ .count = 0 };
    struct evaluation evaluation = {
        .schema = schema,
        .instance = value,
        .arena = arena,
        .violations = ret_violations,
        .work = JSON_SCHEMA_WORK_LIMIT,
    };
    return schema_apply(&evaluation, schema->root, value, NULL);
}
