/* SPDX-License-Identifier: MIT */
/*
 * The types of single values in bddrun.yaml: what a row of a struct config_record can name as its
 * reader (see record.h). `${NAME}` of capitals, digits and underscores reads the process
 * environment; `$${` is a literal `${`.
 */
#ifndef BDDRUN_CONFIG_VALUE_H
#define BDDRUN_CONFIG_VALUE_H

#include "config/record.h"

/* A growing or fixed list of texts. */
struct config_texts {
    struct text *list;
    size_t count;
};

/* name: text, in the file's order. */
struct config_pair {
    struct text name;
    struct text value;
    struct span at;     /* of the value; span_none() when it came from elsewhere, then: */
    struct text origin; /* "option '-D'", "environment variable 'BDDRUN_VAR_x'"; may be empty */
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

/* The comment names the type of *target. */
config_read_function config_read_text;      /* struct text; not empty */
config_read_function config_read_template;  /* struct text; may keep ${…} for run time */
config_read_function config_read_path;      /* struct text; joined to the file's folder */
config_read_function config_read_url;       /* struct text; absolute, no slash at its end */
config_read_function config_read_boolean;   /* bool */
config_read_function config_read_count;     /* uint64_t */
config_read_function config_read_duration;  /* uint64_t, milliseconds */
config_read_function config_read_size;      /* uint64_t, bytes */
config_read_function config_read_rate;      /* double, per second */
config_read_function config_read_choice;    /* int, index in choices */
config_read_function config_read_texts;     /* struct config_texts; one text is a list of one */
config_read_function config_read_words;     /* struct config_texts; a program, its arguments */
config_read_function config_read_globs;     /* struct globs (base/glob.h); at least one */
config_read_function config_read_pairs;     /* struct config_pairs */
config_read_function config_read_templates; /* struct config_pairs; as config_read_template */
config_read_function config_read_urls;      /* struct config_pairs; as config_read_url */
config_read_function config_read_secret;    /* struct config_secret_source */

/* The form of an absolute http, https, ws or wss URL; for options too. */
bool config_is_url(struct text url);

#endif
