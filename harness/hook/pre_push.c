/* SPDX-License-Identifier: MIT */
#include "hook/pre_push.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

enum { COVERAGE_LIMIT = 256 << 20, BATCH = 25, LINE_LIMIT = 2000 };

struct checking {
    const struct pre_push_request *request;
    struct problems *problems;
    struct arena *arena;
    struct hook_tree tree;
    struct text folder; /* of the project in the tree */
    uint64_t deadline_ns;
    struct text *chosen; /* paths of scenarios, each once; heap */
    size_t count;
    size_t capacity;
    size_t first_count; /* of these: failed last, or brought by the push */
    size_t done;
    bool is_late;
    enum exit_code code;
};

static void say(const struct checking *checking, const char *format, ...) PRINTF_LIKE(2, 3);

static void say(const struct checking *checking, const char *format, ...)
{
    CLEANUP(buffer_release) struct buffer line;
    va_list arguments;
    buffer_init(&line, LINE_LIMIT);
    va_start(arguments, format);
    buffer_add_format_list(&line, format, arguments);
    va_end(arguments);
    checking->request->runner->say(checking->request->runner->context, buffer_text(&line));
}

/* Choosing. */

static void choose(struct checking *checking, struct text path)
{
    for (size_t i = 0; i < checking->count; i++) {
        if (text_equal(checking->chosen[i], path)) {
            return;
        }
    }
    GROW(checking->chosen, checking->count, checking->capacity);
    checking->chosen[checking->count++] = path;
}

static bool list(struct checking *checking, const struct text *paths, size_t count,
                 struct text tags, struct hook_scenarios *ret_scenarios)
{
    const struct hook_runner *runner = checking->request->runner;
    return runner->list(runner->context, checking->folder, paths, count, tags, checking->arena,
                        ret_scenarios, checking->problems);
}

static bool choose_listed(struct checking *checking, const struct text *paths, size_t count,
                          struct text tags)
{
    struct hook_scenarios scenarios;
    if (!list(checking, paths, count, tags, &scenarios)) {
        return false;
    }
    for (size_t i = 0; i < scenarios.count; i++) {
        choose(checking, scenarios.list[i].path);
    }
    return true;
}

/* The changed features below the project's folder, as paths from there. */
static bool choose_features(struct checking *checking, const struct affected *affected)
{
    struct text folder = checking->request->folder;
    struct text *paths = ARENA_ARRAY(checking->arena, affected->feature_count + 1, struct text);
    size_t count = 0;
    for (size_t i = 0; i < affected->feature_count; i++) {
        if (text_starts_with(affected->features[i], folder)) {
            paths[count++] = text_from(affected->features[i], folder.size);
        }
    }
    return count == 0 || choose_listed(checking, paths, count, TEXT_EMPTY);
}

/* Those that failed last: they are lines of the rerun file, if they are still there. */
static void choose_failures(struct checking *checking, const struct hook_scenarios *all)
{
    struct text failures = TEXT_EMPTY;
    struct text line;
    struct problems unsaid; /* there need be no such file */
    problems_init(&unsaid);
    if (checking->request->hook.failures.size > 0 &&
        !file_read(checking->request->hook.failures, COVERAGE_LIMIT, checking->arena, &failures,
                   &unsaid)) {
        failures = TEXT_EMPTY;
    }
    problems_release(&unsaid);
    while (text_take_until(&failures, '\n', &line)) {
        for (size_t i = 0; line.size > 0 && i < all->count; i++) {
            if (text_equal(all->list[i].path, text_trim(line))) {
                choose(checking, all->list[i].path);
            }
        }
    }
}

/* All scenarios are asked for only where one of them may be wanted for its name or its place. */
static bool list_all(struct checking *checking, const struct affected *affected,
                     struct hook_scenarios *ret_all)
{
    *ret_all = (struct hook_scenarios){ .count = 0 };
    bool wants_all = affected->all_because || affected->name_count > 0 ||
                     checking->request->hook.failures.size > 0;
    return !wants_all || list(checking, NULL, 0, TEXT_EMPTY, ret_all);
}

static bool choose_affected(struct checking *checking, const struct affected *affected)
{
    struct hook_scenarios all;
    if (!list_all(checking, affected, &all)) {
        return false;
    }
    choose_failures(checking, &all);
    if (!choose_features(checking, affected)) {
        return false;
    }
    checking->first_count = checking->count;
    for (size_t i = 0; i < all.count; i++) {
        if (affected->all_because || affected_has_name(affected, all.list[i].name)) {
            choose(checking, all.list[i].path);
        }
    }
    return affected->all_because || affected->tags.size == 0 ||
           choose_listed(checking, NULL, 0, affected->tags);
}

/* Running. */

static uint64_t left_ms(const struct checking *checking)
{
    uint64_t now_ns = clock_monotonic_ns(checking->request->clock);
    return now_ns < checking->deadline_ns
               ? (checking->deadline_ns - now_ns) / NANOSECONDS_PER_MILLISECOND
               : 0;
}

