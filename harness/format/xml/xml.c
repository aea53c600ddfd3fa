/* SPDX-License-Identifier: MIT */
#include "format/xml.h"

#include <limits.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "format/xml/library.h"
#include "format/xml/node.h"

enum { XPATH_OPERATIONS_LIMIT = 10000000 };

/* An entity that the document declares stays a reference: its text never becomes content. */
static bool declares_entities(const xmlDoc *tree)
{
    return tree->intSubset && tree->intSubset->entities;
}

static struct text describe(struct arena *arena, const xmlError *error)
{
    if (!error || !error->message) {
        return TEXT("it cannot be read");
    }
    struct text message = text_trim(text_of(error->message));
    return arena_format(arena, "line %d, column %d: %.*s", error->line, error->int2,
                        TEXT_ARG(message));
}

static xmlDocPtr read_xml(struct text bytes, struct arena *arena, struct text *ret_error)
{
    xmlParserCtxtPtr context = xml_library()->xmlNewParserCtxt();
    if (!context) {
        BUG("libxml2 gives no parser");
    }
    xmlDocPtr tree = xml_library()->xmlCtxtReadMemory(
        context, bytes.at, (int)bytes.size, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    if (!tree) {
        *ret_error = describe(arena, xml_library()->xmlCtxtGetLastError(context));
    } else if (declares_entities(tree)) {
        *ret_error = TEXT("it declares entities, which are never expanded");
        xml_library()->xmlFreeDoc(tree);
        tree = NULL;
    }
    xml_library()->xmlFreeParserCtxt(context);
    return tree;
}

struct xml_document *xml_parse(struct text bytes, enum xml_flavour flavour, struct arena *arena,
                               struct text *ret_error)
{
    *ret_error = TEXT("it is too large");
    if (bytes.size > INT_MAX) {
        return NULL;
    }
    if (bytes.size == 0) {
        *ret_error = TEXT("it is empty");
        return NULL;
    }
    xmlDocPtr tree =
        flavour == XML_HTML
            ? xml_library()->htmlReadMemory(bytes.at, (int)bytes.size, NULL, "UTF-8",
                                            HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                                HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER)
            : read_xml(bytes, arena, ret_error);
    if (!tree) {
        return NULL;
    }
    struct xml_document *document = alloc_or_die(1, sizeof *document);
    document->tree = tree;
    return document;
}

void xml_free(struct xml_document *document)
{
    if (document) {
        xml_library()->xmlFreeDoc(document->tree);
        free(document);
    }
}

void xml_release(struct xml_document **document)
{
    xml_free(*document);
    *document = NULL;
}

/* --- XPath --- */

static struct text node_text(struct arena *arena, const xmlNode *node)
{
    xmlChar *content = xml_library()->xmlNodeGetContent(node);
    struct text text = arena_text(arena, text_of(content ? (const char *)content : ""));
    xml_library()->free(content);
    return text;
}

static void keep_nodes(const xmlNodeSet *nodes, struct arena *arena, struct xml_result *result)
{
    result->count = nodes ? (size_t)nodes->nodeNr : 0;
    result->list = ARENA_ARRAY(arena, result->count, struct text);
    for (size_t i = 0; i < result->count; i++) {
        result->list[i] = node_text(arena, nodes->nodeTab[i]);
    }
}

static void keep_value(xmlXPathObjectPtr object, struct arena *arena, struct xml_result *result)
{
    xmlChar *text = xml_library()->xmlXPathCastToString(object);
    result->count = 1;
    result->list = ARENA_ARRAY(arena, 1, struct text);
    result->list[0] = arena_text(arena, text_of((const char *)text));
    xml_library()->free(text);
}

xmlXPathObjectPtr xml_node_select(struct xml_document *document, struct text xpath,
                                  struct arena *arena, struct text *ret_error)
{
    xmlXPathContextPtr context = xml_library()->xmlXPathNewContext(document->tree);
    if (!context) {
        BUG("libxml2 gives no XPath context");
    }
    context->opLimit = XPATH_OPERATIONS_LIMIT;
    xmlXPathObjectPtr object = xml_library()->xmlXPathEvalExpression(
        (const xmlChar *)arena_string(arena, xpath), context);
    if (!object) {
        bool is_costly =
            context->lastError.code == XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED;
        *ret_error =
            is_costly ? TEXT("it takes too much work") : TEXT("it is not an XPath expression");
    }
    xml_library()->xmlXPathFreeContext(context);
    return object;
}

bool xml_select(struct xml_document *document, struct text xpath, struct arena *arena,
                struct xml_result *ret_result, struct text *ret_error)
{
    xmlXPathObjectPtr object = xml_node_select(document, xpath, arena, ret_error);
    if (!object) {
        return false;
    }
    if (object->type == XPATH_NODESET) {
        keep_nodes(object->nodesetval, arena, ret_result);
    } else {
        keep_value(object, arena, ret_result);
    }
    xml_library()->xmlXPathFreeObject(object);
    return true;
}

bool xml_xpath_check(struct text xpath, struct arena *arena, struct text *ret_error)
{
    xmlXPathContextPtr context = xml_library()->xmlXPathNewContext(NULL);
    xmlXPathCompExprPtr compiled = xml_library()->xmlXPathCtxtCompile(
        context, (const xmlChar *)arena_string(arena, xpath));
    if (!compiled) {
        *ret_error = TEXT("it is not an XPath expression");
    }
    bool is_xpath = compiled != NULL;
    xml_library()->xmlXPathFreeCompExpr(compiled);
    xml_library()->xmlXPathFreeContext(context);
    return is_xpath;
}
