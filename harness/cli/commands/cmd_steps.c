/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "steps/vocabulary_print.h"

enum { PRINTED_LIMIT = 16 << 20, WORDS_LIMIT = 4096 };

struct values {
    bool wants_json;
    bool wants_markdown;
};

static const struct option options[] = {
    { .name = "json",
      .summary = "groups, steps and parameter types as one JSON object, for editors",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { .name = "markdown",
      .summary = "the page docs/vocabulary.md",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_markdown) },
    { 0 },
};

static void print_list(struct buffer *out, struct invocation *invocation)
{
    CLEANUP(buffer_release) struct buffer words;
    buffer_init(&words, WORDS_LIMIT);
    for (size_t i = 0; i < invocation->words.count; i++) {
        buffer_add_string(&words, i ? " " : "");
        buffer_add(&words, invocation->words.list[i]);
    }
    if (vocabulary_print_list(out, buffer_text(&words)) == 0) {
        problems_add(&invocation->problems, PROBLEM_NOTHING, span_none(),
                     "`bddrun steps` lists them all", "no step is like '%.*s'",
                     TEXT_ARG(buffer_text(&words)));
    }
}

static enum exit_code run_steps(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    invocation->says_nothing_on_yes = true;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    if (values->wants_json) {
        vocabulary_print_json(&out);
    } else if (values->wants_markdown) {
        vocabulary_print_markdown(&out);
    } else {
        print_list(&out, invocation);
    }
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

const struct command cmd_steps = {
    .name = "steps",
    .summary = "list the steps with examples, or those that have some words",
    .usage = "[WORD…]",
    .description =
        "Lists the steps that scenarios can use, by group, each with an example. With\n"
        "words only the steps that have all of them, or else the nearest ones.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_steps,
};
