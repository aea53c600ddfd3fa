/* SPDX-License-Identifier: MIT */
/*
 * What binds a run to what it tested: the attachment of a message stream (one JSON object) that the
 * gate weighs. Written when the run ends; a stream without it is no evidence. Texts that nobody
 * knows are empty, times are realtime nanoseconds, 0 where unknown.
 */
#ifndef BDDRUN_EVENT_RUN_FACTS_H
#define BDDRUN_EVENT_RUN_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

#define RUN_FACTS_MEDIA_TYPE "application/vnd.bddrun.run+json"

/* Of what a comparison with a recording was about: steps attach it, the gate reads it. */
#define COMPARED_MEDIA_TYPE "application/vnd.bddrun.recording+json"

struct json_value;

/* A service of the environment and what it served. */
struct run_facts_service {
    struct text name; /* empty: the environment itself */
    struct text before;
    struct text after;
};

struct run_facts_artefact {
    struct text name;
    struct text sha256;
};

struct run_facts {
    struct text version; /* of bddrun */
    struct text run_id;
    struct text environment;
    struct text base_url;
    struct text configuration_sha256; /* of bddrun.yaml as it was read */
    struct text commit;               /* of the working tree; empty: no repository */
    struct text tree;
    bool is_dirty; /* tracked files differed from the commit */
    struct run_facts_service *services;
    size_t service_count;
    struct run_facts_artefact *artefacts;
    size_t artefact_count;
    uint64_t shard_index; /* 1-based; 0: not sharded */
    uint64_t shard_count;
    uint64_t attempt;  /* of the job, from 1 */
    struct text tags;  /* of --tags, joined by " and "; empty: none */
    bool is_narrowed;  /* by a path, a line or a name: not what bddrun.yaml says */
    uint64_t found;    /* scenarios there */
    uint64_t selected; /* of these, by tags, names, lines */
    uint64_t in_shard; /* of these, to run here */
    uint64_t passed;   /* flaky ones included */
    uint64_t flaky;
    uint64_t skipped;
    uint64_t pending;
    uint64_t failed; /* failed, undefined, ambiguous */
    uint64_t exit_code;
    bool is_interrupted;
    bool is_dry_run;
    uint64_t started_ns;
    uint64_t finished_ns;
};

void run_facts_print(struct buffer *out, const struct run_facts *facts);

/* Reads back what was printed; texts are in the arena. False: a member is missing or of another
 * type, which *ret_member names; *ret_facts is then untouched. */
bool run_facts_read(const struct json_value *root, struct arena *arena,
                    struct run_facts *ret_facts, const char **ret_member) MUST_CHECK;

#endif
