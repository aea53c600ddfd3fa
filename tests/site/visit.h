/* SPDX-License-Identifier: MIT */
/*
 * One request to the demo site and the answer being made for it. Everything borrowed from a visit
 * lives until the answer is sent. Handlers fill the answer and return; site.c sends it.
 */
#ifndef BDDRUN_SITE_VISIT_H
#define BDDRUN_SITE_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "realtime/realtime.h"

struct MHD_Connection;
struct account;
struct session;
struct site;

enum { VISIT_HEADERS = 24, VISIT_FIELDS = 32, VISIT_NUMBERS = 2 };

struct visit_header {
    const char *name;
    const char *value;
};

struct visit_field {
    struct text name;
    struct text filename; /* at == NULL: not a file */
    struct text type;
    struct text value;
};

struct visit {
    struct site *site;
    struct MHD_Connection *connection;
    struct arena arena;
    const char *method;
    struct text path;
    uint64_t numbers[VISIT_NUMBERS]; /* {n} of the route, from left to right */
    struct text word;                /* {w} of the route */
    struct buffer body;
    struct visit_field fields[VISIT_FIELDS];
    size_t field_count;
    bool has_parsed_form;
    struct session *session; /* NULL: none */
    struct account *account; /* NULL: not logged in */

    unsigned status;
    struct visit_header headers[VISIT_HEADERS];
    size_t header_count;
    struct buffer answer;
    uint64_t delay_ms; /* slept before the answer, without the site's lock */
    bool is_chunked;
    bool is_digest_refused;
    struct realtime_wish wish;
    struct score_stream *stream; /* NULL: none; in the arena */
};

/* What was asked; at == NULL where it is absent. */
struct text visit_query(const struct visit *visit, const char *name);
struct text visit_request_header(const struct visit *visit, const char *name);
struct text visit_request_cookie(const struct visit *visit, const char *name);
const struct visit_field *visit_form(struct visit *visit, const char *name);
uint64_t visit_query_number(const struct visit *visit, const char *name, uint64_t otherwise);
bool visit_is(const struct visit *visit, const char *method);

/* The member of a JSON object that is the request's body: its text as written, a string without
 * its quotes (escapes kept). False: no such member, or no object. */
bool visit_json_member(const struct visit *visit, const char *name, struct text *ret_value);

/* The answer. visit_json also ends with a line end. */
void visit_answer(struct visit *visit, unsigned status, const char *content_type);
void visit_header(struct visit *visit, const char *name, const char *format, ...)
    PRINTF_LIKE(3, 4);
void visit_json(struct visit *visit, unsigned status, const char *format, ...)
    PRINTF_LIKE(3, 4);
void visit_text(struct visit *visit, unsigned status, const char *format, ...)
    PRINTF_LIKE(3, 4);
void visit_redirect(struct visit *visit, unsigned status, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* {"message": …} with the status's reason or the given text. */
void visit_refuse(struct visit *visit, unsigned status, const char *message);

/* Escaped copies in the visit's arena. */
const char *visit_in_json(struct visit *visit, struct text text); /* with its quotes */
const char *visit_in_html(struct visit *visit, struct text text);

/* "http://host:port" as the client sees it (X-Forwarded-Proto understood). */
const char *visit_origin(struct visit *visit);

#endif
