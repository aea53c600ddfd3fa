/* SPDX-License-Identifier: MIT */
#include "coverage/xml_reading.h"

#include <string.h>

bool xml_read(struct coverage_reading *reading, const struct xml_events *events)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct xml_fault fault;
    if (xml_scan(reading->source->bytes, events, &arena, &fault)) {
        return true;
    }
    struct span at = span_make(reading->source, fault.offset, fault.offset);
    reading_damaged(reading, at, "write it again; was the copy cut short?",
                    "this is not well-formed XML: %.*s", TEXT_ARG(fault.message));
    return false;
}

void xml_damaged(struct xml_reading *xml, const char *hint, const char *what,
                 const char *attribute)
{
    size_t start;
    size_t end;
    xml_scan_place(xml->scan, &start, &end);
    reading_damaged(xml->reading, span_make(xml->reading->source, start, end), hint, "%s '%s'",
                    what, attribute);
}

bool xml_line(struct xml_reading *xml, const struct xml_element *element, const char *name,
              uint32_t *ret_number)
{
    struct text value = xml_element_value(element, name);
    if (reading_line_number(value, ret_number)) {
        return true;
    }
    if (value.at && !text_is(value, "0")) {
        xml_damaged(xml, "lines are numbered from 1; write the file again",
                    "no line number is in", name);
    }
    return false;
}

bool xml_count(struct xml_reading *xml, const struct xml_element *element, const char *name,
               uint64_t fallback, uint64_t *ret_count)
{
    struct text value = xml_element_value(element, name);
    if (!value.at) {
        *ret_count = fallback;
        return true;
    }
    uint64_t count;
    if (text_to_uint64(value, &count)) {
        *ret_count = count;
        return true;
    }
    size_t start;
    size_t end;
    xml_scan_place(xml->scan, &start, &end);
    struct span at = span_make(xml->reading->source, start, end);
    bool is_count = reading_count(xml->reading, value, at, ret_count);
    if (!is_count) {
        xml_damaged(xml, "a count is a whole number; write the file again", "no count is in",
                    name);
    }
    return is_count;
}

/* No report that tells the truth has more branches than bytes. */
void xml_branches(struct xml_reading *xml, uint32_t line, struct ratio ratio)
{
    uint64_t most = xml->reading->source->bytes.size;
    if (ratio.total > most || (xml->branches += ratio.total) > most ||
        ratio.covered > ratio.total) {
        xml_damaged(xml, "write the file again", "no such number of branches can be on",
                    "line");
        xml->branches = 0;
        return;
    }
    for (uint32_t i = 0; i < ratio.total; i++) {
        filler_branch(
            &xml->reading->filler,
            (struct coverage_branch){ .line = line, .id = i, .taken = i < ratio.covered });
    }
}

void xml_begin_file(struct xml_reading *xml, struct text path)
{
    size_t start;
    size_t end;
    struct span at = span_none();
    if (path.size == 0) {
        xml_scan_place(xml->scan, &start, &end);
        at = span_make(xml->reading->source, start, end);
    }
    (void)!reading_begin(xml->reading, path, at);
}

uint64_t xml_timestamp_s(struct text number)
{
    const double least_ms = 1e11; /* as seconds, the year 5138 */
    double value;
    if (!text_to_double(number, &value) || !(value > 0) || value > 1e15) {
        return 0;
    }
    return (uint64_t)(value >= least_ms ? value / 1000 : value);
}

static bool ends_name(char byte)
{
    return byte && strchr(" \t\r\n/>", byte);
}

bool xml_head_is(const struct coverage_reading *reading, const char *root)
{
    struct text name = text_of(root);
    struct text head = reading->head;
    return head.size > name.size + 1 && text_equal(text_slice(head, 1, name.size + 1), name) &&
           ends_name(head.at[name.size + 1]);
}

bool xml_head_has(const struct coverage_reading *reading, const char *part)
{
    return text_contains(reading->head, text_of(part));
}
