/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "base/buffer.h"
#include "diff/mask/mask_set.h"
#include "support/problem_text.h"

static struct mask_set set;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    mask_set_init(&set);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mask_set_release(&set);
    problems_release(&problems);
    return 0;
}

static const struct mask *add(const char *line)
{
    if (!mask_set_add_line(&set, text_of(line), span_none(), &problems)) {
        assert_problems(&problems, "");
        fail();
    }
    return &set.list[set.count - 1]->mask;
}

static void a_place_and_an_assertion_are_read(void **state)
{
    (void)state;
    const struct mask *mask = add("JSON \"$.items[*].id\" uuid");
    assert_int_equal(mask->where, MASK_JSON);
    assert_int_equal(mask->rule, MASK_UUID);
    assert_int_equal(mask->path.count, 3);
    assert_int_equal(mask->path.segments[0].kind, MASK_SEGMENT_NAME);
    assert_true(text_is(mask->path.segments[0].name, "items"));
    assert_int_equal(mask->path.segments[1].kind, MASK_SEGMENT_ANY);
    assert_true(text_is(mask->shown, "JSON \"$.items[*].id\" uuid"));

    mask = add("event \"tick\" ignore");
    assert_int_equal(mask->where, MASK_EVENT);
    assert_true(text_is(mask->name, "tick"));
    mask = add("event \"tick\" JSON '$.n' number");
    assert_int_equal(mask->where, MASK_EVENT_JSON);
    assert_true(text_is(mask->path.segments[0].name, "n"));
    assert_true(isinf(mask->tolerance));
    assert_int_equal(add("header \"X-Id\" present")->where, MASK_HEADER);
    assert_int_equal(add("cookie \"sid\" regex ^[a-z]+$")->where, MASK_COOKIE);
    assert_int_equal(add("status type")->where, MASK_STATUS);
    assert_int_equal(add("text length 1..")->where, MASK_TEXT);
    assert_int_equal(add("event \"\" ignore")->name.size, 0);
}

static void every_kind_of_segment_is_read(void **state)
{
    (void)state;
    const struct mask_path *path =
        &add("JSON \"$..a.**.b[2]['x.y'][id=7][name='Al \\\\'s'].*\" type")->path;
    static const enum mask_segment_kind kinds[] = { MASK_SEGMENT_DEEP,  MASK_SEGMENT_NAME,
                                                    MASK_SEGMENT_DEEP,  MASK_SEGMENT_NAME,
                                                    MASK_SEGMENT_INDEX, MASK_SEGMENT_NAME,
                                                    MASK_SEGMENT_KEYED, MASK_SEGMENT_KEYED,
                                                    MASK_SEGMENT_ANY };
    assert_int_equal(path->count, ARRAY_SIZE(kinds));
    for (size_t i = 0; i < path->count; i++) {
        assert_int_equal(path->segments[i].kind, kinds[i]);
    }
    assert_int_equal(path->segments[4].index, 2);
    assert_true(text_is(path->segments[5].name, "x.y"));
    assert_true(text_is(path->segments[6].value, "7"));
    assert_false(path->segments[6].is_string);
    assert_true(text_is(path->segments[7].value, "Al 's"));
    assert_true(path->segments[7].is_string);
    assert_int_equal(add("JSON \"$\" length")->path.count, 0);
    assert_int_equal(add("JSON \"$..[0]\" uuid")->path.count, 2);
    assert_true(text_is(add("JSON \"$['k'=1]\" uuid")->path.segments[0].value, "1"));
}

static void keyed_segments_name_items_by_any_scalar(void **state)
{
    (void)state;
    static const struct {
        const char *segment;
        const char *item;
        bool fits;
    } cases[] = {
        { "[id=7]", "{\"id\": 7.0}", true },
        { "[id=7]", "{\"id\": 8}", false },
        { "[id=7]", "{\"id\": \"7\"}", true },
        { "[id='7']", "{\"id\": 7}", false },
        { "[id='7']", "{\"id\": \"7\"}", true },
        { "[id=x]", "{\"id\": 7}", false },
        { "[id=true]", "{\"id\": true}", true },
        { "[id=true]", "{\"id\": false}", false },
        { "[id=false]", "{\"id\": false}", true },
        { "[id='true']", "{\"id\": true}", false },
        { "[id=null]", "{\"id\": null}", false },
        { "[id=7]", "{}", false },
        { "[id=7]", "[7]", false },
        { "[id='']", "{\"id\": \"\"}", true },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char line[80];
        const struct json_value *item = NULL;
        snprintf(line, sizeof line, "JSON \"$%s\" uuid", cases[i].segment);
        assert_true(json_parse_text(text_of(cases[i].item), &set.arena, &item));
        assert_int_equal(mask_segment_names_item(&add(line)->path.segments[0], item),
                         cases[i].fits);
    }
}

