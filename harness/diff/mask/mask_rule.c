/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_rule.h"

#include <math.h>

#include "base/near.h"
#include "base/quantity.h"
#include "format/json/json_number.h"
#include "format/regex.h"

struct rule_reader {
    struct arena *arena;
    struct text written;
    struct text rest; /* behind the word */
    struct span at;
    struct mask *mask;
    struct problems *problems;
};

static bool refuse(struct rule_reader *reader, const char *what, const char *hint)
{
    problems_add(reader->problems, PROBLEM_INPUT, reader->at, hint, "%s in the mask '%.*s'",
                 what, TEXT_ARG(reader->written));
    return false;
}

static bool read_nothing(struct rule_reader *reader)
{
    return reader->rest.size == 0 ||
           refuse(reader, "something behind the assertion", "write its word alone");
}

/* The text behind `±` (or +-, +/-); false where there is no such sign. */
static bool take_tolerance(struct rule_reader *reader, struct text *ret_amount)
{
    static const struct text signs[] = { TEXT_STATIC("±"), TEXT_STATIC("+/-"),
                                         TEXT_STATIC("+-") };
    for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
        if (text_starts_with(reader->rest, signs[i])) {
            *ret_amount = text_trim(text_from(reader->rest, signs[i].size));
            return true;
        }
    }
    return false;
}

static bool read_date(struct rule_reader *reader)
{
    struct text amount;
    reader->mask->within_ns = UINT64_MAX;
    if (reader->rest.size == 0) {
        return true;
    }
    return (take_tolerance(reader, &amount) &&
            quantity_duration_ns(amount, &reader->mask->within_ns)) ||
           refuse(reader, "no duration", "write date, or date ± 5 s");
}

static bool read_number(struct rule_reader *reader)
{
    struct text amount;
    reader->mask->tolerance = HUGE_VAL;
    if (reader->rest.size == 0) {
        return true;
    }
    if (!take_tolerance(reader, &amount)) {
        return refuse(reader, "no tolerance", "write number, number ± 3 or number ± 1 %");
    }
    reader->mask->is_percent = text_ends_with(amount, TEXT("%"));
    amount = text_trim(text_slice(amount, 0, amount.size - reader->mask->is_percent));
    if (!json_number_is_valid(amount) || amount.at[0] == '-') {
        return refuse(reader, "no number", "write number, number ± 3 or number ± 1 %");
    }
    reader->mask->tolerance = json_number_to_double(amount);
    return true;
}

/* `/…/flags`, or the pattern as it is. */
static bool read_regex(struct rule_reader *reader)
{
    struct text pattern = reader->rest;
    unsigned flags = 0;
    struct regex_error error;
    if (pattern.size > 1 && pattern.at[0] == '/') {
        size_t end = pattern.size - 1;
        while (end > 0 && pattern.at[end] != '/') {
            end--;
        }
        if (end == 0 || !regex_flags(text_from(pattern, end + 1), &flags)) {
            return refuse(reader, "an expression that does not end", "write regex /…/i");
        }
        pattern = text_slice(pattern, 1, end);
    }
    if (pattern.size == 0) {
        return refuse(reader, "no expression", "write regex ^T-\\d+$ or regex /…/i");
    }
    if (!regex_compile(pattern, flags, &reader->mask->regex, &error)) {
        return refuse(reader, error.message, NULL);
    }
    return true;
}

static bool read_length(struct rule_reader *reader)
{
    struct mask *mask = reader->mask;
    struct text from = reader->rest;
    size_t dots = text_find(from, TEXT(".."), 0);
    struct text to = text_trim(text_from(from, dots + 2));
    bool is_range = dots < from.size;
    mask->minimum = MASK_LENGTH_ANY;
    mask->maximum = MASK_LENGTH_ANY;
    if (from.size == 0) {
        return true;
    }
    from = text_trim(text_slice(from, 0, dots));
    bool is_fine = text_to_uint64(from, &mask->minimum);
    if (!is_range) {
        mask->maximum = mask->minimum;
    } else if (to.size) {
        is_fine = text_to_uint64(to, &mask->maximum) && is_fine;
    }
    return (is_fine && mask->minimum < MASK_LENGTH_ANY && mask->minimum <= mask->maximum) ||
           refuse(reader, "no number or range", "write length, length 3 or length 3..20");
}

/* The path of same-as, quoted or not. */
static bool read_same_as(struct rule_reader *reader)
{
    struct text path = reader->rest;
    bool is_quoted = path.size > 1 && (path.at[0] == '"' || path.at[0] == '\'') &&
                     path.at[path.size - 1] == path.at[0];
    if (is_quoted) {
        path = text_slice(path, 1, path.size - 1);
    }
    if (!mask_path_parse(reader->arena, path, reader->at, &reader->mask->other,
                         reader->problems)) {
        return false;
    }
    return mask_path_is_singular(&reader->mask->other) ||
           refuse(reader, "a path to many values", "write names and indexes: same-as $.ids[0]");
}

/* `(id)`, `(player.id)`; the rest is what stands between. */
static bool read_by(struct rule_reader *reader)
{
    struct text key = reader->rest;
    bool is_closed = key.size > 2 && key.at[0] == '(' && key.at[key.size - 1] == ')';
    key = is_closed ? text_trim(text_slice(key, 1, key.size - 1)) : TEXT_EMPTY;
    if (key.size == 0) {
        return refuse(reader, "no key", "write by(id)");
    }
    reader->mask->key = key;
    return true;
}

