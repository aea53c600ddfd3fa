/* SPDX-License-Identifier: MIT */
#include "world/precheck.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "config/settings.h"
#include "format/json.h"
#include "format/regex.h"
#include "gherkin/pickle.h"
#include "match/step_definition.h"
#include "world/expand.h"
#include "world/precheck/precheck_argument.h"
#include "world/precheck/precheck_socket.h"
#include "world/precheck/precheck_value.h"
#include "world/socket_words.h"
#include "world/quoted.h"

void precheck_init(struct precheck *precheck, struct registry *registry,
                   const struct config_settings *settings)
{
    *precheck = (struct precheck){ .registry = registry, .settings = settings };
    arena_init(&precheck->arena);
    schemas_init(&precheck->schemas);
}

void precheck_release(struct precheck *precheck)
{
    schemas_release(&precheck->schemas);
    arena_release(&precheck->arena);
    free(precheck->seen);
    *precheck = (struct precheck){ 0 };
}

/* --- the set of matches seen --- */

static size_t slot_of(const struct precheck *precheck, const struct step_match *match)
{
    size_t slot = (size_t)((uintptr_t)match >> 4) * 0x9E3779B97F4A7C15U;
    slot &= precheck->seen_capacity - 1;
    while (precheck->seen[slot] && precheck->seen[slot] != match) {
        slot = (slot + 1) & (precheck->seen_capacity - 1);
    }
    return slot;
}

static void grow(struct precheck *precheck)
{
    struct precheck larger = *precheck;
    larger.seen_capacity = precheck->seen_capacity ? precheck->seen_capacity * 2 : 1024;
    larger.seen = alloc_or_die(larger.seen_capacity, sizeof(struct step_match *));
    for (size_t i = 0; i < precheck->seen_capacity; i++) {
        if (precheck->seen[i]) {
            larger.seen[slot_of(&larger, precheck->seen[i])] = precheck->seen[i];
        }
    }
    free(precheck->seen);
    *precheck = larger;
}

/* True when the match was not there before. */
static bool remember(struct precheck *precheck, const struct step_match *match)
{
    if ((precheck->seen_count + 1) * 2 > precheck->seen_capacity) {
        grow(precheck);
    }
    size_t slot = slot_of(precheck, match);
    if (precheck->seen[slot]) {
        return false;
    }
    precheck->seen[slot] = match;
    precheck->seen_count++;
    return true;
}

/* --- the step's text --- */

static struct span part(struct span at, const struct step_match *match, size_t start,
                        size_t end)
{
    bool stands_there = at.source && at.end - at.start == match->text.size;
    return stands_there ? span_make(at.source, at.start + start, at.start + end) : at;
}

bool precheck_regex(struct text written, struct span at, struct problems *problems)
{
    size_t end = written.size;
    while (end > 1 && written.at[end - 1] != '/') {
        end--;
    }
    unsigned flags = 0;
    struct regex_error error = { .message = "each flag may stand once" };
    CLEANUP(regex_release) struct regex *regex = NULL;
    bool is_ok = regex_flags(text_from(written, end), &flags);
    bool has_hole = text_contains(written, TEXT("${"));
    if (is_ok &&
        (has_hole || regex_compile(text_slice(written, 1, end - 1), flags, &regex, &error))) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at, "mend the regular expression", "%s in '%.*s'",
                 error.message, TEXT_ARG(written));
    return false;
}

/* The noun before a comparison: a {value} argument, or all of the text before it (section E). */
static bool check_comparison(struct precheck *precheck, const struct step_match *match,
                             size_t index, struct span at, struct problems *problems)
{
    const struct match_argument *comparison = &match->arguments[index];
    const struct match_argument *before = index ? &match->arguments[index - 1] : comparison;
    struct text value =
        text_is(text_of(before->type_name), "value")
            ? before->text
            : text_trim(text_slice(match->text, match->arguments[0].start, comparison->start));
    struct span value_at = part(at, match, before->start, before->end);
    struct span comparison_at = part(at, match, comparison->start, comparison->end);
    if (text_is(text_of(before->type_name), "field")) {
        return precheck_value(precheck, socket_field_words(&precheck->arena, before->text),
                              false, comparison->text, value_at, comparison_at, problems);
    }
    return precheck_value(precheck, value, true, comparison->text, value_at, comparison_at,
                          problems);
}

