/* SPDX-License-Identifier: MIT */
#include "world/recorded.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "record/har_reader.h"
#include "world/recordings.h"
#include "world/step.h"
#include "world/world.h"

/* The tokens of an import that kept only what was allowed: the live side is then redacted alike. */
#define IMPORT_TOKEN REDACTION_TOKEN_START "import"

static bool read_file(struct step *step, struct recorded *recorded)
{
    struct problems problems;
    problems_init(&problems);
    bool is_read = har_read(&recorded->recording, recorded->path, NULL, &problems);
    if (!is_read) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_read;
}

static bool has_actors(const struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        if (entry->exchange->actor.size > 0 ||
            (entry->conversation && entry->conversation->actor.size > 0)) {
            return true;
        }
    }
    return false;
}

/* Every handshake has a nonce: those are no secrets that anybody compares. */
static bool has_secrets(struct text bytes)
{
    struct redaction_token token;
    for (size_t at = redaction_token_find(bytes, 0); at < bytes.size;
         at = redaction_token_find(bytes, at + token.size)) {
        if (redaction_token_at(bytes, at, &token) && !text_is(token.kind, "nonce")) {
            return true;
        }
    }
    return false;
}

static void make_ready(struct recorded *recorded, const struct world *world)
{
    const struct recordings *recordings = world->context->recordings;
    const struct source *source = recorded->recording.source;
    recorded->rules = recordings->rules;
    recorded->rules.is_allow_list = source && text_contains(source->bytes, TEXT(IMPORT_TOKEN));
    recorded->redaction =
        redaction_new(&recordings->key, &recorded->rules, world->context->secrets);
    recorded->identity = identity_new();
    recorded->judge = mask_judge_new(&recordings->masks, recorded->identity);
    recorded->paths =
        ARENA_ARRAY(&recorded->recording.arena, recorded->recording.count + 1, struct text);
    for (size_t i = 0; i < recorded->recording.count; i++) {
        recorded->paths[i] =
            recorded_url_path(recorded->recording.list[i].exchange->request.url);
    }
    recorded->has_secrets = source && has_secrets(source->bytes);
    recorded->has_actors = has_actors(&recorded->recording);
}

struct recorded *world_recorded(struct step *step)
{
    struct world *world = step->world;
    const struct recordings *recordings = world->context->recordings;
    if (world->recorded && !world->recorded->redaction) {
        step_fail(step, "recording '%.*s' could not be read", TEXT_ARG(world->recorded->path));
        return NULL;
    }
    if (world->recorded) {
        return world->recorded;
    }
    if (!recordings || !world->pickle) {
        step_fail(step, "this scenario has no place for a recording");
        step_hint(step, "only a scenario of a feature file can be recorded");
        return NULL;
    }
    struct recorded *recorded = alloc_or_die(1, sizeof *recorded);
    recording_init(&recorded->recording);
    recorded->path =
        store_path(&recordings->store, &world->arena, world->feature, world->pickle, 1);
    world->recorded = recorded;
    if (!read_file(step, recorded)) {
        return NULL; /* it stays: the failure has its place in it */
    }
    make_ready(recorded, world);
    return recorded;
}

void world_release_recorded(struct world *world)
{
    struct recorded *recorded = world->recorded;
    if (recorded) {
        mask_judge_free(recorded->judge);
        identity_free(recorded->identity);
        redaction_free(recorded->redaction);
        recording_release(&recorded->recording);
        free(recorded);
    }
    world->recorded = NULL;
}

struct text recorded_key_note(const struct step *step, const struct recorded *recorded)
{
    const struct redaction_key *key = &step->world->context->recordings->key;
    struct text made_with = recorded->recording.facts.redaction_key;
    if (!recorded->has_secrets || made_with.size == 0 || text_is(made_with, key->id)) {
        return TEXT_EMPTY;
    }
    return key->is_passing
               ? arena_format(&step->world->arena,
                              "secrets were compared by kind and identity only: this run has "
                              "no redaction key, the recording was made with key %.*s",
                              TEXT_ARG(made_with))
               : arena_format(&step->world->arena,
                              "secrets were compared by kind and identity only: this run has "
                              "redaction key %s, the recording was made with key %.*s",
                              key->id, TEXT_ARG(made_with));
}
