/* SPDX-License-Identifier: MIT */
#include "config/settings.h"

struct authority {
    struct text host;
    struct text port; /* as written; empty: the scheme's */
};

static struct authority authority_of(struct text url)
{
    size_t start = text_find(url, TEXT("://"), 0) + 3;
    size_t end = start;
    while (end < url.size && url.at[end] != '/' && url.at[end] != '?' && url.at[end] != '#') {
        end++;
    }
    struct text whole = text_slice(url, start, end);
    for (size_t at = text_find_byte(whole, '@', 0); at < whole.size;
         at = text_find_byte(whole, '@', 0)) {
        whole = text_from(whole, at + 1);
    }
    size_t host_end = text_starts_with(whole, TEXT("[")) ? text_find_byte(whole, ']', 0) + 1
                                                         : text_find_byte(whole, ':', 0);
    struct text host = text_slice(whole, 0, host_end);
    if (text_ends_with(host, TEXT("."))) {
        host.size--; /* a name that is absolute is the same name */
    }
    return (struct authority){ host, text_from(whole, host_end + 1) };
}

static bool is_loopback(struct text host)
{
    return text_equal_ignoring_case(host, TEXT("localhost")) || text_is(host, "[::1]") ||
           text_starts_with(host, TEXT("127."));
}

/* Another port of a host is the same machine; on loopback it is how sites are told apart. */
static bool is_same(struct text a_url, struct text b_url)
{
    struct authority a = authority_of(a_url);
    struct authority b = authority_of(b_url);
    if (is_loopback(a.host) && is_loopback(b.host)) {
        return text_equal(a.port, b.port);
    }
    return text_equal_ignoring_case(a.host, b.host);
}

bool settings_is_read_only_host(const struct config_settings *settings, struct text url)
{
    for (size_t i = 0; i < settings->environment_count; i++) {
        const struct config_environment *environment = &settings->environments[i];
        if (!environment->is_read_only) {
            continue;
        }
        if (is_same(environment->url, url)) {
            return true;
        }
        for (size_t j = 0; j < environment->services.count; j++) {
            if (is_same(environment->services.list[j].value, url)) {
                return true;
            }
        }
    }
    return false;
}
