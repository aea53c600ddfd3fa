/* SPDX-License-Identifier: MIT */
/* What a $ref means: a JSON Pointer (RFC 6901) as a fragment, or an anchor. */
#include "format/json_schema/schema.h"
#include "format/percent.h"

/* One step of a pointer with ~1 and ~0 replaced. */
static struct text unescape(struct arena *arena, struct text token)
{
    char *plain = arena_string(arena, token);
    size_t size = 0;
    for (size_t i = 0; i < token.size; i++) {
        bool is_escape = token.at[i] == '~' && i + 1 < token.size &&
                         (token.at[i + 1] == '0' || token.at[i + 1] == '1');
        plain[size++] = is_escape ? (token.at[i + 1] == '0' ? '~' : '/') : token.at[i];
        i += is_escape;
    }
    return text_make(plain, size);
}

static const struct json_value *child_of(const struct json_value *parent, struct text token)
{
    uint64_t index;
    if (json_is(parent, JSON_OBJECT)) {
        return json_member(parent, token);
    }
    return text_to_uint64(token, &index) ? json_item(parent, index) : NULL;
}

static const struct json_value *find_pointer(struct json_schema *schema, struct text pointer)
{
    const struct json_value *at = schema->document;
    struct text rest = text_from(pointer, 1);
    struct text token;
    while (at && text_take_until(&rest, '/', &token)) {
        at = child_of(at, unescape(&schema->arena, token));
    }
    return at;
}

static bool has_anchor(const struct json_value *schema, const char *keyword, struct text name)
{
    const struct json_value *anchor = json_member_named(schema, keyword);
    return json_is(anchor, JSON_STRING) && text_equal(json_text(anchor), name);
}

/* Values that are no schemas (of const, enum, …) name nothing. */
static bool may_hold_schemas(const struct json_value *member)
{
    struct text key = json_key(member);
    return !text_is(key, "const") && !text_is(key, "enum") && !text_is(key, "default") &&
           !text_is(key, "examples") && !text_is(key, "example");
}

static const struct json_value *find_anchor(const struct json_value *at, struct text name)
{
    const struct json_value *found = NULL;
    if (json_is(at, JSON_OBJECT) &&
        (has_anchor(at, "$anchor", name) || has_anchor(at, "$dynamicAnchor", name))) {
        return at;
    }
    bool is_parent = json_is(at, JSON_OBJECT) || json_is(at, JSON_ARRAY);
    for (uint32_t i = 0; is_parent && i < at->count && !found; i++) {
        if (may_hold_schemas(&at->children[i])) {
            found = find_anchor(&at->children[i], name);
        }
    }
    return found;
}

const struct json_value *schema_reference_find(struct schema_compiler *compiler,
                                               const struct json_value *reference)
{
    struct json_schema *schema = compiler->schema;
    struct text written = json_text(reference);
    size_t hash = text_find_byte(written, '#', 0);
    struct text document = text_slice(written, 0, hash);
    struct span at = json_span(schema->source, reference);
    if (!json_is(reference, JSON_STRING)) {
        problems_add(compiler->problems, PROBLEM_INPUT, at,
                     "write a string such as \"#/$defs/name\"", "the reference is no string");
        return NULL;
    }
    struct text id = text_slice(schema->id, 0, text_find_byte(schema->id, '#', 0));
    if (document.size && !text_equal(document, id)) {
        problems_add(compiler->problems, PROBLEM_INPUT, at,
                     "copy it below '$defs', and refer to it with \"#/$defs/name\"",
                     "the reference '%.*s' leads out of this file, which is not supported",
                     TEXT_ARG(written));
        return NULL;
    }
    struct text fragment = percent_decode(&schema->arena, text_from(written, hash + 1));
    const struct json_value *found = fragment.size == 0 ? schema->document
                                     : fragment.at[0] == '/'
                                         ? find_pointer(schema, fragment)
                                         : find_anchor(schema->document, fragment);
    if (!found) {
        problems_add(compiler->problems, PROBLEM_INPUT, at,
                     "refer to '#', to \"#/$defs/name\", or to the name of an '$anchor'",
                     "the reference '%.*s' leads nowhere", TEXT_ARG(written));
    }
    return found;
}
