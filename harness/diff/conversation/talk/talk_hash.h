/* SPDX-License-Identifier: MIT */
/* The hash of what an event says, by which two talks are aligned. */
#ifndef BDDRUN_DIFF_CONVERSATION_TALK_TALK_HASH_H
#define BDDRUN_DIFF_CONVERSATION_TALK_TALK_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "diff/conversation/talk/talk.h"
#include "diff/judge.h"

struct identity;

struct talk_hashing {
    const struct judge *judge; /* NULL: nothing is masked */
    const void *at;            /* its state for the payload's root */
    struct identity *identity; /* NULL: ids are values like others */
    bool is_live;              /* the right side: bound ids count as the recorded ones */
};

/* A masked value counts by its type, an id that was not yet met by its kind. Equal payloads have
 * equal hashes. */
uint64_t talk_hash(const struct talk_event *event, const struct talk_hashing *hashing);

/* Of one value in it. */
uint64_t talk_hash_value(const struct json_value *value, const struct talk_hashing *hashing);

uint64_t talk_hash_mix(uint64_t hash);

#endif
