/* SPDX-License-Identifier: MIT */
/* The parser of {value}. Reading and comparing are in value_read.c and value_check.c. */
#include "world/value.h"

enum noun_form { FORM_PLAIN, FORM_STRING, FORM_COOKIE, FORM_PATH };

struct noun_row {
    struct text words;
    enum noun noun;
    enum noun_form form;
    enum subject_nature nature;
};

/* Longer words before those they begin with. */
static const struct noun_row nouns[] = {
    { TEXT_STATIC("status"), NOUN_STATUS, FORM_PLAIN, NATURE_STATUS },
    { TEXT_STATIC("header"), NOUN_HEADER, FORM_STRING, NATURE_TEXT },
    { TEXT_STATIC("cookie"), NOUN_COOKIE, FORM_COOKIE, NATURE_TEXT },
    { TEXT_STATIC("body"), NOUN_BODY, FORM_PLAIN, NATURE_TEXT },
    { TEXT_STATIC("size"), NOUN_SIZE, FORM_PLAIN, NATURE_SIZE },
    { TEXT_STATIC("response time"), NOUN_RESPONSE_TIME, FORM_PLAIN, NATURE_DURATION },
    { TEXT_STATIC("URL"), NOUN_URL, FORM_PLAIN, NATURE_TEXT },
    { TEXT_STATIC("JSON at"), NOUN_JSON, FORM_PATH, NATURE_JSON },
    { TEXT_STATIC("JSON"), NOUN_JSON, FORM_PLAIN, NATURE_JSON },
    { TEXT_STATIC("number of JSON values at"), NOUN_JSON_COUNT, FORM_STRING, NATURE_NUMBER },
    { TEXT_STATIC("HTML at"), NOUN_HTML, FORM_PATH, NATURE_TEXT },
    { TEXT_STATIC("XML at"), NOUN_XML, FORM_PATH, NATURE_TEXT },
    { TEXT_STATIC("variable"), NOUN_VARIABLE, FORM_STRING, NATURE_TEXT },
    { TEXT_STATIC("message JSON at"), NOUN_MESSAGE_JSON, FORM_PATH, NATURE_JSON },
    { TEXT_STATIC("message delay"), NOUN_MESSAGE_DELAY, FORM_PLAIN, NATURE_DURATION },
    { TEXT_STATIC("message spread"), NOUN_MESSAGE_SPREAD, FORM_PLAIN, NATURE_DURATION },
    { TEXT_STATIC("message"), NOUN_MESSAGE, FORM_PLAIN, NATURE_TEXT },
    { TEXT_STATIC("ping time"), NOUN_PING_TIME, FORM_PLAIN, NATURE_DURATION },
    { TEXT_STATIC("close reason"), NOUN_CLOSE_REASON, FORM_PLAIN, NATURE_TEXT },
    { TEXT_STATIC("member list of channel"), NOUN_MEMBERS, FORM_STRING, NATURE_JSON },
};

static bool take_words(struct text *rest, struct text words)
{
    bool is_there = text_starts_with(*rest, words) &&
                    (rest->size == words.size || rest->at[words.size] == ' ');
    if (is_there) {
        *rest = text_trim(text_from(*rest, words.size));
    }
    return is_there;
}

/* A quoted string with its quotes. */
static bool take_string(struct text *rest, struct text *ret_quoted)
{
    char quote = rest->size ? rest->at[0] : '\0';
    if (quote != '"' && quote != '\'') {
        return false;
    }
    for (size_t i = 1; i < rest->size; i++) {
        if (rest->at[i] == '\\') {
            i++;
        } else if (rest->at[i] == quote) {
            *ret_quoted = text_slice(*rest, 0, i + 1);
            *rest = text_trim(text_from(*rest, i + 1));
            return true;
        }
    }
    return false;
}

static enum quantifier take_quantifier(struct text *rest)
{
    return take_words(rest, TEXT("every"))  ? QUANTIFIER_EVERY
           : take_words(rest, TEXT("some")) ? QUANTIFIER_SOME
                                            : QUANTIFIER_ONE;
}

static bool take_form(struct text *rest, enum noun_form form, struct value *value)
{
    if (form == FORM_PLAIN) {
        return true;
    }
    if (form == FORM_PATH) {
        value->quantifier = take_quantifier(rest);
    }
    if (!take_string(rest, &value->name)) {
        return false;
    }
    if (form == FORM_COOKIE && take_words(rest, TEXT("attribute"))) {
        value->noun = NOUN_COOKIE_ATTRIBUTE;
        return take_string(rest, &value->attribute);
    }
    return true;
}

/* Where the words of the noun begin: after "the ", "my ", "alice's ", "all spectators' ". A quoted
 * string or a ${…} never holds it: whose is the longest prefix that ends before a known noun. */
static const struct noun_row *find_noun(struct text text, bool has_whose, size_t *ret_start)
{
    size_t start = 0;
    do {
        struct text rest = text_from(text, start);
        for (size_t i = 0; i < ARRAY_SIZE(nouns) && (start > 0 || !has_whose); i++) {
            if (take_words(&rest, nouns[i].words)) {
                *ret_start = start;
                return &nouns[i];
            }
        }
        start = text_find_byte(text, ' ', start) + 1;
    } while (has_whose && start < text.size);
    return NULL;
}

bool value_parse(struct text text, struct span at, bool has_whose, struct value *ret_value,
                 struct problems *problems)
{
    struct value value = { .whose = TEXT("the"), .words = text, .at = at };
    size_t start = 0;
    const struct noun_row *row = find_noun(text, has_whose, &start);
    if (!row) {
        problems_add(
            problems, PROBLEM_INPUT, at,
            "write one of: status, header \"X\", cookie \"x\", body, size, response time, "
            "URL, JSON, JSON at \"$.x\", HTML at \"//x\", XML at \"//x\", variable \"x\"",
            "unknown value '%.*s'", TEXT_ARG(text));
        return false;
    }
    if (has_whose) {
        value.whose = text_trim(text_slice(text, 0, start));
    }
    value.noun = row->noun;
    struct text rest = text_from(text, start);
    take_words(&rest, row->words);
    if (!take_form(&rest, row->form, &value) || rest.size) {
        problems_add(problems, PROBLEM_INPUT, at,
                     "put its name in quotes, and nothing after it",
                     "cannot read the value '%.*s'", TEXT_ARG(text));
        return false;
    }
    *ret_value = value;
    return true;
}

enum subject_nature value_nature(const struct value *value)
{
    for (size_t i = 0; i < ARRAY_SIZE(nouns); i++) {
        if (nouns[i].noun == value->noun) {
            return nouns[i].nature;
        }
    }
    return NATURE_TEXT;
}
