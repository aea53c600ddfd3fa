/* SPDX-License-Identifier: MIT */
#include "net/http_settings.h"

#include "base/attribute.h"

enum {
    DEFAULT_CONNECT_TIMEOUT_MS = 5000,
    DEFAULT_RESPONSE_TIMEOUT_MS = 10000,
    DEFAULT_BODY_LIMIT_BYTES = 64 << 20,
    DEFAULT_REDIRECT_LIMIT = 10,
};

void http_settings_init(struct http_settings *settings)
{
    *settings = (struct http_settings){
        .connect_timeout_ms = DEFAULT_CONNECT_TIMEOUT_MS,
        .response_timeout_ms = DEFAULT_RESPONSE_TIMEOUT_MS,
        .body_limit_bytes = DEFAULT_BODY_LIMIT_BYTES,
        .redirect_limit = DEFAULT_REDIRECT_LIMIT,
    };
}

/* The index of text among words, or count. */
static size_t index_of(struct text text, const char *const *words, size_t count)
{
    size_t index = 0;
    while (index < count && !text_is(text, words[index])) {
        index++;
    }
    return index;
}

bool http_version_parse(struct text text, enum http_version *ret_version)
{
    static const char *const words[] = { "1.0", "1.1", "2" };
    size_t index = index_of(text, words, ARRAY_SIZE(words));
    if (index == ARRAY_SIZE(words)) {
        return false;
    }
    *ret_version = (enum http_version)(HTTP_VERSION_1_0 + index);
    return true;
}

bool http_ip_parse(struct text text, enum http_ip *ret_ip)
{
    static const char *const words[] = { "4", "6" };
    size_t index = index_of(text, words, ARRAY_SIZE(words));
    if (index == ARRAY_SIZE(words)) {
        return false;
    }
    *ret_ip = (enum http_ip)(HTTP_IP_4 + index);
    return true;
}

bool http_tls_parse(struct text text, enum http_tls *ret_tls)
{
    static const char *const words[] = { "1.0", "1.1", "1.2", "1.3" };
    size_t index = index_of(text, words, ARRAY_SIZE(words));
    if (index == ARRAY_SIZE(words)) {
        return false;
    }
    *ret_tls = (enum http_tls)(HTTP_TLS_1_0 + index);
    return true;
}

static bool take_host(struct text *rest, struct text *ret_host)
{
    size_t end;
    if (text_starts_with(*rest, TEXT("["))) {
        end = text_find_byte(*rest, ']', 0) + 1;
    } else {
        end = text_find_byte(*rest, ':', 0);
    }
    if (end == 0 || end > rest->size) {
        return false;
    }
    *ret_host = text_slice(*rest, 0, end);
    *rest = text_from(*rest, end);
    return true;
}

static bool take_port(struct text *rest)
{
    uint64_t port;
    if (!text_starts_with(*rest, TEXT(":"))) {
        return false;
    }
    size_t end = text_find_byte(*rest, ':', 1);
    struct text digits = text_slice(*rest, 1, end);
    *rest = text_from(*rest, end);
    return text_to_uint64(digits, &port) && port >= 1 && port <= 65535;
}

static bool take_colon(struct text *rest)
{
    bool has_colon = text_starts_with(*rest, TEXT(":"));
    *rest = text_from(*rest, has_colon ? 1 : 0);
    return has_colon;
}

bool http_resolve_is_valid(struct text text)
{
    struct text host;
    return take_host(&text, &host) && take_port(&text) && take_colon(&text) &&
           take_host(&text, &host) && text.size == 0;
}

bool http_connect_to_is_valid(struct text text)
{
    struct text host;
    return take_host(&text, &host) && take_port(&text) && take_colon(&text) &&
           take_host(&text, &host) && take_port(&text) && text.size == 0;
}
