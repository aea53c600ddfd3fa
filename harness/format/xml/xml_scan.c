/* SPDX-License-Identifier: MIT */
#include "format/xml_scan.h"

#include <limits.h>
#include <string.h>

#include "format/xml/library.h"

enum { PART_BYTES = 1 << 18, ATTRIBUTES_LIMIT = 64, DEPTH_LIMIT = 256 };

struct xml_scan {
    const struct xml_events *events;
    struct text bytes;
    xmlParserCtxtPtr parser;
    size_t depth;
    const char *refusal; /* of ours, not of libxml2 */
};

static struct text text_of_name(const xmlChar *name)
{
    return text_of((const char *)name);
}

/* libxml2 hands over five pointers for each: name, prefix, URI, value, end of value. */
static size_t collect(const xmlChar **raw, int count, struct xml_attribute *attributes)
{
    size_t kept = 0;
    for (int i = 0; i < count && kept < ATTRIBUTES_LIMIT; i++, raw += 5) {
        const char *value = (const char *)raw[3];
        attributes[kept++] =
            (struct xml_attribute){ text_of_name(raw[0]),
                                    text_make(value, (size_t)((const char *)raw[4] - value)) };
    }
    return kept;
}

static void refuse(struct xml_scan *scan, const char *why)
{
    if (!scan->refusal) {
        scan->refusal = why;
        xml_library()->xmlStopParser(scan->parser);
    }
}

/* libxml2 says which parameters. */
/* NOLINTNEXTLINE(readability-function-size) */
static void begin(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int namespace_count, const xmlChar **namespaces, int attribute_count,
                  int defaulted_count, const xmlChar **raw)
{
    (void)prefix;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted_count;
    struct xml_scan *scan = context;
    if (++scan->depth > DEPTH_LIMIT) {
        refuse(scan, "elements are nested too deeply");
        return;
    }
    struct xml_attribute attributes[ATTRIBUTES_LIMIT];
    struct xml_element element = {
        .name = text_of_name(name),
        .attributes = attributes,
        .attribute_count = collect(raw, attribute_count, attributes),
        .depth = scan->depth,
    };
    scan->events->begin(scan->events->context, scan, &element);
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix;
    (void)uri;
    struct xml_scan *scan = context;
    struct xml_element element = { .name = text_of_name(name), .depth = scan->depth };
    if (scan->events->end && !scan->refusal) {
        scan->events->end(scan->events->context, scan, &element);
    }
    scan->depth--;
}

static void add_text(void *context, const xmlChar *text, int size)
{
    struct xml_scan *scan = context;
    if (!scan->refusal) {
        scan->events->text(scan->events->context, scan,
                           text_make((const char *)text, (size_t)size));
    }
}

/* NOLINTBEGIN(readability-non-const-parameter): libxml2 says which parameters */
static void declare_entity(void *context, const xmlChar *name, int type,
                           const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    refuse(context, "it declares entities, which are never expanded");
}
/* NOLINTEND(readability-non-const-parameter) */

static void ignore_error(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

/* --- places --- */

static size_t line_start(struct text bytes, int line)
{
    size_t start = 0;
    for (int i = 1; i < line && start < bytes.size; i++) {
        start = text_find_byte(bytes, '\n', start) + 1;
    }
    return start < bytes.size ? start : bytes.size;
}

static size_t place(struct text bytes, int line, int column)
{
    size_t start = line_start(bytes, line);
    size_t line_end = text_find_byte(bytes, '\n', start);
    size_t at = start + (size_t)(column > 0 ? column - 1 : 0);
    return at < line_end ? at : line_end;
}

/* The parser stands behind the attributes of a begun element, or behind an ended one. */
void xml_scan_place(struct xml_scan *scan, size_t *ret_start, size_t *ret_end)
{
    const xmlParserInput *input = scan->parser->input;
    size_t at = place(scan->bytes, input->line, input->col);
    size_t start = at;
    while (start > 0 && scan->bytes.at[start] != '<') {
        start--;
    }
    size_t end_of_tag = text_find_byte(scan->bytes, '>', at);
    *ret_start = start;
    *ret_end = end_of_tag < scan->bytes.size ? end_of_tag + 1 : end_of_tag;
}

static void tell(struct xml_scan *scan, struct arena *arena, struct xml_fault *ret_fault)
{
    if (scan->refusal) {
        size_t tag_end;
        xml_scan_place(scan, &ret_fault->offset, &tag_end);
        ret_fault->message = text_of(scan->refusal);
        return;
    }
    const xmlError *error = xml_library()->xmlCtxtGetLastError(scan->parser);
    bool is_told = error && error->message;
    ret_fault->offset = is_told ? place(scan->bytes, error->line, error->int2) : 0;
    ret_fault->message = is_told ? arena_text(arena, text_trim(text_of(error->message)))
                                 : TEXT("it cannot be read");
}

/* --- the scan --- */

static bool push(struct xml_scan *scan)
{
    int code = 0;
    for (size_t at = 0; at < scan->bytes.size && code == 0; at += PART_BYTES) {
        struct text part = text_slice(scan->bytes, at, at + PART_BYTES);
        code = xml_library()->xmlParseChunk(scan->parser, part.at, (int)part.size, 0);
    }
    if (code == 0) {
        code = xml_library()->xmlParseChunk(scan->parser, NULL, 0, 1);
    }
    return code == 0 && !scan->refusal;
}

bool xml_scan(struct text bytes, const struct xml_events *events, struct arena *arena,
              struct xml_fault *ret_fault)
{
    struct xml_scan scan = { .events = events, .bytes = bytes };
    xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
                              .startElementNs = begin,
                              .endElementNs = end,
                              .characters = events->text ? add_text : NULL,
                              .cdataBlock = events->text ? add_text : NULL,
                              .entityDecl = declare_entity,
                              .serror = ignore_error };
    scan.parser = xml_library()->xmlCreatePushParserCtxt(&handler, &scan, NULL, 0, NULL);
    if (!scan.parser) {
        BUG("libxml2 gives no parser");
    }
    xml_library()->xmlCtxtUseOptions(scan.parser, XML_PARSE_NONET);
    bool is_xml = push(&scan);
    if (!is_xml) {
        tell(&scan, arena, ret_fault);
    }
    xml_library()->xmlFreeDoc(scan.parser->myDoc); /* made for the entities it declares */
    xml_library()->xmlFreeParserCtxt(scan.parser);
    return is_xml;
}

struct text xml_element_value(const struct xml_element *element, const char *name)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        if (text_is(element->attributes[i].name, name)) {
            return element->attributes[i].value;
        }
    }
    return (struct text){ NULL, 0 };
}
