/* SPDX-License-Identifier: MIT */
#include "config/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "support/problem_text.h"

struct inner {
    struct text name;
    uint64_t count;
};

struct all {
    struct text text;
    struct text template;
    struct text path;
    struct text url;
    bool boolean;
    uint64_t count;
    uint64_t duration;
    uint64_t size;
    double rate;
    int choice;
    struct config_texts texts;
    struct config_texts words;
    struct config_pairs pairs;
    struct config_pairs templates;
    struct config_pairs urls;
    struct config_secret_source secret;
    struct inner record;
    struct config_records list;
    struct config_records map;
    const struct config_node *node;
    struct span span;
};

static const char *const choices[] = { "red", "green", NULL };

static const struct config_key inner_keys[] = {
    { .name = "count",
      .read = config_read_count,
      .offset = offsetof(struct inner, count),
      .minimum = 2,
      .maximum = 9,
      .is_required = true },
    { 0 },
};
static const struct inner inner_defaults = { .count = 5 };
static const struct config_record inner_record = { .title = "an inner",
                                                   .size_bytes = sizeof(struct inner),
                                                   .keys = inner_keys,
                                                   .defaults = &inner_defaults };

#define KEY(member, reader)                                                                    \
    {                                                                                          \
        .name = #member, .read = (reader), .offset = offsetof(struct all, member)              \
    }

static const struct config_key all_keys[] = {
    KEY(text, config_read_text),
    KEY(template, config_read_template),
    KEY(path, config_read_path),
    KEY(url, config_read_url),
    KEY(boolean, config_read_boolean),
    KEY(count, config_read_count),
    { .name = "duration",
      .read = config_read_duration,
      .offset = offsetof(struct all, duration),
      .minimum = 10 },
    KEY(size, config_read_size),
    KEY(rate, config_read_rate),
    { .name = "choice",
      .read = config_read_choice,
      .offset = offsetof(struct all, choice),
      .choices = choices },
    KEY(texts, config_read_texts),
    KEY(words, config_read_words),
    KEY(pairs, config_read_pairs),
    KEY(templates, config_read_templates),
    KEY(urls, config_read_urls),
    KEY(secret, config_read_secret),
    { .name = "record",
      .read = config_read_record,
      .offset = offsetof(struct all, record),
      .record = &inner_record },
    { .name = "list",
      .read = config_read_record_list,
      .offset = offsetof(struct all, list),
      .record = &inner_record },
    { .name = "map",
      .read = config_read_record_map,
      .offset = offsetof(struct all, map),
      .record = &inner_record },
    KEY(node, config_read_node),
    KEY(span, config_read_span),
    { 0 },
};
static const struct config_record all_record = { .title = "everything",
                                                 .size_bytes = sizeof(struct all),
                                                 .keys = all_keys };

static const char *const process[] = { "HOME=/h", "A=${b}", "EMPTY=", "_X1=1", NULL };

