/* SPDX-License-Identifier: MIT */
/*
 * What a scenario asks production for, as far as its steps say so before they run: the requests of
 * "sends GET "/x"" and the sockets of "opens the "table" socket at "/y"", in their order, those of
 * composite steps and of the rows of "at the same time:" among them. A ${…} in a path may be
 * anything.
 */
#ifndef BDDRUN_RECORD_IMPORT_WANTED_H
#define BDDRUN_RECORD_IMPORT_WANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "gherkin/pickle.h"
#include "match/registry.h"

struct wanted {
    struct text method; /* "GET" for a socket too */
    struct text path;   /* as written, without query; may hold ${…} */
    struct text socket; /* its name; may be empty */
    bool is_socket;     /* or an event stream */
    uint32_t line;      /* of the scenario's step */
};

struct wanted_list {
    struct wanted *list; /* heap */
    size_t count;
    size_t capacity;
};

/* Texts are borrowed from the pickle and the registry. */
void wanted_init(struct wanted_list *wanted, const struct pickle *pickle,
                 struct registry *registry, struct arena *arena);
void wanted_release(struct wanted_list *wanted);

/* Whether this path of a URL may be what was written; prefix is that of the environment's URL. */
bool wanted_path_fits(struct text written, struct text path, struct text prefix);

#endif
