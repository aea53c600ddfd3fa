/* SPDX-License-Identifier: MIT */
/* The grammar between ${ and }: a name, now ± a duration, or a function with its arguments. */
#include "world/expand.h"

#include "config/settings.h"
#include "world/expand/expand_word.h"
#include "world/expand_function.h"
#include "world/step.h"
#include "world/world.h"

/* One expression being read: its place is only for messages. */
struct reader {
    struct step *step;
    const struct actor *actor;
    struct span at;
    struct text rest;
};

/* Declared, but its file or variable of the process environment is not there. */
static bool fail_secret(struct reader *reader, const struct config_secret *secret)
{
    step_fail_at(reader->step, reader->at, "the secret '%.*s' has no value",
                 TEXT_ARG(secret->name));
    step_hint(reader->step, "give it by %.*s, or by BDDRUN_SECRET_%.*s",
              TEXT_ARG(secret->source.origin), TEXT_ARG(secret->name));
    return false;
}

static bool fail_unknown(struct reader *reader, struct text name)
{
    const struct config_secret *secret =
        settings_secret(reader->step->world->context->settings, name);
    if (secret) {
        return fail_secret(reader, secret);
    }
    struct scope *scope = reader->step->scope;
    struct text near = scope_suggest(scope, reader->actor, name);
    step_fail_at(reader->step, reader->at, "unknown variable '%.*s'", TEXT_ARG(name));
    if (near.size) {
        step_hint(reader->step, "did you mean %.*s?", TEXT_ARG(near));
    } else {
        step_hint(reader->step,
                  "save it in an earlier step, declare it under 'variables:' in "
                  "bddrun.yaml, or give it with -D %.*s=…; a secret under 'secrets:'",
                  TEXT_ARG(name));
    }
    return false;
}

static bool read_name(struct reader *reader, struct text name, struct variable *ret_value)
{
    if (text_starts_with(name, TEXT("env."))) {
        return expand_environment(reader->step, text_from(name, 4), reader->at, ret_value);
    }
    const struct variable *found = scope_find(reader->step->scope, reader->actor, name);
    if (!found && actor_lend_account(world_actor(reader->step->world, reader->actor->name),
                                     reader->step)) {
        found = scope_find(reader->step->scope, reader->actor, name);
    }
    if (step_has_failed(reader->step)) {
        return false;
    }
    if (!found) {
        return fail_unknown(reader, name);
    }
    *ret_value = *found;
    return true;
}

static bool call_function(struct reader *reader, const struct expand_function *function,
                          struct variable *ret_value)
{
    struct expand_call call = { .step = reader->step, .actor = reader->actor };
    bool is_quoted = false;
    for (size_t i = 0; i < function->argument_count; i++) {
        struct text word;
        if (!expand_take_word(&reader->rest, &word, &is_quoted)) {
            step_fail_at(reader->step, reader->at, "'%s' wants %zu argument%s", function->name,
                         function->argument_count, function->argument_count == 1 ? "" : "s");
            step_hint(reader->step, "write a name or a quoted text after '%s'", function->name);
            return false;
        }
        struct variable value = { .value = word };
        if (!is_quoted && !function->is_raw &&
            !expand_expression(reader->step, reader->actor, word, reader->at, &value)) {
            return false;
        }
        call.arguments[i] = variable_plain(&reader->step->world->arena, &value);
    }
    *ret_value = (struct variable){ 0 };
    if (!function->call(&call, ret_value)) {
        step_fail_at(reader->step, reader->at, "%.*s", TEXT_ARG(call.error));
        step_hint(reader->step, "section 5 of docs/vocabulary.md says what '%s' takes",
                  function->name);
        return false;
    }
    return true;
}

static bool check_end(struct reader *reader, const char *what)
{
    reader->rest = text_trim(reader->rest);
    if (reader->rest.size == 0) {
        return true;
    }
    step_fail_at(reader->step, reader->at, "unexpected '%.*s' after %s in '${…}'",
                 TEXT_ARG(reader->rest), what);
    step_hint(reader->step,
              "only 'now ± duration' and the functions of `bddrun steps` take more "
              "than a name");
    return false;
}

bool expand_expression(struct step *step, const struct actor *actor, struct text expression,
                       struct span at, struct variable *ret_value)
{
    struct reader reader = { .step = step, .actor = actor, .at = at, .rest = expression };
    struct text name;
    bool is_quoted = false;
    if (!expand_take_word(&reader.rest, &name, &is_quoted) || is_quoted) {
        step_fail_at(step, at, "'${…}' wants a name");
        step_hint(step, "write the name of a variable between ${ and }");
        return false;
    }
    if (text_is(name, "now") && text_trim(reader.rest).size) {
        return expand_now(step, text_trim(reader.rest), at, ret_value);
    }
    const struct expand_function *function = expand_function_find(name);
    bool is_call = function && (function->argument_count == 0 || text_trim(reader.rest).size);
    if (is_call) {
        return call_function(&reader, function, ret_value) &&
               check_end(&reader, "the arguments");
    }
    return read_name(&reader, name, ret_value) && check_end(&reader, "a name");
}
