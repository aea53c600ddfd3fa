/* SPDX-License-Identifier: MIT */
#include "support/refused.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { NOT_REFUSED_STATUS = 77 };

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define IS(number, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), (yes), (no))
#define ANSWER(answer) BPF_STMT(BPF_RET | BPF_K, (answer))
#define FAIL(error) ANSWER(SECCOMP_RET_ERRNO | (error))

static bool install(struct sock_filter *filter, unsigned short count)
{
    struct sock_fprog program = { .len = count, .filter = filter };
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static bool refuse_pidfd(void)
{
    struct sock_filter filter[] = {
        LOAD(nr),
        IS(SYS_pidfd_open, 0, 1),
        FAIL(ENOSYS),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(filter, sizeof(filter) / sizeof(*filter));
}

static bool refuse_executable_memory(void)
{
    struct sock_filter filter[] = {
        LOAD(nr),
        IS(SYS_mmap, 1, 0),
        IS(SYS_mprotect, 0, 3),
        LOAD(args[2]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
        FAIL(EACCES),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(filter, sizeof(filter) / sizeof(*filter));
}

void assert_works_without(enum refused refused, bool (*act)(void *context), void *context)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        bool is_refused =
            refused == REFUSED_PIDFD ? refuse_pidfd() : refuse_executable_memory();
        /* exit, so that the coverage build keeps what the child did */
        exit(!is_refused ? NOT_REFUSED_STATUS : act(context) ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_REFUSED_STATUS) {
        skip(); /* a container that allows no filter */
    }
    assert_int_equal(WEXITSTATUS(status), 0);
}
