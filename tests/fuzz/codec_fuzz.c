/* SPDX-License-Identifier: MIT */
/* Events from a pipe: whatever comes is an event, incomplete or broken; an event that came can be
 * sent again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "event/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct buffer again CLEANUP(buffer_release);
    struct text bytes = text_make((const char *)data, size);
    struct event event;
    arena_init(&arena);
    buffer_init(&again, BUFFER_NO_LIMIT); /* as large as what came */
    while (codec_decode(&bytes, &arena, &event) == CODEC_EVENT) {
        buffer_clear(&again);
        codec_encode(&again, &event);
        struct text copy = buffer_text(&again);
        if (codec_decode(&copy, &arena, &event) != CODEC_EVENT || copy.size > 0) {
            abort();
        }
    }
    return 0;
}
