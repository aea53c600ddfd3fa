/* SPDX-License-Identifier: MIT */
#include "diff/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

struct body_case {
    const char *type;
    const char *left;
    const char *right;
    const char *list;
};

/* "changed /html/body/p (/html/body[1]/p[1]/text(): a > b)", one for each entry. */
static struct text list_of(struct arena *arena, const struct differences *differences)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *entry = differences->list[i];
        const struct difference_example *example = &entry->examples[0];
        buffer_add_format(&out, "%s%s%s %.*s %zu (%.*s: %.*s > %.*s)", i ? ", " : "",
                          entry->severity == SEVERITY_MASKED ? "masked " : "",
                          difference_class_name(entry->class), TEXT_ARG(entry->path),
                          entry->count, TEXT_ARG(example->place), TEXT_ARG(example->left),
                          TEXT_ARG(example->right));
    }
    struct text list = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return list;
}

static struct text compare(struct arena *arena, const struct body_pair *pair)
{
    struct differences differences;
    differences_init(&differences, arena, NULL);
    body_diff(pair, &differences);
    return list_of(arena, &differences);
}

static void check(const struct body_case *cases, size_t count, const struct judge *judge)
{
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < count; i++) {
        struct body_pair pair = { .judge = judge };
        pair.left = (struct body_side){ text_of(cases[i].left), text_of(cases[i].type) };
        pair.right = (struct body_side){ text_of(cases[i].right), text_of(cases[i].type) };
        struct text list = compare(&arena, &pair);
        if (!text_is(list, cases[i].list)) {
            fail_msg("%s and %s:\n%s\ninstead of\n%s", cases[i].left, cases[i].right, list.at,
                     cases[i].list);
        }
    }
    arena_release(&arena);
}

