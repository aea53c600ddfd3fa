/* SPDX-License-Identifier: MIT */
#include "diff/tree/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/problem.h"
#include "base/source.h"

struct fixture {
    struct arena arena;
    struct differences differences;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

static struct tree_side read_side(struct fixture *fixture, struct text json)
{
    struct source source;
    struct problems problems;
    struct tree_side side = { .source = json };
    struct json_limits limits = { .depth = JSON_DEPTH_MOST };
    source_init(&source, TEXT("test"), json);
    problems_init(&problems);
    assert_true(json_parse(&source, limits, &fixture->arena, &side.root, &problems));
    problems_release(&problems);
    return side;
}

static void compare_with(struct fixture *fixture, struct text left, struct text right,
                         const struct judge *judge)
{
    struct tree_pair pair = { .dialect = TREE_JSON, .path = TEXT("$"), .judge = judge };
    pair.left = read_side(fixture, left);
    pair.right = read_side(fixture, right);
    pair.at = judge_enter(judge, JUDGED_JSON, TEXT_EMPTY);
    differences_init(&fixture->differences, &fixture->arena, NULL);
    tree_diff(&pair, &fixture->differences);
}

/* "changed $.a[*] 2 ($.a[0]: 1 > 2)", one for each entry, with ", " between. */
static struct text list_of(struct fixture *fixture)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < fixture->differences.count; i++) {
        const struct difference *entry = fixture->differences.list[i];
        const struct difference_example *example = &entry->examples[0];
        buffer_add_format(&out, "%s%s%s %.*s %zu (%.*s: %.*s > %.*s)", i ? ", " : "",
                          entry->severity == SEVERITY_MASKED ? "masked " : "",
                          difference_class_name(entry->class), TEXT_ARG(entry->path),
                          entry->count, TEXT_ARG(example->place), TEXT_ARG(example->left),
                          TEXT_ARG(example->right));
    }
    struct text list = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return list;
}

struct pair_case {
    const char *left;
    const char *right;
    const char *list;
};

static void check_pairs(struct fixture *fixture, const struct pair_case *cases, size_t count,
                        const struct judge *judge)
{
    for (size_t i = 0; i < count; i++) {
        compare_with(fixture, text_of(cases[i].left), text_of(cases[i].right), judge);
        struct text list = list_of(fixture);
        if (!text_is(list, cases[i].list)) {
            fail_msg("%s and %s:\n%.*s\ninstead of\n%s", cases[i].left, cases[i].right,
                     TEXT_ARG(list), cases[i].list);
        }
    }
}

static void members_are_compared_by_key(void **state)
{
    static const struct pair_case cases[] = {
        { "{\"a\":1,\"b\":[]}", " { \"b\" : [ ], \"a\" : 1.0 } ", "" },
        { "{\"a\":1}", "{\"a\":2}", "changed $.a 1 ($.a: 1 > 2)" },
        { "{\"a\":1}", "{}", "missing $.a 1 ($.a: 1 > )" },
        { "{}", "{\"a\":{\"b\":null}}", "added $.a 1 ($.a:  > {\"b\":null})" },
        { "{\"a\":1}", "{\"a\":\"1\"}", "type $.a 1 ($.a: 1 > \"1\")" },
        { "{\"a\":null}", "{\"a\":{}}", "type $.a 1 ($.a: null > {})" },
        { "{\"a\":true}", "{\"a\":false}", "changed $.a 1 ($.a: true > false)" },
        { "{\"a b\":{\"c\":1}}", "{\"a b\":{\"c\":2}}",
          "changed $['a b'].c 1 ($['a b'].c: 1 > 2)" },
        { "1", "2", "changed $ 1 ($: 1 > 2)" },
        { "[]", "{}", "type $ 1 ($: [] > {})" },
        { "{\"a\":9007199254740993}", "{\"a\":9007199254740992}",
          "changed $.a 1 ($.a: 9007199254740993 > 9007199254740992)" },
    };
    check_pairs(*state, cases, ARRAY_SIZE(cases), NULL);
}

