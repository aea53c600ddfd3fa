/* SPDX-License-Identifier: MIT */
#include "coverage/paths.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "coverage/store.h"
#include "coverage/text_map.h"

enum { CANDIDATES_SHOWN = 5, HINT_LIMIT = 8192 };

struct tracked {
    struct text root;
    const struct text *list;
    struct text_map exact;
    struct text *by_end; /* sorted by their bytes from the end */
    size_t count;
};

static int compare_ends(const void *a, const void *b)
{
    const struct text *x = a;
    const struct text *y = b;
    size_t least = x->size < y->size ? x->size : y->size;
    for (size_t i = 1; i <= least; i++) {
        unsigned char left = (unsigned char)x->at[x->size - i];
        unsigned char right = (unsigned char)y->at[y->size - i];
        if (left != right) {
            return left < right ? -1 : 1;
        }
    }
    return x->size < y->size ? -1 : x->size > y->size;
}

static void index_tracked(struct tracked *tracked, const struct text *list, size_t count)
{
    text_map_init(&tracked->exact);
    tracked->by_end = alloc_or_die(count + 1, sizeof *tracked->by_end);
    tracked->count = count;
    tracked->list = list;
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        tracked->by_end[i] = list[i];
        (void)text_map_put(&tracked->exact, list[i], i, &is_new);
    }
    if (count) {
        qsort(tracked->by_end, count, sizeof *tracked->by_end, compare_ends);
    }
}

static void release_tracked(struct tracked *tracked)
{
    text_map_release(&tracked->exact);
    free(tracked->by_end);
}

/* The longest end of the path, from a slash on, that is tracked as a whole. */
static bool find_shorter(const struct tracked *tracked, struct text path, struct text *ret_path)
{
    for (size_t start = 0; start < path.size;) {
        struct text end = text_from(path, start);
        if (text_map_find(&tracked->exact, end)) {
            *ret_path = end;
            return true;
        }
        start = text_find_byte(path, '/', start) + 1;
    }
    return false;
}

/* Where the tracked paths begin that end with "/path"; *ret_count of them. */
static size_t find_longer(const struct tracked *tracked, struct text path, size_t *ret_count)
{
    size_t low = 0;
    size_t high = tracked->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_ends(&tracked->by_end[middle], &path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t first = low;
    for (; first < tracked->count && text_ends_with(tracked->by_end[first], path); first++) {
        size_t size = tracked->by_end[first].size;
        if (size > path.size && tracked->by_end[first].at[size - path.size - 1] == '/') {
            break;
        }
    }
    size_t count = 0;
    for (size_t i = first; i < tracked->count; i++, count++) {
        struct text at = tracked->by_end[i];
        if (!text_ends_with(at, path) || at.at[at.size - path.size - 1] != '/') {
            break;
        }
    }
    *ret_count = count;
    return first;
}

static void tell_ambiguous(const struct tracked *tracked, struct text path, size_t first,
                           size_t count, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer list;
    buffer_init(&list, HINT_LIMIT);
    for (size_t i = first; i < first + count && i < first + CANDIDATES_SHOWN; i++) {
        struct text candidate = tracked->by_end[i];
        buffer_add_format(&list, "%s%.*s", i > first ? ", " : "", TEXT_ARG(candidate));
    }
    if (count > CANDIDATES_SHOWN) {
        buffer_add_format(&list, " and %zu more", count - CANDIDATES_SHOWN);
    }
    problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                 "'%.*s' of the coverage may be any of %zu tracked files", TEXT_ARG(path),
                 count);
    problems_hint(problems, "let the tool write longer paths; it may be %.*s",
                  TEXT_ARG(buffer_text(&list)));
}

/* The part below the root of the repository; at NULL: it does not lie there. */
static struct text below_root(struct text root, struct text path)
{
    while (root.size > 1 && root.at[root.size - 1] == '/') {
        root.size--;
    }
    bool is_below = root.size && text_starts_with(path, root) && path.size > root.size + 1 &&
                    path.at[root.size] == '/';
    return is_below ? text_from(path, root.size + 1) : (struct text){ NULL, 0 };
}

