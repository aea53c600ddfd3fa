/* SPDX-License-Identifier: MIT */
#include "exchange/cookie_jar.h"

#include <inttypes.h>

/* One cookie a line: expiry, host-only, secure, HTTP-only, domain, path, name, value; separated by
 * tabs, which no cookie holds. */
void cookie_jar_export(const struct cookie_jar *jar, struct buffer *out)
{
    for (size_t i = 0; i < jar->count; i++) {
        const struct cookie *cookie = &jar->list[i];
        buffer_add_format(out, "%" PRIu64 "\t%d\t%d\t%d\t", cookie->expires_ns,
                          cookie->is_host_only, cookie->is_secure, cookie->is_http_only);
        const struct text fields[] = { cookie->domain, cookie->path, cookie->name,
                                       cookie->value };
        for (size_t field = 0; field < ARRAY_SIZE(fields); field++) {
            buffer_add(out, fields[field]);
            buffer_add_byte(out, field + 1 < ARRAY_SIZE(fields) ? '\t' : '\n');
        }
    }
}

static bool import_line(struct cookie_jar *jar, struct text line)
{
    struct text rest = arena_text(jar->arena, line);
    struct text fields[8];
    size_t count = 0;
    while (count < ARRAY_SIZE(fields) && text_take_until(&rest, '\t', &fields[count])) {
        count++;
    }
    struct cookie cookie = { 0 };
    if (count < ARRAY_SIZE(fields) || rest.at || fields[6].size == 0 ||
        !text_starts_with(fields[5], TEXT("/")) ||
        !text_to_uint64(fields[0], &cookie.expires_ns)) {
        return false;
    }
    cookie.is_host_only = text_is(fields[1], "1");
    cookie.is_secure = text_is(fields[2], "1");
    cookie.is_http_only = text_is(fields[3], "1");
    cookie.domain = fields[4];
    cookie.path = fields[5];
    cookie.name = fields[6];
    cookie.value = fields[7];
    cookie_jar_store(jar, &cookie, 0);
    return true;
}

bool cookie_jar_import(struct cookie_jar *jar, struct text lines)
{
    struct text line;
    while (text_take_until(&lines, '\n', &line)) {
        if (line.size > 0 && !import_line(jar, line)) {
            return false;
        }
    }
    return true;
}
