/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "support/dies.h"

static void memory_is_zeroed_also_for_nothing(void **state)
{
    (void)state;
    unsigned char *memory = alloc_or_die(3, 100);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(memory[i], 0);
    }
    free(memory);
    memory = alloc_or_die(0, 100);
    assert_non_null(memory);
    memory = realloc_or_die(memory, 0, 5);
    assert_non_null(memory);
    free(memory);
}

static void an_array_grows_by_doubling(void **state)
{
    (void)state;
    int *list = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 20; i++) {
        GROW(list, i, capacity);
        list[i] = (int)i;
    }
    assert_int_equal(capacity, 32);
    assert_int_equal(list[19], 19);
    free(list);
}

static void overflow(void)
{
    free(alloc_or_die(SIZE_MAX, 2));
}

static void find_a_bug(void)
{
    bug_found("x.c", 12, "%d is odd", 3);
}

static void an_overflowing_size_ends_the_process(void **state)
{
    (void)state;
    assert_dies(overflow, 70, "bddrun: out of memory: cannot get 18446744073709551615 bytes\n");
}

static void a_bug_names_its_place_and_ends_the_process(void **state)
{
    (void)state;
    assert_dies(find_a_bug, 70, "bddrun: bug at x.c:12: 3 is odd\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_also_for_nothing),
        cmocka_unit_test(an_array_grows_by_doubling),
        cmocka_unit_test(an_overflowing_size_ends_the_process),
        cmocka_unit_test(a_bug_names_its_place_and_ends_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
