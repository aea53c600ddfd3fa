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

/* The process environment as name and value pairs of "NAME=value"; NULL-ended; injected, so that
 * tests freeze it. */
struct config_reader {
    struct arena *arena;
    struct problems *problems;
    const char *const *process_environment;
    struct text folder; /* of the file; relative paths are from here */
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

/* A growing or fixed list of texts. */
struct config_texts {
    struct text *list;
    size_t count;
};

/* name: text, in the file's order. */
struct config_pair {
    struct text name;
    struct text value;
    struct span at; /* of the value; span_none() when it came from elsewhere */
};

struct config_pairs {
    struct config_pair *list;
    size_t count;
};

/* {env: NAME} or {file: PATH}. A value that is not there is no error until it is used. */
struct config_secret_source {
    struct text value;
    bool has_value;
    struct text origin; /* "environment variable 'NAME'" or "file 'PATH'", for messages */
    struct span at;
};

/* Records of a list or map: an array of record->size_bytes each. The first member of a record in
 * a map is a struct text that gets the name. */
struct config_records {
    void *list;
    size_t count;
};

config_read_function config_read_text;     /* struct text; ${NAME} replaced, not empty */
config_read_function config_read_template; /* struct text; may keep ${…} for run time */
config_read_function config_read_path;     /* struct text; joined to the file's folder */
config_read_function config_read_url;      /* struct text; http(s) or ws(s), absolute */
config_read_function config_read_boolean;  /* bool */
config_read_function config_read_count;    /* uint64_t */
config_read_function config_read_duration; /* uint64_t, milliseconds */
config_read_function config_read_size;     /* uint64_t, bytes */
config_read_function config_read_rate;     /* double, per second */
config_read_function config_read_choice;   /* int, index in choices */
config_read_function config_read_texts;    /* struct config_texts; one text is a list of one */
config_read_function config_read_pairs;    /* struct config_pairs; template texts */
config_read_function config_read_urls;     /* struct config_pairs; each an absolute URL */
config_read_function config_read_secret;   /* struct config_secret_source */
config_read_function config_read_record;   /* the record's struct, in place */
config_read_function config_read_record_list; /* struct config_records */
config_read_function config_read_record_map;  /* struct config_records */
config_read_function config_read_node;        /* const struct config_node *; not looked into */
config_read_function config_read_span; /* struct span of the value, e.g. for later messages */

/* Fills the zeroed (or defaulted) struct at target from a map. */
bool config_record_fill(struct config_reader *reader, const struct config_node *map,
                        const struct config_record *record, void *target);

/* The value of a variable of the process environment. */
bool config_process_variable(const struct config_reader *reader, struct text name,
                             struct text *ret_value);

/* Adds "… expected <what>" at the node. Always false, for `return`. */
bool config_refuse(struct config_reader *reader, const struct config_node *node,
                   const char *expected);

#endif
