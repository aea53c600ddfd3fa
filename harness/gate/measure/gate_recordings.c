/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_recordings.h"

#include "git/tree.h"
#include "record/har_reader.h"

enum { ENDPOINT_LIMIT = 1 << 16, ID_DIGITS = 8 };

void gate_recordings_init(struct gate_recordings *recordings)
{
    *recordings = (struct gate_recordings){ 0 };
    arena_init(&recordings->arena);
}

void gate_recordings_release(struct gate_recordings *recordings)
{
    arena_release(&recordings->arena);
}

/* A number, or something long with digits in it: a uuid, a token. */
static bool is_id(struct text part)
{
    size_t digits = 0;
    for (size_t i = 0; i < part.size; i++) {
        digits += part.at[i] >= '0' && part.at[i] <= '9';
    }
    return part.size > 0 && (digits == part.size || (digits > 0 && part.size >= ID_DIGITS));
}

/* The path of a URL, without its host and query. */
static struct text path_of(struct text url)
{
    size_t start = text_find(url, TEXT("://"), 0);
    start = start < url.size ? text_find_byte(url, '/', start + 3) : 0;
    size_t query = text_find_byte(url, '?', start);
    return text_slice(url, start, query);
}

static struct text make_endpoint(struct arena *arena, struct text method, struct text url)
{
    CLEANUP(buffer_release) struct buffer out;
    struct text rest = path_of(url);
    struct text part;
    buffer_init(&out, ENDPOINT_LIMIT);
    buffer_add(&out, method);
    buffer_add_byte(&out, ' ');
    for (bool is_first = true; text_take_until(&rest, '/', &part); is_first = false) {
        buffer_add_string(&out, is_first ? "" : "/");
        buffer_add(&out, is_id(part) ? TEXT("{}") : part);
    }
    return arena_text(arena, buffer_text(&out));
}

static void take_entries(struct gate_recording *kept, const struct recording *recording,
                         struct arena *arena)
{
    kept->endpoints = ARENA_ARRAY(arena, recording->count + 1, struct text);
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        struct text method =
            entry->conversation ? TEXT("socket") : entry->exchange->request.method;
        kept->endpoints[kept->endpoint_count++] =
            make_endpoint(arena, method, entry->exchange->request.url);
    }
}

static void read_recording(struct gate_recording *kept, const struct source *source,
                           struct arena *arena)
{
    struct recording recording;
    struct problems problems;
    recording_init(&recording);
    problems_init(&problems);
    if (har_read_bytes(&recording, kept->path, source->bytes, NULL, &problems)) {
        kept->recorded_at_ns = recording.facts.recorded_at_ns;
        kept->feature = arena_text(arena, recording.facts.feature);
        kept->scenario = arena_text(arena, recording.facts.scenario);
        take_entries(kept, &recording, arena);
    } else {
        kept->failure = arena_text(arena, problems.list[0].message);
    }
    problems_release(&problems);
    recording_release(&recording);
}

static void read_all(struct gate_recordings *recordings, struct git *git, struct text commit,
                     struct text *paths, struct problems *problems)
{
    struct source **sources =
        ARENA_ARRAY(&recordings->arena, recordings->count + 1, struct source *);
    if (!git_show_files(git, commit, paths, recordings->count, sources, problems)) {
        recordings->failure = arena_text(&recordings->arena, problems->list[0].message);
        return;
    }
    for (size_t i = 0; i < recordings->count; i++) {
        recordings->list[i].path = paths[i];
        read_recording(&recordings->list[i], sources[i], &recordings->arena);
    }
}

void gate_recordings_read(struct gate_recordings *recordings, struct git *git,
                          struct text commit, struct text folder)
{
    struct git_paths files;
    struct problems problems;
    struct arena *arena = &recordings->arena;
    recordings->folder = arena_text(arena, folder);
    problems_init(&problems);
    if (!git_list_files(git, commit, &files, &problems)) {
        recordings->failure = arena_text(arena, problems.list[0].message);
    } else {
        struct text *paths = ARENA_ARRAY(arena, files.count + 1, struct text);
        for (size_t i = 0; i < files.count; i++) {
            if (text_starts_with(files.list[i], folder) &&
                text_ends_with(files.list[i], TEXT(".har"))) {
                paths[recordings->count++] = files.list[i];
            }
        }
        recordings->list = ARENA_ARRAY(arena, recordings->count + 1, struct gate_recording);
        read_all(recordings, git, commit, paths, &problems);
    }
    problems_release(&problems);
}
