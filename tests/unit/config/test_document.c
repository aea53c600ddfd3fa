/* SPDX-License-Identifier: MIT */
#include "config/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/problem_text.h"

static struct arena arena;
static struct problems problems;
static struct source source;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static const struct config_node *parse(struct text yaml)
{
    const struct config_node *root = NULL;
    source_init(&source, TEXT("b.yaml"), yaml);
    return config_document_parse(&source, &arena, &root, &problems) ? root : NULL;
}

/* A node as "{a: x, b: ['y']}", quoted scalars in quotes. */
static void describe(struct buffer *out, const struct config_node *node)
{
    if (node->kind == CONFIG_SCALAR) {
        buffer_add_format(out, node->is_plain ? "%.*s" : "'%.*s'", TEXT_ARG(node->text));
        return;
    }
    buffer_add_byte(out, node->kind == CONFIG_MAP ? '{' : '[');
    for (const struct config_node *child = node->first; child; child = child->next) {
        if (node->kind == CONFIG_MAP) {
            buffer_add_format(out, "%.*s: ", TEXT_ARG(child->key));
        }
        describe(out, child);
        buffer_add_string(out, child->next ? ", " : "");
    }
    buffer_add_format(out, "%c%zu", node->kind == CONFIG_MAP ? '}' : ']', node->count);
}

static void assert_tree(const char *yaml, const char *expected)
{
    const struct config_node *root = parse(text_of(yaml));
    assert_problems(&problems, "");
    assert_non_null(root);
    char described[500];
    struct buffer out;
    buffer_init(&out, sizeof described - 1);
    describe(&out, root);
    memcpy(described, out.at, out.size + 1);
    buffer_release(&out);
    assert_string_equal(described, expected);
}

static void every_style_gives_the_same_tree(void **state)
{
    (void)state;
    assert_tree("a: 1\nb: [x, \"y\", 'z']\nc:\n  - d: e\n  - f\n",
                "{a: 1, b: [x, 'y', 'z']3, c: [{d: e}1, f]2}3");
    assert_tree("{a: 1, b: []}", "{a: 1, b: []0}2");
    assert_tree("a: |\n  one\n  two\nb: >-\n  three\n  four\n",
                "{a: 'one\ntwo\n', b: 'three four'}2");
    assert_tree("# only a comment\n", "{}0");
    assert_tree("", "{}0");
    assert_tree("---\na:\n...\n", "{a: }1");
    assert_tree("- a\n", "[a]1");
    assert_tree("\xEF\xBB\xBF"
                "a: \"\\x41\\u20ac\"\n",
                "{a: 'A\xE2\x82\xAC'}1");
}

static void spans_are_bytes_also_behind_other_characters(void **state)
{
    (void)state;
    const struct config_node *root =
        parse(TEXT("\xEF\xBB\xBF\xC3\xA9: \xF0\x9F\x98\x80\r\nb: [x, 'y']\r\n"));
    assert_non_null(root);
    const struct config_node *first = config_node_find(root, TEXT("\xC3\xA9"));
    assert_true(text_is(span_text(first->at), "\xF0\x9F\x98\x80"));
    assert_true(text_is(span_text(first->key_at), "\xC3\xA9"));
    const struct config_node *list = config_node_find(root, TEXT("b"));
    assert_true(text_is(span_text(list->first->next->at), "'y'"));
    assert_int_equal(source_position(&source, list->first->at.start).line, 2);
    assert_int_equal(source_position(&source, list->first->at.start).column, 5);
    assert_null(config_node_find(root, TEXT("c")));
}

static void nothing_is_an_empty_plain_scalar_or_null(void **state)
{
    (void)state;
    const struct config_node *root =
        parse(TEXT("{a: , b: ~, c: null, d: '', e: 'null', f: {}}"));
    assert_non_null(root);
    static const struct {
        const char *key;
        bool is_nothing;
    } cases[] = { { "a", true },  { "b", true },  { "c", true },
                  { "d", false }, { "e", false }, { "f", false } };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct config_node *node = config_node_find(root, text_of(cases[i].key));
        assert_int_equal(config_node_is_nothing(node), cases[i].is_nothing);
    }
}

