/* SPDX-License-Identifier: MIT */
#include "base/glob.h"

#include "base/buffer.h"

/* Braces become alternatives, once. */

struct expansion {
    struct arena *arena;
    struct text *list;
    size_t count;
    const char *reason;
};

/* The offset after the escaped or single byte at `at`. */
static size_t after(struct text pattern, size_t at)
{
    return pattern.at[at] == '\\' && at + 1 < pattern.size ? at + 2 : at + 1;
}

/* The offset of the } of the { at `open`, or the size. */
static size_t closing(struct text pattern, size_t open)
{
    size_t depth = 0;
    for (size_t at = open; at < pattern.size; at = after(pattern, at)) {
        if (pattern.at[at] == '{') {
            depth++;
        } else if (pattern.at[at] == '}' && --depth == 0) {
            return at;
        }
    }
    return pattern.size;
}

/* The end of the alternative that starts at `start`: a comma of this depth, or `end`. */
static size_t alternative_end(struct text pattern, size_t start, size_t end)
{
    size_t depth = 0;
    size_t at = start;
    while (at < end && (depth > 0 || pattern.at[at] != ',')) {
        depth += pattern.at[at] == '{';
        depth -= pattern.at[at] == '}';
        at = after(pattern, at);
    }
    return at < end ? at : end;
}

