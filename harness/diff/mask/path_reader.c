/* SPDX-License-Identifier: MIT */
#include "diff/mask/path_reader.h"

#include <string.h>

static struct span span_of(const struct path_reader *reader, size_t start, size_t end)
{
    bool fits = reader->at.source && reader->at.end - reader->at.start == reader->written.size;
    return fits ? span_make(reader->at.source, reader->at.start + start, reader->at.start + end)
                : reader->at;
}

bool path_reader_refuse(struct path_reader *reader, size_t start, const char *hint,
                        const char *what)
{
    size_t end = reader->position > start ? reader->position : start + 1;
    end = end > reader->written.size ? reader->written.size : end;
    problems_add(reader->problems, PROBLEM_INPUT,
                 span_of(reader, start < end ? start : end, end), hint, "%s in the path '%.*s'",
                 what, TEXT_ARG(reader->written));
    return false;
}

bool path_reader_add(struct path_reader *reader, struct mask_segment segment)
{
    if (reader->count == MASK_SEGMENTS_LIMIT) {
        return path_reader_refuse(reader, reader->position,
                                  "a mask's path has 64 segments at most", "too many segments");
    }
    reader->segments[reader->count++] = segment;
    return true;
}

bool path_reader_take(struct path_reader *reader, struct text part)
{
    bool is_there = text_starts_with(text_from(reader->written, reader->position), part);
    reader->position += is_there ? part.size : 0;
    return is_there;
}

bool path_reader_is_at_end(const struct path_reader *reader)
{
    return reader->position >= reader->written.size;
}

struct text path_reader_until(struct path_reader *reader, const char *bytes)
{
    size_t start = reader->position;
    while (!path_reader_is_at_end(reader) &&
           !strchr(bytes, reader->written.at[reader->position])) {
        reader->position++;
    }
    return text_slice(reader->written, start, reader->position);
}

struct mask_path path_reader_path(const struct path_reader *reader)
{
    struct mask_segment *segments =
        ARENA_ARRAY(reader->arena, reader->count, struct mask_segment);
    if (reader->count) {
        memcpy(segments, reader->segments, reader->count * sizeof *segments);
    }
    return (struct mask_path){ .segments = segments, .count = reader->count };
}
