/* SPDX-License-Identifier: MIT */
/*
 * Reading a part of bddrun.yaml into plain data by a table: one row names a key, the function that
 * reads its value, and the member it goes to. Unknown keys, wrong types and values out of range
 * become problems at file:line:column, with the near keys in the hint; reading goes on, so that
 * all of them are shown at once. Whoever owns a section writes such a table (see section.h).
 */
#ifndef BDDRUN_CONFIG_RECORD_H
#define BDDRUN_CONFIG_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "config/document.h"

struct config_key;

struct config_reader {
    struct arena *arena;
    struct problems *problems;
    const char *const *process_environment; /* "NAME=value", NULL-ended; injected for tests */
    struct text folder;                     /* of the file; relative paths are from here */
};

/* Reads node into *target, whose type the function's comment below gives. False after a problem;
 * *target is then unchanged. */
typedef bool config_read_function(struct config_reader *reader, const struct config_node *node,
                                  const struct config_key *key, void *target);

/* A struct and the keys that fill it. Keys end with one without a name. */
struct config_record {
    const char *title; /* "an environment": for messages */
    size_t size_bytes;
    const struct config_key *keys;
    const void *defaults; /* of size_bytes, copied before the keys are read; NULL: zeroes */
};

struct config_key {
    const char *name;
    config_read_function *read;
    size_t offset;                      /* of the member in the record's struct */
    const struct config_record *record; /* of config_read_record, _record_list, _record_map */
    const char *const *choices;         /* of config_read_choice, NULL-ended */
    uint64_t minimum;                   /* of config_read_count, _duration */
    uint64_t maximum;                   /* 0: no limit */
    bool is_required;
};

/* Records of a list or map: an array of record->size_bytes each. The first member of a record in
 * a map is a struct text that gets the name. */
struct config_records {
    void *list;
    size_t count;
};

config_read_function config_read_record;      /* the record's struct, in place */
config_read_function config_read_record_list; /* struct config_records */
config_read_function config_read_record_map;  /* struct config_records */
config_read_function config_read_node;        /* const struct config_node *; not looked into */
config_read_function config_read_span;        /* struct span of the value, for later messages */

/* Fills the struct at target, which has its defaults, from a map. */
bool config_record_fill(struct config_reader *reader, const struct config_node *map,
                        const struct config_record *record, void *target);

/* The value of a variable of the process environment. */
bool config_process_variable(const struct config_reader *reader, struct text name,
                             struct text *ret_value);

/* Adds "expected <what>, found …" at the node. Always false, for `return`. */
bool config_refuse(struct config_reader *reader, const struct config_node *node,
                   const char *expected);

#endif
