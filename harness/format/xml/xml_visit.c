/* SPDX-License-Identifier: MIT */
#include "format/xml_tree.h"

#include <libxml/tree.h>

#include "base/buffer.h"
#include "format/xml/library.h"
#include "format/xml/node.h"

static struct text text_of_xml(const xmlChar *text)
{
    return text ? text_of((const char *)text) : TEXT_EMPTY;
}

/* "prefix:name", in the buffer. */
static struct text full_name(struct buffer *name, const xmlNs *space, const xmlChar *local)
{
    buffer_clear(name);
    if (space && space->prefix) {
        buffer_add(name, text_of_xml(space->prefix));
        buffer_add_byte(name, ':');
    }
    buffer_add(name, text_of_xml(local));
    return buffer_text(name);
}

static void visit_attributes(const xmlNode *node, const struct xml_visitor *visitor,
                             struct buffer *name)
{
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        xmlChar *value = xml_library()->xmlNodeGetContent((const xmlNode *)attribute);
        visitor->attribute(visitor->context, full_name(name, attribute->ns, attribute->name),
                           text_of_xml(value));
        xml_library()->free(value);
    }
}

static void enter(const xmlNode *node, const struct xml_visitor *visitor, struct buffer *name)
{
    if (node->type == XML_ELEMENT_NODE) {
        visitor->start(visitor->context, full_name(name, node->ns, node->name));
        visit_attributes(node, visitor, name);
    } else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        visitor->text(visitor->context, text_of_xml(node->content));
    }
}

static void leave(const xmlNode *node, const struct xml_visitor *visitor)
{
    if (node->type == XML_ELEMENT_NODE) {
        visitor->end(visitor->context);
    }
}

/* The node after this one and what is in it, below root; those that end are left. */
static const xmlNode *after(const xmlNode *node, const xmlNode *root,
                            const struct xml_visitor *visitor)
{
    while (node != root && !node->next) {
        leave(node, visitor);
        node = node->parent;
    }
    leave(node, visitor);
    return node == root ? NULL : node->next;
}

void xml_visit(const struct xml_document *document, const struct xml_visitor *visitor)
{
    const xmlNode *root = document->tree->children;
    while (root && root->type != XML_ELEMENT_NODE) {
        root = root->next;
    }
    struct buffer name CLEANUP(buffer_release);
    buffer_init(&name, BUFFER_NO_LIMIT); /* by the document */
    const xmlNode *node = root;
    while (node) {
        enter(node, visitor, &name);
        bool has_inner = node->type == XML_ELEMENT_NODE && node->children;
        node = has_inner ? node->children : after(node, root, visitor);
    }
}
