/* SPDX-License-Identifier: MIT */
#include "support/problem_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buffer.h"

enum { PRINTED_LIMIT = 16384 };

void assert_problems(const struct problems *problems, const char *expected)
{
    struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    buffer_add(&out, TEXT_EMPTY);
    for (size_t i = 0; i < problems->count; i++) {
        problem_print(&out, &problems->list[i], false);
    }
    char printed[PRINTED_LIMIT];
    snprintf(printed, sizeof printed, "%.*s", (int)out.size, out.at ? out.at : "");
    buffer_release(&out); /* a failing assertion does not come back */
    assert_string_equal(printed, expected);
}
