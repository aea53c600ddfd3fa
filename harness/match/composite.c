/* SPDX-License-Identifier: MIT */
#include "match/composite.h"

#include <string.h>

#include "match/composite_check.h"
#include "match/expression.h"
#include "match/parameter_type.h"

/* A scenario of a document while it is made a composite step. */
struct reader {
    struct registry *registry;
    struct arena *arena;
    struct problems *problems;
    const struct document *document;
    struct composite *composite;
    struct span inputs_at; /* the @in tag; span_none() without */
    struct span outputs_at;
};

static void refuse(struct reader *reader, struct span at, const char *hint, const char *message)
{
    problems_add(reader->problems, PROBLEM_INPUT, at, hint, "%s", message);
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.at[i];
        bool is_later = (byte >= '0' && byte <= '9') || byte == '-';
        if (!is_letter(byte) && (i == 0 || !is_later)) {
            return false;
        }
    }
    return name.size > 0;
}

static bool has_name(const struct text *names, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

/* The names of "a,b". */
static const struct text *read_names(struct reader *reader, struct span at, struct text list,
                                     size_t *ret_count)
{
    struct text *names = ARENA_ARRAY(reader->arena, list.size + 1, struct text);
    struct text name;
    size_t count = 0;
    while (text_take_until(&list, ',', &name)) {
        if (!is_name(name)) {
            problems_add(reader->problems, PROBLEM_INPUT, at,
                         "letters, digits, '_' and '-', a letter first, commas between",
                         "'%.*s' is no name", TEXT_ARG(name));
        } else if (has_name(names, count, name)) {
            problems_add(reader->problems, PROBLEM_INPUT, at, NULL,
                         "the name '%.*s' stands here twice", TEXT_ARG(name));
        } else if (text_is(name, "argument")) {
            refuse(reader, at, "name it differently",
                   "'argument' is the doc string or table of the step");
        }
        names[count++] = name;
    }
    *ret_count = count;
    return names;
}

static void read_tag(struct reader *reader, struct span at, struct text tag,
                     const struct text **inputs, size_t *input_count)
{
    struct composite *composite = reader->composite;
    bool is_input = text_starts_with(tag, TEXT("@in:"));
    if (!is_input && !text_starts_with(tag, TEXT("@out:"))) {
        problems_add(reader->problems, PROBLEM_INPUT, at,
                     "only @in:a,b and @out:x,y have a meaning",
                     "a composite step cannot have the tag '%.*s'", TEXT_ARG(tag));
        return;
    }
    struct span *known_at = is_input ? &reader->inputs_at : &reader->outputs_at;
    if (known_at->source) {
        problems_add_related(reader->problems, PROBLEM_INPUT, at, *known_at, "first here",
                             "a composite step has one '@%s:' tag", is_input ? "in" : "out");
        return;
    }
    *known_at = at;
    struct text list = text_from(tag, is_input ? strlen("@in:") : strlen("@out:"));
    if (is_input) {
        *inputs = read_names(reader, at, list, input_count);
    } else {
        composite->outputs = read_names(reader, at, list, &composite->output_count);
    }
}

/* The first {actor} is whom the body means; the others take their names from @in. */
static void bind_inputs(struct reader *reader, const struct expression *expression,
                        const struct text *names, size_t name_count)
{
    struct composite *composite = reader->composite;
    struct composite_input *inputs =
        ARENA_ARRAY(reader->arena, expression->parameter_count + 1, struct composite_input);
    size_t count = 0;
    composite->actor_argument = COMPOSITE_NO_ACTOR;
    for (size_t i = 0; i < expression->parameter_count; i++) {
        if (composite->actor_argument == COMPOSITE_NO_ACTOR &&
            text_is(text_of(expression->parameters[i]->name), "actor")) {
            composite->actor_argument = i;
            continue;
        }
        inputs[count].name = count < name_count ? names[count] : TEXT_EMPTY;
        inputs[count++].argument = i;
    }
    composite->inputs = inputs;
    composite->input_count = count;
    if (count != name_count) {
        problems_add_related(
            reader->problems, PROBLEM_INPUT, composite->at, reader->inputs_at, "the names",
            "the expression has %zu parameter%s to be named, '@in:' has %zu "
            "name%s",
            count, count == 1 ? "" : "s", name_count, name_count == 1 ? "" : "s");
        problems_hint(reader->problems,
                      "the first {actor} has no name: it is who acts in the body");
    }
}

static bool add_definition(struct reader *reader)
{
    struct composite *composite = reader->composite;
    composite->takes_argument = text_ends_with(composite->expression, TEXT(":"));
    composite->definition = (struct step_definition){
        .id = "composite",
        .expression = arena_string(reader->arena, composite->expression),
        .help = "",
        .takes = composite->takes_argument ? TAKES_ANY : TAKES_NOTHING,
        .composite = composite,
    };
    struct expression_error error;
    if (!registry_add(reader->registry, &composite->definition, 1, &error)) {
        struct span at = composite->at;
        at.end = at.start + error.end;
        at.start += error.start;
        problems_add(reader->problems, PROBLEM_INPUT, at, NULL,
                     "this is no Cucumber Expression: %.*s", TEXT_ARG(error.problem));
        problems_hint(reader->problems, "%.*s", TEXT_ARG(error.hint));
        return false;
    }
    if (!registry_prepare(reader->registry, registry_count(reader->registry) - 1)) {
        refuse(reader, composite->at, "use fewer parameters", "the expression is too long");
        return false;
    }
    return true;
}

static void read_steps(struct reader *reader)
{
    struct composite *composite = reader->composite;
    size_t count = composite->pickle->step_count;
    struct composite_step *steps = ARENA_ARRAY(reader->arena, count + 1, struct composite_step);
    for (size_t i = 0; i < count; i++) {
        steps[i].pickle = pickle_step(composite->pickle, i);
    }
    composite->steps = steps;
    composite->step_count = count;
    if (count == 0) {
        refuse(reader, composite->at, "say what it does", "the composite step has no steps");
    }
}

static void read_scenario(struct reader *reader, const struct pickle *pickle)
{
    const struct heading *heading = &pickle->scenario->heading;
    struct composite *composite = reader->composite;
    reader->inputs_at = span_none();
    reader->outputs_at = span_none();
    composite->document = reader->document;
    composite->pickle = pickle;
    composite->expression = document_text(reader->document, heading->name);
    composite->at = document_span(reader->document, heading->name);
    if (composite->expression.size == 0) {
        refuse(reader, heading_span(reader->document, heading),
               "its name is its expression: Scenario: {actor} is/are logged in",
               "the composite step has no name");
        return;
    }
    if (!add_definition(reader)) {
        return;
    }
    const struct text *names = NULL;
    size_t name_count = 0;
    for (size_t i = 0; heading->tags && i < heading->tags->count; i++) {
        struct slice tag = heading->tags->list[i].name;
        read_tag(reader, document_span(reader->document, tag),
                 document_text(reader->document, tag), &names, &name_count);
    }
    bind_inputs(reader,
                registry_expression(reader->registry, registry_count(reader->registry) - 1),
                names, name_count);
    read_steps(reader);
}

static void refuse_tags(struct reader *reader, const struct heading *heading)
{
    for (size_t i = 0; heading->tags && i < heading->tags->count; i++) {
        refuse(reader, document_span(reader->document, heading->tags->list[i].name),
               "tag the scenarios, with @in:a,b and @out:x,y only",
               "a file of composite steps has no tags above its scenarios");
    }
}

static void refuse_background(struct reader *reader, const struct background *background)
{
    if (background) {
        refuse(reader, heading_span(reader->document, &background->heading),
               "put its steps into a composite step of their own",
               "a file of composite steps cannot have a background");
    }
}

static void refuse_examples(struct reader *reader, const struct scenario *const *scenarios,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (scenarios[i]->examples_count > 0) {
            refuse(reader, heading_span(reader->document, &scenarios[i]->examples[0].heading),
                   "give it parameters: {string}, {number}, …",
                   "a composite step cannot have examples");
        }
    }
}