static struct arena arena;
static struct problems problems;
static struct source source;
static struct all all;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    all = (struct all){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static bool fill(const char *yaml)
{
    const struct config_node *root = NULL;
    struct config_reader reader = { .arena = &arena,
                                    .problems = &problems,
                                    .process_environment = process,
                                    .folder = TEXT("conf") };
    source_init(&source, TEXT("b.yaml"), text_of(yaml));
    return config_document_parse(&source, &arena, &root, &problems) &&
           config_record_fill(&reader, root, &all_record, &all);
}

static void every_type_is_read(void **state)
{
    (void)state;
    bool is_filled =
        fill("text: a b\ntemplate: '${x} ${HOME}'\npath: c/d\nurl: 'http://x:1//'\n"
             "boolean: true\ncount: 7\nduration: 1.5 s\nsize: 2 KiB\nrate: 30/min\n"
             "choice: green\ntexts: [a, '${HOME}']\nwords: [p, '', c]\n"
             "pairs: {a: 1, b: ''}\ntemplates: {c: '${d}'}\nurls: {e: 'wss://f/'}\n"
             "secret: {env: HOME}\nrecord: {count: 3}\nlist: [{count: 4}]\n"
             "map: {m: {count: 6}, n: {count: 7}}\nnode: [1, 2]\nspan: here\n");
    assert_problems(&problems, "");
    assert_true(is_filled);
    assert_string_equal(all.text.at, "a b");
    assert_string_equal(all.template.at, "${x} /h");
    assert_string_equal(all.path.at, "conf/c/d");
    assert_true(text_is(all.url, "http://x:1"));
    assert_true(all.boolean);
    assert_int_equal(all.count, 7);
    assert_int_equal(all.duration, 1500);
    assert_int_equal(all.size, 2048);
    assert_true(all.rate == 0.5);
    assert_int_equal(all.choice, 1);
    assert_int_equal(all.texts.count, 2);
    assert_string_equal(all.texts.list[1].at, "/h");
    assert_int_equal(all.words.count, 3);
    assert_int_equal(all.words.list[1].size, 0);
    assert_int_equal(all.pairs.count, 2);
    assert_true(text_is(all.pairs.list[1].name, "b"));
    assert_string_equal(all.templates.list[0].value.at, "${d}");
    assert_true(text_is(all.urls.list[0].value, "wss://f"));
    assert_true(text_is(all.secret.value, "/h"));
    assert_int_equal(all.record.count, 3);
    assert_int_equal(((struct inner *)all.list.list)[0].count, 4);
    assert_int_equal(all.map.count, 2);
    assert_true(text_is(((struct inner *)all.map.list)[1].name, "n"));
    assert_int_equal(((struct inner *)all.map.list)[1].count, 7);
    assert_int_equal(all.node->count, 2);
    assert_true(text_is(span_text(all.span), "here"));
}

static void one_text_is_a_list_of_one(void **state)
{
    (void)state;
    assert_true(fill("texts: a\n"));
    assert_int_equal(all.texts.count, 1);
}

static void wrong_values_are_refused_with_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        const char *message;
    } cases[] = {
        { "text: ''", "expected text that is not empty, found ''" },
        { "text:", "expected text, found nothing" },
        { "text: [a]", "expected text, found a list" },
        { "text: '${EMPTY}'", "expected text that is not empty, found '${EMPTY}'" },
        { "template: {a: b}", "expected text, found a map" },
        { "path: ''", "expected text that is not empty, found ''" },
        { "path: \"a\\0b\"", "expected a path without a NUL byte, found 'a'" },
        { "url: x.test",
          "expected a URL such as 'https://staging.example.test', found 'x.test'" },
        { "url: 'ftp://x'",
          "expected a URL such as 'https://staging.example.test', found 'ftp://x'" },
        { "url: 'http://'",
          "expected a URL such as 'https://staging.example.test', found 'http://'" },
        { "url: 'http:///a'",
          "expected a URL such as 'https://staging.example.test', found 'http:///a'" },
        { "url: 'http://a b'",
          "expected a URL such as 'https://staging.example.test', found 'http://a b'" },
        { "url: []", "expected text, found a list" },
        { "boolean: 'true'", "expected true or false, found 'true'" },
        { "boolean: yes", "expected true or false, found 'yes'" },
        { "boolean: []", "expected true or false, found a list" },
        { "count: x", "expected a whole number, found 'x'" },
        { "count: -1", "expected a whole number, found '-1'" },
        { "count:", "expected a whole number, found nothing" },
        { "duration: 5", "expected a duration such as '250 ms', '2 s' or '15 min', found '5'" },
        { "duration: 5 ms", "expected a longer duration, found '5 ms'" },
        { "duration: []",
          "expected a duration such as '250 ms', '2 s' or '15 min', found a list" },
        { "size: 5", "expected a size such as '20 kB' or '64 MiB', found '5'" },
        { "size:", "expected a size such as '20 kB' or '64 MiB', found nothing" },
        { "rate: 5", "expected a rate such as '200/s' or '30/min', found '5'" },
        { "rate: []", "expected a rate such as '200/s' or '30/min', found a list" },
        { "choice: blue", "expected one of the known words, found 'blue'" },
        { "choice: []", "expected a word, found a list" },
        { "texts: {a: b}", "expected a list of texts, found a map" },
        { "texts:", "expected a list of texts, found nothing" },
        { "texts: [a, '']", "expected text that is not empty, found ''" },
        { "words: php", "expected a list: a program and its arguments, found 'php'" },
        { "words: []", "expected a list: a program and its arguments, found a list" },
        { "words: ['', a]", "expected text that is not empty, found ''" },
        { "words: [a, [b]]", "expected text, found a list" },
        { "pairs: [a]", "expected a map of names, found a list" },
        { "pairs: {a: [b]}", "expected text, found a list" },
        { "secret: hunter2", "expected {env: NAME} or {file: PATH}, found 'hunter2'" },
        { "secret: {}", "expected {env: NAME} or {file: PATH}, found a map" },
        { "secret: {env: A, file: b}", "expected {env: NAME} or {file: PATH}, found a map" },
        { "secret: {evn: A}", "unknown key 'evn' in a secret" },
        { "record: 5", "expected a map, found '5'" },
        { "record: {}", "key 'count' is missing in an inner" },
        { "record:", "key 'count' is missing in an inner" },
        { "record: {count: 1}", "expected a whole number from 2 to 9, found '1'" },
        { "record: {count: 10}", "expected a whole number from 2 to 9, found '10'" },
        { "list: {a: b}", "expected a list, found a map" },
        { "list: [{count: 4}, {cuont: 5, count: 3}]", "unknown key 'cuont' in an inner" },
        { "map: [a]", "expected a map of names, found a list" },
        { "tetx: a", "unknown key 'tetx' in everything" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        problems_clear(&problems);
        assert_false(fill(cases[i].yaml));
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.list[0].message.at, cases[i].message);
        assert_int_equal(problems.list[0].kind, PROBLEM_INPUT);
        assert_non_null(problems.list[0].at.source);
    }
}

