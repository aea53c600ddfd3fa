/* SPDX-License-Identifier: MIT */
#include "config/settings.h"

#include <stdarg.h>

#include "config/merge/merge.h"
#include "config/process_variables.h"
#include "config/sections/sections.h"

void merge_refuse(struct merge *merge, const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text message = arena_format_list(merge->arena, format, arguments);
    va_end(arguments);
    problems_add(merge->problems, PROBLEM_USAGE, span_none(), hint, "%.*s", TEXT_ARG(message));
    merge->is_fine = false;
}

static struct text text_section(const struct config *config,
                                const struct config_section *section)
{
    const struct text *text = config_section_data(config, section);
    return text ? *text : TEXT_EMPTY;
}

static struct config_texts texts_section(const struct config *config,
                                         const struct config_section *section)
{
    const struct config_texts *texts = config_section_data(config, section);
    return texts ? *texts : (struct config_texts){ NULL, 0 };
}

static void merge_basics(struct merge *merge)
{
    const struct config *config = merge->config;
    struct config_settings *settings = merge->settings;
    settings->folder = config->folder;
    settings->config_path = config->has_file ? config->source.name : TEXT_EMPTY;
    settings->scenarios = text_section(config, &section_scenarios);
    settings->output = text_section(config, &section_output);
    settings->reports = texts_section(config, &section_reports);
    const struct config_records *commands = config_section_data(config, &section_commands);
    if (commands) {
        settings->commands = commands->list;
        settings->command_count = commands->count;
    }
    if (settings->reports.count && !settings->output.size) {
        merge_refuse(merge, "add `output: bddrun-out/`",
                     "'reports' needs the section 'output' to say where they go");
    }
}

static void merge_process(struct merge *merge)
{
    struct config_texts names = texts_section(merge->config, &section_env);
    struct config_pairs pairs = {
        ARENA_ARRAY(merge->arena, names.count + 1, struct config_pair), 0
    };
    for (size_t i = 0; i < names.count; i++) {
        struct text value;
        if (config_process_variable(&merge->reader, names.list[i], &value)) {
            pairs.list[pairs.count++] =
                (struct config_pair){ .name = names.list[i], .value = value };
        }
    }
    merge->settings->process = pairs;
    merge->settings->process_names = names;
}

bool settings_make(struct config *config, const struct settings_request *request,
                   const struct config_settings **ret_settings, struct problems *problems)
{
    struct merge merge = {
        .config = config,
        .arena = &config->arena,
        .request = request,
        .reader = { .arena = &config->arena,
                    .problems = problems,
                    .process_environment = config->process_environment,
                    .folder = config->folder },
        .settings = ARENA_NEW(&config->arena, struct config_settings),
        .problems = problems,
        .is_fine = process_variables_check(config->process_environment, problems),
    };
    merge_basics(&merge);
    merge_process(&merge);
    merge_secrets(&merge);
    merge_variables(&merge);
    merge_environment(&merge);
    if (merge.is_fine) {
        *ret_settings = merge.settings;
    }
    return merge.is_fine;
}

const struct config_secret *settings_secret(const struct config_settings *settings,
                                            struct text name)
{
    for (size_t i = 0; i < settings->secret_count; i++) {
        if (text_equal(settings->secrets[i].name, name)) {
            return &settings->secrets[i];
        }
    }
    return NULL;
}

const struct config_command *settings_command(const struct config_settings *settings,
                                              struct text name)
{
    for (size_t i = 0; i < settings->command_count; i++) {
        if (text_equal(settings->commands[i].name, name)) {
            return &settings->commands[i];
        }
    }
    return NULL;
}

const struct config_pair *config_pairs_find(const struct config_pairs *pairs, struct text name)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (text_equal(pairs->list[i].name, name)) {
            return &pairs->list[i];
        }
    }
    return NULL;
}
