/* SPDX-License-Identifier: MIT */
/* What runs inside a step: composite steps, "at the same time", what is put off. */
#include "base/clock.h"
#include "event/emitter.h"
#include "format/json.h"
#include "match/composite.h"
#include "run/attempt_parts.h"
#include "world/cast.h"
#include "world/expand.h"
#include "world/quoted.h"

/* --- composite steps --- */

/* The value of an argument: of a quoted string its content; a number, word or JSON as JSON. */
static bool argument_value(struct step *step, const struct actor *actor, size_t index,
                           struct variable *ret_value)
{
    struct text written = step_argument(step, index);
    const struct json_value *json;
    bool is_quoted = written.size > 1 && (written.at[0] == '"' || written.at[0] == '\'');
    struct text plain = is_quoted ? quoted_content(&step->world->arena, written) : written;
    if (!expand(step, actor, plain, step_argument_span(step, index), EXPAND_PLAIN,
                &ret_value->value)) {
        return false;
    }
    bool is_json = !is_quoted && json_parse_text(ret_value->value, &step->world->arena, &json);
    ret_value->kind = is_json ? VARIABLE_JSON : VARIABLE_TEXT;
    return true;
}

static bool pass_arguments(struct step *step, const struct composite *composite,
                           struct scope *scope)
{
    struct world *world = step->world;
    const struct actor *actor = scope->self.list[0];
    for (size_t i = 0; i < composite->input_count; i++) {
        struct variable value = { .owner = TEXT_EMPTY, .name = composite->inputs[i].name };
        if (!argument_value(step, actor, composite->inputs[i].argument, &value)) {
            return false;
        }
        variables_set(&scope->arguments, &world->arena, value);
    }
    if (composite->takes_argument && step->pickle->doc_string) {
        struct variable value = { .owner = TEXT_EMPTY, .name = TEXT("argument") };
        if (!step_doc_string(step, actor, &value.value)) {
            return false;
        }
        variables_set(&scope->arguments, &world->arena, value);
    }
    scope->table = composite->takes_argument ? step->pickle->table : NULL;
    return true;
}

static struct scope *enter(struct step *step, const struct composite *composite)
{
    struct world *world = step->world;
    struct cast self = step->scope->self;
    if (composite->actor_argument != COMPOSITE_NO_ACTOR &&
        !step_cast(step, composite->actor_argument, &self)) {
        return NULL;
    }
    if (self.count == 0) {
        self = cast_of_one(world, world_actor(world, TEXT("I")));
    }
    struct scope *scope = scope_enter(step->scope, self);
    return pass_arguments(step, composite, scope) ? scope : NULL;
}

static enum status run_lines(struct attempt *attempt, const struct composite *composite,
                             struct scope *scope)
{
    struct emitter *emitter = attempt->context->emitter;
    enum status status = STATUS_PASSED;
    for (size_t i = 0; i < composite->step_count; i++) {
        const struct composite_step *inner = &composite->steps[i];
        struct span at = line_span(composite->at.source, &inner->pickle);
        emitter_begin_line(emitter, inner->pickle.keyword, inner->pickle.text, at);
        if (status != STATUS_PASSED) {
            emitter_end_line(emitter, STATUS_SKIPPED, 0, NULL, TEXT_EMPTY, at);
            continue;
        }
        struct line line = { inner->match, &inner->pickle, scope, at };
        status = attempt_run_line(attempt, &line);
    }
    return status;
}

static bool copy_outputs(struct step *step, const struct composite *composite,
                         struct scope *scope)
{
    for (size_t i = 0; i < composite->output_count; i++) {
        if (!scope_output(scope, composite->outputs[i])) {
            step_fail(step, "the step promises '%.*s' by @out but never saved it",
                      TEXT_ARG(composite->outputs[i]));
            step_hint(step, "save it in the composite step, or take it out of its @out tag");
            return false;
        }
    }
    return true;
}

enum status attempt_run_composite(struct attempt *attempt, struct step *step)
{
    const struct composite *composite = step->match->definition->composite;
    struct scope *scope = enter(step, composite);
    if (!scope) {
        return STATUS_FAILED;
    }
    enum status status = run_lines(attempt, composite, scope);
    if (status == STATUS_PASSED && !copy_outputs(step, composite, scope)) {
        return STATUS_FAILED;
    }
    return status;
}

