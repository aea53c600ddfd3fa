/* SPDX-License-Identifier: MIT */
/*
 * An HTTP request as a step wants it: plain data. Zeroed it is a GET without URL. All texts are
 * borrowed and must live until the request was started (http_start copies what it keeps).
 */
#ifndef BDDRUN_EXCHANGE_REQUEST_H
#define BDDRUN_EXCHANGE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "exchange/header.h"

enum { REQUEST_BODY_LIMIT_BYTES = 256 << 20 };

enum request_body_kind {
    REQUEST_BODY_NONE,
    REQUEST_BODY_BYTES,
    REQUEST_BODY_FILE,  /* body_file */
    REQUEST_BODY_FORM,  /* form: application/x-www-form-urlencoded */
    REQUEST_BODY_PARTS, /* parts: multipart/form-data */
};

/* One part of multipart/form-data (RFC 7578). With a file path the content is the file's; its
 * file_name is then the path's last part unless given, its type application/octet-stream. */
struct request_part {
    struct text name;
    struct text value;
    struct text file_path; /* empty: value is the content */
    struct text file_name;
    struct text content_type; /* empty: none for a value */
};

struct request {
    struct text method; /* empty: GET */
    struct text url;    /* absolute, or a path (with a query) that follows the base URL */
    struct headers headers;
    struct headers query;   /* names and values, added to the URL percent-encoded */
    struct headers cookies; /* for this request only, instead of the session's of that name */
    enum request_body_kind body_kind;
    struct text content_type; /* empty: by body_kind, none for bytes; a header overrides both */
    struct text body;
    struct text body_file; /* a path that the caller has confined */
    struct headers form;
    struct request_part *parts;
    size_t part_count;
};

/* The body as bytes, files read, with its content type (empty: none) and whether there is one at
 * all (an empty one is sent as Content-Length: 0). In the arena. boundary_seed makes the boundary
 * of parts. False with a problem: a file. */
struct request_body {
    bool is_present;
    struct text bytes;
    struct text content_type;
};
bool request_encode_body(const struct request *request, struct arena *arena,
                         uint64_t boundary_seed, struct request_body *ret_body,
                         struct problems *problems) MUST_CHECK;

/* name=value&… with names and values percent-encoded; space becomes %20, or + for a form. */
struct buffer;
void request_encode_pairs(struct buffer *out, const struct headers *pairs, bool is_form);

#endif
