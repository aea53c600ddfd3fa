/* SPDX-License-Identifier: MIT */
#include "change/component.h"

#include "base/buffer.h"

bool component_owns(const struct config_component *component, struct text path)
{
    return globs_match(&component->paths, path);
}

const struct config_component *component_find(const struct config_component *components,
                                              size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(components[i].name, name)) {
            return &components[i];
        }
    }
    return NULL;
}

bool components_touched_has(const struct components_touched *touched, struct text name)
{
    for (size_t i = 0; i < touched->count; i++) {
        if (text_equal(touched->list[i].component->name, name)) {
            return true;
        }
    }
    return false;
}

static bool owns_file(const struct config_component *component, const struct git_file *file)
{
    return component_owns(component, file->path) ||
           (file->status == GIT_RENAMED && component_owns(component, file->old_path));
}

static struct component_touch touch_of(const struct config_component *component,
                                       const struct git_diff *diff, bool *is_owned,
                                       struct arena *arena)
{
    struct component_touch touch = { .component = component };
    touch.files = ARENA_ARRAY(arena, diff->file_count + 1, const struct git_file *);
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *file = &diff->files[i];
        if (owns_file(component, file)) {
            is_owned[i] = true;
            touch.files[touch.file_count++] = file;
            touch.lines += file->lines_added + file->lines_deleted;
        }
    }
    return touch;
}

struct components_touched components_touch(const struct config_component *components,
                                           size_t count, const struct git_diff *diff,
                                           struct arena *arena)
{
    struct components_touched touched = { .is_all = false };
    bool *is_owned = ARENA_ARRAY(arena, diff->file_count + 1, bool);
    struct component_touch *all = ARENA_ARRAY(arena, count + 1, struct component_touch);
    for (size_t i = 0; i < count; i++) {
        all[i] = touch_of(&components[i], diff, is_owned, arena);
    }
    touched.unmapped = ARENA_ARRAY(arena, diff->file_count + 1, const struct git_file *);
    for (size_t i = 0; i < diff->file_count; i++) {
        if (!is_owned[i]) {
            touched.unmapped[touched.unmapped_count++] = &diff->files[i];
        }
    }
    touched.is_all = touched.unmapped_count > 0;
    touched.list = ARENA_ARRAY(arena, count + 1, struct component_touch);
    for (size_t i = 0; i < count; i++) {
        if (touched.is_all || all[i].file_count > 0) {
            touched.list[touched.count++] = all[i];
        }
    }
    return touched;
}

void components_print_tags(struct buffer *out, const struct components_touched *touched)
{
    for (size_t i = 0; i < touched->count; i++) {
        if (touched->list[i].component->tags.size == 0) {
            return;
        }
    }
    for (size_t i = 0; i < touched->count && !touched->is_all; i++) {
        struct text tags = touched->list[i].component->tags;
        buffer_add_format(out, touched->count == 1 ? "%s%.*s" : "%s(%.*s)", i ? " or " : "",
                          TEXT_ARG(tags));
    }
}
