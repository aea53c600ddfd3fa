/* SPDX-License-Identifier: MIT */
/* What ends the process is tried in a child. */
#ifndef BDDRUN_SUPPORT_DIES_H
#define BDDRUN_SUPPORT_DIES_H

/* Fails the test when act() does not leave with this exit code and words on the standard error that
 * end in these. */
void assert_dies(void (*act)(void), int code, const char *words);

#endif
