/* SPDX-License-Identifier: MIT */
#include "git/diff.h"

#include "git/commit.h"

bool git_diff_read(struct git *git, struct text older, struct text newer,
                   struct git_diff *ret_diff, struct problems *problems)
{
    struct git_commit commits[2];
    if (!git_commit_find(git, newer, &commits[1], problems) ||
        (older.size > 0 && !git_commit_find(git, older, &commits[0], problems))) {
        return false;
    }
    /* The empty tree, which git knows without having it. */
    struct text nothing =
        git->hash_digits == 64
            ? TEXT("6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321")
            : TEXT("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    const char *const words[] = { "-c",
                                  "diff.orderFile=",
                                  "diff-tree",
                                  "-r",
                                  "-z",
                                  "--raw",
                                  "--no-abbrev",
                                  "-p",
                                  "-U0",
                                  "--inter-hunk-context=0",
                                  "--diff-algorithm=myers",
                                  "-M",
                                  "--no-ext-diff",
                                  "--no-textconv",
                                  "--no-color",
                                  "--no-relative",
                                  "--submodule=short",
                                  "--ignore-submodules=none",
                                  "--src-prefix=a/",
                                  "--dst-prefix=b/",
                                  older.size > 0 ? commits[0].tree.at : nothing.at,
                                  commits[1].tree.at,
                                  "--",
                                  NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    struct git_diff diff;
    if (!git_must(git, words, "compare two commits", &answer, problems)) {
        return false;
    }
    if (!git_diff_parse(buffer_text(&answer.output), &git->arena, &diff)) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), "git 2.39 is known to work",
                     "git's comparison is not understood");
        return false;
    }
    *ret_diff = diff;
    return true;
}

bool git_file_has_changed_line(const struct git_file *file, size_t line)
{
    size_t low = 0;
    size_t high = file->changed_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->changed[middle].last < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < file->changed_count && file->changed[low].first <= line;
}

size_t git_file_old_line(const struct git_file *file, size_t line)
{
    if (git_file_has_changed_line(file, line)) {
        return 0;
    }
    size_t old = line;
    for (size_t i = 0; i < file->hunk_count; i++) {
        const struct git_hunk *hunk = &file->hunks[i];
        size_t last = hunk->new_count > 0 ? hunk->first + hunk->new_count - 1 : hunk->first;
        if (last < line) {
            old += hunk->old_count - hunk->new_count; /* modulo: it may be less */
        }
    }
    return old;
}

const struct git_file *git_diff_file(const struct git_diff *diff, struct text path)
{
    for (size_t i = 0; i < diff->file_count; i++) {
        if (text_equal(diff->files[i].path, path)) {
            return &diff->files[i];
        }
    }
    return NULL;
}
