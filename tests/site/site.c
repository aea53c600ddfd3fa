/* SPDX-License-Identifier: MIT */
#include "site.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "scores.h"
#include "visit.h"

enum {
    BODY_LIMIT = 16 << 20,
    ANSWER_LIMIT = 64 << 20,
    CHUNK_BYTES = 1000,
    STREAM_BYTES = 4096
};

struct site *site_new(enum flavour flavour)
{
    struct site *site = alloc_or_die(1, sizeof *site);
    site->flavour = flavour;
    pthread_mutex_init(&site->lock, NULL);
    tables_init(&site->tables);
    tournament_init(&site->tournament);
    buffer_init(&site->motd, BODY_LIMIT);
    buffer_add_string(&site->motd, "Welcome to the arena.\n");
    pthread_cond_init(&site->scores.changed, NULL);
    realtime_start(site);
    return site;
}

void site_free(struct site *site)
{
    realtime_release(site);
    pthread_cond_destroy(&site->scores.changed);
    accounts_release(&site->accounts);
    tables_release(&site->tables);
    buffer_release(&site->motd);
    pthread_mutex_destroy(&site->lock);
    free(site);
}

const char *site_commit(const struct site *site)
{
    static const char *const commits[] = {
        [FLAVOUR_PRODUCTION] = "1f0c8a52d7e4b96310a2c5d8e7f60b1492a3c4d5",
        [FLAVOUR_STAGING] = "2a7be4c90d13f5a86b7c2e1d0f9384a5b6c7d8e9",
        [FLAVOUR_BROKEN] = "3c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f",
    };
    return site->commit ? site->commit : commits[site->flavour];
}

uint64_t site_count(struct site *site, struct text name)
{
    for (size_t i = 0; i < site->counter_count; i++) {
        if (text_is(name, site->counters[i].name)) {
            return site->counters[i].count++;
        }
    }
    struct site_counter *counter = &site->counters[site->counter_count % SITE_COUNTERS];
    site->counter_count += site->counter_count < SITE_COUNTERS;
    struct text kept = text_slice(name, 0, sizeof counter->name - 1);
    memset(counter, 0, sizeof *counter);
    memcpy(counter->name, kept.at, kept.size);
    return counter->count++;
}

/* Whether the path fits the pattern; fills numbers and word. */
static bool route_matches(const char *pattern, struct visit *visit)
{
    struct text left_pattern = text_of(pattern + 1);
    struct text left_path = text_from(visit->path, 1);
    struct text wanted;
    struct text given;
    size_t numbers = 0;
    while (text_take_until(&left_pattern, '/', &wanted)) {
        if (!text_take_until(&left_path, '/', &given)) {
            return false;
        }
        if (text_is(wanted, "{w}")) {
            visit->word = given;
        } else if (text_is(wanted, "{n}")) {
            if (!text_to_uint64(given, &visit->numbers[numbers++])) {
                return false;
            }
        } else if (!text_equal(wanted, given)) {
            return false;
        }
    }
    return left_path.at == NULL;
}

static bool is_unsafe(const struct visit *visit)
{
    return !visit_is(visit, "GET") && !visit_is(visit, "HEAD") && !visit_is(visit, "OPTIONS");
}

static void find_player(struct visit *visit)
{
    struct accounts *accounts = &visit->site->accounts;
    struct text bearer = visit_request_header(visit, "Authorization");
    if (bearer.at && text_starts_with(bearer, TEXT("Bearer token-"))) {
        visit->account = accounts_by_name(accounts, text_from(bearer, strlen("Bearer token-")));
        return;
    }
    struct text cookie = visit_request_cookie(visit, "arena_session");
    if (cookie.at) {
        visit->session = session_find(accounts, cookie);
        visit->account = visit->session ? visit->session->account : NULL;
    }
}

static bool brings_token(struct visit *visit)
{
    if (!visit->session) {
        return false;
    }
    struct text header = visit_request_header(visit, "X-XSRF-TOKEN");
    if (header.at) {
        return text_is(header, visit->session->token);
    }
    const struct visit_field *field = visit_form(visit, "_token");
    return field && text_is(field->value, visit->session->token);
}

static bool may_enter(struct visit *visit, const struct route *route)
{
    find_player(visit);
    bool needs_token = (route->flags & ROUTE_TOKEN) ||
                       (route->flags & ROUTE_LOGIN && visit->session && is_unsafe(visit));
    if (needs_token && !brings_token(visit)) {
        visit_refuse(visit, 419, "CSRF token mismatch.");
        return false;
    }
    if (route->flags & ROUTE_LOGIN && !visit->account) {
        visit_refuse(visit, 401, "Unauthenticated.");
        return false;
    }
    if (route->flags & ROUTE_SESSION) {
        if (!visit->session) {
            visit->session = session_start(&visit->site->accounts, NULL);
        }
        session_set_cookies(visit, visit->session);
    }
    return true;
}

static bool is_method(const struct visit *visit, const char *method)
{
    return !method || visit_is(visit, method) ||
           (visit_is(visit, "HEAD") && strcmp(method, "GET") == 0);
}

