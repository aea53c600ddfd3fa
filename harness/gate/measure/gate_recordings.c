/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_recordings.h"

#include "diff/conversation/talk/talk.h"
#include "gate/measure/endpoint.h"
#include "git/tree.h"
#include "record/har_reader.h"

void gate_recordings_init(struct gate_recordings *recordings)
{
    *recordings = (struct gate_recordings){ 0 };
    arena_init(&recordings->arena);
}

void gate_recordings_release(struct gate_recordings *recordings)
{
    arena_release(&recordings->arena);
}

/* What the application said: answers to calls are no events of their own. */
static void take_events(struct gate_recording *kept, const struct conversation *conversation,
                        struct arena *arena)
{
    const struct talk_reading reading = { .protocol = talk_protocol(conversation) };
    CLEANUP(arena_release) struct arena own;
    struct talk talk;
    arena_init(&own);
    talk_read(&talk, conversation, &reading, &own);
    struct text *events = ARENA_ARRAY(arena, kept->event_count + talk.count + 1, struct text);
    for (size_t i = 0; i < kept->event_count; i++) {
        events[i] = kept->events[i];
    }
    for (size_t i = 0; i < talk.count; i++) {
        const struct talk_event *event = &talk.events[i];
        if (!event->is_sent && !event->is_reply && event->name.size > 0) {
            events[kept->event_count++] = arena_text(arena, event->name);
        }
    }
    kept->events = events;
    talk_release(&talk);
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
            endpoint_make(arena, method, entry->exchange->request.url);
        if (entry->conversation) {
            take_events(kept, entry->conversation, arena);
        }
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
        kept->revision = arena_text(arena, recording.facts.revision);
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
