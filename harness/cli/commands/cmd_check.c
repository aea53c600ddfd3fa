/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/clock.h"
#include "cli/check/promotion_history.h"
#include "cli/check_recordings.h"
#include "cli/check_steps.h"
#include "cli/commands/commands.h"
#include "cli/options/configured.h"
#include "cli/planned.h"
#include "cli/console.h"
#include "cli/print_gherkin.h"
#include "cli/propose_masks.h"
#include "config/show.h"

enum { SHOWN_LIMIT = 64 << 20 };

struct values {
    struct configured_values configured;
    int print;
    bool shows_config;
    bool proposes_masks;
};

static const struct option options[] = {
    CONFIGURED_OPTIONS(struct values, configured),
    { .name = "print",
      .value = "FORM",
      .summary = "one file as source, tokens, ast or pickles (Cucumber Messages)",
      .read = option_read_choice,
      .offset = offsetof(struct values, print),
      .choices = print_words },
    { .name = "show-config",
      .summary = "the settings, and where each came from",
      .read = option_read_flag,
      .offset = offsetof(struct values, shows_config) },
    { .name = "propose-masks",
      .summary = "what differs between the samples of recordings, as masks to review",
      .read = option_read_flag,
      .offset = offsetof(struct values, proposes_masks) },
    { 0 },
};

static enum exit_code show_config(struct invocation *invocation,
                                  const struct config_settings *settings)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    settings_show(&out, &invocation->config, settings);
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code print(struct invocation *invocation, enum print_form form)
{
    invocation->says_nothing_on_yes = true;
    if (invocation->words.count != 1) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), "name one feature file",
                     "--print takes one file, but got %zu", invocation->words.count);
        return EXIT_CODE_USAGE;
    }
    return print_gherkin(invocation, invocation->words.list[0], form);
}

static enum exit_code check_plan(struct invocation *invocation, const struct plan *plan,
                                 const struct config_settings *settings)
{
    struct problems *problems = &invocation->problems;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    (void)settings;
    check_steps(plan, problems);
    struct promotion_dates promotions;
    if (!promotion_history_read(&invocation->config, &invocation->arena, &promotions,
                                problems)) {
        return problems_exit_code(problems);
    }
    struct recordings_checked recordings = check_recordings(
        plan, invocation->words.count == 0, clock_real(), &promotions, problems);
    if (problems_has_error(problems)) {
        return problems_exit_code(problems);
    }
    buffer_add_format(&out, "%zu scenario%s in %zu file%s: every step is known\n", plan->count,
                      plan->count == 1 ? "" : "s", plan->file_count,
                      plan->file_count == 1 ? "" : "s");
    if (recordings.files > 0) {
        buffer_add_format(&out, "%zu recording%s, %zu entr%s: no secret in them\n",
                          recordings.files, recordings.files == 1 ? "" : "s",
                          recordings.entries, recordings.entries == 1 ? "y" : "ies");
    }
    return console_write(buffer_text(&out), problems) ? EXIT_CODE_YES : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code propose(struct invocation *invocation, const struct plan *plan,
                              const struct config_settings *settings)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    (void)settings;
    invocation->says_nothing_on_yes = true;
    if (!propose_masks(plan, &out, &invocation->problems)) {
        return problems_exit_code(&invocation->problems);
    }
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code run_check(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    const struct config_settings *settings = NULL;
    if (values->print != PRINT_NOTHING) {
        return print(invocation, (enum print_form)values->print);
    }
    if (!configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    if (values->shows_config) {
        return show_config(invocation, settings);
    }
    struct run_options everything = { .paths = invocation->words.list,
                                      .path_count = invocation->words.count };
    return planned(invocation, &everything, settings,
                   values->proposes_masks ? propose : check_plan);
}

const struct command cmd_check = {
    .name = "check",
    .summary = "read scenarios and configuration, match every step, run nothing",
    .usage = "[PATH…]",
    .description =
        "Reads the configuration and the scenarios of PATH (as for run), matches every step,\n"
        "and shows what is wrong with file, line and column.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_check,
};