static void a_singular_path_finds_its_value(void **state)
{
    (void)state;
    const struct json_value *root = NULL;
    assert_true(json_parse_text(TEXT("{\"a\": [1, {\"b\": 2}]}"), &set.arena, &root));
    assert_non_null(mask_path_value(&add("JSON \"$.x\" same-as $.a[1].b")->other, root));
    assert_null(mask_path_value(&add("JSON \"$.x\" same-as $.a[2].b")->other, root));
    assert_null(mask_path_value(&add("JSON \"$.x\" same-as $.b.c")->other, root));
    assert_ptr_equal(mask_path_value(&add("JSON \"$.x\" same-as $")->other, root), root);
}

static void xpath_becomes_the_same_segments(void **state)
{
    (void)state;
    const struct mask_path *path = &add("XML \"/hands/hand[2]//*[*]/@id\" type")->path;
    static const enum mask_segment_kind kinds[] = { MASK_SEGMENT_NAME, MASK_SEGMENT_ANY,
                                                    MASK_SEGMENT_NAME, MASK_SEGMENT_INDEX,
                                                    MASK_SEGMENT_DEEP, MASK_SEGMENT_ANY,
                                                    MASK_SEGMENT_ANY,  MASK_SEGMENT_NAME };
    assert_int_equal(path->count, ARRAY_SIZE(kinds));
    for (size_t i = 0; i < path->count; i++) {
        assert_int_equal(path->segments[i].kind, kinds[i]);
    }
    assert_int_equal(path->segments[3].index, 1);
    assert_true(text_is(path->segments[7].name, "@id"));
    assert_true(text_is(add("HTML \"//h1/text()\" type")->path.segments[3].name, "text()"));
}

static void amounts_are_read_with_their_units(void **state)
{
    (void)state;
    assert_int_equal(add("JSON \"$.a\" date ± 5 s")->within_ns, 5000000000);
    assert_int_equal(add("JSON \"$.a\" date +- 250 ms")->within_ns, 250000000);
    assert_int_equal(add("JSON \"$.a\" date")->within_ns, UINT64_MAX);
    const struct mask *percent = add("JSON \"$.a\" number +/- 1.5 %");
    assert_true(percent->is_percent);
    assert_true(percent->tolerance > 1.49 && percent->tolerance < 1.51);
    assert_false(add("JSON \"$.a\" number ± 3")->is_percent);
    const struct mask *range = add("JSON \"$.a\" length 3..20");
    assert_int_equal(range->minimum, 3);
    assert_int_equal(range->maximum, 20);
    assert_int_equal(add("JSON \"$.a\" length 4")->maximum, 4);
    assert_true(add("JSON \"$.a\" length 4..")->maximum == MASK_LENGTH_ANY);
    assert_true(add("JSON \"$.a\" ignore!")->is_forced);
    assert_false(add("JSON \"$.a\" ignore")->is_forced);
    assert_true(text_is(add("JSON \"$.a\" by(id)")->key, "id"));
    assert_int_equal(add("JSON \"$.a\" same-as $.ids[0]")->other.count, 2);
    assert_int_equal(add("JSON \"$.a\" same-as \"$.b\"")->other.count, 1);
    assert_non_null(add("JSON \"$.a\" regex /^t-\\d+$/i")->regex);
}

static void a_path_has_a_bounded_number_of_segments(void **state)
{
    (void)state;
    struct buffer line;
    buffer_init(&line, 1000);
    buffer_add_string(&line, "JSON \"$");
    for (size_t i = 0; i < MASK_SEGMENTS_LIMIT; i++) {
        buffer_add_string(&line, ".a");
    }
    size_t size = line.size;
    buffer_add_string(&line, "\" type");
    assert_int_equal(add(line.at)->path.count, MASK_SEGMENTS_LIMIT);
    buffer_truncate(&line, size);
    buffer_add_string(&line, ".a\" type");
    assert_false(mask_set_add_line(&set, buffer_text(&line), span_none(), &problems));
    assert_true(text_starts_with(problems.list[0].message, TEXT("too many segments")));
    buffer_truncate(&line, 0);
    buffer_add_string(&line, "XML \"");
    for (size_t i = 0; i < MASK_SEGMENTS_LIMIT; i++) {
        buffer_add_string(&line, "//a");
    }
    buffer_add_string(&line, "\" type");
    assert_false(mask_set_add_line(&set, buffer_text(&line), span_none(), &problems));
    buffer_release(&line);
}

