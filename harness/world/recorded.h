/* SPDX-License-Identifier: MIT */
/*
 * The recording of the scenario under way: read once, when the first step compares with it, and
 * what all its comparisons share (the redaction, which ids belong together). It belongs to the
 * world and dies with it. What a recording does not have is a failure of its own kind.
 */
#ifndef BDDRUN_WORLD_RECORDED_H
#define BDDRUN_WORLD_RECORDED_H

#include <stdbool.h>

#include "base/text.h"
#include "record/recording.h"
#include "redact/redaction.h"

struct actor;
struct conversation;
struct identity;
struct mask_judge;
struct step;
struct world;

struct recorded {
    struct recording recording;
    struct text path;   /* of the file, shown; in the world's arena */
    struct text *paths; /* of the entries' URLs, in the same order; in its arena */
    struct redaction_rules rules;
    struct redaction *redaction; /* of both sides; NULL: the file could not be read */
    struct identity *identity;
    struct mask_judge *judge; /* of the masks of bddrun.yaml */
    bool has_secrets;         /* tokens stand for secrets in what was answered */
    bool has_actors;          /* it was made by bddrun: entries name their actors */
};

/* NULL: the step has failed. */
struct recorded *world_recorded(struct step *step);
void world_release_recorded(struct world *world);

/* The entry that an exchange of the world's log, or one of its conversations, is compared with.
 * NULL: the step has failed as not recorded. */
const struct recorded_entry *recorded_exchange(struct step *step, struct recorded *recorded,
                                               const struct actor *actor,
                                               const struct exchange *live);
const struct recorded_entry *recorded_conversation(struct step *step, struct recorded *recorded,
                                                   const struct conversation *live);

/* The path of a URL, "/" where it has none. */
struct text recorded_url_path(struct text url);

/* Fails the step as not recorded. */
void recorded_lacks(struct step *step, const struct recorded *recorded, struct text what);

/* What a report should say besides: the secrets of both sides were replaced under different keys.
 * Empty where they were not. In the world's arena. */
struct text recorded_key_note(const struct step *step, const struct recorded *recorded);

#endif
