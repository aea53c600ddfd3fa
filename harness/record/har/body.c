/* SPDX-License-Identifier: MIT */
#include "record/har/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "exchange/request.h"
#include "format/base64.h"
#include "record/har_input.h"

static bool is_event_stream(struct text type)
{
    return text_equal_ignoring_case(text_slice(type, 0, 17), TEXT("text/event-stream"));
}

/* text is what the writer had after decoding, so content-encoding does not describe it. */
static bool decode_text(struct har_part *part, const struct json_value *content,
                        struct text *ret_body)
{
    struct text text = har_text(part, content, "text");
    struct text encoding = har_text(part, content, "encoding");
    if (!text_equal_ignoring_case(encoding, TEXT("base64"))) {
        if (encoding.size > 0) {
            har_warn(part, json_member_named(content, "encoding"),
                     "the body is encoded as '%.*s', expected base64: taken as absent",
                     TEXT_ARG(encoding));
            return false;
        }
        *ret_body = har_kept(part, text);
        return true;
    }
    if (!base64_decode(&part->recording->arena, text, ret_body)) {
        har_refuse(part, json_member_named(content, "text"),
                   "'text' is no base64, which its 'encoding' says it is");
        return false;
    }
    return true;
}

/* An empty text where writers put one for bodies that they did not keep. */
static bool is_left_out(struct har_part *part, const struct json_value *content)
{
    double size = 0;
    bool has_text = json_is(json_member_named(content, "text"), JSON_STRING);
    bool has_size = har_number(part, content, "size", &size);
    if (!has_text) {
        return !has_size || size != 0;
    }
    bool is_lost_stream = !part->is_own && is_event_stream(har_text(part, content, "mimeType"));
    return har_text(part, content, "text").size == 0 && (size > 0 || is_lost_stream);
}

void har_read_content(struct har_part *part, const struct json_value *response,
                      struct recorded_entry *entry, struct text *ret_body)
{
    const struct json_value *content = har_object(part, response, "content");
    struct text file = har_text(part, content, "_file");
    struct text reason;
    if (file.size > 0) {
        entry->body_file = har_kept(part, file);
        entry->body = RECORDED_BODY_IN_FILE;
        if (!har_side_file(part, file, ret_body, &reason)) {
            entry->body = RECORDED_BODY_ABSENT;
            har_warn(part, json_member_named(content, "_file"),
                     "the body is not read from the file '%.*s': %.*s", TEXT_ARG(file),
                     TEXT_ARG(reason));
        }
        return;
    }
    bool is_kept =
        content && !is_left_out(part, content) && decode_text(part, content, ret_body);
    entry->body = is_kept ? RECORDED_BODY_KEPT : RECORDED_BODY_ABSENT;
}

static void read_form(struct har_part *part, const struct json_value *params,
                      struct text *ret_body)
{
    struct headers pairs = { 0 };
    CLEANUP(buffer_release) struct buffer form;
    buffer_init(&form, HAR_ENTRY_LIMIT_BYTES);
    for (size_t i = 0; i < params->count; i++) {
        const struct json_value *pair = json_item(params, i);
        headers_add(&pairs, part->scratch, har_text(part, pair, "name"),
                    har_text(part, pair, "value"));
    }
    request_encode_pairs(&form, &pairs, true);
    *ret_body = har_kept(part, buffer_text(&form));
}

/* Only a form can be made again from its parameters; parts had boundaries and types. */
static bool read_params(struct har_part *part, const struct json_value *post,
                        struct text *ret_body)
{
    const struct json_value *params = har_list(part, post, "params");
    bool is_form = text_starts_with(har_text(part, post, "mimeType"),
                                    TEXT("application/x-www-form-urlencoded"));
    if (params && is_form) {
        read_form(part, params, ret_body);
    }
    return params && is_form;
}

bool har_read_post(struct har_part *part, const struct json_value *request,
                   struct text *ret_body)
{
    const struct json_value *post = har_object(part, request, "postData");
    const struct json_value *bytes = har_object(part, request, "_content");
    struct text file = har_text(part, post, "_file");
    struct text reason;
    if (bytes && json_is(json_member_named(bytes, "text"), JSON_STRING)) {
        return decode_text(part, bytes, ret_body);
    }
    if (!post) {
        return false;
    }
    if (file.size > 0) {
        bool is_read = har_side_file(part, file, ret_body, &reason);
        if (!is_read) {
            har_warn(part, json_member_named(post, "_file"),
                     "the body is not read from the file '%.*s': %.*s", TEXT_ARG(file),
                     TEXT_ARG(reason));
        }
        return is_read;
    }
    if (!json_is(json_member_named(post, "text"), JSON_STRING)) {
        return read_params(part, post, ret_body);
    }
    *ret_body = har_kept(part, har_text(part, post, "text"));
    return true;
}