static void repeated_keys_are_compared_one_by_one(void **state)
{
    static const struct pair_case cases[] = {
        { "{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "" },
        { "{\"a\":1,\"a\":2}", "{\"a\":1}", "missing $.a 1 ($.a: 2 > )" },
        { "{\"b\":0,\"a\":1}", "{\"a\":1,\"a\":2,\"c\":3}",
          "added $.a 1 ($.a:  > 2), missing $.b 1 ($.b: 0 > ), added $.c 1 ($.c:  > 3)" },
        { "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", "changed $.a 2 ($.a: 1 > 2)" },
    };
    check_pairs(*state, cases, ARRAY_SIZE(cases), NULL);
}

static void items_are_aligned(void **state)
{
    static const struct pair_case cases[] = {
        { "[1,2,3]", "[0,1,2,3]", "added $[*] 1 ($[0]:  > 0)" },
        { "[1,2,3]", "[1,3]", "missing $[*] 1 ($[1]: 2 > )" },
        { "[1,2,3]", "[1,5,3]", "changed $[*] 1 ($[1]: 2 > 5)" },
        { "[1,2,3]", "[3,1,2]", "moved $[*] 1 ($[2]: [2] > [0])" },
        { "[1,1,2,1]", "[2,1,1,1]", "moved $[*] 1 ($[2]: [2] > [0])" },
        { "[1,\"x\",2]", "[1,3,\"y\",2]",
          "changed $[*] 1 ($[1]: \"x\" > \"y\"), added $[*] 1 ($[1]:  > 3)" },
        { "[1,\"x\",2]", "[1,3,2]", "type $[*] 1 ($[1]: \"x\" > 3)" },
        { "[1,2,\"x\",3]", "[1,\"y\",3]",
          "missing $[*] 1 ($[1]: 2 > ), changed $[*] 1 ($[2]: \"x\" > \"y\")" },
        { "[1e2,-5e-1,0.0,12e400,\"x\"]", "[\"x\",100,-0.50,-0,12E+400]",
          "moved $[*] 1 ($[4]: [4] > [0])" },
        { "[]", "[1,2]", "added $[*] 2 ($[0]:  > 1)" },
        { "[true,[1,2]]", "[false,[2,1]]",
          "changed $[*] 1 ($[0]: true > false), moved $[*][*] 1 ($[1][0]: [0] > [1])" },
    };
    check_pairs(*state, cases, ARRAY_SIZE(cases), NULL);
}

static void what_is_left_over_is_paired_with_the_most_alike(void **state)
{
    static const struct pair_case cases[] = {
        { "[{\"t\":\"a\",\"x\":1,\"y\":3},{\"t\":\"a\",\"x\":1,\"y\":3}]",
          "[{\"t\":\"n\",\"x\":9,\"y\":9},{\"t\":\"a\",\"x\":1,\"y\":4},"
          "{\"t\":\"a\",\"x\":1,\"y\":3}]",
          "changed $[*].y 1 ($[0].y: 3 > 4), added $[*] 1 ($[0]:  > "
          "{\"t\":\"n\",\"x\":9,\"y\":9})" },
        { "[[1,2,3],[4,5,6]]", "[[0],[1,2,7],[8]]",
          "changed $[*][*] 2 ($[0][2]: 3 > 7), missing $[*][*] 2 ($[1][1]: 5 > ), added $[*] 1 "
          "($[0]:  > [0])" },
        { "[{},[]]", "[[1]]", "missing $[*] 1 ($[0]: {} > ), added $[*][*] 1 ($[1][0]:  > 1)" },
        { "[\"x\",1]", "[2,\"y\"]",
          "missing $[*] 1 ($[0]: \"x\" > ), changed $[*] 1 ($[1]: 1 > 2), added $[*] 1 "
          "($[1]:  > \"y\")" },
    };
    check_pairs(*state, cases, ARRAY_SIZE(cases), NULL);
}

static void objects_are_paired_by_what_identifies_them(void **state)
{
    static const struct pair_case cases[] = {
        { "[{\"id\":1,\"n\":5},{\"id\":2,\"n\":5}]",
          "[{\"id\":3,\"n\":5},{\"id\":1,\"n\":6},{\"id\":2,\"n\":5}]",
          "changed $[*].n 1 ($[0].n: 5 > 6), added $[*] 1 ($[0]:  > {\"id\":3,\"n\":5})" },
        { "[{\"n\":5,\"id\":1},{\"n\":6,\"id\":2}]", "[{\"id\":2,\"n\":7},{\"id\":1,\"n\":5}]",
          "moved $[*] 1 ($[0]: [0] > [1]), changed $[*].n 1 ($[1].n: 6 > 7)" },
        /* A key of no such name needs more than half in common. */
        { "[{\"nick\":\"a\",\"n\":1},{\"nick\":\"b\",\"n\":1}]",
          "[{\"nick\":\"b\",\"n\":2},{\"nick\":\"a\",\"n\":1}]",
          "moved $[*] 1 ($[0]: [0] > [1]), changed $[*].n 1 ($[1].n: 1 > 2)" },
        { "[{\"v\":1}]", "[{\"v\":2}]", "changed $[*].v 1 ($[0].v: 1 > 2)" },
        /* All ids are new: by place. */
        { "[{\"id\":1,\"n\":5},{\"id\":2,\"n\":6}]", "[{\"id\":7,\"n\":5},{\"id\":8,\"n\":6}]",
          "changed $[*].id 2 ($[0].id: 1 > 7)" },
        /* Ids that repeat, or that an item lacks, identify nothing. */
        { "[{\"id\":1,\"n\":5},{\"id\":1,\"n\":6}]", "[{\"id\":1,\"n\":5},{\"id\":1,\"n\":7}]",
          "changed $[*].n 1 ($[1].n: 6 > 7)" },
        { "[{\"id\":1},{\"n\":6}]", "[{\"id\":1},{\"n\":7}]",
          "changed $[*].n 1 ($[1].n: 6 > 7)" },
        { "[{\"id\":1},7]", "[{\"id\":1},8]", "changed $[*] 1 ($[1]: 7 > 8)" },
    };
    check_pairs(*state, cases, ARRAY_SIZE(cases), NULL);
}

/* A judge whose states are the texts of the paths. */
static const void *enter(void *context, enum judged_part part, struct text name)
{
    (void)name;
    return part == JUDGED_JSON ? arena_string(context, TEXT("$")) : NULL;
}

static const void *by_key(void *context, const void *at, struct text key)
{
    return arena_format(context, "%s.%.*s", (const char *)at, TEXT_ARG(key)).at;
}

static const void *by_item(void *context, const void *at, size_t index,
                           const struct json_value *item)
{
    (void)index;
    assert_non_null(item);
    return arena_format(context, "%s[]", (const char *)at).at;
}

static bool is_masked(void *context, const void *at)
{
    (void)context;
    return text_ends_with(text_of(at), TEXT("noise"));
}

static struct judged_array array_of(void *context, const void *at)
{
    (void)context;
    bool has_key = text_ends_with(text_of(at), TEXT("named"));
    return (struct judged_array){ .is_set = text_ends_with(text_of(at), TEXT("set")),
                                  .key = has_key ? TEXT("nick") : TEXT_EMPTY };
}

static bool allows(void *context, const void *at, const struct judged_pair *pair,
                   struct text *ret_mask)
{
    (void)context;
    if (!is_masked(NULL, at) || pair->class != DIFFERENCE_CHANGED) {
        return false;
    }
    *ret_mask = TEXT("type");
    return true;
}

static struct judge judge_of(struct fixture *fixture)
{
    return (struct judge){ .context = &fixture->arena,
                           .enter = enter,
                           .key = by_key,
                           .item = by_item,
                           .is_masked = is_masked,
                           .array = array_of,
                           .allows = allows };
}

static void the_judge_decides_what_is_allowed(void **state)
{
    static const struct pair_case cases[] = {
        { "{\"noise\":1}", "{\"noise\":2}", "masked changed $.noise 1 ($.noise: 1 > 2)" },
        { "{\"noise\":1}", "{\"noise\":1}", "" },
        { "{\"noise\":1}", "{\"noise\":\"x\"}", "type $.noise 1 ($.noise: 1 > \"x\")" },
        { "{\"noise\":1}", "{}", "missing $.noise 1 ($.noise: 1 > )" },
        { "{\"noise\":[1]}", "{\"noise\":[2]}",
          "masked changed $.noise 1 ($.noise: [1] > [2])" },
        /* What is masked does not count when items are aligned. */
        { "[{\"noise\":1,\"v\":[1]},{\"noise\":2,\"v\":[2]}]",
          "[{\"noise\":8,\"v\":[2]},{\"noise\":9,\"v\":[1]}]",
          "moved $[*] 1 ($[0]: [0] > [1]), masked changed $[*].noise 2 ($[0].noise: 1 > 9)" },
        { "{\"set\":[1,2,2]}", "{\"set\":[2,1,2]}", "" },
        { "{\"set\":[1,2,2]}", "{\"set\":[2,1,3]}",
          "missing $.set[*] 1 ($.set[2]: 2 > ), added $.set[*] 1 ($.set[2]:  > 3)" },
        { "{\"set\":[{\"id\":1},{\"id\":2}]}", "{\"set\":[{\"id\":2},{\"id\":1}]}", "" },
        { "{\"named\":[{\"id\":1,\"nick\":\"a\"}]}", "{\"named\":[{\"id\":2,\"nick\":\"a\"}]}",
          "changed $.named[*].id 1 ($.named[0].id: 1 > 2)" },
        { "{\"a\":1,\"a\":2}", "{\"a\":2,\"b\":2}",
          "changed $.a 1 ($.a: 1 > 2), missing $.a 1 ($.a: 2 > ), added $.b 1 ($.b:  > 2)" },
    };
    struct judge judge = judge_of(*state);
    check_pairs(*state, cases, ARRAY_SIZE(cases), &judge);
}

static struct text repeated(struct fixture *fixture, const char *start, const char *part,
                            size_t count, const char *end)
{
    struct buffer out;
    buffer_init(&out, 1 << 24);
    buffer_add_string(&out, start);
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(&out, part);
    }
    buffer_add_string(&out, end);
    struct text kept = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return kept;
}

