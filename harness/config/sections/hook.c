/* SPDX-License-Identifier: MIT */
#include "config/hook.h"

#define MEMBER(member) offsetof(struct config_hook, member)

static const char *const answers[] = { "warn", "refuse", NULL };

enum { BUDGET_MS = 90000 };

static const struct config_key keys[] = {
    { .name = "environment", .read = config_read_text, .offset = MEMBER(environment) },
    { .name = "budget",
      .read = config_read_duration,
      .offset = MEMBER(budget_ms),
      .minimum = 1 },
    { .name = "when_unable",
      .read = config_read_choice,
      .offset = MEMBER(when_unable),
      .choices = answers },
    { .name = "coverage", .read = config_read_path, .offset = MEMBER(coverage) },
    { .name = "failures", .read = config_read_path, .offset = MEMBER(failures) },
    { 0 },
};

static const struct config_record record = {
    .title = "the hook",
    .size_bytes = sizeof(struct config_hook),
    .keys = keys,
};

const struct config_section section_hook = {
    .key = { .name = "hook", .read = config_read_record, .record = &record },
    .size_bytes = sizeof(struct config_hook),
    .summary = "what `bddrun hook pre-push` runs, against what, how long",
};

struct config_hook config_hook(const struct config *config)
{
    const struct config_hook *written = config_section_data(config, &section_hook);
    struct config_hook hook = { .budget_ms = 0 };
    if (written) {
        hook = *written;
    }
    hook.budget_ms = hook.budget_ms > 0 ? hook.budget_ms : BUDGET_MS;
    return hook;
}
