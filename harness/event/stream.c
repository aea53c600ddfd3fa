/* SPDX-License-Identifier: MIT */
#include "event/stream.h"

#include "base/near.h"

/* One --format value, taken apart. */
struct format {
    const struct reporter_type *type;
    struct text file; /* empty: the standard output */
};

static void problem_unknown(struct text name, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer names;
    buffer_init(&names, 1 << 12);
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < reporter_count; i++)
        near_offer(&near, text_of(reporters[i]->name));
    if (near.count > 0) {
        buffer_add_string(&names, "did you mean ");
        near_print(&names, &near);
        buffer_add_byte(&names, '?');
    } else {
        buffer_add_string(&names, "known are");
        for (size_t i = 0; i < reporter_count; i++)
            buffer_add_format(&names, "%s %s", i > 0 ? "," : "", reporters[i]->name);
    }
    problems_add(problems, PROBLEM_USAGE, span_none(), names.at, "unknown format '%.*s'",
                 TEXT_ARG(name));
}

static bool parse_format(struct text value, struct format *ret_format,
                         struct problems *problems)
{
    size_t colon = text_find_byte(value, ':', 0);
    struct text name = text_slice(value, 0, colon);
    struct text file = text_from(value, colon + 1);
    const struct reporter_type *type = reporter_find(name);
    if (!type) {
        problem_unknown(name, problems);
        return false;
    }
    if (colon < value.size && file.size == 0) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "give a file after the colon, or '-' for the standard output",
                     "format '%.*s' names no file", TEXT_ARG(value));
        return false;
    }
    ret_format->type = type;
    ret_format->file = text_is(file, "-") ? TEXT_EMPTY : file;
    return true;
}

/* Two reports must not be written to one place. */
static bool is_free(const struct format *formats, size_t count, struct problems *problems)
{
    const struct format *newest = &formats[count];
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(formats[i].file, newest->file))
            continue;
        if (newest->file.size > 0)
            problems_add(problems, PROBLEM_USAGE, span_none(), "give each report its own file",
                         "formats '%s' and '%s' both write to '%.*s'", formats[i].type->name,
                         newest->type->name, TEXT_ARG(newest->file));
        else
            problems_add(problems, PROBLEM_USAGE, span_none(),
                         "send one to a file: --format NAME:FILE",
                         "formats '%s' and '%s' both write to the standard output",
                         formats[i].type->name, newest->type->name);
        return false;
    }
    return true;
}

static bool parse_formats(const struct text *values, size_t count, struct format *ret_formats,
                          struct problems *problems)
{
    if (count > STREAM_REPORTERS_LIMIT) {
        problems_add(problems, PROBLEM_USAGE, span_none(), NULL, "more than %d formats",
                     STREAM_REPORTERS_LIMIT);
        return false;
    }
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++)
        is_good = parse_format(values[i], &ret_formats[i], problems) &&
                  is_free(ret_formats, i, problems);
    return is_good;
}

bool stream_open(struct stream *stream, const struct text *formats, size_t format_count,
                 const struct reporter_setup *setup, struct problems *problems)
{
    static const struct text default_format = TEXT_STATIC("terminal");
    struct format parsed[STREAM_REPORTERS_LIMIT];
    *stream = (struct stream){ 0 };
    if (format_count == 0) {
        formats = &default_format;
        format_count = 1;
    }
    if (!parse_formats(formats, format_count, parsed, problems))
        return false;
    for (size_t i = 0; i < format_count; i++) {
        struct stream_reporter *opened = &stream->list[stream->count];
        opened->type = parsed[i].type;
        opened->reporter = parsed[i].type->open(setup, parsed[i].file, problems);
        if (!opened->reporter) {
            stream_abandon(stream);
            return false;
        }
        stream->count++;
    }
    return true;
}

void stream_abandon(struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->list[i].reporter)
            stream->list[i].type->abandon(stream->list[i].reporter);
    *stream = (struct stream){ 0 };
}

bool stream_wants_envelopes(const struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->list[i].type->wants_envelopes)
            return true;
    return false;
}

bool stream_shows_problems(const struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->list[i].reporter && stream->list[i].type->shows_problems)
            return true;
    return false;
}

void stream_event(struct stream *stream, const struct event *event, struct problems *problems)
{
    for (size_t i = 0; i < stream->count; i++) {
        struct stream_reporter *each = &stream->list[i];
        if (!each->reporter || each->type->event(each->reporter, event, problems))
            continue;
        each->type->abandon(each->reporter);
        each->reporter = NULL;
        stream->has_failed = true;
    }
}

void stream_tick(struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->list[i].reporter && stream->list[i].type->tick)
            stream->list[i].type->tick(stream->list[i].reporter);
}

bool stream_close(struct stream *stream, struct problems *problems)
{
    for (size_t i = 0; i < stream->count; i++) {
        struct stream_reporter *each = &stream->list[i];
        if (each->reporter && !each->type->close(each->reporter, problems))
            stream->has_failed = true;
        each->reporter = NULL;
    }
    bool is_complete = !stream->has_failed;
    *stream = (struct stream){ 0 };
    return is_complete;
}
