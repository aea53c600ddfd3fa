/* SPDX-License-Identifier: MIT */
#include "match/composite_check.h"

#include <string.h>

#include "base/buffer.h"
#include "match/expression.h"
#include "match/parameter_type.h"
#include "match/step_choice.h"
#include "match/suggestion.h"
#include "match/syntax/expression_tree.h"

enum { SAMPLE_LIMIT_BYTES = 8192, ALTERNATIVES = 3 };

struct checker {
    struct composite *list;
    size_t count;
    size_t *depths; /* levels of each: 0 unknown, IN_PROGRESS while it is computed */
    struct registry *registry;
    struct arena *arena;
    struct problems *problems;
    bool has_told_depth;
};

#define IN_PROGRESS ((size_t)-1)

static const struct step_match *choose(struct checker *checker, struct text text,
                                       struct span at, bool has_doc_string, bool has_table)
{
    struct step_choice choice;
    step_choose(checker->registry, text, has_doc_string, has_table, checker->arena, &choice);
    if (choice.fault != STEP_FITS) {
        problems_add(checker->problems, PROBLEM_INPUT, at, NULL, "%.*s",
                     TEXT_ARG(choice.message));
        problems_hint(checker->problems, "%.*s", TEXT_ARG(choice.hint));
        return NULL;
    }
    return choice.match;
}

/* Complete steps in the cells of "at the same time:". */
static void check_cells(struct checker *checker, const struct composite *composite,
                        const struct table *table)
{
    for (uint32_t i = 0; i < table->row_count; i++) {
        const struct cell *cell = &table->rows[i].cells[0];
        bool is_argument = table->row_count == 1 && text_is(cell->value, "${argument}");
        if (!is_argument) {
            (void)choose(checker, cell->value, document_span(composite->document, cell->place),
                         false, false);
        }
    }
}

static bool takes_steps(const struct step_match *match)
{
    return step_match_effective(match)->takes == TAKES_STEPS;
}

static void match_steps(struct checker *checker, struct composite *composite)
{
    struct composite_step *steps =
        ARENA_ARRAY(checker->arena, composite->step_count, struct composite_step);
    for (size_t i = 0; i < composite->step_count; i++) {
        steps[i] = composite->steps[i];
        const struct pickle_step *pickle = &steps[i].pickle;
        steps[i].match = choose(checker, pickle->text, pickle->span, pickle->doc_string != NULL,
                                pickle->table != NULL);
        if (steps[i].match && takes_steps(steps[i].match)) {
            check_cells(checker, composite, pickle->table);
        }
    }
    composite->steps = steps;
}

static void write_sample(struct buffer *out, const struct expression_node *node,
                         const struct expression *expression, size_t *parameter, size_t variant)
{
    for (; node; node = node->next) {
        const struct expression_node *one = node->first;
        switch (node->type) {
        case EXPRESSION_NODE_TEXT:
            buffer_add(out, node->text);
            break;
        case EXPRESSION_NODE_PARAMETER:
            buffer_add_string(out, expression->parameters[(*parameter)++]->sample);
            break;
        case EXPRESSION_NODE_ALTERNATION:
            for (size_t skip = variant / 2; skip > 0 && one->next; skip--) {
                one = one->next;
            }
            write_sample(out, one->first, expression, parameter, variant);
            break;
        case EXPRESSION_NODE_OPTIONAL:
            if (variant % 2 == 1) {
                write_sample(out, one, expression, parameter, variant);
            }
            break;
        case EXPRESSION_NODE_ALTERNATIVE:
        case EXPRESSION_NODE_EXPRESSION:
            break;
        }
    }
}

static void add_clash(struct checker *checker, const struct composite *composite,
                      const struct step_definition *other, struct text text)
{
    if (other->composite) {
        problems_add_related(checker->problems, PROBLEM_INPUT, composite->at,
                             other->composite->at, "the other one",
                             "two composite steps fit the same text: '%.*s'", TEXT_ARG(text));
    } else {
        problems_add(checker->problems, PROBLEM_INPUT, composite->at, NULL,
                     "the composite step clashes with the built-in step %s '%s'", other->id,
                     other->expression);
    }
    problems_hint(checker->problems, "reword it: '%.*s' fits both", TEXT_ARG(text));
}

/* Another definition that fits a text which this composite fits too; NULL without. Of two
 * composites the later one is told about. */
static const struct step_definition *find_other(const struct composite *composite,
                                                const struct step_matches *matches)
{
    bool fits_itself = false;
    const struct step_definition *other = NULL;
    for (size_t i = 0; i < matches->count; i++) {
        const struct step_definition *definition = matches->list[i].definition;
        fits_itself |= definition == &composite->definition;
        if (!definition->composite || definition->composite < composite) {
            other = definition;
        }
    }
    return fits_itself ? other : NULL;
}

