/* SPDX-License-Identifier: MIT */
#include "cli/check/recording_use.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "match/composite.h"
#include "run/plan/plan_parts.h"
#include "world/recorded.h"

static void add_use(const struct plan *plan, const struct step_match *match,
                    struct recording_use *use)
{
    while (match->inner) {
        match = match->inner;
    }
    const struct composite *composite = match->definition->composite;
    if (!plan_step_compares(plan, match)) {
        return;
    }
    for (size_t i = 0; composite && i < composite->step_count; i++) {
        add_use(plan, composite->steps[i].match, use);
    }
    if (!composite) {
        bool is_of_sockets = text_is(match->arguments[1].text, "conversation");
        use->has_conversations |= is_of_sockets;
        use->has_answers |= !is_of_sockets;
    }
}

struct recording_use recording_use_of(const struct plan *plan, const struct pickle *pickle)
{
    struct recording_use use = { .has_answers = false };
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        const struct step_matches *matches =
            registry_match(plan->registry, pickle_step(pickle, i).text);
        if (matches->count == 1) {
            add_use(plan, &matches->list[0], &use);
        }
    }
    return use;
}

static void tell_entry(const struct recording *recording, const struct recorded_entry *entry,
                       struct problems *problems)
{
    const struct sent_request *request = &entry->exchange->request;
    struct position at = source_position(recording->source, entry->start);
    problems_add(problems, PROBLEM_WARNING, span_none(), NULL,
                 "%.*s: entry %zu (line %zu: %.*s%.*s %.*s) is compared by no step of its "
                 "scenario",
                 TEXT_ARG(recording->path), entry->index + 1, at.line,
                 TEXT_ARG(entry->conversation ? TEXT("the socket of ") : TEXT_EMPTY),
                 TEXT_ARG(request->method), TEXT_ARG(recorded_url_path(request->url)));
    problems_hint(problems, entry->conversation
                                ? "add `Then the conversation matches the recording`"
                                : "add `Then the response matches the recording`");
}

void recording_use_check(const struct recording *recording, struct recording_use use,
                         struct problems *problems)
{
    if (!use.has_answers && !use.has_conversations) {
        problems_add(problems, PROBLEM_WARNING, span_none(),
                     "remove it, or add `Then the response matches the recording`",
                     "%.*s: no step of its scenario compares with it",
                     TEXT_ARG(recording->path));
        return;
    }
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        if (entry->conversation ? !use.has_conversations : !use.has_answers) {
            tell_entry(recording, entry, problems);
        }
    }
}

void recording_paths_add(struct recording_paths *paths, struct text path)
{
    GROW(paths->list, paths->count, paths->capacity);
    paths->list[paths->count++] = path;
}

void recording_paths_release(struct recording_paths *paths)
{
    free(paths->list);
    *paths = (struct recording_paths){ NULL, 0, 0 };
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void sort(struct recording_paths *paths)
{
    if (paths->count > 1) {
        qsort(paths->list, paths->count, sizeof(*paths->list), by_bytes);
    }
}

/* Links are not followed: one may lead to itself. */
static void look_at(struct text path, struct recording_paths *folders,
                    struct recording_paths *found)
{
    struct stat status;
    if (lstat(path.at, &status) != 0) {
        return;
    }
    if (S_ISDIR(status.st_mode)) {
        recording_paths_add(folders, path);
    } else if (text_ends_with(path, TEXT(".har"))) {
        recording_paths_add(found, path);
    }
}

static void find_files(struct text folder, struct arena *arena, struct recording_paths *found)
{
    struct recording_paths folders = { NULL, 0, 0 };
    recording_paths_add(&folders, arena_text(arena, folder));
    while (folders.count > 0) {
        struct text at = folders.list[--folders.count];
        DIR *directory = opendir(arena_string(arena, at));
        const struct dirent *entry;
        while (directory && (entry = readdir(directory))) {
            if (entry->d_name[0] != '.') {
                struct text path = path_join(arena, at, text_of(entry->d_name));
                look_at(text_of(arena_string(arena, path)), &folders, found);
            }
        }
        if (directory) {
            closedir(directory);
        }
    }
    recording_paths_release(&folders);
}

void recording_use_find_orphans(struct text folder, struct recording_paths *known,
                                struct problems *problems)
{
    struct arena arena;
    struct recording_paths found = { NULL, 0, 0 };
    arena_init(&arena);
    find_files(folder, &arena, &found);
    sort(&found);
    sort(known);
    for (size_t i = 0; i < found.count; i++) {
        if (known->count == 0 || !bsearch(&found.list[i], known->list, known->count,
                                          sizeof(*known->list), by_bytes)) {
            problems_add(problems, PROBLEM_WARNING, span_none(),
                         "remove it, or move it to the path of its scenario",
                         "%.*s: it belongs to no scenario", TEXT_ARG(found.list[i]));
        }
    }
    recording_paths_release(&found);
    arena_release(&arena);
}
