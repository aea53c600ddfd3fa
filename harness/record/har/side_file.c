/* SPDX-License-Identifier: MIT */
/*
 * Files beside a recording. A recording may come from anybody, so a name is followed one folder at
 * a time, never through a symbolic link and never upwards: it cannot make bddrun read (and show
 * in a diff) another file of this machine.
 */
#include "record/har/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static bool is_part(struct text part)
{
    return part.size > 0 && !text_is(part, ".") && !text_is(part, "..") &&
           text_find_byte(part, '\0', 0) == part.size;
}

static int open_below(int folder, struct text name, struct arena *scratch)
{
    int at = folder;
    struct text part;
    while (at >= 0 && text_take_until(&name, '/', &part)) {
        bool is_last = !name.at;
        if (!is_part(part)) {
            close(at);
            errno = EXDEV;
            return -1;
        }
        int below = openat(at, arena_string(scratch, part),
                           O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
                               (is_last ? 0 : O_DIRECTORY));
        int error = errno;
        close(at);
        errno = error;
        at = below;
    }
    return at;
}

static struct text reason_of(int error)
{
    switch (error) {
    case EXDEV:
        return TEXT("it is not below the folder of the recording");
    case ELOOP:
        return TEXT("it is a symbolic link");
    default:
        return text_of(strerrordesc_np(error));
    }
}

static bool read_all(int descriptor, struct har_part *part, struct text *ret_bytes)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return false;
    }
    if (!S_ISREG(status.st_mode) || status.st_size > HAR_ENTRY_LIMIT_BYTES) {
        errno = S_ISREG(status.st_mode) ? EFBIG : EINVAL;
        return false;
    }
    size_t size = (size_t)status.st_size;
    char *bytes = ARENA_ARRAY(&part->recording->arena, size + 1, char);
    size_t done = 0;
    ssize_t got = 1;
    while (done < size && got > 0) {
        got = read(descriptor, bytes + done, size - done);
        done += got > 0 ? (size_t)got : 0;
    }
    if (got < 0) {
        return false;
    }
    *ret_bytes = text_make(bytes, done);
    return true;
}

bool har_side_file(struct har_part *part, struct text name, struct text *ret_bytes,
                   struct text *ret_reason)
{
    struct text folder = path_folder(part->recording->path);
    int at = open(arena_string(part->scratch, folder), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    int descriptor = at >= 0 ? open_below(at, name, part->scratch) : -1;
    bool is_read = descriptor >= 0 && read_all(descriptor, part, ret_bytes);
    int error = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (!is_read) {
        *ret_reason = reason_of(error);
    }
    return is_read;
}
