/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/coverage/coverage_command.h"
#include "coverage/explain.h"
#include "coverage/lcov_writer.h"
#include "coverage/listing.h"

#define AT(member) offsetof(struct coverage_options, member)

static const struct option options[] = {
    { .name = "json",
      .summary = "one JSON object: lines, branches, functions, and each file",
      .read = option_read_flag,
      .offset = AT(wants_json) },
    { .name = "output",
      .letter = 'o',
      .value = "FILE",
      .summary = "write all of it as an lcov tracefile",
      .read = option_read_text,
      .offset = AT(output) },
    { .name = "format",
      .value = "NAME",
      .summary = "what the reports are; without it their content tells",
      .read = option_read_text,
      .offset = AT(format) },
    { .name = "repository",
      .summary = "paths as the repository has them; ambiguous ones are refused",
      .read = option_read_flag,
      .offset = AT(maps_paths) },
    { .name = "uncovered",
      .summary = "the lines that nothing covers, as ranges",
      .read = option_read_flag,
      .offset = AT(wants_uncovered) },
    { .name = "changed",
      .value = "BASE[..HEAD]",
      .summary = "of the lines changed since BASE those that nothing covers",
      .read = option_read_text,
      .offset = AT(changed) },
    { .name = "explain",
      .summary = "of two reports, old and new: why the number moved",
      .read = option_read_flag,
      .offset = AT(wants_explanation) },
    { .name = "flip",
      .summary = "of two reports of one commit: the lines only one covers",
      .read = option_read_flag,
      .offset = AT(wants_flips) },
    { .name = "root",
      .value = "FOLDER",
      .summary = "collect: the top of the sources; without it the working folder",
      .read = option_read_text,
      .offset = AT(root) },
    { .name = "only",
      .value = "FOLDER",
      .summary = "collect: a folder below the root that counts; may be repeated",
      .read = option_read_texts,
      .offset = AT(only) },
    { .name = "gcov",
      .value = "PROGRAM",
      .summary = "collect: the compiler's own gcov",
      .read = option_read_text,
      .offset = AT(gcov) },
    { .name = "jobs",
      .letter = 'j',
      .value = "N",
      .summary = "collect: how many gcov at once; without it one per processor",
      .read = option_read_count,
      .offset = AT(jobs) },
    { .name = "keep-going",
      .summary = "collect: data of a killed or older program counts as nothing run",
      .read = option_read_flag,
      .offset = AT(keeps_going) },
    { 0 },
};

static bool is_collecting(const struct invocation *invocation)
{
    return invocation->words.count && text_is(invocation->words.list[0], "collect");
}

static bool read_reports(struct coverage *coverage, struct invocation *invocation, size_t first,
                         size_t end)
{
    const struct coverage_options *values = invocation->values;
    bool is_read = true;
    for (size_t i = first; i < end; i++) {
        is_read &= coverage_read(coverage, invocation->words.list[i], values->format,
                                 &invocation->problems);
    }
    return is_read;
}

/* --- two reports side by side --- */

static enum exit_code compare(const struct coverage *first, const struct coverage *second,
                              struct invocation *invocation)
{
    const struct coverage_options *values = invocation->values;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* less than what was read */
    size_t flips = 0;
    if (values->wants_flips) {
        flips = explain_flips(&out, first, second);
        buffer_add_format(&out, "%zu %s\n", flips, flips == 1 ? "line flips" : "lines flip");
    } else if (values->wants_json) {
        explain_json(&out, first, second);
    } else {
        explain_text(&out, first, second);
    }
    if (!console_write(buffer_text(&out), &invocation->problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    return flips ? EXIT_CODE_NO : EXIT_CODE_YES;
}

static enum exit_code run_two(struct invocation *invocation)
{
    if (invocation->words.count != 2) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "bddrun coverage --explain old.info new.info",
                     "'--explain' and '--flip' compare two reports");
        return EXIT_CODE_USAGE;
    }
    struct coverage first;
    struct coverage second;
    coverage_init(&first);
    coverage_init(&second);
    bool is_read = read_reports(&first, invocation, 0, 1);
    is_read &= read_reports(&second, invocation, 1, 2);
    enum exit_code code = is_read ? compare(&first, &second, invocation)
                                  : problems_exit_code(&invocation->problems);
    code = exit_code_worse(code, problems_exit_code(&invocation->problems));
    console_show_problems(&invocation->problems, invocation->with_colour);
    problems_clear(&invocation->problems);
    coverage_release(&first);
    coverage_release(&second);
    return code;
}

/* --- any number of reports, added up --- */

/* False: a problem says why. */
static bool print(const struct coverage *coverage, struct git *git,
                  struct invocation *invocation)
{
    const struct coverage_options *values = invocation->values;
    struct problems *problems = &invocation->problems;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* less than what was read */
    if (values->changed.size) {
        if (!coverage_command_changed(coverage, git, values, &out, problems)) {
            return false;
        }
    } else if (values->wants_json) {
        listing_json(&out, coverage);
    } else if (values->wants_uncovered) {
        listing_uncovered(&out, coverage);
    } else if (values->output.size == 0) {
        listing_text(&out, coverage);
    }
    return console_write(buffer_text(&out), problems);
}

static bool answer(struct coverage *coverage, struct invocation *invocation, bool is_read)
{
    const struct coverage_options *values = invocation->values;
    struct problems *problems = &invocation->problems;
    struct git git = { 0 };
    bool is_done = true;
    if (values->maps_paths || values->changed.size) {
        is_done = git_open(&git, TEXT("."), invocation->process_environment, problems) &&
                  coverage_command_map(coverage, &git, problems);
    }
    if (is_done && is_read && values->output.size) {
        is_done = lcov_write(coverage, values->output, problems);
    }
    is_done = is_done && print(coverage, &git, invocation);
    git_release(&git);
    return is_done;
}

static enum exit_code run_added_up(struct invocation *invocation)
{
    struct coverage coverage;
    coverage_init(&coverage);
    bool is_read = is_collecting(invocation)
                       ? coverage_command_collect(&coverage, invocation, &invocation->arena)
                       : read_reports(&coverage, invocation, 0, invocation->words.count);
    bool has_any = coverage.report_count > 0 && (is_read || !is_collecting(invocation));
    bool is_done = has_any && answer(&coverage, invocation, is_read);
    enum exit_code code = exit_code_worse(is_read && is_done ? EXIT_CODE_YES : EXIT_CODE_NO,
                                          problems_exit_code(&invocation->problems));
    console_show_problems(&invocation->problems, invocation->with_colour);
    problems_clear(&invocation->problems);
    coverage_release(&coverage);
    return code;
}

static enum exit_code run_coverage(struct invocation *invocation)
{
    const struct coverage_options *values = invocation->values;
    invocation->says_nothing_on_yes = true;
    if (invocation->words.count == 0) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "name the reports that the tests wrote: bddrun coverage coverage.info",
                     "no coverage report is named");
        return EXIT_CODE_USAGE;
    }
    return values->wants_flips || values->wants_explanation ? run_two(invocation)
                                                            : run_added_up(invocation);
}

const struct command cmd_coverage = {
    .name = "coverage",
    .summary = "read, merge, list and explain coverage reports",
    .usage = "FILE… | collect FOLDER",
    .description =
        "Reads coverage reports of any tool (docs/coverage.md lists the formats), counts\n"
        "them anew, adds them up and prints a line for each file and the total. With\n"
        "`collect` it asks gcov about a build tree instead.",
    .options = options,
    .values_size = sizeof(struct coverage_options),
    .takes_words = true,
    .run = run_coverage,
};
