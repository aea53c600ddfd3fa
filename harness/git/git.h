/* SPDX-License-Identifier: MIT */
/*
 * The system's git on one repository, as bddrun uses it: to read. Each question is one child
 * (base/process) with a deadline, in an environment that no hook and no setting of the user bends:
 * what git calls local (GIT_DIR, GIT_INDEX_FILE, …) and everything else that starts with GIT_ is
 * taken out, but for the few that say how to reach a remote and where settings are; LC_ALL=C, no
 * pager, no lock that is optional, no question asked.
 *
 * What is answered lives in the struct's arena until git_release. Revisions are what git
 * understands (a branch, HEAD~1, an object's name of SHA-1 or SHA-256); one that starts with "-" is
 * refused. Problems: no git, no repository, a time out are PROBLEM_ENVIRONMENT; an unknown revision
 * or path is PROBLEM_INPUT.
 */
#ifndef BDDRUN_GIT_GIT_H
#define BDDRUN_GIT_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"

struct git_commit;

enum { GIT_KNOWN_COMMITS = 4 };

struct git {
    struct arena arena;
    struct loop loop; /* its own: the struct must not move */
    bool has_loop;
    const char *const *environment; /* scrubbed */
    struct text folder;             /* asked for */
    struct text top;                /* of the work tree; of a bare repository its folder */
    struct text own_folder;         /* absolute: .git, or what stands for it */
    bool is_shallow;
    bool is_bare;
    size_t hash_digits;                                /* 40, or 64 */
    uint64_t timeout_ms;                               /* of one question; may be changed */
    const struct git_commit *known[GIT_KNOWN_COMMITS]; /* found last: no question twice */
    size_t known_count;
};

/* Looks for the repository that holds the folder. The process environment ("NAME=value",
 * NULL-ended) is borrowed during the call only. After false only git_release may follow. */
bool git_open(struct git *git, struct text folder, const char *const *process_environment,
              struct problems *problems) MUST_CHECK;

/* A zeroed one may be released. */
void git_release(struct git *git);

/* The environment described above, in the arena: also for programs that hooks start. */
const char *const *git_scrubbed_environment(struct arena *arena,
                                            const char *const *process_environment);

/* One run of git. Owns its output. */
struct git_answer {
    struct buffer output;
    struct buffer errors;
    int exit_code;
};

/* Runs `git WORDS…` (NULL-ended, without "git"), with the input on 0. Any exit code of git's is an
 * answer; false: it did not start, or not end in time, or said more than 1 GiB. */
bool git_ask(struct git *git, const char *const *words, struct text input,
             struct git_answer *ret_answer, struct problems *problems) MUST_CHECK;

void git_answer_release(struct git_answer *answer);

/* The same where any exit code but 0 is a problem, which says what git was to do ("list the
 * files") and git's own first line. */
bool git_must(struct git *git, const char *const *words, const char *purpose,
              struct git_answer *ret_answer, struct problems *problems) MUST_CHECK;

#endif
