/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/planned.h"
#include "cli/record/record.h"
#include "config/recordings.h"

#define VALUE(member) offsetof(struct record_values, member)

enum { NAME_LIMIT = 64 << 10 };

static const struct option options[] = {
    { .name = "from",
      .value = "FILE.har",
      .summary = "take what a browser or proxy recorded, instead of running scenarios",
      .read = option_read_text,
      .offset = VALUE(from) },
    { .name = "host",
      .value = "HOST",
      .summary = "of --from: only this host; *.shop.example; repeatable",
      .read = option_read_texts,
      .offset = VALUE(hosts) },
    { .name = "path",
      .value = "PATTERN",
      .summary = "of --from: only these paths: '/api/**'; repeatable",
      .read = option_read_texts,
      .offset = VALUE(paths) },
    { .name = "keep",
      .value = "NAME",
      .summary = "of --from: a name whose values are not redacted; repeatable",
      .read = option_read_texts,
      .offset = VALUE(keep) },
    { .name = "all",
      .summary = "of --from: for one scenario, also what none of its steps asks for",
      .read = option_read_flag,
      .offset = VALUE(takes_all) },
    { .name = "samples",
      .value = "COUNT",
      .summary = "record each scenario so often, to learn what differs by itself",
      .read = option_read_count,
      .offset = VALUE(samples) },
    { .name = "scenario",
      .value = "NAME",
      .summary = "only scenarios of this name; repeatable: or",
      .read = option_read_texts,
      .offset = VALUE(scenarios) },
    { .name = "name",
      .letter = 'n',
      .value = "REGEX",
      .summary = "only scenarios whose name matches; repeatable: or",
      .read = option_read_texts,
      .offset = VALUE(names) },
    { .name = "tags",
      .letter = 't',
      .value = "EXPRESSION",
      .summary = "only scenarios with these tags; repeatable: and",
      .read = option_read_texts,
      .offset = VALUE(tags) },
    { .name = "jobs",
      .letter = 'j',
      .value = "COUNT",
      .summary = "scenarios at the same time, at most",
      .read = option_read_count,
      .offset = VALUE(configured.jobs) },
    { .name = "environment",
      .letter = 'e',
      .value = "NAME",
      .summary = "instead of the environment that `recordings:` names",
      .read = option_read_text,
      .offset = VALUE(configured.environment) },
    { .name = "define",
      .letter = 'D',
      .value = "NAME=VALUE",
      .summary = "a variable; repeatable; never a secret",
      .read = option_read_texts,
      .offset = VALUE(configured.definitions) },
    { .name = "config",
      .value = "FILE",
      .summary = "instead of looking for bddrun.yaml",
      .read = option_read_text,
      .offset = VALUE(configured.config) },
    { .name = "json",
      .summary = "what was recorded as JSON, to the standard output",
      .read = option_read_flag,
      .offset = VALUE(is_json) },
    { 0 },
};

/* --scenario as a regular expression of the whole name. */
static void add_scenario(struct record_values *values, struct arena *arena, struct text name)
{
    CLEANUP(buffer_release) struct buffer pattern;
    buffer_init(&pattern, NAME_LIMIT);
    buffer_add_byte(&pattern, '^');
    for (size_t i = 0; i < name.size; i++) {
        if (text_find_byte(TEXT("\\^$.|?*+()[]{}#"), name.at[i], 0) < 15) {
            buffer_add_byte(&pattern, '\\');
        }
        buffer_add_byte(&pattern, name.at[i]);
    }
    buffer_add_byte(&pattern, '$');
    option_texts_add(&values->names, arena, arena_text(arena, buffer_text(&pattern)));
}

static void finish_options(struct record_values *values, struct invocation *invocation)
{
    for (size_t i = 0; i < values->scenarios.count; i++) {
        add_scenario(values, &invocation->arena, values->scenarios.list[i]);
    }
    values->options = (struct run_options){ .paths = invocation->words.list,
                                            .path_count = invocation->words.count,
                                            .tags = values->tags.list,
                                            .tag_count = values->tags.count,
                                            .names = values->names.list,
                                            .name_count = values->names.count,
                                            .recorder = &values->recorder.recorder };
}

static bool refuse(struct invocation *invocation, const char *message)
{
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                 "`bddrun record --help` says what goes together", "%s", message);
    return false;
}

static bool fit_together(struct invocation *invocation, const struct record_values *values)
{
    bool is_choosing =
        values->hosts.count + values->paths.count + values->keep.count + values->takes_all > 0;
    if (is_choosing && values->from.size == 0) {
        return refuse(invocation, "--host, --path, --keep and --all are of --from");
    }
    if (values->samples > 0 && values->from.size > 0) {
        return refuse(invocation, "--from takes one sample, not --samples");
    }
    if (values->samples > CONFIG_SAMPLES_MOST) {
        return refuse(invocation, "at most 99 samples are recorded");
    }
    return true;
}

static enum exit_code run_record(struct invocation *invocation)
{
    struct record_values *values = invocation->values;
    const struct config_settings *settings = NULL;
    finish_options(values, invocation);
    if (!fit_together(invocation, values) ||
        !configured_load(&values->configured, invocation)) {
        return problems_exit_code(&invocation->problems);
    }
    values->recordings = config_recordings(&invocation->config);
    if (values->configured.environment.size == 0) {
        values->configured.environment = values->recordings->environment;
    }
    if (!configured_settle(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    return planned(invocation, &values->options, settings,
                   values->from.size ? record_import : record_run);
}

const struct command cmd_record = {
    .name = "record",
    .summary = "record what production answers, for comparing with it",
    .usage = "[PATH…]",
    .description =
        "Runs the scenarios of PATH (as for run) against the environment that `recordings:`\n"
        "names, which must be read-only, and writes what it answered, redacted: a HAR file\n"
        "for each scenario that passed. With --from no scenario runs: requests and sockets\n"
        "of a browser's HAR file go to the scenarios whose steps ask for them.",
    .options = options,
    .values_size = sizeof(struct record_values),
    .takes_words = true,
    .run = run_record,
};
