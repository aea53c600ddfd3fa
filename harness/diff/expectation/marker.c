/* SPDX-License-Identifier: MIT */
/* The markers: "#uuid", "#integer 1..9", "#one of …". */
#include "base/near.h"
#include "diff/expectation/compiler.h"

/* How much a marker takes behind its word. */
enum marker_rest { REST_NONE, REST_LENGTH, REST_NUMBER };

static const struct marker {
    struct text word;
    enum expected_type type;
    enum marker_rest rest;
} markers[] = {
    { TEXT_STATIC("string"), EXPECTED_STRING, REST_LENGTH },
    { TEXT_STATIC("number"), EXPECTED_NUMBER, REST_NUMBER },
    { TEXT_STATIC("integer"), EXPECTED_INTEGER, REST_NUMBER },
    { TEXT_STATIC("boolean"), EXPECTED_BOOLEAN, REST_NONE },
    { TEXT_STATIC("array"), EXPECTED_ARRAY, REST_LENGTH },
    { TEXT_STATIC("object"), EXPECTED_AN_OBJECT, REST_LENGTH },
    { TEXT_STATIC("null"), EXPECTED_NULL, REST_NONE },
    { TEXT_STATIC("not null"), EXPECTED_NOT_NULL, REST_NONE },
    { TEXT_STATIC("uuid"), EXPECTED_UUID, REST_NONE },
    { TEXT_STATIC("url"), EXPECTED_URL, REST_NONE },
    { TEXT_STATIC("email"), EXPECTED_EMAIL, REST_NONE },
};

static const char *const other_words[] = { "regex",  "date",      "one of", "ignore",
                                           "absent", "any order", "each",   "contains" };

static bool refuse(struct expected_compiler *compiler, const struct json_value *written,
                   const char *hint, const char *message)
{
    struct span at = json_span(compiler->expectation->source, written);
    problems_add(compiler->problems, PROBLEM_INPUT, at, hint, "%s: '%.*s'", message,
                 TEXT_ARG(json_text(written)));
    return false;
}

static bool refuse_unknown(struct expected_compiler *compiler, const struct json_value *written,
                           struct text word)
{
    struct near near;
    struct buffer hint;
    near_init(&near, word);
    for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
        near_offer(&near, markers[i].word);
    }
    for (size_t i = 0; i < ARRAY_SIZE(other_words); i++) {
        near_offer(&near, text_of(other_words[i]));
    }
    refuse(compiler, written, NULL, "unknown marker");
    buffer_init(&hint, 256);
    if (near.count) {
        buffer_add_string(&hint, "did you mean ");
        near_print(&hint, &near);
        buffer_add_string(&hint, "? ");
    }
    problems_hint(compiler->problems, "%sthe text itself is written with \"\\\\#\"",
                  hint.size ? hint.at : "");
    buffer_release(&hint);
    return false;
}

static bool compile_regex(struct expected_compiler *compiler, const struct json_value *written,
                          struct text pattern, struct expected *expected)
{
    struct regex_error error = { 0 };
    expected->kind = EXPECTED_REGEX;
    if (!regex_compile(pattern, 0, &expected->regex, &error)) {
        return refuse(compiler, written, error.message, "not a regular expression");
    }
    struct expected_regex *kept =
        ARENA_NEW(&compiler->expectation->arena, struct expected_regex);
    *kept = (struct expected_regex){ compiler->expectation->regexes, expected->regex };
    compiler->expectation->regexes = kept;
    return true;
}

static bool compile_one_of(struct expected_compiler *compiler, const struct json_value *written,
                           struct text list, struct expected *expected)
{
    struct arena *arena = &compiler->expectation->arena;
    const struct json_value *choices = NULL;
    if (!json_parse_text(arena_format(arena, "[%.*s]", TEXT_ARG(list)), arena, &choices) ||
        choices->count == 0) {
        return refuse(compiler, written, "write \"#one of \\\"won\\\", 3, null\"",
                      "not a list of JSON values");
    }
    expected->kind = EXPECTED_ONE_OF;
    expected->count = choices->count;
    expected->items = ARENA_ARRAY(arena, choices->count, struct expected);
    for (size_t i = 0; i < choices->count; i++) {
        expected->items[i].written = &choices->children[i];
    }
    return true;
}

static bool compile_date(struct expected_compiler *compiler, const struct json_value *written,
                         struct text rest, struct expected *expected)
{
    expected->kind = EXPECTED_DATE;
    return expected_parse_date(rest, &expected->date) ||
           refuse(compiler, written,
                  "write \"#date\", \"#date before now\", \"#date after 2026-01-31\", "
                  "\"#date within 5 s\" or \"#date within 1 day of 2026-01-31\"",
                  "not a date marker");
}

static bool compile_type(struct expected_compiler *compiler, const struct json_value *written,
                         const struct marker *marker, struct text rest,
                         struct expected *expected)
{
    expected->kind = EXPECTED_TYPE;
    expected->type = marker->type;
    if (rest.size == 0) {
        return true;
    }
    if (marker->rest == REST_NONE) {
        return refuse(compiler, written, NULL, "nothing may stand behind this marker");
    }
    bool is_of_length = marker->rest == REST_LENGTH;
    return expected_parse_range(rest, is_of_length, &expected->range) ||
           refuse(compiler, written,
                  is_of_length ? "a length is 3, 3.., ..20 or 3..20"
                               : "a range is > 0, >= 0, < 9, <= 9, 1..9, 1.., ..9 or "
                                 "± 1 % of 250",
                  "not a range");
}

/* True when marker is the word, alone or followed by a blank and *ret_rest. */
static bool takes(struct text marker, struct text word, struct text *ret_rest)
{
    if (!text_starts_with(marker, word)) {
        return false;
    }
    struct text rest = text_from(marker, word.size);
    if (rest.size > 0 && rest.at[0] != ' ') {
        return false;
    }
    *ret_rest = rest.size ? text_from(rest, 1) : rest;
    return true;
}

static bool refuse_placed(struct expected_compiler *compiler, const struct json_value *written,
                          struct text marker)
{
    struct text rest;
    if (takes(marker, TEXT("absent"), &rest)) {
        return refuse(compiler, written, NULL, "this marker stands for a member of an object");
    }
    if (takes(marker, TEXT("any order"), &rest) || takes(marker, TEXT("contains"), &rest) ||
        takes(marker, TEXT("each"), &rest)) {
        return refuse(compiler, written, NULL, "this marker stands first in an array, alone");
    }
    return refuse_unknown(compiler, written, marker);
}

bool expected_compile_marker(struct expected_compiler *compiler,
                             const struct json_value *written, struct expected *ret_expected)
{
    struct text marker = text_from(json_text(written), 1);
    struct text rest;
    for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
        if (takes(marker, markers[i].word, &rest)) {
            return compile_type(compiler, written, &markers[i], rest, ret_expected);
        }
    }
    if (text_is(marker, "ignore")) {
        ret_expected->kind = EXPECTED_IGNORE;
        return true;
    }
    if (takes(marker, TEXT("regex"), &rest) && rest.size) {
        return compile_regex(compiler, written, rest, ret_expected);
    }
    if (takes(marker, TEXT("date"), &rest)) {
        return compile_date(compiler, written, rest, ret_expected);
    }
    if (takes(marker, TEXT("one of"), &rest)) {
        return compile_one_of(compiler, written, rest, ret_expected);
    }
    return refuse_placed(compiler, written, marker);
}
