/* SPDX-License-Identifier: MIT */
/*
 * XML and HTML as trees of JSON values, so that they are compared as JSON is (TREE_MARKUP). An
 * element is an object: "<" its name, "@name" its attributes, "#" an array of its content: elements
 * and texts. Comments and processing instructions are left out; white space counts as one blank,
 * and not at all between elements.
 */
#ifndef BDDRUN_DIFF_ENGINES_MARKUP_H
#define BDDRUN_DIFF_ENGINES_MARKUP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "format/json.h"
#include "format/xml.h"

#define MARKUP_NAME "<"
#define MARKUP_CONTENT "#"

/* The document element; in the arena. False with *ret_error: not XML. */
bool markup_read(struct text bytes, enum xml_flavour flavour, struct arena *arena,
                 const struct json_value **ret_root, struct text *ret_error) MUST_CHECK;

#endif