static void json_is_compared_as_json(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        { "application/json; charset=utf-8", "{\"a\":1}", "{ \"a\": 1 }", "" },
        { "application/problem+json", "{\"a\":1}", "{\"a\":2}", "changed $.a 1 ($.a: 1 > 2)" },
        { "", "[1]", "[2]", "changed $[*] 1 ($[0]: 1 > 2)" },
        { "application/json", "[1]", "[1",
          "type body 1 (body: JSON > not JSON: line 1, column 3: the JSON ends too early: "
          "expected ',' or ']')" },
        { "application/json", "{", "[]",
          "type body 1 (body: not JSON: line 1, column 2: the JSON ends too early: expected a "
          "key in double quotes or '}' > JSON)" },
        { "application/json", "oops", "ooops", "changed text 1 (text line 1: oops > ooops)" },
        { "application/json", "\xFF", "\xFE",
          "changed body 1 (body: application/json, 1 bytes, sha256 a8100ae6aa19… > "
          "application/json, 1 bytes, sha256 aa687b58b0e7…)" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void markup_is_compared_as_a_tree(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        { "application/xml", "<a b='1' c='2'/>", "<?xml version='1.0'?>\n<a c='2' b='1'></a>",
          "" },
        { "text/xml", "<a><b>1</b><b>2</b></a>", "<a>\n <b>1</b>\n <b> 2 </b><!-- x --></a>",
          "" },
        { "image/svg+xml", "<a><b>1</b><b>2</b></a>", "<a><b>1</b><b>3</b></a>",
          "changed /a/b/text() 1 (/a/b[2]/text(): 2 > 3)" },
        { "", "<?xml version='1.0'?><a x='1'/>", "<?xml version='1.0'?><a x='2' y='3'/>",
          "changed /a/@x 1 (/a/@x: 1 > 2), added /a/@y 1 (/a/@y:  > 3)" },
        { "application/xml", "<a xmlns:n='urn:n'><n:b n:k='v'/></a>",
          "<a xmlns:n='urn:n'><c/></a>",
          "missing /a/n:b 1 (/a/n:b[1]: <n:b n:k=\"v\"> > ), added /a/c 1 (/a/c[1]:  > <c>)" },
        { "application/xml", "<a><b id='1'/><b id='2'/></a>", "<a><b id='2'/><b id='1'/></a>",
          "moved /a/b 1 (/a/b[1]: [0] > [1])" },
        { "application/xml", "<a/>", "<b/>", "type body 1 (body: <a> > <b>)" },
        { "application/xml", "a", "b", "changed text 1 (text line 1: a > b)" },
        { "text/html", "<!DOCTYPE html><p class=x>Hello <b>you</b></p>",
          "<html><body><p class='x'>Hello\n<b>there</b></p>",
          "changed /html/body/p/b/text() 1 (/html/body[1]/p[1]/b[1]/text(): you > there)" },
        { "", "<!doctype html><p>1<script>a</script>", "<html><p>1<script>b</script>",
          "changed /html/body/p/script/text() 1 "
          "(/html/body[1]/p[1]/script[1]/text(): a > b)" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void markup_beside_what_is_none_is_of_another_type(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct body_pair pair = { .left = { TEXT("<a/>"), TEXT("text/xml") },
                              .right = { TEXT("<a>"), TEXT("text/xml") } };
    assert_true(text_starts_with(compare(&arena, &pair),
                                 TEXT("type body 1 (body: XML > not XML: line 1, column ")));
    arena_release(&arena);
}

static void text_is_compared_by_lines_and_words(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        { "text/plain", "a\nb\n", "a\r\nb", "" },
        { "text/plain", "a\nb\nc", "a\nc", "missing text 1 (text line 2: b > )" },
        { "", "a\nb\nc", "b\nc\na", "moved text 1 (text line 1: line 1 > line 3)" },
        { "text/css",
          "the quick brown fox jumps over the lazy dog and then some more words follow here so",
          "the quick brown fox jumps over the crazy dog and then some more words follow here "
          "so",
          "changed text 1 (text line 1: …jumps over the lazy dog and then… > …jumps over the "
          "crazy dog and then…)" },
        { "text/css",
          "@media screen and (min-width: 40em) and (max-width: 90em) { .a1b { color: inherit; "
          "} }",
          "@media screen and (min-width: 40em) and (max-width: 90em) { .a2b { color: inherit; "
          "} }",
          "changed text 1 (text line 1: …(max-width: 90em) { .a1b { color: inherit;… > "
          "…(max-width: "
          "90em) { .a2b { color: inherit;…)" },
        { "application/javascript", "a\0b", "a", "" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void bodies_of_two_kinds_are_one_difference(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct body_pair pair = { .left = { TEXT("{}"), TEXT("application/json") },
                              .right = { TEXT("<p>Whoops"), TEXT("TEXT/HTML") } };
    assert_string_equal(compare(&arena, &pair).at,
                        "type body 1 (body: JSON, 2 bytes > HTML, 9 bytes)");
    pair.right.bytes = TEXT_EMPTY;
    assert_string_equal(compare(&arena, &pair).at, "missing body 1 (body: JSON, 2 bytes > )");
    pair.left.bytes = TEXT_EMPTY;
    assert_string_equal(compare(&arena, &pair).at, "");
    pair.right = (struct body_side){ TEXT("x"), TEXT_EMPTY };
    assert_string_equal(compare(&arena, &pair).at, "added body 1 (body:  > text, 1 byte)");
    pair.left = (struct body_side){ TEXT("\x00\x01"), TEXT("image/png") };
    pair.right = (struct body_side){ TEXT("\x00\x01"), TEXT("image/png") };
    assert_string_equal(compare(&arena, &pair).at, "");
    arena_release(&arena);
}

/* A judge that allows whatever stands at a path with "noise" in it; a state is that path. */
static const void *enter(void *context, enum judged_part part, struct text name)
{
    static const char *const parts[] = {
        "", "", "", "", "json", "xml", "html", "text", "noise"
    };
    (void)context;
    (void)name;
    return parts[part];
}

static const void *by_key(void *context, const void *at, struct text key)
{
    return arena_format(context, "%s/%.*s", (const char *)at, TEXT_ARG(key)).at;
}

static const void *by_item(void *context, const void *at, size_t index,
                           const struct json_value *item)
{
    (void)item;
    return arena_format(context, "%s[%zu]", (const char *)at, index).at;
}

static bool is_masked(void *context, const void *at)
{
    (void)context;
    return text_contains(text_of(at), TEXT("noise")) || text_is(text_of(at), "text[1]") ||
           text_ends_with(text_of(at), TEXT("i[0]/text()"));
}

static struct judged_array array_of(void *context, const void *at)
{
    (void)context;
    (void)at;
    return (struct judged_array){ .key = TEXT_EMPTY };
}

static bool allows(void *context, const void *at, const struct judged_pair *pair,
                   struct text *ret_mask)
{
    *ret_mask = arena_format(context, "%s: %.*s", (const char *)at, TEXT_ARG(pair->left_text));
    return is_masked(context, at) && pair->class != DIFFERENCE_MISSING;
}

static void masks_reach_into_every_format(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        { "text/html", "<p noise=1>a<i>b</i>", "<p noise=2>a<i>c</i>",
          "masked changed /html/body/p/@noise 1 (/html/body[1]/p[1]/@noise: 1 > 2), "
          "masked changed /html/body/p/i/text() 1 (/html/body[1]/p[1]/i[1]/text(): b > c)" },
        { "text/xml", "<a><noise>1</noise></a>", "<a><noise><b/></noise></a>",
          "masked changed /a/noise 1 (/a/noise[1]: <noise> > <noise>)" },
        { "text/plain", "a\nb\nc", "a\nx\nc", "masked changed text 1 (text line 2: b > x)" },
        { "image/png", "\x01", "\x02",
          "masked changed body 1 (body: image/png, 1 bytes, sha256 4bf5122f3445… > image/png, "
          "1 "
          "bytes, sha256 dbc1b4c900ff…)" },
    };
    struct arena arena;
    arena_init(&arena);
    struct judge judge = { .context = &arena,
                           .enter = enter,
                           .key = by_key,
                           .item = by_item,
                           .is_masked = is_masked,
                           .array = array_of,
                           .allows = allows };
    check(cases, ARRAY_SIZE(cases), &judge);
    arena_release(&arena);
}

static void every_media_type_has_its_engine(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        const char *bytes;
        const char *engine;
    } cases[] = {
        { "application/JSON", "", "JSON" },
        { "application/vnd.api+json", "", "JSON" },
        { "application/atom+xml;x", "", "XML" },
        { "text/html", "", "HTML" },
        { "text/csv", "", "text" },
        { "application/x-www-form-urlencoded", "", "text" },
        { "application/octet-stream", "{}", "bytes" },
        { "", " {", "JSON" },
        { "", " <HTML>", "HTML" },
        { "", "hello", "text" },
        { "", "\x80", "bytes" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct body_side side = { text_of(cases[i].bytes), text_of(cases[i].type) };
        assert_string_equal(diff_engine_of(&side)->name, cases[i].engine);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_compared_as_json),
        cmocka_unit_test(markup_is_compared_as_a_tree),
        cmocka_unit_test(markup_beside_what_is_none_is_of_another_type),
        cmocka_unit_test(text_is_compared_by_lines_and_words),
        cmocka_unit_test(bodies_of_two_kinds_are_one_difference),
        cmocka_unit_test(masks_reach_into_every_format),
        cmocka_unit_test(every_media_type_has_its_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
