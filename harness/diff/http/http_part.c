/* SPDX-License-Identifier: MIT */
#include "diff/http/http_part.h"

#include "base/buffer.h"
#include "exchange/url.h"

void http_part_report(const struct exchange_pair *pair, const struct http_part *part,
                      struct differences *differences)
{
    struct difference_note note = {
        .class = part->class,
        .path = part->path,
        .name = part->name,
        .left = part->left_shown.size ? part->left_shown : part->left,
        .right = part->right_shown.size ? part->right_shown : part->right,
        .mask = part->own_mask
    };
    struct judged_pair asked = { .class = part->class,
                                 .left_text = part->left,
                                 .right_text = part->right };
    struct text mask;
    if (judge_allows(pair->judge, part->at, &asked, &mask)) {
        note.mask = mask;
    }
    differences_add(differences, &note);
}

enum difference_class http_part_class(struct text left, struct text right,
                                      enum difference_class otherwise)
{
    return !left.at ? DIFFERENCE_ADDED : !right.at ? DIFFERENCE_MISSING : otherwise;
}

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-';
}

static bool is_part_of_name(struct text value, size_t start, size_t end)
{
    return (start > 0 && is_of_name(value.at[start - 1])) ||
           (end < value.size && (is_of_name(value.at[end]) || value.at[end] == '.'));
}

/* The host at `at` of value, whole names only, with its scheme before and port behind it where they
 * are the own ones. Of a longer name nothing. */
static bool find_own(const struct url *own, struct text port, struct text value, size_t at,
                     size_t *ret_start, size_t *ret_end)
{
    size_t start = text_find(value, own->host, at);
    size_t end = start + own->host.size;
    if (start >= value.size) {
        return false;
    }
    if (is_part_of_name(value, start, end)) {
        *ret_start = end;
        *ret_end = end;
        return true;
    }
    size_t scheme_size = own->scheme.size + 3;
    struct text before =
        text_slice(value, start > scheme_size ? start - scheme_size : 0, start);
    bool has_scheme = text_starts_with(before, own->scheme) && before.size == scheme_size &&
                      text_ends_with(before, TEXT("://"));
    *ret_start = has_scheme ? start - scheme_size : start;
    *ret_end = end + (text_starts_with(text_from(value, end), port) ? port.size : 0);
    return true;
}

/* The value with the origin of its own exchange written as one mark. */
static void add_without_host(struct buffer *out, const struct exchange *exchange,
                             struct text value)
{
    struct url url;
    struct text own = exchange->request.url;
    if (!url_parse(own, &url) || url.host.size == 0) {
        buffer_add(out, value);
        return;
    }
    size_t host_end = (size_t)(url.host.at - own.at) + url.host.size;
    size_t port_end = host_end;
    while (port_end < own.size && own.at[port_end] != '/' && own.at[port_end] != '?') {
        port_end++;
    }
    struct text port = text_slice(own, host_end, port_end);
    size_t at = 0;
    size_t start;
    size_t end;
    while (find_own(&url, port, value, at, &start, &end)) {
        buffer_add(out, text_slice(value, at, start));
        buffer_add_string(out, end > start ? "\x01" : "");
        at = end;
    }
    buffer_add(out, text_from(value, at));
}

bool http_part_equal(const struct exchange_pair *pair, struct text left, struct text right)
{
    if (text_equal(left, right)) {
        return true;
    }
    struct buffer left_value CLEANUP(buffer_release);
    struct buffer right_value CLEANUP(buffer_release);
    buffer_init(&left_value, BUFFER_NO_LIMIT); /* by the values */
    buffer_init(&right_value, BUFFER_NO_LIMIT);
    add_without_host(&left_value, pair->left, left);
    add_without_host(&right_value, pair->right, right);
    return text_equal(buffer_text(&left_value), buffer_text(&right_value));
}
