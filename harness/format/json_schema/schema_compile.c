/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/json_schema/schema.h"
#include "format/regex.h"

static struct span place(const struct schema_compiler *compiler, const struct json_value *value)
{
    return json_span(compiler->schema->source, value);
}

struct regex *schema_regex_make(struct schema_compiler *compiler, struct text pattern,
                                struct span at)
{
    struct regex_error error;
    struct schema_regex *made = ARENA_NEW(&compiler->schema->arena, struct schema_regex);
    if (!regex_compile(pattern, 0, &made->regex, &error)) {
        problems_add(compiler->problems, PROBLEM_INPUT, at,
                     "write a regular expression as JavaScript and PCRE2 read it",
                     "'%.*s' is no regular expression: %s", TEXT_ARG(pattern), error.message);
        return NULL;
    }
    made->next = compiler->schema->regexes;
    compiler->schema->regexes = made;
    return made->regex;
}

/* --- the value of a keyword --- */

static bool compile_children(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    const struct json_value *value = keyword->value;
    bool has_patterns = keyword->row->form == FORM_PATTERN_MAP;
    struct arena *arena = &compiler->schema->arena;
    bool is_ok = true;
    keyword->nodes = ARENA_ARRAY(arena, value->count, struct schema_node *);
    keyword->regexes = ARENA_ARRAY(arena, value->count, struct regex *);
    for (uint32_t i = 0; i < value->count; i++) {
        const struct json_value *child = &value->children[i];
        keyword->nodes[i] = schema_node_make(compiler, child);
        is_ok = keyword->nodes[i] && is_ok;
        if (has_patterns) {
            keyword->regexes[i] = schema_regex_make(
                compiler, json_key(child), json_key_span(compiler->schema->source, child));
            is_ok = keyword->regexes[i] && is_ok;
        }
    }
    return is_ok;
}

static bool wrong_form(struct schema_compiler *compiler, const struct schema_keyword *keyword,
                       const char *wanted)
{
    problems_add(compiler->problems, PROBLEM_INPUT, place(compiler, keyword->value), NULL,
                 "'%s' is %s, not %s", keyword->row->name, json_type_name(keyword->value->type),
                 wanted);
    problems_hint(compiler->problems, "write %s as the value of '%s'", wanted,
                  keyword->row->name);
    return false;
}

static bool compile_one(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    struct arena *arena = &compiler->schema->arena;
    keyword->nodes = ARENA_ARRAY(arena, 1, struct schema_node *);
    keyword->nodes[0] = schema_node_make(compiler, keyword->value);
    return keyword->nodes[0] != NULL;
}

static bool compile_pattern(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    if (!json_is(keyword->value, JSON_STRING)) {
        return wrong_form(compiler, keyword, "a string");
    }
    keyword->regexes = ARENA_ARRAY(&compiler->schema->arena, 1, struct regex *);
    keyword->regexes[0] =
        schema_regex_make(compiler, json_text(keyword->value), place(compiler, keyword->value));
    return keyword->regexes[0] != NULL;
}

static bool compile_reference(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    const struct json_value *found = schema_reference_find(compiler, keyword->value);
    if (!found) {
        return false;
    }
    keyword->nodes = ARENA_ARRAY(&compiler->schema->arena, 1, struct schema_node *);
    keyword->nodes[0] = schema_node_make(compiler, found);
    return keyword->nodes[0] != NULL;
}

static bool compile_refused(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    problems_add(compiler->problems, PROBLEM_INPUT,
                 json_key_span(compiler->schema->source, keyword->value), keyword->row->hint,
                 "the keyword '%s' is not supported", keyword->row->name);
    return false;
}

static bool compile_keyword(struct schema_compiler *compiler, struct schema_keyword *keyword)
{
    const struct json_value *value = keyword->value;
    switch ((int)keyword->row->form) {
    case FORM_SCHEMA:
        return compile_one(compiler, keyword);
    case FORM_SCHEMAS:
        return json_is(value, JSON_ARRAY) && value->count
                   ? compile_children(compiler, keyword)
                   : wrong_form(compiler, keyword, "an array of at least one schema");
    case FORM_SCHEMA_MAP:
    case FORM_PATTERN_MAP:
        return json_is(value, JSON_OBJECT)
                   ? compile_children(compiler, keyword)
                   : wrong_form(compiler, keyword, "an object of schemas");
    case FORM_PATTERN:
        return compile_pattern(compiler, keyword);
    case FORM_REFERENCE:
        return compile_reference(compiler, keyword);
    case FORM_REFUSED:
        return compile_refused(compiler, keyword);
    default:
        return schema_form_check(compiler, keyword->row->form, value);
    }
}

