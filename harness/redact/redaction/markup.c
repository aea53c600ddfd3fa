/* SPDX-License-Identifier: MIT */
/*
 * HTML and XML by their tags, as written: hidden fields and meta elements whose name is sensitive,
 * sensitive attributes and elements, URLs, scripts. Broken markup is read as far as it goes.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"

enum { ATTRIBUTES_LIMIT = 64 };

struct tag_attribute {
    struct text name;
    size_t start; /* of the value, without quotes */
    size_t end;
};

struct tag {
    struct text name;
    struct tag_attribute attributes[ATTRIBUTES_LIMIT];
    size_t count;
    size_t end; /* after the '>' */
    bool is_end;
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '/';
}

static bool ends_name(char byte)
{
    return is_blank(byte) || byte == '>' || byte == '=';
}

static size_t skip(struct text markup, size_t at, bool (*fits)(char byte), bool is_wanted)
{
    while (at < markup.size && fits(markup.at[at]) == is_wanted)
        at++;
    return at;
}

/* The value behind the '=' at `at`. Returns where it ends, quotes included. */
static size_t read_value(struct text markup, size_t at, struct tag_attribute *attribute)
{
    at = skip(markup, at + 1, is_blank, true);
    char quote = at < markup.size ? markup.at[at] : '\0';
    if (quote == '"' || quote == '\'') {
        attribute->start = at + 1;
        attribute->end = text_find_byte(markup, quote, at + 1);
        return attribute->end + 1;
    }
    attribute->start = at;
    while (at < markup.size && markup.at[at] != '>' && markup.at[at] != ' ' &&
           markup.at[at] != '\n')
        at++;
    attribute->end = at;
    return at;
}

/* Reads the tag whose '<' stands at `at`. */
static void read_tag(struct text markup, size_t at, struct tag *tag)
{
    at++;
    tag->is_end = at < markup.size && markup.at[at] == '/';
    tag->count = 0;
    at += tag->is_end;
    size_t end = skip(markup, at, ends_name, false);
    tag->name = text_slice(markup, at, end);
    at = skip(markup, end, is_blank, true);
    while (at < markup.size && markup.at[at] != '>' && tag->count < ATTRIBUTES_LIMIT) {
        struct tag_attribute *attribute = &tag->attributes[tag->count++];
        end = skip(markup, at + (markup.at[at] == '='), ends_name, false);
        *attribute = (struct tag_attribute){ text_slice(markup, at, end), end, end };
        at = skip(markup, end, is_blank, true);
        if (at < markup.size && markup.at[at] == '=')
            at = skip(markup, read_value(markup, at, attribute), is_blank, true);
    }
    while (at < markup.size && markup.at[at] != '>')
        at++;
    tag->end = at < markup.size ? at + 1 : markup.size;
}

/* What <input name=… value=…> and <meta name=… content=…> call their value; else empty. */
static struct text field_name(struct text markup, const struct tag *tag)
{
    for (size_t i = 0; i < tag->count; i++)
        if (text_equal_ignoring_case(tag->attributes[i].name, TEXT("name")))
            return text_slice(markup, tag->attributes[i].start, tag->attributes[i].end);
    return TEXT_EMPTY;
}

static void redact_tag(struct redaction *redaction, struct arena *arena, struct splice *splice,
                       const struct tag *tag)
{
    struct text field = field_name(splice->original, tag);
    for (size_t i = 0; i < tag->count; i++) {
        const struct tag_attribute *attribute = &tag->attributes[i];
        struct text value = text_slice(splice->original, attribute->start, attribute->end);
        bool is_field = text_equal_ignoring_case(attribute->name, TEXT("value")) ||
                        text_equal_ignoring_case(attribute->name, TEXT("content"));
        const struct naming naming = { .name = is_field && field.size > 0 ? field
                                                                          : attribute->name };
        struct redaction_rules all = { 0 };
        bool is_value = is_field || redaction_kind_built_in(REDACTION_MEMBER, attribute->name,
                                                            value) != NULL;
        const struct redaction_rules *rules = redaction->rules;
        if (!is_value)
            redaction->rules = &all; /* an import keeps the structure */
        struct text redacted =
            redaction_named(redaction, arena, REDACTION_MEMBER, &naming, value);
        redaction->rules = rules;
        splice_update(splice, attribute->start, attribute->end, redacted);
    }
}

/* The text between two tags: of a script, of an element with a name. */
static struct text redact_text(struct redaction *redaction, struct arena *arena,
                               const struct tag *tag, struct text content)
{
    if (text_trim(content).size == 0)
        return content;
    struct text json;
    if (!tag->is_end && text_equal_ignoring_case(tag->name, TEXT("script")))
        return redaction_json(redaction, arena, NULL, content, &json)
                   ? json
                   : redaction_loose(redaction, arena, content);
    const struct naming naming = { .name = tag->is_end ? TEXT_EMPTY : tag->name };
    return redaction_named(redaction, arena, REDACTION_MEMBER, &naming, content);
}

/* Where the text behind the tag ends: a script's at its end tag. */
static size_t text_end(struct text markup, const struct tag *tag)
{
    bool is_script = !tag->is_end && text_equal_ignoring_case(tag->name, TEXT("script"));
    return is_script ? text_find(markup, TEXT("</"), tag->end)
                     : text_find_byte(markup, '<', tag->end);
}

struct text redaction_markup(struct redaction *redaction, struct arena *arena,
                             struct text markup)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, markup);
    struct tag tag;
    for (size_t at = text_find_byte(markup, '<', 0); at < markup.size;) {
        read_tag(markup, at, &tag);
        redact_tag(redaction, arena, &splice, &tag);
        at = text_end(markup, &tag);
        splice_update(&splice, tag.end, at,
                      redact_text(redaction, arena, &tag, text_slice(markup, tag.end, at)));
    }
    return splice_end(&splice, arena);
}
