/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/file_write.h"
#include "cli/check/promotion_history.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/options/configured.h"
#include "cli/production.h"
#include "config/sections/sections.h"
#include "gate/forms/forms.h"
#include "gate/gate.h"
#include "gate/signing.h"

enum { ANSWER_LIMIT = 64 << 20 };

struct values {
    struct configured_values configured;
    struct text commit;
    struct text production;
    struct text policy_from;
    struct text override;
    struct text verdict;
    struct text baseline;
    struct option_texts formats;
    bool wants_json;
    int colour;
};

static const struct option options[] = {
    { .name = "commit",
      .value = "REVISION",
      .summary = "what is judged; HEAD by default",
      .read = option_read_text,
      .offset = offsetof(struct values, commit) },
    { .name = "production",
      .value = "REVISION",
      .summary = "the commit in production, instead of asking the environment",
      .read = option_read_text,
      .offset = offsetof(struct values, production) },
    { .name = "policy-from",
      .value = "REVISION",
      .summary = "whose policy decides: production, candidate, or a protected branch",
      .read = option_read_text,
      .offset = offsetof(struct values, policy_from) },
    { .name = "override",
      .value = "REASON",
      .summary = "sign a verdict that allows it all the same; needs a second key",
      .read = option_read_text,
      .offset = offsetof(struct values, override) },
    { .name = "verdict",
      .value = "FILE",
      .summary = "where the signed verdict goes; verdict.intoto.jsonl below `output:`",
      .read = option_read_text,
      .offset = offsetof(struct values, verdict) },
    { .name = "write-baseline",
      .value = "FILE",
      .summary = "keep the coverage of this commit, for the ratchet of the next release",
      .read = option_read_text,
      .offset = offsetof(struct values, baseline) },
    { .name = "format",
      .letter = 'f',
      .value = "FORM[:FILE]",
      .summary = "text, json, junit, github or gitlab; to the standard output without FILE",
      .read = option_read_texts,
      .offset = offsetof(struct values, formats) },
    { .name = "json",
      .summary = "the verdict as one JSON object",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    CONFIGURED_OPTIONS(struct values, configured),
    { .name = "color",
      .value = "WHEN",
      .summary = "auto, always or never",
      .read = option_read_choice,
      .offset = offsetof(struct values, colour),
      .choices = colour_words },
    { 0 },
};

static struct text form_name(struct text format)
{
    return text_slice(format, 0, text_find_byte(format, ':', 0));
}

/* Before anything is weighed. */
static bool check_formats(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    for (size_t i = 0; i < values->formats.count; i++) {
        struct text name = form_name(values->formats.list[i]);
        if (!verdict_form_find(name)) {
            problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                         "it can be text, json, junit, github, gitlab",
                         "unknown form '%.*s' of a verdict", TEXT_ARG(name));
            return false;
        }
    }
    return true;
}

static bool show(struct invocation *invocation, const struct verdict *verdict,
                 struct text format)
{
    const struct values *values = invocation->values;
    struct text file = text_from(format, form_name(format).size + 1);
    bool is_output = file.size == 0 || text_is(file, "-");
    bool with_colour =
        is_output && colour_is_wanted((enum colour_choice)values->colour,
                                      invocation->process_environment, STDOUT_FILENO);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    verdict_form_find(form_name(format))->print(&out, verdict, with_colour);
    return is_output ? console_write(buffer_text(&out), &invocation->problems)
                     : file_replace(file, buffer_text(&out), &invocation->problems);
}

static bool show_all(struct invocation *invocation, const struct verdict *verdict)
{
    const struct values *values = invocation->values;
    bool is_fine = true;
    for (size_t i = 0; i < values->formats.count; i++) {
        is_fine = show(invocation, verdict, values->formats.list[i]) && is_fine;
    }
    if (values->wants_json || values->formats.count == 0) {
        is_fine = show(invocation, verdict, values->wants_json ? TEXT("json") : TEXT("text")) &&
                  is_fine;
    }
    return is_fine;
}

/* Below `output:`; without one only where --verdict says. */
static struct text verdict_path(struct invocation *invocation,
                                const struct config_settings *settings)
{
    const struct values *values = invocation->values;
    if (values->verdict.size > 0 || settings->output.size == 0) {
        return values->verdict;
    }
    return path_join(&invocation->arena, settings->output, TEXT("verdict.intoto.jsonl"));
}

