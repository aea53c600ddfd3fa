/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/loop.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/release/release_command.h"

#define MEMBER(member) offsetof(struct release_values, member)

static const struct option options[] = {
    { .name = "verdict",
      .value = "FILE",
      .summary = "the signed verdict; verdict.intoto.jsonl below `output:`",
      .read = option_read_text,
      .offset = MEMBER(verdict) },
    { .name = "release",
      .value = "NAME",
      .summary = "a folder of releases/; by default the one of --commit, or the newest",
      .read = option_read_text,
      .offset = MEMBER(release) },
    { .name = "commit",
      .value = "COMMIT",
      .summary = "what is to go live",
      .read = option_read_text,
      .offset = MEMBER(commit) },
    { .name = "digest",
      .value = "SHA256",
      .summary = "of a container image",
      .read = option_read_text,
      .offset = MEMBER(digest) },
    { .name = "component",
      .value = "NAME",
      .summary = "suspend this one; by default what the change touches; repeatable",
      .read = option_read_texts,
      .offset = MEMBER(components) },
    { .name = "dry-run",
      .summary = "show each step, take none",
      .read = option_read_flag,
      .offset = MEMBER(is_dry_run) },
    { .name = "wait",
      .summary = "until the window opens, then check everything",
      .read = option_read_flag,
      .offset = MEMBER(waits) },
    { .name = "override-window",
      .value = "REASON",
      .summary = "although the window is closed; the journal keeps it",
      .read = option_read_text,
      .offset = MEMBER(window_override) },
    { .name = "repaired",
      .value = "REASON",
      .summary = "production needed a person, and was put right",
      .read = option_read_text,
      .offset = MEMBER(repaired) },
    { .name = "rollback-unsafe",
      .value = "REASON",
      .summary = "it must not be taken back by itself",
      .read = option_read_text,
      .offset = MEMBER(unsafe) },
    { .name = "resend",
      .summary = "call a deploy hook again that may have been called",
      .read = option_read_flag,
      .offset = MEMBER(resend) },
    { .name = "json",
      .summary = "the answer as one JSON object",
      .read = option_read_flag,
      .offset = MEMBER(wants_json) },
    CONFIGURED_OPTIONS(struct release_values, configured),
    { 0 },
};

/* Sleeps until the window opens. False: it does not, or the verdict would have expired by then. */
static bool wait_for_window(struct invocation *invocation, const struct release_answer *answer)
{
    struct problems *problems = &invocation->problems;
    if (!answer->has_opening) {
        return false;
    }
    uint64_t opens_ns = (uint64_t)answer->opens_s * NANOSECONDS_PER_SECOND;
    if (answer->verdict_expires_ns > 0 && answer->verdict_expires_ns <= opens_ns) {
        problems_add(problems, PROBLEM_NOTHING, span_none(), "run the gate again nearer to it",
                     "the verdict expires before the window opens");
        return false;
    }
    uint64_t now_ns = clock_realtime_ns(clock_real());
    CLEANUP(loop_release) struct loop loop = { 0 };
    if (!loop_init(&loop, clock_real(), problems)) {
        return false;
    }
    if (opens_ns > now_ns) {
        (void)loop_run(&loop, NULL, NULL, loop_now_ns(&loop) + (opens_ns - now_ns));
    }
    return true;
}

static enum exit_code run_promote(struct invocation *invocation)
{
    const struct release_values *values = invocation->values;
    struct release_request request;
    if (!release_request_make(invocation, values, &request)) {
        return problems_exit_code(&invocation->problems);
    }
    struct release_answer answer =
        release_promote(&request, &invocation->arena, &invocation->problems);
    while (values->waits && answer.code == EXIT_CODE_NOT_NOW && answer.has_opening &&
           wait_for_window(invocation, &answer)) {
        problems_clear(&invocation->problems);
        answer = release_promote(&request, &invocation->arena, &invocation->problems);
    }
    return release_show(invocation, values, &request, false, &answer);
}

const struct command cmd_promote = {
    .name = "promote",
    .summary =
        "switch production to a build that has a verdict, check it, take it back if it fails",
    .usage = "",
    .description =
        "Checks the signed verdict, the window and what is going on, suspends what the change\n"
        "touches, switches atomically, waits for the revision to be seen, runs the scenarios "
        "of\n"
        "`verify` against production, and goes back by itself if they fail. 0 promoted,\n"
        "5 taken back, 6 production needs a person, 75 not now.",
    .options = options,
    .values_size = sizeof(struct release_values),
    .run = run_promote,
};
