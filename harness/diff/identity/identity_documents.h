/* SPDX-License-Identifier: MIT */
/* The ids of two documents that are compared: which both have, and of what names. */
#ifndef BDDRUN_DIFF_IDENTITY_IDENTITY_DOCUMENTS_H
#define BDDRUN_DIFF_IDENTITY_IDENTITY_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/json.h"

enum { IDENTITY_NAMES_LIMIT = 64 };

/* A member's name whose values are ids: how many of the left there are, how many the right has. */
struct identity_name {
    struct text name;
    size_t count;
    size_t shared;
};

struct identity_documents {
    struct arena arena;
    const struct json_value *left;
    const struct json_value *right;
    bool is_looked_through;
    struct identity_name names[IDENTITY_NAMES_LIMIT];
    size_t name_count;
};

void identity_documents_init(struct identity_documents *documents);
void identity_documents_release(struct identity_documents *documents);
void identity_documents_set(struct identity_documents *documents, const struct json_value *left,
                            const struct json_value *right);

/* Once: fills names, and calls take for each id (long integers aside) that both have. */
void identity_documents_look(struct identity_documents *documents,
                             void (*take)(void *context, struct text id), void *context);

/* The path of a value in one of them, with a blank before; nothing for another's. */
struct buffer;
void identity_documents_print(struct buffer *out, const struct identity_documents *documents,
                              const struct json_value *value);

#endif
