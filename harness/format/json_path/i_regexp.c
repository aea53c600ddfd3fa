/* SPDX-License-Identifier: MIT */
#include "format/json_path/i_regexp.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

struct translation {
    struct text pattern;
    size_t at;
    unsigned depth;
    struct buffer out;
};

static char peek(const struct translation *translation)
{
    return translation->at < translation->pattern.size
               ? translation->pattern.at[translation->at]
               : '\0';
}

static bool is_at_end(const struct translation *translation)
{
    return translation->at >= translation->pattern.size;
}

static void copy(struct translation *translation, size_t size)
{
    buffer_add(&translation->out,
               text_slice(translation->pattern, translation->at, translation->at + size));
    translation->at += size;
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* \p{Lu}, \P{L}: a category of one or two letters. */
static bool translate_property(struct translation *translation)
{
    static const char majors[] = "LMNPZSC";
    static const char *const minors[] = { "lmotu", "cen",  "dlo", "cdefios",
                                          "lps",   "ckmo", "cfno" };
    struct text rest = text_from(translation->pattern, translation->at);
    size_t end = text_find_byte(rest, '}', 0);
    if (rest.size < 5 || rest.at[2] != '{' || end == rest.size || end < 4 || end > 5) {
        return false;
    }
    const char *major = is_one_of(rest.at[3], majors) ? strchr(majors, rest.at[3]) : NULL;
    if (!major || (end == 5 && !is_one_of(rest.at[4], minors[major - majors]))) {
        return false;
    }
    copy(translation, end + 1);
    return true;
}

static bool translate_escape(struct translation *translation)
{
    char c = translation->at + 1 < translation->pattern.size
                 ? translation->pattern.at[translation->at + 1]
                 : '\0';
    if (c == 'p' || c == 'P') {
        return translate_property(translation);
    }
    if (!is_one_of(c, "()*+-.?[\\]^nrt{|}")) {
        return false;
    }
    copy(translation, 2);
    return true;
}

/* One character that stands for itself. '^' and '$' outside of [] are left to be anchors, as the
 * JSONPath compliance suite has them. */
static bool translate_plain(struct translation *translation)
{
    size_t size = utf8_decode(text_from(translation->pattern, translation->at), NULL);
    copy(translation, size);
    return size > 0;
}

/* CCchar */
static bool translate_class_character(struct translation *translation)
{
    char c = peek(translation);
    if (c == '\\') {
        char escaped = translation->at + 1 < translation->pattern.size
                           ? translation->pattern.at[translation->at + 1]
                           : '\0';
        return escaped != 'p' && escaped != 'P' && translate_escape(translation);
    }
    if (c == '^') {
        buffer_add_byte(&translation->out, '\\');
    }
    return !is_one_of(c, "-[]") && translate_plain(translation);
}

/* CCE1 */
static bool translate_class_item(struct translation *translation)
{
    struct text rest = text_from(translation->pattern, translation->at);
    if (text_starts_with(rest, TEXT("\\p")) || text_starts_with(rest, TEXT("\\P"))) {
        return translate_property(translation);
    }
    if (!translate_class_character(translation)) {
        return false;
    }
    rest = text_from(translation->pattern, translation->at);
    if (!text_starts_with(rest, TEXT("-")) || text_starts_with(rest, TEXT("-]"))) {
        return true;
    }
    copy(translation, 1);
    return translate_class_character(translation);
}

/* charClassExpr, behind '['. */
static bool translate_class(struct translation *translation)
{
    copy(translation, 1);
    if (peek(translation) == '^') {
        copy(translation, 1);
    }
    bool is_first = true;
    while (!is_at_end(translation) && peek(translation) != ']') {
        struct text rest = text_from(translation->pattern, translation->at);
        if (rest.at[0] == '-' && (is_first || text_starts_with(rest, TEXT("-]")))) {
            buffer_add_string(&translation->out, "\\-");
            translation->at++;
        } else if (!translate_class_item(translation)) {
            return false;
        }
        is_first = false;
    }
    if (is_first || is_at_end(translation)) {
        return false;
    }
    copy(translation, 1);
    return true;
}

static size_t skip_digits(const struct translation *translation, size_t at)
{
    while (at < translation->pattern.size && translation->pattern.at[at] >= '0' &&
           translation->pattern.at[at] <= '9') {
        at++;
    }
    return at;
}

/* {2} {2,} {2,5} */
static bool translate_range(struct translation *translation)
{
    size_t start = translation->at + 1;
    size_t at = skip_digits(translation, start);
    struct text pattern = translation->pattern;
    if (at == start) {
        return false;
    }
    if (at < pattern.size && pattern.at[at] == ',') {
        at = skip_digits(translation, at + 1);
    }
    if (at >= pattern.size || pattern.at[at] != '}') {
        return false;
    }
    copy(translation, at + 1 - translation->at);
    return true;
}

static bool translate_quantifier(struct translation *translation)
{
    char c = peek(translation);
    if (is_one_of(c, "*+?")) {
        copy(translation, 1);
        return true;
    }
    return c != '{' || translate_range(translation);
}

static bool translate_branches(struct translation *translation);

static bool translate_group(struct translation *translation)
{
    translation->at++;
    buffer_add_string(&translation->out, "(?:");
    if (++translation->depth > I_REGEXP_NESTING_LIMIT || !translate_branches(translation) ||
        peek(translation) != ')') {
        return false;
    }
    translation->depth--;
    copy(translation, 1);
    return true;
}

static bool translate_atom(struct translation *translation)
{
    char c = peek(translation);
    switch (c) {
    case '(':
        return translate_group(translation);
    case '[':
        return translate_class(translation);
    case '\\':
        return translate_escape(translation);
    case '.':
        translation->at++;
        buffer_add_string(&translation->out, "[^\\n\\r]");
        return true;
    default:
        return !is_one_of(c, ")*+?]{|}") && translate_plain(translation);
    }
}

static bool translate_branches(struct translation *translation)
{
    while (!is_at_end(translation) && peek(translation) != ')') {
        if (peek(translation) == '|') {
            copy(translation, 1);
        } else if (!translate_atom(translation) || !translate_quantifier(translation)) {
            return false;
        }
    }
    return true;
}

bool i_regexp_compile(struct text pattern, bool is_whole, struct regex **ret_regex,
                      size_t *ret_error_offset)
{
    struct translation translation = { .pattern = pattern };
    buffer_init(&translation.out, REGEX_PATTERN_LIMIT_BYTES);
    bool is_compiled = translate_branches(&translation) && is_at_end(&translation) &&
                       !translation.out.is_over_limit &&
                       regex_compile(buffer_text(&translation.out), is_whole ? REGEX_WHOLE : 0,
                                     ret_regex, NULL);
    if (!is_compiled && ret_error_offset) {
        *ret_error_offset = translation.at;
    }
    buffer_release(&translation.out);
    return is_compiled;
}
