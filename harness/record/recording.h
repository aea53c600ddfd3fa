/* SPDX-License-Identifier: MIT */
/*
 * The recording of one scenario in memory: what the recorded environment answered, requests and
 * sockets in the order they began, and where, when and by whom that was recorded. Read from a HAR
 * file (har_reader.h) or built entry by entry and written (har_writer.h).
 * Texts, exchanges and conversations of a recording that was read live in its arena and in its
 * source; what is added is borrowed and must live as long as the recording. Nothing here redacts:
 * give it what redact/ made of an exchange.
 */
#ifndef BDDRUN_RECORD_RECORDING_H
#define BDDRUN_RECORD_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "exchange/exchange.h"

/* What a recording holds of a response's body. An empty body that was recorded is kept. */
enum recorded_body {
    RECORDED_BODY_KEPT,
    RECORDED_BODY_ABSENT,  /* the writer left it out: nothing can be said of it */
    RECORDED_BODY_IN_FILE, /* kept, in a file beside the recording: body_file */
};

struct recorded_entry {
    const struct exchange *exchange;         /* never NULL; of a socket its handshake */
    const struct conversation *conversation; /* of a socket; NULL: a plain exchange */
    enum recorded_body body;                 /* of the response */
    bool has_messages; /* of a socket: false when its writer kept none (not: none were said) */
    struct text body_file; /* as the file names it; empty: none */
    size_t index;          /* 0-based, among all entries of the file */
    size_t start;          /* bytes of the entry in the source; both 0: not read from a file */
    size_t end;
};

/* Facts about the whole; empty and 0 where the file does not say. */
struct recording_facts {
    struct text har_version;  /* "1.2", "1.1" */
    struct text creator_name; /* "bddrun", "WebInspector", "Playwright" */
    struct text creator_version;
    struct text environment; /* the name in bddrun.yaml: "production" */
    struct text revision;    /* that the environment served: a commit */
    uint64_t recorded_at_ns; /* realtime; without our field: of the first entry */
    struct text feature;     /* path of the feature file, from the project's folder */
    struct text scenario;    /* name of the scenario */
    struct text
        redaction_key; /* id of the key that made its tokens; empty: not redacted by us */
    uint64_t redaction_rules; /* version of the rules */
    unsigned sample;          /* 1-based; 0 is unknown */
};

struct har_input;

struct recording {
    struct arena arena;
    struct text path;            /* as given; empty: not read from a file */
    struct har_input *input;     /* NULL: not read from a file; spans point into it */
    const struct source *source; /* of input, or NULL */
    struct recording_facts facts;
    struct recorded_entry *list; /* in the order of started_at_ns as recorded */
    size_t count;
    size_t capacity;
    size_t found; /* entries in the file, with those that a filter left out */
};

void recording_init(struct recording *recording);
void recording_release(struct recording *recording);

/* Appends; conversation may be NULL. The entry is borrowed until the next addition. */
struct recorded_entry *recording_add(struct recording *recording,
                                     const struct exchange *exchange,
                                     const struct conversation *conversation);

/* Puts another exchange, or conversation with its handshake, in the place of an entry. */
void recording_replace(struct recording *recording, size_t at, const struct exchange *exchange,
                       const struct conversation *conversation);

/* The nth (0-based) plain exchange with this method and this path of its URL (without query), or
 * NULL: not recorded. An empty actor means any, also a recorded one. */
struct recording_wanted {
    struct text method;
    struct text path;
    struct text actor;
    size_t nth;
};
const struct recorded_entry *recording_exchange(const struct recording *recording,
                                                const struct recording_wanted *wanted);

/* The nth socket of this actor with this name, or NULL. Files of browsers name no
 * socket: an unnamed one is then found by the path of its URL (empty: not by path). */
const struct recorded_entry *recording_socket(const struct recording *recording,
                                              struct text name,
                                              const struct recording_wanted *wanted);

/* The entry in its file; span_none() where it was not read from one. */
struct span recording_span(const struct recording *recording,
                           const struct recorded_entry *entry);

#endif
