/* SPDX-License-Identifier: MIT */
#include "format/inflate.h"

#include <limits.h>
#include <stdlib.h>

#define ZLIB_CONST /* its input is not changed */
#include <zlib.h>

#include "base/alloc.h"

enum {
    WINDOW_BITS = 15,
    GZIP = 16, /* added: wants a gzip header and checks its trailer */
    DEFLATE_METHOD = 8,
    LARGEST_WINDOW = 7,
};

struct inflate {
    z_stream stream;
    enum inflate_form form;
    enum inflate_fault fault;
    const char *detail;
    uint64_t read_bytes;
    unsigned char first; /* of deflate, while one byte does not tell its form */
    bool is_form_known;
    bool is_at_end; /* of a member: another may follow */
};

static void *allocate(void *context, unsigned count, unsigned size)
{
    (void)context;
    return alloc_or_die(count, size);
}

static void release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

static void start(struct inflate *inflate, int window_bits)
{
    inflate->stream.zalloc = allocate;
    inflate->stream.zfree = release;
    if (inflateInit2(&inflate->stream, window_bits) != Z_OK) {
        BUG("zlib refuses to start");
    }
    inflate->is_form_known = true;
}

struct inflate *inflate_new(enum inflate_form form)
{
    struct inflate *inflate = alloc_or_die(1, sizeof *inflate);
    inflate->form = form;
    inflate->detail = "";
    if (form == INFLATE_GZIP) {
        start(inflate, WINDOW_BITS + GZIP);
    }
    return inflate;
}

void inflate_free(struct inflate *inflate)
{
    if (!inflate) {
        return;
    }
    if (inflate->is_form_known) {
        inflateEnd(&inflate->stream);
    }
    free(inflate);
}

static bool fail(struct inflate *inflate, enum inflate_fault fault, const char *detail)
{
    inflate->fault = fault;
    inflate->detail = detail;
    return false;
}

/* Lets zlib go on; what it took and made is counted. */
static int decode(struct inflate *decoder, struct text *input, char *output, size_t room,
                  size_t *ret_size)
{
    z_stream *stream = &decoder->stream;
    unsigned given = input->size < UINT_MAX ? (unsigned)input->size : UINT_MAX;
    unsigned free_bytes = room < UINT_MAX ? (unsigned)room : UINT_MAX;
    stream->next_in = (const Bytef *)input->at;
    stream->avail_in = given;
    stream->next_out = (Bytef *)output;
    stream->avail_out = free_bytes;
    int code = inflate(stream, Z_NO_FLUSH);
    *input = text_from(*input, given - stream->avail_in);
    decoder->read_bytes += given - stream->avail_in;
    *ret_size += free_bytes - stream->avail_out;
    return code;
}

/* RFC 1950, section 2.2. Bare data that look like this header happen to begin with a stored block
 * whose unused bits are set, which no compressor writes. */
static bool is_zlib_header(unsigned char first, unsigned char second)
{
    return (first & 0xf) == DEFLATE_METHOD && first >> 4 <= LARGEST_WINDOW &&
           (first << 8 | second) % 31 == 0;
}

/* Takes what tells the form of deflate; false while it has not come. */
static bool learn_form(struct inflate *inflate, struct text *input)
{
    if (!inflate->is_form_known && inflate->read_bytes == 0 && input->size > 0) {
        inflate->first = (unsigned char)input->at[0];
        inflate->read_bytes = 1;
        *input = text_from(*input, 1);
    }
    if (inflate->is_form_known || input->size == 0) {
        return inflate->is_form_known;
    }
    struct text first = text_make((const char *)&inflate->first, 1);
    char nothing[1];
    size_t made = 0;
    bool is_bare = !is_zlib_header(inflate->first, (unsigned char)input->at[0]);
    start(inflate, is_bare ? -WINDOW_BITS : WINDOW_BITS);
    inflate->read_bytes = 0;
    (void)decode(inflate, &first, nothing, 0, &made); /* an error is told again */
    return true;
}

/* After the end of a member: true when another begins. */
static bool goes_on(struct inflate *inflate, struct text input)
{
    if (inflate->form != INFLATE_GZIP || input.at[0] != '\x1f') {
        return fail(inflate, INFLATE_LONGER, "");
    }
    inflate->is_at_end = false;
    return inflateReset(&inflate->stream) == Z_OK;
}

static bool note(struct inflate *inflate, int code)
{
    inflate->is_at_end = code == Z_STREAM_END;
    if (code == Z_NEED_DICT) {
        return fail(inflate, INFLATE_DAMAGED, "it wants a dictionary");
    }
    bool is_sound = code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
    return is_sound || fail(inflate, INFLATE_DAMAGED, inflate->stream.msg);
}

bool inflate_decode(struct inflate *inflate, struct text *input, char *output, size_t room,
                    size_t *ret_size)
{
    bool is_sound = inflate->fault == INFLATE_SOUND;
    bool has_more = is_sound && learn_form(inflate, input);
    *ret_size = 0;
    while (is_sound && has_more && *ret_size < room) {
        if (inflate->is_at_end && input->size > 0) {
            is_sound = goes_on(inflate, *input);
        } else if (inflate->is_at_end) {
            has_more = false;
        } else {
            int code = decode(inflate, input, output + *ret_size, room - *ret_size, ret_size);
            is_sound = note(inflate, code);
            has_more = input->size > 0 || code == Z_OK;
        }
    }
    return is_sound;
}

bool inflate_end(struct inflate *inflate)
{
    if (inflate->fault != INFLATE_SOUND) {
        return false;
    }
    bool is_whole = inflate->is_at_end || inflate->read_bytes == 0;
    return is_whole || fail(inflate, INFLATE_CUT, "");
}

enum inflate_fault inflate_fault(const struct inflate *inflate)
{
    return inflate->fault;
}

const char *inflate_detail(const struct inflate *inflate)
{
    return inflate->detail;
}

uint64_t inflate_read_bytes(const struct inflate *inflate)
{
    return inflate->read_bytes;
}
