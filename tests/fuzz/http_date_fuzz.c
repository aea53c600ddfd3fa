/* SPDX-License-Identifier: MIT */
/* Any text as a date of HTTP and as Retry-After: it is read or refused, and a time to wait ends
 * where the date says. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "exchange/header.h"
#include "exchange/http_date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = text_make((const char *)data, size);
    uint64_t date_ns = 0;
    uint64_t wait_ns = 0;
    uint64_t seconds = 0;
    bool is_date = http_date_parse(text, &date_ns);
    bool is_wait = header_retry_after_ns(text, 0, &wait_ns);
    if (is_date && is_wait && !text_to_uint64(text_trim(text), &seconds) &&
        wait_ns != date_ns) {
        abort();
    }
    return 0;
}
