/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "coverage/coverage.h"
#include "coverage/listing.h"

struct values {
    struct text format;
    bool wants_json;
    bool wants_uncovered;
};

static const struct option options[] = {
    { .name = "format",
      .value = "NAME",
      .summary = "what the reports are; without it their content tells",
      .read = option_read_text,
      .offset = offsetof(struct values, format) },
    { .name = "json",
      .summary = "one JSON object: lines, branches, functions, and each file",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { .name = "uncovered",
      .summary = "the lines that nothing covers, as ranges",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_uncovered) },
    { 0 },
};

static bool read_all(struct coverage *coverage, struct invocation *invocation)
{
    const struct values *values = invocation->values;
    bool is_read = true;
    for (size_t i = 0; i < invocation->words.count; i++) {
        is_read &= coverage_read(coverage, invocation->words.list[i], values->format,
                                 &invocation->problems);
    }
    return is_read;
}

static enum exit_code answer(const struct coverage *coverage, struct invocation *invocation)
{
    const struct values *values = invocation->values;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* less than what was read */
    if (values->wants_json) {
        listing_json(&out, coverage);
    } else if (values->wants_uncovered) {
        listing_uncovered(&out, coverage);
    } else {
        listing_text(&out, coverage);
    }
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code run_coverage(struct invocation *invocation)
{
    invocation->says_nothing_on_yes = true;
    if (invocation->words.count == 0) {
        problems_add(
            &invocation->problems, PROBLEM_USAGE, span_none(),
            "name the reports that the tests wrote: bddrun coverage build/coverage.info",
            "no coverage report is named");
        return EXIT_CODE_USAGE;
    }
    struct coverage coverage;
    coverage_init(&coverage);
    bool is_read = read_all(&coverage, invocation);
    enum exit_code code =
        is_read || coverage.report_count ? answer(&coverage, invocation) : EXIT_CODE_USAGE;
    code = exit_code_worse(code, problems_exit_code(&invocation->problems));
    console_show_problems(&invocation->problems, invocation->with_colour);
    problems_clear(&invocation->problems);
    coverage_release(&coverage);
    return code;
}

const struct command cmd_coverage = {
    .name = "coverage",
    .summary = "read, merge, list and explain coverage reports",
    .usage = "FILE…",
    .description = "Reads coverage reports of any tool, counts them anew and adds them up.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_coverage,
};
