/* SPDX-License-Identifier: MIT */
#include "exchange/url.h"

#include <string.h>

#include "base/buffer.h"

/* Where the part ends that begins at `from`: before one of these bytes, or with the whole. */
static size_t end_of(struct text whole, size_t from, const char *stops)
{
    while (from < whole.size && (whole.at[from] == '\0' || !strchr(stops, whole.at[from]))) {
        from++;
    }
    return from;
}

/* Bytes that RFC 3986 allows nowhere; '%' stays, what is encoded is not encoded again. */
static bool needs_encoding(char byte)
{
    switch (byte) {
    case '"':
    case '<':
    case '>':
    case '\\':
    case '^':
    case '`':
    case '{':
    case '|':
    case '}':
        return true;
    default:
        return (unsigned char)byte <= 0x20 || (unsigned char)byte >= 0x7F;
    }
}

static void add_encoded(struct buffer *out, struct text part)
{
    for (size_t i = 0; i < part.size;) {
        size_t plain = i;
        while (plain < part.size && !needs_encoding(part.at[plain])) {
            plain++;
        }
        buffer_add(out, text_slice(part, i, plain));
        if (plain < part.size) {
            buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)part.at[plain++]);
        }
        i = plain;
    }
}

static struct text without_fragment(struct text url)
{
    return text_slice(url, 0, text_find_byte(url, '#', 0));
}

/* The host part of an absolute URL is left as it is: libcurl encodes it (IDNA). */
static void add_absolute(struct buffer *out, struct text url)
{
    size_t scheme_end = text_find(url, TEXT("://"), 0);
    size_t host_end = end_of(url, scheme_end == url.size ? 0 : scheme_end + 3, "/?");
    buffer_add(out, text_slice(url, 0, host_end));
    add_encoded(out, text_from(url, host_end));
}

static bool is_plain(struct text whole)
{
    for (size_t i = 0; i < whole.size; i++) {
        if (needs_encoding(whole.at[i])) {
            return false;
        }
    }
    return true;
}

struct text url_of_step(struct arena *arena, struct text base, struct text reference)
{
    reference = without_fragment(reference);
    if (url_is_absolute(reference) && is_plain(reference)) {
        return arena_text(arena, reference);
    }
    CLEANUP(buffer_release) struct buffer url;
    buffer_init(&url, 4 * (size_t)URL_SIZE_LIMIT);
    if (url_is_absolute(reference)) {
        add_absolute(&url, reference);
    } else {
        base = without_fragment(base);
        if (text_ends_with(base, TEXT("/"))) {
            base = text_slice(base, 0, base.size - 1);
        }
        bool is_joined = reference.size == 0 || reference.at[0] == '/' ||
                         reference.at[0] == '?' || base.size == 0;
        add_absolute(&url, base);
        buffer_add_string(&url, is_joined ? "" : "/");
        add_encoded(&url, reference);
    }
    return arena_text(arena, buffer_text(&url));
}

/* RFC 3986, section 5.2.4, on the path that out holds from `start` on. */
static void remove_last_segment(struct buffer *out, size_t start)
{
    size_t size = out->size;
    while (size > start && out->at[size - 1] != '/') {
        size--;
    }
    buffer_truncate(out, size > start ? size - 1 : start);
}

static void add_without_dots(struct buffer *out, struct text path)
{
    size_t start = out->size;
    while (path.size > 0) {
        size_t end = end_of(path, path.at[0] == '/' ? 1 : 0, "/");
        struct text segment = text_slice(path, 0, end);
        path = text_from(path, end);
        bool is_dot = text_is(segment, "/.") || text_is(segment, ".");
        bool is_up = text_is(segment, "/..") || text_is(segment, "..");
        if (is_up) {
            remove_last_segment(out, start);
        }
        if (!is_dot && !is_up) {
            add_encoded(out, segment);
        } else if (path.size == 0) {
            buffer_add_byte(out, '/');
        }
    }
}

/* The path of a reference that has no host: absolute, or merged with the base's. */
static void add_merged_path(struct buffer *out, const struct url *base, struct text path)
{
    if (text_starts_with(path, TEXT("/"))) {
        add_without_dots(out, path);
        return;
    }
    size_t folder = base->path.size;
    while (folder > 0 && base->path.at[folder - 1] != '/') {
        folder--;
    }
    CLEANUP(buffer_release) struct buffer merged;
    buffer_init(&merged, 2 * (size_t)URL_SIZE_LIMIT);
    buffer_add(&merged, folder > 0 ? text_slice(base->path, 0, folder) : TEXT("/"));
    buffer_add(&merged, path);
    add_without_dots(out, buffer_text(&merged));
}

struct text url_resolve(struct arena *arena, struct text base, struct text reference)
{
    struct url parts;
    reference = without_fragment(text_trim(reference));
    if (url_is_absolute(reference) || !url_parse(base, &parts)) {
        return url_of_step(arena, TEXT_EMPTY, reference);
    }
    CLEANUP(buffer_release) struct buffer url;
    buffer_init(&url, 4 * (size_t)URL_SIZE_LIMIT);
    buffer_add(&url, parts.scheme);
    if (text_starts_with(reference, TEXT("//"))) {
        buffer_add_byte(&url, ':');
        add_absolute(&url, reference);
        return arena_text(arena, buffer_text(&url));
    }
    size_t path_end = text_find_byte(reference, '?', 0);
    struct text path = text_slice(reference, 0, path_end);
    struct text authority_and_path = text_from(base, parts.scheme.size + 3);
    buffer_add_string(&url, "://");
    buffer_add(&url, text_slice(authority_and_path, 0, end_of(authority_and_path, 0, "/?#")));
    if (path.size > 0) {
        add_merged_path(&url, &parts, path);
    } else {
        add_encoded(&url, parts.path);
    }
    if (path_end < reference.size) {
        add_encoded(&url, text_from(reference, path_end));
    } else if (path.size == 0 && parts.has_query) {
        buffer_add_byte(&url, '?');
        add_encoded(&url, parts.query);
    }
    return arena_text(arena, buffer_text(&url));
}

struct text url_add_query(struct arena *arena, struct text url, struct text pairs)
{
    if (pairs.size == 0) {
        return url;
    }
    const char *between = "?";
    if (text_find_byte(url, '?', 0) < url.size) {
        bool is_open = text_ends_with(url, TEXT("?")) || text_ends_with(url, TEXT("&"));
        between = is_open ? "" : "&";
    }
    return arena_format(arena, "%.*s%s%.*s", TEXT_ARG(url), between, TEXT_ARG(pairs));
}
