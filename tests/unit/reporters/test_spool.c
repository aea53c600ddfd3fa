/* SPDX-License-Identifier: MIT */
#include "reporters/parts/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attribute.h"

enum { PIECES = 3000 };

/* Pieces of different sizes; every seventh is larger than what is read at once. */
static size_t size_of(uint32_t index)
{
    return index % 1000 == 999 ? 300000 : index % 100;
}

static void pieces_come_back_in_any_order(void **state)
{
    (void)state;
    CLEANUP(problems_release) struct problems problems;
    CLEANUP(spool_release) struct spool spool;
    problems_init(&problems);
    assert_true(spool_open(&spool, TEXT_EMPTY, PIECES + 1, &problems));
    char *bytes = malloc(300000);
    assert_non_null(bytes);
    for (uint32_t i = PIECES; i > 0; i--) {
        memset(bytes, (int)('a' + (i - 1) % 26), 300000);
        assert_true(
            spool_put(&spool, i - 1, text_make(bytes, size_of(i - 1)), 0, i, &problems));
    }
    for (uint32_t i = 0; i < PIECES; i++) {
        struct text piece;
        assert_true(spool_get(&spool, i, &piece, &problems));
        assert_int_equal(piece.size, size_of(i));
        for (size_t at = 0; at < piece.size; at += 97)
            assert_int_equal(piece.at[at], 'a' + i % 26);
    }
    struct text none;
    assert_true(spool_get(&spool, PIECES, &none, &problems));
    assert_int_equal(none.size, 0);
    free(bytes);
}

static void a_piece_put_again_replaces_the_older_one(void **state)
{
    (void)state;
    CLEANUP(problems_release) struct problems problems;
    CLEANUP(spool_release) struct spool spool;
    problems_init(&problems);
    assert_true(spool_open(&spool, TEXT("/proc"), 1, &problems)); /* memory, then */
    assert_true(spool_put(&spool, 0, TEXT("first"), 0, 0, &problems));
    assert_true(spool_put(&spool, 0, TEXT("second"), 0, 0, &problems));
    struct text piece;
    assert_true(spool_get(&spool, 0, &piece, &problems));
    assert_int_equal(piece.size, 6);
    assert_memory_equal(piece.at, "second", 6);
}

static void shared_keys_are_found(void **state)
{
    (void)state;
    static const uint64_t keys[] = { 5, 9, 5, 1, 9, 9, 7 };
    CLEANUP(problems_release) struct problems problems;
    CLEANUP(spool_release) struct spool spool;
    problems_init(&problems);
    assert_true(spool_open(&spool, TEXT_EMPTY, 10, &problems));
    for (uint32_t i = 0; i < ARRAY_SIZE(keys); i++)
        assert_true(spool_put(&spool, i, TEXT("x"), keys[i], 0, &problems));
    spool_sort_keys(&spool);
    for (uint64_t key = 0; key < 12; key++)
        assert_int_equal(spool_is_key_shared(&spool, key), key == 5 || key == 9);
}

static void a_file_that_cannot_be_used_is_told(void **state)
{
    (void)state;
    CLEANUP(problems_release) struct problems problems;
    CLEANUP(spool_release) struct spool spool;
    problems_init(&problems);
    assert_true(spool_open(&spool, TEXT_EMPTY, 1, &problems));
    assert_true(spool_put(&spool, 0, TEXT("x"), 0, 0, &problems));
    struct text piece;
    assert_true(spool_get(&spool, 0, &piece, &problems));
    assert_int_equal(ftruncate(spool.descriptor, 0), 0); /* somebody took it away */
    spool.window.size = 0;
    assert_false(spool_get(&spool, 0, &piece, &problems));
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_ENVIRONMENT);
    close(spool.descriptor);
    spool.descriptor = -1;
    assert_true(spool_put(&spool, 0, TEXT("x"), 0, 0, &problems));
    assert_false(spool_get(&spool, 0, &piece, &problems));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_in_any_order),
        cmocka_unit_test(a_piece_put_again_replaces_the_older_one),
        cmocka_unit_test(shared_keys_are_found),
        cmocka_unit_test(a_file_that_cannot_be_used_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
