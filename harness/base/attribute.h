/* SPDX-License-Identifier: MIT */
/*
 * Compiler attributes under the names this project uses, and BUG(): the one way to say that an
 * invariant of ours is broken. BUG ends the process with exit code 70 (a worker: one failed
 * scenario). It is never used for bad input.
 */
#ifndef BDDRUN_BASE_ATTRIBUTE_H
#define BDDRUN_BASE_ATTRIBUTE_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))

/* Runs release(&variable) when the variable leaves its scope. */
#define CLEANUP(release) __attribute__((cleanup(release)))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define BUG(...) bug_found(__FILE__, __LINE__, __VA_ARGS__)

NORETURN void bug_found(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
