/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/source.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "redact/redaction/splice.h"

struct walk {
    struct redaction *redaction;
    struct arena *arena;
    struct splice splice;
    const char *inside; /* the kind of the secret object or array under way; NULL: none */
};

static void replace_by_string(struct walk *walk, size_t start, size_t end, struct text string)
{
    CLEANUP(buffer_release) struct buffer quoted;
    buffer_init(&quoted, BUFFER_NO_LIMIT); /* of one value of the document, or a token */
    json_print_string(&quoted, string);
    splice_replace(&walk->splice, start, end, buffer_text(&quoted));
}

static bool is_redacted(struct text value)
{
    struct redaction_token token;
    return value.size == 0 || redaction_token_parse(value, &token);
}

static void walk_string(struct walk *walk, const struct naming *naming,
                        const struct json_value *value)
{
    struct text string = json_text(value);
    struct text redacted;
    if (!walk->inside)
        redacted =
            redaction_named(walk->redaction, walk->arena, REDACTION_MEMBER, naming, string);
    else
        redacted = is_redacted(string) ? string
                                       : redaction_replace(walk->redaction, walk->arena,
                                                           walk->inside, naming->name, string);
    if (!text_equal(redacted, string))
        replace_by_string(walk, value->start, value->end, redacted);
}

/* A number becomes a token of a kind of its own, so that its type is still compared. */
static void walk_number(struct walk *walk, const struct naming *naming,
                        const struct json_value *value)
{
    struct text number = json_text(value);
    const char *kind = walk->inside
                           ? walk->inside
                           : redaction_kind(walk->redaction, REDACTION_MEMBER, naming, number);
    if (!kind && redaction_is_card(number))
        kind = "card";
    if (!kind)
        return;
    struct text of_number = arena_format(walk->arena, "%s-number", kind);
    replace_by_string(
        walk, value->start, value->end,
        redaction_replace(walk->redaction, walk->arena, of_number.at, naming->name, number));
}

/* Of Socket.IO ["chat", …], and of {"event": "chat", "data": …}. */
static struct text event_of(const struct naming *naming, const struct json_value *container)
{
    static const char *const members[] = { "event", "type" };
    if (json_is(container, JSON_ARRAY))
        return naming->name.size == 0 && json_is(json_item(container, 0), JSON_STRING)
                   ? json_text(json_item(container, 0))
                   : TEXT_EMPTY;
    for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
        const struct json_value *event = json_member_named(container, members[i]);
        if (json_is(event, JSON_STRING))
            return json_text(event);
    }
    return TEXT_EMPTY;
}

static void walk_value(struct walk *walk, const struct naming *naming,
                       const struct json_value *value);

static void walk_key(struct walk *walk, const struct json_value *member)
{
    struct text key = json_key(member);
    struct text redacted = redaction_plain(walk->redaction, walk->arena, key);
    if (text_equal(key, redacted))
        return;
    struct source source;
    source_init(&source, TEXT_EMPTY, walk->splice.original);
    struct span written = json_key_span(&source, member);
    replace_by_string(walk, written.start, written.end, redacted);
}

static void walk_container(struct walk *walk, const struct naming *naming,
                           const struct json_value *container)
{
    const char *outside = walk->inside;
    bool is_object = json_is(container, JSON_OBJECT);
    if (!walk->inside && naming->name.size > 0) {
        const char *kind =
            redaction_kind(walk->redaction, REDACTION_MEMBER, naming, TEXT_EMPTY);
        walk->inside = kind && !text_is(text_of(kind), "import") ? kind : NULL;
    }
    const struct naming around = { .outer = naming->outer,
                                   .name = naming->name,
                                   .event = event_of(naming, container) };
    for (size_t i = 0; i < container->count; i++) {
        const struct json_value *child = &container->children[i];
        const struct naming inner = { .outer = &around, .name = json_key(child) };
        if (is_object)
            walk_key(walk, child);
        walk_value(walk, &inner, child);
    }
    walk->inside = outside;
}

static void walk_value(struct walk *walk, const struct naming *naming,
                       const struct json_value *value)
{
    if (value->type == JSON_STRING)
        walk_string(walk, naming, value);
    else if (value->type == JSON_NUMBER)
        walk_number(walk, naming, value);
    else if (value->type == JSON_ARRAY || value->type == JSON_OBJECT)
        walk_container(walk, naming, value);
}

bool redaction_json(struct redaction *redaction, struct arena *arena,
                    const struct naming *outer, struct text json, struct text *ret_json)
{
    struct arena tree;
    arena_init(&tree);
    const struct json_value *root = NULL;
    bool is_json = json_parse_text(json, &tree, &root);
    if (is_json) {
        struct walk walk = { .redaction = redaction, .arena = arena };
        splice_begin(&walk.splice, json);
        redaction->nesting++;
        const struct naming naming = { .outer = outer };
        walk_value(&walk, &naming, root);
        redaction->nesting--;
        *ret_json = splice_end(&walk.splice, arena);
        splice_release(&walk.splice);
    }
    arena_release(&tree);
    return is_json;
}
