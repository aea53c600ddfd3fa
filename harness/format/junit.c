/* SPDX-License-Identifier: MIT */
#include "format/junit.h"

#include <time.h>

#include "base/clock.h"
#include "format/xml_writer.h"

enum { SUITE_DEPTH = 1, CASE_DEPTH = 2 };

static void add_seconds(struct buffer *out, uint64_t duration_ns)
{
    uint64_t microseconds = duration_ns % NANOSECONDS_PER_SECOND / 1000;
    char decimals[7] = ".000000";
    for (size_t i = sizeof decimals - 1; i > 0; i--, microseconds /= 10)
        decimals[i] = (char)('0' + microseconds % 10);
    buffer_add_string(out, " time=\"");
    buffer_add_number(out, duration_ns / NANOSECONDS_PER_SECOND);
    buffer_add(out, text_make(decimals, sizeof decimals));
    buffer_add_byte(out, '"');
}

/* ISO 8601 without a zone, UTC: what Jenkins reads. */
static void add_timestamp(struct buffer *out, uint64_t realtime_ns)
{
    time_t seconds = (time_t)(realtime_ns / NANOSECONDS_PER_SECOND);
    struct tm utc;
    char printed[32];
    if (realtime_ns == 0 || !gmtime_r(&seconds, &utc) ||
        strftime(printed, sizeof printed, "%Y-%m-%dT%H:%M:%S", &utc) == 0)
        return;
    buffer_add_format(out, " timestamp=\"%s\"", printed);
}

static void add_counts(struct xml_writer *xml, const struct junit_counts *counts)
{
    xml_attribute_number(xml, "tests", counts->tests);
    xml_attribute_number(xml, "failures", counts->failures);
    xml_attribute_number(xml, "errors", 0);
}

static void add_properties(struct xml_writer *xml, const struct junit_property *properties,
                           size_t count)
{
    if (count == 0)
        return;
    xml_begin(xml, "properties");
    for (size_t i = 0; i < count; i++) {
        xml_begin(xml, "property");
        xml_attribute(xml, "name", text_of(properties[i].name));
        xml_attribute(xml, "value", properties[i].value);
        xml_end(xml);
    }
    xml_end(xml);
}

void junit_print_head(struct buffer *out, struct text name, const struct junit_counts *counts)
{
    struct xml_writer xml;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml_writer_init(&xml, out, 0);
    xml_begin(&xml, "testsuites");
    xml_attribute(&xml, "name", name);
    add_counts(&xml, counts);
    add_seconds(out, counts->duration_ns);
    buffer_add_string(out, ">\n");
}

void junit_print_suite_begin(struct buffer *out, const struct junit_suite *suite)
{
    struct xml_writer xml;
    xml_writer_init(&xml, out, SUITE_DEPTH);
    xml_begin(&xml, "testsuite");
    xml_attribute(&xml, "name", suite->name);
    add_counts(&xml, &suite->counts);
    xml_attribute_number(&xml, "skipped", suite->counts.skipped);
    add_seconds(out, suite->counts.duration_ns);
    add_timestamp(out, suite->started_ns);
    buffer_add_string(out, ">\n");
    xml_writer_init(&xml, out, CASE_DEPTH);
    add_properties(&xml, suite->properties, suite->property_count);
}

static void add_outcome(struct xml_writer *xml, const struct junit_case *each)
{
    if (each->outcome == JUNIT_PASSED)
        return;
    if (each->outcome == JUNIT_SKIPPED) {
        xml_begin(xml, "skipped");
        if (each->message.size > 0)
            xml_text(xml, each->message);
    } else {
        xml_begin(xml, "failure");
        xml_attribute(xml, "type", each->type);
        xml_attribute(xml, "message", each->message);
        if (each->details.size > 0)
            xml_text(xml, each->details);
    }
    xml_end(xml);
}

void junit_print_case(struct buffer *out, const struct junit_case *each, bool is_strict,
                      size_t *ret_name_end)
{
    struct xml_writer xml;
    xml_writer_init(&xml, out, CASE_DEPTH);
    xml_begin(&xml, "testcase");
    xml_attribute(&xml, "classname", each->class_name);
    xml_attribute(&xml, "name", each->name);
    if (ret_name_end)
        *ret_name_end = out->size - 1;
    if (!is_strict && each->file.size > 0)
        xml_attribute(&xml, "file", each->file);
    if (!is_strict && each->line > 0)
        xml_attribute_number(&xml, "line", each->line);
    add_seconds(out, each->duration_ns);
    if (!is_strict)
        add_properties(&xml, each->properties, each->property_count);
    add_outcome(&xml, each);
    if (each->output.size > 0) {
        xml_begin(&xml, "system-out");
        xml_text(&xml, each->output);
        xml_end(&xml);
    }
    xml_end(&xml);
}

void junit_print_suite_end(struct buffer *out, struct text notices)
{
    struct xml_writer xml;
    xml_writer_init(&xml, out, CASE_DEPTH);
    if (notices.size > 0) {
        xml_begin(&xml, "system-err");
        xml_text(&xml, notices);
        xml_end(&xml);
    }
    buffer_add_string(out, "  </testsuite>\n");
}

void junit_print_tail(struct buffer *out)
{
    buffer_add_string(out, "</testsuites>\n");
}
