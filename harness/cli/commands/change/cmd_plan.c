/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/options/configured.h"
#include "deploy/plan/schedule.h"
#include "deploy/plan/sources.h"
#include "deploy/release_plan.h"
#include "format/date.h"

enum { ANSWER_LIMIT = 256 << 20 };

struct values {
    struct configured_values configured;
    struct text from;
    struct text at;
    struct text verdict;
    bool wants_json;
    bool wants_markdown;
    int schedule;
};

static const struct option options[] = {
    CONFIGURED_OPTIONS(struct values, configured),
    { .name = "from",
      .value = "REVISION",
      .summary = "the commit in production, instead of asking production",
      .read = option_read_text,
      .offset = offsetof(struct values, from) },
    { .name = "at",
      .value = "TIME",
      .summary = "plan for this time, e.g. 2026-11-24T10:00:00+11:00, instead of now",
      .read = option_read_text,
      .offset = offsetof(struct values, at) },
    { .name = "verdict",
      .value = "FILE",
      .summary = "a verdict of `bddrun gate`: will it still hold when the window opens?",
      .read = option_read_text,
      .offset = offsetof(struct values, verdict) },
    { .name = "json",
      .summary = "the plan as one JSON object",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { .name = "markdown",
      .summary = "the plan for a merge request",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_markdown) },
    { .name = "schedule",
      .value = "FORM",
      .summary = "what promotes when the window opens: systemd, cron, gitlab or github",
      .read = option_read_choice,
      .offset = offsetof(struct values, schedule),
      .choices = schedule_words },
    { 0 },
};

/* "BASE..CANDIDATE", "..CANDIDATE", "BASE.." or "CANDIDATE". */
static bool read_range(struct invocation *invocation, struct change_request *request)
{
    const struct values *values = invocation->values;
    struct text word = invocation->words.count > 0 ? invocation->words.list[0] : TEXT("HEAD");
    size_t dots = text_find(word, TEXT(".."), 0);
    bool has_dots = dots < word.size;
    struct text last = has_dots ? text_from(word, dots + 2) : word;
    request->production = has_dots && dots > 0 ? text_slice(word, 0, dots) : values->from;
    request->candidate = last.size > 0 ? last : TEXT("HEAD");
    if (invocation->words.count > 1 || text_starts_with(last, TEXT("."))) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "as `bddrun plan v1.4..main`", "plan takes one range, BASE..CANDIDATE");
        return false;
    }
    return true;
}

static bool read_now(const struct invocation *invocation, int64_t *ret_now_s,
                     struct problems *problems)
{
    const struct values *values = invocation->values;
    uint64_t now_ns = clock_realtime_ns(clock_real());
    struct text at = values->at;
    for (const char *const *variable = invocation->process_environment;
         at.size == 0 && variable && *variable; variable++) {
        if (text_starts_with(text_of(*variable), TEXT("BDDRUN_NOW="))) {
            at = text_from(text_of(*variable), sizeof("BDDRUN_NOW=") - 1);
        }
    }
    if (at.size > 0 && !date_parse(at, &now_ns)) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "as 2026-11-24T10:00:00+11:00, or with Z for UTC", "'%.*s' is no time",
                     TEXT_ARG(at));
        return false;
    }
    *ret_now_s = (int64_t)(now_ns / NANOSECONDS_PER_SECOND);
    return true;
}

/* Nothing is installed: it is printed, which is always well. */
static enum exit_code print_schedule(struct invocation *invocation,
                                     const struct release_plan *plan)
{
    const struct values *values = invocation->values;
    char folder[PATH_MAX];
    struct text own = invocation->config.folder;
    const char *given = own.size > 0 ? arena_string(&invocation->arena, own) : ".";
    const struct schedule schedule = {
        .at_s = plan->window.opens_s,
        .commit = plan->change->candidate.id,
        .folder = text_of(realpath(given, folder) ? folder : given),
    };
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    if (plan->decision == RELEASE_NOW) {
        buffer_add_format(&out,
                          "# it may go out now: there is nothing to wait for\n"
                          "bddrun promote --commit %.*s\n",
                          TEXT_ARG(schedule.commit));
    } else {
        schedule_print(&out, (enum schedule_form)values->schedule, &schedule);
    }
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

static bool is_schedulable(const struct release_plan *plan)
{
    return plan->decision == RELEASE_NOW || plan->decision == RELEASE_LATER;
}

static enum exit_code answer(struct invocation *invocation, const struct release_plan *plan)
{
    const struct values *values = invocation->values;
    if (values->schedule != SCHEDULE_NOTHING && is_schedulable(plan)) {
        return print_schedule(invocation, plan);
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    if (values->wants_json) {
        release_plan_print_json(&out, plan);
    } else if (values->wants_markdown) {
        release_plan_print_markdown(&out, plan);
    } else {
        release_plan_print_text(&out, plan);
    }
    return console_write(buffer_text(&out), &invocation->problems)
               ? release_plan_exit_code(plan)
               : EXIT_CODE_ENVIRONMENT;
}

static bool make(struct invocation *invocation, const struct plan_sources *sources,
                 struct git *git, struct change_plan *change, struct release_plan *plan)
{
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    struct change_request request = { .limits = plan_limits(&invocation->config),
                                      .migrations = plan_migrations(&invocation->config) };
    struct release_plan_request release = { .change = change };
    struct text remarks[PLAN_REMARKS_LIMIT];
    struct windows *windows = ARENA_NEW(&invocation->arena, struct windows);
    request.components = config_components(&invocation->config, &request.component_count);
    if (!read_range(invocation, &request) || !read_now(invocation, &release.now_s, problems) ||
        !plan_windows(sources, ZONE_FOLDER, windows, problems) ||
        !git_open(git, sources->settings->folder, invocation->process_environment, problems) ||
        (request.production.size == 0 &&
         !plan_ask_production(sources, &request.production, problems)) ||
        !change_plan_make(git, &request, change, problems) ||
        (values->verdict.size > 0 &&
         !plan_verdict(sources, values->verdict, change->candidate.id, release.now_s,
                       &release.verdict_expires_s, problems))) {
        return false;
    }
    release.windows = windows;
    release.remarks = remarks;
    release.remark_count = plan_remarks(sources, remarks);
    release_plan_make(plan, &release, &invocation->arena);
    return true;
}

static enum exit_code run_plan(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    struct plan_sources sources = { .config = &invocation->config,
                                    .process_environment = invocation->process_environment,
                                    .arena = &invocation->arena };
    if (!configured_make(&values->configured, invocation, &sources.settings)) {
        return problems_exit_code(&invocation->problems);
    }
    sources.deploy = deploy_settings(&invocation->config);
    CLEANUP(git_release) struct git git = { 0 };
    struct change_plan change;
    struct release_plan plan;
    enum exit_code code = make(invocation, &sources, &git, &change, &plan)
                              ? answer(invocation, &plan)
                              : problems_exit_code(&invocation->problems);
    /* Problems may point into files that git showed. */
    console_show_problems(&invocation->problems, invocation->with_colour);
    code = exit_code_worse(code, problems_exit_code(&invocation->problems));
    problems_clear(&invocation->problems);
    return code;
}

const struct command cmd_plan = {
    .name = "plan",
    .summary = "what a release would bring, what it touches, when it may go out",
    .usage = "[BASE..CANDIDATE]",
    .description =
        "Commits, components and schema changes from production's commit to the candidate\n"
        "(HEAD), what has to be suspended and nothing else, and the decision: 0 now, 75 in\n"
        "the next window, 1 refused, 3 nothing to release. Without BASE production is asked.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_plan,
};
