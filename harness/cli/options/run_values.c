/* SPDX-License-Identifier: MIT */
#include "cli/options/run_values.h"

#include <unistd.h>

#include "cli/console.h"
#include "config/record.h"

#define VALUE(member) offsetof(struct run_values, member)
#define OPTION(member) offsetof(struct run_values, options.member)

/* defined | random | random:SEED */
static bool read_order(const struct option_value *value, const struct option *option,
                       void *target)
{
    struct run_values *values = target;
    struct text seed = value->value;
    struct text order;
    (void)option;
    if (!text_take_until(&seed, ':', &order)) {
        return option_refuse(value, "write defined, random or random:SEED", "unknown order");
    }
    values->options.has_seed = seed.at != NULL;
    values->options.order = text_is(order, "random") ? RUN_ORDER_RANDOM : RUN_ORDER_DEFINED;
    bool is_order = text_is(order, "random") || (text_is(order, "defined") && !seed.at);
    if (!is_order || (seed.at && !text_to_uint64(seed, &values->options.seed))) {
        return option_refuse(value, "write defined, random or random:SEED", "unknown order");
    }
    return true;
}

static bool read_shard(const struct option_value *value, const struct option *option,
                       void *target)
{
    struct run_values *values = target;
    struct run_options *options = &values->options;
    struct text count = value->value;
    struct text index;
    (void)option;
    if (!text_take_until(&count, '/', &index) ||
        !text_to_uint64(index, &options->shard_index) ||
        !text_to_uint64(count, &options->shard_count) || options->shard_index < 1 ||
        options->shard_index > options->shard_count) {
        return option_refuse(value, "write 1/3 for the first of three", "not a shard:");
    }
    return true;
}

static bool read_retry(const struct option_value *value, const struct option *option,
                       void *target)
{
    struct run_values *values = target;
    values->options.has_retry = true;
    return option_read_number(value, option, &values->options.retry);
}

const struct option run_option_table[] = {
    { .name = "tags",
      .letter = 't',
      .value = "EXPRESSION",
      .summary = "only scenarios with these tags: '@smoke and not @slow'; repeatable: and",
      .read = option_read_texts,
      .offset = VALUE(tags) },
    { .name = "name",
      .letter = 'n',
      .value = "REGEX",
      .summary = "only scenarios whose name matches; repeatable: or",
      .read = option_read_texts,
      .offset = VALUE(names) },
    { .name = "jobs",
      .letter = 'j',
      .value = "COUNT",
      .summary = "scenarios at the same time, at most; 8 by default",
      .read = option_read_count,
      .offset = VALUE(configured.jobs) },
    { .name = "order",
      .value = "ORDER",
      .summary = "defined, random or random:SEED",
      .read = read_order },
    { .name = "shard",
      .value = "I/N",
      .summary = "only the I-th of N parts",
      .read = read_shard },
    CONFIGURED_OPTIONS(struct run_values, configured),
    { .name = "format",
      .letter = 'f',
      .value = "NAME[:FILE]",
      .summary = "a report; without FILE, or for -, to the standard output; repeatable",
      .read = option_read_texts,
      .offset = VALUE(formats) },
    { .name = "artefact",
      .value = "FILE",
      .summary = "what is tested, for the gate; also NAME@sha256:DIGEST; repeatable",
      .read = option_read_texts,
      .offset = VALUE(artefacts) },
    { .name = "attempt",
      .value = "COUNT",
      .summary = "of this job: 2 where it is run again; 1 by default",
      .read = option_read_count,
      .offset = OPTION(attempt) },
    { .name = "dry-run",
      .summary = "match every step, send nothing",
      .read = option_read_flag,
      .offset = OPTION(is_dry_run) },
    { .name = "list",
      .summary = "print what is selected, run nothing",
      .read = option_read_flag,
      .offset = OPTION(is_list) },
    { .name = "fail-fast",
      .summary = "stop at the first failure",
      .read = option_read_flag,
      .offset = VALUE(fails_fast) },
    { .name = "max-failures",
      .value = "COUNT",
      .summary = "stop at this many failures",
      .read = option_read_count,
      .offset = OPTION(max_failures) },
    { .name = "retry",
      .value = "COUNT",
      .summary = "run a failed scenario again, so often",
      .read = read_retry },
    { .name = "fail-on-flaky",
      .summary = "a scenario that passed only on retry fails the run",
      .read = option_read_flag,
      .offset = OPTION(fails_on_flaky) },
    { .name = "step-timeout",
      .value = "TIME",
      .summary = "the limit of one step: 30s",
      .read = option_read_duration,
      .offset = OPTION(step_timeout_ms) },
    { .name = "scenario-timeout",
      .value = "TIME",
      .summary = "of one scenario: 60s",
      .read = option_read_duration,
      .offset = OPTION(scenario_timeout_ms) },
    { .name = "run-timeout",
      .value = "TIME",
      .summary = "of the whole run: 15min",
      .read = option_read_duration,
      .offset = OPTION(run_timeout_ms) },
    { .name = "quiet",
      .letter = 'q',
      .summary = "only failures and the summary",
      .read = option_read_amount,
      .offset = VALUE(verbosity),
      .amount = -1 },
    { .name = "verbose",
      .letter = 'v',
      .summary = "steps; -vv heads, -vvv bodies of messages",
      .read = option_read_amount,
      .offset = VALUE(verbosity),
      .amount = 1 },
    { .name = "color",
      .value = "WHEN",
      .summary = "auto, always or never",
      .read = option_read_choice,
      .offset = VALUE(colour),
      .choices = colour_words },
    { 0 },
};