static void seventeen_thousand_equal_strings_are_no_work(void **state)
{
    struct fixture *fixture = *state;
    struct text left = repeated(fixture, "[\"a\"", ",\"same\"", 17000, "]");
    struct text right = repeated(fixture, "[\"b\"", ",\"same\"", 17001, ",\"c\"]");
    compare_with(fixture, left, right, NULL);
    assert_string_equal(list_of(fixture).at,
                        "changed $[*] 1 ($[0]: \"a\" > \"b\"), added $[*] 2 ($[17001]:  > "
                        "\"same\")");
}

static void depth_is_no_danger(void **state)
{
    struct fixture *fixture = *state;
    struct text left = repeated(fixture, "", "[", JSON_DEPTH_MOST, "1");
    struct text right = repeated(fixture, "", "[", JSON_DEPTH_MOST, "2");
    left = repeated(fixture, left.at, "]", JSON_DEPTH_MOST, "");
    right = repeated(fixture, right.at, "]", JSON_DEPTH_MOST, "");
    compare_with(fixture, left, right, NULL);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_CHANGED], 1);
    assert_int_equal(fixture->differences.count, 1);
}

static struct text numbers(struct fixture *fixture, size_t count, size_t factor, size_t modulus)
{
    struct buffer out;
    buffer_init(&out, 1 << 24);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&out, "%c%zu", i ? ',' : '[', i * factor % modulus);
    }
    buffer_add_byte(&out, ']');
    struct text kept = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return kept;
}

