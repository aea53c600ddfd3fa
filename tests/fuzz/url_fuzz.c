/* SPDX-License-Identifier: MIT */
/* A base URL, then references to follow from it, a line each: what comes of them holds nothing that
 * could end a request line, and an absolute URL is of its own origin. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "exchange/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void try_parts(struct text whole)
{
    struct url url;
    if (!url_parse(whole, &url)) {
        return;
    }
    must(url.host.size > 0 && url_is_absolute(whole) && url_same_origin(&url, &url));
    must(url.host.at >= whole.at && url.host.at + url.host.size <= whole.at + whole.size);
    (void)url_is_loopback(&url);
    (void)url_is_secure(&url);
}

static void try_sendable(struct text url)
{
    for (size_t i = 0; i < url.size; i++) {
        must((unsigned char)url.at[i] > ' ' && url.at[i] != '\x7f');
    }
    try_parts(url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct text rest = text_make((const char *)data, size < 4096 ? size : 4096);
    struct text base = TEXT_EMPTY;
    struct text reference;
    arena_init(&arena);
    (void)!text_take_until(&rest, '\n', &base);
    try_parts(base);
    while (text_take_until(&rest, '\n', &reference)) {
        try_parts(reference);
        try_parts(url_resolve(&arena, base, reference));
        try_sendable(url_of_step(&arena, base, reference));
        (void)url_add_query(&arena, reference, TEXT("a=1"));
    }
    return 0;
}
