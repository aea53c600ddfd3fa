/* SPDX-License-Identifier: MIT */
/* A URL, then Set-Cookie values, a line each: whatever a server sets, what goes back to it is a
 * valid header, and a jar that was kept is the same jar. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "exchange/cookie_jar.h"

enum { NOW_NS = 1000000000, OUT_LIMIT_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_kept(const struct cookie_jar *jar, struct arena *arena)
{
    struct cookie_jar other;
    struct buffer once CLEANUP(buffer_release);
    struct buffer twice CLEANUP(buffer_release);
    buffer_init(&once, OUT_LIMIT_BYTES);
    buffer_init(&twice, OUT_LIMIT_BYTES);
    cookie_jar_init(&other, arena);
    cookie_jar_export(jar, &once);
    if (!cookie_jar_import(&other, buffer_text(&once))) {
        abort();
    }
    cookie_jar_export(&other, &twice);
    if (!text_equal(buffer_text(&once), buffer_text(&twice))) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct headers none = { 0 };
    struct arena arena CLEANUP(arena_release);
    struct buffer line CLEANUP(buffer_release);
    struct text rest = text_make((const char *)data, size < 8192 ? size : 8192);
    struct text url = TEXT_EMPTY;
    struct text value;
    struct headers headers = { 0 };
    struct cookie_jar jar;
    arena_init(&arena);
    buffer_init(&line, OUT_LIMIT_BYTES);
    cookie_jar_init(&jar, &arena);
    (void)!text_take_until(&rest, '\n', &url);
    (void)!cookie_jar_import(&jar, rest);
    cookie_jar_clear(&jar);
    while (text_take_until(&rest, '\n', &value)) {
        headers_add(&headers, &arena, TEXT("Set-Cookie"), value);
    }
    cookie_jar_take(&jar, url, &headers, NOW_NS);
    cookie_jar_print_header(&jar, url, &none, NOW_NS, &line);
    if (!header_value_is_valid(buffer_text(&line))) {
        abort();
    }
    try_kept(&jar, &arena);
    return 0;
}