static void what_is_shuffled_only_moved(void **state)
{
    struct fixture *fixture = *state;
    compare_with(fixture, numbers(fixture, 10007, 1, 10007), numbers(fixture, 10007, 3, 10007),
                 NULL);
    assert_int_equal(fixture->differences.count, 1);
    assert_int_equal(fixture->differences.list[0]->class, DIFFERENCE_MOVED);
    /* Every third number is in order; so are the two more runs that wrap around. */
    assert_in_range(fixture->differences.list[0]->count, 6600, 6700);
}

static void many_left_over_are_paired_by_place(void **state)
{
    struct fixture *fixture = *state;
    struct text left = repeated(fixture, "[\"a\"", ",\"left\"", 39, "]");
    struct text right = repeated(fixture, "[7", ",7", 19, "");
    right = repeated(fixture, right.at, ",\"right\"", 40, "]");
    compare_with(fixture, left, right, NULL);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_CHANGED], 40);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_ADDED], 20);
    compare_with(fixture, right, left, NULL);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_CHANGED], 40);
    assert_int_equal(fixture->differences.by_class[DIFFERENCE_MISSING], 20);
}

static void beyond_the_bound_of_edits_repeats_are_paired_by_occurrence(void **state)
{
    struct fixture *fixture = *state;
    compare_with(fixture, numbers(fixture, 6000, 7, 1009), numbers(fixture, 6000, 11, 1013),
                 NULL);
    size_t missing = fixture->differences.by_class[DIFFERENCE_MISSING];
    size_t added = fixture->differences.by_class[DIFFERENCE_ADDED];
    assert_int_equal(missing, added);
    assert_true(fixture->differences.by_class[DIFFERENCE_MOVED] > 4000);
}