static void a_scope_is_a_method_and_a_pattern_of_paths(void **state)
{
    (void)state;
    const struct mask *mask = add("GET /api/tables/*/seats JSON \"$.n\" type");
    assert_true(mask_covers(mask, TEXT("GET"), TEXT("/api/tables/7/seats")));
    assert_false(mask_covers(mask, TEXT("POST"), TEXT("/api/tables/7/seats")));
    assert_false(mask_covers(mask, TEXT("GET"), TEXT("/api/tables/7/8/seats")));
    assert_false(mask_covers(mask, TEXT("GET"), TEXT("/api/tables/7/seats/1")));
    mask = add("/api/** status type");
    assert_true(mask_covers(mask, TEXT("PUT"), TEXT("/api/a/b")));
    assert_false(mask_covers(mask, TEXT("PUT"), TEXT("/apis/a")));
    mask = add("* /a status type");
    assert_true(mask_covers(mask, TEXT("PUT"), TEXT("/a")));
    mask = add("status type");
    assert_true(mask_covers(mask, TEXT_EMPTY, TEXT_EMPTY));
    mask = add("GET / status type");
    assert_true(mask_covers(mask, TEXT("GET"), TEXT("/")));
    assert_false(mask_covers(mask, TEXT("GET"), TEXT("/a")));
}

