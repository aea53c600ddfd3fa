/* SPDX-License-Identifier: MIT */
#include "base/system/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    FIRST_CLOSED_DESCRIPTOR = 3,
    OPEN_FILES = 1024, /* what programs expect; ours is raised */
};

/* What becomes its descriptors 0, 1 and 2; input -1: /dev/null. */
struct standard {
    int input;
    int output;
    int errors;
};

static int add_file_actions(posix_spawn_file_actions_t *actions,
                            const struct process_request *request,
                            const struct standard *standard)
{
    int error =
        standard->input < 0
            ? posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            : posix_spawn_file_actions_adddup2(actions, standard->input, STDIN_FILENO);
    error = error ? error
                  : posix_spawn_file_actions_adddup2(actions, standard->output, STDOUT_FILENO);
    error = error ? error
                  : posix_spawn_file_actions_adddup2(actions, standard->errors, STDERR_FILENO);
    error = error ? error
                  : posix_spawn_file_actions_addclosefrom_np(actions, FIRST_CLOSED_DESCRIPTOR);
    if (!error && request->folder) {
        error = posix_spawn_file_actions_addchdir_np(actions, request->folder);
    }
    return error;
}

static int set_attributes(posix_spawnattr_t *attributes, bool has_group)
{
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    /* Ignored signals and blocked masks would pass through exec. */
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    int error = posix_spawnattr_setsigdefault(attributes, &all);
    error = error ? error : posix_spawnattr_setsigmask(attributes, &none);
    if (!error && has_group) {
        flags |= POSIX_SPAWN_SETPGROUP;
        error = posix_spawnattr_setpgroup(attributes, 0);
    }
    return error ? error : posix_spawnattr_setflags(attributes, flags);
}

/* posix_spawn changes no string, but its type does not say so. */
static char *const *spawn_words(const char *const *words)
{
    union {
        const char *const *ours;
        char *const *theirs;
    } words_as = { .ours = words };
    return words_as.theirs;
}

static int spawn(const struct process_request *request, const struct standard *standard,
                 pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) {
        return error;
    }
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        error = add_file_actions(&actions, request, standard);
        error = error ? error : set_attributes(&attributes, !request->is_foreground);
        char *const *environment =
            request->environment ? spawn_words(request->environment) : environ;
        error = error ? error
                      : posix_spawnp(ret_pid, request->words[0], &actions, &attributes,
                                     spawn_words(request->words), environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Ours is as high as it may be; programs that close every possible descriptor would take long. */
static void limit_open_files(pid_t pid)
{
    struct rlimit limit;
    if (prlimit(pid, RLIMIT_NOFILE, NULL, &limit) == 0 && limit.rlim_cur > OPEN_FILES) {
        limit.rlim_cur = OPEN_FILES;
        (void)prlimit(pid, RLIMIT_NOFILE, &limit, NULL);
    }
}

static void close_if_open(int descriptor)
{
    if (descriptor >= 0) {
        close(descriptor);
    }
}

/* A file of memory: unlike a pipe it never waits for a reader. */
static int open_input(struct text input)
{
    int descriptor = memfd_create("input", MFD_CLOEXEC);
    size_t written = 0;
    while (descriptor >= 0 && written < input.size) {
        ssize_t count = write(descriptor, input.at + written, input.size - written);
        if (count < 0 && errno != EINTR) {
            close(descriptor);
            return -1;
        }
        written += count > 0 ? (size_t)count : 0;
    }
    return descriptor >= 0 && lseek(descriptor, 0, SEEK_SET) == 0 ? descriptor : -1;
}

int spawn_process(const struct process_request *request, struct spawn_ends *ret_ends,
                  pid_t *ret_pid)
{
    int output[2] = { -1, -1 };
    int errors[2] = { -1, -1 };
    int input = -1;
    bool is_ready = pipe2(output, O_CLOEXEC) == 0 &&
                    (!request->has_errors_apart || pipe2(errors, O_CLOEXEC) == 0) &&
                    (request->input.size == 0 || (input = open_input(request->input)) >= 0);
    int error = is_ready ? 0 : errno;
    if (!error) {
        struct standard standard = { .input = input,
                                     .output = output[1],
                                     .errors = errors[1] >= 0 ? errors[1] : output[1] };
        error = spawn(request, &standard, ret_pid);
    }
    close_if_open(input);
    close_if_open(output[1]);
    close_if_open(errors[1]);
    if (error) {
        close_if_open(output[0]);
        close_if_open(errors[0]);
        return error;
    }
    limit_open_files(*ret_pid);
    *ret_ends = (struct spawn_ends){ .output = output[0], .errors = errors[0] };
    return 0;
}
