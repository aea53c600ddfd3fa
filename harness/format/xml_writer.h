/* SPDX-License-Identifier: MIT */
/*
 * XML 1.0 written into a buffer: well-formed whatever bytes arrive. What XML cannot hold (control
 * characters, U+FFFE, bytes that are not UTF-8) is written visibly, as \x1b or \u{fffe}. Elements are
 * indented by two spaces a level; an element with text stays on its line. The buffer is borrowed.
 */
#ifndef BDDRUN_FORMAT_XML_WRITER_H
#define BDDRUN_FORMAT_XML_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

enum { XML_WRITER_DEPTH = 16 };

struct xml_writer {
    struct buffer *out;
    unsigned depth; /* of open elements */
    const char *names[XML_WRITER_DEPTH];
    bool is_tag_open; /* attributes may follow */
    bool has_text;    /* of the innermost element */
};

/* depth: of the elements that are open already, written by somebody else. */
void xml_writer_init(struct xml_writer *writer, struct buffer *out, unsigned depth);

/* name is a literal: borrowed until the end of the element. */
void xml_begin(struct xml_writer *writer, const char *name);
void xml_end(struct xml_writer *writer);

void xml_attribute(struct xml_writer *writer, const char *name, struct text value);
void xml_attribute_number(struct xml_writer *writer, const char *name, uint64_t value);
void xml_text(struct xml_writer *writer, struct text text);

/* Adds text with markup escaped, as it may stand in an element or, with quotes and white space
 * escaped too, in an attribute. */
void xml_escape(struct buffer *out, struct text text);
void xml_escape_attribute(struct buffer *out, struct text text);

#endif
