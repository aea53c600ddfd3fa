/* SPDX-License-Identifier: MIT */
/* TZif files, and where they are none, windows as text. */
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "deploy/window.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t times[] = {
        INT64_MIN / 2, -1, 0, 1000000000, 1792890000, 16725225600
    };
    struct text bytes = text_make((const char *)data, size);
    struct arena arena;
    const struct zone *zone;
    arena_init(&arena);
    if (zone_parse(bytes, &arena, &zone)) {
        for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
            struct buffer out;
            buffer_init(&out, 1 << 20);
            zone_print(&out, zone, times[i]);
            buffer_release(&out);
        }
    } else {
        struct window_rule rule;
        const char *reason;
        if (window_rule_parse(bytes, &rule, &reason)) {
            struct windows windows = { .zone_name = TEXT("UTC"), .any = { &rule, 1 } };
            struct problems problems;
            problems_init(&problems);
            if (windows_open(&windows, "/nowhere", &arena, &problems)) {
                (void)windows_decide(&windows, WINDOW_ANY, 1792890000);
            }
            problems_release(&problems);
        }
    }
    arena_release(&arena);
    return 0;
}