static bool read_forced(struct rule_reader *reader)
{
    reader->mask->is_forced = text_is(reader->rest, "!");
    return reader->mask->is_forced || read_nothing(reader);
}

static const struct {
    const char *word;
    bool (*read)(struct rule_reader *reader);
} rules[] = {
    [MASK_TYPE] = { "type", read_nothing },
    [MASK_PRESENT] = { "present", read_forced },
    [MASK_REGEX] = { "regex", read_regex },
    [MASK_DATE] = { "date", read_date },
    [MASK_NUMBER] = { "number", read_number },
    [MASK_UUID] = { "uuid", read_nothing },
    [MASK_LENGTH] = { "length", read_length },
    [MASK_SET] = { "set", read_nothing },
    [MASK_BY] = { "by", read_by },
    [MASK_SAME_AS] = { "same-as", read_same_as },
    [MASK_IGNORE] = { "ignore", read_forced },
};

const char *mask_rule_name(enum mask_rule rule)
{
    return rules[rule].word;
}

static size_t size_of_word(struct text written)
{
    size_t size = 0;
    while (size < written.size &&
           ((written.at[size] >= 'a' && written.at[size] <= 'z') || written.at[size] == '-')) {
        size++;
    }
    return size;
}

static bool refuse_word(struct rule_reader *reader, struct text word)
{
    struct near near;
    struct buffer hint CLEANUP(buffer_release);
    buffer_init(&hint, BUFFER_NO_LIMIT); /* three short words */
    near_init(&near, word);
    for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
        near_offer(&near, text_of(rules[i].word));
    }
    near_print(&hint, &near);
    refuse(reader, reader->written.size ? "an unknown assertion" : "no assertion",
           "one of type, present, regex, date, number, uuid, length, set, by, same-as, ignore");
    if (hint.size) {
        problems_hint(reader->problems, "did you mean %s?", hint.at);
    }
    return false;
}

bool mask_rule_parse(struct arena *arena, struct text written, struct span at,
                     struct mask *mask, struct problems *problems)
{
    struct rule_reader reader = {
        .arena = arena, .written = written, .at = at, .mask = mask, .problems = problems
    };
    struct text word = text_slice(written, 0, size_of_word(written));
    reader.rest = text_trim(text_from(written, word.size));
    for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
        if (text_is(word, rules[i].word)) {
            mask->rule = (enum mask_rule)i;
            return rules[i].read(&reader);
        }
    }
    return refuse_word(&reader, word);
}

#define RULE(rule) (1U << (rule))
#define TEXT_RULES                                                                             \
    (RULE(MASK_TYPE) | RULE(MASK_PRESENT) | RULE(MASK_REGEX) | RULE(MASK_DATE) |               \
     RULE(MASK_NUMBER) | RULE(MASK_UUID) | RULE(MASK_LENGTH) | RULE(MASK_IGNORE))
#define EVERY_RULE (~0U)

static const struct {
    unsigned rules;
    const char *hint;
} allowed[] = {
    [MASK_JSON] = { EVERY_RULE, "" },
    [MASK_EVENT_JSON] = { EVERY_RULE, "" },
    [MASK_XML] = { TEXT_RULES | RULE(MASK_SET) | RULE(MASK_BY), "a JSON path takes it" },
    [MASK_HEADER] = { TEXT_RULES, "one of type, present, regex, date, number, uuid, length or "
                                  "ignore for a header" },
    [MASK_COOKIE] = { TEXT_RULES, "one of type, present, regex, date, number, uuid, length or "
                                  "ignore for a cookie" },
    [MASK_TEXT] = { TEXT_RULES, "one of type, present, regex, date, number, uuid, length or "
                                "ignore! for the text" },
    [MASK_STATUS] = { RULE(MASK_TYPE) | RULE(MASK_PRESENT) | RULE(MASK_NUMBER) |
                          RULE(MASK_REGEX) | RULE(MASK_IGNORE),
                      "one of type (its class), present, regex, number or ignore for the "
                      "status" },
    [MASK_EVENT] = { RULE(MASK_TYPE) | RULE(MASK_PRESENT) | RULE(MASK_NUMBER) |
                         RULE(MASK_LENGTH) | RULE(MASK_SET) | RULE(MASK_BY) | RULE(MASK_IGNORE),
                     "one of type (its shape), present, number (their count), length, set, "
                     "by(…) or ignore for all events of a name" },
};

bool mask_rule_check(const struct mask *mask, struct span at, struct problems *problems)
{
    bool is_whole =
        mask->where == MASK_TEXT ||
        ((mask->where == MASK_JSON || mask->where == MASK_XML) && mask->path.count == 0);
    if (!(allowed[mask->where].rules & RULE(mask->rule))) {
        problems_add(problems, PROBLEM_INPUT, at, allowed[mask->where].hint,
                     "'%s' cannot be asserted here", mask_rule_name(mask->rule));
        return false;
    }
    if (is_whole && mask->rule == MASK_IGNORE && !mask->is_forced) {
        problems_add(problems, PROBLEM_INPUT, at,
                     "name the parts that vary, or write 'ignore!' to compare nothing",
                     "'ignore' hides a whole body");
        return false;
    }
    return true;
}
