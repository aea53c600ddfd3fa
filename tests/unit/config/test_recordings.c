/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/recordings.h"
#include "support/problem_text.h"

static struct config config;
static struct problems problems;

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    config_init(&config, none);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    problems_release(&problems);
    return 0;
}

static bool read(const char *text)
{
    return config_read(&config, TEXT("shop/bddrun.yaml"), text_of(text), &problems);
}

static void recordings_are_read_as_they_are_written(void **state)
{
    (void)state;
    assert_true(read("version: 1\n"
                     "recordings:\n"
                     "  folder: production/\n"
                     "  environment: production\n"
                     "  max_age: 14 days\n"
                     "  samples: 3\n"
                     "  redact: [email, chat.text]\n"
                     "  keep: price\n"
                     "  allow: {paths: ['POST /api/sandbox/**', '* /api/x'], events: [move]}\n"
                     "  key_file: secret/key\n"));
    const struct config_recordings *read_back = config_recordings(&config);
    assert_string_equal(read_back->folder.at, "shop/production/");
    assert_string_equal(read_back->environment.at, "production");
    assert_int_equal(
        source_position(read_back->environment_at.source, read_back->environment_at.start).line,
        4);
    assert_int_equal(read_back->max_age_ms, UINT64_C(14) * 24 * 3600 * 1000);
    assert_int_equal(read_back->samples, 3);
    assert_int_equal(read_back->redact.count, 2);
    assert_int_equal(read_back->keep.count, 1);
    assert_true(globs_match(&read_back->allow.paths, TEXT("POST /api/sandbox/tables/3")));
    assert_false(globs_match(&read_back->allow.paths, TEXT("POST /api/tables/3")));
    assert_true(globs_match(&read_back->allow.paths, TEXT("PUT /api/x")));
    assert_int_equal(read_back->allow.events.count, 1);
    assert_string_equal(read_back->key_file.at, "shop/secret/key");
    assert_non_null(read_back->at.source);
}

static void without_the_section_there_are_defaults(void **state)
{
    (void)state;
    assert_true(read("version: 1\n"));
    const struct config_recordings *read_back = config_recordings(&config);
    assert_string_equal(read_back->folder.at, "shop/recordings");
    assert_int_equal(read_back->samples, 1);
    assert_int_equal(read_back->max_age_ms, 0);
    assert_int_equal(read_back->allow.paths.count, 0);
    assert_null(read_back->at.source);
}

static void what_the_section_does_not_say_has_its_default(void **state)
{
    (void)state;
    assert_true(read("version: 1\nrecordings: {environment: production}\n"));
    const struct config_recordings *read_back = config_recordings(&config);
    assert_string_equal(read_back->folder.at, "shop/recordings");
    assert_int_equal(read_back->samples, 1);
}

static void what_is_wrong_is_shown_at_its_place(void **state)
{
    (void)state;
    assert_false(read("version: 1\n"
                      "recordings:\n"
                      "  samples: 100\n"
                      "  max_age: soon\n"
                      "  allow: {path: /a}\n"
                      "  redacted: [a]\n"));
    assert_int_equal(problems.count, 4);
    assert_int_equal(
        source_position(problems.list[0].at.source, problems.list[0].at.start).line, 3);
    assert_int_equal(
        source_position(problems.list[3].at.source, problems.list[3].at.start).line, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(recordings_are_read_as_they_are_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_the_section_there_are_defaults, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_the_section_does_not_say_has_its_default, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_shown_at_its_place, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
