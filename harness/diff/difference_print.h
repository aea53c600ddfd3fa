/* SPDX-License-Identifier: MIT */
/* Differences as people and programs read them. */
#ifndef BDDRUN_DIFF_DIFFERENCE_PRINT_H
#define BDDRUN_DIFF_DIFFERENCE_PRINT_H

#include "diff/difference.h"
#include "format/json_writer.h"
#include "format/style.h"

#define DIFFERENCE_MEDIA_TYPE "application/vnd.bddrun.diff+json"

/* One object, what DIFFERENCE_MEDIA_TYPE stands for: {"differences": [{"path", "class",
 * "severity", "count", "mask", "examples": [{"place", "left", "right"}]}], "dropped",
 * "totals": {"breaking", …}}. What is absent is null. */
void difference_print_json(const struct differences *differences, struct json_writer *writer);

/* `bddrun diff --json`: an array of {"path", "class", "severity", "left", "right", "count"}, the
 * sides those of the first example: values of JSON documents as they are, else texts. */
void difference_print_list(const struct differences *differences, struct json_writer *writer);

/* The items of that array alone; label (not empty) and a blank stand before each path. */
void difference_print_items(const struct differences *differences, struct text label,
                            struct json_writer *writer);

/* A few lines for each difference that no mask allows, worst first, then a line that counts all:
 *
 *     changed  $.items[*].score, 612 times
 *         $.items[6].score: expected 4871.20, actual 4872.20
 *
 * At most `limit` differences are shown (0: all), the rest is counted. */
void difference_print_text(const struct differences *differences,
                           const struct style_writer *style, size_t limit);

/* The same without the last line. */
void difference_print_paths(const struct differences *differences,
                            const struct style_writer *style, size_t limit);

/* "2 breaking, 612 changed; 4 masked", or "no difference". */
void difference_print_totals(const struct differences *differences, struct buffer *out);

#endif
