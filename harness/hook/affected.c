/* SPDX-License-Identifier: MIT */
#include "hook/affected.h"

#include "base/buffer.h"
#include "hook/coverage_map.h"

enum { TAGS_LIMIT = 32000 };

#define COVERS TEXT("@covers:")

static bool is_feature(struct text path)
{
    return text_ends_with(path, TEXT(".feature")) &&
           !text_ends_with(path, TEXT(".steps.feature"));
}

/* A changed file that concerns every scenario. */
static const char *reason_of_files(const struct git_diff *diff)
{
    for (size_t i = 0; i < diff->file_count; i++) {
        if (text_ends_with(diff->files[i].path, TEXT(".steps.feature"))) {
            return "steps were changed";
        }
        if (text_ends_with(diff->files[i].path, TEXT("bddrun.yaml"))) {
            return "the configuration was changed";
        }
    }
    return NULL;
}

static const char *reason_of_components(const struct components_touched *touched)
{
    for (size_t i = 0; i < touched->unmapped_count; i++) {
        if (!is_feature(touched->unmapped[i]->path)) {
            return "a changed file belongs to no component";
        }
    }
    for (size_t i = 0; i < touched->count; i++) {
        if (touched->list[i].file_count > 0 && touched->list[i].component->tags.size == 0) {
            return "a component that is touched has no tags";
        }
    }
    return NULL;
}

static const char *reason_for_all(const struct affected_request *request,
                                  const struct push_range *range,
                                  const struct components_touched *touched)
{
    if (range->base.size == 0) {
        return "the remote has nothing of it yet";
    }
    if (request->component_count == 0) {
        return "bddrun.yaml has no components";
    }
    const char *reason = reason_of_files(&range->diff);
    return reason ? reason : reason_of_components(touched);
}

/* Tags. */

static void add_tags(struct buffer *out, struct text tags)
{
    buffer_add_format(out, "%s(%.*s)", out->size > 0 ? " or " : "", TEXT_ARG(tags));
}

/* A tag within an expression: its parentheses and backslashes escaped. */
static void add_tag(struct buffer *out, struct text tag)
{
    buffer_add_string(out, out->size > 0 ? " or " : "");
    for (size_t i = 0; i < tag.size; i++) {
        if (tag.at[i] == '(' || tag.at[i] == ')' || tag.at[i] == '\\') {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, tag.at[i]);
    }
}

static bool covers_a_change(struct text tag, const struct git_diff *diff, struct arena *arena)
{
    struct glob glob;
    const char *reason = NULL;
    if (!glob_parse(text_from(tag, COVERS.size), arena, &glob, &reason)) {
        return true; /* in doubt it does */
    }
    for (size_t i = 0; i < diff->file_count; i++) {
        if (glob_matches(&glob, diff->files[i].path) ||
            glob_matches(&glob, diff->files[i].old_path)) {
            return true;
        }
    }
    return false;
}

static void add_covers(struct buffer *out, const struct source *feature,
                       const struct git_diff *diff, struct arena *arena)
{
    struct text bytes = feature->bytes;
    for (size_t at = text_find(bytes, COVERS, 0); at < bytes.size;
         at = text_find(bytes, COVERS, at + 1)) {
        size_t end = at;
        while (end < bytes.size && (unsigned char)bytes.at[end] > ' ') {
            end++;
        }
        struct text tag = text_slice(bytes, at, end);
        /* One tag may stand in many places: it is wanted once. */
        if (!text_contains(buffer_text(out), tag) && covers_a_change(tag, diff, arena)) {
            add_tag(out, tag);
        }
    }
}

static bool add_declared(struct git *git, const struct push_range *range, struct buffer *out,
                         struct problems *problems)
{
    struct git_paths paths;
    if (!git_list_files(git, range->commit, &paths, problems)) {
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < paths.count; i++) {
        if (is_feature(paths.list[i])) {
            paths.list[count++] = paths.list[i];
        }
    }
    struct source **sources = ARENA_ARRAY(&git->arena, count + 1, struct source *);
    if (!git_show_files(git, range->commit, paths.list, count, sources, problems)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (sources[i]) {
            add_covers(out, sources[i], &range->diff, &git->arena);
        }
    }
    return true;
}

static bool collect_tags(struct git *git, const struct push_range *range,
                         struct affected *affected, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer tags;
    buffer_init(&tags, TAGS_LIMIT);
    for (size_t i = 0; i < affected->touched.count; i++) {
        const struct component_touch *touch = &affected->touched.list[i];
        if (touch->file_count > 0) {
            add_tags(&tags, touch->component->tags);
        }
    }
    if (!add_declared(git, range, &tags, problems)) {
        return false;
    }
    if (tags.is_over_limit) {
        affected->all_because = "it touches too much to name";
    }
    affected->tags = arena_text(&git->arena, buffer_text(&tags));
    return true;
}

static void collect_features(const struct push_range *range, struct affected *affected,
                             struct arena *arena)
{
    affected->features = ARENA_ARRAY(arena, range->diff.file_count + 1, struct text);
    for (size_t i = 0; i < range->diff.file_count; i++) {
        const struct git_file *file = &range->diff.files[i];
        if (is_feature(file->path) && file->status != GIT_DELETED) {
            affected->features[affected->feature_count++] = file->path;
        }
    }
}

bool affected_make(struct git *git, const struct push_range *range,
                   const struct affected_request *request, struct affected *ret_affected,
                   struct problems *problems)
{
    struct affected affected = { .tags = TEXT_EMPTY };
    if (range->diff.file_count > 0) {
        affected.touched = components_touch(request->components, request->component_count,
                                            &range->diff, &git->arena);
        affected.all_because = reason_for_all(request, range, &affected.touched);
        if (!affected.all_because && !collect_tags(git, range, &affected, problems)) {
            return false;
        }
        collect_features(range, &affected, &git->arena);
        coverage_map_read(request->coverage, &range->diff, &git->arena, &affected.names,
                          &affected.name_count);
    }
    *ret_affected = affected;
    return true;
}

bool affected_has_name(const struct affected *affected, struct text scenario)
{
    for (size_t i = 0; i < affected->name_count; i++) {
        if (coverage_map_is_same(affected->names[i], scenario)) {
            return true;
        }
    }
    return false;
}
