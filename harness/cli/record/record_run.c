/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "cli/console.h"
#include "cli/record/record.h"
#include "config/recordings.h"
#include "run/run.h"
#include "world/recordings.h"

enum { SHOWN_LIMIT = 64 << 20 };

static bool refuse(struct invocation *invocation, struct span at, const char *hint,
                   const char *message)
{
    problems_add(&invocation->problems, PROBLEM_INPUT, at, hint, "%s", message);
    return false;
}

/* Fail closed: what is recorded is an environment that says it must not be written to. */
static bool may_record(struct invocation *invocation, const struct config_settings *settings,
                       const struct config_recordings *recordings)
{
    const struct config_environment *environment = settings->environment;
    struct span at = recordings->environment_at;
    if (!environment) {
        return refuse(invocation, recordings->at,
                      "`recordings: {environment: production}` in bddrun.yaml names it",
                      "there is no environment to record");
    }
    if (!environment->is_read_only) {
        return refuse(invocation, at,
                      "give it `read_only: true`; scenarios that have to write are tagged "
                      "@writes-production, and `recordings: {allow: …}` lists what they may",
                      "the environment to record is not read-only");
    }
    if (settings->base_url_origin.size > 0) {
        return refuse(invocation, at, "record the environment's own `url`",
                      "another base URL cannot be recorded as this environment");
    }
    return true;
}

static enum exit_code run_samples(struct invocation *invocation, const struct plan *plan,
                                  const struct config_settings *settings, unsigned samples)
{
    struct record_values *values = invocation->values;
    struct run_setup setup = { .options = &values->options,
                               .settings = settings,
                               .registry = plan->registry,
                               .clock = clock_real(),
                               .command = TEXT("bddrun record"),
                               .configuration = invocation->config.source.bytes,
                               .process_environment = invocation->process_environment,
                               .output_descriptor = STDERR_FILENO,
                               .notice_descriptor = STDERR_FILENO };
    enum exit_code code = EXIT_CODE_YES;
    for (unsigned sample = 1; sample <= samples; sample++) {
        values->recorder.sample = sample;
        code = exit_code_worse(code, run_scenarios(&setup, plan, &invocation->problems));
    }
    return code;
}

static enum exit_code show(struct invocation *invocation, const struct settled *settled)
{
    const struct record_values *values = invocation->values;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    record_print_settled(&out, settled, values->is_json);
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

enum exit_code record_run(struct invocation *invocation, const struct plan *plan,
                          const struct config_settings *settings)
{
    struct record_values *values = invocation->values;
    const struct config_recordings *recordings = plan->recordings->settings;
    struct settled settled;
    unsigned samples = (unsigned)(values->samples ? values->samples : recordings->samples);
    if (!may_record(invocation, settings, recordings)) {
        return EXIT_CODE_USAGE;
    }
    /* Reports of a test run are not those of a recording. */
    struct config_settings quiet = *settings;
    quiet.reports = (struct config_texts){ NULL, 0 };
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    if (scenario_recorder_init(&values->recorder, plan->recordings, settings->environment->name,
                               &invocation->problems)) {
        recording_clear(plan, samples);
        code = run_samples(invocation, plan, &quiet, samples);
        scenario_recorder_tell(&values->recorder, &invocation->problems);
    }
    scenario_recorder_release(&values->recorder);
    if (!recording_settle(plan, samples, &invocation->arena, &settled, &invocation->problems)) {
        return exit_code_worse(code, problems_exit_code(&invocation->problems));
    }
    if (settled.recorded < settled.count) {
        code = exit_code_worse(code, EXIT_CODE_NO);
    }
    return exit_code_worse(code, show(invocation, &settled));
}
