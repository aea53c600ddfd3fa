/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask.h"

#include "diff/mask/mask_place.h"
#include "diff/mask/mask_rule.h"

static bool is_method(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        if ((word.at[i] < 'A' || word.at[i] > 'Z') && word.at[i] != '-') {
            return false;
        }
    }
    return word.size > 0;
}

/* The path of a scope, without its first slash; "/" alone is a pattern without alternatives. */
static bool read_scope_path(struct arena *arena, struct text path, struct glob *ret_glob,
                            const char **ret_reason)
{
    if (path.size == 0 || path.at[0] != '/' || text_find_byte(path, '?', 0) < path.size) {
        return false;
    }
    return path.size == 1 || glob_parse(text_from(path, 1), arena, ret_glob, ret_reason);
}

/* `GET /api/lobby`, or a path alone, or one behind a star. */
static bool read_scope(struct arena *arena, struct text on, struct span at, struct mask *mask,
                       struct problems *problems)
{
    const char *reason = "no method and path";
    on = text_trim(on);
    bool has_method = on.size && on.at[0] != '/';
    struct text method = text_slice(on, 0, has_method ? text_find_byte(on, ' ', 0) : 0);
    struct text path = text_trim(text_from(on, method.size));
    bool is_any = !has_method || text_is(method, "*");
    if (on.size == 0) {
        return true;
    }
    if (!(is_any || is_method(method)) ||
        !read_scope_path(arena, path, &mask->url_path, &reason)) {
        problems_add(problems, PROBLEM_INPUT, at,
                     "write GET /api/lobby or /api/**, without a query",
                     "%s in the scope '%.*s'", reason, TEXT_ARG(on));
        return false;
    }
    mask->method = is_any ? TEXT_EMPTY : method;
    mask->has_url_path = true;
    return true;
}

static struct text shown(struct arena *arena, const struct mask_writing *writing)
{
    const char *blank = writing->on.size ? " " : "";
    return arena_format(arena, "%.*s%s%.*s %.*s", TEXT_ARG(writing->on), blank,
                        TEXT_ARG(text_trim(writing->at)),
                        TEXT_ARG(text_trim(writing->assertion)));
}

/* What a mask of a cookie stands for; its attributes are contract. */
static const struct mask_segment cookie_value[] = {
    { .kind = MASK_SEGMENT_NAME, .name = TEXT_STATIC("value") },
};

bool mask_parse(struct arena *arena, const struct mask_writing *writing, struct mask *ret_mask,
                struct problems *problems)
{
    struct mask *mask = ret_mask;
    *mask = (struct mask){ .at = writing->at_span, .minimum = MASK_LENGTH_ANY };
    struct place_reader reader = { .arena = arena,
                                   .written = arena_text(arena, writing->at),
                                   .at = writing->at_span,
                                   .mask = mask,
                                   .problems = problems };
    struct text assertion = text_trim(arena_text(arena, writing->assertion));
    reader.rest = text_trim(reader.written);
    mask->shown = shown(arena, writing);
    if (!read_scope(arena, arena_text(arena, writing->on), writing->on_span, mask, problems) ||
        !place_reader_read(&reader)) {
        return false;
    }
    if (reader.rest.size) {
        return place_reader_refuse(&reader, PLACE_HINT, "something behind the place");
    }
    if (!mask_rule_parse(arena, assertion, writing->assertion_span, mask, problems) ||
        !mask_rule_check(mask, writing->assertion_span, problems)) {
        return false;
    }
    if (mask->where == MASK_COOKIE && mask->rule != MASK_IGNORE) {
        mask->path = (struct mask_path){ cookie_value, 1 };
    }
    return true;
}

/* The size of the scope at the front of a line: a path, perhaps behind a word. */
static size_t size_of_scope(struct text line)
{
    size_t blank = text_find_byte(line, ' ', 0);
    if (line.size && line.at[0] == '/') {
        return blank;
    }
    return blank + 1 < line.size && line.at[blank + 1] == '/'
               ? text_find_byte(line, ' ', blank + 1)
               : 0;
}

/* The span of a part of the line. */
static struct span span_of(struct text line, struct span at, struct text part)
{
    size_t start = (size_t)(part.at - line.at);
    bool fits = at.source && at.end - at.start == line.size && part.size;
    return fits ? span_make(at.source, at.start + start, at.start + start + part.size) : at;
}

bool mask_split(struct arena *arena, struct text line, struct span at,
                struct mask_writing *ret_writing, struct problems *problems)
{
    struct mask ignored = { .where = MASK_JSON };
    struct text whole = text_trim(line);
    struct text on = text_slice(whole, 0, size_of_scope(whole));
    struct place_reader reader = { .arena = arena,
                                   .written = text_trim(text_from(whole, on.size)),
                                   .mask = &ignored,
                                   .problems = problems };
    reader.at = span_of(line, at, reader.written);
    reader.rest = reader.written;
    if (!place_reader_read(&reader)) {
        return false;
    }
    struct text place =
        text_trim(text_make(reader.written.at, (size_t)(reader.rest.at - reader.written.at)));
    *ret_writing = (struct mask_writing){ .on = on,
                                          .at = place,
                                          .assertion = reader.rest,
                                          .on_span = span_of(line, at, on),
                                          .at_span = span_of(line, at, place),
                                          .assertion_span = span_of(line, at, reader.rest) };
    return true;
}

bool mask_covers(const struct mask *mask, struct text method, struct text url_path)
{
    bool has_slash = url_path.size && url_path.at[0] == '/';
    struct text path = text_from(url_path, has_slash);
    bool is_covered =
        mask->url_path.count ? glob_matches(&mask->url_path, path) : path.size == 0;
    return (mask->method.size == 0 || text_equal(mask->method, method)) &&
           (!mask->has_url_path || is_covered);
}