static void dispatch(struct visit *visit)
{
    struct buffer CLEANUP(buffer_release) allowed;
    buffer_init(&allowed, 4096);
    for (const struct route *route = routes; route->handle; route++) {
        if (!route_matches(route->pattern, visit)) {
            continue;
        }
        if (is_method(visit, route->method)) {
            if (may_enter(visit, route)) {
                visit->site->realtime.sender = visit_request_header(visit, "X-Socket-ID");
                route->handle(visit);
                visit->site->realtime.sender = TEXT_EMPTY;
            }
            return;
        }
        buffer_add_format(&allowed, "%s%s", allowed.size ? ", " : "", route->method);
    }
    if (!allowed.size) {
        visit_refuse(visit, 404, NULL);
    } else if (visit_is(visit, "OPTIONS")) {
        visit_answer(visit, 204, NULL);
        visit_header(visit, "Allow", "%s", allowed.at);
    } else {
        visit_refuse(visit, 405, NULL);
        visit_header(visit, "Allow", "%s", allowed.at);
    }
}

static ssize_t send_chunk(void *context, uint64_t offset, char *out, size_t size)
{
    const struct buffer *answer = context;
    if (offset >= answer->size) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size_t left = answer->size - (size_t)offset;
    size_t chunk = left < size ? left : size;
    chunk = chunk < CHUNK_BYTES ? chunk : CHUNK_BYTES;
    memcpy(out, answer->at + offset, chunk);
    return (ssize_t)chunk;
}

static void wait_delay(const struct visit *visit)
{
    const struct timespec slice = { 0, 5000000 };
    int64_t end_ms = now_ms() + (int64_t)visit->delay_ms + 1; /* never too early */
    while (visit->delay_ms && now_ms() < end_ms && !atomic_load(&visit->site->is_ending)) {
        nanosleep(&slice, NULL);
    }
}

static struct MHD_Response *response_of(struct visit *visit)
{
    if (visit->wish.speech) {
        return MHD_create_response_for_upgrade(realtime_on_upgrade, visit);
    }
    if (visit->stream) {
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BYTES,
                                                 score_stream_read, visit->stream, NULL);
    }
    if (visit->is_chunked) {
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, CHUNK_BYTES, send_chunk,
                                                 &visit->answer, NULL);
    }
    return MHD_create_response_from_buffer(visit->answer.size, visit->answer.at,
                                           MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_answer(struct visit *visit)
{
    wait_delay(visit);
    struct MHD_Response *response = response_of(visit);
    for (size_t i = 0; i < visit->header_count; i++) {
        (void)MHD_add_response_header(response, visit->headers[i].name,
                                      visit->headers[i].value);
    }
    enum MHD_Result result =
        visit->is_digest_refused
            ? MHD_queue_auth_fail_response2(visit->connection, "arena", "opaque", response,
                                            MHD_NO, MHD_DIGEST_ALG_MD5)
            : MHD_queue_response(visit->connection, visit->status, response);
    MHD_destroy_response(response);
    return result;
}

static struct visit *visit_new(struct site *site, struct MHD_Connection *connection,
                               const char *path, const char *method)
{
    struct visit *visit = alloc_or_die(1, sizeof *visit);
    arena_init(&visit->arena);
    buffer_init(&visit->body, BODY_LIMIT);
    buffer_init(&visit->answer, ANSWER_LIMIT);
    visit->site = site;
    visit->connection = connection;
    visit->path = text_of(path);
    visit->method = method;
    return visit;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version UNUSED, const char *data,
                                  size_t *data_size, void **ret_visit)
{
    struct site *site = context;
    struct visit *visit = *ret_visit;
    if (!visit) {
        *ret_visit = visit_new(site, connection, path, method);
        return MHD_YES;
    }
    if (*data_size) {
        buffer_add(&visit->body, text_make(data, *data_size));
        *data_size = 0;
        return MHD_YES;
    }
    pthread_mutex_lock(&site->lock);
    if (visit->body.is_over_limit) {
        visit_refuse(visit, 413, NULL);
    } else {
        dispatch(visit);
    }
    pthread_mutex_unlock(&site->lock);
    return send_answer(visit);
}

/* Whose connection ended before it was handed over. */
static void forget_peer(struct visit *visit)
{
    if (visit->wish.peer) {
        pthread_mutex_lock(&visit->site->lock);
        visit->wish.peer->is_orphan = true;
        peer_drop(visit->wish.peer);
        pthread_mutex_unlock(&visit->site->lock);
    }
}

static void on_end(void *context UNUSED, struct MHD_Connection *connection UNUSED,
                   void **ret_visit, enum MHD_RequestTerminationCode code UNUSED)
{
    struct visit *visit = *ret_visit;
    if (visit) {
        forget_peer(visit);
        arena_release(&visit->arena);
        buffer_release(&visit->body);
        buffer_release(&visit->answer);
        free(visit);
    }
}

static void on_connection(void *context, struct MHD_Connection *connection UNUSED,
                          void **socket_context UNUSED,
                          enum MHD_ConnectionNotificationCode code)
{
    struct site *site = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        pthread_mutex_lock(&site->lock);
        site->connections++;
        pthread_mutex_unlock(&site->lock);
    }
}

static const unsigned CONNECTIONS = 16384;

struct MHD_Daemon *site_listen(struct site *site, int listener)
{
    static const char seed[] = "a demo site has no secret nonces";
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
            MHD_ALLOW_UPGRADE,
        0, NULL, NULL, on_request, site, MHD_OPTION_LISTEN_SOCKET, listener,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, site, MHD_OPTION_NOTIFY_COMPLETED, on_end,
        NULL, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)262144, MHD_OPTION_NONCE_NC_SIZE, 1000u, MHD_OPTION_DIGEST_AUTH_RANDOM,
        sizeof seed, seed, MHD_OPTION_END);
}
