/* SPDX-License-Identifier: MIT */
#include "config/document.h"

#include <string.h>

#include <yaml.h>

#include "base/utf8.h"

struct frame {
    struct config_node *node;
    struct config_node *last; /* child */
    struct text key;          /* of the map entry whose value comes next */
    struct span key_at;
    bool has_key;
};

/* libyaml's events become the tree; its document API resolves aliases before anyone sees them. */
struct builder {
    yaml_parser_t parser;
    struct arena *arena;
    struct problems *problems;
    const struct source *source;
    size_t skipped;    /* bytes of a byte order mark */
    size_t mark_index; /* libyaml counts code points: the last one asked for, and its offset */
    size_t mark_offset;
    struct frame frames[CONFIG_DEPTH_LIMIT];
    size_t depth;
    size_t node_count;
    size_t document_count;
    struct config_node *root;
};

static size_t offset_of(struct builder *builder, const yaml_mark_t *mark)
{
    if (mark->index < builder->mark_index) {
        builder->mark_index = 0;
        builder->mark_offset = builder->skipped;
    }
    struct text rest = text_from(builder->source->bytes, builder->mark_offset);
    builder->mark_offset += utf8_offset(rest, mark->index - builder->mark_index);
    builder->mark_index = mark->index;
    return builder->mark_offset;
}

static struct span span_of(struct builder *builder, const yaml_mark_t *start,
                           const yaml_mark_t *end)
{
    size_t start_offset = offset_of(builder, start);
    return span_make(builder->source, start_offset, offset_of(builder, end));
}

static bool refuse(struct builder *builder, const yaml_event_t *event, const char *message,
                   const char *hint)
{
    problems_add(builder->problems, PROBLEM_INPUT,
                 span_of(builder, &event->start_mark, &event->end_mark), hint, "%s", message);
    return false;
}

static bool set_key(struct builder *builder, struct frame *frame, const struct config_node *key)
{
    for (const struct config_node *at = frame->node->first; at; at = at->next) {
        if (text_equal(at->key, key->text)) {
            problems_add_related(builder->problems, PROBLEM_INPUT, key->at, at->key_at,
                                 "first defined here", "key '%.*s' occurs twice",
                                 TEXT_ARG(key->text));
            return false;
        }
    }
    frame->key = key->text;
    frame->key_at = key->at;
    frame->has_key = true;
    return true;
}

static void append(struct frame *frame, struct config_node *node)
{
    node->key = frame->key;
    node->key_at = frame->key_at;
    frame->has_key = false;
    if (frame->last) {
        frame->last->next = node;
    } else {
        frame->node->first = node;
    }
    frame->last = node;
    frame->node->count++;
}

static bool attach(struct builder *builder, const yaml_event_t *event, struct config_node *node)
{
    if (++builder->node_count > CONFIG_NODE_LIMIT) {
        return refuse(builder, event, "more than 20000 values",
                      "split the file, or move data to files of its own");
    }
    if (builder->depth == 0) {
        builder->root = node;
        return true;
    }
    struct frame *frame = &builder->frames[builder->depth - 1];
    if (frame->node->kind == CONFIG_MAP && !frame->has_key) {
        if (node->kind != CONFIG_SCALAR) {
            return refuse(builder, event, "a key must be text",
                          "quote text that starts with '[' or '{'");
        }
        return set_key(builder, frame, node);
    }
    append(frame, node);
    return true;
}

static struct config_node *make_node(struct builder *builder, const yaml_event_t *event,
                                     enum config_node_kind kind)
{
    struct config_node *node = ARENA_NEW(builder->arena, struct config_node);
    node->kind = kind;
    node->at = span_of(builder, &event->start_mark, &event->end_mark);
    return node;
}

static bool add_scalar(struct builder *builder, const yaml_event_t *event)
{
    if (event->data.scalar.anchor || event->data.scalar.tag) {
        return refuse(builder, event, "anchors and tags are not supported",
                      "write the value out, or put it under `variables:`");
    }
    struct config_node *node = make_node(builder, event, CONFIG_SCALAR);
    node->text = arena_text(builder->arena, text_make((const char *)event->data.scalar.value,
                                                      event->data.scalar.length));
    node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return attach(builder, event, node);
}

static bool open_node(struct builder *builder, const yaml_event_t *event,
                      enum config_node_kind kind)
{
    bool is_map = kind == CONFIG_MAP;
    const yaml_char_t *anchor =
        is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag =
        is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    if (anchor || tag) {
        return refuse(builder, event, "anchors and tags are not supported",
                      "write the value out");
    }
    if (builder->depth == CONFIG_DEPTH_LIMIT) {
        return refuse(builder, event, "nested more than 32 levels deep", NULL);
    }
    struct config_node *node = make_node(builder, event, kind);
    if (!attach(builder, event, node)) {
        return false;
    }
    builder->frames[builder->depth++] = (struct frame){ .node = node };
    return true;
}

