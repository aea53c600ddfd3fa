/* SPDX-License-Identifier: MIT */
#include "record/har_reader.h"

#include <stdlib.h>

#include "record/har/parts.h"
#include "record/har_input.h"

/* What is not even JSON text, with a better reason than its first byte. */
static bool is_other_format(const struct source *source, struct problems *problems)
{
    static const struct {
        struct text start;
        const char *what;
        const char *hint;
    } formats[] = {
        { TEXT_STATIC("PK\x03\x04"), "a zip archive", "unpack it and name the .har inside" },
        { TEXT_STATIC("\x1f\x8b"), "compressed by gzip", "unpack it: gzip -d" },
        { TEXT_STATIC("\xff\xfe"), "UTF-16", "save it as UTF-8" },
        { TEXT_STATIC("\xfe\xff"), "UTF-16", "save it as UTF-8" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
        if (text_starts_with(source->bytes, formats[i].start)) {
            problems_add(problems, PROBLEM_INPUT, span_make(source, 0, 1), formats[i].hint,
                         "this is no HAR file: expected JSON in UTF-8, the file is %s",
                         formats[i].what);
            return true;
        }
    }
    return false;
}

static int compare_entries(const void *left, const void *right)
{
    const struct recorded_entry *a = left;
    const struct recorded_entry *b = right;
    uint64_t a_ns = a->exchange->started_at_ns;
    uint64_t b_ns = b->exchange->started_at_ns;
    if (a_ns != b_ns) {
        return a_ns < b_ns ? -1 : 1;
    }
    return a->index < b->index ? -1 : 1;
}

/* Proxies write a socket when it closes. Our own order is meant, and where a time is absent nothing
 * can be said. */
static void sort(struct recording *recording)
{
    if (text_is(recording->facts.creator_name, "bddrun")) {
        return;
    }
    for (size_t i = 0; i < recording->count; i++) {
        if (recording->list[i].exchange->started_at_ns == 0) {
            return;
        }
    }
    if (recording->count > 1) {
        qsort(recording->list, recording->count, sizeof *recording->list, compare_entries);
    }
}

static void finish(struct recording *recording)
{
    sort(recording);
    if (recording->facts.recorded_at_ns == 0 && recording->count > 0) {
        recording->facts.recorded_at_ns = recording->list[0].exchange->started_at_ns;
    }
}

static bool read_input(struct recording *recording, const struct har_choice *choice,
                       struct problems *problems)
{
    recording->source = &recording->input->source;
    recording->path = recording->source->name;
    if (is_other_format(recording->source, problems) ||
        !har_walk(recording, choice, problems)) {
        return false;
    }
    finish(recording);
    return true;
}

bool har_read(struct recording *recording, struct text path, const struct har_choice *choice,
              struct problems *problems)
{
    recording->input = har_input_open(path, problems);
    return recording->input && read_input(recording, choice, problems);
}

bool har_read_bytes(struct recording *recording, struct text name, struct text bytes,
                    const struct har_choice *choice, struct problems *problems)
{
    recording->input = har_input_of(name, bytes);
    return read_input(recording, choice, problems);
}
