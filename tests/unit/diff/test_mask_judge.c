/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff/difference_print.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "diff/tree/tree.h"
#include "support/problem_text.h"

enum { PRINTED_LIMIT = 16384 };

static struct arena arena;
static struct mask_set set;
static struct mask_judge *judge;
static struct identity *identity;
static struct differences differences;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    mask_set_init(&set);
    problems_init(&problems);
    judge = NULL;
    identity = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mask_judge_free(judge);
    mask_set_release(&set);
    identity_free(identity);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

static void add(const char *line)
{
    if (!mask_set_add_line(&set, text_of(line), span_none(), &problems)) {
        assert_problems(&problems, "");
    }
}

static void assert_told(const char *expected)
{
    struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    for (size_t i = 0; i < problems.count; i++) {
        problem_print(&out, &problems.list[i], false);
    }
    struct text printed = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    assert_string_equal(printed.at, expected);
}

static const struct json_value *parse(const char *text)
{
    const struct json_value *root = NULL;
    assert_true(json_parse_text(text_of(text), &arena, &root));
    return root;
}

static const struct judge *begin(const struct json_value *left, const struct json_value *right)
{
    static const struct mask_scene lobby = { .method = TEXT_STATIC("GET"),
                                             .url_path = TEXT_STATIC("/api/lobby"),
                                             .place = TEXT_STATIC("GET /api/lobby") };
    struct mask_scene scene = lobby;
    scene.left_root = left;
    scene.right_root = right;
    judge = judge ? judge : mask_judge_new(&set, identity);
    return mask_judge_begin(judge, &scene);
}

static void compare(const char *left, const char *right)
{
    struct tree_pair pair = { .dialect = TREE_JSON,
                              .left = { parse(left), text_of(left) },
                              .right = { parse(right), text_of(right) },
                              .path = TEXT("$") };
    pair.judge = begin(pair.left.root, pair.right.root);
    pair.at = judge_enter(pair.judge, JUDGED_JSON, TEXT_EMPTY);
    differences_init(&differences, &arena, NULL);
    tree_diff(&pair, &differences);
}

/* "changed $.a; masked $.b": what was found, and what was hidden. */
static void assert_found(const char *expected)
{
    struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    for (size_t i = 0; i < differences.count; i++) {
        const struct difference *at = differences.list[i];
        bool is_masked = at->severity == SEVERITY_MASKED;
        buffer_add_format(&out, "%s%s %.*s", i ? "; " : "",
                          is_masked ? "masked" : difference_class_name(at->class),
                          TEXT_ARG(at->path));
    }
    struct text printed = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    assert_string_equal(printed.at, expected);
}

static void a_mask_hides_what_it_names_and_nothing_else(void **state)
{
    (void)state;
    add("JSON \"$.items[*].id\" uuid");
    compare("{\"items\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", \"n\": 1}],"
            " \"id\": 1, \"ids\": 2}",
            "{\"items\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c33ff\", \"n\": 2}],"
            " \"id\": 2, \"ids\": 3}");
    assert_found("masked $.items[*].id; changed $.items[*].n; changed $.id; changed $.ids");
}

static void segments_match_whole_and_exactly(void **state)
{
    (void)state;
    add("JSON \"$.date\" type");
    add("JSON \"$.a[1]\" type");
    add("JSON \"$.b[id=7].v\" type");
    add("JSON \"$.c..x\" type");
    add("JSON \"$.d.*\" type");
    compare("{\"candidate\": 1, \"date\": 1, \"a\": [1, 2, 3],"
            " \"b\": [{\"id\": 7, \"v\": 1}, {\"id\": 8, \"v\": 1}],"
            " \"c\": {\"x\": 1, \"y\": {\"z\": [{\"x\": 1, \"y\": 1}]}}, \"d\": {\"p\": 1}}",
            "{\"candidate\": 2, \"date\": 2, \"a\": [4, 5, 6],"
            " \"b\": [{\"id\": 7, \"v\": 2}, {\"id\": 8, \"v\": 2}],"
            " \"c\": {\"x\": 2, \"y\": {\"z\": [{\"x\": 2, \"y\": 2}]}}, \"d\": {\"p\": 2}}");
    assert_found("changed $.candidate; masked $.date; changed $.a[*]; masked $.a[*]; masked "
                 "$.b[*].v; changed $.b[*].v; masked $.c.x; masked $.c.y.z[*].x; changed "
                 "$.c.y.z[*].y; masked $.d.p");
}

