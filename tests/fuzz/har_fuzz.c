/* SPDX-License-Identifier: MIT */
/* Any bytes: a HAR file is read, or refused with a problem; what was read and written is read
 * again, and written the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "record/har_reader.h"
#include "record/har_writer.h"

enum { OUT_LIMIT_BYTES = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Below no folder, so that no side file is ever found. */
static const struct text name = TEXT_STATIC("/dev/null/fuzz.har");

static void print(struct recording *recording, struct buffer *out)
{
    buffer_init(out, OUT_LIMIT_BYTES);
    recording->facts = (struct recording_facts){ 0 };
    har_print(out, recording);
}

static void write_and_read(struct recording *recording)
{
    struct recording again;
    struct problems problems CLEANUP(problems_release);
    struct buffer once CLEANUP(buffer_release);
    struct buffer twice CLEANUP(buffer_release);
    recording_init(&again);
    problems_init(&problems);
    print(recording, &once);
    if (!har_read_bytes(&again, name, buffer_text(&once), NULL, &problems) ||
        again.count != recording->count) {
        abort();
    }
    print(&again, &twice);
    if (!text_equal(buffer_text(&once), buffer_text(&twice))) {
        abort();
    }
    recording_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct recording recording;
    struct problems problems CLEANUP(problems_release);
    recording_init(&recording);
    problems_init(&problems);
    struct text bytes = text_make((const char *)data, size);
    if (har_read_bytes(&recording, name, bytes, NULL, &problems)) {
        write_and_read(&recording);
    } else if (!problems_has_error(&problems)) {
        abort();
    }
    recording_release(&recording);
    return 0;
}
