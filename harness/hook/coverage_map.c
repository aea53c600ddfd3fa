/* SPDX-License-Identifier: MIT */
#include "hook/coverage_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct map_reading {
    const struct git_diff *diff;
    struct text test;
    bool is_changed; /* the file of the record */
    bool is_run;
    struct text *names;
    size_t count;
    size_t capacity;
};

static bool is_at_end(struct text path, struct text of)
{
    return text_ends_with(of, path) &&
           (of.size == path.size || of.at[of.size - path.size - 1] == '/');
}

static bool is_changed(const struct git_diff *diff, struct text file)
{
    for (size_t i = 0; i < diff->file_count; i++) {
        if (is_at_end(diff->files[i].path, file) || is_at_end(diff->files[i].old_path, file)) {
            return true;
        }
    }
    return false;
}

static void finish_record(struct map_reading *reading)
{
    bool is_new = reading->is_changed && reading->is_run && reading->test.size > 0;
    for (size_t i = 0; is_new && i < reading->count; i++) {
        is_new = !text_equal(reading->names[i], reading->test);
    }
    if (is_new) {
        GROW(reading->names, reading->count, reading->capacity);
        reading->names[reading->count++] = reading->test;
    }
    reading->is_changed = false;
    reading->is_run = false;
}

/* "DA:12,3" or "DA:12,3,checksum" */
static bool has_run(struct text data)
{
    struct text line;
    struct text hits;
    return text_take_until(&data, ',', &line) && text_take_until(&data, ',', &hits) &&
           !text_is(hits, "0") && !text_starts_with(hits, TEXT("-"));
}

static void read_line(struct map_reading *reading, struct text line)
{
    if (text_starts_with(line, TEXT("TN:"))) {
        reading->test = text_from(line, 3);
    } else if (text_starts_with(line, TEXT("SF:"))) {
        reading->is_changed = is_changed(reading->diff, text_from(line, 3));
        reading->is_run = false;
    } else if (text_starts_with(line, TEXT("DA:"))) {
        reading->is_run =
            reading->is_run || (reading->is_changed && has_run(text_from(line, 3)));
    } else if (text_is(line, "end_of_record")) {
        finish_record(reading);
    }
}

void coverage_map_read(struct text lcov, const struct git_diff *diff, struct arena *arena,
                       struct text **ret_names, size_t *ret_count)
{
    struct map_reading reading = { .diff = diff };
    struct text line;
    for (struct text rest = lcov; text_take_until(&rest, '\n', &line);) {
        read_line(&reading, text_trim(line));
    }
    *ret_names = ARENA_ARRAY(arena, reading.count + 1, struct text);
    *ret_count = reading.count;
    if (reading.count > 0) {
        memcpy(*ret_names, reading.names, reading.count * sizeof(**ret_names));
    }
    free(reading.names);
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

bool coverage_map_is_same(struct text test, struct text scenario)
{
    if (test.size != scenario.size) {
        return false;
    }
    for (size_t i = 0; i < test.size; i++) {
        if (test.at[i] != scenario.at[i] &&
            (is_word_byte(test.at[i]) || is_word_byte(scenario.at[i]))) {
            return false;
        }
    }
    return true;
}
