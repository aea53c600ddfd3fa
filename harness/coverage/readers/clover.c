/* SPDX-License-Identifier: MIT */
/*
 * Clover's XML, of which there are three dialects. PHPUnit: a line that is a method and executable
 * is told as the method only, so the metrics of the file say what the lines do not, and a method is
 * covered when all of it is. Istanbul: `cond` lines count as lines, their counts are covered and
 * missed branches. OpenClover: the counts of `cond` are evaluations to true and to false.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "coverage/readers/readers.h"
#include "coverage/records.h"
#include "coverage/unlisted.h"
#include "coverage/xml_reading.h"

struct clover {
    struct xml_reading xml;
    size_t file_depth;              /* 0: not in a file */
    struct coverage_totals listed;  /* of this file */
    struct coverage_totals metrics; /* as this file says */
    bool is_of_clover;              /* OpenClover or Istanbul, else PHPUnit */
    struct record_list methods;     /* struct coverage_function, of this file */
    struct record_list missed;      /* uint32_t: statements not covered, of this file */
};

static bool recognises(const struct coverage_reading *reading)
{
    return xml_head_is(reading, "coverage") &&
           (xml_head_has(reading, "<project") || xml_head_has(reading, "clover="));
}

static void count(struct ratio *ratio, bool is_covered)
{
    ratio->total++;
    ratio->covered += is_covered;
}

static void read_method(struct clover *clover, const struct xml_element *element,
                        uint32_t number, uint64_t hits)
{
    struct text name = xml_element_value(element, "name");
    struct text signature = xml_element_value(element, "signature");
    struct record_list *methods = &clover->methods;
    struct coverage_function *list = methods->at;
    methods->at = GROW(list, methods->count, methods->capacity);
    list[methods->count++] = (struct coverage_function){
        .name = reading_keep(clover->xml.reading, name.size ? name : signature),
        .line = number,
        .count = hits,
    };
}

static void read_statement(struct clover *clover, uint32_t number, uint64_t hits)
{
    struct record_list *missed = &clover->missed;
    uint32_t *list = missed->at;
    filler_line(&clover->xml.reading->filler, number, hits);
    count(&clover->listed.lines, hits > 0);
    if (hits == 0) {
        missed->at = GROW(list, missed->count, missed->capacity);
        list[missed->count++] = number;
    }
}

