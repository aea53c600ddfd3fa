/* SPDX-License-Identifier: MIT */
/*
 * JaCoCo's XML (report.dtd 1.1): lines of source files, methods of classes; packages may stand in
 * groups, one for each module. A path is package/sourcefile: the source root is not told.
 */
#include "base/buffer.h"
#include "coverage/readers/readers.h"
#include "coverage/records.h"
#include "coverage/xml_reading.h"

enum { PATH_LIMIT = 4096 };

struct jacoco {
    struct xml_reading xml;
    struct buffer package;
    struct buffer path;
    bool is_in_source; /* else in a class */
    bool has_method;
    struct coverage_function method;
};

static bool recognises(const struct coverage_reading *reading)
{
    return xml_head_is(reading, "report") &&
           (xml_head_has(reading, "<package") || xml_head_has(reading, "<group") ||
            xml_head_has(reading, "<counter") || xml_head_has(reading, "<sessioninfo"));
}

static void begin_file(struct jacoco *jacoco, struct text name)
{
    buffer_clear(&jacoco->path);
    buffer_add(&jacoco->path, buffer_text(&jacoco->package));
    buffer_add_string(&jacoco->path, jacoco->package.size ? "/" : "");
    buffer_add(&jacoco->path, name);
    xml_begin_file(&jacoco->xml, name.size ? buffer_text(&jacoco->path) : TEXT_EMPTY);
}

static void read_line(struct jacoco *jacoco, const struct xml_element *element)
{
    struct xml_reading *xml = &jacoco->xml;
    uint32_t number;
    uint64_t covered;
    uint64_t missed;
    struct ratio branches;
    if (xml->reading->filler.file && xml_line(xml, element, "nr", &number) &&
        xml_count(xml, element, "ci", 0, &covered) &&
        xml_count(xml, element, "mb", 0, &missed) &&
        xml_count(xml, element, "cb", 0, &branches.covered)) {
        branches.total = saturating_add(branches.covered, missed);
        filler_line(&xml->reading->filler, number, covered);
        xml_branches(xml, number, branches);
    }
}

static void begin_method(struct jacoco *jacoco, const struct xml_element *element)
{
    struct coverage_reading *reading = jacoco->xml.reading;
    uint32_t line = 0;
    (void)!reading_line_number(xml_element_value(element, "line"), &line);
    jacoco->has_method = reading->filler.file != NULL;
    jacoco->method = (struct coverage_function){
        .line = line,
        .name = reading_keep_both(reading, xml_element_value(element, "name"),
                                  xml_element_value(element, "desc"))
    };
}

static void read_counter(struct jacoco *jacoco, const struct xml_element *element)
{
    if (jacoco->has_method && text_is(xml_element_value(element, "type"), "METHOD") &&
        xml_count(&jacoco->xml, element, "covered", 0, &jacoco->method.count)) {
        filler_function(&jacoco->xml.reading->filler, jacoco->method);
    }
}

static void begin_other(struct jacoco *jacoco, const struct xml_element *element)
{
    if (text_is(element->name, "package")) {
        buffer_clear(&jacoco->package);
        buffer_add(&jacoco->package, xml_element_value(element, "name"));
    } else if (text_is(element->name, "sessioninfo")) {
        uint64_t at_s = xml_timestamp_s(xml_element_value(element, "dump"));
        uint64_t *timestamp_s = &jacoco->xml.reading->timestamp_s;
        *timestamp_s = at_s > *timestamp_s ? at_s : *timestamp_s;
    }
}

static void begin(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    struct jacoco *jacoco = context;
    jacoco->xml.scan = scan;
    if (text_is(element->name, "line")) {
        read_line(jacoco, element);
    } else if (text_is(element->name, "sourcefile")) {
        begin_file(jacoco, xml_element_value(element, "name"));
    } else if (text_is(element->name, "class") &&
               xml_element_value(element, "sourcefilename").size) {
        begin_file(jacoco, xml_element_value(element, "sourcefilename"));
    } else if (text_is(element->name, "method")) {
        begin_method(jacoco, element);
    } else if (text_is(element->name, "counter")) {
        read_counter(jacoco, element);
    } else {
        begin_other(jacoco, element);
    }
}

static void end(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    (void)scan;
    struct jacoco *jacoco = context;
    if (text_is(element->name, "method")) {
        jacoco->has_method = false;
    } else if (text_is(element->name, "sourcefile") || text_is(element->name, "class")) {
        reading_end(jacoco->xml.reading);
    } else if (text_is(element->name, "package")) {
        buffer_clear(&jacoco->package);
    }
}

static bool read(struct coverage_reading *reading)
{
    struct jacoco jacoco = { .xml = { .reading = reading } };
    buffer_init(&jacoco.package, PATH_LIMIT);
    buffer_init(&jacoco.path, 2 * (size_t)PATH_LIMIT);
    bool is_read = xml_read(
        reading, &(struct xml_events){ .context = &jacoco, .begin = begin, .end = end });
    buffer_release(&jacoco.package);
    buffer_release(&jacoco.path);
    return is_read;
}

const struct coverage_reader coverage_reader_jacoco = {
    .name = "jacoco",
    .title = "JaCoCo",
    .syntax = SYNTAX_XML,
    .recognises = recognises,
    .read = read,
};
