/* SPDX-License-Identifier: MIT */
#include "exchange/response_read.h"

/* Takes a line, without its end, off the bytes at *at. */
static struct text take_line(struct text bytes, size_t *at)
{
    size_t start = *at;
    size_t end = text_find_byte(bytes, '\n', start);
    *at = end < bytes.size ? end + 1 : end;
    bool has_return = end > start && bytes.at[end - 1] == '\r';
    return text_slice(bytes, start, end - has_return);
}

static struct span span_of(const struct source *source, struct text line)
{
    size_t start = (size_t)(line.at - source->bytes.at);
    return span_make(source, start, start + line.size);
}

/* "HTTP/1.1 200 OK" */
static bool read_status(const struct source *source, struct text line,
                        struct response *response, struct problems *problems)
{
    struct text rest = line;
    struct text version = TEXT_EMPTY;
    struct text status = TEXT_EMPTY;
    uint64_t number = 0;
    bool is_read = text_take_until(&rest, ' ', &version) &&
                   text_starts_with(version, TEXT("HTTP/")) &&
                   text_take_until(&rest, ' ', &status) && status.size == 3 &&
                   text_to_uint64(status, &number) && number >= 100;
    if (!is_read) {
        problems_add(problems, PROBLEM_INPUT, span_of(source, line),
                     "a response begins like 'HTTP/1.1 200 OK'", "this is no status line");
        return false;
    }
    response->http_version = text_from(version, sizeof("HTTP/") - 1);
    response->status = (unsigned)number;
    response->reason = rest.at ? text_trim(rest) : TEXT_EMPTY;
    return true;
}

static bool read_field(const struct source *source, struct text line, struct arena *arena,
                       struct response *response, struct problems *problems)
{
    size_t colon = text_find_byte(line, ':', 0);
    struct text name = text_slice(line, 0, colon);
    struct text value = text_trim(text_from(line, colon + 1));
    if (colon == line.size || !header_name_is_valid(name)) {
        problems_add(problems, PROBLEM_INPUT, span_of(source, line),
                     "before the body stands an empty line", "this is no header field");
        return false;
    }
    headers_add(&response->headers, arena, name, value);
    return true;
}

bool response_read(const struct source *source, struct arena *arena,
                   struct response *ret_response, struct problems *problems)
{
    struct response response = { 0 };
    struct text bytes = source->bytes;
    size_t at = 0;
    if (!read_status(source, take_line(bytes, &at), &response, problems)) {
        return false;
    }
    for (;;) {
        struct text line = take_line(bytes, &at);
        if (line.size == 0) {
            break;
        }
        if (!read_field(source, line, arena, &response, problems)) {
            return false;
        }
    }
    response.body = text_from(bytes, at);
    *ret_response = response;
    return true;
}
