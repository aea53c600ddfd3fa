/* SPDX-License-Identifier: MIT */
/*
 * One cookie: what a Set-Cookie header said, as plain data (RFC 6265 with SameSite of its
 * successor). Texts borrow from the header, or live in the arena of the jar.
 */
#ifndef BDDRUN_EXCHANGE_COOKIE_H
#define BDDRUN_EXCHANGE_COOKIE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "exchange/header.h"

#define COOKIE_OF_SESSION UINT64_MAX

struct cookie_attribute {
    struct text name;
    struct text value; /* empty for a flag */
};

enum { COOKIE_ATTRIBUTES_LIMIT = 16, COOKIE_SIZE_LIMIT = 16 << 10 };

struct cookie {
    struct text name;
    struct text value;
    struct text domain;  /* lower case, without a leading dot */
    struct text path;    /* starts with '/' */
    uint64_t expires_ns; /* realtime; COOKIE_OF_SESSION: with the session */
    bool is_host_only;   /* no Domain attribute: only this very host */
    bool is_secure;
    bool is_http_only;
    struct cookie_attribute attributes[COOKIE_ATTRIBUTES_LIMIT]; /* as written */
    unsigned attribute_count;
};

/* Reads a Set-Cookie value as it stands (name, value, attributes; flags, expiry of Max-Age before
 * Expires by now_ns). domain and path are the attributes' or empty. False when it is no cookie. */
bool cookie_parse(struct text set_cookie, uint64_t now_ns,
                  struct cookie *ret_cookie) MUST_CHECK;

/* The last Set-Cookie with this name among headers; false where there is none. */
bool cookie_find_set(const struct headers *headers, struct text name, uint64_t now_ns,
                     struct cookie *ret_cookie);

/* An attribute as written, names without regard to case; false where there is none. A flag
 * (Secure, HttpOnly) has an empty value. */
bool cookie_attribute_find(const struct cookie *cookie, struct text name,
                           struct text *ret_value);

#endif
