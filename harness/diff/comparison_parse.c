/* SPDX-License-Identifier: MIT */
/* The parser of the comparison grammar: words, then operands. */
#include "diff/comparison.h"

#include "diff/operand.h"
#include "format/regex.h"

enum { OPERANDS_LIMIT = 200 };

struct parser {
    struct arena *arena;
    struct text rest;
    struct span at;
    struct problems *problems;
    struct operand *operands; /* [OPERANDS_LIMIT] */
    size_t operand_count;
    struct comparison made;
};

static bool take_words(struct parser *parser, struct text wanted)
{
    bool is_there = text_starts_with(parser->rest, wanted) &&
                    (parser->rest.size == wanted.size || parser->rest.at[wanted.size] == ' ');
    if (is_there) {
        parser->rest = text_trim(text_from(parser->rest, wanted.size));
    }
    return is_there;
}

static bool take_operand(struct parser *parser)
{
    if (parser->operand_count == OPERANDS_LIMIT ||
        !operand_take(parser->arena, &parser->rest, parser->at,
                      &parser->operands[parser->operand_count], parser->problems)) {
        return false;
    }
    parser->operand_count++;
    return true;
}

static bool take_list(struct parser *parser)
{
    do {
        parser->rest = text_trim(parser->rest);
        if (!take_operand(parser)) {
            return false;
        }
        bool has_more = text_starts_with(parser->rest, TEXT(", "));
        bool has_last = text_starts_with(parser->rest, TEXT(" or "));
        if (!has_more && !has_last) {
            return true;
        }
        parser->rest = text_from(parser->rest, has_more ? 2 : 4);
    } while (true);
}

/* Two operands with a word between: "1 and 9", "5 seconds of now". */
static bool take_two(struct parser *parser, struct text between)
{
    if (!take_operand(parser)) {
        return false;
    }
    parser->rest = text_trim(parser->rest);
    return take_words(parser, between) && take_operand(parser);
}

/* --- forms --- */

static bool set(struct parser *parser, enum relation relation, bool is_negated)
{
    parser->made.relation = relation;
    parser->made.is_negated = is_negated;
    return true;
}

static bool take_order(struct parser *parser)
{
    static const struct {
        struct text words;
        enum relation relation;
    } orders[] = {
        { TEXT_STATIC("greater than"), RELATION_GREATER },
        { TEXT_STATIC("less than"), RELATION_LESS },
        { TEXT_STATIC("at least"), RELATION_AT_LEAST },
        { TEXT_STATIC("at most"), RELATION_AT_MOST },
        { TEXT_STATIC("before"), RELATION_BEFORE },
        { TEXT_STATIC("after"), RELATION_AFTER },
    };
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        if (take_words(parser, orders[i].words)) {
            set(parser, orders[i].relation, false);
            return take_operand(parser);
        }
    }
    if (take_words(parser, TEXT("between"))) {
        return set(parser, RELATION_BETWEEN, false) && take_two(parser, TEXT("and"));
    }
    if (take_words(parser, TEXT("within"))) {
        return set(parser, RELATION_NEAR, false) && take_two(parser, TEXT("of"));
    }
    return false;
}

/* `a uuid`, `a number greater than 0`, `a date before now` */
static bool take_kind(struct parser *parser, bool is_negated)
{
    static const struct text names[] = { TEXT_STATIC("number"), TEXT_STATIC("integer"),
                                         TEXT_STATIC("string"), TEXT_STATIC("boolean"),
                                         TEXT_STATIC("array"),  TEXT_STATIC("object"),
                                         TEXT_STATIC("uuid"),   TEXT_STATIC("date"),
                                         TEXT_STATIC("URL"),    TEXT_STATIC("email address") };
    parser->made.has_kind = true;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (take_words(parser, names[i])) {
            kind_find(names[i], &parser->made.kind);
            if (parser->rest.size && !is_negated) {
                return take_order(parser);
            }
            return set(parser, RELATION_KIND, is_negated);
        }
    }
    return false;
}

/* `in ascending order`, `greater than 3`, `before now`, `"lobby"` */
static bool take_positive(struct parser *parser)
{
    if (take_words(parser, TEXT("in ascending order"))) {
        return set(parser, RELATION_ASCENDING, false);
    }
    if (take_words(parser, TEXT("in descending order"))) {
        return set(parser, RELATION_DESCENDING, false);
    }
    struct text before = parser->rest;
    if (take_order(parser)) {
        return true;
    }
    return before.at == parser->rest.at && set(parser, RELATION_EQUALS, false) &&
           take_operand(parser);
}

