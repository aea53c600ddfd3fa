/* SPDX-License-Identifier: MIT */
#include "deploy/tree/tree.h"

#include <stdarg.h>

const struct tree_io *tree_io_of(const struct target *target)
{
    return target->host.size > 0 ? &tree_there : &tree_here;
}

bool tree_refuse(const struct target *target, struct problems *problems, const char *hint,
                 const char *format, ...)
{
    struct arena arena;
    va_list arguments;
    arena_init(&arena);
    va_start(arguments, format);
    struct text what = arena_format_list(&arena, format, arguments);
    va_end(arguments);
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), hint, "%.*s: %.*s",
                 TEXT_ARG(target->name), TEXT_ARG(what));
    arena_release(&arena);
    return false;
}

/* Names are one part of a path and never an option of a program. */
static bool name_is_fine(struct text name)
{
    return name.size > 0 && name.size < 256 && name.at[0] != '.' && name.at[0] != '-' &&
           text_find_byte(name, '/', 0) == name.size &&
           text_find_byte(name, '\0', 0) == name.size &&
           text_find_byte(name, '\n', 0) == name.size;
}

static bool check_look(const struct target *target, const struct tree_look *look,
                       struct problems *problems)
{
    struct text current = target->settings->current;
    if (!look->has_releases) {
        return tree_refuse(target, problems, "releases are made by the deployment before",
                           "there is no folder 'releases'");
    }
    if (look->current == TREE_FOLDER || look->current == TREE_OTHER) {
        return tree_refuse(target, problems,
                           "move it to releases/ and make a symbolic link of its name",
                           "'%.*s' is %s, not a symbolic link", TEXT_ARG(current),
                           look->current == TREE_FOLDER ? "a folder" : "a file");
    }
    if (look->current == TREE_LINK && tree_name_of_link(look->link).size == 0) {
        return tree_refuse(target, problems, "it must name a folder of releases/",
                           "'%.*s' points to '%.*s'", TEXT_ARG(current), TEXT_ARG(look->link));
    }
    if (look->is_deploying) {
        return tree_refuse(target, problems,
                           "wait for it, or `dep deploy:unlock` after a failed one",
                           "Deployer is at work: the link 'release' is there");
    }
    return true;
}

/* The tree as it is now, and whether it can be worked with. */
static bool look(struct target *target, struct tree_look *ret_look, struct problems *problems)
{
    struct tree_look seen = { 0 };
    if (!tree_io_of(target)->look(target, &seen, problems) ||
        !check_look(target, &seen, problems)) {
        return false;
    }
    *ret_look = seen;
    return true;
}

static bool prepare(struct target *target, struct problems *problems)
{
    struct tree_look seen;
    return look(target, &seen, problems);
}

static bool current(struct target *target, struct text *ret_name, struct problems *problems)
{
    struct tree_look seen;
    if (!look(target, &seen, problems)) {
        return false;
    }
    *ret_name = seen.current == TREE_LINK ? tree_name_of_link(seen.link) : TEXT_EMPTY;
    return true;
}

static bool check_release(struct target *target, struct text name,
                          const struct tree_release *release, struct problems *problems)
{
    static const char *const kinds[] = { [TREE_NOTHING] = "is not there",
                                         [TREE_LINK] = "is a symbolic link, not a folder",
                                         [TREE_OTHER] = "is a file, not a folder" };
    if (release->kind != TREE_FOLDER) {
        return tree_refuse(target, problems, "build it there first; nothing was changed",
                           "release '%.*s' %s", TEXT_ARG(name), kinds[release->kind]);
    }
    if (release->is_elsewhere) {
        return tree_refuse(target, problems, "what is not mounted at the next start is lost",
                           "release '%.*s' is on another file system", TEXT_ARG(name));
    }
    if (release->is_bad || release->is_dirty) {
        return tree_refuse(target, problems, "build it anew under another name",
                           "release '%.*s' is marked as %s", TEXT_ARG(name),
                           release->is_bad ? "bad: BAD_RELEASE"
                                           : "not complete: DIRTY_RELEASE");
    }
    return true;
}

/* The newest by name, for numbers by value: what the deployment before has just built. */
static struct text newest(const struct tree_look *look)
{
    struct text best = TEXT_EMPTY;
    for (size_t i = 0; i < look->count; i++) {
        struct text name = look->list[i].name;
        bool is_longer = name.size > best.size;
        if (is_longer || (name.size == best.size && text_compare(name, best) > 0)) {
            best = name;
        }
    }
    return best;
}

/* The release of a commit: the one whose REVISION it is. */
static struct text find_commit(struct target *target, const struct tree_look *look,
                               struct text commit, struct problems *problems)
{
    struct text found = TEXT_EMPTY;
    for (size_t i = 0; i < look->count; i++) {
        struct tree_release release = { 0 };
        struct text name = look->list[i].name;
        if (tree_io_of(target)->look_at(target, name, &release, problems) &&
            text_equal(release.revision, commit) && !release.is_bad &&
            (name.size > found.size ||
             (name.size == found.size && text_compare(name, found) > 0))) {
            found = name;
        }
    }
    return found;
}

