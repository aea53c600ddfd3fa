/* SPDX-License-Identifier: MIT */
#include "config/merge/merge.h"

#include <string.h>

#include "config/sections/sections.h"

#define VARIABLE_PREFIX TEXT("BDDRUN_VAR_")
#define SECRET_PREFIX TEXT("BDDRUN_SECRET_")

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* What ${…} can name: no dot (actors and env. have it), no space or brace. */
static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.at[i];
        bool is_inner = i > 0 && ((c >= '0' && c <= '9') || c == '-');
        if (!is_letter(c) && !is_inner) {
            return false;
        }
    }
    return name.size > 0;
}

/* The next variable of the process environment after *at that has the prefix. */
static bool next_with_prefix(const char *const **at, struct text prefix, struct text *ret_name,
                             struct text *ret_value)
{
    for (; *at && **at; (*at)++) {
        struct text pair = text_of(**at);
        if (text_starts_with(pair, prefix)) {
            size_t equals = text_find_byte(pair, '=', 0);
            *ret_name = text_slice(pair, prefix.size, equals);
            *ret_value = text_from(pair, equals + 1);
            (*at)++;
            return true;
        }
    }
    return false;
}

static size_t count_process(const char *const *environment)
{
    size_t count = 0;
    while (environment && environment[count]) {
        count++;
    }
    return count;
}

static void set_secret(struct merge *merge, struct text name, struct text value)
{
    struct config_settings *settings = merge->settings;
    struct config_secret *secret = NULL;
    for (size_t i = 0; i < settings->secret_count; i++) {
        if (text_equal(settings->secrets[i].name, name)) {
            secret = &settings->secrets[i];
        }
    }
    if (!secret) {
        secret = &settings->secrets[settings->secret_count++];
        *secret = (struct config_secret){ .name = name };
    }
    secret->source.value = value;
    secret->source.has_value = value.size > 0;
    secret->source.origin =
        arena_format(merge->arena, "environment variable 'BDDRUN_SECRET_%.*s'", TEXT_ARG(name));
}

void merge_secrets(struct merge *merge)
{
    const struct config_records *declared =
        config_section_data(merge->config, &section_secrets);
    const char *const *process = merge->config->process_environment;
    size_t declared_count = declared ? declared->count : 0;
    struct config_settings *settings = merge->settings;
    settings->secrets = ARENA_ARRAY(merge->arena, declared_count + count_process(process) + 1,
                                    struct config_secret);
    if (declared_count) {
        memcpy(settings->secrets, declared->list,
               declared_count * sizeof(struct config_secret));
        settings->secret_count = declared_count;
    }
    struct text name;
    struct text value;
    while (next_with_prefix(&process, SECRET_PREFIX, &name, &value)) {
        set_secret(merge, name, value);
    }
    for (size_t i = 0; i < settings->secret_count; i++) {
        if (!is_name(settings->secrets[i].name)) {
            merge_refuse(merge, "use letters, digits, '_' and '-'", "bad secret name '%.*s'",
                         TEXT_ARG(settings->secrets[i].name));
        }
    }
}

static void set_variable(struct merge *merge, struct config_pair variable)
{
    struct config_pairs *variables = &merge->settings->variables;
    if (!is_name(variable.name)) {
        merge_refuse(merge, "use letters, digits, '_' and '-'", "bad variable name '%.*s'",
                     TEXT_ARG(variable.name));
        return;
    }
    if (settings_secret(merge->settings, variable.name)) {
        merge_refuse(merge, "give it as BDDRUN_SECRET_name, or where `secrets:` says",
                     "'%.*s' is a secret and cannot be a variable", TEXT_ARG(variable.name));
        return;
    }
    for (size_t i = 0; i < variables->count; i++) {
        if (text_equal(variables->list[i].name, variable.name)) {
            variables->list[i] = variable;
            return;
        }
    }
    variables->list[variables->count++] = variable;
}

static void define(struct merge *merge, struct text definition)
{
    size_t equals = text_find_byte(definition, '=', 0);
    if (equals == definition.size) {
        merge_refuse(merge, "write -D name=value", "option '-D' needs a '=' in '%.*s'",
                     TEXT_ARG(definition));
        return;
    }
    set_variable(merge, (struct config_pair){ .name = text_slice(definition, 0, equals),
                                              .value = text_from(definition, equals + 1),
                                              .origin = TEXT("option '-D'") });
}

void merge_variables(struct merge *merge)
{
    const struct config_pairs *declared =
        config_section_data(merge->config, &section_variables);
    const struct settings_request *request = merge->request;
    const char *const *process = merge->config->process_environment;
    size_t room = (declared ? declared->count : 0) + request->definition_count +
                  count_process(process) + 1;
    merge->settings->variables.list = ARENA_ARRAY(merge->arena, room, struct config_pair);
    for (size_t i = 0; declared && i < declared->count; i++) {
        set_variable(merge, declared->list[i]);
    }
    struct config_pair variable = { 0 };
    while (next_with_prefix(&process, VARIABLE_PREFIX, &variable.name, &variable.value)) {
        variable.origin = arena_format(merge->arena, "environment variable 'BDDRUN_VAR_%.*s'",
                                       TEXT_ARG(variable.name));
        set_variable(merge, variable);
    }
    for (size_t i = 0; i < request->definition_count; i++) {
        define(merge, request->definitions[i]);
    }
}
