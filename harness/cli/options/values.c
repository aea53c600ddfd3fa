/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/quantity.h"
#include "cli/options/options.h"

enum { HINT_LIMIT = 1000 };

bool option_refuse(const struct option_value *value, const char *hint, const char *what)
{
    problems_add(value->problems, PROBLEM_USAGE, span_none(), hint, "option '%.*s': %s '%.*s'",
                 TEXT_ARG(value->shown), what, TEXT_ARG(value->value));
    return false;
}

bool option_read_flag(const struct option_value *value, const struct option *option,
                      void *target)
{
    (void)value;
    (void)option;
    *(bool *)target = true;
    return true;
}

bool option_read_amount(const struct option_value *value, const struct option *option,
                        void *target)
{
    (void)value;
    *(long *)target += option->amount;
    return true;
}

bool option_read_text(const struct option_value *value, const struct option *option,
                      void *target)
{
    if (value->value.size == 0) {
        problems_add(value->problems, PROBLEM_USAGE, span_none(), NULL,
                     "option '%.*s' needs a value that is not empty", TEXT_ARG(value->shown));
        problems_hint(value->problems, "write %.*s %s", TEXT_ARG(value->shown), option->value);
        return false;
    }
    *(struct text *)target = value->value;
    return true;
}

bool option_read_texts(const struct option_value *value, const struct option *option,
                       void *target)
{
    struct text text;
    if (!option_read_text(value, option, &text)) {
        return false;
    }
    option_texts_add(target, value->arena, text);
    return true;
}

bool option_read_number(const struct option_value *value, const struct option *option,
                        void *target)
{
    (void)option;
    return text_to_uint64(value->value, target) ||
           option_refuse(value, "write a whole number", "not a number:");
}

bool option_read_count(const struct option_value *value, const struct option *option,
                       void *target)
{
    uint64_t count = 0;
    (void)option;
    if (!text_to_uint64(value->value, &count) || count == 0) {
        return option_refuse(value, "write a whole number above 0", "not a count:");
    }
    *(uint64_t *)target = count;
    return true;
}

bool option_read_duration(const struct option_value *value, const struct option *option,
                          void *target)
{
    uint64_t duration_ms = 0;
    (void)option;
    if (!quantity_duration_ms(value->value, &duration_ms) || duration_ms == 0) {
        return option_refuse(value, "write a number and a unit: 250ms, 2s, 15min",
                             "not a duration:");
    }
    *(uint64_t *)target = duration_ms;
    return true;
}

bool option_read_choice(const struct option_value *value, const struct option *option,
                        void *target)
{
    CLEANUP(buffer_release) struct buffer words;
    buffer_init(&words, HINT_LIMIT);
    for (int i = 0; option->choices[i]; i++) {
        if (text_is(value->value, option->choices[i])) {
            *(int *)target = i;
            return true;
        }
        buffer_add_format(&words, "%s%s", i ? ", " : "", option->choices[i]);
    }
    option_refuse(value, NULL, "unknown value");
    problems_hint(value->problems, "it can be %.*s", TEXT_ARG(buffer_text(&words)));
    return false;
}
