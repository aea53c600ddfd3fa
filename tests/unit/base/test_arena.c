/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdalign.h>
#include <string.h>
#include <cmocka.h>

#include "support/dies.h"

static void pieces_are_aligned_zeroed_and_apart(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    char *last = NULL;
    for (size_t size = 1; size < 5000; size += 37) {
        char *piece = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(piece[i], 0);
        }
        memset(piece, 'x', size);
        assert_true(!last || *last == 'x');
        last = piece;
    }
}

static void clear_keeps_a_chunk_of_the_usual_size(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    arena_clear(&arena);
    const char *first = arena_alloc(&arena, 16);
    assert_int_equal(arena.total_bytes, 16);
    const char *big = arena_alloc(&arena, 3 << 20);
    assert_non_null(big);
    assert_int_equal(arena.total_bytes, 16 + (3 << 20));
    arena_clear(&arena);
    assert_int_equal(arena.total_bytes, 0);
    first = arena_alloc(&arena, 16);
    arena_clear(&arena);
    assert_true(arena_alloc(&arena, 16) == first);
}

static void a_released_arena_may_be_used_again(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    assert_non_null(arena_alloc(&arena, 0));
    arena_release(&arena);
    int *list = ARENA_ARRAY(&arena, 10, int);
    assert_int_equal(list[9], 0);
    assert_non_null(ARENA_NEW(&arena, struct arena));
}

static void copies_are_terminated(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct text copy = arena_text(&arena, text_make("abcdef", 3));
    assert_int_equal(copy.size, 3);
    assert_string_equal(copy.at, "abc");
    assert_string_equal(arena_string(&arena, text_make(NULL, 0)), "");
    copy = arena_format(&arena, "%s-%d", "x", 7);
    assert_int_equal(copy.size, 3);
    assert_string_equal(copy.at, "x-7");
}

static void take_too_many(void)
{
    struct arena arena;
    arena_init(&arena);
    (void)!arena_array(&arena, SIZE_MAX / 2, 3);
}

static void take_too_much(void)
{
    struct arena arena;
    arena_init(&arena);
    (void)!arena_alloc(&arena, SIZE_MAX);
}

static void what_no_memory_can_hold_is_a_bug(void **state)
{
    (void)state;
    assert_dies(take_too_many, 70, ": an arena cannot hold 9223372036854775807 elements\n");
    assert_dies(take_too_much, 70, ": an arena cannot hold 18446744073709551615 bytes\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
        cmocka_unit_test(clear_keeps_a_chunk_of_the_usual_size),
        cmocka_unit_test(a_released_arena_may_be_used_again),
        cmocka_unit_test(copies_are_terminated),
        cmocka_unit_test(what_no_memory_can_hold_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