static void bad(const char *line, const char *expected)
{
    struct source source;
    source_init(&source, TEXT("--mask"), text_of(line));
    assert_false(mask_set_add_line(&set, text_of(line), span_all(&source), &problems));
    assert_problems(&problems, expected);
    problems_clear(&problems);
    source_release(&source);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    bad("", "--mask: error: an unknown place in the mask ''\n"
            "  hint: write JSON \"$.id\", header \"X\", cookie \"x\", event \"x\", status or "
            "text\n");
    bad("JSN \"$.a\" type",
        "--mask:1:1: error: an unknown place in the mask 'JSN \"$.a\" type'\n"
        "  JSN \"$.a\" type\n"
        "  ^^^^^^^^^^^^^^\n"
        "  hint: did you mean 'JSON'?\n");
    bad("JSON type", "--mask:1:1: error: no quoted name in the mask 'JSON type'\n"
                     "  JSON type\n"
                     "  ^^^^^^^^^\n"
                     "  hint: write JSON \"$.id\", header \"X\", cookie \"x\", event \"x\", "
                     "status or text\n");
    bad("JSON \"$.a type",
        "--mask:1:1: error: a quote without its end in the mask 'JSON \"$.a type'\n"
        "  JSON \"$.a type\n"
        "  ^^^^^^^^^^^^^^\n"
        "  hint: close the quote\n");
    bad("JSON \"a\" type", "--mask:1:7: error: no '$' in the path 'a'\n"
                           "  JSON \"a\" type\n"
                           "        ^\n"
                           "  hint: a path starts at the root: $.items[*].id\n");
    bad("JSON \"$.a[?@.b]\" type",
        "--mask:1:10: error: an unknown segment in the path '$.a[?@.b]'\n"
        "  JSON \"$.a[?@.b]\" type\n"
        "           ^^^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[-1]\" type",
        "--mask:1:10: error: an unknown segment in the path '$.a[-1]'\n"
        "  JSON \"$.a[-1]\" type\n"
        "           ^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[\" type", "--mask:1:10: error: an unknown segment in the path '$.a['\n"
                              "  JSON \"$.a[\" type\n"
                              "           ^\n"
                              "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[=7]\" type",
        "--mask:1:10: error: a key without name or value in the path '$.a[=7]'\n"
        "  JSON \"$.a[=7]\" type\n"
        "           ^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a['b\" type",
        "--mask:1:11: error: a quote without its end in the path '$.a['b'\n"
        "  JSON \"$.a['b\" type\n"
        "            ^^\n"
        "  hint: close the quote\n");
    bad("JSON \"$.\" type", "--mask:1:9: error: no name in the path '$.'\n"
                            "  JSON \"$.\" type\n"
                            "          ^\n"
                            "  hint: write $.items[*].id\n");
    bad("JSON \"$..\" type", "--mask:1:10: error: no name in the path '$..'\n"
                             "  JSON \"$..\" type\n"
                             "           ^\n"
                             "  hint: write $.items[*].id\n");
    bad("JSON \"$.a.**\" type", "--mask:1:13: error: no name behind '**' in the path '$.a.**'\n"
                                "  JSON \"$.a.**\" type\n"
                                "              ^\n"
                                "  hint: end it with a name or [*]\n");
    bad("JSON \"$a\" type", "--mask:1:8: error: an unknown segment in the path '$a'\n"
                            "  JSON \"$a\" type\n"
                            "         ^\n"
                            "  hint: write $.items[*].id\n");
    bad("JSON \"$.a[id=]\" type",
        "--mask:1:10: error: a key without name or value in the path '$.a[id=]'\n"
        "  JSON \"$.a[id=]\" type\n"
        "           ^^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[id='x]\" type",
        "--mask:1:14: error: a quote without its end in the path '$.a[id='x]'\n"
        "  JSON \"$.a[id='x]\" type\n"
        "               ^^^\n"
        "  hint: close the quote\n");
    bad("JSON \"$.a[*\" type",
        "--mask:1:10: error: a bracket that does not end in the path '$.a[*'\n"
        "  JSON \"$.a[*\" type\n"
        "           ^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a['b'\" type",
        "--mask:1:10: error: a bracket that does not end in the path '$.a['b''\n"
        "  JSON \"$.a['b'\" type\n"
        "           ^^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[1\" type",
        "--mask:1:10: error: a bracket that does not end in the path '$.a[1'\n"
        "  JSON \"$.a[1\" type\n"
        "           ^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a[b]\" type", "--mask:1:10: error: an unknown segment in the path '$.a[b]'\n"
                                "  JSON \"$.a[b]\" type\n"
                                "           ^^\n"
                                "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("JSON \"$.a['b'=]\" type",
        "--mask:1:10: error: a key without name or value in the path '$.a['b'=]'\n"
        "  JSON \"$.a['b'=]\" type\n"
        "           ^^^^^\n"
        "  hint: write [3], [*], ['name'] or [id=7]\n");
    bad("XML \"//\" type",
        "--mask:1:8: error: no name in the path '//'\n"
        "  XML \"//\" type\n"
        "         ^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("XML \"/a[1]b\" type",
        "--mask:1:11: error: no '/' in the path '/a[1]b'\n"
        "  XML \"/a[1]b\" type\n"
        "            ^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("event tick ignore",
        "--mask:1:1: error: no quoted name in the mask 'event tick ignore'\n"
        "  event tick ignore\n"
        "  ^^^^^^^^^^^^^^^^^\n"
        "  hint: write JSON \"$.id\", header \"X\", cookie \"x\", event \"x\", status or "
        "text\n");
    bad("event \"tick\" JSON ignore",
        "--mask:1:1: error: no quoted name in the mask 'event \"tick\" JSON ignore'\n"
        "  event \"tick\" JSON ignore\n"
        "  ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: write JSON \"$.id\", header \"X\", cookie \"x\", event \"x\", status or "
        "text\n");
    bad("JSON \"$.a\" number ± %", "--mask:1:12: error: no number in the mask 'number ± %'\n"
                                   "  JSON \"$.a\" number ± %\n"
                                   "             ^^^^^^^^^^\n"
                                   "  hint: write number, number ± 3 or number ± 1 %\n");
    bad("JSON \"$.a\" length ..3",
        "--mask:1:12: error: no number or range in the mask 'length ..3'\n"
        "  JSON \"$.a\" length ..3\n"
        "             ^^^^^^^^^^\n"
        "  hint: write length, length 3 or length 3..20\n");
    bad("JSON \"$.a\" length 18446744073709551615",
        "--mask:1:12: error: no number or range in the mask 'length 18446744073709551615'\n"
        "  JSON \"$.a\" length 18446744073709551615\n"
        "             ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: write length, length 3 or length 3..20\n");
    bad("XML \"hands\" type",
        "--mask:1:6: error: no '/' in the path 'hands'\n"
        "  XML \"hands\" type\n"
        "       ^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("XML \"/hands[0]\" type",
        "--mask:1:12: error: an unknown place in the path '/hands[0]'\n"
        "  XML \"/hands[0]\" type\n"
        "             ^^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("XML \"/hands[1\" type",
        "--mask:1:12: error: a bracket that does not end in the path '/hands[1'\n"
        "  XML \"/hands[1\" type\n"
        "             ^^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("XML \"/@a/b\" type",
        "--mask:1:9: error: something behind a value in the path '/@a/b'\n"
        "  XML \"/@a/b\" type\n"
        "          ^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("XML \"/@\" type",
        "--mask:1:7: error: no name in the path '/@'\n"
        "  XML \"/@\" type\n"
        "        ^\n"
        "  hint: write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()\n");
    bad("header \"\" type", "--mask:1:1: error: an empty name in the mask 'header \"\" type'\n"
                            "  header \"\" type\n"
                            "  ^^^^^^^^^^^^^^\n"
                            "  hint: write JSON \"$.id\", header \"X\", cookie \"x\", event "
                            "\"x\", status or text\n");
    bad("JSON \"$.a\"", "--mask:1:1: error: no assertion in the mask ''\n"
                        "  JSON \"$.a\"\n"
                        "  ^^^^^^^^^^\n"
                        "  hint: one of type, present, regex, date, number, uuid, length, set, "
                        "by, same-as, ignore\n");
    bad("JSON \"$.a\" typ", "--mask:1:12: error: an unknown assertion in the mask 'typ'\n"
                            "  JSON \"$.a\" typ\n"
                            "             ^^^\n"
                            "  hint: did you mean 'type'?\n");
    bad("JSON \"$.a\" type now",
        "--mask:1:12: error: something behind the assertion in the mask 'type now'\n"
        "  JSON \"$.a\" type now\n"
        "             ^^^^^^^^\n"
        "  hint: write its word alone\n");
    bad("JSON \"$.a\" date 5 s", "--mask:1:12: error: no duration in the mask 'date 5 s'\n"
                                 "  JSON \"$.a\" date 5 s\n"
                                 "             ^^^^^^^^\n"
                                 "  hint: write date, or date ± 5 s\n");
    bad("JSON \"$.a\" date ± 5 apples",
        "--mask:1:12: error: no duration in the mask 'date ± 5 apples'\n"
        "  JSON \"$.a\" date ± 5 apples\n"
        "             ^^^^^^^^^^^^^^^\n"
        "  hint: write date, or date ± 5 s\n");
    bad("JSON \"$.a\" number 3", "--mask:1:12: error: no tolerance in the mask 'number 3'\n"
                                 "  JSON \"$.a\" number 3\n"
                                 "             ^^^^^^^^\n"
                                 "  hint: write number, number ± 3 or number ± 1 %\n");
    bad("JSON \"$.a\" number ± x", "--mask:1:12: error: no number in the mask 'number ± x'\n"
                                   "  JSON \"$.a\" number ± x\n"
                                   "             ^^^^^^^^^^\n"
                                   "  hint: write number, number ± 3 or number ± 1 %\n");
    bad("JSON \"$.a\" number ± -1", "--mask:1:12: error: no number in the mask 'number ± -1'\n"
                                    "  JSON \"$.a\" number ± -1\n"
                                    "             ^^^^^^^^^^^\n"
                                    "  hint: write number, number ± 3 or number ± 1 %\n");
    bad("JSON \"$.a\" regex", "--mask:1:12: error: no expression in the mask 'regex'\n"
                              "  JSON \"$.a\" regex\n"
                              "             ^^^^^\n"
                              "  hint: write regex ^T-\\d+$ or regex /…/i\n");
    bad("JSON \"$.a\" regex (",
        "--mask:1:12: error: missing closing parenthesis in the mask 'regex ('\n"
        "  JSON \"$.a\" regex (\n"
        "             ^^^^^^^\n");
    bad("JSON \"$.a\" regex /a",
        "--mask:1:12: error: an expression that does not end in the mask 'regex /a'\n"
        "  JSON \"$.a\" regex /a\n"
        "             ^^^^^^^^\n"
        "  hint: write regex /…/i\n");
    bad("JSON \"$.a\" regex /a/q",
        "--mask:1:12: error: an expression that does not end in the mask 'regex /a/q'\n"
        "  JSON \"$.a\" regex /a/q\n"
        "             ^^^^^^^^^^\n"
        "  hint: write regex /…/i\n");
    bad("JSON \"$.a\" length x",
        "--mask:1:12: error: no number or range in the mask 'length x'\n"
        "  JSON \"$.a\" length x\n"
        "             ^^^^^^^^\n"
        "  hint: write length, length 3 or length 3..20\n");
    bad("JSON \"$.a\" length 5..3",
        "--mask:1:12: error: no number or range in the mask 'length 5..3'\n"
        "  JSON \"$.a\" length 5..3\n"
        "             ^^^^^^^^^^^\n"
        "  hint: write length, length 3 or length 3..20\n");
    bad("JSON \"$.a\" by", "--mask:1:12: error: no key in the mask 'by'\n"
                           "  JSON \"$.a\" by\n"
                           "             ^^\n"
                           "  hint: write by(id)\n");
    bad("JSON \"$.a\" by()", "--mask:1:12: error: no key in the mask 'by()'\n"
                             "  JSON \"$.a\" by()\n"
                             "             ^^^^\n"
                             "  hint: write by(id)\n");
    bad("JSON \"$.a\" same-as $..b",
        "--mask:1:12: error: a path to many values in the mask 'same-as $..b'\n"
        "  JSON \"$.a\" same-as $..b\n"
        "             ^^^^^^^^^^^^\n"
        "  hint: write names and indexes: same-as $.ids[0]\n");
    bad("JSON \"$.a\" same-as b", "--mask:1:12: error: no '$' in the path 'b'\n"
                                  "  JSON \"$.a\" same-as b\n"
                                  "             ^^^^^^^^^\n"
                                  "  hint: a path starts at the root: $.items[*].id\n");
    bad("JSON \"$.a\" ignore?",
        "--mask:1:12: error: something behind the assertion in the mask 'ignore?'\n"
        "  JSON \"$.a\" ignore?\n"
        "             ^^^^^^^\n"
        "  hint: write its word alone\n");
    bad("JSON \"$\" ignore",
        "--mask:1:10: error: 'ignore' hides a whole body\n"
        "  JSON \"$\" ignore\n"
        "           ^^^^^^\n"
        "  hint: name the parts that vary, or write 'ignore!' to compare nothing\n");
    bad("text ignore",
        "--mask:1:6: error: 'ignore' hides a whole body\n"
        "  text ignore\n"
        "       ^^^^^^\n"
        "  hint: name the parts that vary, or write 'ignore!' to compare nothing\n");
    bad("status uuid",
        "--mask:1:8: error: 'uuid' cannot be asserted here\n"
        "  status uuid\n"
        "         ^^^^\n"
        "  hint: one of type (its class), present, regex, number or ignore for the status\n");
    bad("header \"X\" by(id)", "--mask:1:12: error: 'by' cannot be asserted here\n"
                               "  header \"X\" by(id)\n"
                               "             ^^^^^^\n"
                               "  hint: one of type, present, regex, date, number, uuid, "
                               "length or ignore for a header\n");
    bad("event \"x\" uuid", "--mask:1:11: error: 'uuid' cannot be asserted here\n"
                            "  event \"x\" uuid\n"
                            "            ^^^^\n"
                            "  hint: one of type (its shape), present, number (their count), "
                            "length, set, by(…) or ignore for all events of a name\n");
    bad("get /a status type", "--mask:1:1: error: no method and path in the scope 'get /a'\n"
                              "  get /a status type\n"
                              "  ^^^^^^\n"
                              "  hint: write GET /api/lobby or /api/**, without a query\n");
    bad("GET /a?b=1 status type",
        "--mask:1:1: error: no method and path in the scope 'GET /a?b=1'\n"
        "  GET /a?b=1 status type\n"
        "  ^^^^^^^^^^\n"
        "  hint: write GET /api/lobby or /api/**, without a query\n");
    bad("/a/{b status type", "--mask:1:1: error: a '{' without its '}' in the scope '/a/{b'\n"
                             "  /a/{b status type\n"
                             "  ^^^^^\n"
                             "  hint: write GET /api/lobby or /api/**, without a query\n");
    assert_int_equal(set.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_place_and_an_assertion_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_kind_of_segment_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keyed_segments_name_items_by_any_scalar, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_singular_path_finds_its_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xpath_becomes_the_same_segments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(amounts_are_read_with_their_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_has_a_bounded_number_of_segments, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_scope_is_a_method_and_a_pattern_of_paths, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_place, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
