/* SPDX-License-Identifier: MIT */
/*
 * The cookies of one session (RFC 6265): of one actor in one scenario. Shared by the session's
 * HTTP requests and sockets. Everything lives in the arena given.
 */
#ifndef BDDRUN_EXCHANGE_COOKIE_JAR_H
#define BDDRUN_EXCHANGE_COOKIE_JAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "exchange/cookie.h"
#include "exchange/header.h"

enum { COOKIE_JAR_LIMIT = 3000 };

struct cookie_jar {
    struct arena *arena;
    struct cookie *list; /* oldest first */
    size_t count;
    size_t capacity;
};

void cookie_jar_init(struct cookie_jar *jar, struct arena *arena);
void cookie_jar_clear(struct cookie_jar *jar);

/* Puts a cookie whose texts live in the jar's arena: name, domain and path are the key, the place
 * in the order is kept, an expired one deletes (RFC 6265, section 5.3, steps 11 and 12). Of more
 * than COOKIE_JAR_LIMIT the oldest go. */
void cookie_jar_store(struct cookie_jar *jar, const struct cookie *cookie, uint64_t now_ns);

/* Takes what a response from url sets: each Set-Cookie that url may set. */
void cookie_jar_take(struct cookie_jar *jar, struct text url, const struct headers *headers,
                     uint64_t now_ns);

/* A cookie for the host of url and its sub-paths: "I set cookie …". False for a name or value
 * that no cookie can have, or a url without host. */
bool cookie_jar_set(struct cookie_jar *jar, struct text url, struct text name,
                    struct text value, uint64_t now_ns) MUST_CHECK;

/* Every cookie of this name that url would get (all hosts: url empty). False: there was none. */
bool cookie_jar_delete(struct cookie_jar *jar, struct text url, struct text name);

/* The cookie of this name that url would get first, or NULL. */
const struct cookie *cookie_jar_find(const struct cookie_jar *jar, struct text url,
                                     struct text name, uint64_t now_ns);

/* Adds "a=1; b=2" for url, longer paths first, without those that are named in `instead`, then
 * these; nothing where there is none. */
void cookie_jar_print_header(const struct cookie_jar *jar, struct text url,
                             const struct headers *instead, uint64_t now_ns,
                             struct buffer *out);

/* The jar as lines of text, and back (added to what is there): for kept sessions. Import is false
 * when a line is not one of export. */
void cookie_jar_export(const struct cookie_jar *jar, struct buffer *out);
bool cookie_jar_import(struct cookie_jar *jar, struct text lines) MUST_CHECK;

#endif
