/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/release/release_command.h"

#define MEMBER(member) offsetof(struct release_values, member)

enum { ANSWER_LIMIT = 64 << 20 };

static const struct option options[] = {
    { .name = "json",
      .summary = "the answer as one JSON object",
      .read = option_read_flag,
      .offset = MEMBER(wants_json) },
    CONFIGURED_OPTIONS(struct release_values, configured),
    { 0 },
};

static enum exit_code run_status(struct invocation *invocation)
{
    const struct release_values *values = invocation->values;
    struct release_request request;
    if (!release_request_make(invocation, values, &request)) {
        return problems_exit_code(&invocation->problems);
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    enum exit_code code = release_status(&request, values->wants_json, &invocation->arena, &out,
                                         &invocation->problems);
    invocation->says_nothing_on_yes = true;
    return console_write(buffer_text(&out), &invocation->problems) ? code
                                                                   : EXIT_CODE_ENVIRONMENT;
}

const struct command cmd_status = {
    .name = "status",
    .summary = "what is live, the window, what was promoted last",
    .usage = "",
    .description = "Shows what each target serves, whether the window is open, and the last\n"
                   "promotions with their outcome. 6: something waits for a person.",
    .options = options,
    .values_size = sizeof(struct release_values),
    .run = run_status,
};