static void presence_and_type_are_asserted_under_every_mask(void **state)
{
    (void)state;
    add("JSON \"$.a\" type");
    add("JSON \"$.b\" present");
    add("JSON \"$.c\" number");
    add("JSON \"$.d\" ignore");
    add("JSON \"$.e\" regex .");
    compare("{\"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1, \"e\": \"x\"}",
            "{\"a\": \"1\", \"b\": null, \"c\": \"1\", \"d\": \"x\"}");
    assert_found("type $.a; type $.b; type $.c; masked $.d; missing $.e");
    compare("{}", "{\"a\": 1, \"d\": 1}");
    assert_found("added $.a; masked $.d");
}

static void each_rule_asserts_what_it_says(void **state)
{
    (void)state;
    add("JSON \"$.date\" date ± 5 s");
    add("JSON \"$.anyday\" date");
    add("JSON \"$.near\" number ± 3");
    add("JSON \"$.percent\" number ± 10 %");
    add("JSON \"$.regex\" regex /^t-\\d$/i");
    add("JSON \"$.uuid\" uuid");
    add("JSON \"$.length\" length");
    add("JSON \"$.range\" length 1..3");
    add("JSON \"$.same\" same-as $.base");
    compare("{\"date\": \"2026-11-23T10:00:00Z\", \"anyday\": \"2020-01-01\", \"near\": 10,"
            " \"percent\": 100, \"regex\": \"T-1\","
            " \"uuid\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", \"length\": \"abc\","
            " \"range\": \"a\", \"same\": 4, \"base\": 4}",
            "{\"date\": \"2026-11-23T10:00:05Z\", \"anyday\": \"2026-01-01\", \"near\": 13,"
            " \"percent\": 90, \"regex\": \"t-2\","
            " \"uuid\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3302\", \"length\": \"äöü\","
            " \"range\": \"abc\", \"same\": 5, \"base\": 5}");
    assert_found(
        "masked $.date; masked $.anyday; masked $.near; masked $.percent; masked $.regex; "
        "masked $.uuid; masked $.length; masked $.range; masked $.same; changed $.base");
    compare("{\"date\": \"2026-11-23T10:00:00Z\", \"anyday\": \"2020-01-01\", \"near\": 10,"
            " \"percent\": 100, \"regex\": \"T-1\","
            " \"uuid\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", \"length\": \"abc\","
            " \"range\": \"a\", \"same\": 4, \"base\": 4}",
            "{\"date\": \"2026-11-23T10:00:06Z\", \"anyday\": \"soon\", \"near\": 13.5,"
            " \"percent\": 89, \"regex\": \"t-x\", \"uuid\": \"none\", \"length\": \"ab\","
            " \"range\": \"\", \"same\": 5, \"base\": 4}");
    assert_found("changed $.date; changed $.anyday; changed $.near; changed $.percent; changed "
                 "$.regex; changed $.uuid; changed $.length; changed $.range; changed $.same");
}

static void dates_may_be_near_the_time_of_their_own_answer(void **state)
{
    (void)state;
    add("header \"X-At\" date ± 5 s");
    struct mask_scene scene = { .method = TEXT("GET"),
                                .left_ns = UINT64_C(1795420800000000000), /* 08:00:00 */
                                .right_ns = UINT64_C(1795428000000000000) /* 10:00:00 */ };
    judge = mask_judge_new(&set, NULL);
    const struct judge *engine = mask_judge_begin(judge, &scene);
    const void *at = judge_enter(engine, JUDGED_HEADER, TEXT("X-At"));
    struct judged_pair pair = { .class = DIFFERENCE_CHANGED,
                                .left_text = TEXT("2026-11-23T08:00:01Z"),
                                .right_text = TEXT("2026-11-23T10:00:04Z") };
    struct text mask;
    assert_true(judge_allows(engine, at, &pair, &mask));
    pair.right_text = TEXT("2026-11-23T10:00:07Z");
    assert_false(judge_allows(engine, at, &pair, &mask));
    pair.right_text = TEXT("2026-11-23T08:00:03Z"); /* a fixed date */
    assert_true(judge_allows(engine, at, &pair, &mask));
}