static void hints_name_what_is_near_or_all_there_is(void **state)
{
    (void)state;
    assert_false(fill("tetx: a\nrecord: {xyzzy: 1, count: 3}\nchoice: blue\n"));
    assert_string_equal(problems.list[0].hint.at, "did you mean 'text'?");
    assert_string_equal(problems.list[1].hint.at, "an inner has 'count'");
    assert_string_equal(problems.list[2].hint.at, "it can be 'red', 'green'");
}

static void the_process_environment_is_read_in_capitals(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        const char *text;
        const char *problem;
    } cases[] = {
        { "text: 'a${HOME}b${_X1}'", "a/hb1", NULL },
        { "text: '$${HOME}'", "${HOME}", NULL },
        { "text: '$$${HOME}'", "$${HOME}", NULL },
        { "text: 'a$b $ {c}'", "a$b $ {c}", NULL },
        { "text: '${A}'", "${b}", NULL },
        { "text: 'a${EMPTY}'", "a", NULL },
        { "text: '${GONE}'", NULL, "environment variable 'GONE' is not set" },
        { "text: '${x}'", NULL, "'${x}' has no value here" },
        { "text: '${run.id}'", NULL, "'${run.id}' has no value here" },
        { "text: '${1X}'", NULL, "'${1X}' has no value here" },
        { "text: '${}'", NULL, "'${}' has no value here" },
        { "text: '${HOME'", NULL, "'${' without its '}'" },
        { "template: '${x} ${HOME}'", "${x} /h", NULL },
        { "template: '$${x}'", "$${x}", NULL },
        { "template: '${A}'", "$${b}", NULL },
        { "template: '${GONE}'", NULL, "environment variable 'GONE' is not set" },
        { "template: '${x'", NULL, "'${' without its '}'" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        problems_clear(&problems);
        all = (struct all){ 0 };
        bool is_filled = fill(cases[i].yaml);
        if (cases[i].problem) {
            assert_false(is_filled);
            assert_string_equal(problems.list[0].message.at, cases[i].problem);
            continue;
        }
        assert_true(is_filled);
        assert_string_equal(all.text.size ? all.text.at : all.template.at, cases[i].text);
    }
}

static void interpolated_text_has_a_limit(void **state)
{
    (void)state;
    size_t size = (1 << 20) + 10;
    char *yaml = malloc(size + 10);
    memset(yaml, 'x', size);
    memcpy(yaml, "text: ", 6);
    yaml[size] = '\0';
    bool is_filled = fill(yaml);
    bool is_told =
        problems.count == 1 &&
        text_starts_with(problems.list[0].message, TEXT("expected at most 1 MiB of text"));
    free(yaml);
    assert_false(is_filled);
    assert_true(is_told);
}

static void a_secret_of_a_file_loses_its_line_end(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        const char *value;
    } cases[] = { { "s3cret\n", "s3cret" }, { "s3cret\r\n", "s3cret" }, { "a\n\n", "a\n" } };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char path[] = "/tmp/bddrun-test-XXXXXX";
        int descriptor = mkstemp(path);
        size_t size = strlen(cases[i].bytes);
        assert_int_equal(write(descriptor, cases[i].bytes, size), (ssize_t)size);
        close(descriptor);
        char yaml[100];
        snprintf(yaml, sizeof yaml, "secret: {file: %s}\n", path);
        bool is_filled = fill(yaml);
        unlink(path);
        assert_true(is_filled);
        assert_true(all.secret.has_value);
        assert_string_equal(arena_string(&arena, all.secret.value), cases[i].value);
    }
}

static void a_secret_that_is_not_there_is_no_error_yet(void **state)
{
    (void)state;
    assert_true(fill("secret: {env: GONE}\n"));
    assert_false(all.secret.has_value);
    assert_string_equal(all.secret.origin.at, "environment variable 'GONE'");
    assert_true(fill("secret: {env: EMPTY}\n"));
    assert_false(all.secret.has_value);
    assert_true(fill("secret: {file: gone.txt}\n"));
    assert_false(all.secret.has_value);
    assert_string_equal(all.secret.origin.at, "file 'conf/gone.txt'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_type_is_read),
        TEST(one_text_is_a_list_of_one),
        TEST(wrong_values_are_refused_with_what_was_expected),
        TEST(hints_name_what_is_near_or_all_there_is),
        TEST(the_process_environment_is_read_in_capitals),
        TEST(interpolated_text_has_a_limit),
        TEST(a_secret_of_a_file_loses_its_line_end),
        TEST(a_secret_that_is_not_there_is_no_error_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