static bool take_is(struct parser *parser)
{
    bool is_negated = take_words(parser, TEXT("not"));
    if (take_words(parser, TEXT("one of"))) {
        return set(parser, RELATION_ONE_OF, is_negated) && take_list(parser);
    }
    if (take_words(parser, TEXT("a")) || take_words(parser, TEXT("an"))) {
        return take_kind(parser, is_negated);
    }
    if (take_words(parser, TEXT("empty"))) {
        return set(parser, RELATION_EMPTY, is_negated);
    }
    if (is_negated) {
        return set(parser, RELATION_EQUALS, true) && take_operand(parser);
    }
    return take_positive(parser);
}

static bool take_counted(struct parser *parser)
{
    struct comparison *made = &parser->made;
    if (take_words(parser, TEXT("no duplicates"))) {
        return set(parser, RELATION_UNIQUE, false);
    }
    set(parser, RELATION_COUNT, false);
    bool is_taken;
    if (take_words(parser, TEXT("between"))) {
        made->count_relation = RELATION_BETWEEN;
        is_taken = take_two(parser, TEXT("and"));
    } else {
        made->count_relation = take_words(parser, TEXT("at least"))  ? RELATION_AT_LEAST
                               : take_words(parser, TEXT("at most")) ? RELATION_AT_MOST
                                                                     : RELATION_EQUALS;
        is_taken = take_operand(parser);
    }
    parser->rest = text_trim(parser->rest);
    made->counts_characters =
        take_words(parser, TEXT("character")) || take_words(parser, TEXT("characters"));
    return is_taken && (made->counts_characters || take_words(parser, TEXT("item")) ||
                        take_words(parser, TEXT("items")));
}

static bool take_regex(struct parser *parser)
{
    struct text rest = parser->rest;
    size_t end = rest.size && rest.at[0] == '/' ? operand_quoted_end(rest, '/') : 0;
    if (end == 0) {
        return false;
    }
    unsigned flags = 0;
    struct regex_error error;
    CLEANUP(regex_release) struct regex *regex = NULL;
    struct text pattern = text_slice(rest, 1, end - 1);
    if (!regex_flags(text_from(rest, end), &flags)) {
        return false;
    }
    if (!text_contains(pattern, TEXT("${")) && !regex_compile(pattern, flags, &regex, &error)) {
        problems_add(parser->problems, PROBLEM_INPUT, parser->at, "mend the regular expression",
                     "%s at character %zu of '%.*s'", error.message, error.offset + 1,
                     TEXT_ARG(pattern));
        return false;
    }
    parser->operands[parser->operand_count++] =
        (struct operand){ OPERAND_REGEX, rest, TEXT_EMPTY };
    parser->rest = TEXT_EMPTY;
    return true;
}

static bool take_form(struct parser *parser)
{
    static const struct {
        struct text positive;
        struct text negative;
        enum relation relation;
    } verbs[] = {
        { TEXT_STATIC("contains"), TEXT_STATIC("does not contain"), RELATION_CONTAINS },
        { TEXT_STATIC("starts with"), TEXT_STATIC("does not start with"), RELATION_STARTS },
        { TEXT_STATIC("ends with"), TEXT_STATIC("does not end with"), RELATION_ENDS },
        { TEXT_STATIC("matches"), TEXT_STATIC("does not match"), RELATION_MATCHES },
    };
    for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
        bool is_negated = take_words(parser, verbs[i].negative);
        if (is_negated || take_words(parser, verbs[i].positive)) {
            set(parser, verbs[i].relation, is_negated);
            return verbs[i].relation == RELATION_MATCHES ? take_regex(parser)
                                                         : take_operand(parser);
        }
    }
    if (take_words(parser, TEXT("exists")) || take_words(parser, TEXT("does not exist"))) {
        return set(parser, RELATION_EXISTS, text_starts_with(parser->made.text, TEXT("does")));
    }
    return take_words(parser, TEXT("has")) ? take_counted(parser)
                                           : take_words(parser, TEXT("is")) && take_is(parser);
}

bool comparison_parse(struct arena *arena, struct text text, struct span at,
                      struct comparison *ret_comparison, struct problems *problems)
{
    struct operand found[OPERANDS_LIMIT];
    struct parser parser = {
        .arena = arena, .at = at, .problems = problems, .operands = found
    };
    size_t before = problems->count + problems->dropped;
    parser.made.text = text_trim(text);
    parser.rest = parser.made.text;
    if (!take_form(&parser) || text_trim(parser.rest).size) {
        if (problems->count + problems->dropped == before) {
            problems_add(problems, PROBLEM_INPUT, at,
                         "write for example: is 201, is not empty, is a uuid, is at least 3, "
                         "contains \"x\", matches /x/, has 3 items, exists",
                         "cannot read the comparison '%.*s'", TEXT_ARG(text));
        }
        return false;
    }
    struct operand *operands = ARENA_ARRAY(arena, parser.operand_count, struct operand);
    for (size_t i = 0; i < parser.operand_count; i++) {
        operands[i] = found[i];
    }
    parser.made.operands = operands;
    parser.made.operand_count = parser.operand_count;
    *ret_comparison = parser.made;
    return true;
}
