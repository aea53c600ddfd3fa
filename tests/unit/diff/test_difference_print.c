/* SPDX-License-Identifier: MIT */
#include "diff/difference_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct buffer out;
    struct differences differences;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    buffer_init(&fixture.out, 1 << 16);
    differences_init(&fixture.differences, &fixture.arena, NULL);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    buffer_release(&fixture->out);
    arena_release(&fixture->arena);
    return 0;
}

static void add(struct fixture *fixture, enum difference_class class, const char *place,
                const char *left, const char *right)
{
    struct difference_note note = { .class = class,
                                    .path =
                                        text_of(place[0] == '$' ? "$.items[*].score" : place),
                                    .place = text_of(place),
                                    .left = text_of(left),
                                    .right = text_of(right) };
    differences_add(&fixture->differences, &note);
}

static void fill(struct fixture *fixture)
{
    add(fixture, DIFFERENCE_ADDED, "header \"X-New\"", "", "1");
    add(fixture, DIFFERENCE_CHANGED, "$.items[6].score", "4871.20", "4872.20");
    add(fixture, DIFFERENCE_CHANGED, "$.items[9].score", "\"a\x1b[31m\"", "{\"a\":1}");
    add(fixture, DIFFERENCE_MISSING, "$.items[7].score", "null", "");
    add(fixture, DIFFERENCE_MOVED, "$.items[7].score", "[7]", "[9]");
    add(fixture, DIFFERENCE_CHANGED, "text", "",
        "a long line of text that has not enough room beside the other, empty one, so it "
        "stands "
        "below");
    struct difference_note masked = { .class = DIFFERENCE_CHANGED,
                                      .path = TEXT("header \"Date\""),
                                      .left = TEXT("a"),
                                      .right = TEXT("b"),
                                      .mask = TEXT("present") };
    differences_add(&fixture->differences, &masked);
}

static void people_read_the_worst_first(void **state)
{
    struct fixture *fixture = *state;
    struct style_writer style = { .out = &fixture->out };
    fill(fixture);
    difference_print_text(&fixture->differences, &style, 0);
    assert_string_equal(fixture->out.at,
                        "missing  $.items[*].score\n"
                        "    $.items[7].score: expected null, actual absent\n"
                        "changed  $.items[*].score, 2 times\n"
                        "    $.items[6].score: expected 4871.20, actual 4872.20\n"
                        "    $.items[9].score: expected \"a\\x1b[31m\", actual {\"a\":1}\n"
                        "changed  text\n"
                        "    expected \"\"\n"
                        "    actual   a long line of text that has not enough room beside the "
                        "other, empty one, so it stands below\n"
                        "moved  $.items[*].score\n"
                        "    $.items[7].score: from [7], to [9]\n"
                        "added  header \"X-New\"\n"
                        "    expected absent, actual 1\n"
                        "1 breaking, 3 changed, 1 moved, 1 informational; 1 masked\n");
}

static void the_rest_is_counted(void **state)
{
    struct fixture *fixture = *state;
    struct style_writer style = { .out = &fixture->out };
    fill(fixture);
    difference_print_text(&fixture->differences, &style, 1);
    assert_string_equal(fixture->out.at,
                        "missing  $.items[*].score\n"
                        "    $.items[7].score: expected null, actual absent\n"
                        "and at 4 more paths\n"
                        "1 breaking, 3 changed, 1 moved, 1 informational; 1 masked\n");
}

static void nothing_is_said_too(void **state)
{
    struct fixture *fixture = *state;
    difference_print_totals(&fixture->differences, &fixture->out);
    assert_string_equal(fixture->out.at, "no difference");
}

static void programs_read_a_list(void **state)
{
    struct fixture *fixture = *state;
    struct json_writer writer;
    fill(fixture);
    json_writer_init(&writer, &fixture->out, 0);
    difference_print_list(&fixture->differences, &writer);
    assert_string_equal(
        fixture->out.at,
        "[{\"path\":\"header "
        "\\\"X-New\\\"\",\"class\":\"added\",\"severity\":\"informational\","
        "\"left\":null,\"right\":\"1\",\"count\":1},"
        "{\"path\":\"$.items[*].score\",\"class\":\"changed\",\"severity\":\"changed\","
        "\"left\":"
        "4871.20,\"right\":4872.20,\"count\":2},"
        "{\"path\":\"$.items[*].score\",\"class\":\"missing\",\"severity\":\"breaking\","
        "\"left\":"
        "null,\"right\":null,\"count\":1},"
        "{\"path\":\"$.items[*].score\",\"class\":\"moved\",\"severity\":\"moved\",\"left\":"
        "\"[7]\",\"right\":\"[9]\",\"count\":1},"
        "{\"path\":\"text\",\"class\":\"changed\",\"severity\":\"changed\",\"left\":\"\","
        "\"right\":"
        "\"a long line of text that has not enough room beside the other, empty one, so it "
        "stands "
        "below\",\"count\":1},"
        "{\"path\":\"header "
        "\\\"Date\\\"\",\"class\":\"changed\",\"severity\":\"masked\",\"left\":"
        "\"a\",\"right\":\"b\",\"count\":1}]");
}

static void reports_carry_all_of_it(void **state)
{
    struct fixture *fixture = *state;
    struct json_writer writer;
    add(fixture, DIFFERENCE_CHANGED, "$.items[6].score", "1", "2");
    struct difference_note masked = { .class = DIFFERENCE_ADDED,
                                      .path = TEXT("$.x"),
                                      .right = TEXT("3"),
                                      .mask = TEXT("ignore") };
    differences_add(&fixture->differences, &masked);
    json_writer_init(&writer, &fixture->out, 0);
    difference_print_json(&fixture->differences, &writer);
    assert_string_equal(
        fixture->out.at,
        "{\"differences\":[{\"path\":\"$.items[*].score\",\"class\":\"changed\",\"severity\":"
        "\"changed\",\"count\":1,\"examples\":[{\"place\":\"$.items[6].score\",\"left\":\"1\","
        "\"right\":\"2\"}]},{\"path\":\"$.x\",\"class\":\"added\",\"severity\":\"masked\","
        "\"count\":1,\"mask\":\"ignore\",\"examples\":[{\"place\":\"$.x\",\"left\":null,"
        "\"right\":\"3\"}]}],\"dropped\":0,\"totals\":{\"breaking\":0,\"changed\":1,\"moved\":"
        "0,"
        "\"informational\":0,\"masked\":1}}");
}

int main(void)
{
#define PRINT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        PRINT_TEST(people_read_the_worst_first), PRINT_TEST(the_rest_is_counted),
        PRINT_TEST(nothing_is_said_too),         PRINT_TEST(programs_read_a_list),
        PRINT_TEST(reports_carry_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