static void what_no_rule_can_be_asked_about_differs(void **state)
{
    (void)state;
    add("JSON \"$.a\" regex x");
    add("JSON \"$.b\" uuid");
    add("JSON \"$.c\" date");
    add("JSON \"$.d\" number");
    add("JSON \"$.e\" same-as $.none");
    add("JSON \"$.f\" length 2");
    add("JSON \"$.g\" date ± 1 s");
    add("JSON \"$.h\" number ± 1");
    compare("{\"a\": 1, \"b\": 1, \"c\": true, \"d\": \"x\", \"e\": 1, \"f\": 12, \"g\": "
            "1795420800, \"h\": \"7\"}",
            "{\"a\": 2, \"b\": 2, \"c\": false, \"d\": \"y\", \"e\": 2, \"f\": 13, \"g\": "
            "1795420801, \"h\": \"8\"}");
    assert_found("changed $.a; changed $.b; changed $.c; changed $.d; changed $.e; masked $.f; "
                 "masked $.g; masked $.h");
}

static void decimal_fractions_at_the_edge_are_inside(void **state)
{
    (void)state;
    add("JSON \"$.a\" number ± 0.1");
    compare("{\"a\": 0.3}", "{\"a\": 0.4}");
    assert_found("masked $.a");
    compare("{\"a\": 0.3}", "{\"a\": 0.4001}");
    assert_found("changed $.a");
}

static void a_container_is_ignored_only_by_force(void **state)
{
    (void)state;
    add("JSON \"$.a\" ignore");
    add("JSON \"$.b\" ignore!");
    add("JSON \"$.c\" present");
    add("JSON \"$.d\" present!");
    compare("{\"a\": {\"x\": 1}, \"b\": {\"x\": 1}, \"c\": [1], \"d\": [1]}",
            "{\"a\": {\"x\": 2}, \"b\": [2], \"c\": [2], \"d\": [2]}");
    assert_found("changed $.a.x; masked $.b; changed $.c[*]; masked $.d");
    compare("{\"a\": 1, \"b\": {\"x\": 1}}", "{}");
    assert_found("masked $.a; masked $.b");
    compare("{\"a\": {}}", "{}");
    assert_found("missing $.a");
}

static void a_type_of_a_container_is_its_shape(void **state)
{
    (void)state;
    add("JSON \"$.list\" type");
    compare("{\"list\": [{\"a\": 1, \"b\": true}, {\"a\": null, \"b\": false}]}",
            "{\"list\": [{\"a\": 2, \"b\": false}, {\"a\": 3, \"b\": true}]}");
    assert_found("masked $.list");
    compare("{\"list\": [{\"a\": 1}]}", "{\"list\": [{\"a\": \"1\"}, {\"b\": 1}]}");
    assert_found("type $.list[*].a; added $.list[*]");
    compare("{\"list\": []}", "{\"list\": [1, \"2\", {}]}");
    assert_found("masked $.list");
    compare("{\"list\": [[{\"a\": [1]}, 1, 2]]}", "{\"list\": [[{\"a\": []}], [3]]}");
    assert_found("masked $.list");
}

static void a_length_of_an_array_is_a_number_of_items_of_known_shape(void **state)
{
    (void)state;
    add("JSON \"$.list\" length 1..3");
    add("JSON \"$.map\" length");
    compare("{\"list\": [1], \"map\": {\"a\": 1}}", "{\"list\": [2, 3], \"map\": {\"b\": 2}}");
    assert_found("masked $.list; masked $.map");
    compare("{\"list\": [1]}", "{\"list\": [\"2\"]}");
    assert_found("type $.list[*]");
    compare("{\"list\": [1], \"map\": {\"a\": 1}}", "{\"list\": [1, 2, 3, 4], \"map\": {}}");
    assert_found("changed $.list; changed $.map");
}

static void arrays_are_paired_as_masks_say(void **state)
{
    (void)state;
    add("JSON \"$.set\" set");
    add("JSON \"$.keyed\" by(k)");
    compare("{\"set\": [1, 2, 3], \"keyed\": [{\"k\": 1, \"v\": 1}, {\"k\": 2, \"v\": 1}]}",
            "{\"set\": [3, 1, 2], \"keyed\": [{\"k\": 1, \"v\": 1}, {\"k\": 2, \"v\": 2}]}");
    assert_found("changed $.keyed[*].v");
}

static void the_first_mask_decides(void **state)
{
    (void)state;
    add("JSON \"$.a\" date ± 5 s");
    add("JSON \"$.a\" type");
    compare("{\"a\": \"2026-11-23T10:00:00Z\"}", "{\"a\": \"2026-11-23T11:00:00Z\"}");
    assert_found("changed $.a");
    assert_int_equal(set.list[1]->usage.shadowed, set.list[1]->usage.places);
}