/* Texts that the composite fits, made from samples of its parameters, must fit nothing else. */
static bool clashes_by_samples(struct checker *checker, const struct composite *composite,
                               size_t index)
{
    const struct expression *expression = registry_expression(checker->registry, index);
    for (size_t variant = 0; variant < 2 * ALTERNATIVES; variant++) {
        struct buffer sample CLEANUP(buffer_release);
        buffer_init(&sample, SAMPLE_LIMIT_BYTES);
        size_t parameter = 0;
        write_sample(&sample, expression->tree->first, expression, &parameter, variant);
        struct text text = buffer_text(&sample);
        const struct step_definition *other =
            find_other(composite, registry_match(checker->registry, text));
        if (other) {
            add_clash(checker, composite, other, text);
            return true;
        }
    }
    return false;
}

/* And the examples of built-in steps must not fit the composite. */
static bool clashes_by_examples(struct checker *checker, const struct composite *composite,
                                size_t index)
{
    for (size_t i = 0; i < registry_count(checker->registry); i++) {
        const struct step_definition *definition = registry_definition(checker->registry, i);
        struct text example = step_definition_example(definition);
        if (!definition->composite && registry_fits(checker->registry, index, example)) {
            add_clash(checker, composite, definition, example);
            return true;
        }
    }
    return false;
}

static size_t depth_of(struct checker *checker, size_t index, size_t level);

/* Levels below a step; 0 for a built-in one. */
static size_t depth_below(struct checker *checker, const struct step_match *match, size_t from,
                          struct span at, size_t level)
{
    const struct composite *inner = step_match_effective(match)->composite;
    if (!inner) {
        return 0;
    }
    size_t index = (size_t)(inner - checker->list);
    if (checker->depths[index] == IN_PROGRESS) {
        problems_add_related(checker->problems, PROBLEM_INPUT, at, inner->at, "which runs it",
                             "the composite step '%.*s' runs itself",
                             TEXT_ARG(checker->list[from].expression));
        return 0;
    }
    return depth_of(checker, index, level + 1);
}

static size_t depth_of_cells(struct checker *checker, const struct composite_step *step,
                             size_t from, size_t level)
{
    struct composite *composite = &checker->list[from];
    size_t deepest = 0;
    for (uint32_t i = 0; i < step->pickle.table->row_count; i++) {
        struct text text = step->pickle.table->rows[i].cells[0].value;
        const struct step_matches *matches = registry_match(checker->registry, text);
        if (matches->count == 1) {
            size_t below =
                depth_below(checker, &matches->list[0], from, step->pickle.span, level);
            deepest = below > deepest ? below : deepest;
            composite->definition.is_check |= step_match_effective(&matches->list[0])->is_check;
        }
    }
    return deepest;
}

static void tell_depth(struct checker *checker, const struct composite *composite)
{
    if (!checker->has_told_depth) {
        checker->has_told_depth = true;
        problems_add(checker->problems, PROBLEM_INPUT, composite->at,
                     "call fewer composite steps from within each other",
                     "composite steps are nested more than %d levels deep",
                     COMPOSITE_DEPTH_LIMIT);
    }
}

/* Levels of a composite, itself counted. level: of composites around it, which bounds the
 * recursion. */
static size_t depth_of(struct checker *checker, size_t index, size_t level)
{
    struct composite *composite = &checker->list[index];
    if (checker->depths[index] != 0) {
        return checker->depths[index];
    }
    if (level >= COMPOSITE_DEPTH_LIMIT) {
        tell_depth(checker, composite);
        return 1;
    }
    size_t deepest = 0;
    checker->depths[index] = IN_PROGRESS;
    for (size_t i = 0; i < composite->step_count; i++) {
        const struct composite_step *step = &composite->steps[i];
        if (!step->match) {
            continue;
        }
        size_t below = takes_steps(step->match)
                           ? depth_of_cells(checker, step, index, level)
                           : depth_below(checker, step->match, index, step->pickle.span, level);
        deepest = below > deepest ? below : deepest;
        composite->definition.is_check |= step_match_effective(step->match)->is_check;
    }
    checker->depths[index] = deepest + 1;
    if (deepest >= COMPOSITE_DEPTH_LIMIT) {
        tell_depth(checker, composite);
    }
    return deepest + 1;
}

bool composites_check(struct composite *list, size_t count, struct registry *registry,
                      struct arena *arena, struct problems *problems)
{
    struct checker checker = {
        .list = list, .count = count, .registry = registry, .arena = arena, .problems = problems
    };
    size_t before = problems->count + problems->dropped;
    size_t first = registry_count(registry) - count;
    for (size_t i = 0; i < count; i++) {
        (void)(clashes_by_samples(&checker, &list[i], first + i) ||
               clashes_by_examples(&checker, &list[i], first + i));
    }
    if (problems->count + problems->dropped > before) {
        return false; /* every use of the steps in question would be told about, too */
    }
    checker.depths = ARENA_ARRAY(arena, count + 1, size_t);
    for (size_t i = 0; i < count; i++) {
        match_steps(&checker, &list[i]);
    }
    for (size_t i = 0; i < count; i++) {
        (void)depth_of(&checker, i, 0);
    }
    return problems->count + problems->dropped == before;
}
