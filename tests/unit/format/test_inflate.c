/* SPDX-License-Identifier: MIT */
#include "format/inflate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/buffer.h"

enum { GZIP_BITS = 15 + 16, ZLIB_BITS = 15, BARE_BITS = -15 };

static void compress_text(struct buffer *output, int window_bits, struct text plain)
{
    static unsigned char out[1 << 16];
    z_stream stream = { 0 };
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_in = (z_const unsigned char *)plain.at;
    stream.avail_in = (unsigned)plain.size;
    stream.next_out = out;
    stream.avail_out = sizeof out;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    buffer_add(output, text_make((char *)out, stream.total_out));
    deflateEnd(&stream);
}

/* Decodes in parts of part_bytes into rooms of room_bytes. */
static enum inflate_fault decode(enum inflate_form form, struct text packed, size_t part_bytes,
                                 size_t room_bytes, struct buffer *plain)
{
    char room[256];
    size_t made;
    bool is_sound = true;
    struct inflate *inflate = inflate_new(form);
    buffer_clear(plain);
    for (size_t at = 0; is_sound && at < packed.size; at += part_bytes) {
        struct text part = text_slice(packed, at, at + part_bytes);
        do {
            is_sound = inflate_decode(inflate, &part, room, room_bytes, &made);
            buffer_add(plain, text_make(room, made));
        } while (is_sound && made == room_bytes);
        assert_true(!is_sound || part.size == 0);
    }
    bool is_whole = inflate_end(inflate);
    enum inflate_fault fault = inflate_fault(inflate);
    assert_int_equal(is_whole, fault == INFLATE_SOUND);
    assert_int_equal(inflate_detail(inflate)[0] != '\0', fault == INFLATE_DAMAGED);
    assert_true(inflate_read_bytes(inflate) <= packed.size);
    inflate_free(inflate);
    return fault;
}

/* However it is cut into parts and rooms, the same comes of it. */
static void expect(enum inflate_form form, struct text packed, enum inflate_fault fault,
                   struct text expected)
{
    static const size_t sizes[] = { 1, 2, 3, 7, 64, 256 };
    struct buffer plain;
    buffer_init(&plain, 1 << 20);
    for (size_t part = 0; part < 6; part++) {
        for (size_t room = 0; room < 6; room++) {
            assert_int_equal(decode(form, packed, sizes[part], sizes[room], &plain), fault);
            assert_true(text_equal(buffer_text(&plain), expected));
        }
    }
    buffer_release(&plain);
}

#define PLAIN                                                                                  \
    TEXT("the lobby has tables, the tables have players, the players have cards and the "      \
         "cards have no players; the lobby has tables, the tables have players, and so on")

static const struct {
    enum inflate_form form;
    int window_bits;
} forms[] = {
    { INFLATE_GZIP, GZIP_BITS },
    { INFLATE_DEFLATE, ZLIB_BITS },
    { INFLATE_DEFLATE, BARE_BITS },
};

static void every_form_is_decoded_however_it_comes(void **state)
{
    (void)state;
    struct text plains[] = { TEXT(""), TEXT("a"), PLAIN };
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        for (size_t k = 0; k < ARRAY_SIZE(plains); k++) {
            CLEANUP(buffer_release) struct buffer packed;
            buffer_init(&packed, 4096);
            compress_text(&packed, forms[i].window_bits, plains[k]);
            expect(forms[i].form, buffer_text(&packed), INFLATE_SOUND, plains[k]);
        }
    }
}

static void nothing_at_all_is_whole(void **state)
{
    (void)state;
    expect(INFLATE_GZIP, TEXT(""), INFLATE_SOUND, TEXT(""));
    expect(INFLATE_DEFLATE, TEXT(""), INFLATE_SOUND, TEXT(""));
    inflate_free(NULL);
}