static bool check_argument(struct precheck *precheck, const struct step_match *match,
                           size_t index, struct span at, struct problems *problems)
{
    const struct match_argument *argument = &match->arguments[index];
    struct text type = text_of(argument->type_name);
    struct span place = part(at, match, argument->start, argument->end);
    if (text_is(type, "comparison")) {
        return check_comparison(precheck, match, index, at, problems);
    }
    if (text_is(type, "value")) {
        return precheck_value(precheck, argument->text, true, TEXT_EMPTY, place, place,
                              problems);
    }
    if (text_is(type, "regex")) {
        return precheck_regex(argument->text, place, problems);
    }
    if (text_is(type, "protocol")) {
        return precheck_protocol(argument->text, place, problems);
    }
    if (text_is(text_of(match->definition->id), "H10") && index == 1) {
        return precheck_bytes(precheck, argument->text, place, problems);
    }
    if (text_is(type, "json")) {
        return precheck_json(precheck, argument->text, place, problems);
    }
    return true;
}

/* F5 and F6 have their path as an argument of its own. */
static bool check_document_path(struct precheck *precheck, const struct step_match *match,
                                struct span at, struct problems *problems)
{
    struct text id = text_of(match->definition->id);
    if (!text_is(id, "F5") && !text_is(id, "F6")) {
        return true;
    }
    const struct match_argument *path = &match->arguments[1];
    struct text words = arena_format(&precheck->arena, "JSON at %.*s", TEXT_ARG(path->text));
    struct span place = part(at, match, path->start, path->end);
    return precheck_value(precheck, words, false, TEXT_EMPTY, place, place, problems);
}

/* What D1 names, by the configuration. */
static bool check_service(const struct config_settings *settings, struct text name,
                          struct span at, struct problems *problems)
{
    const struct config_environment *environment = settings->environment;
    if (environment && config_pairs_find(&environment->services, name)) {
        return true;
    }
    problems_add(
        problems, PROBLEM_INPUT, at,
        "name it under 'services:' of the environment in bddrun.yaml, or choose another "
        "environment (-e)",
        "unknown service '%.*s'", TEXT_ARG(name));
    return false;
}

/* What K2 names. */
static bool check_command(const struct config_settings *settings, struct text name,
                          struct span at, struct problems *problems)
{
    if (settings_command(settings, name)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at,
                 "name it under 'commands:' in bddrun.yaml, as a list of words",
                 "unknown command '%.*s'", TEXT_ARG(name));
    return false;
}

/* What a step names that is not in the feature file: services, commands, schema files. */
static bool check_named(struct precheck *precheck, const struct step_match *match,
                        struct span at, struct problems *problems)
{
    const struct config_settings *settings = precheck->settings;
    struct text id = text_of(match->definition->id);
    bool is_service = text_is(id, "D1") && text_is(match->arguments[1].text, "service");
    bool is_schema = text_is(id, "F8");
    if (!settings || (!is_service && !is_schema && !text_is(id, "K2"))) {
        return true;
    }
    const struct match_argument *argument = &match->arguments[match->argument_count - 1];
    struct text name = quoted_content(&precheck->arena, argument->text);
    struct span place = part(at, match, argument->start, argument->end);
    if (text_contains(name, TEXT("${"))) {
        return true;
    }
    return is_service ? check_service(settings, name, place, problems)
           : is_schema
               ? schemas_add(&precheck->schemas, settings->folder, name, place, problems)
               : check_command(settings, name, place, problems);
}

static bool check_text(struct precheck *precheck, const struct step_match *match,
                       struct span at, struct problems *problems)
{
    bool is_ok = true;
    if (match->definition->composite) {
        return true; /* its parameters are ${…} in its body */
    }
    if (match->inner) {
        return check_text(precheck, match->inner,
                          part(at, match, match->inner_start, match->text.size), problems);
    }
    for (size_t i = 0; i < match->argument_count; i++) {
        is_ok = check_argument(precheck, match, i, at, problems) && is_ok;
    }
    return check_document_path(precheck, match, at, problems) &&
           check_named(precheck, match, at, problems) && is_ok;
}

bool precheck_step(struct precheck *precheck, const struct step_match *match,
                   const struct pickle_step *step, const struct source *source, struct span at,
                   struct problems *problems)
{
    if (!precheck->has_problems) {
        arena_clear(&precheck->arena);
    }
    bool is_known = match->is_kept && !remember(precheck, match);
    bool is_ok = is_known || (expand_check(match->text, at, precheck->settings, problems) &&
                              check_text(precheck, match, at, problems));
    is_ok = precheck_argument(precheck, match, step, source, at, problems) && is_ok;
    precheck->has_problems = precheck->has_problems || !is_ok;
    return is_ok;
}
