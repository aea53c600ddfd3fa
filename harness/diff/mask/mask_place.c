/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_place.h"

#include "base/near.h"

bool place_reader_refuse(struct place_reader *reader, const char *hint, const char *what)
{
    problems_add(reader->problems, PROBLEM_INPUT, reader->at, hint, "%s in the mask '%.*s'",
                 what, TEXT_ARG(reader->written));
    return false;
}

/* Where a part of written stands; the whole of it where that cannot be told. */
static struct span span_of(const struct place_reader *reader, struct text part)
{
    size_t start = (size_t)(part.at - reader->written.at);
    bool fits = reader->at.source && reader->at.end - reader->at.start == reader->written.size;
    return fits ? span_make(reader->at.source, reader->at.start + start,
                            reader->at.start + start + part.size)
                : reader->at;
}

/* Takes the text in double or single quotes off the front; `\` before any character means that
 * character. *ret_at: where the content stands. */
static bool take_quoted(struct place_reader *reader, struct text *ret_content,
                        struct span *ret_at)
{
    struct text rest = reader->rest = text_trim(reader->rest);
    char quote = rest.size ? rest.at[0] : '\0';
    char *copy = arena_alloc(reader->arena, rest.size + 1);
    size_t size = 0;
    size_t at = 1;
    if (quote != '"' && quote != '\'') {
        return place_reader_refuse(reader, PLACE_HINT, "no quoted name");
    }
    while (at < rest.size && rest.at[at] != quote) {
        at += rest.at[at] == '\\' && at + 1 < rest.size;
        copy[size++] = rest.at[at++];
    }
    if (at >= rest.size) {
        return place_reader_refuse(reader, "close the quote", "a quote without its end");
    }
    *ret_content = text_make(copy, size);
    *ret_at = span_of(reader, text_slice(rest, 1, at));
    reader->rest = text_trim(text_from(rest, at + 1));
    return true;
}

static bool read_path(struct place_reader *reader)
{
    struct text written;
    struct span at;
    bool is_xml = reader->mask->where == MASK_XML;
    if (!take_quoted(reader, &written, &at)) {
        return false;
    }
    return (is_xml ? mask_path_parse_xml : mask_path_parse)(
        reader->arena, written, at, &reader->mask->path, reader->problems);
}

static bool read_name(struct place_reader *reader)
{
    struct span at;
    if (!take_quoted(reader, &reader->mask->name, &at)) {
        return false;
    }
    return reader->mask->name.size > 0 || reader->mask->where == MASK_EVENT ||
           place_reader_refuse(reader, PLACE_HINT, "an empty name");
}

static bool read_alone(struct place_reader *reader)
{
    (void)reader;
    return true;
}

static bool take_word(struct text *rest, struct text word)
{
    bool is_there =
        text_starts_with(*rest, word) &&
        (rest->size == word.size || rest->at[word.size] == ' ' || rest->at[word.size] == '\t' ||
         rest->at[word.size] == '"' || rest->at[word.size] == '\'');
    if (is_there) {
        *rest = text_trim(text_from(*rest, word.size));
    }
    return is_there;
}

static bool read_event(struct place_reader *reader)
{
    if (!read_name(reader)) {
        return false;
    }
    if (!take_word(&reader->rest, TEXT("JSON"))) {
        return true;
    }
    reader->mask->where = MASK_EVENT_JSON;
    return read_path(reader);
}

static const struct place {
    struct text word;
    enum mask_where where;
    bool (*read)(struct place_reader *reader);
} places[] = {
    { TEXT_STATIC("JSON"), MASK_JSON, read_path },
    { TEXT_STATIC("XML"), MASK_XML, read_path },
    { TEXT_STATIC("HTML"), MASK_XML, read_path },
    { TEXT_STATIC("header"), MASK_HEADER, read_name },
    { TEXT_STATIC("cookie"), MASK_COOKIE, read_name },
    { TEXT_STATIC("status"), MASK_STATUS, read_alone },
    { TEXT_STATIC("text"), MASK_TEXT, read_alone },
    { TEXT_STATIC("event"), MASK_EVENT, read_event },
};

static bool refuse_word(struct place_reader *reader)
{
    struct near near;
    struct buffer hint CLEANUP(buffer_release);
    struct text rest = reader->rest;
    size_t blank = text_find_byte(rest, ' ', 0);
    buffer_init(&hint, BUFFER_NO_LIMIT); /* three short words */
    near_init(&near, text_slice(rest, 0, blank));
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        near_offer(&near, places[i].word);
    }
    near_print(&hint, &near);
    place_reader_refuse(reader, PLACE_HINT, "an unknown place");
    if (hint.size) {
        problems_hint(reader->problems, "did you mean %s?", hint.at);
    }
    return false;
}

bool place_reader_read(struct place_reader *reader)
{
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        if (take_word(&reader->rest, places[i].word)) {
            reader->mask->where = places[i].where;
            return places[i].read(reader);
        }
    }
    return refuse_word(reader);
}
