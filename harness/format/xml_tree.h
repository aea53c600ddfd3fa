/* SPDX-License-Identifier: MIT */
/*
 * The nodes of an XML or HTML document in document order, for those who make their own tree of it.
 */
#ifndef BDDRUN_FORMAT_XML_TREE_H
#define BDDRUN_FORMAT_XML_TREE_H

#include <stdbool.h>

#include "base/text.h"
#include "format/xml.h"

/* All texts are borrowed for the call. Names are as written, with their prefix. */
struct xml_visitor {
    void *context;
    void (*start)(void *context, struct text name);
    void (*attribute)(void *context, struct text name,
                      struct text value); /* of the last start */
    void (*text)(void *context, struct text text);
    void (*end)(void *context);
};

void xml_visit(const struct xml_document *document, const struct xml_visitor *visitor);

#endif
