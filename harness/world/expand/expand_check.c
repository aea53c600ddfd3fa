/* SPDX-License-Identifier: MIT */
/* The ${…} of a text before anything runs. The messages are those of expand_expression.c. */
#include "base/buffer.h"
#include "base/near.h"
#include "config/settings.h"
#include "world/expand.h"
#include "world/expand/expand_word.h"
#include "world/expand_function.h"

enum { HINT_LIMIT_BYTES = 1000, NESTED_LIMIT = 4 };

struct check {
    struct span at;
    const struct config_settings *settings;
    struct problems *problems;
};

static bool refuse_call(const struct check *check, struct text name)
{
    struct near near;
    struct buffer names CLEANUP(buffer_release);
    near_init(&near, name);
    expand_function_offer(&near);
    buffer_init(&names, HINT_LIMIT_BYTES);
    near_print(&names, &near);
    problems_add(check->problems, PROBLEM_INPUT, check->at, NULL,
                 "unknown function '%.*s' in '${…}'", TEXT_ARG(name));
    if (names.size) {
        problems_hint(check->problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&names)));
    } else {
        problems_hint(check->problems,
                      "a variable is a name alone; section 5 of docs/vocabulary.md lists the "
                      "functions");
    }
    return false;
}

static bool check_environment(const struct check *check, struct text name)
{
    if (!check->settings) {
        return true;
    }
    for (size_t i = 0; i < check->settings->process_names.count; i++) {
        if (text_equal(check->settings->process_names.list[i], name)) {
            return true;
        }
    }
    problems_add(check->problems, PROBLEM_INPUT, check->at,
                 "list it under 'env:' in bddrun.yaml",
                 "the environment variable '%.*s' is not listed", TEXT_ARG(name));
    return false;
}

static bool check_name(const struct check *check, struct text name)
{
    return !text_starts_with(name, TEXT("env.")) ||
           check_environment(check, text_from(name, 4));
}

static bool check_call(const struct check *check, const struct expand_function *function,
                       struct text rest)
{
    for (size_t i = 0; i < function->argument_count; i++) {
        struct text word;
        bool is_quoted;
        uint64_t ignored;
        if (!expand_take_word(&rest, &word, &is_quoted)) {
            problems_add(check->problems, PROBLEM_INPUT, check->at, NULL,
                         "'%s' wants %zu argument%s", function->name, function->argument_count,
                         function->argument_count == 1 ? "" : "s");
            problems_hint(check->problems, "write a name or a quoted text after '%s'",
                          function->name);
            return false;
        }
        if (function->is_raw && !expand_random_count(word, &ignored)) {
            problems_add(check->problems, PROBLEM_INPUT, check->at, "write ${random 6}",
                         "'random' wants a number of characters from 1 to 1000");
            return false;
        }
        if (!is_quoted && !function->is_raw && !check_name(check, word)) {
            return false;
        }
    }
    rest = text_trim(rest);
    if (rest.size) {
        problems_add(check->problems, PROBLEM_INPUT, check->at, NULL,
                     "unexpected '%.*s' after the arguments in '${…}'", TEXT_ARG(rest));
        problems_hint(check->problems, "'%s' takes %zu", function->name,
                      function->argument_count);
    }
    return rest.size == 0;
}

static bool check_now(const struct check *check, struct text offset)
{
    bool is_before;
    uint64_t ms;
    if (expand_offset(offset, &is_before, &ms)) {
        return true;
    }
    problems_add(check->problems, PROBLEM_INPUT, check->at,
                 "write ${now + 5 minutes} or ${now - 1 day}", "cannot read '${now %.*s}'",
                 TEXT_ARG(offset));
    return false;
}

static bool check_expression(const struct check *check, struct text expression)
{
    struct text name;
    bool is_quoted;
    struct text rest = expression;
    if (text_find_byte(expression, '\\', 0) < expression.size) {
        return true; /* quotes inside of a quoted string: read when it runs */
    }
    if (!expand_take_word(&rest, &name, &is_quoted) || is_quoted) {
        problems_add(check->problems, PROBLEM_INPUT, check->at,
                     "write the name of a variable between ${ and }", "'${…}' wants a name");
        return false;
    }
    rest = text_trim(rest);
    if (text_is(name, "now") && rest.size) {
        return check_now(check, rest);
    }
    const struct expand_function *function = expand_function_find(name);
    if (function && (function->argument_count == 0 || rest.size)) {
        return check_call(check, function, rest);
    }
    return rest.size ? refuse_call(check, name) : check_name(check, name);
}

static bool check_one(struct text whole, size_t start, struct check *check, size_t *ret_after)
{
    size_t end = text_find_byte(whole, '}', start);
    bool corresponds = check->at.source && check->at.end - check->at.start == whole.size;
    struct check one = *check;
    if (corresponds) {
        size_t shown_end = end < whole.size ? end + 1 : start + 2;
        one.at =
            span_make(check->at.source, check->at.start + start, check->at.start + shown_end);
    }
    *ret_after = end + 1;
    if (end == whole.size) {
        problems_add(check->problems, PROBLEM_INPUT, one.at,
                     "close it, or write $${ for a literal ${", "'${' without its '}'");
        return false;
    }
    return check_expression(&one, text_slice(whole, start + 2, end));
}

bool expand_check(struct text whole, struct span at, const struct config_settings *settings,
                  struct problems *problems)
{
    struct check check = { at, settings, problems };
    bool is_ok = true;
    size_t done = 0;
    for (size_t start = text_find(whole, TEXT("${"), 0); start < whole.size;
         start = text_find(whole, TEXT("${"), done)) {
        bool is_literal = start > done && whole.at[start - 1] == '$';
        done = start + 2;
        if (!is_literal) {
            is_ok = check_one(whole, start, &check, &done) && is_ok;
        }
        if (done >= whole.size) {
            break;
        }
    }
    return is_ok;
}
