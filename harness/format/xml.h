/* SPDX-License-Identifier: MIT */
/*
 * XML and HTML documents from memory and XPath 1.0 over them (libxml2, in this wrapper only). No
 * network, no file, no declared entity is ever expanded or loaded; depth, size and the work of an
 * XPath are limited. Nothing is printed: errors come back as text. Results are copied into the
 * caller's arena, so they outlive the document.
 */
#ifndef BDDRUN_FORMAT_XML_H
#define BDDRUN_FORMAT_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

enum xml_flavour { XML_STRICT, XML_HTML };

struct xml_document; /* heap */

/* NULL with *ret_error (in the arena: line, column, what is wrong): not XML. HTML is never wrong. */
struct xml_document *xml_parse(struct text bytes, enum xml_flavour flavour, struct arena *arena,
                               struct text *ret_error) MUST_CHECK;
void xml_free(struct xml_document *document);     /* NULL is allowed */
void xml_release(struct xml_document **document); /* for CLEANUP */

/* What an XPath selects: the string value of each node, or one text for a number, boolean or
 * string. */
struct xml_result {
    struct text *list;
    size_t count;
};

/* False with *ret_error: not an XPath, or too much work. */
bool xml_select(struct xml_document *document, struct text xpath, struct arena *arena,
                struct xml_result *ret_result, struct text *ret_error) MUST_CHECK;

/* Whether the text is an XPath at all, without a document. */
bool xml_xpath_check(struct text xpath, struct arena *arena, struct text *ret_error) MUST_CHECK;

struct xml_field {
    struct text name;
    struct text value;
};

/* An HTML form as a browser would submit it untouched: hidden and text fields, checked boxes,
 * selected options, text areas; not buttons, files or disabled fields. */
struct xml_form {
    struct text action; /* as written; empty: the page itself */
    struct text method; /* upper case; GET where none is given */
    bool is_multipart;  /* enctype="multipart/form-data" */
    struct xml_field *fields;
    size_t field_count;
};

/* False with *ret_error: nothing, more than one node, or no form. */
bool xml_form(struct xml_document *document, struct text xpath, struct arena *arena,
              struct xml_form *ret_form, struct text *ret_error) MUST_CHECK;

#endif
