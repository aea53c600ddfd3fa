/* SPDX-License-Identifier: MIT */
/*
 * Cobertura's XML (coverage-04.dtd), as coverage.py, gcovr, coverlet and many others write it. Only
 * lines of classes count: those of methods are the same again. Its rates are never believed.
 */
#include <string.h>

#include "base/buffer.h"
#include "coverage/readers/readers.h"
#include "coverage/xml_reading.h"

enum { METHOD_NAME_BYTES = 512, FOLDER_LIMIT = 4096 };

struct cobertura {
    struct xml_reading xml;
    bool is_in_class;
    bool is_in_method;
    bool is_in_source;
    size_t source_count;
    struct buffer folder; /* the first source */
    struct coverage_function method;
    char method_name[METHOD_NAME_BYTES];
};

static bool recognises(const struct coverage_reading *reading)
{
    bool is_root = xml_head_is(reading, "coverage") || xml_head_is(reading, "scoverage");
    return is_root &&
           (xml_head_has(reading, "line-rate=") || xml_head_has(reading, "<packages") ||
            xml_head_has(reading, "<sources") || xml_head_has(reading, "statement-rate="));
}

/* "50% (1/2)" */
static bool read_conditions(struct text text, struct ratio *ret_ratio)
{
    size_t open = text_find_byte(text, '(', 0);
    size_t slash = text_find_byte(text, '/', open);
    size_t close = text_find_byte(text, ')', slash);
    return close < text.size &&
           text_to_uint64(text_trim(text_slice(text, open + 1, slash)), &ret_ratio->covered) &&
           text_to_uint64(text_trim(text_slice(text, slash + 1, close)), &ret_ratio->total);
}

static void read_method_line(struct cobertura *cobertura, uint32_t number, uint64_t hits)
{
    struct coverage_function *method = &cobertura->method;
    method->line = method->line == 0 || number < method->line ? number : method->line;
    method->end_line = number > method->end_line ? number : method->end_line;
    method->count = hits > method->count ? hits : method->count;
}

static void read_line(struct cobertura *cobertura, const struct xml_element *element)
{
    struct xml_reading *xml = &cobertura->xml;
    uint32_t number;
    uint64_t hits;
    if (!xml->reading->filler.file || !xml_line(xml, element, "number", &number) ||
        !xml_count(xml, element, "hits", 0, &hits)) {
        return;
    }
    if (cobertura->is_in_method) {
        read_method_line(cobertura, number, hits);
        return;
    }
    filler_line(&xml->reading->filler, number, hits);
    struct text conditions = xml_element_value(element, "condition-coverage");
    struct ratio ratio;
    if (text_equal_ignoring_case(xml_element_value(element, "branch"), TEXT("true")) &&
        read_conditions(conditions, &ratio)) {
        xml_branches(xml, number, ratio);
    }
}

static void begin_method(struct cobertura *cobertura, const struct xml_element *element)
{
    struct text name = xml_element_value(element, "name");
    struct text signature = xml_element_value(element, "signature");
    size_t size = name.size < METHOD_NAME_BYTES ? name.size : METHOD_NAME_BYTES;
    size_t room = METHOD_NAME_BYTES - size;
    size_t rest = signature.size < room ? signature.size : room;
    if (size) {
        memcpy(cobertura->method_name, name.at, size);
    }
    if (rest) {
        memcpy(cobertura->method_name + size, signature.at, rest);
    }
    cobertura->is_in_method = true;
    cobertura->method =
        (struct coverage_function){ .name = text_make(cobertura->method_name, size + rest) };
}

static void end_method(struct cobertura *cobertura)
{
    struct coverage_reading *reading = cobertura->xml.reading;
    cobertura->is_in_method = false;
    if (cobertura->method.line && reading->filler.file) {
        cobertura->method.name = reading_keep(reading, cobertura->method.name);
        filler_function(&reading->filler, cobertura->method);
    }
}

/* With several sources a file may be in any of them. */
static void begin_class(struct cobertura *cobertura, const struct xml_element *element)
{
    struct coverage_filler *filler = &cobertura->xml.reading->filler;
    xml_begin_file(&cobertura->xml, xml_element_value(element, "filename"));
    if (filler->file && filler->file->folder.size == 0 && cobertura->source_count == 1) {
        filler->file->folder =
            arena_text(&filler->coverage->arena, text_trim(buffer_text(&cobertura->folder)));
    }
}

static void read_text(void *context, struct xml_scan *scan, struct text text)
{
    (void)scan;
    struct cobertura *cobertura = context;
    if (cobertura->is_in_source && cobertura->source_count == 1) {
        buffer_add(&cobertura->folder, text);
    }
}

static void begin(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    struct cobertura *cobertura = context;
    struct coverage_reading *reading = cobertura->xml.reading;
    cobertura->xml.scan = scan;
    if (text_is(element->name, "line")) {
        read_line(cobertura, element);
    } else if (text_is(element->name, "class")) {
        begin_class(cobertura, element);
    } else if (text_is(element->name, "method")) {
        begin_method(cobertura, element);
    } else if (text_is(element->name, "source")) {
        cobertura->is_in_source = true;
        cobertura->source_count++;
    } else if (element->depth == 1) {
        reading->timestamp_s = xml_timestamp_s(xml_element_value(element, "timestamp"));
    }
}

static void end(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    struct cobertura *cobertura = context;
    cobertura->xml.scan = scan;
    if (text_is(element->name, "method")) {
        end_method(cobertura);
    } else if (text_is(element->name, "source")) {
        cobertura->is_in_source = false;
    } else if (text_is(element->name, "class")) {
        reading_end(cobertura->xml.reading);
    }
}

static bool read(struct coverage_reading *reading)
{
    struct cobertura cobertura = { .xml = { .reading = reading } };
    reading->filler.takes_greatest_line = true;
    buffer_init(&cobertura.folder, FOLDER_LIMIT);
    bool is_read = xml_read(
        reading, &(struct xml_events){
                     .context = &cobertura, .begin = begin, .end = end, .text = read_text });
    buffer_release(&cobertura.folder);
    return is_read;
}

const struct coverage_reader coverage_reader_cobertura = {
    .name = "cobertura",
    .title = "Cobertura",
    .syntax = SYNTAX_XML,
    .recognises = recognises,
    .read = read,
};
