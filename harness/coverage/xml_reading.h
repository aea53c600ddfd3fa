/* SPDX-License-Identifier: MIT */
/*
 * What the readers of XML formats share: the scan with its problems, attributes as numbers with
 * problems at their tag, and branches of which only the number is told.
 */
#ifndef BDDRUN_COVERAGE_XML_READING_H
#define BDDRUN_COVERAGE_XML_READING_H

#include "coverage/reader.h"
#include "format/xml_scan.h"

/* The context of the events is whatever begins with this. */
struct xml_reading {
    struct coverage_reading *reading;
    struct xml_scan *scan; /* set by the events before they ask for anything below */
    uint64_t branches;     /* made so far by xml_branches */
};

/* Sends the report to the events. False with a problem: it is not XML. */
bool xml_read(struct coverage_reading *reading, const struct xml_events *events) MUST_CHECK;

/* A problem at the tag of the event. */
void xml_damaged(struct xml_reading *xml, const char *hint, const char *what,
                 const char *attribute);

/* A line number. False, as a problem unless it is missing or 0, which some tools write for code
 * without a place. */
bool xml_line(struct xml_reading *xml, const struct xml_element *element, const char *name,
              uint32_t *ret_number) MUST_CHECK;

/* A count; missing is `fallback`. False as a problem. */
bool xml_count(struct xml_reading *xml, const struct xml_element *element, const char *name,
               uint64_t fallback, uint64_t *ret_count) MUST_CHECK;

/* Branches of a line of which only the numbers are known. */
void xml_branches(struct xml_reading *xml, uint32_t line, struct ratio ratio);

/* Begins the source file, which the attribute names. */
void xml_begin_file(struct xml_reading *xml, struct text path);

/* Seconds or milliseconds since 1970; 0 where it is no number. */
uint64_t xml_timestamp_s(struct text number);

/* Whether the tag that begins at `head` holds the text, e.g. " line-rate=". */
bool xml_head_is(const struct coverage_reading *reading, const char *root);
bool xml_head_has(const struct coverage_reading *reading, const char *part);

#endif