static void a_mask_holds_only_in_its_scope(void **state)
{
    (void)state;
    add("GET /api/* JSON \"$.a\" type");
    add("POST /api/lobby JSON \"$.b\" type");
    add("event \"x\" JSON \"$.c\" type");
    compare("{\"a\": 1, \"b\": 1, \"c\": 1}", "{\"a\": 2, \"b\": 2, \"c\": 2}");
    assert_found("masked $.a; changed $.b; changed $.c");
}

static void new_ids_are_the_same_and_crossed_ones_are_told(void **state)
{
    (void)state;
    identity = identity_new();
    add("JSON \"$.host\" uuid");
    compare("{\"players\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", \"n\": \"a\"},"
            " {\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3302\", \"n\": \"b\"}],"
            " \"host\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\"}",
            "{\"players\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c33a1\", \"n\": \"a\"},"
            " {\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c33a2\", \"n\": \"b\"}],"
            " \"host\": \"3f2504e0-4f89-41d3-9a0c-0305e82c33a2\"}");
    assert_found("masked $.players[*].id; changed $.host");
    size_t count;
    const struct text *notes = identity_notes(identity, &count);
    assert_int_equal(count, 1);
    assert_string_equal(
        notes[0].at,
        "crossed ids at GET /api/lobby $['host']: '3f2504e0-4f89-41d3-9a0c-0305e82c33a2' "
        "stands "
        "where '3f2504e0-4f89-41d3-9a0c-0305e82c3301' was recorded; that one is "
        "'3f2504e0-4f89-41d3-9a0c-0305e82c33a1' (GET /api/lobby $['players'][0]['id']); this "
        "one was '3f2504e0-4f89-41d3-9a0c-0305e82c3302' (GET /api/lobby "
        "$['players'][1]['id'])");
}

/* What the judge says of texts that are no documents. */
static bool allows(enum judged_part part, const char *name, const char *left, const char *right)
{
    const struct judge *engine = begin(NULL, NULL);
    const void *at = judge_enter(engine, part, text_of(name));
    struct judged_pair pair = { .class = DIFFERENCE_CHANGED,
                                .left_text = text_of(left),
                                .right_text = text_of(right) };
    struct text mask;
    if (part == JUDGED_COOKIE) {
        at = judge_key(engine, at, TEXT("value"));
    }
    return judge_allows(engine, at, &pair, &mask);
}

