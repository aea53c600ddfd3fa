/* SPDX-License-Identifier: MIT */
/* Inside the wrapper of libxml2 only: the nodes that an XPath selects. */
#ifndef BDDRUN_FORMAT_XML_NODE_H
#define BDDRUN_FORMAT_XML_NODE_H

#include <libxml/xpath.h>

#include "format/xml.h"

struct xml_document {
    xmlDocPtr tree;
};

/* NULL with *ret_error. Freed with xmlXPathFreeObject. */
xmlXPathObjectPtr xml_node_select(struct xml_document *document, struct text xpath,
                                  struct arena *arena, struct text *ret_error);

#endif
