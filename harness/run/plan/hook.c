/* SPDX-License-Identifier: MIT */
#include "run/plan/hook.h"

#include "base/buffer.h"

enum { TAGS_LIMIT_BYTES = 4096 };

static const struct {
    struct text start;
    enum hook_kind kind;
} forms[] = {
    { TEXT_STATIC("@before-all"), HOOK_BEFORE_ALL },
    { TEXT_STATIC("@after-all"), HOOK_AFTER_ALL },
    { TEXT_STATIC("@before:"), HOOK_BEFORE },
    { TEXT_STATIC("@after:"), HOOK_AFTER },
};

bool hook_is_possible(struct text bytes)
{
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        if (text_contains(bytes, forms[i].start)) {
            return true;
        }
    }
    return false;
}

static enum hook_kind kind_of_tag(struct text tag, struct text *ret_tags)
{
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        bool takes_tags = forms[i].kind == HOOK_BEFORE || forms[i].kind == HOOK_AFTER;
        if (takes_tags ? text_starts_with(tag, forms[i].start)
                       : text_equal(tag, forms[i].start)) {
            *ret_tags = text_from(tag, forms[i].start.size);
            return forms[i].kind;
        }
    }
    return HOOK_NONE;
}

/* "@a,b" is "@a or @b": a tag holds no blank. */
static struct text expression_of(struct text tags, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, TAGS_LIMIT_BYTES);
    struct text part;
    while (text_take_until(&tags, ',', &part)) {
        buffer_add_string(&out, out.size ? " or " : "");
        if (part.size && part.at[0] != '@' && part.at[0] != '(') {
            buffer_add_byte(&out, '@');
        }
        buffer_add(&out, part);
    }
    return arena_text(arena, buffer_text(&out));
}

static bool parse_tags(struct text tags, struct span at, struct arena *arena,
                       const struct tag_expression **ret_tags, struct problems *problems)
{
    struct tag_expression_error error;
    struct text expression = expression_of(tags, arena);
    if (tags.size && tag_expression_parse(expression, arena, ret_tags, &error)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at,
                 "write a tag after the colon, or several with commas: @before:@omaha,@holdem",
                 "'%.*s' is no tag expression", TEXT_ARG(tags));
    return false;
}

/* The tag with all that is written to it: Gherkin sees two tags in "@before:@omaha". */
static struct text written_tag(const struct document *document, const struct tag *tag)
{
    struct text bytes = document->source->bytes;
    size_t end = tag->name.start;
    while (end < bytes.size && bytes.at[end] > ' ') {
        end++;
    }
    return text_slice(bytes, tag->name.start, end);
}

bool hook_of_document(const struct document *document, struct arena *arena,
                      enum hook_kind *ret_kind, const struct tag_expression **ret_tags,
                      struct problems *problems)
{
    const struct tags *list = document->feature ? document->feature->heading.tags : NULL;
    enum hook_kind found = HOOK_NONE;
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct text tags;
        struct span at = document_span(document, list->list[i].name);
        enum hook_kind kind = kind_of_tag(written_tag(document, &list->list[i]), &tags);
        if (kind == HOOK_NONE) {
            continue;
        }
        if (found != HOOK_NONE) {
            problems_add(problems, PROBLEM_INPUT, at, "make a feature of its own for each",
                         "a feature runs either before or after, and once");
            return false;
        }
        if ((kind == HOOK_BEFORE || kind == HOOK_AFTER) &&
            !parse_tags(tags, at, arena, ret_tags, problems)) {
            return false;
        }
        found = kind;
    }
    *ret_kind = found;
    return true;
}
