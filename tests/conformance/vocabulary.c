/* SPDX-License-Identifier: MIT */
/* The design of the vocabulary, where it is beside the checkout, and the tables say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "steps/vocabulary_print.h"
#include "support/conformance.h"

enum { PAGE_LIMIT_BYTES = 1 << 20 };

static void assert_part_of_the_page(void (*print)(struct buffer *out))
{
    struct arena arena CLEANUP(arena_release);
    struct buffer out CLEANUP(buffer_release);
    arena_init(&arena);
    buffer_init(&out, PAGE_LIMIT_BYTES);
    struct text page =
        conformance_read(&arena, conformance_path(&arena, "../design/vocabulary.md"));
    print(&out);
    struct text rest = buffer_text(&out);
    struct text line;
    size_t at = 0;
    while (text_take_until(&rest, '\n', &line)) { /* line by line: a failure names the line */
        size_t found = text_find(page, line, at);
        if (found == page.size && line.size > 0) {
            fail_msg("not on the page: %.*s", TEXT_ARG(line));
        }
        at = found;
    }
    assert_true(text_contains(page, buffer_text(&out)));
}

static void types_are_those_of_the_page(void **state)
{
    (void)state;
    assert_part_of_the_page(vocabulary_print_types);
}

static void steps_are_those_of_the_page(void **state)
{
    (void)state;
    assert_part_of_the_page(vocabulary_print_steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_those_of_the_page),
        cmocka_unit_test(steps_are_those_of_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
