/* SPDX-License-Identifier: MIT */
/* The samples of one entry being looked at: each with the first. */
#ifndef BDDRUN_DIFF_NOISE_NOISE_ENTRY_H
#define BDDRUN_DIFF_NOISE_NOISE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "diff/noise.h"
#include "format/json.h"

/* A place, and what is gathered about it from sample to sample. */
struct noise_found {
    struct noise_place place;
    size_t last_sample; /* the last in which it differed, from 1; 0: none */
    bool is_of_kind;    /* all values so far are of place.kind */
    bool only_grows;    /* integers, larger from sample to sample */
    double last_number;
    bool is_structural;
};

struct noise_entry {
    struct arena *arena;
    struct text scope;
    struct noise_found *list; /* heap */
    size_t count;
    size_t capacity;
    size_t sample; /* compared with the first, from 1 */
};

/* The place by its name; NULL beyond NOISE_PLACES_LIMIT. Counts this sample, once. */
struct noise_found *noise_entry_meet(struct noise_entry *entry, struct text at);

/* Two values that differ at a place. */
void noise_found_values(struct noise_entry *entry, struct noise_found *found,
                        const struct json_value *left, const struct json_value *right);
void noise_found_texts(struct noise_entry *entry, struct noise_found *found, struct text left,
                       struct text right);

/* Two documents; prefix: `JSON` or `event "x" JSON`. */
void noise_entry_documents(struct noise_entry *entry, struct text prefix,
                           const struct json_value *left, const struct json_value *right);

/* Two conversations of a socket. */
struct conversation;
void noise_entry_conversations(struct noise_entry *entry, const struct conversation *left,
                               const struct conversation *right);

/* How many different index-free places of scalars a document has. */
size_t noise_count_places(const struct json_value *root);

/* The kind that both are of. */
enum noise_kind noise_kind_of_values(const struct json_value *left,
                                     const struct json_value *right);
enum noise_kind noise_kind_of_texts(struct text left, struct text right);

/* Adds the text in double quotes, as masks read it. */
void noise_add_quoted(struct buffer *out, struct text text);

#endif
