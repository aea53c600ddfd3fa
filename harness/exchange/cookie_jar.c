/* SPDX-License-Identifier: MIT */
#include "exchange/cookie_jar.h"

#include <string.h>

#include "exchange/url.h"

void cookie_jar_init(struct cookie_jar *jar, struct arena *arena)
{
    *jar = (struct cookie_jar){ .arena = arena };
}

void cookie_jar_clear(struct cookie_jar *jar)
{
    jar->count = 0;
}

static struct text lower_case(struct arena *arena, struct text text)
{
    char *copy = arena_string(arena, text);
    for (size_t i = 0; i < text.size; i++) {
        if (copy[i] >= 'A' && copy[i] <= 'Z') {
            copy[i] = (char)(copy[i] - 'A' + 'a');
        }
    }
    return text_make(copy, text.size);
}

static bool is_address(struct text host)
{
    for (size_t i = 0; i < host.size; i++) {
        if (host.at[i] != '.' && (host.at[i] < '0' || host.at[i] > '9')) {
            return text_find_byte(host, ':', 0) < host.size;
        }
    }
    return true;
}

/* RFC 6265, section 5.1.3. */
static bool domain_matches(struct text host, struct text domain)
{
    if (text_equal_ignoring_case(host, domain)) {
        return true;
    }
    return host.size > domain.size && !is_address(host) &&
           host.at[host.size - domain.size - 1] == '.' &&
           text_equal_ignoring_case(text_from(host, host.size - domain.size), domain);
}

/* RFC 6265, section 5.1.4. */
static bool path_matches(struct text path, struct text cookie_path)
{
    path = path.size > 0 ? path : TEXT("/");
    return text_starts_with(path, cookie_path) &&
           (path.size == cookie_path.size || text_ends_with(cookie_path, TEXT("/")) ||
            path.at[cookie_path.size] == '/');
}

static bool cookie_is_for(const struct cookie *cookie, const struct url *url, uint64_t now_ns)
{
    bool is_host = cookie->is_host_only ? text_equal_ignoring_case(url->host, cookie->domain)
                                        : domain_matches(url->host, cookie->domain);
    /* As browsers have it: what happens on this machine is as good as encrypted. */
    bool is_secure = !cookie->is_secure || url_is_secure(url) || url_is_loopback(url);
    return is_host && is_secure && cookie->expires_ns > now_ns &&
           path_matches(url->path, cookie->path);
}

static void remove_at(struct cookie_jar *jar, size_t index)
{
    jar->count--;
    memmove(&jar->list[index], &jar->list[index + 1], (jar->count - index) * sizeof *jar->list);
}

/* RFC 6265, section 5.3, step 11: whether one cookie takes the other's place. */
static bool is_same(const struct cookie *a, const struct cookie *b)
{
    return text_equal(a->name, b->name) && text_equal(a->domain, b->domain) &&
           a->is_host_only == b->is_host_only && text_equal(a->path, b->path);
}

static void ensure_capacity(struct cookie_jar *jar, size_t index)
{
    if (index < jar->capacity) {
        return;
    }
    size_t capacity = jar->capacity ? 2 * jar->capacity : 4;
    struct cookie *list = ARENA_ARRAY(jar->arena, capacity, struct cookie);
    if (jar->count > 0) {
        memcpy(list, jar->list, jar->count * sizeof *list);
    }
    jar->list = list;
    jar->capacity = capacity;
}

void cookie_jar_store(struct cookie_jar *jar, const struct cookie *cookie, uint64_t now_ns)
{
    size_t index = 0;
    while (index < jar->count && !is_same(&jar->list[index], cookie)) {
        index++;
    }
    if (cookie->expires_ns <= now_ns) {
        if (index < jar->count) {
            remove_at(jar, index);
        }
        return;
    }
    if (index == jar->count && jar->count == COOKIE_JAR_LIMIT) {
        remove_at(jar, 0); /* the oldest makes room */
        index--;
    }
    ensure_capacity(jar, index);
    jar->count += index == jar->count;
    jar->list[index] = *cookie;
}

/* The default path, RFC 6265, section 5.1.4. */
static struct text default_path(const struct url *url)
{
    size_t slash = url->path.size;
    while (slash > 0 && url->path.at[slash - 1] != '/') {
        slash--;
    }
    return slash > 1 ? text_slice(url->path, 0, slash - 1) : TEXT("/");
}

/* The __Host- and __Secure- prefixes (RFC 6265bis). */
static bool keeps_prefix(const struct cookie *cookie)
{
    if (text_starts_with(cookie->name, TEXT("__Secure-"))) {
        return cookie->is_secure;
    }
    return !text_starts_with(cookie->name, TEXT("__Host-")) ||
           (cookie->is_secure && cookie->is_host_only && text_is(cookie->path, "/"));
}

/* Whether url may set the cookie at all: its own or a parent domain that is not a whole top-level
 * one; Secure only from a secure place; prefixes kept. */
static bool is_acceptable(const struct cookie *cookie, const struct url *url)
{
    bool is_secure = url_is_secure(url) || url_is_loopback(url);
    if ((cookie->is_secure && !is_secure) || !keeps_prefix(cookie)) {
        return false;
    }
    bool is_own = text_equal_ignoring_case(cookie->domain, url->host);
    bool has_dot = text_find_byte(cookie->domain, '.', 0) < cookie->domain.size;
    return is_own || (has_dot && domain_matches(url->host, cookie->domain));
}

