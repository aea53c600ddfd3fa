/* SPDX-License-Identifier: MIT */
#include "net/transfer.h"

#include <string.h>

#include <openssl/evp.h>

/* The lines of one request on their way into exchange->request and the list for libcurl. */
struct composer {
    struct transfer *transfer;
    struct arena *arena;
    struct headers *sent;
    struct curl_slist **last;
    bool is_refused;
};

bool transfer_may_send_credentials(const struct transfer *transfer)
{
    return url_same_origin(&transfer->url, &transfer->first_url);
}

/* These methods say Content-Length: 0 rather than nothing; some servers insist (411). */
bool transfer_sends_content(const struct transfer *transfer)
{
    struct text method = transfer->exchange->request.method;
    return transfer->body.is_present || text_is(method, "POST") || text_is(method, "PUT") ||
           text_is(method, "PATCH");
}

static bool contains_ignoring_case(struct text whole, struct text part)
{
    for (size_t i = 0; i + part.size <= whole.size; i++) {
        if (text_equal_ignoring_case(text_slice(whole, i, i + part.size), part)) {
            return true;
        }
    }
    return false;
}

/* Headers that another origin must not see. Besides the standard ones: what people name their
 * tokens. One too many left out does less harm than one too few. */
static bool is_credential(struct text name)
{
    static const char *const words[] = { "auth",   "cookie", "token", "secret", "api-key",
                                         "apikey", "csrf",   "xsrf",  "session" };
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (contains_ignoring_case(name, text_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_about_body(struct text name)
{
    return text_starts_with(name, TEXT("Content-")) ||
           text_starts_with(name, TEXT("content-")) ||
           text_equal_ignoring_case(name, TEXT("Transfer-Encoding"));
}

static bool is_withheld(const struct transfer *transfer, struct text name)
{
    return (transfer->is_body_dropped && is_about_body(name)) ||
           (!transfer_may_send_credentials(transfer) && is_credential(name));
}

static void add_line(struct composer *composer, struct text line)
{
    struct curl_slist *node = ARENA_NEW(composer->arena, struct curl_slist);
    node->data = arena_string(composer->arena, line);
    *composer->last = node;
    composer->last = &node->next;
}

/* A line for libcurl only: it sends no header of this name by itself. */
static void suppress(struct composer *composer, const char *line)
{
    add_line(composer, text_of(line));
}

static bool refuse(struct composer *composer, struct text name)
{
    composer->is_refused = true;
    transfer_fail(composer->transfer, EXCHANGE_OTHER,
                  "a name is letters, digits and hyphens; a value has no line ends or control "
                  "characters",
                  "the header '%.*s' cannot be sent: its name or value is not valid",
                  TEXT_ARG(name));
    return false;
}

static bool send_header(struct composer *composer, struct text name, struct text value)
{
    if (!header_name_is_valid(name) || !header_value_is_valid(value)) {
        return refuse(composer, name);
    }
    size_t size = name.size + 2 + value.size;
    char *line = arena_alloc(composer->arena, size + 1);
    memcpy(line, name.at, name.size);
    if (value.size > 0) {
        memcpy(line + name.size, ": ", 2);
        memcpy(line + name.size + 2, value.at, value.size);
    } else {
        line[name.size] = ';'; /* libcurl's form of an empty value */
    }
    struct curl_slist *node = ARENA_NEW(composer->arena, struct curl_slist);
    node->data = line;
    *composer->last = node;
    composer->last = &node->next;
    headers_add(composer->sent, composer->arena, text_make(line, name.size),
                value.size > 0 ? text_make(line + name.size + 2, value.size) : TEXT_EMPTY);
    return true;
}

static bool is_unwanted(const struct composer *composer, struct text name)
{
    struct text value;
    const struct transfer *transfer = composer->transfer;
    return headers_find(&transfer->wanted, name, &value) ||
           headers_find(&transfer->settings->removed_headers, name, &value);
}

/* One of ours: not when the request has its own of this name, or it was removed. */
static bool send_own(struct composer *composer, struct text name, struct text value)
{
    return is_unwanted(composer, name) || send_header(composer, name, value);
}

/* One that the settings' default headers replace, too. False: not sent. */
static bool send_overridable(struct composer *composer, struct text name, struct text value)
{
    struct text found;
    bool is_default =
        headers_find(&composer->transfer->settings->default_headers, name, &found);
    return is_default || send_own(composer, name, value);
}

struct text transfer_authority(const struct transfer *transfer)
{
    struct text url = transfer->exchange->request.url;
    const char *start = transfer->url.host.at - (transfer->url.host.at[-1] == '[' ? 1 : 0);
    struct text rest = text_from(url, (size_t)(start - url.at));
    size_t end = 0;
    while (end < rest.size && !strchr("/?#", rest.at[end])) {
        end++;
    }
    return text_slice(rest, 0, end);
}

static bool send_basic(struct composer *composer)
{
    const struct http_settings *settings = composer->transfer->settings;
    struct text pair = arena_format(composer->arena, "%.*s:%.*s", TEXT_ARG(settings->auth_user),
                                    TEXT_ARG(settings->auth_password));
    char *encoded = arena_alloc(composer->arena, (pair.size + 2) / 3 * 4 + 1);
    EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)pair.at, (int)pair.size);
    return send_overridable(composer, TEXT("Authorization"),
                            arena_format(composer->arena, "Basic %s", encoded));
}

static bool send_authorization(struct composer *composer)
{
    const struct http_settings *settings = composer->transfer->settings;
    if (!transfer_may_send_credentials(composer->transfer)) {
        return true;
    }
    if (settings->bearer_token.size > 0) {
        return send_overridable(
            composer, TEXT("Authorization"),
            arena_format(composer->arena, "Bearer %.*s", TEXT_ARG(settings->bearer_token)));
    }
    return settings->auth != HTTP_AUTH_BASIC || send_basic(composer);
}

static bool send_usual(struct composer *composer)
{
    const struct transfer *transfer = composer->transfer;
    struct text agent = transfer->settings->user_agent;
    return send_overridable(composer, TEXT("User-Agent"),
                            agent.size > 0 ? agent : TEXT("bddrun/" BDDRUN_VERSION)) &&
           send_overridable(composer, TEXT("Accept"), TEXT("*/*")) &&
           send_overridable(composer, TEXT("Accept-Encoding"),
                            TEXT(CONTENT_CODINGS_ACCEPTED)) &&
           send_authorization(composer);
}

static bool send_list(struct composer *composer, const struct headers *list,
                      bool (*send)(struct composer *, struct text, struct text))
{
    for (size_t i = 0; i < list->count; i++) {
        const struct header *header = &list->list[i];
        if (!is_withheld(composer->transfer, header->name) &&
            !send(composer, header->name, header->value)) {
            return false;
        }
    }
    return true;
}

static bool send_cookies(struct composer *composer)
{
    static const struct headers none = { 0 };
    const struct transfer *transfer = composer->transfer;
    const struct cookie_jar *jar = &transfer->session->cookies;
    if (jar->count == 0 && transfer->cookies.count == 0) {
        return true;
    }
    CLEANUP(buffer_release) struct buffer line;
    buffer_init(&line, HTTP_HEADERS_LIMIT_BYTES);
    cookie_jar_print_header(jar, transfer->exchange->request.url,
                            transfer_may_send_credentials(transfer) ? &transfer->cookies
                                                                    : &none,
                            clock_realtime_ns(transfer->session->net->clock), &line);
    return line.size == 0 || send_own(composer, TEXT("Cookie"), buffer_text(&line));
}

static bool send_content(struct composer *composer)
{
    const struct request_body *body = &composer->transfer->body;
    if (!body->is_present) {
        return true;
    }
    suppress(composer, "Expect:"); /* a second's wait for a server that does not know it */
    return body->content_type.size == 0 ||
           send_overridable(composer, TEXT("Content-Type"), body->content_type);
}

/* What libcurl would add where we sent none. */
static void suppress_defaults(struct composer *composer)
{
    struct text value;
    if (!headers_find(composer->sent, TEXT("Accept"), &value)) {
        suppress(composer, "Accept:");
    }
    bool is_sending = transfer_sends_content(composer->transfer);
    if (is_sending && !headers_find(composer->sent, TEXT("Content-Type"), &value)) {
        suppress(composer, "Content-Type:");
    }
}

bool transfer_compose(struct transfer *transfer)
{
    struct composer composer = {
        .transfer = transfer,
        .arena = transfer->session->arena,
        .sent = &transfer->exchange->request.headers,
        .last = &transfer->lines,
    };
    transfer->lines = NULL;
    *composer.sent = (struct headers){ 0 };
    if (is_unwanted(&composer, TEXT("Host"))) {
        suppress(&composer, "Host:");
    } else {
        headers_add(composer.sent, composer.arena, TEXT("Host"), transfer_authority(transfer));
    }
    bool is_sent = send_usual(&composer) &&
                   send_list(&composer, &transfer->settings->default_headers, send_own) &&
                   send_list(&composer, &transfer->added, send_overridable) &&
                   send_content(&composer) && send_cookies(&composer) &&
                   send_list(&composer, &transfer->wanted, send_header);
    suppress_defaults(&composer);
    return is_sent;
}
