/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <unistd.h>

#include "git/commit.h"
#include "hook/pre_push.h"

static bool is_clean_at(struct git *git, struct text commit)
{
    static const char *const words[] = { "status", "--porcelain", "--untracked-files=normal",
                                         NULL };
    struct problems unsaid;
    struct git_commit head;
    bool is_there = false;
    bool is_clean = false;
    problems_init(&unsaid);
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git->is_bare && git_commit_look(git, TEXT("HEAD"), &head, &is_there, &unsaid) &&
        is_there && text_equal(head.id, commit) &&
        git_ask(git, words, TEXT_EMPTY, &answer, &unsaid)) {
        is_clean = answer.exit_code == 0 && answer.output.size == 0;
    }
    problems_release(&unsaid);
    return is_clean;
}

bool hook_tree_open(struct git *git, struct text commit, struct hook_tree *ret_tree,
                    struct problems *problems)
{
    if (is_clean_at(git, commit)) {
        *ret_tree = (struct hook_tree){ .folder = git->top };
        return true;
    }
    char *folder = arena_string(&git->arena, TEXT("/tmp/bddrun-push-XXXXXX"));
    if (!mkdtemp(folder)) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "cannot make a folder in '/tmp'");
        return false;
    }
    struct text path = arena_format(&git->arena, "%s/tree", folder);
    const char *const words[] = {
        "-c",    "core.hooksPath=/dev/null",        "worktree", "add", "--quiet", "--detach",
        path.at, arena_string(&git->arena, commit), NULL
    };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_must(git, words, "make a work tree of the pushed commit", &answer, problems)) {
        rmdir(folder);
        return false;
    }
    *ret_tree = (struct hook_tree){ .folder = path, .is_own = true };
    return true;
}

void hook_tree_close(struct git *git, struct hook_tree *tree)
{
    if (!tree->is_own) {
        return;
    }
    const char *const words[] = { "worktree", "remove", "--force", tree->folder.at, NULL };
    struct problems unsaid; /* what is left behind in /tmp is no reason to stop a push */
    problems_init(&unsaid);
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (git_ask(git, words, TEXT_EMPTY, &answer, &unsaid)) {
        struct text folder =
            text_slice(tree->folder, 0, tree->folder.size - sizeof("/tree") + 1);
        rmdir(arena_string(&git->arena, folder));
    }
    problems_release(&unsaid);
}