static void take(struct cookie_jar *jar, const struct url *url, struct text set_cookie,
                 uint64_t now_ns)
{
    struct cookie cookie;
    if (!cookie_parse(arena_text(jar->arena, set_cookie), now_ns, &cookie)) {
        return;
    }
    cookie.domain = lower_case(jar->arena, cookie.is_host_only ? url->host : cookie.domain);
    if (cookie.path.size == 0) {
        cookie.path = arena_text(jar->arena, default_path(url));
    }
    if (is_acceptable(&cookie, url)) {
        cookie_jar_store(jar, &cookie, now_ns);
    }
}

void cookie_jar_take(struct cookie_jar *jar, struct text url, const struct headers *headers,
                     uint64_t now_ns)
{
    struct url parts;
    size_t index = 0;
    const struct header *header = headers_next(headers, TEXT("Set-Cookie"), &index);
    if (!header || !url_parse(url, &parts)) {
        return;
    }
    for (; header; header = headers_next(headers, TEXT("Set-Cookie"), &index)) {
        take(jar, &parts, header->value, now_ns);
    }
}

bool cookie_jar_set(struct cookie_jar *jar, struct text url, struct text name,
                    struct text value, uint64_t now_ns)
{
    struct url parts;
    struct cookie cookie;
    struct text line = arena_format(jar->arena, "%.*s=%.*s", TEXT_ARG(name), TEXT_ARG(value));
    if (!url_parse(url, &parts) || !cookie_parse(line, now_ns, &cookie) ||
        !text_equal(cookie.name, name) || !text_equal(cookie.value, value)) {
        return false;
    }
    /* The newest says: what the server set for a deeper path or the domain must not win. */
    (void)cookie_jar_delete(jar, url, name);
    cookie.domain = lower_case(jar->arena, parts.host);
    cookie.path = TEXT("/");
    cookie_jar_store(jar, &cookie, now_ns);
    return true;
}

bool cookie_jar_delete(struct cookie_jar *jar, struct text url, struct text name)
{
    struct url parts;
    bool has_url = url_parse(url, &parts);
    size_t before = jar->count;
    for (size_t i = jar->count; i > 0; i--) {
        const struct cookie *cookie = &jar->list[i - 1];
        bool is_of_host = !has_url || domain_matches(parts.host, cookie->domain);
        if (text_equal(cookie->name, name) && is_of_host) {
            remove_at(jar, i - 1);
        }
    }
    return jar->count < before;
}

/* The next cookie for url in the order of a Cookie header: longer paths first, then older ones.
 * *rank is the path size and index of the one before. NULL at the end. */
struct cookie_rank {
    size_t path_size;
    size_t index;
};

static const struct cookie *next_for(const struct cookie_jar *jar, const struct url *url,
                                     uint64_t now_ns, struct cookie_rank *rank)
{
    const struct cookie *best = NULL;
    struct cookie_rank best_rank = { 0, 0 };
    for (size_t i = 0; i < jar->count; i++) {
        const struct cookie *cookie = &jar->list[i];
        size_t size = cookie->path.size;
        bool is_after =
            size < rank->path_size || (size == rank->path_size && i + 1 > rank->index);
        bool is_better = !best || size > best_rank.path_size;
        if (is_after && is_better && cookie_is_for(cookie, url, now_ns)) {
            best = cookie;
            best_rank = (struct cookie_rank){ size, i + 1 };
        }
    }
    *rank = best_rank;
    return best;
}

const struct cookie *cookie_jar_find(const struct cookie_jar *jar, struct text url,
                                     struct text name, uint64_t now_ns)
{
    struct url parts;
    if (!url_parse(url, &parts)) {
        return NULL;
    }
    struct cookie_rank rank = { SIZE_MAX, 0 };
    const struct cookie *cookie;
    while ((cookie = next_for(jar, &parts, now_ns, &rank)) && !text_equal(cookie->name, name)) {
    }
    return cookie;
}

static void print_pair(struct buffer *out, size_t start, struct text name, struct text value)
{
    buffer_add_string(out, out->size > start ? "; " : "");
    buffer_add(out, name);
    buffer_add_byte(out, '=');
    buffer_add(out, value);
}

static bool is_named(const struct headers *instead, struct text name)
{
    for (size_t i = 0; i < instead->count; i++) {
        if (text_equal(instead->list[i].name, name)) {
            return true;
        }
    }
    return false;
}

void cookie_jar_print_header(const struct cookie_jar *jar, struct text url,
                             const struct headers *instead, uint64_t now_ns, struct buffer *out)
{
    struct url parts;
    size_t start = out->size;
    struct cookie_rank rank = { SIZE_MAX, 0 };
    const struct cookie *cookie;
    bool has_cookies = jar->count > 0 && url_parse(url, &parts);
    while (has_cookies && (cookie = next_for(jar, &parts, now_ns, &rank))) {
        if (!is_named(instead, cookie->name)) {
            print_pair(out, start, cookie->name, cookie->value);
        }
    }
    for (size_t i = 0; i < instead->count; i++) {
        print_pair(out, start, instead->list[i].name, instead->list[i].value);
    }
}
