/* SPDX-License-Identifier: MIT */
#include "support/dies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

void assert_dies(void (*act)(void), int code, const char *words)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(pipes[1], STDERR_FILENO);
        act();
        _exit(0);
    }
    close(pipes[1]);
    char printed[16384];
    size_t size = 0;
    ssize_t part = 0;
    while ((part = read(pipes[0], printed + size, sizeof printed - 1 - size)) > 0) {
        size += (size_t)part;
    }
    close(pipes[0]);
    printed[size] = '\0';
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), code);
    size_t expected = strlen(words);
    assert_string_equal(size > expected ? printed + size - expected : printed, words);
}
