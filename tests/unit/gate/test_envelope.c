/* SPDX-License-Identifier: MIT */
#include "gate/envelope/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/signature.h"

static struct arena arena;
static struct problems problems;

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

static struct source source_of(const char *json)
{
    struct source source;
    source_init(&source, TEXT("verdict.json"), text_of(json));
    return source;
}

static void what_is_signed_is_that_of_the_specification(void **state)
{
    (void)state;
    struct text bytes = envelope_signed_bytes(&arena, TEXT("http://example.com/HelloWorld"),
                                              TEXT("hello world"));
    assert_true(text_is(bytes, "DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
    assert_true(text_is(envelope_signed_bytes(&arena, TEXT_EMPTY, TEXT_EMPTY), "DSSEv1 0  0 "));
    struct text binary = envelope_signed_bytes(&arena, TEXT("t"), text_make("\0\xff", 2));
    assert_memory_equal(binary.at, "DSSEv1 1 t 2 \0\xff", binary.size);
}

/* The key and the signature of the specification's test vector (protocol.md of DSSE). */
static void the_example_of_the_specification_verifies(void **state)
{
    (void)state;
    struct source source =
        source_of("{\"payload\":\"aGVsbG8gd29ybGQ=\","
                  "\"payloadType\":\"http://example.com/HelloWorld\","
                  "\"signatures\":[{\"sig\":\"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+"
                  "O88SjtR6rDAajabZKciJTfUi"
                  "HqJPcIAriEGAHTVeCUjW2JIZA==\"}]}");
    static const char key_pem[] =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMrCrzAH3CV\n"
        "TAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA==\n"
        "-----END PUBLIC KEY-----\n";
    CLEANUP(signature_key_release)
    struct signature_key *key =
        signature_key_read_public(text_of(key_pem), TEXT("file 'k'"), &problems);
    assert_non_null(key);
    struct envelopes read;
    assert_true(envelope_read_all(&source, &arena, &read, &problems));
    assert_int_equal(read.count, 1);
    assert_true(text_is(read.list[0].payload, "hello world"));
    assert_int_equal(read.list[0].signature_count, 1);
    assert_int_equal(read.list[0].signatures[0].bytes.size, 64);
    assert_int_equal(read.list[0].signatures[0].key_id.size, 0);
    struct text bytes =
        envelope_signed_bytes(&arena, read.list[0].payload_type, read.list[0].payload);
    assert_true(signature_is_valid(key, bytes, read.list[0].signatures[0].bytes));
    assert_false(
        signature_is_valid(key, TEXT("hello world"), read.list[0].signatures[0].bytes));
}

static void both_alphabets_of_base64_and_unknown_members_are_accepted(void **state)
{
    (void)state;
    struct source source = source_of(
        "{\n  \"payload\": \"-_8\", \"payloadType\": \"t\", \"more\": {\"a\": [1]},\n"
        "  \"signatures\": [{\"keyid\": \"k\", \"sig\": \"+/8=\", \"cert\": \"x\"}]\n}\n");
    struct envelopes read;
    assert_true(envelope_read_all(&source, &arena, &read, &problems));
    assert_int_equal(read.count, 1);
    assert_memory_equal(read.list[0].payload.at, "\xfb\xff", 2);
    assert_memory_equal(read.list[0].signatures[0].bytes.at, "\xfb\xff", 2);
    assert_true(text_is(read.list[0].signatures[0].key_id, "k"));
}

static void what_is_printed_is_read_back_line_by_line(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    struct envelope_signature signature = { TEXT("k\"1"), text_make("\0\1\2", 3) };
    struct envelope envelope = { TEXT("type"), TEXT("{}\n"), &signature, 1 };
    envelope_print(&out, &envelope);
    envelope_print(&out, &envelope);
    buffer_add_string(&out, "\r\n\n");
    struct source source;
    source_init(&source, TEXT("bundle"), buffer_text(&out));
    struct envelopes read;
    assert_true(envelope_read_all(&source, &arena, &read, &problems));
    assert_int_equal(read.count, 2);
    assert_true(text_is(read.list[1].payload, "{}\n"));
    assert_true(text_equal(read.list[1].signatures[0].key_id, signature.key_id));
    assert_memory_equal(read.list[1].signatures[0].bytes.at, "\0\1\2", 3);
    buffer_release(&out);
}

static void an_empty_file_has_none(void **state)
{
    (void)state;
    struct source source = source_of(" \n\n");
    struct envelopes read;
    assert_true(envelope_read_all(&source, &arena, &read, &problems));
    assert_int_equal(read.count, 0);
}

static void damaged_envelopes_are_refused_at_their_place(void **state)
{
    (void)state;
    static const char object[] =
        "not a DSSE envelope: it is an object without repeated members";
    static const char array[] = "not a DSSE envelope: 'signatures' is no array";
    static const char signature[] =
        "not a DSSE envelope: a signature is an object without repeated members";
    static const struct {
        const char *json;
        const char *message;
        size_t column;
    } damaged[] = {
        { "[]", object, 1 },
        { "{\"payload\":\"\",\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}", object,
          1 },
        { "{\"payloadType\":\"t\",\"signatures\":[]}",
          "not a DSSE envelope: 'payload' is missing", 1 },
        { "{\"payload\":\"%\",\"payloadType\":\"t\",\"signatures\":[]}",
          "not a DSSE envelope: 'payload' is no base64", 12 },
        { "{\"payload\":\"\",\"payloadType\":7,\"signatures\":[]}",
          "not a DSSE envelope: 'payloadType' is no string", 29 },
        { "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":{}}", array, 46 },
        { "{\"payload\":\"\",\"payloadType\":\"t\"}", array, 1 },
        { "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[3]}", signature, 47 },
        { "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"a\",\"sig\":"
          "\"a\"}]}",
          signature, 47 },
        { "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"a\"}]}",
          "not a DSSE envelope: 'sig' is missing", 47 },
        { "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":"
          "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}",
          "not a DSSE envelope: too many signatures", 46 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
        struct source source = source_of(damaged[i].json);
        struct envelopes read = { NULL, 99 };
        assert_false(envelope_read_all(&source, &arena, &read, &problems));
        assert_int_equal(read.count, 99);
        assert_int_equal(problems.count, 1);
        assert_true(text_is(problems.list[0].message, damaged[i].message));
        struct span at = problems.list[0].at;
        assert_int_equal(source_position(at.source, at.start).column, damaged[i].column);
        problems_clear(&problems);
    }
}

static void a_line_that_is_no_json_is_named(void **state)
{
    (void)state;
    struct source source = source_of("\n\n  {\"payload\":\n");
    struct envelopes read;
    assert_false(envelope_read_all(&source, &arena, &read, &problems));
    struct span at = problems.list[0].at;
    assert_int_equal(source_position(at.source, at.start).line, 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_signed_is_that_of_the_specification),
        TEST(the_example_of_the_specification_verifies),
        TEST(both_alphabets_of_base64_and_unknown_members_are_accepted),
        TEST(what_is_printed_is_read_back_line_by_line),
        TEST(an_empty_file_has_none),
        TEST(damaged_envelopes_are_refused_at_their_place),
        TEST(a_line_that_is_no_json_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
