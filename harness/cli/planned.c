/* SPDX-License-Identifier: MIT */
#include "cli/planned.h"

#include "base/random.h"
#include "cli/console.h"
#include "steps/vocabulary.h"
#include "world/recordings.h"

enum exit_code planned(struct invocation *invocation, const struct run_options *options,
                       const struct config_settings *settings, planned_function *act)
{
    struct problems *problems = &invocation->problems;
    if (options->path_count == 0 && settings->scenarios.size == 0) {
        problems_add(
            problems, PROBLEM_USAGE, span_none(),
            "name a PATH, or `scenarios:` in bddrun.yaml; `bddrun help` lists the commands",
            "no scenarios are named");
        return EXIT_CODE_USAGE;
    }
    struct parameter_types *types = vocabulary_types_new();
    struct registry *registry = vocabulary_registry_new(types);
    struct random random;
    struct plan plan;
    struct recordings recordings = { 0 };
    struct run_options checked = *options;
    checked.settings = settings;
    checked.recordings = &recordings;
    random_init(&random);
    bool is_open = recordings_open(&recordings, &invocation->config, &random, problems);
    bool is_planned =
        plan_make(&plan, &checked, settings->scenarios, registry, &random, problems);
    enum exit_code code =
        is_planned && is_open ? act(invocation, &plan, settings) : problems_exit_code(problems);
    code = exit_code_worse(code, problems_exit_code(problems));
    console_show_problems(problems, invocation->with_colour);
    problems_clear(problems);
    plan_release(&plan);
    recordings_release(&recordings);
    registry_free(registry);
    parameter_types_free(types);
    return code;
}
