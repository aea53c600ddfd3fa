/* SPDX-License-Identifier: MIT */
/*
 * The parts of an http(s) or ws(s) URL, and references resolved (RFC 3986). Parts are borrowed
 * from the text that was parsed.
 */
#ifndef BDDRUN_EXCHANGE_URL_H
#define BDDRUN_EXCHANGE_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

enum { URL_SIZE_LIMIT = 64 << 10 };

struct url {
    struct text scheme;    /* as written */
    struct text user_info; /* empty: none */
    struct text host;      /* without the brackets of an IPv6 address */
    uint16_t port;         /* the scheme's where the URL says none */
    struct text path;      /* starts with '/', or is empty */
    struct text query;     /* without '?' */
    bool has_query;
};

/* False for what is not an absolute URL with one of the four schemes and a host. */
bool url_parse(struct text whole, struct url *ret_url) MUST_CHECK;
bool url_is_absolute(struct text whole); /* begins with scheme:// */
bool url_is_secure(const struct url *url);

/* The password that stands in an absolute URL of any scheme, as written; else empty. */
struct text url_password(struct text whole);

/* Same scheme (ws is http), host and port. */
bool url_same_origin(const struct url *a, const struct url *b);
bool url_is_loopback(const struct url *url); /* localhost, *.localhost, 127.0.0.0/8, ::1 */

/* How steps write it: an absolute URL as it is; anything else follows the base URL, whose path
 * stays in front: `/api` after `https://host/app` is `https://host/app/api`. Without a fragment;
 * spaces and what may not stand in a URL percent-encoded. */
struct text url_of_step(struct arena *arena, struct text base, struct text reference);

/* How servers and pages write it (Location, href): RFC 3986, section 5.2. */
struct text url_resolve(struct arena *arena, struct text base, struct text reference);

/* url with name=value&… added to its query. */
struct text url_add_query(struct arena *arena, struct text url, struct text pairs);

#endif
