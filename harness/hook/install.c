/* SPDX-License-Identifier: MIT */
#include "hook/install.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/file_write.h"

enum { HOOK_LIMIT = 1 << 20, HOOK_MODE = 0755 };

#define MARK TEXT("# bddrun hook")
#define KEPT ".before-bddrun"

static void fail(const char *what, struct text path, struct problems *problems)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "cannot %s '%.*s': %s", what,
                 TEXT_ARG(path), strerror(errno));
}

/* Where git looks, with core.hooksPath and linked work trees minded. */
static bool find_path(struct git *git, struct text *ret_path, struct problems *problems)
{
    static const char *const words[] = { "rev-parse", "--path-format=absolute", "--git-path",
                                         "hooks", NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_must(git, words, "say where its hooks are", &answer, problems)) {
        return false;
    }
    struct text folder = arena_text(&git->arena, text_trim(buffer_text(&answer.output)));
    if (text_ends_with(folder, TEXT(".husky/_"))) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "add the line `bddrun hook pre-push \"$@\"` to .husky/pre-push",
                     "husky writes '%.*s' anew", TEXT_ARG(folder));
        return false;
    }
    *ret_path = arena_format(&git->arena, "%.*s/pre-push", TEXT_ARG(folder));
    return true;
}

static bool is_ours(struct git *git, struct text path)
{
    struct text bytes = TEXT_EMPTY;
    struct problems unsaid;
    problems_init(&unsaid);
    bool is_read = file_read(path, HOOK_LIMIT, &git->arena, &bytes, &unsaid);
    problems_release(&unsaid);
    return is_read && text_contains(bytes, MARK);
}

static void print_hook(struct buffer *out, struct text program)
{
    buffer_add_string(out, "#!/bin/sh\n"
                           "# bddrun hook: made by `bddrun hook install`, taken out by\n"
                           "# `bddrun hook install --uninstall`. Changes are lost.\n"
                           "refs=$(cat)\n"
                           "refs=${refs:+$refs\n}\n"
                           "before=${0%/*}/pre-push" KEPT "\n"
                           "if [ -x \"$before\" ]; then\n"
                           "    printf %s \"$refs\" | \"$before\" \"$@\" || exit $?\n"
                           "fi\n"
                           "bddrun=");
    escape_shell_word(out, program);
    buffer_add_string(out, "\n[ -x \"$bddrun\" ] || bddrun=$(command -v bddrun) || {\n"
                           "    echo 'bddrun is not here: the push goes on unchecked' >&2\n"
                           "    exit 0\n"
                           "}\n"
                           "printf %s \"$refs\" | \"$bddrun\" hook pre-push \"$@\"\n");
}

static bool write_hook(struct text path, struct text program, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer hook;
    buffer_init(&hook, HOOK_LIMIT);
    print_hook(&hook, program);
    if (!file_replace(path, buffer_text(&hook), problems)) {
        return false;
    }
    if (chmod(path.at, HOOK_MODE) != 0) {
        fail("make executable", path, problems);
        return false;
    }
    return true;
}

bool hook_install(struct git *git, struct text program, enum hook_change *ret_change,
                  struct text *ret_path, struct problems *problems)
{
    struct text path;
    if (!find_path(git, &path, problems)) {
        return false;
    }
    struct text kept = arena_format(&git->arena, "%.*s" KEPT, TEXT_ARG(path));
    enum hook_change change = HOOK_INSTALLED;
    if (is_ours(git, path)) {
        change = HOOK_RENEWED;
    } else if (file_exists(path)) {
        change = HOOK_CHAINED;
        if (file_exists(kept)) {
            problems_add(problems, PROBLEM_INPUT, span_none(), "see which of the two is wanted",
                         "'%.*s' and '%.*s' are both there", TEXT_ARG(path), TEXT_ARG(kept));
            return false;
        }
        if (rename(path.at, kept.at) != 0) {
            fail("keep", path, problems);
            return false;
        }
    }
    if (!write_hook(path, program, problems)) {
        return false;
    }
    *ret_change = change;
    *ret_path = path;
    return true;
}

bool hook_uninstall(struct git *git, enum hook_change *ret_change, struct text *ret_path,
                    struct problems *problems)
{
    struct text path;
    if (!find_path(git, &path, problems)) {
        return false;
    }
    struct text kept = arena_format(&git->arena, "%.*s" KEPT, TEXT_ARG(path));
    *ret_path = path;
    *ret_change = HOOK_NOT_THERE;
    if (!is_ours(git, path)) {
        return true;
    }
    bool is_kept = file_exists(kept);
    if (is_kept ? rename(kept.at, path.at) != 0 : unlink(path.at) != 0) {
        fail("remove", path, problems);
        return false;
    }
    *ret_change = is_kept ? HOOK_RESTORED : HOOK_REMOVED;
    return true;
}
