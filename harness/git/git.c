/* SPDX-License-Identifier: MIT */
#include "git/git.h"

#include <string.h>

#include "base/process.h"

#define ANSWER_LIMIT ((size_t)1 << 30)

enum { TIMEOUT_MS = 60000, ERRORS_LIMIT = 64 << 10, WORDS_LIMIT = 64 };

/* The environment. */

/* What may stay: how to reach a remote (pre-commit keeps the same), where settings are, and where
 * the search for a repository ends. */
static const char *const kept_names[] = {
    "GIT_EXEC_PATH=",     "GIT_SSH=",
    "GIT_SSH_COMMAND=",   "GIT_SSL_CAINFO=",
    "GIT_SSL_NO_VERIFY=", "GIT_CONFIG_COUNT=",
    "GIT_CONFIG_KEY_",    "GIT_CONFIG_VALUE_",
    "GIT_ASKPASS=",       "GIT_ALLOW_PROTOCOL=",
    "GIT_CONFIG_GLOBAL=", "GIT_HTTP_PROXY_AUTHMETHOD=",
    "GIT_CONFIG_SYSTEM=", "GIT_CONFIG_NOSYSTEM=",
    "GIT_TEMPLATE_DIR=",  "GIT_CEILING_DIRECTORIES=",
};

static bool is_kept(struct text variable)
{
    if (!text_starts_with(variable, TEXT("GIT_"))) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_SIZE(kept_names); i++) {
        if (text_starts_with(variable, text_of(kept_names[i]))) {
            return true;
        }
    }
    return false;
}

const char *const *git_scrubbed_environment(struct arena *arena,
                                            const char *const *process_environment)
{
    size_t count = 0;
    while (process_environment[count]) {
        count++;
    }
    const char **kept = ARENA_ARRAY(arena, count + 1, const char *);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_kept(text_of(process_environment[i]))) {
            kept[kept_count++] = arena_string(arena, text_of(process_environment[i]));
        }
    }
    return kept;
}

/* As above, and nothing that asks, pages, translates or locks. */
static const char *const *own_environment(struct arena *arena,
                                          const char *const *process_environment)
{
    static const char *const added[] = { "LC_ALL=C", "GIT_PAGER=cat", "GIT_OPTIONAL_LOCKS=0",
                                         "GIT_TERMINAL_PROMPT=0" };
    const char *const *scrubbed = git_scrubbed_environment(arena, process_environment);
    size_t count = 0;
    while (scrubbed[count]) {
        count++;
    }
    const char **own = ARENA_ARRAY(arena, count + ARRAY_SIZE(added) + 1, const char *);
    size_t own_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct text variable = text_of(scrubbed[i]);
        if (!text_starts_with(variable, TEXT("LC_ALL=")) &&
            !text_starts_with(variable, TEXT("LANGUAGE="))) {
            own[own_count++] = scrubbed[i];
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(added); i++) {
        own[own_count++] = added[i];
    }
    return own;
}

/* Asking. */

void git_answer_release(struct git_answer *answer)
{
    buffer_release(&answer->output);
    buffer_release(&answer->errors);
    *answer = (struct git_answer){ 0 };
}

static bool has_ended_well(const struct process *process, enum loop_result result,
                           const char *word, struct problems *problems)
{
    if (result == LOOP_DEADLINE) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "see whether the disk or a remote file system hangs",
                     "'git %s' did not end in time", word);
    } else if (process->output.is_over_limit) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), "name a smaller range",
                     "'git %s' says more than 1 GiB", word);
    }
    return result == LOOP_DONE && !process->output.is_over_limit;
}

