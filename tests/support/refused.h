/* SPDX-License-Identifier: MIT */
/* A poorer system: what an old kernel or a hardened host refuses, refused to a child. */
#ifndef BDDRUN_SUPPORT_REFUSED_H
#define BDDRUN_SUPPORT_REFUSED_H

#include <stdbool.h>

enum refused {
    REFUSED_PIDFD,             /* Linux before 5.3 */
    REFUSED_EXECUTABLE_MEMORY, /* hosts that forbid memory both writable and executable */
};

/* Runs act in a child that may not use this, and fails the test unless it returns true. */
void assert_works_without(enum refused refused, bool (*act)(void *context), void *context);

#endif