/* --- a schema --- */

static bool refuse_unknown(struct schema_compiler *compiler, const struct json_value *member)
{
    struct text name = json_key(member);
    struct buffer near;
    if (text_starts_with(name, TEXT("x-"))) {
        return true;
    }
    buffer_init(&near, 256);
    schema_keyword_suggest(name, &near);
    problems_add(compiler->problems, PROBLEM_INPUT,
                 json_key_span(compiler->schema->source, member), NULL,
                 "'%.*s' is no keyword of JSON Schema 2020-12", TEXT_ARG(name));
    if (near.size) {
        problems_hint(compiler->problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&near)));
    } else {
        problems_hint(compiler->problems,
                      "take it out, or let its name start with 'x-' where it is only a note");
    }
    buffer_release(&near);
    return false;
}

/* In the order of the table, so that what is left over is looked at last. */
static void insert_keyword(struct schema_node *node, struct schema_keyword keyword)
{
    size_t at = node->count++;
    while (at > 0 && node->list[at - 1].row > keyword.row) {
        node->list[at] = node->list[at - 1];
        at--;
    }
    node->list[at] = keyword;
    node->is_applicator = node->is_applicator || keyword.row->is_applicator;
}

static bool compile_member(struct schema_compiler *compiler, struct schema_node *node,
                           const struct json_value *member)
{
    struct schema_keyword keyword = { .row = schema_keyword_find(json_key(member)),
                                      .value = member };
    if (!keyword.row) {
        return refuse_unknown(compiler, member);
    }
    if (member->is_repeated) {
        problems_add(compiler->problems, PROBLEM_INPUT,
                     json_key_span(compiler->schema->source, member), "keep one of them",
                     "the keyword '%s' stands here twice", keyword.row->name);
        return false;
    }
    if (keyword.row->form == FORM_ID && node->value != compiler->schema->document) {
        problems_add(compiler->problems, PROBLEM_INPUT,
                     json_key_span(compiler->schema->source, member),
                     "name a part with '$anchor', and refer to it with \"$ref\": \"#name\"",
                     "'$id' inside of a schema is not supported");
        return false;
    }
    if (!compile_keyword(compiler, &keyword)) {
        return false;
    }
    insert_keyword(node, keyword);
    return true;
}

struct schema_node *schema_node_make(struct schema_compiler *compiler,
                                     const struct json_value *value)
{
    struct json_schema *schema = compiler->schema;
    for (struct schema_node *at = schema->nodes; at; at = at->next) {
        if (at->value == value) {
            return at;
        }
    }
    if (!json_is(value, JSON_OBJECT) && !json_is_boolean(value)) {
        problems_add(compiler->problems, PROBLEM_INPUT, place(compiler, value),
                     "write an object of keywords, true or false", "a schema is no %s",
                     json_type_name(value->type));
        return NULL;
    }
    struct schema_node *node = ARENA_NEW(&schema->arena, struct schema_node);
    node->value = value;
    node->next = schema->nodes;
    schema->nodes = node; /* before its parts, which may refer to it */
    size_t count = json_is(value, JSON_OBJECT) ? value->count : 0;
    node->list = ARENA_ARRAY(&schema->arena, count, struct schema_keyword);
    bool is_ok = true;
    for (size_t i = 0; i < count; i++) {
        is_ok = compile_member(compiler, node, &value->children[i]) && is_ok;
    }
    return is_ok ? node : NULL;
}

bool json_schema_compile(const struct source *source, struct json_schema **ret_schema,
                         struct problems *problems)
{
    struct json_schema *schema = alloc_or_die(1, sizeof *schema);
    struct schema_compiler compiler = { .schema = schema, .problems = problems };
    arena_init(&schema->arena);
    schema->source = source;
    bool is_ok = json_parse(source, (struct json_limits){ 0 }, &schema->arena,
                            &schema->document, problems);
    if (is_ok) {
        schema->id = json_text(json_member_named(schema->document, "$id"));
        schema->root = schema_node_make(&compiler, schema->document);
    }
    if (!schema->root) {
        json_schema_free(schema);
        return false;
    }
    *ret_schema = schema;
    return true;
}

void json_schema_free(struct json_schema *schema)
{
    if (schema) {
        for (struct schema_regex *at = schema->regexes; at; at = at->next) {
            regex_free(at->regex);
        }
        arena_release(&schema->arena);
        free(schema);
    }
}

void json_schema_release(struct json_schema **schema)
{
    json_schema_free(*schema);
    *schema = NULL;
}
