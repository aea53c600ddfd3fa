/* SPDX-License-Identifier: MIT */
#include "format/xml_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "format/style.h"

static void whatever_bytes_arrive_stay_inside(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        const char *text, *attribute;
    } cases[] = {
        { TEXT_STATIC("plain é €"), "plain é €", "plain é €" },
        { TEXT_STATIC("<a b=\"c\">&amp;]]></a>"), "&lt;a b=\"c\"&gt;&amp;amp;]]&gt;&lt;/a&gt;",
          "&lt;a b=&quot;c&quot;&gt;&amp;amp;]]&gt;&lt;/a&gt;" },
        { TEXT_STATIC("a\tb\nc\rd"), "a\tb\nc&#13;d", "a&#9;b&#10;c&#13;d" },
        { TEXT_STATIC("\x1b[31m\0\x7f"), "\\x1b[31m\\x00\\x7f", "\\x1b[31m\\x00\\x7f" },
        { TEXT_STATIC("\xc2\x85\xc2\xa0"), "\\x85\xc2\xa0", "\\x85\xc2\xa0" },
        { TEXT_STATIC("\xff\xc3("), "\\xff\\xc3(", "\\xff\\xc3(" },
        { TEXT_STATIC("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd"), "\\u{fffe}\\u{ffff}\xef\xbf\xbd",
          "\\u{fffe}\\u{ffff}\xef\xbf\xbd" },
        { TEXT_STATIC("\xed\xa0\x80"), "\\xed\\xa0\\x80", "\\xed\\xa0\\x80" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        CLEANUP(buffer_release) struct buffer out;
        buffer_init(&out, 1 << 12);
        xml_escape(&out, cases[i].bytes);
        assert_string_equal(out.at, cases[i].text);
        buffer_clear(&out);
        xml_escape_attribute(&out, cases[i].bytes);
        assert_string_equal(out.at, cases[i].attribute);
    }
}

static void elements_nest(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer out;
    struct xml_writer xml;
    buffer_init(&out, 1 << 12);
    xml_writer_init(&xml, &out, 0);
    xml_begin(&xml, "a");
    xml_attribute(&xml, "name", TEXT("x\"y"));
    xml_attribute_number(&xml, "n", 18446744073709551615u);
    xml_begin(&xml, "b");
    xml_end(&xml);
    xml_begin(&xml, "c");
    xml_text(&xml, TEXT("<"));
    xml_text(&xml, TEXT(">"));
    xml_end(&xml);
    xml_end(&xml);
    assert_string_equal(out.at, "<a name=\"x&quot;y\" n=\"18446744073709551615\">\n"
                                "  <b/>\n"
                                "  <c>&lt;&gt;</c>\n"
                                "</a>\n");
}

static void styles_add_nothing_without_colour(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 12);
    const struct style_writer colour = { .out = &out, .with_colour = true };
    const struct style_writer plain = { .out = &out };
    style_add(&colour, STYLE_GOOD, TEXT("a\x1b\n"));
    style_add(&plain, STYLE_BAD, TEXT("b"));
    style_add_string(&colour, STYLE_PLAIN, "c");
    style_add_string(&colour, STYLE_BOLD, "d");
    assert_string_equal(out.at, "\033[32ma\\x1b\\n\033[0mbc\033[1md\033[0m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_bytes_arrive_stay_inside),
        cmocka_unit_test(elements_nest),
        cmocka_unit_test(styles_add_nothing_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
