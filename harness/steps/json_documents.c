/* SPDX-License-Identifier: MIT */
/* F3 to F7: JSON documents held against partial JSON (vocabulary, section 6). */
#include "base/clock.h"
#include "diff/expectation.h"
#include "exchange/exchange.h"
#include "format/json.h"
#include "format/json_path.h"
#include "gherkin/pickle.h"
#include "steps/answers.h"
#include "steps/step_functions.h"
#include "world/document.h"
#include "world/project_file.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* One expectation held against one answer. */
struct holding {
    struct step *step;
    const struct answer *answer;
    const struct expectation *expectation;
    struct text prefix; /* "bob: " where several answered */
};

static enum expectation_mode mode_of(const struct step *step)
{
    bool is_whole = text_ends_with(step->match->text, TEXT("is:"));
    return is_whole ? EXPECTATION_IS : EXPECTATION_MATCHES;
}

static void report(struct holding *holding, struct text path,
                   const struct mismatches *mismatches)
{
    struct step *step = holding->step;
    struct arena *arena = &step->world->arena;
    for (size_t i = 0; i < mismatches->count; i++) {
        const struct mismatch *mismatch = &mismatches->list[i];
        struct text below = text_from(mismatch->path, 1); /* without its $ */
        struct text what =
            arena_format(arena, "%.*sJSON at %.*s%.*s", TEXT_ARG(holding->prefix),
                         TEXT_ARG(path), TEXT_ARG(below));
        struct text actual = mismatch->actual;
        if (mismatch->note.size) {
            actual =
                arena_format(arena, "%.*s (%.*s)", TEXT_ARG(actual), TEXT_ARG(mismatch->note));
        }
        step_mismatch(step, what, mismatch->expected, actual, mismatch->at);
    }
    step_show_exchange(step, holding->answer->exchange);
}

static bool hold(struct holding *holding, const struct json_value *actual, struct text path)
{
    struct step *step = holding->step;
    struct mismatches mismatches;
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    bool fits = expectation_match(holding->expectation, actual, mode_of(step), now_ns,
                                  &step->world->arena, &mismatches);
    if (!fits) {
        report(holding, path, &mismatches);
    }
    return fits;
}

static bool compile(struct step *step, const struct source *source,
                    struct expectation **ret_expectation)
{
    struct problems problems;
    problems_init(&problems);
    bool is_ok = expectation_compile(source, ret_expectation, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

/* The expectation of the doc string, with ${…} replaced for the actor. */
static bool compile_doc_string(struct step *step, const struct actor *actor,
                               struct expectation **ret_expectation)
{
    struct source *source = step_doc_string_source(step, actor);
    return source && compile(step, source, ret_expectation);
}

static struct holding holding_of(struct step *step, const struct answers *answers, size_t index)
{
    struct holding holding = { .step = step,
                               .answer = &answers->list[index],
                               .prefix = TEXT_EMPTY };
    if (answers->count > 1) {
        holding.prefix = arena_format(&step->world->arena,
                                      "%.*s: ", TEXT_ARG(answers->list[index].actor->name));
    }
    return holding;
}

/* F3 and F4: `{whose} JSON is:` and `{whose} JSON matches:` */
void step_json_document(struct step *step)
{
    struct answers answers;
    if (!answers_of_whose(step, &answers)) {
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        CLEANUP(expectation_release) struct expectation *expectation = NULL;
        struct holding holding = holding_of(step, &answers, i);
        const struct json_value *actual;
        if (!compile_doc_string(step, answers.list[i].actor, &expectation) ||
            !document_json(step, answers.list[i].exchange, &actual)) {
            return;
        }
        holding.expectation = expectation;
        hold(&holding, actual, TEXT("$"));
    }
}

/* One node, every node, or some node of a path. */
static void hold_nodes(struct holding *holding, const struct value *value,
                       const struct json_value *root, const struct json_nodes *nodes)
{
    struct step *step = holding->step;
    bool is_one = value->quantifier == QUANTIFIER_ONE;
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    if (nodes->count == 0 || (is_one && nodes->count > 1)) {
        step_mismatch(step, value->words, is_one ? TEXT("exactly one") : TEXT("at least one"),
                      arena_format(&step->world->arena, "%zu of them", nodes->count),
                      value->at);
        step_hint(step, "write 'at every' or 'at some' for several");
        step_show_exchange(step, holding->answer->exchange);
        return;
    }
    for (size_t i = 0; i < nodes->count; i++) {
        if (value->quantifier == QUANTIFIER_SOME) {
            if (expectation_accepts(holding->expectation, nodes->list[i], mode_of(step),
                                    now_ns)) {
                return;
            }
        } else {
            hold(holding, nodes->list[i],
                 json_path_of(&step->world->arena, root, nodes->list[i]));
        }
    }
    if (value->quantifier == QUANTIFIER_SOME) {
        step_mismatch(step, value->words, TEXT("one that fits"),
                      arena_format(&step->world->arena, "none of %zu", nodes->count),
                      value->at);
        step_show_exchange(step, holding->answer->exchange);
    }
}

static bool parse_path(struct step *step, struct value *ret_value)
{
    const struct match_argument *path = &step->match->arguments[1];
    struct problems problems;
    problems_init(&problems);
    struct text words = arena_format(&step->world->arena, "JSON at %.*s", TEXT_ARG(path->text));
    bool is_ok = value_parse(words, step_argument_span(step, 1), false, ret_value, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

/* F5 and F6: `{whose} JSON at {path} is:` and `… matches:` */
void step_json_at(struct step *step)
{
    struct answers answers;
    struct value value;
    if (!answers_of_whose(step, &answers) || !parse_path(step, &value)) {
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        CLEANUP(expectation_release) struct expectation *expectation = NULL;
        struct holding holding = holding_of(step, &answers, i);
        const struct json_value *root;
        struct json_nodes nodes;
        struct text path;
        const struct actor *actor = answers.list[i].actor;
        if (!compile_doc_string(step, actor, &expectation) ||
            !document_json(step, answers.list[i].exchange, &root) ||
            !step_quoted(step, actor, value.name, value.at, &path) ||
            !value_select_json(step, root, path, value.at, &nodes)) {
            return;
        }
        holding.expectation = expectation;
        hold_nodes(&holding, &value, root, &nodes);
    }
}

/* F7: `{whose} JSON matches file {string}` */
void step_json_matches_file(struct step *step)
{
    struct answers answers;
    if (!answers_of_whose(step, &answers)) {
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        CLEANUP(expectation_release) struct expectation *expectation = NULL;
        struct holding holding = holding_of(step, &answers, i);
        const struct actor *actor = answers.list[i].actor;
        const struct json_value *actual;
        struct source *source = ARENA_NEW(&step->world->arena, struct source);
        struct text name;
        struct text bytes;
        if (!step_string(step, actor, 1, &name) || !project_file_read(step, name, &bytes)) {
            return;
        }
        source_init(source, name, bytes);
        if (!compile(step, source, &expectation) ||
            !document_json(step, answers.list[i].exchange, &actual)) {
            return;
        }
        holding.expectation = expectation;
        hold(&holding, actual, TEXT("$"));
    }
}