static bool find(struct target *target, const struct target_wish *wish,
                 struct target_release *ret_release, struct problems *problems)
{
    struct tree_look seen;
    struct tree_release release = { 0 };
    if (!look(target, &seen, problems)) {
        return false;
    }
    struct text name = wish->release;
    if (name.size == 0) {
        name = wish->commit.size > 0 ? find_commit(target, &seen, wish->commit, problems)
                                     : newest(&seen);
    }
    if (name.size == 0) {
        return tree_refuse(target, problems, "name one: --release NAME",
                           "no release of commit '%.*s'", TEXT_ARG(wish->commit));
    }
    if (!name_is_fine(name)) {
        return tree_refuse(target, problems, "a release is the name of one folder of releases/",
                           "'%.*s' is no name of a release", TEXT_ARG(name));
    }
    if (!tree_io_of(target)->look_at(target, name, &release, problems) ||
        !check_release(target, name, &release, problems)) {
        return false;
    }
    if (wish->commit.size > 0 && !text_equal(wish->commit, release.revision)) {
        return tree_refuse(target, problems, "its REVISION must be the commit that was judged",
                           "release '%.*s' is of commit '%.*s', not '%.*s'", TEXT_ARG(name),
                           TEXT_ARG(release.revision), TEXT_ARG(wish->commit));
    }
    *ret_release = (struct target_release){ .name = name, .commit = release.revision };
    return true;
}

static enum target_outcome move(struct target *target, const struct tree_look *seen,
                                struct text name, struct problems *problems)
{
    struct tree_release release = { 0 };
    if (!tree_io_of(target)->look_at(target, name, &release, problems)) {
        return TARGET_REFUSED;
    }
    if (release.kind != TREE_FOLDER) {
        (void)tree_refuse(target, problems, "nothing was changed",
                          "release '%.*s' is not there any more", TEXT_ARG(name));
        return TARGET_REFUSED;
    }
    struct text to = tree_link_to(target, seen, name);
    if (text_equal(to, seen->link)) {
        return TARGET_DONE;
    }
    return tree_io_of(target)->point(target, to, problems) ? TARGET_DONE : TARGET_UNKNOWN;
}

static enum target_outcome switch_to(struct target *target,
                                     const struct target_release *release, struct text previous,
                                     struct problems *problems)
{
    struct tree_look seen;
    (void)previous;
    if (!look(target, &seen, problems)) {
        return TARGET_REFUSED;
    }
    enum target_outcome outcome = move(target, &seen, release->name, problems);
    if (outcome == TARGET_DONE && !tree_log_switch(target, &seen, release, problems)) {
        return TARGET_UNKNOWN;
    }
    return outcome;
}

static enum target_outcome go_back(struct target *target, const struct target_release *release,
                                   struct text bad, struct problems *problems)
{
    struct tree_look seen;
    if (!look(target, &seen, problems)) {
        return TARGET_REFUSED;
    }
    enum target_outcome outcome = move(target, &seen, release->name, problems);
    if (outcome == TARGET_DONE && !tree_log_back(target, &seen, release->name, bad, problems)) {
        return TARGET_UNKNOWN;
    }
    return outcome;
}

static enum target_hold lock(struct target *target, struct problems *problems)
{
    struct tree_look seen = { 0 };
    if (!tree_io_of(target)->look(target, &seen, problems)) {
        return TARGET_NO_HOLD;
    }
    if (seen.foreign_lock.size > 0) {
        (void)tree_refuse(target, problems,
                          "another deployment is under way; if not, remove it",
                          "locked by '%.*s'", TEXT_ARG(seen.foreign_lock));
        return TARGET_HELD;
    }
    return tree_io_of(target)->lock(target, problems);
}

static void unlock(struct target *target)
{
    tree_io_of(target)->unlock(target);
}

static bool yes(const struct target *target)
{
    (void)target;
    return true;
}

static bool previous(struct target *target, struct text *ret_name, struct problems *problems)
{
    struct tree_look seen;
    if (!look(target, &seen, problems)) {
        return false;
    }
    *ret_name = tree_previous(&seen);
    return true;
}

static bool clean(struct target *target, struct text kept, struct problems *problems)
{
    struct tree_look seen;
    return target->settings->keep == 0 ||
           (look(target, &seen, problems) && tree_clean(target, &seen, kept, problems));
}

static void describe(const struct target *target, struct text release, struct buffer *out)
{
    buffer_add_format(out, "point %.*s/%.*s at releases/%.*s", TEXT_ARG(target->settings->tree),
                      TEXT_ARG(target->settings->current), TEXT_ARG(release));
    if (target->host.size > 0) {
        buffer_add_format(out, " on %.*s", TEXT_ARG(target->host));
    }
}

const struct deploy_target_type target_tree = {
    .name = "tree",
    .prepare = prepare,
    .current = current,
    .find = find,
    .switch_to = switch_to,
    .go_back = go_back,
    .lock = lock,
    .unlock = unlock,
    .can_go_back = yes,
    .can_pin = yes,
    .previous = previous,
    .clean = clean,
    .describe = describe,
};
