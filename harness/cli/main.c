/* SPDX-License-Identifier: MIT */
#include <sys/resource.h>

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "cli/command.h"

int main(int count, char **arguments)
{
    /* What is in memory has not been redacted yet; workers inherit it. */
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    /* A reader that goes away is an error with a message and an exit code, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    static const char *const nothing[] = { "bddrun", NULL };
    return (int)command_main(count > 0 ? (const char *const *)arguments : nothing,
                             (const char *const *)environ);
}
