/* SPDX-License-Identifier: MIT */
#include "format/xml_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

enum { LIMIT = 1 << 20 };

static void begin(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    size_t start;
    size_t end;
    xml_scan_place(scan, &start, &end);
    buffer_add_format(context, "<%.*s@%zu:%zu-%zu", TEXT_ARG(element->name), element->depth,
                      start, end);
    for (size_t i = 0; i < element->attribute_count; i++) {
        buffer_add_format(context, " %.*s=%.*s", TEXT_ARG(element->attributes[i].name),
                          TEXT_ARG(element->attributes[i].value));
    }
    buffer_add_string(context, xml_element_value(element, "absent").at ? "!" : "");
}

static void end(void *context, struct xml_scan *scan, const struct xml_element *element)
{
    (void)scan;
    buffer_add_format(context, "/%.*s>", TEXT_ARG(element->name));
}

/* The events, then "! offset message" where it is not XML. */
static void check(const char *bytes, const char *want)
{
    CLEANUP(buffer_release) struct buffer got;
    struct arena arena;
    struct xml_fault fault;
    buffer_init(&got, LIMIT);
    arena_init(&arena);
    struct xml_events events = { .context = &got, .begin = begin, .end = end };
    if (!xml_scan(text_of(bytes), &events, &arena, &fault)) {
        buffer_add_format(&got, "! %zu %.*s", fault.offset, TEXT_ARG(fault.message));
    }
    assert_string_equal(got.at ? got.at : "", want);
    arena_release(&arena);
}

static void elements_come_one_by_one_with_their_places(void **state)
{
    (void)state;
    check("<a/>", "<a@1:0-4/a>");
    check("<?xml version=\"1.0\"?>\n<a>\n  <b c='&lt;&#65;' n:d=\"\" xmlns:n=\"u\"/>t</a>",
          "<a@1:22-25<b@2:28-65 c=<A d=/b>/a>");
    check("<!DOCTYPE a SYSTEM \"http://dead.invalid/a.dtd\"><a/>", "<a@1:47-51/a>");
}

static void what_is_not_xml_is_told_where_it_is_not(void **state)
{
    (void)state;
    check("", "! 0 Extra content at the end of the document");
    check("<a><b></a>", "<a@1:0-3<b@2:3-6! 10 Opening and ending tag mismatch: b line 1 and a");
    check("<!DOCTYPE a [<!ENTITY e \"x\">]>\n<a>&e;</a>",
          "! 13 it declares entities, which are never expanded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_one_by_one_with_their_places),
        cmocka_unit_test(what_is_not_xml_is_told_where_it_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
