/* SPDX-License-Identifier: MIT */
#include "config/merge/merge.h"

#include "base/buffer.h"
#include "base/near.h"
#include "config/sections/sections.h"

enum { HINT_LIMIT = 1000, JOBS_LIMIT = 1024 };

static struct text process_variable(const struct merge *merge, struct text name)
{
    struct text value;
    return config_process_variable(&merge->reader, name, &value) ? value : TEXT_EMPTY;
}

/* Whoever is asked first and says something; and who that was. */
static struct text choose(struct text option, const char *option_name, struct text variable,
                          const char *variable_name, struct text *ret_origin)
{
    *ret_origin = text_of(option.size ? option_name : variable.size ? variable_name : "");
    return option.size ? option : variable;
}

static void refuse_environment(struct merge *merge, struct text name)
{
    const struct config_settings *settings = merge->settings;
    CLEANUP(buffer_release) struct buffer known;
    buffer_init(&known, HINT_LIMIT);
    for (size_t i = 0; i < settings->environment_count; i++) {
        buffer_add_format(&known, "%s'%.*s'", i ? ", " : "",
                          TEXT_ARG(settings->environments[i].name));
    }
    merge_refuse(merge, NULL, "unknown environment '%.*s'", TEXT_ARG(name));
    if (settings->environment_count) {
        problems_hint(merge->problems, "bddrun.yaml has %.*s", TEXT_ARG(buffer_text(&known)));
    } else {
        problems_hint(merge->problems,
                      "there are no `environments:`; name a site by --base-url");
    }
}

static void choose_environment(struct merge *merge)
{
    struct config_settings *settings = merge->settings;
    struct text name = choose(
        merge->request->environment, "option '-e'", process_variable(merge, TEXT("BDDRUN_ENV")),
        "environment variable 'BDDRUN_ENV'", &settings->environment_origin);
    const struct text *configured =
        config_section_data(merge->config, &section_default_environment);
    if (name.size == 0 && configured) {
        name = *configured;
        settings->environment_origin = TEXT("default_environment");
    }
    if (name.size == 0) {
        if (settings->environment_count == 1) {
            settings->environment = settings->environments;
            settings->environment_origin = TEXT("the only one");
        }
        return;
    }
    for (size_t i = 0; i < settings->environment_count; i++) {
        if (text_equal(settings->environments[i].name, name)) {
            settings->environment = &settings->environments[i];
            return;
        }
    }
    refuse_environment(merge, name);
}

static void choose_base_url(struct merge *merge)
{
    struct config_settings *settings = merge->settings;
    struct text url =
        choose(merge->request->base_url, "option '--base-url'",
               process_variable(merge, TEXT("BDDRUN_BASE_URL")),
               "environment variable 'BDDRUN_BASE_URL'", &settings->base_url_origin);
    if (url.size == 0) {
        settings->base_url = settings->environment ? settings->environment->url : TEXT_EMPTY;
        return;
    }
    if (!config_is_url(url)) {
        merge_refuse(merge, "write it as http://127.0.0.1:8080",
                     "'%.*s' is not an absolute URL", TEXT_ARG(url));
        return;
    }
    while (text_ends_with(url, TEXT("/"))) {
        url.size--;
    }
    settings->base_url = url;
}

static void choose_jobs(struct merge *merge)
{
    struct config_settings *settings = merge->settings;
    struct text variable = process_variable(merge, TEXT("BDDRUN_JOBS"));
    uint64_t jobs = merge->request->jobs;
    if (jobs > 0) {
        settings->jobs_origin = TEXT("option '-j'");
    } else if (variable.size > 0) {
        settings->jobs_origin = TEXT("environment variable 'BDDRUN_JOBS'");
        if (!text_to_uint64(variable, &jobs) || jobs < 1) {
            merge_refuse(merge, "write a number from 1 to 1024",
                         "BDDRUN_JOBS is '%.*s', which is no number of jobs",
                         TEXT_ARG(variable));
            return;
        }
    } else {
        return;
    }
    if (jobs > JOBS_LIMIT) {
        merge_refuse(merge, "write a number from 1 to 1024", "%llu jobs are too many",
                     (unsigned long long)jobs);
        return;
    }
    settings->limits.jobs = jobs;
}

void merge_environment(struct merge *merge)
{
    struct config_settings *settings = merge->settings;
    const struct config_records *environments =
        config_section_data(merge->config, &section_environments);
    if (environments) {
        settings->environments = environments->list;
        settings->environment_count = environments->count;
    }
    choose_environment(merge);
    choose_base_url(merge);
    settings->limits =
        settings->environment ? settings->environment->limits : config_default_limits;
    choose_jobs(merge);
}
