/* SPDX-License-Identifier: MIT */
/* What the makers of a tree do: their links, their logs, their idea of the release before. */
#include "deploy/tree/tree.h"

#include "base/clock.h"
#include "base/loop.h"
#include "format/date.h"
#include "format/json.h"
#include "format/json_writer.h"

enum { LINE_LIMIT_BYTES = 64 << 10, STAMP_DIGITS = 14 };

static bool is_stamp(struct text name)
{
    uint64_t ignored;
    return name.size == STAMP_DIGITS && text_to_uint64(name, &ignored);
}

enum tree_flavour tree_flavour(const struct tree_look *look)
{
    if (look->has_deployer) {
        return TREE_DEPLOYER;
    }
    if (look->has_capistrano_log || is_stamp(tree_name_of_link(look->link))) {
        return TREE_CAPISTRANO;
    }
    return TREE_PLAIN;
}

static struct text without_slashes(struct text path)
{
    while (path.size > 1 && path.at[path.size - 1] == '/') {
        path.size--;
    }
    return path;
}

static size_t last_slash(struct text path)
{
    size_t at = path.size;
    while (at > 0 && path.at[at - 1] != '/') {
        at--;
    }
    return at;
}

struct text tree_name_of_link(struct text link)
{
    struct text path = without_slashes(link);
    size_t at = last_slash(path);
    struct text folder = without_slashes(text_slice(path, 0, at));
    struct text name = text_from(path, at);
    if (at == 0 || !text_is(text_from(folder, last_slash(folder)), "releases") ||
        text_is(name, ".") || text_is(name, "..")) {
        return TEXT_EMPTY;
    }
    return name;
}

struct text tree_link_to(const struct target *target, const struct tree_look *look,
                         struct text name)
{
    struct arena *arena = target->context->arena;
    if (look->current == TREE_LINK) {
        struct text path = without_slashes(look->link);
        return arena_format(arena, "%.*s%.*s", TEXT_ARG(text_slice(path, 0, last_slash(path))),
                            TEXT_ARG(name));
    }
    struct text tree = target->settings->tree;
    bool is_absolute = tree.at[0] == '/' && (look->has_capistrano_log || is_stamp(name)) &&
                       !look->has_deployer;
    return is_absolute
               ? arena_format(arena, "%.*s/releases/%.*s", TEXT_ARG(tree), TEXT_ARG(name))
               : arena_format(arena, "releases/%.*s", TEXT_ARG(name));
}

/* Whether Deployer knows the release; it sees only what is in its log. */
static bool deployer_knows(const struct tree_look *look, struct text name, struct arena *arena)
{
    struct text rest = look->deployer_log;
    struct text line;
    const struct json_value *root;
    while (rest.size > 0 && text_take_until(&rest, '\n', &line)) {
        if (json_parse_text(line, arena, &root) &&
            text_equal(json_text(json_member_named(root, "release_name")), name)) {
            return true;
        }
    }
    return false;
}

static void print_member(struct json_writer *writer, const char *key, struct text value)
{
    json_write_key(writer, key);
    json_write_string(writer, value);
}

static bool tell_deployer(struct target *target, const struct tree_look *look,
                          const struct target_release *release, struct problems *problems)
{
    struct arena *arena = target->context->arena;
    uint64_t number = 0;
    uint64_t latest = 0;
    if (deployer_knows(look, release->name, arena)) {
        return true;
    }
    struct buffer line;
    struct json_writer writer;
    buffer_init(&line, LINE_LIMIT_BYTES);
    json_writer_init(&writer, &line, 0);
    json_write_begin_object(&writer);
    uint64_t now_ns = clock_realtime_ns(target->context->client->loop.clock);
    struct text stamp = date_print(arena, now_ns);
    print_member(&writer, "created_at",
                 arena_format(arena, "%.*s+0000", TEXT_ARG(text_slice(stamp, 0, 19))));
    print_member(&writer, "release_name", release->name);
    print_member(&writer, "user", target->context->user);
    print_member(&writer, "target", release->commit);
    json_write_end_object(&writer);
    bool is_told = tree_io_of(target)->append(target, TEXT(".dep/releases_log"),
                                              buffer_text(&line), problems);
    buffer_release(&line);
    (void)text_to_uint64(text_trim(look->latest), &latest);
    if (is_told && text_to_uint64(release->name, &number) && number > latest) {
        is_told = tree_io_of(target)->replace(
            target, TEXT(".dep/latest_release"),
            arena_format(arena, "%.*s\n", TEXT_ARG(release->name)), problems);
    }
    return is_told;
}

