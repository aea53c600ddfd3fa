/* SPDX-License-Identifier: MIT */
/*
 * Inside the wrapper of libxml2 only: the library, loaded when a document or an XPath is first
 * read. Linked as others are it would cost every start 2 ms (ICU and libstdc++ come with it), and
 * most runs read no markup. Where it cannot be loaded the process ends with what is missing: the
 * package depends on it.
 */
#ifndef BDDRUN_FORMAT_XML_LIBRARY_H
#define BDDRUN_FORMAT_XML_LIBRARY_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#define XML_LIBRARY_FUNCTIONS(USE)                                                             \
    USE(htmlReadMemory)                                                                        \
    USE(xmlCreatePushParserCtxt)                                                               \
    USE(xmlCtxtGetLastError)                                                                   \
    USE(xmlCtxtReadMemory)                                                                     \
    USE(xmlCtxtUseOptions)                                                                     \
    USE(xmlFreeDoc)                                                                            \
    USE(xmlFreeParserCtxt)                                                                     \
    USE(xmlGetProp)                                                                            \
    USE(xmlInitParser)                                                                         \
    USE(xmlNewParserCtxt)                                                                      \
    USE(xmlNodeGetContent)                                                                     \
    USE(xmlParseChunk)                                                                         \
    USE(xmlSetExternalEntityLoader)                                                            \
    USE(xmlSetStructuredErrorFunc)                                                             \
    USE(xmlStopParser)                                                                         \
    USE(xmlXPathCastToString)                                                                  \
    USE(xmlXPathCtxtCompile)                                                                   \
    USE(xmlXPathEvalExpression)                                                                \
    USE(xmlXPathFreeCompExpr)                                                                  \
    USE(xmlXPathFreeContext)                                                                   \
    USE(xmlXPathFreeObject)                                                                    \
    USE(xmlXPathNewContext)

struct xml_library {
#define XML_LIBRARY_MEMBER(function) __typeof__(function) *function;
    XML_LIBRARY_FUNCTIONS(XML_LIBRARY_MEMBER)
#undef XML_LIBRARY_MEMBER
    void (*free)(void *memory); /* xmlFree */
};

/* Initialised, with entity loading and messages switched off. */
const struct xml_library *xml_library(void);

#endif
