/* SPDX-License-Identifier: MIT */
#include "format/json_writer.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static int set_up(void **state)
{
    static struct buffer buffer;
    buffer_init(&buffer, 1 << 16);
    *state = &buffer;
    return 0;
}

static int tear_down(void **state)
{
    buffer_release(*state);
    return 0;
}

static void write_sample(struct json_writer *writer)
{
    json_write_begin_object(writer);
    json_write_key(writer, "a");
    json_write_begin_array(writer);
    json_write_int(writer, -7);
    json_write_uint(writer, UINT64_MAX);
    json_write_double(writer, 0.1);
    json_write_double(writer, 1e300);
    json_write_double(writer, (double)INFINITY);
    json_write_end_array(writer);
    json_write_key(writer, "b\"");
    json_write_string_of(writer, "x\ny");
    json_write_key(writer, "c");
    json_write_begin_object(writer);
    json_write_end_object(writer);
    json_write_key(writer, "d");
    json_write_bool(writer, true);
    json_write_key(writer, "e");
    json_write_raw(writer, TEXT("[1]"));
    json_write_end_object(writer);
}

static void compact_output_has_no_blanks(void **state)
{
    struct buffer *out = *state;
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    write_sample(&writer);
    assert_string_equal(out->at, "{\"a\":[-7,18446744073709551615,0.1,1e+300,null],"
                                 "\"b\\\"\":\"x\\ny\",\"c\":{},\"d\":true,\"e\":[1]}");
}

static void indented_output_has_one_value_a_line(void **state)
{
    struct buffer *out = *state;
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    write_sample(&writer);
    assert_string_equal(out->at, "{\n  \"a\": [\n    -7,\n    18446744073709551615,\n    0.1,\n"
                                 "    1e+300,\n    null\n  ],\n  \"b\\\"\": \"x\\ny\",\n"
                                 "  \"c\": {},\n  \"d\": true,\n  \"e\": [1]\n}");
}

static void strings_are_always_valid_json(void **state)
{
    struct buffer *out = *state;
    static const struct {
        struct text text;
        const char *json;
    } cases[] = {
        { TEXT_STATIC(""), "\"\"" },
        { TEXT_STATIC("a\"b\\c/"), "\"a\\\"b\\\\c/\"" },
        { TEXT_STATIC("\b\f\n\r\t\x01\x1F\x7F"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\"" },
        { TEXT_STATIC("a\0b"), "\"a\\u0000b\"" },
        { TEXT_STATIC("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"" },
        { TEXT_STATIC("x\xFFy\xC3"), "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\"" },
        { TEXT_STATIC("\xED\xA0\x80"), "\"\\ud800\"" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        buffer_clear(out);
        json_print_string(out, cases[i].text);
        assert_string_equal(out->at, cases[i].json);
    }
}

static void doubles_are_the_shortest_that_read_back(void **state)
{
    struct buffer *out = *state;
    struct json_writer writer;
    static const double values[] = { 1.0 / 3, DBL_MAX, DBL_MIN, -0.5, 123456789, 5e-324 };
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        double read = 0;
        buffer_clear(out);
        json_writer_init(&writer, out, 0);
        json_write_double(&writer, values[i]);
        assert_true(text_to_double(buffer_text(out), &read));
        assert_true(read == values[i]);
    }
}

static void a_document_is_written_back(void **state)
{
    struct buffer *out = *state;
    struct arena arena;
    arena_init(&arena);
    const struct json_value *root = NULL;
    assert_true(json_parse_text(TEXT("{\"a\": [1.10, {\"b\": null}, [], true, false], "
                                     "\"c\": \"\\u00e9\\/\"}"),
                                &arena, &root));
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_array(&writer);
    json_write_value(&writer, root);
    json_write_end_array(&writer);
    assert_string_equal(out->at, "[{\"a\":[1.10,{\"b\":null},[],true,false],"
                                 "\"c\":\"\xC3\xA9/\"}]");
    buffer_clear(out);
    json_writer_init(&writer, out, 1);
    json_write_value(&writer, root);
    assert_string_equal(out->at,
                        "{\n \"a\": [\n  1.10,\n  {\n   \"b\": null\n  },\n  [],\n  true,\n"
                        "  false\n ],\n \"c\": \"\xC3\xA9/\"\n}");
    arena_release(&arena);
}

static void misuse(int which, struct json_writer *writer)
{
    json_write_begin_object(writer);
    switch (which) {
    case 0:
        json_write_null(writer);
        break;
    case 1:
        json_write_end_array(writer);
        break;
    case 2:
        json_write_key(writer, "a");
        json_write_key(writer, "b");
        break;
    case 3:
        json_write_key(writer, "a");
        for (int i = 0; i < JSON_WRITER_DEPTH; i++) {
            json_write_begin_array(writer);
        }
        break;
    default:
        break;
    }
}

static void calls_that_do_not_nest_end_the_process(void **state)
{
    struct buffer *out = *state;
    for (int which = 0; which < 5; which++) {
        pid_t child = fork();
        if (child == 0) {
            struct json_writer writer;
            close(STDERR_FILENO);
            json_writer_init(&writer, out, 0);
            misuse(which, &writer);
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(WEXITSTATUS(status), which < 4 ? 70 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(compact_output_has_no_blanks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(indented_output_has_one_value_a_line, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(strings_are_always_valid_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(doubles_are_the_shortest_that_read_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_document_is_written_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(calls_that_do_not_nest_end_the_process, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