static void many_paths_are_counted_beyond_the_limit(void **state)
{
    struct fixture *fixture = *state;
    struct buffer out;
    buffer_init(&out, 1 << 24);
    for (unsigned i = 0; i < DIFFERENCES_LIMIT + 3; i++) {
        buffer_add_format(&out, "%c\"k%u\":[{\"x\":1},{\"x\":1}]", i ? ',' : '{', i);
    }
    buffer_add_byte(&out, '}');
    struct text left = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    compare_with(fixture, left, TEXT("{}"), NULL);
    assert_int_equal(fixture->differences.count, DIFFERENCES_LIMIT);
    assert_int_equal(fixture->differences.dropped, 3);
    char *right = arena_string(&fixture->arena, left);
    for (char *at = right; (at = strchr(at, '1')); at++) {
        *at = at[-1] == ':' ? '2' : '1';
    }
    compare_with(fixture, left, text_of(right), NULL);
    assert_int_equal(fixture->differences.dropped, 6);
    assert_int_equal(fixture->differences.totals[SEVERITY_CHANGED],
                     (size_t)(DIFFERENCES_LIMIT + 3) * 2);
}

int main(void)
{
#define TREE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TREE_TEST(members_are_compared_by_key),
        TREE_TEST(repeated_keys_are_compared_one_by_one),
        TREE_TEST(items_are_aligned),
        TREE_TEST(what_is_left_over_is_paired_with_the_most_alike),
        TREE_TEST(objects_are_paired_by_what_identifies_them),
        TREE_TEST(the_judge_decides_what_is_allowed),
        TREE_TEST(seventeen_thousand_equal_strings_are_no_work),
        TREE_TEST(depth_is_no_danger),
        TREE_TEST(what_is_shuffled_only_moved),
        TREE_TEST(many_left_over_are_paired_by_place),
        TREE_TEST(beyond_the_bound_of_edits_repeats_are_paired_by_occurrence),
        TREE_TEST(many_paths_are_counted_beyond_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