bool git_ask(struct git *git, const char *const *words, struct text input,
             struct git_answer *ret_answer, struct problems *problems)
{
    const char *all[WORDS_LIMIT] = { "git", "--no-pager", "-c", "core.quotePath=true" };
    size_t count = 4;
    for (size_t i = 0; words[i]; i++) {
        if (count == WORDS_LIMIT - 1) {
            BUG("too many words for git");
        }
        all[count++] = words[i];
    }
    struct process_request request = {
        .words = all,
        .environment = git->environment,
        .folder = git->top.size > 0 ? git->top.at : git->folder.at,
        .output_limit_bytes = ANSWER_LIMIT,
        .input = input,
        .has_errors_apart = true,
    };
    CLEANUP(process_release) struct process process = { 0 };
    enum loop_result result = LOOP_CANCELLED;
    uint64_t deadline_ns =
        loop_now_ns(&git->loop) + git->timeout_ms * NANOSECONDS_PER_MILLISECOND;
    if (!process_run(&process, &request, &git->loop, deadline_ns, &result, problems) ||
        !has_ended_well(&process, result, words[0], problems)) {
        return false;
    }
    *ret_answer = (struct git_answer){ .output = process.output,
                                       .errors = process.errors,
                                       .exit_code = process_exit_code(&process) };
    process.output = (struct buffer){ 0 };
    process.errors = (struct buffer){ 0 };
    return true;
}

bool git_must(struct git *git, const char *const *words, const char *purpose,
              struct git_answer *ret_answer, struct problems *problems)
{
    struct git_answer answer = { 0 };
    if (!git_ask(git, words, TEXT_EMPTY, &answer, problems)) {
        return false;
    }
    if (answer.exit_code == 0) {
        *ret_answer = answer;
        return true;
    }
    struct text rest = buffer_text(&answer.errors);
    struct text line = TEXT_EMPTY;
    (void)text_take_until(&rest, '\n', &line);
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "git cannot %s: %.*s",
                 purpose, TEXT_ARG(text_trim(line)));
    git_answer_release(&answer);
    return false;
}

/* Opening. */

static struct text next_line(struct text *rest)
{
    struct text line = TEXT_EMPTY;
    (void)text_take_until(rest, '\n', &line);
    return line;
}

/* --show-cdup is "", "../" or "../../"; text compared with the arena's copy of the folder. */
static void take_answer(struct git *git, struct text rest)
{
    git->is_shallow = text_is(next_line(&rest), "true");
    git->hash_digits = text_is(next_line(&rest), "sha256") ? 64 : 40;
    git->own_folder = arena_text(&git->arena, next_line(&rest));
    git->is_bare = text_is(next_line(&rest), "true");
    struct text up = next_line(&rest);
    git->top = git->is_bare   ? git->own_folder
               : up.size == 0 ? git->folder
                              : arena_format(&git->arena, "%.*s/%.*s", TEXT_ARG(git->folder),
                                             TEXT_ARG(up));
}

static bool find_repository(struct git *git, struct problems *problems)
{
    static const char *const words[] = { "rev-parse",
                                         "--is-shallow-repository",
                                         "--show-object-format",
                                         "--absolute-git-dir",
                                         "--is-bare-repository",
                                         "--show-cdup",
                                         NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_ask(git, words, TEXT_EMPTY, &answer, problems)) {
        return false;
    }
    if (answer.exit_code == 0) {
        take_answer(git, buffer_text(&answer.output));
        return true;
    }
    struct text errors = buffer_text(&answer.errors);
    if (text_contains(errors, TEXT("dubious ownership"))) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "git config --global --add safe.directory PATH, where you trust it",
                     "the repository of '%.*s' belongs to somebody else",
                     TEXT_ARG(git->folder));
        return false;
    }
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                 "run it inside the repository's work tree", "'%.*s' is in no git repository",
                 TEXT_ARG(git->folder));
    return false;
}

bool git_open(struct git *git, struct text folder, const char *const *process_environment,
              struct problems *problems)
{
    *git = (struct git){ .timeout_ms = TIMEOUT_MS };
    arena_init(&git->arena);
    git->folder = arena_text(&git->arena, folder.size > 0 ? folder : TEXT("."));
    git->environment = own_environment(&git->arena, process_environment);
    git->has_loop = loop_init(&git->loop, clock_real(), problems);
    return git->has_loop && find_repository(git, problems);
}

void git_release(struct git *git)
{
    if (git->has_loop) {
        loop_release(&git->loop);
    }
    arena_release(&git->arena);
    *git = (struct git){ 0 };
}
