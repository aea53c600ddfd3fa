/* SPDX-License-Identifier: MIT */
/* Objects, arrays and literals of an expectation. */
#include "diff/expectation/compiler.h"
#include "format/json_holes.h"

static bool refuse(struct expected_compiler *compiler, const struct json_value *written,
                   const char *hint, const char *message)
{
    struct text shown = span_text(json_span(compiler->expectation->source, written));
    problems_add(compiler->problems, PROBLEM_INPUT,
                 json_span(compiler->expectation->source, written), hint, "%s: %.*s", message,
                 (int)(shown.size < 80 ? shown.size : 80), shown.at);
    return false;
}

static bool refuse_key(struct expected_compiler *compiler, const struct json_value *member,
                       const char *hint, const char *message)
{
    struct text key = json_key(member);
    problems_add(compiler->problems, PROBLEM_INPUT,
                 json_key_span(compiler->expectation->source, member), hint, "%s '%.*s'",
                 message, TEXT_ARG(key));
    return false;
}

static bool is_hole(const struct expected_compiler *compiler, struct text text)
{
    return compiler->has_holes && json_holes_in(text);
}

/* `\#text` means `#text`. */
static struct text unescape_hash(struct text text)
{
    size_t backslashes = 0;
    while (backslashes < text.size && text.at[backslashes] == '\\') {
        backslashes++;
    }
    bool is_escaped = backslashes > 0 && backslashes < text.size && text.at[backslashes] == '#';
    return is_escaped ? text_from(text, 1) : text;
}

/* `nick?` is optional, `why\?` is the key `why?`. */
static void read_key(struct text key, struct expected_member *member)
{
    member->key = unescape_hash(key);
    if (text_ends_with(key, TEXT("\\?"))) {
        member->key.size--; /* the caller replaces the last byte, which is the backslash */
    } else if (text_ends_with(key, TEXT("?"))) {
        member->key.size--;
        member->is_optional = true;
    }
}

static struct text escaped_question_mark(struct arena *arena, struct text key)
{
    return arena_format(arena, "%.*s?", (int)(key.size - 1), key.at);
}

static bool compile_member(struct expected_compiler *compiler, struct expected *object,
                           const struct json_value *written)
{
    struct text key = json_key(written);
    if (text_is(key, "#exact")) {
        object->is_exact = true;
        return json_is(written, JSON_TRUE) ||
               refuse(compiler, written, "leave it out where further keys are allowed",
                      "'#exact' can only be true");
    }
    struct expected_member *member = &object->members[object->count++];
    if (text_starts_with(key, TEXT("#"))) {
        return refuse_key(compiler, written, "the key #x itself is written \"\\\\#x\"",
                          "unknown marker as a key");
    }
    read_key(key, member);
    if (text_ends_with(key, TEXT("\\?"))) {
        member->key = escaped_question_mark(&compiler->expectation->arena, member->key);
    }
    for (size_t i = 0; i + 1 < object->count && !is_hole(compiler, key); i++) {
        if (text_equal(object->members[i].key, member->key)) {
            return refuse_key(compiler, written, NULL, "the key stands here twice:");
        }
    }
    if (json_is(written, JSON_STRING) && text_is(json_text(written), "#absent")) {
        member->expected = (struct expected){ .kind = EXPECTED_ABSENT, .written = written };
        return true;
    }
    return expected_compile(compiler, written, &member->expected);
}

static bool compile_object(struct expected_compiler *compiler, const struct json_value *written,
                           struct expected *object)
{
    bool is_right = true;
    object->kind = EXPECTED_OBJECT;
    object->members =
        ARENA_ARRAY(&compiler->expectation->arena, written->count, struct expected_member);
    for (size_t i = 0; i < written->count; i++) {
        is_right = compile_member(compiler, object, &written->children[i]) && is_right;
    }
    return is_right;
}

/* The marker in front of an array, or EXPECTED_ITEMS. */
static bool compile_array_marker(struct expected_compiler *compiler,
                                 const struct json_value *written, struct expected *array)
{
    const struct json_value *first = json_item(written, 0);
    struct text text = json_text(first);
    array->kind = EXPECTED_ITEMS;
    if (!json_is(first, JSON_STRING)) {
        return true;
    }
    if (text_is(text, "#any order")) {
        array->kind = EXPECTED_ANY_ORDER;
    } else if (text_is(text, "#contains")) {
        array->kind = EXPECTED_CONTAINS;
    } else if (text_is(text, "#each") || text_starts_with(text, TEXT("#each "))) {
        array->kind = EXPECTED_EACH;
        array->range.low = TEXT("1");
        struct text range = text_from(text, 5);
        return range.size == 0 || is_hole(compiler, text) ||
               expected_parse_range(range, true, &array->range) ||
               refuse(compiler, first, "write \"#each 3\", \"#each 1..\" or \"#each 2..9\"",
                      "not a number of items");
    }
    return true;
}

static bool check_array(struct expected_compiler *compiler, const struct json_value *written,
                        const struct expected *array)
{
    if (array->kind == EXPECTED_EACH && array->count != 1) {
        return refuse(compiler, json_item(written, 0), NULL,
                      "exactly one item, which all must match, stands behind");
    }
    if (array->kind == EXPECTED_CONTAINS && array->count == 0) {
        return refuse(compiler, json_item(written, 0), "\"#array\" is any array",
                      "at least one item stands behind");
    }
    return true;
}

static bool compile_array(struct expected_compiler *compiler, const struct json_value *written,
                          struct expected *array)
{
    bool is_right = compile_array_marker(compiler, written, array);
    size_t first = array->kind == EXPECTED_ITEMS ? 0 : 1;
    array->items = ARENA_ARRAY(&compiler->expectation->arena, written->count, struct expected);
    for (size_t i = first; i < written->count; i++) {
        struct expected *item = &array->items[array->count++];
        is_right = expected_compile(compiler, &written->children[i], item) && is_right;
    }
    return check_array(compiler, written, array) && is_right;
}

static bool compile_string(struct expected_compiler *compiler, const struct json_value *written,
                           struct expected *string)
{
    struct text text = json_text(written);
    if (text_starts_with(text, TEXT("#")) && !is_hole(compiler, text)) {
        return expected_compile_marker(compiler, written, string);
    }
    string->string = unescape_hash(text);
    return true;
}

bool expected_compile(struct expected_compiler *compiler, const struct json_value *written,
                      struct expected *ret_expected)
{
    *ret_expected = (struct expected){ .kind = EXPECTED_VALUE, .written = written };
    switch (written->type) {
    case JSON_STRING:
        return compile_string(compiler, written, ret_expected);
    case JSON_ARRAY:
        return compile_array(compiler, written, ret_expected);
    case JSON_OBJECT:
        return compile_object(compiler, written, ret_expected);
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
    case JSON_NUMBER:
        break;
    }
    return true;
}