static bool open_document(struct builder *builder, const yaml_event_t *event)
{
    if (++builder->document_count > 1) {
        return refuse(builder, event, "a second document", "remove the line '---'");
    }
    return true;
}

static bool take_event(struct builder *builder, const yaml_event_t *event)
{
    switch ((int)event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return open_document(builder, event);
    case YAML_SCALAR_EVENT:
        return add_scalar(builder, event);
    case YAML_MAPPING_START_EVENT:
        return open_node(builder, event, CONFIG_MAP);
    case YAML_SEQUENCE_START_EVENT:
        return open_node(builder, event, CONFIG_LIST);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        builder->depth--;
        return true;
    case YAML_ALIAS_EVENT:
        return refuse(builder, event, "aliases are not supported", "write the value out");
    default:
        return true;
    }
}

/* libyaml says what it missed, and while doing what. */
static bool refuse_syntax(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    struct span at = span_of(builder, &parser->problem_mark, &parser->problem_mark);
    if (parser->error == YAML_READER_ERROR) {
        at.start = at.end = builder->skipped + parser->problem_offset;
    }
    const char *problem = parser->problem ? parser->problem : "unreadable";
    if (!parser->context || parser->error == YAML_READER_ERROR) {
        problems_add(builder->problems, PROBLEM_INPUT, at, NULL, "invalid YAML: %s", problem);
        return false;
    }
    struct span context = span_of(builder, &parser->context_mark, &parser->context_mark);
    problems_add_related(builder->problems, PROBLEM_INPUT, at, context, parser->context,
                         "invalid YAML: %s", problem);
    return false;
}

static bool build(struct builder *builder)
{
    bool is_done = false;
    while (!is_done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&builder->parser, &event)) {
            return refuse_syntax(builder);
        }
        is_done = event.type == YAML_STREAM_END_EVENT;
        bool is_fine = take_event(builder, &event);
        yaml_event_delete(&event);
        if (!is_fine) {
            return false;
        }
    }
    return true;
}

/* What libyaml would report without a place, or not at all. */
static bool has_fine_bytes(const struct source *source, struct problems *problems)
{
    struct text bytes = source->bytes;
    if (bytes.size > CONFIG_SIZE_LIMIT) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL, "'%.*s' is larger than 4 MiB",
                     TEXT_ARG(source->name));
        return false;
    }
    size_t at = utf8_valid_size(bytes);
    size_t nul = text_find_byte(bytes, '\0', 0);
    if (at < bytes.size || nul < bytes.size) {
        size_t bad = at < nul ? at : nul;
        problems_add(problems, PROBLEM_INPUT, span_make(source, bad, bad + 1),
                     "save the file as UTF-8 text", "%s",
                     bad == nul ? "NUL byte" : "invalid UTF-8");
        return false;
    }
    return true;
}

bool config_document_parse(const struct source *source, struct arena *arena,
                           const struct config_node **ret_root, struct problems *problems)
{
    if (!has_fine_bytes(source, problems)) {
        return false;
    }
    struct builder builder = { .arena = arena, .problems = problems, .source = source };
    builder.skipped = text_starts_with(source->bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    builder.mark_offset = builder.skipped;
    struct text bytes = text_from(source->bytes, builder.skipped);
    if (!yaml_parser_initialize(&builder.parser)) {
        BUG("libyaml cannot start");
    }
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)bytes.at, bytes.size);
    bool is_fine = build(&builder);
    yaml_parser_delete(&builder.parser);
    if (!is_fine) {
        return false;
    }
    if (!builder.root) {
        builder.root = ARENA_NEW(arena, struct config_node);
        builder.root->kind = CONFIG_MAP;
        builder.root->at = span_make(source, 0, 0);
    }
    *ret_root = builder.root;
    return true;
}

const struct config_node *config_node_find(const struct config_node *map, struct text key)
{
    for (const struct config_node *at = map->first; at; at = at->next) {
        if (text_equal(at->key, key)) {
            return at;
        }
    }
    return NULL;
}

bool config_node_is_nothing(const struct config_node *node)
{
    return node->kind == CONFIG_SCALAR && node->is_plain &&
           (node->text.size == 0 || text_is(node->text, "~") || text_is(node->text, "null"));
}
