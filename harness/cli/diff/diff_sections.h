/* SPDX-License-Identifier: MIT */
/*
 * What `bddrun diff` found: one section for a pair of files, or for each exchange of a pair of
 * recordings that differs, with the request it is about.
 */
#ifndef BDDRUN_CLI_DIFF_DIFF_SECTIONS_H
#define BDDRUN_CLI_DIFF_DIFF_SECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "cli/diff/diff_file.h"
#include "diff/difference.h"
#include "diff/mask/mask_set.h"
#include "format/style.h"

struct exchange_pair;
struct identity;
struct mask_judge;

struct diff_section {
    struct text label; /* "GET /api/lobby"; empty: the files themselves */
    struct differences differences;
};

struct diff_sections {
    struct arena *arena; /* borrowed */
    struct diff_section *list;
    size_t count;
    size_t capacity;
    size_t totals[SEVERITIES]; /* of all */
    struct identity *identity; /* of two recordings, while they are compared */
    struct text *notes;        /* about ids that belong to another */
    size_t note_count;
};

/* The ids of two recordings are paired: a new one is no difference, a crossed one is. */
void diff_sections_compare(struct diff_sections *sections, const struct diff_file *left,
                           const struct diff_file *right, const struct mask_set *masks,
                           struct arena *arena);

bool diff_sections_differ(const struct diff_sections *sections); /* masked ones aside */

void diff_sections_print(const struct diff_sections *sections,
                         const struct style_writer *style);

/* A list of {"path", "class", "severity", "left", "right", "count"}; of recordings the path begins
 * with the request. */
void diff_sections_print_json(const struct diff_sections *sections, struct buffer *out);

/* Parts of diff_sections_compare. A section without differences is none. */
struct diff_section *diff_sections_add(struct diff_sections *sections, struct text label);
void diff_sections_finish(struct diff_sections *sections, struct diff_section *section);
void diff_sections_exchange(struct diff_sections *sections, struct text label,
                            struct exchange_pair *pair, struct mask_judge *masks);
void diff_sections_recordings(struct diff_sections *sections, const struct recording *left,
                              const struct recording *right, struct mask_judge *masks);

#endif
