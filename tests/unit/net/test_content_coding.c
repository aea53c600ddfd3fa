/* SPDX-License-Identifier: MIT */
#include "net/content_coding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <zlib.h>

/* Applies the codings named by letters: g gzip, z deflate, r deflate without its header. */
static void apply(const char *codings, struct text plain, struct buffer *output)
{
    static unsigned char out[1 << 20];
    buffer_clear(output);
    buffer_add(output, plain);
    for (; *codings; codings++) {
        int window_bits = *codings == 'g' ? 15 + 16 : *codings == 'z' ? 15 : -15;
        z_stream stream = { 0 };
        deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
        stream.next_in = (unsigned char *)output->at;
        stream.avail_in = (unsigned)output->size;
        stream.next_out = out;
        stream.avail_out = sizeof out;
        assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
        buffer_clear(output);
        buffer_add(output, text_make((char *)out, stream.total_out));
        deflateEnd(&stream);
    }
}

static void read_lines(struct content_coding *coding, const char *lines)
{
    struct text rest = text_of(lines);
    struct text line;
    while (text_take_until(&rest, '|', &line)) {
        content_coding_read_line(coding, line);
    }
}

static bool decode(struct content_coding *coding, struct text packed, size_t part_bytes,
                   struct buffer *body)
{
    buffer_clear(body);
    for (size_t at = 0; at < packed.size; at += part_bytes) {
        if (!content_coding_decode(coding, text_slice(packed, at, at + part_bytes), body)) {
            return false;
        }
    }
    return content_coding_end(coding);
}

static void codings_are_undone_in_turn(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        const char *codings;
    } cases[] = {
        { "", "" },
        { "Content-Type: gzip\r\n|Content-Encoding-X: gzip\r\n", "" },
        { "Content-Encoding: identity\r\n|Content-Encoding:\r\n|Content-Encoding: ,\r\n", "" },
        { "Content-Encoding: gzip\r\n", "g" },
        { "content-encoding:X-GZIP\r\n", "g" },
        { "Content-Encoding: Deflate\r\n", "z" },
        { "Content-Encoding: deflate\r\n", "r" },
        { "Content-Encoding: gzip, deflate\r\n", "gz" },
        { "Content-Encoding: deflate\r\n|Content-Encoding: gzip\r\n", "rg" },
        { "Content-Encoding: gzip,identity,gzip ,deflate\r\n|Content-Encoding: gzip\r\n",
          "ggzg" },
    };
    static char zeros[100000];
    struct text plain = text_make(zeros, sizeof zeros);
    struct buffer packed;
    struct buffer body;
    buffer_init(&packed, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        apply(cases[i].codings, plain, &packed);
        for (size_t part_bytes = 1; part_bytes <= packed.size; part_bytes *= 50) {
            struct content_coding coding = { 0 };
            buffer_init(&body, sizeof zeros);
            read_lines(&coding, cases[i].lines);
            assert_int_equal(coding.count, strlen(cases[i].codings));
            assert_true(decode(&coding, buffer_text(&packed), part_bytes, &body));
            assert_true(text_equal(buffer_text(&body), plain));
            assert_false(content_coding_is_broken(&coding));
            content_coding_release(&coding);
            buffer_release(&body);
        }
    }
    buffer_release(&packed);
}

static void expect_fault(const char *line, struct text packed, const char *expected)
{
    for (size_t part_bytes = 1; part_bytes < 100; part_bytes += 30) {
        struct content_coding coding = { 0 };
        struct buffer fault;
        struct buffer body;
        buffer_init(&body, 1000);
        buffer_init(&fault, 1000);
        content_coding_read_line(&coding, text_of(line));
        assert_false(decode(&coding, packed, part_bytes, &body));
        assert_true(content_coding_is_broken(&coding));
        assert_false(content_coding_end(&coding));
        content_coding_print_fault(&coding, &fault);
        assert_string_equal(fault.at, expected);
        assert_true(strlen(content_coding_hint(&coding)) > 0);
        content_coding_release(&coding);
        buffer_release(&fault);
        buffer_release(&body);
    }
}

