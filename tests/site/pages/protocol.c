/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <microhttpd.h>
#include <string.h>
#include <zlib.h>

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

enum { SLOW_LIMIT_MS = 60000 };

struct listing {
    struct visit *visit;
    const char *separator;
};

static enum MHD_Result add_pair(void *context, enum MHD_ValueKind kind UNUSED, const char *name,
                                const char *value)
{
    struct listing *listing = context;
    struct visit *visit = listing->visit;
    buffer_add_format(&visit->answer, "%s[%s, %s]", listing->separator,
                      visit_in_json(visit, text_of(name)),
                      value ? visit_in_json(visit, text_of(value)) : "null");
    listing->separator = ", ";
    return MHD_YES;
}

static void add_pairs(struct visit *visit, const char *name, enum MHD_ValueKind kind)
{
    struct listing listing = { visit, "" };
    buffer_add_format(&visit->answer, "\"%s\": [", name);
    (void)MHD_get_connection_values(visit->connection, kind, add_pair, &listing);
    buffer_add_string(&visit->answer, "], ");
}

static enum MHD_Result add_member(void *context, enum MHD_ValueKind kind UNUSED,
                                  const char *name, const char *value)
{
    struct listing *listing = context;
    struct visit *visit = listing->visit;
    char *lower = arena_string(&visit->arena, text_of(name));
    for (char *at = lower; *at; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    buffer_add_format(&visit->answer, "%s%s: %s", listing->separator,
                      visit_in_json(visit, text_of(lower)),
                      value ? visit_in_json(visit, text_of(value)) : "null");
    listing->separator = ", ";
    return MHD_YES;
}

/* Headers come twice: as pairs as they were sent, and as an object by their names in lower case
 * (HTTP/2 and proxies change the case). */
void show_echo(struct visit *visit)
{
    visit_answer(visit, 200, "application/json");
    struct buffer *out = &visit->answer;
    buffer_add_format(out, "{\"method\": \"%s\", \"path\": %s, ", visit->method,
                      visit_in_json(visit, visit->path));
    add_pairs(visit, "pairs", MHD_HEADER_KIND);
    struct listing listing = { visit, "" };
    buffer_add_string(out, "\"headers\": {");
    (void)MHD_get_connection_values(visit->connection, MHD_HEADER_KIND, add_member, &listing);
    buffer_add_string(out, "}, ");
    add_pairs(visit, "query", MHD_GET_ARGUMENT_KIND);
    add_pairs(visit, "cookies", MHD_COOKIE_KIND);
    buffer_add_format(out, "\"size\": %zu, \"body\": %s}\n", visit->body.size,
                      visit_in_json(visit, buffer_text(&visit->body)));
}

void show_status(struct visit *visit)
{
    if (visit->numbers[0] < 200 || visit->numbers[0] > 599) {
        visit_refuse(visit, 404, NULL);
        return;
    }
    unsigned status = (unsigned)visit->numbers[0];
    if (status == 204 || status == 304) {
        visit_answer(visit, status, NULL);
    } else {
        visit_json(visit, status, "{\"status\": %u}", status);
    }
}

void show_slow(struct visit *visit)
{
    uint64_t delay_ms = visit_query_number(visit, "ms", 1000);
    visit->delay_ms = delay_ms < SLOW_LIMIT_MS ? delay_ms : SLOW_LIMIT_MS;
    visit_json(visit, 200, "{\"slept\": %lu}", visit->delay_ms);
}

void show_flaky(struct visit *visit)
{
    uint64_t count = site_count(visit->site, visit->path);
    if (count < visit_query_number(visit, "fails", 2)) {
        visit_header(visit, "Retry-After", "%lu", visit_query_number(visit, "after", 0));
        visit_json(visit, 503, "{\"message\": \"Service Unavailable\", \"attempt\": %lu}",
                   count + 1);
        return;
    }
    visit_json(visit, 200, "{\"state\": \"ok\", \"attempt\": %lu}", count + 1);
}

void show_limited(struct visit *visit)
{
    uint64_t count = site_count(visit->site, visit->path);
    visit_header(visit, "X-RateLimit-Limit", "60");
    if (count < visit_query_number(visit, "fails", 1)) {
        visit_header(visit, "Retry-After", "1");
        visit_refuse(visit, 429, NULL);
        return;
    }
    visit_json(visit, 200, "{\"state\": \"ok\", \"attempt\": %lu}", count + 1);
}

void show_basic(struct visit *visit)
{
    char *password = NULL;
    char *user = MHD_basic_auth_get_username_password(visit->connection, &password);
    bool is_known = user && password && strcmp(user, "staff") == 0 &&
                    strcmp(password, ACCOUNT_PASSWORD) == 0;
    MHD_free(user);
    MHD_free(password);
    if (is_known) {
        visit_json(visit, 200, "{\"user\": \"staff\", \"auth\": \"basic\"}");
        return;
    }
    visit_header(visit, "WWW-Authenticate", "Basic realm=\"arena\"");
    visit_refuse(visit, 401, NULL);
}

void show_digest(struct visit *visit)
{
    int answer = MHD_digest_auth_check2(visit->connection, "arena", "staff", ACCOUNT_PASSWORD,
                                        300, MHD_DIGEST_ALG_MD5);
    if (answer == MHD_YES) {
        visit_json(visit, 200, "{\"user\": \"staff\", \"auth\": \"digest\"}");
        return;
    }
    visit_refuse(visit, 401, NULL);
    visit->is_digest_refused = true;
}

void show_bearer(struct visit *visit)
{
    if (visit->account) {
        visit_json(visit, 200, "{\"user\": \"%s\", \"auth\": \"bearer\"}",
                   visit->account->name);
        return;
    }
    visit_header(visit, "WWW-Authenticate", "Bearer realm=\"arena\"");
    visit_refuse(visit, 401, NULL);
}

void show_chunked(struct visit *visit)
{
    api_big(visit);
    visit->is_chunked = true;
}

/* ?times=N packs that many copies of a line, so that little becomes much. */
void show_gzip(struct visit *visit)
{
    struct buffer CLEANUP(buffer_release) plain;
    buffer_init(&plain, 256 << 20);
    buffer_add_string(&plain, "{\"packed\": true, \"filler\": \"");
    buffer_add_repeated(&plain, 'x', visit_query_number(visit, "times", 1000));
    buffer_add_string(&plain, "\"}\n");
    z_stream stream = { 0 };
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        visit_refuse(visit, 500, NULL);
        return;
    }
    size_t limit = deflateBound(&stream, plain.size);
    visit_answer(visit, 200, "application/json");
    visit_header(visit, "Content-Encoding", "gzip");
    buffer_add_repeated(&visit->answer, '\0', limit);
    stream.next_in = (Bytef *)plain.at;
    stream.avail_in = (uInt)plain.size;
    stream.next_out = (Bytef *)visit->answer.at;
    stream.avail_out = (uInt)limit;
    (void)deflate(&stream, Z_FINISH);
    buffer_truncate(&visit->answer, stream.total_out);
    (void)deflateEnd(&stream);
}

void show_duplicate_header(struct visit *visit)
{
    visit_header(visit, "X-Flag", "red");
    visit_header(visit, "X-Flag", "blue");
    visit_header(visit, "X-Empty", "%s", "");
    visit_json(visit, 200, "{\"flags\": 2}");
}