static bool leaves(struct text path)
{
    return text_is(path, "..") || text_starts_with(path, TEXT("../"));
}

/* Takes the last segment off, unless there is none or it is "..". */
static bool take_back(struct buffer *path)
{
    size_t at = path->size;
    while (at > 0 && path->at[at - 1] != '/') {
        at--;
    }
    struct text last = text_from(buffer_text(path), at);
    if (last.size == 0 || text_is(last, "..")) {
        return false;
    }
    buffer_truncate(path, at > 1 ? at - 1 : at);
    return true;
}

/* Without "." and "..", as far as that is possible, and with single slashes. */
static void add_normal(struct buffer *out, struct text path)
{
    struct text segment;
    buffer_add_string(out, path.size && path.at[0] == '/' ? "/" : "");
    while (text_take_until(&path, '/', &segment)) {
        bool is_back = text_is(segment, "..");
        if (segment.size == 0 || text_is(segment, ".") || (is_back && take_back(out))) {
            continue;
        }
        bool needs_slash = out->size && out->at[out->size - 1] != '/';
        buffer_add_string(out, needs_slash ? "/" : "");
        buffer_add(out, segment);
    }
}

/* An ambiguous path, by the folder that the report says it is in. */
static bool find_in_folder(const struct tracked *tracked, struct coverage_file *file)
{
    CLEANUP(buffer_release) struct buffer whole;
    buffer_init(&whole, file->folder.size + file->path.size + 2);
    buffer_add(&whole, file->folder);
    buffer_add_string(&whole, "/");
    buffer_add(&whole, file->path);
    struct text path = buffer_text(&whole);
    size_t start = path.at[0] == '/' ? 1 : 0;
    struct text found;
    if (file->folder.size == 0 || !find_shorter(tracked, text_from(path, start), &found)) {
        return false;
    }
    const size_t *place = text_map_find(&tracked->exact, found);
    file->path = tracked->list[*place];
    file->is_tracked = true;
    return true;
}

/* False with a problem. */
static bool find_path(const struct tracked *tracked, struct coverage_file *file,
                      struct problems *problems)
{
    struct text path = file->path;
    struct text below = below_root(tracked->root, path);
    if (below.at) {
        file->path = below;
        file->is_tracked = text_map_find(&tracked->exact, below) != NULL;
        return true;
    }
    if (leaves(path)) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "run the tool in the repository, so that its paths are below it",
                     "'%.*s' of the coverage leaves the repository", TEXT_ARG(path));
        return false;
    }
    while (path.size && path.at[0] == '/') {
        path = text_from(path, 1);
    }
    size_t count = 0;
    struct text found;
    if (find_shorter(tracked, path, &found)) {
        file->path = found;
        file->is_tracked = true;
        return true;
    }
    size_t first = find_longer(tracked, path, &count);
    if (count > 1 && find_in_folder(tracked, file)) {
        return true;
    }
    if (count > 1) {
        tell_ambiguous(tracked, file->path, first, count, problems);
        return false;
    }
    file->path = count ? tracked->by_end[first] : file->path;
    file->is_tracked = count > 0;
    return true;
}

bool coverage_map_paths(struct coverage *coverage, struct text root, const struct text *tracked,
                        size_t tracked_count, struct problems *problems)
{
    struct tracked index = { .root = root };
    bool is_mapped = true;
    index_tracked(&index, tracked, tracked_count);
    for (size_t i = 0; i < coverage->file_count; i++) {
        struct coverage_file *file = coverage->files[i];
        CLEANUP(buffer_release) struct buffer normal;
        buffer_init(&normal, file->path.size + 1);
        add_normal(&normal, file->path);
        file->path = buffer_text(&normal);
        is_mapped &= find_path(&index, file, problems);
        file->path = arena_text(&coverage->arena, file->path);
    }
    is_mapped &= store_renamed(coverage, problems);
    release_tracked(&index);
    return is_mapped;
}
