/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_seed_gives_the_same_bytes_everywhere(void **state)
{
    (void)state;
    struct random random;
    random_init_seeded(&random, 0);
    /* The published first values of splitmix64. */
    assert_true(random_uint64(&random) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(random_uint64(&random) == UINT64_C(0x6E789E6AA1B965F4));
    unsigned char bytes[11];
    random_init_seeded(&random, 0);
    random_fill(&random, bytes, sizeof bytes);
    assert_memory_equal(bytes, "\xAF\xCD\x1D\x7B\x39\xA8\x20\xE2\xF4\x65\xB9", sizeof bytes);
}

static void numbers_below_a_bound_are_even(void **state)
{
    (void)state;
    struct random random;
    unsigned counts[6] = { 0 };
    random_init_seeded(&random, 42);
    for (int i = 0; i < 60000; i++) {
        uint64_t number = random_below(&random, 6);
        assert_true(number < 6);
        counts[number]++;
    }
    for (int i = 0; i < 6; i++) {
        assert_in_range(counts[i], 9500, 10500);
    }
    assert_int_equal(random_below(&random, 1), 0);
    uint64_t most = UINT64_MAX / 2 + 2; /* nearly half of all values are thrown away */
    for (int i = 0; i < 100; i++) {
        assert_true(random_below(&random, most) < most);
    }
}

static void the_kernels_bytes_differ_each_time(void **state)
{
    (void)state;
    struct random random;
    unsigned char first[600];
    unsigned char second[600];
    random_init(&random);
    random_fill(&random, first, sizeof first);
    random_fill(&random, second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
    assert_memory_not_equal(first, first + 256, 256);
    assert_true(random_uint64(&random) != random_uint64(&random));
}

static void a_child_never_repeats_its_parent(void **state)
{
    (void)state;
    struct random random;
    int ends[2];
    uint64_t of_child;
    random_init(&random);
    (void)random_uint64(&random);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        uint64_t value = random_uint64(&random);
        _exit(write(ends[1], &value, sizeof value) == sizeof value ? 0 : 1);
    }
    uint64_t of_parent = random_uint64(&random);
    assert_int_equal(read(ends[0], &of_child, sizeof of_child), sizeof of_child);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(of_child != of_parent);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_bytes_everywhere),
        cmocka_unit_test(numbers_below_a_bound_are_even),
        cmocka_unit_test(the_kernels_bytes_differ_each_time),
        cmocka_unit_test(a_child_never_repeats_its_parent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