static bool sign(struct invocation *invocation, const struct config_settings *settings,
                 struct gate *gate)
{
    struct signing_request request = {
        .policy = gate->policy.gate ? &gate->policy.gate->sign : NULL,
        .process_environment = invocation->process_environment,
        .path = verdict_path(invocation, settings),
    };
    bool is_signed = false;
    if (request.path.size == 0 && gate->verdict.override.reason.size > 0) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "name the file by --verdict", "--override needs a signed verdict");
        return false;
    }
    return request.path.size == 0 ||
           verdict_write_signed(&gate->verdict, &request, &is_signed, &invocation->problems);
}

static bool keep_baseline(struct invocation *invocation, const struct gate *gate)
{
    const struct values *values = invocation->values;
    return values->baseline.size == 0 ||
           gate_write_baseline(gate, values->baseline, &invocation->problems);
}

/* The exit code is never better than what could be written and signed. */
static enum exit_code decide(struct invocation *invocation, struct gate *gate,
                             const struct gate_request *request)
{
    struct problems *problems = &invocation->problems;
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    if (!gate_decide(gate, request, problems)) {
        return problems_exit_code(problems);
    }
    bool is_signed =
        keep_baseline(invocation, gate) && sign(invocation, request->settings, gate);
    if (show_all(invocation, &gate->verdict) && is_signed) {
        code = verdict_exit_code(&gate->verdict);
    } else {
        code = problems_exit_code(problems);
    }
    console_show_problems(problems, invocation->with_colour);
    problems_clear(problems);
    return code;
}

/* Asked only where it decides. What cannot be asked is shown; the gate is blocked by it then. */
static struct text find_production(struct invocation *invocation,
                                   const struct config_settings *settings)
{
    const struct values *values = invocation->values;
    const struct config_gate *gate = config_section_data(&invocation->config, &section_gate);
    struct text wanted = values->policy_from;
    struct text commit = values->production;
    if (wanted.size == 0 && gate) {
        wanted = gate->policy_from;
    }
    if (commit.size == 0 && text_is(wanted, "production") && production_is_known(settings) &&
        !production_ask(settings, clock_real(), &invocation->arena, &commit,
                        &invocation->problems)) {
        return TEXT_EMPTY;
    }
    return commit;
}

static enum exit_code run_gate(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    const struct config_settings *settings = NULL;
    if (!check_formats(invocation)) {
        return EXIT_CODE_USAGE;
    }
    /* The runs are no scenarios: they do not say where bddrun.yaml is. */
    struct option_texts runs = invocation->words;
    invocation->words = (struct option_texts){ NULL, 0, 0 };
    if (!configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    if (!invocation->config.has_file) {
        problems_add(&invocation->problems, PROBLEM_NOTHING, span_none(),
                     "write bddrun.yaml with a section `gate`; docs/gate.md says how",
                     "there is no bddrun.yaml, so there is no policy");
        return EXIT_CODE_NOTHING;
    }
    struct gate_request request = { .config = &invocation->config,
                                    .settings = settings,
                                    .runs = runs.list,
                                    .run_count = runs.count,
                                    .commit = values->commit,
                                    .production = find_production(invocation, settings),
                                    .policy_from = values->policy_from,
                                    .override_reason = values->override,
                                    .process_environment = invocation->process_environment,
                                    .clock = clock_real() };
    struct promotion_dates promotions;
    if (!promotion_history_read(&invocation->config, &invocation->arena, &promotions,
                                &invocation->problems)) {
        return problems_exit_code(&invocation->problems);
    }
    request.promotions = &promotions;
    struct gate gate;
    enum exit_code code = decide(invocation, &gate, &request);
    gate_release(&gate);
    return code;
}

const struct command cmd_gate = {
    .name = "gate",
    .summary = "weigh the evidence against the policy; write the verdict",
    .usage = "[RUN…]",
    .description =
        "Weighs the reports `message:…` of runs, and the coverage, against the policy of\n"
        "production (section `gate` of bddrun.yaml), and writes a signed verdict. 0 may be\n"
        "promoted, 1 refused, 3 blocked: evidence is missing, partial, stale or foreign.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_gate,
};