static void a_fault_says_what_was_expected_and_what_came(void **state)
{
    (void)state;
    struct buffer packed;
    buffer_init(&packed, 1000);
    apply("g", TEXT("hello"), &packed);
    struct text whole = buffer_text(&packed);
    assert_int_equal(whole.size, 25);
    expect_fault("Content-Encoding: gzip", text_slice(whole, 0, 24),
                 "expected gzip data up to their end, got the first 24 bytes only");
    buffer_add_byte(&packed, '\n');
    expect_fault("Content-Encoding: gzip", buffer_text(&packed),
                 "expected the end after the gzip data, got more at byte 25");
    packed.size--;
    packed.at[20] ^= 1;
    expect_fault("Content-Encoding: gzip", buffer_text(&packed),
                 "expected gzip data, got something else at byte 21: incorrect data check");
    expect_fault("Content-Encoding: gzip", TEXT("<html></html>"),
                 "expected gzip data, got something else at byte 2: incorrect header check");
    expect_fault("Content-Encoding: zstd", TEXT("x"), "expected gzip or deflate, got 'zstd'");
    expect_fault("Content-Encoding: gzip, aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd, e",
                 TEXT("x"), "expected gzip or deflate, got 'aaaaaaaaaabbbbbbbbbbccccccccccd'");
    expect_fault("Content-Encoding: gzip,gzip,gzip,gzip,gzip", TEXT("x"),
                 "expected at most 4 encodings, got more");
    apply("gz", TEXT("hello"), &packed);
    expect_fault("Content-Encoding: gzip, deflate", text_slice(buffer_text(&packed), 0, 20),
                 "expected deflate data up to their end, got the first 20 bytes only");
    apply("z", TEXT("hello"), &packed);
    expect_fault("Content-Encoding: gzip, deflate", buffer_text(&packed),
                 "expected gzip data, got something else at byte 2: incorrect header check");
    apply("g", TEXT("hello"), &packed);
    packed.size -= 3;
    struct buffer cut;
    buffer_init(&cut, 1000);
    apply("z", buffer_text(&packed), &cut);
    expect_fault("Content-Encoding: gzip, deflate", buffer_text(&cut),
                 "expected gzip data up to their end, got the first 22 bytes only");
    buffer_release(&cut);
    buffer_release(&packed);
}

static void an_unknown_coding_of_nothing_is_fine(void **state)
{
    (void)state;
    struct content_coding coding = { 0 };
    struct buffer body;
    buffer_init(&body, 10);
    content_coding_read_line(&coding, TEXT("Content-Encoding: gzip, br\r\n"));
    assert_true(content_coding_decode(&coding, TEXT_EMPTY, &body));
    assert_true(content_coding_end(&coding));
    content_coding_release(&coding);
    buffer_release(&body);
}

static void the_limit_is_of_what_is_decoded_at_every_stage(void **state)
{
    (void)state;
    static char zeros[100000];
    static const struct {
        const char *line;
        const char *codings;
        size_t limit;
        bool is_within;
    } cases[] = {
        { "X: y", "", 100000, true },
        { "X: y", "", 99999, false },
        { "Content-Encoding: gzip", "g", 100000, true },
        { "Content-Encoding: gzip", "g", 99999, false },
        { "Content-Encoding: gzip", "g", 0, false },
        { "Content-Encoding: gzip, gzip", "gg", 99999, false },
        { "Content-Encoding: gzip, gzip", "gg", 100, false }, /* the second stage makes 133 */
    };
    struct buffer packed;
    buffer_init(&packed, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct content_coding coding = { 0 };
        struct buffer body;
        buffer_init(&body, cases[i].limit);
        apply(cases[i].codings, text_make(zeros, sizeof zeros), &packed);
        content_coding_read_line(&coding, text_of(cases[i].line));
        assert_int_equal(decode(&coding, buffer_text(&packed), 100, &body), cases[i].is_within);
        assert_int_equal(body.is_over_limit, !cases[i].is_within);
        assert_true(body.size == cases[i].limit || cases[i].limit == 100);
        assert_false(content_coding_is_broken(&coding));
        content_coding_release(&coding);
        buffer_release(&body);
    }
    buffer_release(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codings_are_undone_in_turn),
        cmocka_unit_test(a_fault_says_what_was_expected_and_what_came),
        cmocka_unit_test(an_unknown_coding_of_nothing_is_fine),
        cmocka_unit_test(the_limit_is_of_what_is_decoded_at_every_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
