/* SPDX-License-Identifier: MIT */
#include "exchange/request.h"

#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"

static bool is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("-._~", byte));
}

static void add_percent_encoded(struct buffer *out, struct text text, bool is_form)
{
    for (size_t i = 0; i < text.size; i++) {
        if (is_unreserved(text.at[i])) {
            buffer_add_byte(out, text.at[i]);
        } else if (is_form && text.at[i] == ' ') {
            buffer_add_byte(out, '+');
        } else {
            buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)text.at[i]);
        }
    }
}

void request_encode_pairs(struct buffer *out, const struct headers *pairs, bool is_form)
{
    for (size_t i = 0; i < pairs->count; i++) {
        buffer_add_string(out, i > 0 ? "&" : "");
        add_percent_encoded(out, pairs->list[i].name, is_form);
        buffer_add_byte(out, '=');
        add_percent_encoded(out, pairs->list[i].value, is_form);
    }
}

/* RFC 7578 by way of what browsers do (WHATWG HTML, multipart/form-data): quotes and line ends in
 * a name are percent-encoded, everything else is UTF-8 as it is. */
static void add_quoted_name(struct buffer *out, struct text name)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] == '"' || name.at[i] == '\r' || name.at[i] == '\n') {
            buffer_add_format(out, "%%%02X", (unsigned)name.at[i]);
        } else {
            buffer_add_byte(out, name.at[i]);
        }
    }
    buffer_add_byte(out, '"');
}

static struct text part_file_name(const struct request_part *part)
{
    if (part->file_name.size > 0 || part->file_path.size == 0) {
        return part->file_name;
    }
    size_t slash = part->file_path.size;
    while (slash > 0 && part->file_path.at[slash - 1] != '/') {
        slash--;
    }
    return text_from(part->file_path, slash);
}

static bool add_part(struct buffer *out, const struct request_part *part, struct arena *arena,
                     struct problems *problems)
{
    struct text content = part->value;
    struct text type = part->content_type;
    struct text file_name = part_file_name(part);
    if (part->file_path.size > 0) {
        if (!file_read(part->file_path, REQUEST_BODY_LIMIT_BYTES, arena, &content, problems)) {
            return false;
        }
        type = type.size > 0 ? type : TEXT("application/octet-stream");
    }
    buffer_add_string(out, "Content-Disposition: form-data; name=");
    add_quoted_name(out, part->name);
    if (file_name.size > 0) {
        buffer_add_string(out, "; filename=");
        add_quoted_name(out, file_name);
    }
    if (type.size > 0) {
        buffer_add_string(out, "\r\nContent-Type: ");
        buffer_add(out, type);
    }
    buffer_add_string(out, "\r\n\r\n");
    buffer_add(out, content);
    buffer_add_string(out, "\r\n");
    return true;
}

static bool encode_parts(const struct request *request, struct arena *arena,
                         uint64_t boundary_seed, struct request_body *body,
                         struct problems *problems)
{
    struct text boundary = arena_format(arena, "----bddrun%016" PRIx64, boundary_seed);
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, REQUEST_BODY_LIMIT_BYTES);
    for (size_t i = 0; i < request->part_count; i++) {
        buffer_add_format(&bytes, "--%.*s\r\n", TEXT_ARG(boundary));
        if (!add_part(&bytes, &request->parts[i], arena, problems)) {
            return false;
        }
    }
    buffer_add_format(&bytes, "--%.*s--\r\n", TEXT_ARG(boundary));
    if (bytes.is_over_limit) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "send smaller files",
                     "the parts together are larger than the limit of %d bytes",
                     (int)REQUEST_BODY_LIMIT_BYTES);
        return false;
    }
    body->bytes = arena_text(arena, buffer_text(&bytes));
    body->content_type =
        arena_format(arena, "multipart/form-data; boundary=%.*s", TEXT_ARG(boundary));
    return true;
}

static void encode_form(const struct request *request, struct arena *arena,
                        struct request_body *body)
{
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, BUFFER_NO_LIMIT); /* the pairs of a table, three times at most */
    request_encode_pairs(&bytes, &request->form, true);
    body->bytes = arena_text(arena, buffer_text(&bytes));
    body->content_type = TEXT("application/x-www-form-urlencoded");
}

bool request_encode_body(const struct request *request, struct arena *arena,
                         uint64_t boundary_seed, struct request_body *ret_body,
                         struct problems *problems)
{
    struct request_body body = { .is_present = request->body_kind != REQUEST_BODY_NONE };
    switch (request->body_kind) {
    case REQUEST_BODY_NONE:
        break;
    case REQUEST_BODY_BYTES:
        body.bytes = arena_text(arena, request->body);
        break;
    case REQUEST_BODY_FILE:
        if (!file_read(request->body_file, REQUEST_BODY_LIMIT_BYTES, arena, &body.bytes,
                       problems)) {
            return false;
        }
        break;
    case REQUEST_BODY_FORM:
        encode_form(request, arena, &body);
        break;
    case REQUEST_BODY_PARTS:
        if (!encode_parts(request, arena, boundary_seed, &body, problems)) {
            return false;
        }
        break;
    }
    if (request->content_type.size > 0 && request->body_kind != REQUEST_BODY_PARTS) {
        body.content_type = request->content_type;
    }
    *ret_body = body;
    return true;
}