/* What a job says by variables, where no option says it. */
static bool take_variables(struct run_values *values, struct invocation *invocation)
{
    struct config_reader reader = { .process_environment = invocation->process_environment };
    struct run_options *options = &values->options;
    struct text artefact = TEXT_EMPTY;
    struct text attempt = TEXT_EMPTY;
    if (values->artefacts.count == 0 &&
        config_process_variable(&reader, TEXT("BDDRUN_ARTEFACT"), &artefact) &&
        artefact.size > 0) {
        struct text *kept = ARENA_ARRAY(&invocation->arena, 1, struct text);
        *kept = artefact;
        options->artefacts = kept;
        options->artefact_count = 1;
    }
    if (options->attempt > 0 ||
        !config_process_variable(&reader, TEXT("BDDRUN_ATTEMPT"), &attempt) ||
        attempt.size == 0) {
        return true;
    }
    if (!text_to_uint64(attempt, &options->attempt) || options->attempt == 0) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "write a whole number above 0",
                     "BDDRUN_ATTEMPT is '%.*s', which is no attempt", TEXT_ARG(attempt));
        return false;
    }
    return true;
}

bool run_values_finish(struct run_values *values, struct invocation *invocation)
{
    struct run_options *options = &values->options;
    const struct option_texts *words = &invocation->words;
    options->paths = words->list;
    options->path_count = words->count;
    options->tags = values->tags.list;
    options->tag_count = values->tags.count;
    options->names = values->names.list;
    options->name_count = values->names.count;
    options->artefacts = values->artefacts.list;
    options->artefact_count = values->artefacts.count;
    options->formats = values->formats.list;
    options->format_count = values->formats.count;
    if (values->fails_fast) {
        options->max_failures = 1;
    }
    long verbosity = values->verbosity;
    verbosity = verbosity < RUN_QUIET ? RUN_QUIET : verbosity;
    options->verbosity = verbosity > RUN_BODIES ? RUN_BODIES : (enum run_verbosity)verbosity;
    options->with_colour = colour_is_wanted((enum colour_choice)values->colour,
                                            invocation->process_environment, STDOUT_FILENO);
    options->is_terminal = isatty(STDERR_FILENO);
    return take_variables(values, invocation);
}
