/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/hook_runner.h"
#include "cli/options/configured.h"
#include "git/commit.h"
#include "hook/install.h"

enum { INPUT_PATIENCE_MS = 2000, ANSWER_LIMIT = 4096 };

struct values {
    struct configured_values configured;
    bool removes;
    uint64_t budget_ms;
};

static const struct option options[] = {
    CONFIGURED_OPTIONS(struct values, configured),
    { .name = "uninstall",
      .summary = "of install: take the hook out, put back what was there",
      .read = option_read_flag,
      .offset = offsetof(struct values, removes) },
    { .name = "budget",
      .value = "TIME",
      .summary = "of pre-push: how long the scenarios may take, e.g. '60 s'",
      .read = option_read_duration,
      .offset = offsetof(struct values, budget_ms) },
    { 0 },
};

/* install */

static enum exit_code install(struct invocation *invocation, struct git *git)
{
    static const char *const said[] = {
        "installed", "installed; the hook that was there runs first",   "installed anew",
        "removed",   "removed; the hook that was there before is back", "not installed",
    };
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    enum hook_change change;
    struct text path;
    char program[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", program, sizeof(program));
    struct text own = text_make(program, size > 0 ? (size_t)size : 0);
    if (values->removes ? !hook_uninstall(git, &change, &path, problems)
                        : !hook_install(git, own, &change, &path, problems)) {
        return problems_exit_code(problems);
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    buffer_add_format(&out, "%s: %.*s\n", said[change], TEXT_ARG(path));
    return console_write(buffer_text(&out), problems) ? EXIT_CODE_YES : EXIT_CODE_ENVIRONMENT;
}

/* pre-push */

/* Without anything from git: what a push would push, @{push}..HEAD. */
static bool present_push(struct git *git, struct push *push, struct problems *problems)
{
    struct git_commit head;
    struct git_commit pushed = { .id = TEXT_EMPTY };
    bool is_there = false;
    if (!git_commit_find(git, TEXT("HEAD"), &head, problems) ||
        !git_commit_look(git, TEXT("@{push}"), &pushed, &is_there, problems)) {
        return false;
    }
    push->refs = ARENA_NEW(&git->arena, struct pushed_ref);
    push->refs[0] = (struct pushed_ref){ .local_ref = TEXT("HEAD"),
                                         .local_id = head.id,
                                         .remote_id = is_there ? pushed.id : TEXT_EMPTY };
    push->count = 1;
    return true;
}

static bool read_push(struct invocation *invocation, struct git *git, struct push *push)
{
    struct problems *problems = &invocation->problems;
    struct text lines = TEXT_EMPTY;
    if (push_from_pre_commit(invocation->process_environment, &git->arena, push)) {
        return true;
    }
    bool is_told = !isatty(STDIN_FILENO) &&
                   push_read_input(STDIN_FILENO, INPUT_PATIENCE_MS, &git->arena, &lines);
    if (!(is_told ? push_parse(lines, &git->arena, push, problems)
                  : present_push(git, push, problems))) {
        return false;
    }
    if (invocation->words.count > 1) {
        push->remote = invocation->words.list[1];
    }
    return true;
}

/* The folder of bddrun.yaml from the top of the repository: "", or "app/". */
static struct text folder_below(const struct git *git, struct text folder, struct arena *arena)
{
    char top[PATH_MAX];
    char below[PATH_MAX];
    if (!realpath(arena_string(arena, git->top), top) ||
        !realpath(arena_string(arena, folder), below)) {
        return TEXT_EMPTY;
    }
    struct text whole = text_of(below);
    if (!text_starts_with(whole, text_of(top)) || whole.size == strlen(top)) {
        return TEXT_EMPTY;
    }
    return arena_format(arena, "%.*s/", TEXT_ARG(text_from(whole, strlen(top) + 1)));
}

static enum exit_code check(struct invocation *invocation, struct git *git)
{
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    const struct config_settings *settings = NULL;
    struct pre_push_request request = { .git = git, .clock = clock_real() };
    if (!read_push(invocation, git, &request.push) ||
        !configured_make(&values->configured, invocation, &settings)) {
        return EXIT_CODE_NO;
    }
    struct hook_runner_context context = { .arena = &git->arena };
    request.hook = config_hook(&invocation->config);
    request.hook.budget_ms = values->budget_ms > 0 ? values->budget_ms : request.hook.budget_ms;
    context.environment_option = values->configured.environment.size > 0
                                     ? values->configured.environment
                                     : request.hook.environment;
    request.components = config_components(&invocation->config, &request.component_count);
    request.folder = folder_below(git, settings->folder, &git->arena);
    context.environment =
        git_scrubbed_environment(&git->arena, invocation->process_environment);
    if (!loop_init(&context.loop, clock_real(), problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    struct hook_runner runner = hook_runner_make(&context);
    request.runner = &runner;
    enum exit_code code = pre_push(&request, problems);
    loop_release(&context.loop);
    return code;
}

static enum exit_code run_hook(struct invocation *invocation)
{
    struct problems *problems = &invocation->problems;
    struct text word = invocation->words.count > 0 ? invocation->words.list[0] : TEXT_EMPTY;
    bool installs = text_is(word, "install");
    if (!installs && !text_is(word, "pre-push")) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "`bddrun hook install`, or "
                     "`bddrun hook pre-push REMOTE URL` as git calls it",
                     "hook takes 'install' or 'pre-push', not '%.*s'", TEXT_ARG(word));
        return EXIT_CODE_USAGE;
    }
    CLEANUP(git_release) struct git git = { 0 };
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    if (git_open(&git, TEXT("."), invocation->process_environment, problems)) {
        code = installs ? install(invocation, &git) : check(invocation, &git);
    }
    console_show_problems(problems, invocation->with_colour);
    problems_clear(problems);
    invocation->says_nothing_on_yes = true;
    return code;
}

const struct command cmd_hook = {
    .name = "hook",
    .summary = "check a push: install git's pre-push hook, or be it",
    .usage = "install|pre-push [REMOTE URL]",
    .description =
        "install puts the hook where git looks for it, behind one that is there already.\n"
        "pre-push runs the scenarios that the pushed commits concern, within a time budget;\n"
        "what it is told by git it reads from the standard input.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_hook,
};
