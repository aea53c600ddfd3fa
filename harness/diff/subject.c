/* SPDX-License-Identifier: MIT */
#include "diff/subject.h"

#include "base/buffer.h"
#include "format/json.h"
#include "format/json_writer.h"

enum { SHOWN_BYTES = 500 };

#define NANOSECONDS_PER_MILLISECOND UINT64_C(1000000)

struct text subject_plain(const struct subject *subject)
{
    return subject->nature == NATURE_JSON ? json_text(subject->json) : subject->text;
}

bool subject_is_textual(const struct subject *subject)
{
    return subject->nature == NATURE_TEXT ||
           (subject->nature == NATURE_JSON && json_is(subject->json, JSON_STRING));
}

struct text subject_shorten(struct arena *arena, struct text text)
{
    return text.size <= SHOWN_BYTES
               ? text
               : arena_format(arena, "%.*s… (%zu bytes)", SHOWN_BYTES, text.at, text.size);
}

static struct text print_json(struct arena *arena, const struct json_value *value)
{
    struct buffer out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the document */
    json_print(&out, value);
    struct text printed = subject_shorten(arena, arena_text(arena, buffer_text(&out)));
    buffer_release(&out);
    return printed;
}

static struct text print_duration(struct arena *arena, uint64_t duration_ns)
{
    return arena_format(arena, "%.4g ms",
                        (double)duration_ns / (double)NANOSECONDS_PER_MILLISECOND);
}

struct text subject_print(struct arena *arena, const struct subject *subject)
{
    if (subject->is_absent) {
        return TEXT("absent");
    }
    if (subject->nature == NATURE_TEXT) {
        return arena_format(arena, "\"%.*s\"", TEXT_ARG(subject_shorten(arena, subject->text)));
    }
    if (subject->nature == NATURE_JSON) {
        return print_json(arena, subject->json);
    }
    if (subject->nature == NATURE_DURATION) {
        return print_duration(arena, subject->number);
    }
    return arena_format(arena, "%llu%s", (unsigned long long)subject->number,
                        subject->nature == NATURE_SIZE ? " bytes" : "");
}
