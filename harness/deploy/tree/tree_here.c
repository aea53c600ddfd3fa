/* SPDX-License-Identifier: MIT */
/* A tree on this machine. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/file_write.h"
#include "deploy/tree/tree.h"

enum { LINK_LIMIT_BYTES = 4096 };

/* The link in the making; of one name, so that a process that was killed leaves one at most. */
static const char next_link[] = ".bddrun-next";

struct here {
    int lock;
};

static struct text inside(const struct target *target, struct text file)
{
    return path_join(target->context->arena, target->settings->tree, file);
}

static bool fail(struct target *target, struct problems *problems, const char *what,
                 struct text file)
{
    const char *reason = strerror(errno);
    return tree_refuse(target, problems, NULL, "cannot %s '%.*s': %s", what, TEXT_ARG(file),
                       reason);
}

static enum tree_kind kind_at(int folder, const char *name, struct stat *ret_status)
{
    if (fstatat(folder, name, ret_status, AT_SYMLINK_NOFOLLOW) != 0) {
        return TREE_NOTHING;
    }
    if (S_ISLNK(ret_status->st_mode)) {
        return TREE_LINK;
    }
    return S_ISDIR(ret_status->st_mode) ? TREE_FOLDER : TREE_OTHER;
}

static bool is_there(int folder, const char *name)
{
    struct stat status;
    return kind_at(folder, name, &status) != TREE_NOTHING;
}

/* A small file of text, or empty. */
static struct text read_small(struct target *target, struct text file)
{
    struct problems ignored;
    struct text bytes = TEXT_EMPTY;
    struct text path = inside(target, file);
    problems_init(&ignored);
    if (file_exists(path) && !file_is_folder(path)) {
        (void)!file_read(path, TREE_FILE_LIMIT_BYTES, target->context->arena, &bytes, &ignored);
    }
    problems_release(&ignored);
    return bytes;
}

static void list_releases(struct target *target, int folder, struct tree_look *look)
{
    struct arena *arena = target->context->arena;
    DIR *entries = fdopendir(folder);
    const struct dirent *entry;
    look->list = ARENA_ARRAY(arena, TREE_RELEASES_LIMIT, struct tree_entry);
    while (entries && look->count < TREE_RELEASES_LIMIT && (entry = readdir(entries))) {
        struct stat status;
        if (entry->d_name[0] == '.' || kind_at(folder, entry->d_name, &status) != TREE_FOLDER) {
            continue;
        }
        struct text name = arena_text(arena, text_of(entry->d_name));
        struct text bad = arena_format(arena, "%.*s/BAD_RELEASE", TEXT_ARG(name));
        look->list[look->count++] = (struct tree_entry){ name, (uint64_t)status.st_mtim.tv_sec,
                                                         is_there(folder, bad.at) };
    }
    if (entries) {
        closedir(entries);
    }
}

static void look_at_marks(struct target *target, int folder, struct tree_look *look)
{
    static const char *const locks[] = { ".dep/deploy.lock", "deploy.lock" };
    struct stat status;
    look->has_deployer = kind_at(folder, ".dep", &status) == TREE_FOLDER;
    look->has_capistrano_log = is_there(folder, "revisions.log");
    look->is_deploying = look->has_deployer && kind_at(folder, "release", &status) == TREE_LINK;
    for (size_t i = 0; i < ARRAY_SIZE(locks); i++) {
        if (is_there(folder, locks[i])) {
            look->foreign_lock = text_of(locks[i]);
        }
    }
    if (look->has_deployer) {
        look->deployer_log = read_small(target, TEXT(".dep/releases_log"));
        look->latest = read_small(target, TEXT(".dep/latest_release"));
    }
}

