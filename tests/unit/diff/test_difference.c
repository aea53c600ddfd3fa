/* SPDX-License-Identifier: MIT */
#include "diff/difference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct differences differences;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    differences_init(&fixture.differences, &fixture.arena, NULL);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

static void add(struct fixture *fixture, enum difference_class class, const char *path,
                const char *mask)
{
    struct difference_note note = { .class = class,
                                    .path = text_of(path),
                                    .left = TEXT("1"),
                                    .right = TEXT("2"),
                                    .mask = text_of(mask) };
    differences_add(&fixture->differences, &note);
}

static void one_path_is_one_entry_counted_exactly(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 7; i++) {
        add(fixture, DIFFERENCE_CHANGED, "$.a", "");
        add(fixture, DIFFERENCE_MISSING, "$.a", "");
        add(fixture, DIFFERENCE_CHANGED, "$.a", "type");
    }
    assert_int_equal(fixture->differences.count, 3);
    const struct difference *changed = fixture->differences.list[0];
    assert_int_equal(changed->count, 7);
    assert_int_equal(changed->example_count, DIFFERENCE_EXAMPLES);
    assert_true(text_is(changed->examples[2].place, "$.a"));
    assert_true(text_is(changed->examples[2].left, "1"));
    assert_int_equal(fixture->differences.totals[SEVERITY_MASKED], 7);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_CHANGED], 7);
}

static void the_worst_comes_first_and_is_still_found(void **state)
{
    struct fixture *fixture = *state;
    differences_sort(&fixture->differences);
    add(fixture, DIFFERENCE_ADDED, "$.a", "");
    add(fixture, DIFFERENCE_MOVED, "$.b", "");
    add(fixture, DIFFERENCE_STATUS, "status", "");
    differences_sort(&fixture->differences);
    assert_true(text_is(fixture->differences.list[0]->path, "status"));
    assert_true(text_is(fixture->differences.list[2]->path, "$.a"));
    add(fixture, DIFFERENCE_ADDED, "$.a", "");
    assert_int_equal(fixture->differences.count, 3);
    assert_int_equal(fixture->differences.list[2]->count, 2);
}

static void what_fails_depends_on_the_severity_asked_for(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, DIFFERENCE_CHANGED, "$.a", "type");
    assert_false(differences_any(&fixture->differences, SEVERITY_MASKED));
    add(fixture, DIFFERENCE_ADDED, "$.a", "");
    assert_true(differences_any(&fixture->differences, SEVERITY_INFORMATIONAL));
    assert_false(differences_any(&fixture->differences, SEVERITY_MOVED));
    add(fixture, DIFFERENCE_LATE, "$.a", "");
    assert_true(differences_any(&fixture->differences, SEVERITY_CHANGED));
    assert_false(differences_any(&fixture->differences, SEVERITY_BREAKING));
}

static void beyond_the_limit_they_are_counted_only(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < DIFFERENCES_LIMIT + 5; i++) {
        char path[32];
        snprintf(path, sizeof path, "$.k%d", i);
        add(fixture, DIFFERENCE_TYPE, path, i % 2 ? "type" : "");
    }
    assert_int_equal(fixture->differences.count, DIFFERENCES_LIMIT);
    assert_int_equal(fixture->differences.dropped, 5);
    assert_int_equal(fixture->differences.totals[SEVERITY_BREAKING] +
                         fixture->differences.totals[SEVERITY_MASKED],
                     DIFFERENCES_LIMIT + 5);
}

static void hide(void *context, struct buffer *out, struct text name, struct text value)
{
    (void)context;
    buffer_add(out, text_is(name, "password") ? TEXT("***") : value);
}

static void texts_are_shortened_and_secrets_stay_hidden(void **state)
{
    struct fixture *fixture = *state;
    struct difference_shown shown = { NULL, hide };
    differences_init(&fixture->differences, &fixture->arena, &shown);
    char wide[DIFFERENCE_SHOWN_BYTES + 40];
    memset(wide, 'x', sizeof wide);
    memcpy(wide + DIFFERENCE_SHOWN_BYTES - 1, "\xC3\xA4", 2); /* ä over the edge */
    struct difference_note note = { .class = DIFFERENCE_CHANGED,
                                    .path = TEXT("$.password"),
                                    .name = TEXT("password"),
                                    .left = TEXT("hunter2"),
                                    .right = TEXT_EMPTY };
    differences_add(&fixture->differences, &note);
    note.name = TEXT("motd");
    note.right = text_make(wide, sizeof wide);
    differences_add(&fixture->differences, &note);
    const struct difference *entry = fixture->differences.list[0];
    assert_true(text_is(entry->examples[0].left, "***"));
    assert_int_equal(entry->examples[0].right.size, 0);
    assert_true(text_ends_with(entry->examples[1].right, TEXT("x… (240 bytes)")));
}

static void every_class_has_a_name_and_a_severity(void **state)
{
    (void)state;
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        assert_non_null(difference_class_name((enum difference_class) class));
    }
    assert_string_equal(difference_class_name(DIFFERENCE_MISSING), "missing");
    assert_string_equal(difference_severity_name(difference_severity_of(DIFFERENCE_ADDED)),
                        "informational");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(one_path_is_one_entry_counted_exactly),
        TEST(the_worst_comes_first_and_is_still_found),
        TEST(what_fails_depends_on_the_severity_asked_for),
        TEST(beyond_the_limit_they_are_counted_only),
        TEST(texts_are_shortened_and_secrets_stay_hidden),
        TEST(every_class_has_a_name_and_a_severity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