static void headers_cookies_status_and_texts_have_masks(void **state)
{
    (void)state;
    add("header \"X-Id\" uuid");
    add("header \"Location\" regex ^/tables/");
    add("header \"X-Count\" number ± 2");
    add("header \"X-Kind\" type");
    add("header \"X-Date\" date ± 1 min");
    add("header \"X-Length\" length 3");
    add("cookie \"sid\" length");
    add("cookie \"gone\" ignore");
    add("status type");
    add("text regex ^hello");
    assert_true(allows(JUDGED_HEADER, "x-id", "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                       "3f2504e0-4f89-41d3-9a0c-0305e82c33a1"));
    assert_false(allows(JUDGED_HEADER, "x-id", "a", "b"));
    assert_false(allows(JUDGED_HEADER, "x-idle", "a", "b"));
    assert_true(allows(JUDGED_REDIRECT, "", "/tables/1", "/tables/2"));
    assert_true(allows(JUDGED_HEADER, "X-Count", "3", "5"));
    assert_false(allows(JUDGED_HEADER, "X-Count", "3", "6"));
    assert_true(allows(JUDGED_HEADER, "X-Kind", "3", "6"));
    assert_true(allows(JUDGED_HEADER, "X-Kind", "abc", "def"));
    assert_false(allows(JUDGED_HEADER, "X-Kind", "3", "x"));
    assert_true(allows(JUDGED_HEADER, "X-Kind", "true", "false"));
    assert_true(allows(JUDGED_HEADER, "X-Date", "Mon, 23 Nov 2026 10:00:00 GMT",
                       "Mon, 23 Nov 2026 10:00:59 GMT"));
    assert_false(allows(JUDGED_HEADER, "X-Date", "Mon, 23 Nov 2026 10:00:00 GMT", "x"));
    assert_true(allows(JUDGED_HEADER, "X-Length", "a", "abc"));
    assert_true(allows(JUDGED_COOKIE, "sid", "abc", "def"));
    assert_false(allows(JUDGED_COOKIE, "sid", "abc", "de"));
    assert_false(allows(JUDGED_COOKIE, "Sid", "abc", "def"));
    assert_true(allows(JUDGED_STATUS, "", "200", "204"));
    assert_false(allows(JUDGED_STATUS, "", "200", "404"));
    assert_false(allows(JUDGED_STATUS, "", "200", ""));
    assert_true(allows(JUDGED_TEXT, "", "hello a", "hello b"));
    assert_false(allows(JUDGED_BODY, "", "hello a", "bye"));
    assert_false(allows(JUDGED_HTML, "", "a", "b"));
    const struct judge *engine = begin(NULL, NULL);
    struct judged_pair lone = { .class = DIFFERENCE_MISSING, .left_text = TEXT("x") };
    struct text mask;
    const void *gone = judge_enter(engine, JUDGED_COOKIE, TEXT("gone"));
    assert_true(judge_allows(engine, gone, &lone, &mask));
}

static void masks_that_do_nothing_or_too_much_are_reported(void **state)
{
    (void)state;
    add("JSON \"$.dead\" type");
    add("JSON \"$.hides\" type");
    add("JSON \"$.hides\" date");
    add("JSON \"$.equal\" type");
    add("JSON \"$..*\" length 9");
    add("JSON \"$.a.*\" type");
    add("JSON \"$.*\" regex x");
    compare("{\"hides\": 1, \"equal\": 1, \"a\": {}}",
            "{\"hides\": 2, \"equal\": 1, \"a\": {}}");
    assert_int_equal(mask_set_report(&set, &problems), 6);
    assert_told("bddrun: warning: the mask 'JSON \"$.dead\" type' stood for nothing\n"
                "  hint: remove it, or correct its path: names match whole, nothing by parts\n"
                "bddrun: warning: the mask 'JSON \"$.hides\" date' is shadowed by 'JSON "
                "\"$.hides\" type'\n"
                "  hint: put the narrower mask first, or remove one of the two\n"
                "bddrun: warning: the mask 'JSON \"$.equal\" type' hid nothing: all values "
                "there are equal\n"
                "  hint: remove it: without it the values are compared\n"
                "bddrun: warning: the mask 'JSON \"$..*\" length 9' hid nothing: all values "
                "there are equal\n"
                "  hint: remove it: without it the values are compared\n"
                "bddrun: warning: the mask 'JSON \"$.a.*\" type' stood for nothing\n"
                "  hint: remove it, or correct its path: names match whole, nothing by parts\n"
                "bddrun: warning: the mask 'JSON \"$.*\" regex x' is shadowed by 'JSON "
                "\"$..*\" length 9'\n"
                "  hint: put the narrower mask first, or remove one of the two\n");
    problems_clear(&problems);
    assert_int_equal(mask_set_check(&set, &problems), 1);
}

static void a_mask_of_a_whole_body_is_reported(void **state)
{
    (void)state;
    add("JSON \"$\" ignore!");
    compare("{\"a\": 1}", "[2]");
    assert_found("masked $");
    assert_int_equal(mask_set_report(&set, &problems), 1);
    assert_told("bddrun: warning: the mask 'JSON \"$\" ignore!' is over-broad: it stands for a "
                "whole body\n"
                "  hint: name the parts that vary\n");
}

static void usage_of_other_processes_is_added_up(void **state)
{
    (void)state;
    struct mask_set other;
    struct buffer written;
    add("JSON \"$.a\" type");
    add("JSON \"$.a\" date");
    compare("{\"a\": 1}", "{\"a\": 2}");
    buffer_init(&written, PRINTED_LIMIT);
    mask_set_usage_write(&set, &written);
    mask_set_init(&other);
    assert_true(mask_set_add_line(&other, TEXT("JSON \"$.a\" type"), span_none(), &problems));
    assert_false(mask_set_usage_add(&other, TEXT("1 2")));
    assert_false(mask_set_usage_add(&other, TEXT("")));
    assert_false(mask_set_usage_add(&other, TEXT("1 2 3 4 5 6 7\n")));
    assert_false(mask_set_usage_add(&other, buffer_text(&written)));
    assert_true(mask_set_add_line(&other, TEXT("JSON \"$.a\" date"), span_none(), &problems));
    assert_true(mask_set_usage_add(&other, buffer_text(&written)));
    assert_int_equal(other.list[0]->usage.hidden > 0, 1);
    assert_ptr_equal(other.list[1]->usage.shadow, &other.list[0]->mask);
    buffer_release(&written);
    mask_set_release(&other);
}

static void a_step_s_masks_come_first_and_are_forgotten_with_it(void **state)
{
    (void)state;
    struct mask_set step;
    add("JSON \"$.a\" type");
    mask_set_init(&step);
    assert_true(mask_set_add_line(&step, TEXT("JSON \"$.a\" uuid"), span_none(), &problems));
    mask_set_include(&step, &set);
    struct mask_judge *own = mask_judge_new(&step, NULL);
    struct mask_scene scene = { .method = TEXT("GET") };
    const struct judge *engine = mask_judge_begin(own, &scene);
    const void *at = judge_key(engine, judge_enter(engine, JUDGED_JSON, TEXT_EMPTY), TEXT("a"));
    assert_true(judge_is_masked(engine, at));
    assert_ptr_equal(set.list[0]->usage.shadow, &step.list[0]->mask);
    mask_judge_free(own);
    mask_set_release(&step);
    assert_null(set.list[0]->usage.shadow);
    assert_int_equal(mask_set_report(&set, &problems), 1);
    assert_told("bddrun: warning: the mask 'JSON \"$.a\" type' is shadowed by masks of steps\n"
                "  hint: put the narrower mask first, or remove one of the two\n");
}

static void too_many_masks_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < MASKS_LIMIT; i++) {
        add("status type");
    }
    assert_false(mask_set_add_line(&set, TEXT("status type"), span_none(), &problems));
    assert_told("bddrun: error: more than 4096 masks\n"
                "  hint: say more with one: [*] and `..` stand for many places\n");
}