static bool look_here(struct target *target, struct tree_look *ret_look,
                      struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct stat status;
    struct tree_look seen = { 0 };
    char *name = arena_string(arena, target->settings->current);
    int folder =
        open(arena_string(arena, target->settings->tree), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return fail(target, problems, "open", target->settings->tree);
    }
    int releases = openat(folder, "releases", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    seen.has_releases = releases >= 0;
    seen.current = kind_at(folder, name, &status);
    if (seen.current == TREE_LINK) {
        char *link = arena_alloc(arena, LINK_LIMIT_BYTES);
        ssize_t size = readlinkat(folder, name, link, LINK_LIMIT_BYTES);
        seen.link = text_make(link, size > 0 ? (size_t)size : 0);
    }
    look_at_marks(target, folder, &seen);
    if (releases >= 0) {
        list_releases(target, releases, &seen);
    }
    close(folder);
    *ret_look = seen;
    return true;
}

static bool look_at_here(struct target *target, struct text name,
                         struct tree_release *ret_release, struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct stat tree;
    struct stat status;
    (void)problems;
    struct text folder = arena_format(arena, "releases/%.*s", TEXT_ARG(name));
    struct text path = inside(target, folder);
    struct tree_release seen = { .kind = kind_at(AT_FDCWD, path.at, &status) };
    if (seen.kind == TREE_FOLDER) {
        seen.is_elsewhere = stat(inside(target, TEXT("releases")).at, &tree) == 0 &&
                            tree.st_dev != status.st_dev;
        seen.is_bad = file_exists(path_join(arena, path, TEXT("BAD_RELEASE")));
        seen.is_dirty = file_exists(path_join(arena, path, TEXT("DIRTY_RELEASE")));
        seen.revision = text_trim(
            read_small(target, arena_format(arena, "%.*s/REVISION", TEXT_ARG(folder))));
    }
    *ret_release = seen;
    return true;
}

bool tree_point(int folder, const char *next, const char *current, const char *to,
                const struct fault *fault)
{
    if ((unlinkat(folder, next, 0) != 0 && errno != ENOENT) ||
        symlinkat(to, folder, next) != 0) {
        return false;
    }
    fault_reached(fault, "the next link is made");
    bool is_renamed = renameat(folder, next, folder, current) == 0;
    fault_reached(fault, "the link is renamed");
    return is_renamed;
}

/* The folder is synced, or the old link could come back after a power failure. */
static bool point_here(struct target *target, struct text to, struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct text current = target->settings->current;
    int folder =
        open(arena_string(arena, target->settings->tree), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return fail(target, problems, "open", target->settings->tree);
    }
    bool is_done = tree_point(folder, next_link, arena_string(arena, current),
                              arena_string(arena, to), target->context->fault) &&
                   fsync(folder) == 0;
    if (!is_done) {
        (void)fail(target, problems, "switch", current);
        (void)unlinkat(folder, next_link, 0);
    }
    close(folder);
    return is_done;
}

static bool append_here(struct target *target, struct text file, struct text line,
                        struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct text path = inside(target, file);
    int log = open(path.at, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0664);
    if (log < 0) {
        return fail(target, problems, "write", file);
    }
    struct text whole = arena_format(arena, "%.*s\n", TEXT_ARG(line));
    bool is_written = file_write_all(log, path, whole, problems);
    close(log);
    fault_reached(target->context->fault, "the tree's log is written");
    return is_written;
}

static bool replace_here(struct target *target, struct text file, struct text content,
                         struct problems *problems)
{
    return file_replace(inside(target, file), content, problems);
}

static bool mark_bad_here(struct target *target, struct text name, struct text content,
                          struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct stat before;
    struct text release = inside(target, arena_format(arena, "releases/%.*s", TEXT_ARG(name)));
    struct text file = path_join(arena, release, TEXT("BAD_RELEASE"));
    if (stat(release.at, &before) != 0) {
        return fail(target, problems, "find", release);
    }
    int bad = open(file.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0664);
    if (bad < 0) {
        return fail(target, problems, "write", file);
    }
    bool is_written = file_write_all(bad, file, content, problems);
    close(bad);
    const struct timespec times[2] = { before.st_atim, before.st_mtim };
    return (utimensat(AT_FDCWD, release.at, times, 0) == 0 ||
            fail(target, problems, "keep the time of", release)) &&
           is_written;
}

static enum target_hold lock_here(struct target *target, struct problems *problems)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    struct here *here = ARENA_NEW(target->context->arena, struct here);
    here->lock =
        open(inside(target, TEXT(".bddrun.lock")).at, O_RDWR | O_CREAT | O_CLOEXEC, 0664);
    if (here->lock < 0) {
        (void)fail(target, problems, "make", TEXT(".bddrun.lock"));
        return TARGET_NO_HOLD;
    }
    if (fcntl(here->lock, F_OFD_SETLK, &lock) != 0) {
        close(here->lock);
        (void)tree_refuse(target, problems, "wait until it is done",
                          "another promotion is under way");
        return TARGET_HELD;
    }
    target->state = here;
    return TARGET_FREE;
}

static void unlock_here(struct target *target)
{
    struct here *here = target->state;
    if (here) {
        close(here->lock);
        target->state = NULL;
    }
}

const struct tree_io tree_here = {
    .look = look_here,
    .look_at = look_at_here,
    .point = point_here,
    .append = append_here,
    .replace = replace_here,
    .mark_bad = mark_bad_here,
    .lock = lock_here,
    .unlock = unlock_here,
};
