/* SPDX-License-Identifier: MIT */
/*
 * An XML document element by element, for files too large for a tree (SAX2 of libxml2). No network,
 * no file, no document type is ever loaded; a document that declares entities is refused, and so is
 * one that is not well-formed, where it is not. Memory does not grow with the document.
 */
#ifndef BDDRUN_FORMAT_XML_SCAN_H
#define BDDRUN_FORMAT_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct xml_scan; /* one scan under way */

/* Local names; everything is borrowed for the call only. */
struct xml_attribute {
    struct text name;
    struct text value;
};

struct xml_element {
    struct text name;
    const struct xml_attribute *attributes;
    size_t attribute_count;
    size_t depth; /* of the root: 1 */
};

struct xml_events {
    void *context;
    void (*begin)(void *context, struct xml_scan *scan, const struct xml_element *element);
    void (*end)(void *context, struct xml_scan *scan, const struct xml_element *element);
    /* Character data, in as many parts as the parser likes; may be NULL. */
    void (*text)(void *context, struct xml_scan *scan, struct text text);
};

/* What was not XML, and where: a byte offset. */
struct xml_fault {
    size_t offset;
    struct text message; /* in the arena */
};

/* False with *ret_fault. Events until then have been sent. */
bool xml_scan(struct text bytes, const struct xml_events *events, struct arena *arena,
              struct xml_fault *ret_fault) MUST_CHECK;

/* The value of the attribute; at is NULL where it is missing. */
struct text xml_element_value(const struct xml_element *element, const char *name);

/* Where the tag of the element of the event stands: its "<" and behind its ">". Slow: for
 * problems. */
void xml_scan_place(struct xml_scan *scan, size_t *ret_start, size_t *ret_end);

#endif
