/* SPDX-License-Identifier: MIT */
/*
 * The exit codes of every command (docs/exit-codes.md). Of several that apply, the first of
 * 6, 5, 70, 4, 2, 3, 1 is used: exit_code_worse().
 */
#ifndef BDDRUN_BASE_EXIT_CODE_H
#define BDDRUN_BASE_EXIT_CODE_H

enum exit_code {
    EXIT_CODE_YES = 0,          /* all well */
    EXIT_CODE_NO = 1,           /* a scenario failed, the gate refuses, a difference */
    EXIT_CODE_USAGE = 2,        /* usage, configuration, unreadable input */
    EXIT_CODE_NOTHING = 3,      /* nothing selected or run; evidence missing */
    EXIT_CODE_ENVIRONMENT = 4,  /* the environment failed before any effect */
    EXIT_CODE_TAKEN_BACK = 5,   /* switched and taken back */
    EXIT_CODE_NEEDS_PERSON = 6, /* production needs a person */
    EXIT_CODE_BUG = 70,         /* a bug in bddrun */
    EXIT_CODE_NOT_NOW = 75,     /* window closed, lock or lease held; nothing touched */
    EXIT_CODE_SIGNAL = 128      /* plus the number of the signal that ended the run */
};

enum exit_code exit_code_worse(enum exit_code a, enum exit_code b);

/* In words, for the last line on the standard error. */
const char *exit_code_meaning(enum exit_code code);

#endif
