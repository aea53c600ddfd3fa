/* SPDX-License-Identifier: MIT */
/*
 * The policy that decides, read by git from the commit it belongs to and never from the working
 * tree: what a candidate says about its own judging counts for the one after it. Owns what was
 * read; problems and places point into it.
 */
#ifndef BDDRUN_GATE_POLICY_POLICY_FILE_H
#define BDDRUN_GATE_POLICY_POLICY_FILE_H

#include <stdbool.h>

#include "config/config.h"
#include "config/policy.h"
#include "gate/rule.h"
#include "git/git.h"

struct policy_request {
    struct text path;       /* of bddrun.yaml, from the top of the repository */
    struct text shown;      /* how it was named: its folder is where relative paths start */
    struct text wanted;     /* --policy-from, or what the candidate's file says; may be empty */
    struct text candidate;  /* the commit */
    struct text production; /* the commit in production; empty: not known */
    const char *const *process_environment;
};

struct policy_file {
    struct config config;
    struct config central;          /* what it extends */
    const struct config_gate *gate; /* NULL: it could not be read */
    struct gate_policy_source source;
};

/* What goes wrong is in source.failure; the problems of the file itself, with their places, are
 * added to problems. Texts are in git's arena. */
void policy_file_read(struct policy_file *file, const struct policy_request *request,
                      struct git *git, struct problems *problems);
void policy_file_release(struct policy_file *file);

#endif
