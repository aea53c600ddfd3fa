/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/coverage/coverage_command.h"
#include "coverage/collect/collect.h"

enum { TIMEOUT_MS = 30 * 60 * 1000 };

static struct text absolute(struct arena *arena, struct text path)
{
    char found[PATH_MAX];
    bool is_found = realpath(arena_string(arena, path), found) != NULL;
    return is_found ? arena_text(arena, text_of(found)) : path;
}

static size_t processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (size_t)count : 1;
}

static bool refuse_words(struct invocation *invocation)
{
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                 "bddrun coverage collect build/coverage -o coverage.info",
                 "'coverage collect' takes the one folder of a build");
    return false;
}

bool coverage_command_collect(struct coverage *coverage, struct invocation *invocation,
                              struct arena *arena)
{
    const struct coverage_options *options = invocation->values;
    if (invocation->words.count != 2) {
        return refuse_words(invocation);
    }
    struct collect_request request = {
        .build_folder = invocation->words.list[1],
        .root = absolute(arena, options->root.size ? options->root : TEXT(".")),
        .gcov = options->gcov.size ? options->gcov : TEXT("gcov"),
        .only = options->only.list,
        .only_count = options->only.count,
        .jobs = options->jobs ? (size_t)options->jobs : processors(),
        .timeout_ms = TIMEOUT_MS,
        .keeps_going = options->keeps_going,
    };
    struct loop loop;
    if (!loop_init(&loop, clock_real(), &invocation->problems)) {
        return false;
    }
    bool is_collected =
        coverage_collect(coverage, &request, &loop, arena, &invocation->problems);
    loop_release(&loop);
    return is_collected;
}
