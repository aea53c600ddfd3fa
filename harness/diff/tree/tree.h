/* SPDX-License-Identifier: MIT */
/*
 * Two trees compared: JSON documents, and what is made into JSON values to be compared the same
 * way (markup, lines of text). Objects are compared by key. Arrays are aligned: what is equal at
 * both ends, then by an identity (a scalar member present and unique on both sides), else by
 * subtree hashes (Myers, bounded); what changed its place is moved, found by longest increasing
 * subsequence. Equal hashes are verified, so a collision hides nothing. The work is near linear in
 * the size of both sides, whatever they are.
 */
#ifndef BDDRUN_DIFF_TREE_TREE_H
#define BDDRUN_DIFF_TREE_TREE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/text.h"
#include "diff/difference.h"
#include "diff/judge.h"
#include "format/json.h"

/* What the values stand for: how paths are written and the judge is entered. */
enum tree_dialect {
    TREE_JSON,   /* $.items[*].name */
    TREE_MARKUP, /* /html/body/div[2]/@class; see engines/markup.h */
    TREE_LINES,  /* an array of strings: text, line 7 */
};

struct tree_side {
    const struct json_value *root;
    struct text source; /* the bytes that root was parsed from, or empty */
};

struct tree_pair {
    enum tree_dialect dialect;
    struct tree_side left;
    struct tree_side right;
    struct text path;          /* of the root: "$" */
    const struct judge *judge; /* NULL: nothing is allowed */
    const void *at;            /* the judge's state for the root */
};

/* Adds what differs. All is borrowed for the call; texts are copied. */
void tree_diff(const struct tree_pair *pair, struct differences *differences);

/* Adds a JSON Patch (RFC 6902) that makes left into right: one array of operations. */
void tree_patch(const struct tree_pair *pair, struct buffer *out);

#endif
