/* SPDX-License-Identifier: MIT */
/* SonarQube's generic test coverage, version 1. */
#include "coverage/readers/readers.h"
#include "coverage/xml_reading.h"

static bool recognises(const struct coverage_reading *reading)
{
    return xml_head_is(reading, "coverage") && xml_head_has(reading, "version=\"1\"") &&
           xml_head_has(reading, "<file") && xml_head_has(reading, "lineToCover");
}

static void read_line(struct xml_reading *xml, const struct xml_element *element)
{
    uint32_t number;
    struct ratio branches;
    struct text covered = xml_element_value(element, "covered");
    if (!xml->reading->filler.file || !xml_line(xml, element, "lineNumber", &number) ||
        !xml_count(xml, element, "branchesToCover", 0, &branches.total) ||
        !xml_count(xml, element, "coveredBranches", 0, &branches.covered)) {
        return;
    }
    bool is_covered = text_equal_ignoring_case(covered, TEXT("true"));
    if (!is_covered && !text_equal_ignoring_case(covered, TEXT("false"))) {
        xml_damaged(xml, "write true or false", "neither true nor false is in", "covered");
        return;
    }
    filler_line(&xml->reading->filler, number, is_covered);
    xml_branches(xml, number, branches);
}

static void begin(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    struct xml_reading *xml = context;
    xml->scan = scan;
    if (text_is(element->name, "lineToCover")) {
        read_line(xml, element);
    } else if (text_is(element->name, "file")) {
        xml_begin_file(xml, xml_element_value(element, "path"));
    } else if (element->depth == 1 && !text_is(xml_element_value(element, "version"), "1")) {
        xml_damaged(xml, "version 1 is the only one", "this reader knows no such", "version");
    }
}

static void end(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    (void)scan;
    struct xml_reading *xml = context;
    if (text_is(element->name, "file")) {
        reading_end(xml->reading);
    }
}

static bool read(struct coverage_reading *reading)
{
    struct xml_reading xml = { .reading = reading };
    return xml_read(reading,
                    &(struct xml_events){ .context = &xml, .begin = begin, .end = end });
}

const struct coverage_reader coverage_reader_sonar = {
    .name = "sonar",
    .title = "Sonar's generic coverage",
    .syntax = SYNTAX_XML,
    .recognises = recognises,
    .read = read,
};
