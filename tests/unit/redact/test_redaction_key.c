/* SPDX-License-Identifier: MIT */
#include "redact/redaction_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file_write.h"
#include "base/random.h"

struct fixture {
    struct arena arena;
    struct problems problems;
    struct random random;
    char folder[64];
    struct text path;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    random_init_seeded(&fixture->random, 1);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/bddrun-key-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->path = arena_format(&fixture->arena, "%s/key", fixture->folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->path.at);
    rmdir(fixture->folder);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static void write_key(struct fixture *fixture, const char *bytes, mode_t mode)
{
    assert_true(file_replace(fixture->path, text_of(bytes), &fixture->problems));
    assert_int_equal(chmod(fixture->path.at, mode), 0);
}

static bool find(struct fixture *fixture, const char *variable, bool is_configured,
                 struct redaction_key *ret_key)
{
    const struct redaction_key_sources sources = { .variable = text_of(variable),
                                                   .path = fixture->path,
                                                   .is_path_configured = is_configured };
    return redaction_key_find(&sources, &fixture->random, &fixture->arena, ret_key,
                              &fixture->problems);
}

static void the_variable_comes_before_the_file_and_blanks_do_not_count(void **state)
{
    struct redaction_key of_variable;
    struct redaction_key of_file;
    write_key(*state, "0123456789abcdef\n", 0600);
    assert_true(find(*state, "", false, &of_file));
    assert_true(find(*state, " 0123456789abcdef", false, &of_variable));
    assert_string_equal(of_file.id, of_variable.id);
    assert_false(of_file.is_passing);
    assert_true(find(*state, "fedcba9876543210", false, &of_variable));
    assert_string_not_equal(of_file.id, of_variable.id);
}

static void without_a_key_each_process_has_its_own(void **state)
{
    struct redaction_key one;
    struct redaction_key two;
    assert_true(find(*state, "", false, &one));
    assert_true(find(*state, "", false, &two));
    assert_true(one.is_passing);
    assert_int_equal(strlen(one.id), REDACTION_KEY_ID_SIZE);
    assert_string_not_equal(one.id, two.id);
}

static void assert_refused(struct fixture *fixture, const char *variable, bool is_configured,
                           const char *expected)
{
    struct redaction_key key;
    assert_false(find(fixture, variable, is_configured, &key));
    assert_int_equal(fixture->problems.count, 1);
    assert_non_null(strstr(fixture->problems.list[0].message.at, expected));
    problems_clear(&fixture->problems);
}

static void a_key_that_is_no_secret_or_too_short_is_refused(void **state)
{
    struct fixture *fixture = *state;
    assert_refused(fixture, "short", false,
                   "redaction key of less than 16 bytes in "
                   "environment variable 'BDDRUN_REDACTION_KEY'");
    assert_refused(fixture, "", true, "key");
    write_key(fixture, "0123456789abcdef", 0640);
    assert_refused(fixture, "", false, "can be read by others (mode 0640)");
    write_key(fixture, "short   \n          ", 0600);
    assert_refused(fixture, "", false, "redaction key of less than 16 bytes in file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_variable_comes_before_the_file_and_blanks_do_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_key_each_process_has_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_key_that_is_no_secret_or_too_short_is_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
