/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"
#include "cli/release/release_command.h"

#define MEMBER(member) offsetof(struct release_values, member)

static const struct option options[] = {
    { .name = "to",
      .value = "NAME",
      .summary = "this release; by default the last one that was promoted and healthy",
      .read = option_read_text,
      .offset = MEMBER(release) },
    { .name = "to-digest",
      .value = "SHA256",
      .summary = "this image",
      .read = option_read_text,
      .offset = MEMBER(digest) },
    { .name = "unsafe",
      .summary = "although what is live is marked as rollback-unsafe",
      .read = option_read_flag,
      .offset = MEMBER(goes_back_anyway) },
    { .name = "dry-run",
      .summary = "show each step, take none",
      .read = option_read_flag,
      .offset = MEMBER(is_dry_run) },
    { .name = "json",
      .summary = "the answer as one JSON object",
      .read = option_read_flag,
      .offset = MEMBER(wants_json) },
    CONFIGURED_OPTIONS(struct release_values, configured),
    { 0 },
};

static enum exit_code run_rollback(struct invocation *invocation)
{
    const struct release_values *values = invocation->values;
    struct release_request request;
    if (!release_request_make(invocation, values, &request)) {
        return problems_exit_code(&invocation->problems);
    }
    struct release_answer answer =
        release_rollback(&request, &invocation->arena, &invocation->problems);
    return release_show(invocation, values, &request, true, &answer);
}

const struct command cmd_rollback = {
    .name = "rollback",
    .summary = "switch production back to the release before, and check that",
    .usage = "",
    .description =
        "Goes back to the last release that the journal knows as promoted and healthy, or to\n"
        "the one named, runs `after_switch`, waits for its revision, runs the scenarios of\n"
        "`verify`. 0 rolled back, 1 there is none or it is marked unsafe, 6 needs a person.",
    .options = options,
    .values_size = sizeof(struct release_values),
    .run = run_rollback,
};
