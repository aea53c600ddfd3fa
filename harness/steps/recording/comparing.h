/* SPDX-License-Identifier: MIT */
/* J1 and J2 under way: what the files of the recording steps share. */
#ifndef BDDRUN_STEPS_RECORDING_COMPARING_H
#define BDDRUN_STEPS_RECORDING_COMPARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/mask/mask_set.h"
#include "format/json_writer.h"
#include "world/cast.h"
#include "world/recorded.h"

struct conversation_diff;
struct differences;
struct mask_judge;
struct step;

struct comparing {
    struct step *step;
    struct recorded *recorded;
    struct text part; /* the {recorded}: "response", "conversation" … */
    struct cast cast;
    bool has_table;
    struct mask_set masks;    /* of the table, then of bddrun.yaml; has_table only */
    struct mask_judge *judge; /* of the masks, or the scenario's own */
    struct arena arena;       /* of one comparison */
    const struct conversation **live;
    const struct recorded_entry **entries; /* of each */
    size_t live_count;
    size_t received;   /* while it is recorded: when it was last looked */
    size_t notes_told; /* of the identity, before this comparison */
    uint64_t *uses;    /* of each mask of bddrun.yaml, before; NULL: nobody is told */
};

void comparing_release(struct comparing *comparing);

/* exchanges.c: response, status, headers, cookies, body, response time of everyone's last answer. */
void compare_exchanges(struct comparing *comparing);

/* quiet.c: while it is recorded, waits until nothing has come for a while; releases. */
void record_conversations(struct comparing *comparing);

/* conversations.c: how many messages came. Waits until as much has arrived as was recorded, then compares and releases. */
size_t comparing_count_received(const struct conversation *conversation);
void compare_conversations(struct comparing *comparing);

/* time.c: the response time of one actor's exchanges like this one. */
void compare_times(struct comparing *comparing, const struct actor *actor,
                   const struct exchange *live, const struct recorded_entry *entry);

/* report.c: says whose, of what, and attaches the JSON that `print` makes. */
struct text comparing_whose(const struct comparing *comparing, struct text actor);
typedef void comparing_print(const void *result, struct json_writer *writer);
void comparing_attach(struct comparing *comparing, struct text what,
                      const struct recorded_entry *entry, comparing_print *print,
                      const void *result);

/* facts.c: what a comparison was about, for the gate: one attachment of the step for each, whether
 * it passed or failed, where a report takes them. The first is called before it. */
struct compared {
    struct text entry;                    /* "GET /api/lobby", "socket table" */
    const struct exchange *recorded;      /* with its time; NULL: none, or of a socket */
    const struct exchange *live;          /* the same */
    const struct conversation_diff *diff; /* of sockets; NULL: not compared */
};
void comparing_begin_facts(struct comparing *comparing);
void comparing_tell_facts(const struct comparing *comparing, const struct compared *compared);

/* The lines under a difference: ids that crossed, where it was recorded, when, and what is to be
 * known besides. */
void comparing_print_source(const struct comparing *comparing,
                            const struct recorded_entry *entry, struct buffer *out);

#endif