static int compare_methods(const void *a, const void *b)
{
    const struct coverage_function *x = a;
    const struct coverage_function *y = b;
    return x->line < y->line ? -1 : x->line > y->line;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a;
    const uint32_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* A method reaches to the next one. To PHPUnit it is covered when no line of it was missed. */
static void end_methods(struct clover *clover)
{
    struct coverage_function *methods = clover->methods.at;
    const uint32_t *missed = clover->missed.at;
    size_t next_missed = 0;
    if (clover->methods.count) {
        qsort(methods, clover->methods.count, sizeof *methods, compare_methods);
    }
    if (clover->missed.count) {
        qsort(clover->missed.at, clover->missed.count, sizeof *missed, compare_numbers);
    }
    for (size_t i = 0; i < clover->methods.count; i++) {
        uint32_t end = i + 1 < clover->methods.count ? methods[i + 1].line : UINT32_MAX;
        bool is_partial = false;
        for (; next_missed < clover->missed.count && missed[next_missed] < end; next_missed++) {
            is_partial |= missed[next_missed] >= methods[i].line;
        }
        is_partial &= methods[i].count > 0 && !clover->is_of_clover;
        methods[i].flags = is_partial ? FUNCTION_PARTIAL : 0;
        filler_function(&clover->xml.reading->filler, methods[i]);
        count(&clover->listed.functions, methods[i].count > 0 && !is_partial);
    }
    clover->methods.count = clover->missed.count = 0;
}

static void read_condition(struct clover *clover, const struct xml_element *element,
                           uint32_t number)
{
    struct xml_reading *xml = &clover->xml;
    uint64_t hits;
    uint64_t when_true;
    uint64_t when_false;
    if (!xml_count(xml, element, "count", 0, &hits) ||
        !xml_count(xml, element, "truecount", 0, &when_true) ||
        !xml_count(xml, element, "falsecount", 0, &when_false)) {
        return;
    }
    struct ratio ratio = { (uint64_t)(when_true > 0) + (when_false > 0), 2 };
    bool is_of_istanbul = xml_element_value(element, "count").at != NULL;
    if (is_of_istanbul) {
        ratio = (struct ratio){ when_true, saturating_add(when_true, when_false) };
        filler_line(&xml->reading->filler, number, hits);
        count(&clover->listed.lines, hits > 0);
    }
    xml_branches(xml, number, ratio);
    clover->listed.branches.covered += ratio.covered;
    clover->listed.branches.total += ratio.total;
}

static void read_line(struct clover *clover, const struct xml_element *element)
{
    struct xml_reading *xml = &clover->xml;
    struct text type = xml_element_value(element, "type");
    uint32_t number;
    uint64_t hits;
    if (!xml->reading->filler.file || !xml_line(xml, element, "num", &number)) {
        return;
    }
    if (text_is(type, "cond")) {
        read_condition(clover, element, number);
        return;
    }
    if (!xml_count(xml, element, "count", 0, &hits)) {
        return;
    }
    if (text_is(type, "method")) {
        read_method(clover, element, number, hits);
    } else {
        read_statement(clover, number, hits);
    }
}

static void read_metric(struct clover *clover, const struct xml_element *element,
                        const char *covered, const char *total, struct ratio *ret_ratio)
{
    struct ratio ratio = { 0, 0 };
    if (xml_count(&clover->xml, element, covered, 0, &ratio.covered) &&
        xml_count(&clover->xml, element, total, 0, &ratio.total)) {
        *ret_ratio = ratio;
    }
}

static void read_metrics(struct clover *clover, const struct xml_element *element)
{
    struct coverage_totals *metrics = &clover->metrics;
    read_metric(clover, element, "coveredstatements", "statements", &metrics->lines);
    read_metric(clover, element, "coveredconditionals", "conditionals", &metrics->branches);
    read_metric(clover, element, "coveredmethods", "methods", &metrics->functions);
}

static void begin_file(struct clover *clover, const struct xml_element *element)
{
    struct text path = xml_element_value(element, "path");
    clover->file_depth = element->depth;
    clover->listed = clover->metrics = (struct coverage_totals){ 0 };
    xml_begin_file(&clover->xml, path.size ? path : xml_element_value(element, "name"));
}

static void begin(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    struct clover *clover = context;
    clover->xml.scan = scan;
    if (text_is(element->name, "line")) {
        read_line(clover, element);
    } else if (text_is(element->name, "file")) {
        begin_file(clover, element);
    } else if (text_is(element->name, "metrics") && clover->file_depth &&
               element->depth == clover->file_depth + 1) {
        read_metrics(clover, element);
    } else if (element->depth == 1) {
        clover->is_of_clover = xml_element_value(element, "clover").at != NULL;
        clover->xml.reading->timestamp_s =
            xml_timestamp_s(xml_element_value(element, "generated"));
    }
}

static void end(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    (void)scan;
    struct clover *clover = context;
    if (!text_is(element->name, "file")) {
        return;
    }
    clover->file_depth = 0;
    if (clover->xml.reading->filler.file) {
        end_methods(clover);
        filler_unlisted(&clover->xml.reading->filler,
                        unlisted_rest(clover->metrics, clover->listed));
    }
    reading_end(clover->xml.reading);
}

static bool read(struct coverage_reading *reading)
{
    struct clover clover = { .xml = { .reading = reading } };
    bool is_read = xml_read(
        reading, &(struct xml_events){ .context = &clover, .begin = begin, .end = end });
    free(clover.methods.at);
    free(clover.missed.at);
    return is_read;
}

const struct coverage_reader coverage_reader_clover = {
    .name = "clover",
    .title = "Clover",
    .syntax = SYNTAX_XML,
    .recognises = recognises,
    .read = read,
};
