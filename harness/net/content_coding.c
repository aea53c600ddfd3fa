/* SPDX-License-Identifier: MIT */
#include "net/content_coding.h"

#include <inttypes.h>
#include <stdio.h>

enum { ROOM_BYTES = 16 << 10 };

static const char *const form_names[] = {
    [INFLATE_GZIP] = "gzip", [INFLATE_DEFLATE] = "deflate"
};

void content_coding_release(struct content_coding *coding)
{
    for (size_t i = 0; i < coding->count; i++) {
        inflate_free(coding->stages[i].inflate);
    }
    *coding = (struct content_coding){ 0 };
}

static bool form_of(struct text name, enum inflate_form *ret_form)
{
    bool is_gzip = text_equal_ignoring_case(name, TEXT("gzip")) ||
                   text_equal_ignoring_case(name, TEXT("x-gzip"));
    *ret_form = is_gzip ? INFLATE_GZIP : INFLATE_DEFLATE;
    return is_gzip || text_equal_ignoring_case(name, TEXT("deflate"));
}

static void add(struct content_coding *coding, struct text name)
{
    enum inflate_form form;
    if (name.size == 0 || text_equal_ignoring_case(name, TEXT("identity"))) {
        return;
    }
    if (!form_of(name, &form)) {
        if (coding->unknown[0] == '\0') {
            snprintf(coding->unknown, sizeof coding->unknown, "%.*s", TEXT_ARG(name));
        }
    } else if (coding->count == CONTENT_CODINGS_LIMIT) {
        coding->is_too_long = true;
    } else {
        coding->stages[coding->count++] =
            (struct content_stage){ .inflate = inflate_new(form), .form = form };
    }
}

void content_coding_read_line(struct content_coding *coding, struct text line)
{
    static const struct text header = TEXT_STATIC("Content-Encoding:");
    struct text name;
    if (!text_equal_ignoring_case(text_slice(line, 0, header.size), header)) {
        return;
    }
    struct text rest = text_from(line, header.size);
    while (text_take_until(&rest, ',', &name)) {
        add(coding, text_trim(name));
    }
}

static bool add_decoded(struct text part, struct buffer *body)
{
    size_t room = body->limit_bytes - body->size;
    buffer_add(body, text_slice(part, 0, room));
    body->is_over_limit = part.size > room;
    return !body->is_over_limit;
}

/* Undoes the last `count` codings that are left. Every stage keeps to the body's limit, so that the
 * work is bounded even where a later one makes little of much. */
static bool undo(struct content_coding *coding, size_t count, struct text part,
                 struct buffer *body)
{
    char room[ROOM_BYTES];
    size_t made;
    if (count == 0) {
        return add_decoded(part, body);
    }
    struct content_stage *stage = &coding->stages[count - 1];
    do {
        bool is_sound = inflate_decode(stage->inflate, &part, room, sizeof room, &made);
        stage->made_bytes += made;
        if (count > 1 && stage->made_bytes > body->limit_bytes) {
            body->is_over_limit = true;
            return false;
        }
        if (made > 0 && !undo(coding, count - 1, text_make(room, made), body)) {
            return false;
        }
        if (!is_sound) {
            coding->broken = stage;
            return false;
        }
    } while (made == sizeof room);
    return true;
}

bool content_coding_decode(struct content_coding *coding, struct text part, struct buffer *body)
{
    if (part.size > 0 && (coding->unknown[0] != '\0' || coding->is_too_long)) {
        coding->broken = &coding->stages[0];
        return false;
    }
    return undo(coding, coding->count, part, body);
}

bool content_coding_end(struct content_coding *coding)
{
    for (size_t i = coding->count; i > 0 && !coding->broken; i--) {
        if (!inflate_end(coding->stages[i - 1].inflate)) {
            coding->broken = &coding->stages[i - 1];
        }
    }
    return !coding->broken;
}

bool content_coding_is_broken(const struct content_coding *coding)
{
    return coding->broken != NULL;
}

void content_coding_print_fault(const struct content_coding *coding, struct buffer *output)
{
    if (coding->unknown[0] != '\0') {
        buffer_add_format(output, "expected gzip or deflate, got '%s'", coding->unknown);
        return;
    }
    if (coding->is_too_long) {
        buffer_add_format(output, "expected at most %d encodings, got more",
                          (int)CONTENT_CODINGS_LIMIT);
        return;
    }
    const struct inflate *inflate = coding->broken->inflate;
    const char *form = form_names[coding->broken->form];
    uint64_t read_bytes = inflate_read_bytes(inflate);
    switch (inflate_fault(inflate)) {
    case INFLATE_SOUND:
        break;
    case INFLATE_DAMAGED:
        buffer_add_format(output,
                          "expected %s data, got something else at byte %" PRIu64 ": %s", form,
                          read_bytes, inflate_detail(inflate));
        break;
    case INFLATE_LONGER:
        buffer_add_format(output,
                          "expected the end after the %s data, got more at byte %" PRIu64, form,
                          read_bytes);
        break;
    case INFLATE_CUT:
        buffer_add_format(
            output, "expected %s data up to their end, got the first %" PRIu64 " bytes only",
            form, read_bytes);
        break;
    }
}

const char *content_coding_hint(const struct content_coding *coding)
{
    return coding->unknown[0] != '\0'
               ? "let the server send gzip, deflate or neither: see the Accept-Encoding of the "
                 "request"
               : "check the compression of the server and of what stands before it";
}
