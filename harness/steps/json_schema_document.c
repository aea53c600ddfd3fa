/* SPDX-License-Identifier: MIT */
/* F8: JSON documents held against a JSON Schema. */
#include "exchange/exchange.h"
#include "format/json_schema.h"
#include "steps/answers.h"
#include "steps/step_functions.h"
#include "world/document.h"
#include "world/project_file.h"
#include "world/schemas.h"
#include "world/step.h"
#include "world/world.h"

/* The source lives in the world's arena: a failure may point into it. */
static bool compile(struct step *step, struct text name, struct json_schema **ret_schema)
{
    struct source *source = ARENA_NEW(&step->world->arena, struct source);
    struct problems problems;
    struct text bytes;
    if (!project_file_read(step, name, &bytes)) {
        return false;
    }
    source_init(source, name, bytes);
    problems_init(&problems);
    bool is_ok = json_schema_compile(source, ret_schema, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

static void report(struct step *step, struct text prefix, struct text schema_name,
                   const struct json_violations *violations)
{
    struct arena *arena = &step->world->arena;
    for (size_t i = 0; i < violations->count; i++) {
        const struct json_violation *violation = &violations->list[i];
        struct text what = arena_format(arena, "%.*sJSON at %.*s", TEXT_ARG(prefix),
                                        TEXT_ARG(violation->instance_path));
        struct text expected =
            arena_format(arena, "%.*s (%.*s%.*s)", TEXT_ARG(violation->expected),
                         TEXT_ARG(schema_name), TEXT_ARG(violation->schema_path));
        step_mismatch(step, what, expected, violation->found, step_argument_span(step, 1));
    }
}

/* Compiled before the run, unless its name holds a ${…}. */
static const struct json_schema *schema_of(struct step *step, struct text name,
                                           struct json_schema **ret_own)
{
    const struct schemas *schemas = step->world->context->schemas;
    const struct json_schema *found = schemas ? schemas_find(schemas, name) : NULL;
    if (!found && compile(step, name, ret_own)) {
        found = *ret_own;
    }
    return found;
}

static bool check(struct step *step, const struct answer *answer, struct text prefix)
{
    CLEANUP(json_schema_release) struct json_schema *own = NULL;
    const struct json_value *actual;
    struct json_violations *violations = ARENA_NEW(&step->world->arena, struct json_violations);
    struct text name;
    if (!step_string(step, answer->actor, 1, &name)) {
        return false;
    }
    const struct json_schema *schema = schema_of(step, name, &own);
    if (!schema || !document_json(step, answer->exchange, &actual)) {
        return false;
    }
    if (!json_schema_validate(schema, actual, &step->world->arena, violations)) {
        report(step, prefix, name, violations);
        step_show_exchange(step, answer->exchange);
    }
    return true;
}

/* F8: `{whose} JSON is valid against schema {string}` */
void step_json_fits_schema(struct step *step)
{
    struct answers answers;
    if (!answers_of_whose(step, &answers)) {
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        struct text prefix = TEXT_EMPTY;
        if (answers.count > 1) {
            prefix = arena_format(&step->world->arena,
                                  "%.*s: ", TEXT_ARG(answers.list[i].actor->name));
        }
        if (!check(step, &answers.list[i], prefix)) {
            return;
        }
    }
}