/* What a file of composite steps may not have. */
static bool check_document(struct reader *reader)
{
    size_t before = reader->problems->count + reader->problems->dropped;
    const struct feature *feature = reader->document->feature;
    refuse_tags(reader, &feature->heading);
    refuse_background(reader, feature->background);
    refuse_examples(reader, feature->scenarios, feature->scenario_count);
    for (size_t i = 0; i < feature->rule_count; i++) {
        refuse_tags(reader, &feature->rules[i]->heading);
        refuse_background(reader, feature->rules[i]->background);
        refuse_examples(reader, feature->rules[i]->scenarios,
                        feature->rules[i]->scenario_count);
    }
    return reader->problems->count + reader->problems->dropped == before;
}

static bool compile_documents(const struct document *const *documents, size_t count,
                              struct reader *reader, struct pickles *pickles, size_t *ret_total)
{
    bool is_well = true;
    *ret_total = 0;
    for (size_t i = 0; i < count; i++) {
        reader->document = documents[i];
        if (documents[i]->feature) { /* a file of comments has none */
            is_well &= check_document(reader) && pickles_compile(documents[i], reader->arena,
                                                                 &pickles[i], reader->problems);
            *ret_total += pickles[i].count;
        }
    }
    return is_well;
}

bool composites_load(const struct document *const *documents, size_t count,
                     struct registry *registry, struct arena *arena,
                     struct composites *ret_composites, struct problems *problems)
{
    struct reader reader = { .registry = registry, .arena = arena, .problems = problems };
    struct pickles *pickles = ARENA_ARRAY(arena, count + 1, struct pickles);
    size_t total = 0;
    if (!compile_documents(documents, count, &reader, pickles, &total)) {
        return false;
    }
    size_t before = problems->count + problems->dropped;
    struct composite *list = ARENA_ARRAY(arena, total + 1, struct composite);
    size_t read = 0;
    for (size_t i = 0; i < count; i++) {
        reader.document = documents[i];
        for (size_t j = 0; j < pickles[i].count; j++) {
            reader.composite = &list[read++];
            read_scenario(&reader, &pickles[i].list[j]);
        }
    }
    if (problems->count + problems->dropped > before ||
        !composites_check(list, total, registry, arena, problems)) {
        return false;
    }
    *ret_composites = (struct composites){ .list = list, .count = total };
    return true;
}
