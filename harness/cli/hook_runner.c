/* SPDX-License-Identifier: MIT */
#include "cli/hook_runner.h"

#include <unistd.h>

#include "base/file_write.h"
#include "base/process.h"

enum { OUTPUT_LIMIT = 64 << 20, LIST_MS = 30000, FIXED_WORDS = 12 };

/* bddrun run [--list] [-e ENV] [--tags T] PATH… */
static const char **make_words(const struct hook_runner_context *context, bool is_list,
                               struct text tags, const struct text *paths, size_t count)
{
    const char **words = ARENA_ARRAY(context->arena, count + FIXED_WORDS, const char *);
    size_t at = 0;
    words[at++] = "/proc/self/exe";
    words[at++] = "run";
    if (is_list) {
        words[at++] = "--list";
    }
    if (context->environment_option.size > 0) {
        words[at++] = "-e";
        words[at++] = arena_string(context->arena, context->environment_option);
    }
    if (tags.size > 0) {
        words[at++] = "--tags";
        words[at++] = arena_string(context->arena, tags);
    }
    words[at++] = "--";
    for (size_t i = 0; i < count; i++) {
        words[at++] = arena_string(context->arena, paths[i]);
    }
    return words;
}

static bool start(struct hook_runner_context *context, const char *const *words,
                  struct text folder, uint64_t within_ms, struct process *process,
                  enum loop_result *ret_result, struct problems *problems)
{
    struct process_request request = {
        .words = words,
        .environment = context->environment,
        .folder = arena_string(context->arena, folder),
        .output_limit_bytes = OUTPUT_LIMIT,
        .has_errors_apart = true,
    };
    uint64_t deadline_ns =
        loop_now_ns(&context->loop) + within_ms * NANOSECONDS_PER_MILLISECOND;
    return process_run(process, &request, &context->loop, deadline_ns, ret_result, problems);
}

/* "path:12  name" */
static struct hook_scenarios read_list(struct text output, struct arena *arena)
{
    struct hook_scenarios scenarios = { .count = 0 };
    size_t lines = 1;
    for (size_t i = 0; i < output.size; i++) {
        lines += output.at[i] == '\n';
    }
    scenarios.list = ARENA_ARRAY(arena, lines, struct hook_scenario);
    struct text line;
    while (text_take_until(&output, '\n', &line)) {
        size_t blanks = text_find(line, TEXT("  "), 0);
        if (blanks < line.size) {
            scenarios.list[scenarios.count++] =
                (struct hook_scenario){ arena_text(arena, text_slice(line, 0, blanks)),
                                        arena_text(arena, text_from(line, blanks + 2)) };
        }
    }
    return scenarios;
}

static bool list(void *opaque, struct text folder, const struct text *paths, size_t path_count,
                 struct text tags, struct arena *arena, struct hook_scenarios *ret_scenarios,
                 struct problems *problems)
{
    struct hook_runner_context *context = opaque;
    const char **words = make_words(context, true, tags, paths, path_count);
    CLEANUP(process_release) struct process process = { 0 };
    enum loop_result result = LOOP_CANCELLED;
    if (!start(context, words, folder, LIST_MS, &process, &result, problems)) {
        return false;
    }
    int code = result == LOOP_DONE ? process_exit_code(&process) : EXIT_CODE_ENVIRONMENT;
    if (code != EXIT_CODE_YES && code != EXIT_CODE_NOTHING) {
        struct text said = text_trim(buffer_text(&process.errors));
        problems_add(problems,
                     code == EXIT_CODE_ENVIRONMENT ? PROBLEM_ENVIRONMENT : PROBLEM_INPUT,
                     span_none(), "`bddrun check` shows it",
                     "the scenarios cannot be listed: %.*s", TEXT_ARG(said));
        return false;
    }
    *ret_scenarios = read_list(buffer_text(&process.output), arena);
    return true;
}

static void show(struct text output)
{
    struct problems unsaid; /* nobody reads it: the exit code still tells */
    problems_init(&unsaid);
    (void)!file_write_all(STDERR_FILENO, TEXT("the standard error"), output, &unsaid);
    problems_release(&unsaid);
}

static enum exit_code run(void *opaque, struct text folder, const struct text *paths,
                          size_t path_count, uint64_t within_ms, bool *ret_is_late)
{
    struct hook_runner_context *context = opaque;
    const char **words = make_words(context, false, TEXT_EMPTY, paths, path_count);
    CLEANUP(process_release) struct process process = { 0 };
    enum loop_result result = LOOP_CANCELLED;
    struct problems unsaid;
    problems_init(&unsaid);
    bool is_started = start(context, words, folder, within_ms, &process, &result, &unsaid);
    problems_release(&unsaid);
    if (!is_started) {
        return EXIT_CODE_ENVIRONMENT;
    }
    show(buffer_text(&process.output));
    show(buffer_text(&process.errors));
    *ret_is_late = result != LOOP_DONE;
    return (enum exit_code)process_exit_code(&process);
}

static void say(void *opaque, struct text line)
{
    (void)opaque;
    show(line);
    show(TEXT("\n"));
}

/* The configuration is that of the pushed commit, found in its folder: a path given for this work
 * tree means nothing there. */
static const char *const *without_config(const char *const *environment, struct arena *arena)
{
    size_t count = 0;
    while (environment[count]) {
        count++;
    }
    const char **kept = ARENA_ARRAY(arena, count + 1, const char *);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!text_starts_with(text_of(environment[i]), TEXT("BDDRUN_CONFIG="))) {
            kept[kept_count++] = environment[i];
        }
    }
    return kept;
}

struct hook_runner hook_runner_make(struct hook_runner_context *context)
{
    context->environment = without_config(context->environment, context->arena);
    return (struct hook_runner){ .context = context, .list = list, .run = run, .say = say };
}
