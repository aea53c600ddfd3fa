/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/diff/diff_sections.h"
#include "config/config.h"
#include "config/masks.h"

struct values {
    struct option_texts masks;
    struct text config;
    bool wants_json;
    bool wants_patch;
    int colour;
};

static const struct option options[] = {
    { .name = "mask",
      .value = "MASK",
      .summary = "what may differ, e.g. 'JSON \"$.at\" date ± 5 s'; repeatable",
      .read = option_read_texts,
      .offset = offsetof(struct values, masks) },
    { .name = "json",
      .summary = "a list of {path, class, severity, left, right, count}",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { .name = "patch",
      .summary = "a JSON Patch (RFC 6902) that makes A into B",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_patch) },
    { .name = "config",
      .value = "FILE",
      .summary = "instead of looking for bddrun.yaml, whose masks hold too",
      .read = option_read_text,
      .offset = offsetof(struct values, config) },
    { .name = "color",
      .value = "WHEN",
      .summary = "auto, always or never",
      .read = option_read_choice,
      .offset = offsetof(struct values, colour),
      .choices = colour_words },
    { 0 },
};

static bool usage(struct invocation *invocation, const char *hint, const char *what)
{
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), hint, "%s", what);
    return false;
}

static bool check_usage(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    const struct option_texts *words = &invocation->words;
    if (words->count != 2) {
        return usage(invocation, "bddrun diff expected.json actual.json",
                     "diff takes two files");
    }
    if (values->wants_json && values->wants_patch) {
        return usage(invocation, "leave one of them out", "--json and --patch are two answers");
    }
    if (text_is(words->list[0], "-") && text_is(words->list[1], "-")) {
        return usage(invocation, "name a file for one side",
                     "the standard input cannot be both sides");
    }
    return true;
}

static bool add_configured(struct invocation *invocation, struct mask_set *masks)
{
    const struct values *values = invocation->values;
    struct config_search search = { .option = values->config,
                                    .first_path = invocation->words.list[0] };
    size_t count = 0;
    bool is_ok = config_load(&invocation->config, &search, &invocation->problems);
    const struct config_mask *list = is_ok ? config_masks(&invocation->config, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        struct mask_writing writing = { list[i].on.text,        list[i].at.text,
                                        list[i].assertion.text, list[i].on.at,
                                        list[i].at.at,          list[i].assertion.at };
        is_ok = mask_set_add(masks, &writing, &invocation->problems) && is_ok;
    }
    return is_ok;
}

/* Those of the command line come first: they decide. */
static bool read_masks(struct invocation *invocation, struct mask_set *masks)
{
    const struct values *values = invocation->values;
    bool is_ok = true;
    for (size_t i = 0; i < values->masks.count; i++) {
        is_ok = mask_set_add_line(masks, values->masks.list[i], span_none(),
                                  &invocation->problems) &&
                is_ok;
    }
    return add_configured(invocation, masks) && is_ok;
}

static bool write_patch(struct invocation *invocation, const struct diff_file *left,
                        const struct diff_file *right, struct buffer *out)
{
    if (left->kind != DIFF_FILE_JSON || right->kind != DIFF_FILE_JSON) {
        return usage(invocation, "leave --patch out",
                     "a JSON Patch is made of two JSON documents");
    }
    struct tree_pair pair = {
        .dialect = TREE_JSON, .left = left->json, .right = right->json, .path = TEXT("$")
    };
    tree_patch(&pair, out);
    return true;
}

static enum exit_code compare(struct invocation *invocation, const struct diff_file *left,
                              const struct diff_file *right, const struct mask_set *masks)
{
    const struct values *values = invocation->values;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* by the list of differences, or the files */
    if (values->wants_patch) {
        bool is_made = write_patch(invocation, left, right, &out);
        bool is_equal = is_made && out.size == sizeof("[]\n") - 1;
        bool is_written = is_made && console_write(buffer_text(&out), &invocation->problems);
        return !is_written ? problems_exit_code(&invocation->problems)
               : is_equal  ? EXIT_CODE_YES
                           : EXIT_CODE_NO;
    }
    struct diff_sections sections;
    diff_sections_compare(&sections, left, right, masks, &invocation->arena);
    struct style_writer style = { .out = &out };
    style.with_colour = colour_is_wanted((enum colour_choice)values->colour,
                                         invocation->process_environment, STDOUT_FILENO);
    if (values->wants_json) {
        diff_sections_print_json(&sections, &out);
    } else {
        diff_sections_print(&sections, &style);
    }
    if (!console_write(buffer_text(&out), &invocation->problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    return diff_sections_differ(&sections) ? EXIT_CODE_NO : EXIT_CODE_YES;
}

static enum exit_code open_and_compare(struct invocation *invocation,
                                       const struct mask_set *masks)
{
    struct problems *problems = &invocation->problems;
    struct diff_file left;
    struct diff_file right;
    bool is_left_open = diff_file_open(&left, invocation->words.list[0], problems);
    bool is_right_open = diff_file_open(&right, invocation->words.list[1], problems);
    enum exit_code code = is_left_open && is_right_open
                              ? compare(invocation, &left, &right, masks)
                              : problems_exit_code(problems);
    console_show_problems(problems, invocation->with_colour); /* they point into the files */
    problems_clear(problems);
    diff_file_release(&left);
    diff_file_release(&right);
    return code;
}

static enum exit_code run_diff(struct invocation *invocation)
{
    struct mask_set masks CLEANUP(mask_set_release);
    mask_set_init(&masks);
    invocation->says_nothing_on_yes = true;
    if (!check_usage(invocation) || !read_masks(invocation, &masks)) {
        return problems_exit_code(&invocation->problems);
    }
    return open_and_compare(invocation, &masks);
}

const struct command cmd_diff = {
    .name = "diff",
    .summary = "compare two recordings, responses, or JSON, XML, HTML, text files",
    .usage = "A B",
    .description =
        "A is what is expected, B what is judged; `-` is the standard input. Exit code 0: no\n"
        "difference, or only masked ones; 1: they differ; 2: a file cannot be read.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_diff,
};