static void run_batches(struct checking *checking)
{
    const struct hook_runner *runner = checking->request->runner;
    while (checking->done < checking->count && !checking->is_late) {
        size_t end =
            checking->done < checking->first_count ? checking->first_count : checking->count;
        size_t count = end - checking->done;
        count = count < BATCH ? count : BATCH;
        uint64_t within_ms = left_ms(checking);
        if (within_ms == 0) {
            checking->is_late = true;
            break;
        }
        enum exit_code code =
            runner->run(runner->context, checking->folder, checking->chosen + checking->done,
                        count, within_ms, &checking->is_late);
        checking->code =
            checking->is_late ? checking->code : exit_code_worse(checking->code, code);
        checking->done += checking->is_late ? 0 : count;
    }
}

static enum exit_code unable(const struct checking *checking, const char *what)
{
    bool refuses = checking->request->hook.when_unable == 1;
    say(checking, "bddrun: %s: %s", what,
        refuses ? "the push is refused (hook.when_unable)" : "the push goes on unchecked");
    return refuses ? EXIT_CODE_NO : EXIT_CODE_YES;
}

static enum exit_code conclude(const struct checking *checking)
{
    if (checking->code == EXIT_CODE_NOTHING) {
        return unable(checking, "there was nothing to run");
    }
    if (checking->code == EXIT_CODE_ENVIRONMENT) {
        return unable(checking, "nothing answered");
    }
    if (checking->code != EXIT_CODE_YES) {
        say(checking, "bddrun: the push is refused; git push --no-verify lets it through");
        return EXIT_CODE_NO;
    }
    if (checking->is_late) {
        say(checking,
            "bddrun: the time is over (hook.budget): %zu of %zu scenarios were not run",
            checking->count - checking->done, checking->count);
    }
    return EXIT_CODE_YES;
}

static enum exit_code run_affected(struct checking *checking, const struct affected *affected)
{
    if (!choose_affected(checking, affected)) {
        return problems_exit_code(checking->problems) == EXIT_CODE_ENVIRONMENT
                   ? unable(checking, "the scenarios cannot be listed")
                   : EXIT_CODE_NO;
    }
    if (checking->count == 0) {
        say(checking, "bddrun: the push changes nothing that a scenario covers: 0 scenarios "
                      "selected");
        return EXIT_CODE_YES;
    }
    say(checking, "bddrun: %zu scenario%s%s%s%s", checking->count,
        checking->count == 1 ? "" : "s", affected->all_because ? ", all of them: " : "",
        affected->all_because ? affected->all_because : "",
        checking->tree.is_own ? ", in a work tree of the pushed commit" : "");
    run_batches(checking);
    return conclude(checking);
}

/* One pushed commit. */

static bool read_coverage(const struct checking *checking, struct text *ret_bytes)
{
    struct text path = checking->request->hook.coverage;
    return path.size == 0 ||
           file_read(path, COVERAGE_LIMIT, checking->arena, ret_bytes, checking->problems);
}

static enum exit_code check_commit(struct checking *checking, const struct push_range *range)
{
    const struct pre_push_request *request = checking->request;
    struct affected_request wanted = { .components = request->components,
                                       .component_count = request->component_count,
                                       .folder = request->folder };
    struct affected affected;
    if (!read_coverage(checking, &wanted.coverage) ||
        !affected_make(request->git, range, &wanted, &affected, checking->problems)) {
        return EXIT_CODE_NO;
    }
    if (range->diff.file_count == 0) {
        say(checking, "bddrun: the push changes no file: 0 scenarios selected");
        return EXIT_CODE_YES;
    }
    if (!hook_tree_open(request->git, range->commit, &checking->tree, checking->problems)) {
        return unable(checking, "there is no work tree of the commit");
    }
    checking->folder = request->folder.size > 0
                           ? path_join(checking->arena, checking->tree.folder, request->folder)
                           : checking->tree.folder;
    enum exit_code code = run_affected(checking, &affected);
    free(checking->chosen);
    hook_tree_close(request->git, &checking->tree);
    return code;
}

static bool is_checked_before(const struct push *push, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (text_equal(push->refs[i].local_id, push->refs[at].local_id)) {
            return true;
        }
    }
    return false;
}

enum exit_code pre_push(const struct pre_push_request *request, struct problems *problems)
{
    const struct push *push = &request->push;
    uint64_t start_ns = clock_monotonic_ns(request->clock);
    enum exit_code code = EXIT_CODE_YES;
    for (size_t i = 0; i < push->count && code == EXIT_CODE_YES; i++) {
        struct checking checking = { .request = request,
                                     .problems = problems,
                                     .arena = &request->git->arena };
        struct push_range range;
        checking.deadline_ns = start_ns + request->hook.budget_ms * NANOSECONDS_PER_MILLISECOND;
        if (is_checked_before(push, i)) {
            continue;
        }
        code = push_range_read(request->git, push, &push->refs[i], &range, problems)
                   ? check_commit(&checking, &range)
                   : EXIT_CODE_NO;
    }
    return code;
}