static void what_is_refused_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        struct text yaml;
        const char *problem;
    } cases[] = {
        { TEXT_STATIC("a: 1\nb: 2\na: 3\n"), "b.yaml:3:1: error: key 'a' occurs twice\n"
                                             "  a: 3\n  ^\n"
                                             "b.yaml:1:1: first defined here\n"
                                             "  a: 1\n  ^\n" },
        { TEXT_STATIC("a: &x 1\n"),
          "b.yaml:1:4: error: anchors and tags are not supported\n"
          "  a: &x 1\n     ^^^^\n"
          "  hint: write the value out, or put it under `variables:`\n" },
        { TEXT_STATIC("a: !!int 1\n"),
          "b.yaml:1:4: error: anchors and tags are not supported\n"
          "  a: !!int 1\n     ^^^^^^^\n"
          "  hint: write the value out, or put it under `variables:`\n" },
        { TEXT_STATIC("a: &x [1]\n"), "b.yaml:1:4: error: anchors and tags are not supported\n"
                                      "  a: &x [1]\n     ^^^^\n"
                                      "  hint: write the value out\n" },
        { TEXT_STATIC("a: !t {b: c}\n"),
          "b.yaml:1:4: error: anchors and tags are not supported\n"
          "  a: !t {b: c}\n     ^^^^\n"
          "  hint: write the value out\n" },
        { TEXT_STATIC("a: *x\n"), "b.yaml:1:4: error: aliases are not supported\n"
                                  "  a: *x\n     ^^\n"
                                  "  hint: write the value out\n" },
        { TEXT_STATIC("[a]: b\n"), "b.yaml:1:1: error: a key must be text\n"
                                   "  [a]: b\n  ^\n"
                                   "  hint: quote text that starts with '[' or '{'\n" },
        { TEXT_STATIC("a: 1\n---\nb: 2\n"), "b.yaml:2:1: error: a second document\n"
                                            "  ---\n  ^^^\n"
                                            "  hint: remove the line '---'\n" },
        { TEXT_STATIC("a: \0\n"), "b.yaml:1:4: error: NUL byte\n"
                                  "  a: \\x00\n     ^\n"
                                  "  hint: save the file as UTF-8 text\n" },
        { TEXT_STATIC("a: \xE9\n"), "b.yaml:1:4: error: invalid UTF-8\n"
                                    "  a: \\xe9\n     ^\n"
                                    "  hint: save the file as UTF-8 text\n" },
        { TEXT_STATIC("a: \x01\n"),
          "b.yaml:1:4: error: invalid YAML: control characters are not allowed\n"
          "  a: \\x01\n     ^\n" },
        { TEXT_STATIC("a:\n\t- b\n"),
          "b.yaml:2:1: error: invalid YAML: found character that cannot start any token\n"
          "   - b\n  ^\n"
          "b.yaml:2:1: while scanning for the next token\n"
          "   - b\n  ^\n" },
        { TEXT_STATIC("a: b: c\n"),
          "b.yaml:1:5: error: invalid YAML: mapping values are not allowed in this context\n"
          "  a: b: c\n      ^\n" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        problems_clear(&problems);
        assert_null(parse(cases[i].yaml));
        assert_problems(&problems, cases[i].problem);
    }
}

static void depth_number_and_size_have_limits(void **state)
{
    (void)state;
    char deep[80];
    memset(deep, '[', 40);
    memset(deep + 40, ']', 40);
    assert_null(parse(text_make(deep, sizeof deep)));
    assert_true(text_is(problems.list[0].message, "nested more than 32 levels deep"));
    problems_clear(&problems);
    assert_non_null(parse(text_make(deep + 8, 64)));

    struct buffer many;
    buffer_init(&many, CONFIG_SIZE_LIMIT + 10);
    buffer_add_byte(&many, '[');
    for (int i = 0; i < CONFIG_NODE_LIMIT; i++) {
        buffer_add_string(&many, "a,");
    }
    buffer_add_byte(&many, ']');
    const struct config_node *root = parse(buffer_text(&many));
    struct text message = problems.list[0].message;
    buffer_clear(&many);
    buffer_add_repeated(&many, ' ', CONFIG_SIZE_LIMIT + 1);
    const struct config_node *large = parse(buffer_text(&many));
    buffer_release(&many);
    assert_null(root);
    assert_true(text_is(message, "more than 20000 values"));
    assert_null(large);
    assert_true(text_is(problems.list[1].message, "'b.yaml' is larger than 4 MiB"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_style_gives_the_same_tree),
        TEST(spans_are_bytes_also_behind_other_characters),
        TEST(nothing_is_an_empty_plain_scalar_or_null),
        TEST(what_is_refused_is_refused_at_its_place),
        TEST(depth_number_and_size_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
