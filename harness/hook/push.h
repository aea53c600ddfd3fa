/* SPDX-License-Identifier: MIT */
/*
 * What git pushes, as it tells its pre-push hook (githooks(5)): a line for each ref on the standard
 * input, "<local ref> <local id> <remote ref> <remote id>". A name of zeros, of any length, is
 * nothing: a new ref, or one that is deleted. The local ref may be any expression.
 */
#ifndef BDDRUN_HOOK_PUSH_H
#define BDDRUN_HOOK_PUSH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

struct pushed_ref {
    struct text local_ref;
    struct text local_id; /* empty: deleted */
    struct text remote_ref;
    struct text remote_id; /* empty: new */
};

struct push {
    struct text remote; /* the name, or the URL where it has none; empty: not known */
    struct pushed_ref *refs;
    size_t count; /* 0: up to date, or only deleted refs */
};

/* The lines of the standard input; deleted refs are left out. */
bool push_parse(struct text lines, struct arena *arena, struct push *ret_push,
                struct problems *problems) MUST_CHECK;

/* What pre-commit passes on in its environment, of one ref. False: it does not run us. */
bool push_from_pre_commit(const char *const *environment, struct arena *arena,
                          struct push *ret_push) MUST_CHECK;

/* All of the descriptor, up to its end or until nothing has come for so long. False: nothing came
 * at all (a terminal; a hook manager that passes nothing). */
bool push_read_input(int descriptor, int patience_ms, struct arena *arena,
                     struct text *ret_lines) MUST_CHECK;

#endif
