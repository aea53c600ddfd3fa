/* SPDX-License-Identifier: MIT */
#include "match/step_choice.h"

#include "base/buffer.h"
#include "base/source.h"
#include "match/composite.h"
#include "match/suggestion.h"

enum { TEXT_LIMIT_BYTES = 16384 };

const struct step_definition *step_match_effective(const struct step_match *match)
{
    return match->inner ? match->inner->definition : match->definition;
}

bool step_match_is_available(const struct step_match *match)
{
    bool is_whole = match->definition->run || match->definition->composite;
    const struct step_definition *inner = step_match_effective(match);
    return is_whole && (inner->run || inner->composite);
}

static void add_undefined(struct registry *registry, struct text text, struct arena *arena,
                          struct step_choice *choice)
{
    struct suggestions suggestions;
    struct buffer hint CLEANUP(buffer_release);
    buffer_init(&hint, TEXT_LIMIT_BYTES);
    suggestions_find(registry, text, arena, &suggestions);
    suggestions_print(&hint, &suggestions);
    choice->fault = STEP_UNDEFINED;
    choice->message = arena_format(arena, "undefined step '%.*s'", TEXT_ARG(text));
    choice->hint = arena_text(arena, buffer_text(&hint));
}

static void add_definition(struct buffer *out, const struct step_definition *definition)
{
    if (definition->composite) {
        buffer_add_format(out, "'%s' of ", definition->expression);
        span_print(out, definition->composite->at);
    } else {
        buffer_add_format(out, "%s '%s'", definition->id, definition->expression);
    }
}

static void add_ambiguous(const struct step_matches *matches, struct text text,
                          struct arena *arena, struct step_choice *choice)
{
    struct buffer message CLEANUP(buffer_release);
    buffer_init(&message, TEXT_LIMIT_BYTES);
    buffer_add_format(&message, "ambiguous step '%.*s': it fits ", TEXT_ARG(text));
    for (size_t i = 0; i < matches->count; i++) {
        const char *between = i + 1 < matches->count ? ", " : " and ";
        buffer_add_string(&message, i > 0 ? between : "");
        add_definition(&message, matches->list[i].definition);
    }
    choice->fault = STEP_AMBIGUOUS;
    choice->message = arena_text(arena, buffer_text(&message));
    choice->hint = TEXT("reword the step, or the expression of the composite step");
}

/* Of a step that takes nothing. */
static const char *surplus_fault(bool has_doc_string, bool has_table)
{
    if (has_doc_string) {
        return "the step does not take a doc string";
    }
    return has_table ? "the step does not take a table" : NULL;
}

static const char *lack_fault(bool wants_doc_string, bool wants_table)
{
    if (!wants_table) {
        return "the step ends in ':' but no doc string follows";
    }
    return wants_doc_string ? "the step ends in ':' but no doc string or table follows"
                            : "the step ends in ':' but no table follows";
}

/* NULL where the doc string or table is as the step takes it. */
static const char *argument_fault(enum step_takes takes, bool has_doc_string, bool has_table)
{
    bool wants_doc_string = step_takes_doc_string(takes);
    bool wants_table = step_takes_table(takes);
    if (has_doc_string && has_table) {
        return "a step takes a doc string or a table, not both";
    }
    if (!wants_doc_string && !wants_table) {
        return surplus_fault(has_doc_string, has_table);
    }
    if (!has_doc_string && !has_table) {
        return lack_fault(wants_doc_string, wants_table);
    }
    /* Exactly one is there; of a step that takes either, one of the two is as wanted. */
    return wants_doc_string == has_doc_string || wants_table == has_table ? NULL
           : wants_table ? "the step takes a table, not a doc string"
                         : "the step takes a doc string, not a table";
}

static void check_argument(struct registry *registry, struct text text, bool has_doc_string,
                           bool has_table, struct arena *arena, struct step_choice *choice)
{
    enum step_takes takes = step_match_effective(choice->match)->takes;
    const char *fault = argument_fault(takes, has_doc_string, has_table);
    if (!fault) {
        return;
    }
    choice->fault = STEP_WRONG_ARGUMENT;
    choice->message = arena_format(arena, "%s: '%.*s'", fault, TEXT_ARG(text));
    struct text with_colon = arena_format(arena, "%.*s:", TEXT_ARG(text));
    bool is_colon_missing = takes == TAKES_NOTHING && has_doc_string != has_table &&
                            registry_match(registry, with_colon)->count == 1;
    choice->hint = is_colon_missing
                       ? arena_format(arena, "did you mean '%.*s'?", TEXT_ARG(with_colon))
                       : TEXT_EMPTY;
}

void step_choose(struct registry *registry, struct text text, bool has_doc_string,
                 bool has_table, struct arena *arena, struct step_choice *ret_choice)
{
    const struct step_matches *matches = registry_match(registry, text);
    struct step_choice choice = { .fault = STEP_FITS,
                                  .message = TEXT_EMPTY,
                                  .hint = TEXT_EMPTY };
    if (matches->is_too_complex) {
        choice.fault = STEP_TOO_COMPLEX;
        choice.message = TEXT("the step's text is too complex to be matched");
        choice.hint = TEXT("move long texts to a doc string or a file");
    } else if (matches->count == 0) {
        add_undefined(registry, text, arena, &choice);
    } else if (matches->count > 1) {
        add_ambiguous(matches, text, arena, &choice);
    } else {
        choice.match = &matches->list[0];
        check_argument(registry, text, has_doc_string, has_table, arena, &choice);
    }
    *ret_choice = choice;
}
