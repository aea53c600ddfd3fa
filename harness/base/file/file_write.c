/* SPDX-License-Identifier: MIT */
#include "base/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

static bool refuse(struct problems *problems, const char *action, struct text path, int error)
{
    const char *hint = NULL;
    if (error == ENOSPC || error == EDQUOT) {
        hint = "make room on the disk and run again";
    } else if (error == EPIPE) {
        hint = "the program that reads the output has ended";
    }
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), hint, "cannot %s '%.*s': %s",
                 action, TEXT_ARG(path), strerror(error));
    return false;
}

/* A terminated copy on the heap; NULL with errno set where no path can be so. */
static char *terminate(struct text path)
{
    if (path.size == 0 || path.size >= PATH_MAX || text_find_byte(path, '\0', 0) < path.size) {
        errno = path.size >= PATH_MAX ? ENAMETOOLONG : path.size ? EINVAL : ENOENT;
        return NULL;
    }
    char *terminated = alloc_or_die(path.size + 1, 1);
    memcpy(terminated, path.at, path.size);
    return terminated;
}

static void release_string(char **string)
{
    free(*string);
}

bool file_write_all(int descriptor, struct text name, struct text bytes,
                    struct problems *problems)
{
    size_t written = 0;
    while (written < bytes.size) {
        ssize_t part = write(descriptor, bytes.at + written, bytes.size - written);
        if (part < 0 && errno != EINTR) {
            return refuse(problems, "write", name, errno);
        }
        written += part > 0 ? (size_t)part : 0;
    }
    return true;
}

/* Each folder of the path in turn; one that exists, or that somebody else makes at the same time,
 * is fine. */
static bool make_folders(char *path)
{
    for (char *at = path + 1;; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char kept = *at;
        *at = '\0';
        int result = mkdir(path, 0777);
        int error = errno;
        *at = kept;
        if (result != 0 && error != EEXIST && kept == '\0') {
            errno = error;
            return false;
        }
        if (kept == '\0') {
            return true;
        }
    }
}

bool file_make_folder(struct text path, struct problems *problems)
{
    CLEANUP(release_string) char *terminated = terminate(path);
    struct stat found;
    if (!terminated || !make_folders(terminated) || stat(terminated, &found) != 0) {
        return refuse(problems, "make the folder", path, errno);
    }
    if (!S_ISDIR(found.st_mode)) {
        return refuse(problems, "make the folder", path, ENOTDIR);
    }
    return true;
}

static struct text folder_of(struct text path)
{
    size_t slash = path.size;
    while (slash > 0 && path.at[slash - 1] != '/') {
        slash--;
    }
    return slash == 0 ? TEXT(".") : text_slice(path, 0, slash == 1 ? 1 : slash - 1);
}

/* mkstemp gives mode 0600; a report is for others to read, as the umask allows. */
static void set_mode(int descriptor)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(descriptor, 0666 & ~mask);
}

/* The temporary file beside the path; -1 with errno set. */
static int open_temporary(const char *path, char **ret_temporary)
{
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *temporary = alloc_or_die(size, 1);
    snprintf(temporary, size, "%s.XXXXXX", path);
    int descriptor = mkostemp(temporary, O_CLOEXEC);
    if (descriptor < 0) {
        int error = errno;
        free(temporary);
        errno = error;
        return -1;
    }
    set_mode(descriptor);
    *ret_temporary = temporary;
    return descriptor;
}

/* A device or a pipe is written to as it is: replacing it would take it away from everybody. */
static int open_target(const char *path, char **ret_temporary)
{
    struct stat found;
    if (stat(path, &found) != 0 || S_ISREG(found.st_mode)) {
        return open_temporary(path, ret_temporary);
    }
    if (S_ISDIR(found.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    return open(path, O_WRONLY | O_CLOEXEC);
}

bool file_replacement_begin(struct file_replacement *replacement, struct text path,
                            struct problems *problems)
{
    *replacement = (struct file_replacement){ .descriptor = -1 };
    char *terminated = terminate(path);
    if (!terminated) {
        return refuse(problems, "write", path, errno);
    }
    if (!file_make_folder(folder_of(path), problems)) {
        free(terminated);
        return false;
    }
    char *temporary = NULL;
    int descriptor = open_target(terminated, &temporary);
    if (descriptor < 0) {
        int error = errno;
        free(terminated);
        return refuse(problems, "write", path, error);
    }
    *replacement = (struct file_replacement){ terminated, temporary, descriptor, getpid() };
    return true;
}

bool file_replacement_add(struct file_replacement *replacement, struct text bytes,
                          struct problems *problems)
{
    return file_write_all(replacement->descriptor, text_of(replacement->path), bytes, problems);
}

bool file_replacement_finish(struct file_replacement *replacement, struct problems *problems)
{
    struct text path = text_of(replacement->path);
    if (fsync(replacement->descriptor) != 0 && errno != EINVAL) {
        return refuse(problems, "write", path, errno);
    }
    int closed = close(replacement->descriptor);
    replacement->descriptor = -1;
    const char *temporary = replacement->temporary_path;
    if (closed != 0 || (temporary && rename(temporary, replacement->path) != 0)) {
        return refuse(problems, "write", path, errno);
    }
    free(replacement->temporary_path);
    replacement->temporary_path = NULL;
    return true;
}

void file_replacement_release(struct file_replacement *replacement)
{
    if (replacement->path && replacement->descriptor >= 0) {
        close(replacement->descriptor);
    }
    if (replacement->temporary_path && replacement->owner == getpid()) {
        unlink(replacement->temporary_path);
    }
    free(replacement->path);
    free(replacement->temporary_path);
    *replacement = (struct file_replacement){ .descriptor = -1 };
}

bool file_replace(struct text path, struct text bytes, struct problems *problems)
{
    CLEANUP(file_replacement_release) struct file_replacement replacement;
    return file_replacement_begin(&replacement, path, problems) &&
           file_replacement_add(&replacement, bytes, problems) &&
           file_replacement_finish(&replacement, problems);
}

static bool is_parent_reference(struct text path)
{
    return text_is(path, "..") || text_ends_with(path, TEXT("/.."));
}

/* The real path of the nearest folder above that exists, path included; ".." in what does not
 * exist yet cannot be judged and is refused with NULL. */
static char *nearest_real_path(struct text path)
{
    for (;;) {
        CLEANUP(release_string) char *terminated = terminate(path);
        char *real = terminated ? realpath(terminated, NULL) : NULL;
        struct stat link;
        bool is_dangling = !real && terminated && lstat(terminated, &link) == 0;
        if (real || !terminated || errno != ENOENT || is_dangling) {
            return real;
        }
        if (is_parent_reference(path)) {
            return NULL;
        }
        path = folder_of(path);
    }
}

bool path_is_below(struct text folder, struct text path)
{
    CLEANUP(release_string) char *terminated = terminate(folder);
    CLEANUP(release_string) char *real_folder = terminated ? realpath(terminated, NULL) : NULL;
    CLEANUP(release_string) char *real_path = nearest_real_path(path);
    if (!real_folder || !real_path) {
        return false;
    }
    struct text above = text_of(real_folder);
    struct text below = text_of(real_path);
    return text_is(above, "/") || text_equal(above, below) ||
           (text_starts_with(below, above) && below.at[above.size] == '/');
}
