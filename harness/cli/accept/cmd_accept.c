/* SPDX-License-Identifier: MIT */
#include "cli/accept/accept.h"
#include "cli/commands/commands.h"
#include "cli/planned.h"

#define VALUE(member) offsetof(struct accept_values, member)

static const struct option options[] = {
    { .name = "write",
      .summary = "replace the recordings; without it they are only shown",
      .read = option_read_flag,
      .offset = VALUE(writes) },
    { .name = "path",
      .value = "PATTERN",
      .summary = "only entries of these paths: '/api/**'; repeatable",
      .read = option_read_texts,
      .offset = VALUE(paths) },
    { .name = "entry",
      .value = "NUMBER",
      .summary = "only the entries of these numbers, as they are shown; repeatable",
      .read = option_read_texts,
      .offset = VALUE(entries) },
    { .name = "tags",
      .letter = 't',
      .value = "EXPRESSION",
      .summary = "only scenarios with these tags; repeatable: and",
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
      .summary = "scenarios at the same time, at most",
      .read = option_read_count,
      .offset = VALUE(configured.jobs) },
    CONFIGURED_OPTIONS(struct accept_values, configured),
    { 0 },
};

static bool refuse(struct invocation *invocation, struct text word, const char *hint,
                   const char *message)
{
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), hint, "%s '%.*s'", message,
                 TEXT_ARG(word));
    return false;
}

static bool read_choice(struct accept_values *values, struct invocation *invocation)
{
    struct arena *arena = &invocation->arena;
    values->globs.list = ARENA_ARRAY(arena, values->paths.count + 1, struct glob);
    values->numbers = ARENA_ARRAY(arena, values->entries.count + 1, uint64_t);
    for (size_t i = 0; i < values->paths.count; i++) {
        const char *reason = "";
        struct text written = values->paths.list[i];
        bool has_slash = text_starts_with(written, TEXT("/"));
        if (!glob_parse(text_from(written, has_slash), arena, &values->globs.list[i],
                        &reason)) {
            return refuse(invocation, written, reason, "bad pattern of paths");
        }
        values->globs.count++;
    }
    for (size_t i = 0; i < values->entries.count; i++) {
        if (!text_to_uint64(values->entries.list[i], &values->numbers[i])) {
            return refuse(invocation, values->entries.list[i],
                          "write the number that is shown before the entry",
                          "not a number of an entry:");
        }
    }
    return true;
}

static enum exit_code run_accept(struct invocation *invocation)
{
    struct accept_values *values = invocation->values;
    const struct config_settings *settings = NULL;
    if (!read_choice(values, invocation) ||
        !configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    values->options = (struct run_options){ .paths = invocation->words.list,
                                            .path_count = invocation->words.count,
                                            .tags = values->tags.list,
                                            .tag_count = values->tags.count,
                                            .names = values->names.list,
                                            .name_count = values->names.count,
                                            .recorder = &values->recorder.recorder };
    return planned(invocation, &values->options, settings, accept_run);
}

const struct command cmd_accept = {
    .name = "accept",
    .summary = "take what staging answers as the new recording, entry by entry",
    .usage = "[PATH…]",
    .description =
        "Runs the scenarios of PATH (as for run), and shows entry by entry how what was\n"
        "answered differs from their recordings, masks and ids weighed. With --write it\n"
        "becomes the recording, redacted; --path and --entry choose, the rest stays.",
    .options = options,
    .values_size = sizeof(struct accept_values),
    .takes_words = true,
    .run = run_accept,
};
