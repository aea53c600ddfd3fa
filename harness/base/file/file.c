/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

enum { READ_BYTES = 65536 };

static bool refuse(struct problems *problems, struct text path, const char *reason)
{
    problems_add(problems, PROBLEM_INPUT, span_none(), NULL, "cannot read '%.*s': %s",
                 TEXT_ARG(path), reason);
    return false;
}

/* A terminated copy, as the system wants it. False with errno set where that is impossible. */
static bool terminate(struct text path, char terminated[PATH_MAX])
{
    if (path.size >= PATH_MAX || text_find_byte(path, '\0', 0) < path.size) {
        errno = path.size >= PATH_MAX ? ENAMETOOLONG : EINVAL;
        return false;
    }
    memcpy(terminated, path.at ? path.at : "", path.size);
    terminated[path.size] = '\0';
    return true;
}

static int open_for_reading(struct text path)
{
    char terminated[PATH_MAX];
    if (text_is(path, "-")) {
        return STDIN_FILENO;
    }
    return terminate(path, terminated) ? open(terminated, O_RDONLY | O_CLOEXEC) : -1;
}

static const char *read_all(int descriptor, struct buffer *bytes)
{
    char part[READ_BYTES];
    for (;;) {
        ssize_t size = read(descriptor, part, sizeof part);
        if (size == 0) {
            return NULL;
        }
        if (size < 0 && errno != EINTR) {
            return strerror(errno);
        }
        if (size > 0) {
            buffer_add(bytes, text_make(part, (size_t)size));
        }
        if (bytes->is_over_limit) {
            return "larger than the limit";
        }
    }
}

bool file_read(struct text path, size_t limit_bytes, struct arena *arena,
               struct text *ret_bytes, struct problems *problems)
{
    int descriptor = open_for_reading(path);
    if (descriptor < 0) {
        return refuse(problems, path, strerror(errno));
    }
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, limit_bytes);
    const char *reason = read_all(descriptor, &bytes);
    if (descriptor != STDIN_FILENO) {
        close(descriptor);
    }
    if (reason && bytes.is_over_limit) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "'%.*s' is larger than the limit of %zu bytes", TEXT_ARG(path),
                     limit_bytes);
        return false;
    }
    if (reason) {
        return refuse(problems, path, reason);
    }
    *ret_bytes = arena_text(arena, buffer_text(&bytes));
    return true;
}

static bool look(struct text path, struct stat *found)
{
    char terminated[PATH_MAX];
    return terminate(path, terminated) && stat(terminated, found) == 0;
}

bool file_exists(struct text path)
{
    struct stat found;
    return look(path, &found);
}

bool file_is_folder(struct text path)
{
    struct stat found;
    return look(path, &found) && S_ISDIR(found.st_mode);
}

struct text path_join(struct arena *arena, struct text folder, struct text name)
{
    if (folder.size == 0 || text_is(folder, ".") || text_starts_with(name, TEXT("/"))) {
        return arena_text(arena, name);
    }
    const char *between = text_ends_with(folder, TEXT("/")) ? "" : "/";
    return arena_format(arena, "%.*s%s%.*s", TEXT_ARG(folder), between, TEXT_ARG(name));
}

struct text path_folder(struct text path)
{
    size_t slash = path.size;
    while (slash > 0 && path.at[slash - 1] != '/') {
        slash--;
    }
    if (slash == 0) {
        return TEXT(".");
    }
    return text_slice(path, 0, slash == 1 ? 1 : slash - 1);
}
