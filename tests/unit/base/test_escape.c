/* SPDX-License-Identifier: MIT */
#include "base/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"

static void nothing_can_move_the_cursor(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        const char *block;
        const char *line;
    } cases[] = {
        { TEXT_STATIC("plain \xC3\xA9 \xF0\x9F\x98\x80"), "plain \xC3\xA9 \xF0\x9F\x98\x80",
          "plain \xC3\xA9 \xF0\x9F\x98\x80" },
        { TEXT_STATIC("\x1b[2J\x1b]0;title\x07"), "\\x1b[2J\\x1b]0;title\\x07",
          "\\x1b[2J\\x1b]0;title\\x07" },
        { TEXT_STATIC("a\r\nb\tc\n"), "a\\x0d\nb c\n", "a\\x0d\\nb c\\n" },
        { TEXT_STATIC("\x00\x08\x7f"), "\\x00\\x08\\x7f", "\\x00\\x08\\x7f" },
        { TEXT_STATIC("\xC2\x9B"
                      "31m"),
          "\\x9b31m", "\\x9b31m" }, /* C1: CSI in one character */
        { TEXT_STATIC("\xE2\x80\xAE"
                      "evil\xE2\x80\xAC"),
          "\\u{202e}evil\\u{202c}", "\\u{202e}evil\\u{202c}" },
        { TEXT_STATIC("\xE2\x81\xA6\xE2\x80\x8E\xE2\x80\xA8"), "\\u{2066}\\u{200e}\\u{2028}",
          "\\u{2066}\\u{200e}\\u{2028}" },
        { TEXT_STATIC("\xFF\xC3"), "\\xff\\xc3", "\\xff\\xc3" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        CLEANUP(buffer_release) struct buffer out;
        buffer_init(&out, 1000);
        escape_control(&out, cases[i].bytes);
        assert_string_equal(out.at, cases[i].block);
        buffer_clear(&out);
        escape_line(&out, cases[i].bytes);
        assert_string_equal(out.at, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_can_move_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
