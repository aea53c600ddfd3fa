/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/release/release_command.h"
#include "deploy/journal.h"
#include "deploy/operation.h"

#define MEMBER(member) offsetof(struct release_values, member)

enum { ANSWER_LIMIT = 300 << 20 };

static const struct option options[] = {
    { .name = "json",
      .summary = "its lines as they are",
      .read = option_read_flag,
      .offset = MEMBER(wants_json) },
    CONFIGURED_OPTIONS(struct release_values, configured),
    { 0 },
};

static void print_text(struct buffer *out, const struct journal *journal, struct arena *arena)
{
    struct operations operations = operations_read(journal, arena);
    for (size_t i = 0; i < operations.count; i++) {
        const struct operation *operation = &operations.list[i];
        buffer_add_format(out, "%.*s  %-12s %s %.*s by %.*s", TEXT_ARG(operation->began),
                          operation_outcome_name(operation->outcome),
                          operation->is_rollback ? "rollback to" : "promotion of",
                          TEXT_ARG(operation->release), TEXT_ARG(operation->by));
        if (operation->verdict_key.size > 0) {
            buffer_add_format(out, ", verdict by %.12s", operation->verdict_key.at);
        }
        if (operation->override_reason.size > 0) {
            buffer_add_format(out, ", overridden: %.*s", TEXT_ARG(operation->override_reason));
        }
        buffer_add_byte(out, '\n');
        if (operation->reason.size > 0) {
            buffer_add_format(out, "    %.*s\n", TEXT_ARG(operation->reason));
        }
    }
    buffer_add_format(out, "%zu lines, unbroken; the last has the digest %.*s\n",
                      journal->count, JOURNAL_DIGEST_SIZE, journal->head);
}

static enum exit_code run_journal(struct invocation *invocation)
{
    const struct release_values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    const struct config_settings *settings = NULL;
    struct journal journal;
    if (!configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(problems);
    }
    const struct deploy_settings *deploy = deploy_settings(&invocation->config);
    if (!deploy) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "docs/deploy.md has one to begin with",
                     "bddrun.yaml has no section 'deploy'");
        return EXIT_CODE_USAGE;
    }
    struct text folder = deploy_journal_folder(deploy, &invocation->config, &invocation->arena);
    if (journal_open(&journal, folder, false, clock_real(), NULL, problems) != JOURNAL_OPEN) {
        return problems_exit_code(problems);
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    for (size_t i = 0; values->wants_json && i < journal.count; i++) {
        buffer_add(&out, journal.list[i].line);
        buffer_add_byte(&out, '\n');
    }
    if (!values->wants_json) {
        print_text(&out, &journal, &invocation->arena);
    }
    journal_release(&journal);
    invocation->says_nothing_on_yes = true;
    return console_write(buffer_text(&out), problems) ? EXIT_CODE_YES : EXIT_CODE_ENVIRONMENT;
}

const struct command cmd_journal = {
    .name = "journal",
    .summary = "who promoted what, when, on which evidence; checks that nobody changed it",
    .usage = "",
    .description =
        "Reads the journal of promotions, checks that each line has the digest of the\n"
        "one before it, and shows it. 2: it was changed, at the line that is named.",
    .options = options,
    .values_size = sizeof(struct release_values),
    .run = run_journal,
};