static void data_cut_anywhere_are_told(void **state)
{
    (void)state;
    struct buffer plain;
    buffer_init(&plain, 4096);
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        CLEANUP(buffer_release) struct buffer packed;
        buffer_init(&packed, 4096);
        compress_text(&packed, forms[i].window_bits, PLAIN);
        for (size_t size = 1; size < packed.size; size++) {
            struct text part = text_slice(buffer_text(&packed), 0, size);
            assert_int_equal(decode(forms[i].form, part, 5, 11, &plain), INFLATE_CUT);
            assert_true(text_starts_with(PLAIN, buffer_text(&plain)));
        }
    }
    buffer_release(&plain);
}

static void a_wrong_checksum_or_length_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        CLEANUP(buffer_release) struct buffer packed;
        buffer_init(&packed, 4096);
        compress_text(&packed, forms[i].window_bits, PLAIN);
        size_t trailer = i == 0 ? 8 : 4;
        for (size_t back = 1; back <= trailer; back++) {
            packed.at[packed.size - back] ^= 1;
            expect(forms[i].form, buffer_text(&packed), INFLATE_DAMAGED, PLAIN);
            packed.at[packed.size - back] ^= 1;
        }
    }
}

static void bytes_after_the_end_are_told_and_members_go_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        CLEANUP(buffer_release) struct buffer packed;
        buffer_init(&packed, 4096);
        compress_text(&packed, forms[i].window_bits, TEXT("one "));
        size_t size = packed.size;
        buffer_add_byte(&packed, '\0');
        expect(forms[i].form, buffer_text(&packed), INFLATE_LONGER, TEXT("one "));
        buffer_truncate(&packed, size);
        buffer_add_byte(&packed, '\x1f');
        bool is_gzip = forms[i].form == INFLATE_GZIP;
        expect(forms[i].form, buffer_text(&packed), is_gzip ? INFLATE_CUT : INFLATE_LONGER,
               TEXT("one "));
        buffer_truncate(&packed, size);
        compress_text(&packed, forms[i].window_bits, TEXT("two"));
        expect(forms[i].form, buffer_text(&packed), is_gzip ? INFLATE_SOUND : INFLATE_LONGER,
               is_gzip ? TEXT("one two") : TEXT("one "));
    }
}

static void other_data_are_told_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        enum inflate_form form;
        struct text data;
        const char *detail;
    } cases[] = {
        { INFLATE_GZIP, TEXT_STATIC("{\"json\": 1}"), "incorrect header check" },
        { INFLATE_GZIP, TEXT_STATIC("\x1f\x8b\x09\x00"), "unknown compression method" },
        { INFLATE_GZIP, TEXT_STATIC("\x1f\x8b\x08\xff"), "unknown header flags set" },
        { INFLATE_DEFLATE, TEXT_STATIC("\x07\x07"), "invalid block type" },
        { INFLATE_DEFLATE, TEXT_STATIC("\x78\xbb\x00\x00\x00\x01"), "it wants a dictionary" },
        { INFLATE_DEFLATE, TEXT_STATIC("\x03\x02\x00"), "invalid distance too far back" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char room[16];
        size_t made;
        struct text data = cases[i].data;
        struct inflate *inflate = inflate_new(cases[i].form);
        assert_false(inflate_decode(inflate, &data, room, sizeof room, &made));
        assert_string_equal(inflate_detail(inflate), cases[i].detail);
        struct text more = TEXT("more");
        assert_false(inflate_decode(inflate, &more, room, sizeof room, &made));
        assert_int_equal(made, 0);
        assert_int_equal(more.size, 4);
        assert_false(inflate_end(inflate));
        inflate_free(inflate);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_decoded_however_it_comes),
        cmocka_unit_test(nothing_at_all_is_whole),
        cmocka_unit_test(data_cut_anywhere_are_told),
        cmocka_unit_test(a_wrong_checksum_or_length_is_told),
        cmocka_unit_test(bytes_after_the_end_are_told_and_members_go_on),
        cmocka_unit_test(other_data_are_told_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
