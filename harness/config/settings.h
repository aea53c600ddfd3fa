/* SPDX-License-Identifier: MIT */
/*
 * What running needs to know, merged from the configuration, the process environment and the
 * options: plain data with defaults. Lives in the arena of the struct config. Paths are joined to
 * the folder of bddrun.yaml and so usable from the working directory.
 */
#ifndef BDDRUN_CONFIG_SETTINGS_H
#define BDDRUN_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "config/value.h"

/* 0 in a time limit: none. */
struct config_limits {
    uint64_t jobs;                  /* default 8 */
    double request_rate_per_second; /* of the whole run; 0: not limited */
    uint64_t connect_ms;            /* 5 s */
    uint64_t response_ms;           /* 10 s */
    uint64_t receive_ms;            /* 5 s: waiting for an event */
    uint64_t poll_ms;               /* 250 ms: between tries of a retry-until */
    uint64_t step_ms;               /* 30 s */
    uint64_t scenario_ms;           /* 60 s */
    uint64_t run_ms;                /* 1 h */
    uint64_t body_bytes;            /* 64 MiB, decompressed */
};

/* How a service says which revision it serves. Empty `at`: it does not say. */
struct config_revision {
    struct text at;     /* a path or URL */
    struct text json;   /* JSONPath into the answer, or empty */
    struct text header; /* or the name of a header, or empty; neither: the whole body */
};

struct config_tls {
    struct text ca;
    struct text certificate;
    struct text key;
    struct config_secret_source passphrase;
    bool is_insecure; /* `verify: false` */
};

struct config_environment {
    struct text name;
    struct text url; /* without a slash at its end */
    struct config_pairs services;
    struct config_revision revision;
    struct text lease;
    struct config_tls tls;
    struct text proxy;
    struct config_pairs headers; /* values may hold ${…}, expanded at run time */
    struct text csrf_cookie;     /* both empty: not used */
    struct text csrf_header;
    const struct config_node *sockets; /* NULL or a map */
    struct config_limits limits;
    struct text accounts; /* the path of a CSV file, or empty */
    uint64_t retry;
    bool is_read_only;
};

struct config_secret {
    struct text name;
    struct config_secret_source source;
};

struct config_command {
    struct text name;
    struct config_texts words;
};

struct config_settings {
    struct text folder;                /* of bddrun.yaml; "." without one */
    struct text config_path;           /* as it is shown; empty without one */
    struct text scenarios;             /* empty: not configured */
    struct text output;                /* empty: nothing is written but what --format names */
    struct config_texts reports;       /* NAME[:FILE], below output */
    struct config_pairs variables;     /* file, then BDDRUN_VAR_name, then -D */
    struct config_pairs process;       /* what ${env.NAME} may read and is set */
    struct config_texts process_names; /* all of `env:`, also those not set */
    struct config_secret *secrets;
    size_t secret_count;
    struct config_command *commands;
    size_t command_count;
    struct config_environment *environments;
    size_t environment_count;
    const struct config_environment *environment; /* the chosen one, or NULL */
    struct text base_url;        /* --base-url, BDDRUN_BASE_URL, the environment's, or empty */
    struct config_limits limits; /* the environment's, or the defaults */
    struct text environment_origin; /* who chose it: "option '-e'", …; so the two below */
    struct text base_url_origin;
    struct text jobs_origin;
};

/* What the command line adds; empty and 0 where nothing was given. */
struct settings_request {
    struct text environment;        /* -e */
    struct text base_url;           /* --base-url */
    const struct text *definitions; /* -D name=value, in order */
    size_t definition_count;
    uint64_t jobs; /* -j */
};

bool settings_make(struct config *config, const struct settings_request *request,
                   const struct config_settings **ret_settings,
                   struct problems *problems) MUST_CHECK;

const struct config_secret *settings_secret(const struct config_settings *settings,
                                            struct text name);
const struct config_command *settings_command(const struct config_settings *settings,
                                              struct text name);
const struct config_pair *config_pairs_find(const struct config_pairs *pairs, struct text name);

/* True when the URL's host (and port) is one that a read-only environment names, in its url or one
 * of its services: such a host is read-only however it is reached. */
bool settings_is_read_only_host(const struct config_settings *settings, struct text url);

#endif
