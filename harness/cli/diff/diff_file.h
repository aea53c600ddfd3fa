/* SPDX-License-Identifier: MIT */
/*
 * One side of `bddrun diff`: a recording (HAR), a response as it is sent ("HTTP/1.1 200 OK" and
 * what follows), or a body: JSON, XML, HTML, text, bytes; by the file's name, else by its start.
 */
#ifndef BDDRUN_CLI_DIFF_DIFF_FILE_H
#define BDDRUN_CLI_DIFF_DIFF_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "diff/engine.h"
#include "diff/tree/tree.h"
#include "record/har_input.h"
#include "record/recording.h"

enum diff_file_kind { DIFF_FILE_RECORDING, DIFF_FILE_RESPONSE, DIFF_FILE_JSON, DIFF_FILE_BODY };

struct diff_file {
    struct text path;
    enum diff_file_kind kind;
    struct arena arena;
    struct har_input *input;
    struct recording recording; /* DIFF_FILE_RECORDING */
    struct exchange response;   /* DIFF_FILE_RESPONSE */
    struct tree_side json;      /* DIFF_FILE_JSON */
    struct body_side body;      /* DIFF_FILE_JSON and DIFF_FILE_BODY */
};

/* False with problems: unreadable, or not what its name says. Release it all the same. */
bool diff_file_open(struct diff_file *file, struct text path,
                    struct problems *problems) MUST_CHECK;
void diff_file_release(struct diff_file *file);

#endif
