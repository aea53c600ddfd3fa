/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/masks.h"
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

static void masks_are_read_in_order_with_their_places(void **state)
{
    (void)state;
    size_t count;
    assert_true(config_read(&config, TEXT("bddrun.yaml"),
                            TEXT("version: 1\n"
                                 "masks:\n"
                                 "  - {at: 'JSON \"$..updatedAt\"', assert: date ± 5 s}\n"
                                 "  - {on: GET /api/lobby, at: status, assert: type}\n"),
                            &problems));
    const struct config_mask *masks = config_masks(&config, &count);
    assert_int_equal(count, 2);
    assert_string_equal(masks[0].at.text.at, "JSON \"$..updatedAt\"");
    assert_string_equal(masks[0].assertion.text.at, "date ± 5 s");
    assert_int_equal(masks[0].on.text.size, 0);
    assert_string_equal(masks[1].on.text.at, "GET /api/lobby");
    assert_int_equal(source_position(masks[1].at.at.source, masks[1].at.at.start).line, 4);
}

static void without_masks_there_are_none(void **state)
{
    (void)state;
    size_t count;
    assert_true(config_read(&config, TEXT("bddrun.yaml"), TEXT("version: 1\n"), &problems));
    assert_null(config_masks(&config, &count));
    assert_int_equal(count, 0);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    assert_false(config_read(&config, TEXT("bddrun.yaml"),
                             TEXT("version: 1\n"
                                  "masks:\n"
                                  "  - {on: GET /}\n"
                                  "  - {at: [status], assert: type}\n"
                                  "  - {at: status, asert: type}\n"),
                             &problems));
    assert_problems(&problems, "bddrun.yaml:3:5: error: key 'at' is missing in a mask\n"
                               "    - {on: GET /}\n"
                               "      ^\n"
                               "bddrun.yaml:3:5: error: key 'assert' is missing in a mask\n"
                               "    - {on: GET /}\n"
                               "      ^\n"
                               "bddrun.yaml:4:10: error: expected text, found a list\n"
                               "    - {at: [status], assert: type}\n"
                               "           ^\n"
                               "bddrun.yaml:5:5: error: key 'assert' is missing in a mask\n"
                               "    - {at: status, asert: type}\n"
                               "      ^\n"
                               "bddrun.yaml:5:18: error: unknown key 'asert' in a mask\n"
                               "    - {at: status, asert: type}\n"
                               "                   ^^^^^\n"
                               "  hint: did you mean 'assert'?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(masks_are_read_in_order_with_their_places, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_masks_there_are_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_place, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