static bool expand(struct expansion *expansion, struct text pattern)
{
    size_t open = 0;
    while (open < pattern.size && pattern.at[open] != '{') {
        open = after(pattern, open);
    }
    if (open >= pattern.size) {
        if (expansion->count == GLOB_ALTERNATIVES_LIMIT) {
            expansion->reason = "braces with more than 256 combinations";
            return false;
        }
        expansion->list[expansion->count++] = pattern;
        return true;
    }
    size_t close = closing(pattern, open);
    if (close == pattern.size) {
        expansion->reason = "a '{' without its '}'";
        return false;
    }
    for (size_t start = open + 1; start <= close;) {
        size_t end = alternative_end(pattern, start, close);
        struct text one = arena_format(
            expansion->arena, "%.*s%.*s%.*s", TEXT_ARG(text_slice(pattern, 0, open)),
            TEXT_ARG(text_slice(pattern, start, end)), TEXT_ARG(text_from(pattern, close + 1)));
        if (!expand(expansion, one)) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

static const char *wrong_with(struct text pattern)
{
    if (pattern.size == 0) {
        return "an empty pattern";
    }
    if (pattern.at[0] == '/') {
        return "a path from the root of the disk";
    }
    for (size_t at = 0; at < pattern.size; at = after(pattern, at)) {
        if (pattern.at[at] == '[') {
            size_t first = at + 1 < pattern.size && strchr("!^", pattern.at[at + 1]) ? 2 : 1;
            at = text_find_byte(pattern, ']', at + first + 1);
            if (at >= pattern.size) {
                return "a '[' without its ']'";
            }
        }
        if (pattern.at[at] == '\\' && at + 1 == pattern.size) {
            return "a backslash with nothing behind it";
        }
    }
    return NULL;
}

bool glob_parse(struct text pattern, struct arena *arena, struct glob *ret_glob,
                const char **ret_reason)
{
    struct glob glob = { .written = arena_text(arena, pattern) };
    struct text rest = glob.written;
    glob.is_exception = text_starts_with(rest, TEXT("!"));
    rest = text_from(rest, glob.is_exception);
    rest = text_from(rest, text_starts_with(rest, TEXT("./")) ? 2 : 0);
    const char *reason = wrong_with(rest);
    if (reason) {
        *ret_reason = reason;
        return false;
    }
    if (text_ends_with(rest, TEXT("/"))) {
        rest = arena_format(arena, "%.*s**", TEXT_ARG(rest));
    }
    struct expansion expansion = { .arena = arena };
    bool has_braces = text_find_byte(rest, '{', 0) < rest.size;
    expansion.list = ARENA_ARRAY(arena, has_braces ? GLOB_ALTERNATIVES_LIMIT : 1, struct text);
    if (!expand(&expansion, rest)) {
        *ret_reason = expansion.reason;
        return false;
    }
    glob.alternatives = expansion.list;
    glob.count = expansion.count;
    *ret_glob = glob;
    return true;
}

/* Matching. Of several stars only the last one has to be tried again, for names as for folders. */

/* One of a class, "a" or "a-z", at the front of *members; moves *members behind it. */
static bool member_matches(struct text *members, unsigned char byte)
{
    unsigned char low = (unsigned char)members->at[0];
    unsigned char high = low;
    size_t used = 1;
    if (members->size > 2 && members->at[1] == '-') {
        high = (unsigned char)members->at[2];
        used = 3;
    }
    *members = text_from(*members, used);
    return byte >= low && byte <= high;
}

/* "[!a-z]" at the front of *pattern, against the byte; moves *pattern behind it. */
static bool class_matches(struct text *pattern, char byte)
{
    bool is_negated = pattern->at[1] == '!' || pattern->at[1] == '^';
    size_t first = is_negated ? 2 : 1;
    size_t end = text_find_byte(*pattern, ']', first + 1);
    struct text members = text_slice(*pattern, first, end);
    bool is_in = false;
    while (members.size > 0) {
        is_in = member_matches(&members, (unsigned char)byte) || is_in;
    }
    *pattern = text_from(*pattern, end + 1);
    return is_in != is_negated;
}

static size_t code_point_size(struct text name)
{
    size_t size = 1;
    while (size < name.size && ((unsigned char)name.at[size] & 0xC0) == 0x80) {
        size++;
    }
    return size;
}

/* One step of both; false: they differ here. */
static bool step(struct text *pattern, struct text *name)
{
    size_t used = 1;
    if (pattern->size == 0 || name->size == 0) {
        return false;
    }
    if (pattern->at[0] == '[') {
        if (!class_matches(pattern, name->at[0])) {
            return false;
        }
    } else if (pattern->at[0] == '?') {
        used = code_point_size(*name);
        *pattern = text_from(*pattern, 1);
    } else {
        size_t escape = pattern->at[0] == '\\' && pattern->size > 1;
        if (pattern->at[escape] != name->at[0]) {
            return false;
        }
        *pattern = text_from(*pattern, escape + 1);
    }
    *name = text_from(*name, used);
    return true;
}

static bool name_matches(struct text pattern, struct text name)
{
    struct text after_star = { 0 };
    struct text tried = TEXT_EMPTY;
    while (pattern.size > 0 || name.size > 0) {
        if (pattern.size > 0 && pattern.at[0] == '*') {
            pattern = text_from(pattern, 1);
            after_star = pattern.size > 0 ? pattern : TEXT_EMPTY;
            tried = name;
        } else if (!step(&pattern, &name)) {
            if (!after_star.at || tried.size == 0) {
                return false;
            }
            tried = text_from(tried, 1);
            name = tried;
            pattern = after_star;
        }
    }
    return true;
}

/* The first name of a path; rest->at is NULL behind the last. */
static struct text first_name(struct text path, struct text *ret_rest)
{
    struct text name = TEXT_EMPTY;
    *ret_rest = path;
    (void)text_take_until(ret_rest, '/', &name);
    return name;
}

/* Where a match stands; `at` of a text is NULL behind its end. */
struct walk {
    struct text pattern;
    struct text path;
    bool has_stars;
    struct text after_stars;
    struct text tried; /* where what the stars do not cover begins */
};

/* Takes the next of both; false: they differ here. */
static bool take_names(struct walk *walk)
{
    struct text pattern_rest;
    struct text path_rest;
    struct text part = first_name(walk->pattern, &pattern_rest);
    struct text name = first_name(walk->path, &path_rest);
    if (text_is(part, "**")) {
        /* At the end it stands for what is in a folder: at least one name. */
        bool is_last = pattern_rest.at == NULL;
        walk->has_stars = true;
        walk->after_stars = walk->pattern = pattern_rest;
        walk->tried = walk->path;
        walk->path = is_last && walk->path.at ? (struct text){ 0 } : walk->path;
        return !is_last || walk->tried.at;
    }
    if (!walk->pattern.at || !walk->path.at || !name_matches(part, name)) {
        return false;
    }
    walk->pattern = pattern_rest;
    walk->path = path_rest;
    return true;
}

static bool path_matches(struct text pattern, struct text path)
{
    struct walk walk = { .pattern = pattern, .path = path };
    while (walk.pattern.at || walk.path.at) {
        if (take_names(&walk)) {
            continue;
        }
        if (!walk.has_stars || !walk.tried.at) {
            return false;
        }
        (void)first_name(walk.tried, &walk.tried);
        walk.path = walk.tried;
        walk.pattern = walk.after_stars;
    }
    return true;
}

bool glob_matches(const struct glob *glob, struct text path)
{
    for (size_t i = 0; i < glob->count; i++) {
        if (path_matches(glob->alternatives[i], path)) {
            return true;
        }
    }
    return false;
}

bool globs_match(const struct globs *globs, struct text path)
{
    for (size_t i = globs->count; i > 0; i--) {
        if (glob_matches(&globs->list[i - 1], path)) {
            return !globs->list[i - 1].is_exception;
        }
    }
    return false;
}