/* --- afterwards --- */

/* Whether the step is one of these. */
static bool is_of(const struct planned_steps *steps, const struct step *step,
                  uint32_t *ret_index)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (&steps->list[i].pickle == step->pickle) {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

/* Where another worker finds the step; nowhere inside a composite step. */
static void find_place(const struct attempt *attempt, const struct step *step,
                       struct put_off *put_off)
{
    const struct attempt_request *request = attempt->request;
    put_off->is_lasting = is_of(&request->steps, step, &put_off->index);
    for (uint32_t i = 0; i < request->before_count && !put_off->is_lasting; i++) {
        put_off->list = i + 1;
        put_off->is_lasting = is_of(&request->before[i], step, &put_off->index);
    }
}

void attempt_put_off(void *context, struct step *step)
{
    struct attempt *attempt = context;
    struct put_off *put_off = ARENA_NEW(&attempt->world.arena, struct put_off);
    *put_off = (struct put_off){
        .next = attempt->put_off,
        .match = step->match->inner,
        .pickle = step->pickle,
        .scope = step->scope,
        .at = step_text_span(step, step->match->inner_start, step->match->text.size),
    };
    find_place(attempt, step, put_off);
    attempt->put_off = put_off;
}

/* --- at the same time --- */

struct together {
    struct step *list;
    struct step **pointers;
    size_t count;
};

static bool match_row(struct attempt *attempt, struct step *outer, const struct cell *cell,
                      struct step *ret_step)
{
    struct span at =
        span_make(outer->at.source, cell->place.start, cell->place.start + cell->place.size);
    const struct step_matches *matches =
        registry_match(attempt->context->registry, text_trim(cell->value));
    if (matches->count != 1) {
        step_fail_at(outer, at, "%s step '%.*s'", matches->count ? "ambiguous" : "undefined",
                     TEXT_ARG(cell->value));
        step_hint(outer, "`bddrun steps` lists what can be written");
        return false;
    }
    const struct step_definition *definition = matches->list[0].definition;
    if (definition->takes != TAKES_NOTHING || !definition->run) {
        step_fail_at(outer, at, "'%.*s' cannot run at the same time as others",
                     TEXT_ARG(cell->value));
        step_hint(outer, "only built-in steps without a doc string or table can");
        return false;
    }
    struct pickle_step *pickle = ARENA_NEW(&attempt->world.arena, struct pickle_step);
    *pickle = *outer->pickle;
    pickle->text = matches->list[0].text;
    pickle->table = NULL;
    *ret_step = (struct step){
        .world = outer->world,
        .scope = outer->scope,
        .match = matches->list,
        .pickle = pickle,
        .at = at,
        .started_ns = outer->started_ns,
        .status = STATUS_PASSED,
    };
    bool is_ok = attempt_set_deadline(ret_step);
    outer->failure = is_ok ? outer->failure : ret_step->failure;
    outer->status = is_ok ? outer->status : STATUS_FAILED;
    return is_ok;
}

static bool match_rows(struct attempt *attempt, struct step *outer, struct together *together)
{
    const struct table *table = outer->pickle->table;
    struct arena *arena = &attempt->world.arena;
    together->list = ARENA_ARRAY(arena, table->row_count, struct step);
    together->pointers = ARENA_ARRAY(arena, table->row_count, struct step *);
    for (size_t i = 0; i < table->row_count; i++) {
        if (!match_row(attempt, outer, &table->rows[i].cells[0], &together->list[i])) {
            return false;
        }
        together->pointers[together->count] = &together->list[together->count];
        together->count++;
    }
    return true;
}

void attempt_run_together(void *context, struct step *step)
{
    struct attempt *attempt = context;
    struct together together = { 0 };
    if (!match_rows(attempt, step, &together)) {
        return;
    }
    world_begin_together(step->world);
    steps_drive(together.pointers, together.count);
    world_end_together(step->world);
    for (size_t i = 0; i < together.count; i++) {
        struct step *inner = &together.list[i];
        emitter_begin_line(attempt->context->emitter, TEXT("* "), inner->match->text,
                           inner->at);
        attempt_end_line(attempt, inner);
        step->status = status_worse(step->status, inner->status);
    }
}