bool tree_log_switch(struct target *target, const struct tree_look *look,
                     const struct target_release *release, struct problems *problems)
{
    enum tree_flavour flavour = tree_flavour(look);
    if (flavour == TREE_DEPLOYER) {
        return tell_deployer(target, look, release, problems);
    }
    if (flavour == TREE_CAPISTRANO) {
        struct text line = arena_format(
            target->context->arena, "Branch HEAD (at %.*s) deployed as release %.*s by %.*s",
            TEXT_ARG(release->commit), TEXT_ARG(release->name),
            TEXT_ARG(target->context->user));
        return tree_io_of(target)->append(target, TEXT("revisions.log"), line, problems);
    }
    return true;
}

bool tree_log_back(struct target *target, const struct tree_look *look, struct text name,
                   struct text bad, struct problems *problems)
{
    struct arena *arena = target->context->arena;
    struct text user = target->context->user;
    enum tree_flavour flavour = tree_flavour(look);
    if (flavour == TREE_CAPISTRANO) {
        struct text line = arena_format(arena, "%.*s rolled back to release %.*s",
                                        TEXT_ARG(user), TEXT_ARG(name));
        return tree_io_of(target)->append(target, TEXT("revisions.log"), line, problems);
    }
    struct tree_release left = { 0 };
    if (flavour != TREE_DEPLOYER || bad.size == 0 || text_equal(bad, name)) {
        return true;
    }
    if (!tree_io_of(target)->look_at(target, bad, &left, problems)) {
        return false;
    }
    if (left.kind != TREE_FOLDER || left.is_bad) {
        return true;
    }
    uint64_t now_ns = clock_realtime_ns(target->context->client->loop.clock);
    struct text stamp = date_print(arena, now_ns);
    struct text content = arena_format(arena, "%.*s+0000,%.*s\n",
                                       TEXT_ARG(text_slice(stamp, 0, 19)), TEXT_ARG(user));
    return tree_io_of(target)->mark_bad(target, bad, content, problems);
}

/* Newer by the maker's rule: Capistrano's `ls -xt` goes by time, numbers by their value, other
 * names by time. */
bool tree_is_newer(const struct tree_look *look, const struct tree_entry *a,
                   const struct tree_entry *b)
{
    if (tree_flavour(look) == TREE_DEPLOYER) {
        return a->name.size != b->name.size ? a->name.size > b->name.size
                                            : text_compare(a->name, b->name) > 0;
    }
    return a->changed_s != b->changed_s ? a->changed_s > b->changed_s
                                        : text_compare(a->name, b->name) > 0;
}

static const struct tree_entry *find_entry(const struct tree_look *look, struct text name)
{
    for (size_t i = 0; i < look->count; i++) {
        if (text_equal(look->list[i].name, name)) {
            return &look->list[i];
        }
    }
    return NULL;
}

struct text tree_previous(const struct tree_look *look)
{
    const struct tree_entry *current = find_entry(look, tree_name_of_link(look->link));
    const struct tree_entry *best = NULL;
    for (size_t i = 0; current && i < look->count; i++) {
        const struct tree_entry *each = &look->list[i];
        bool is_older = each != current && !each->is_bad && tree_is_newer(look, current, each);
        if (is_older && (!best || tree_is_newer(look, each, best))) {
            best = each;
        }
    }
    return best ? best->name : TEXT_EMPTY;
}