static void the_automaton_stays_bounded(void **state)
{
    (void)state;
    struct buffer line;
    buffer_init(&line, 1000);
    buffer_add_string(&line, "JSON \"$");
    for (size_t i = 0; i < 20; i++) {
        buffer_add_string(&line, "..a.*");
    }
    buffer_add_string(&line, "\" type");
    add(line.at);
    buffer_release(&line);
    const struct judge *engine = begin(NULL, NULL);
    uint32_t bits = 1;
    for (size_t document = 0; document < 20000; document++) {
        const void *at = judge_enter(engine, JUDGED_JSON, TEXT_EMPTY);
        for (size_t depth = 0; depth < 40 && at; depth++) {
            bits = bits * 1664525 + 1013904223;
            at = judge_key(engine, at, bits >> 31 ? TEXT("a") : TEXT("b"));
        }
    }
}

static void xml_is_entered_by_names_and_places(void **state)
{
    (void)state;
    add("XML \"/hands/hand[2]/@id\" type");
    const struct judge *engine = begin(NULL, NULL);
    const void *at = judge_enter(engine, JUDGED_XML, TEXT_EMPTY);
    at = judge_item(engine, judge_key(engine, at, TEXT("hands")), 0, NULL);
    const void *hand = judge_key(engine, at, TEXT("hand"));
    assert_false(judge_is_masked(
        engine, judge_key(engine, judge_item(engine, hand, 0, NULL), TEXT("@id"))));
    assert_true(judge_is_masked(
        engine, judge_key(engine, judge_item(engine, hand, 1, NULL), TEXT("@id"))));
    assert_null(judge_enter(engine, JUDGED_JSON, TEXT_EMPTY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mask_hides_what_it_names_and_nothing_else, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(segments_match_whole_and_exactly, set_up, tear_down),
        cmocka_unit_test_setup_teardown(presence_and_type_are_asserted_under_every_mask, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_rule_asserts_what_it_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_may_be_near_the_time_of_their_own_answer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_no_rule_can_be_asked_about_differs, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(decimal_fractions_at_the_edge_are_inside, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_container_is_ignored_only_by_force, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_type_of_a_container_is_its_shape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_length_of_an_array_is_a_number_of_items_of_known_shape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arrays_are_paired_as_masks_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_mask_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mask_holds_only_in_its_scope, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_ids_are_the_same_and_crossed_ones_are_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(headers_cookies_status_and_texts_have_masks, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(masks_that_do_nothing_or_too_much_are_reported, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_mask_of_a_whole_body_is_reported, set_up, tear_down),
        cmocka_unit_test_setup_teardown(usage_of_other_processes_is_added_up, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_step_s_masks_come_first_and_are_forgotten_with_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_masks_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_automaton_stays_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xml_is_entered_by_names_and_places, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
