/* SPDX-License-Identifier: MIT */
#include "record/har_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/random.h"
#include "record/har_reader.h"
#include "support/problem_text.h"

enum { ROUNDS = 300, OUT_LIMIT = 16 << 20 };

static struct text print(struct buffer *out, const struct recording *recording)
{
    buffer_init(out, OUT_LIMIT);
    har_print(out, recording);
    return buffer_text(out);
}

static struct exchange simple(void)
{
    return (struct exchange){
        .is_finished = true,
        .started_at_ns = 1795428000250000000,
        .finished_at_ns = 1795428000300000000,
        .actor = TEXT("alice"),
        .request = { .method = TEXT("GET"), .url = TEXT("https://a.test/api?x=a%20b&y") },
        .response = { .status = 200,
                      .reason = TEXT("OK"),
                      .http_version = TEXT("2"),
                      .body = TEXT("{\"a\":1}"),
                      .raw_size_bytes = 7,
                      .url = TEXT("https://a.test/api?x=a%20b&y"),
                      .timing = { .dns_ns = 1000000,
                                  .connect_ns = 3000000,
                                  .tls_ns = 7500000,
                                  .first_byte_ns = 40000000,
                                  .total_ns = 50000000 } },
    };
}

static void an_exchange_is_one_line_of_har_1_2(void **state)
{
    static const char expected[] =
        "{\"log\": {\n"
        "\"version\": \"1.2\",\n"
        "\"creator\": {\"name\":\"bddrun\",\"version\":\"" BDDRUN_VERSION
        "\",\"comment\":\"from Firefox 1\"},\n"
        "\"_bddrun\": {\"feature\":\"a.feature\",\"scenario\":\"s\","
        "\"environment\":\"production\",\"revision\":\"4f2a\","
        "\"recordedAt\":\"2026-11-23T10:00:00.250Z\",\"sample\":2,"
        "\"redaction\":{\"key\":\"k1\",\"rules\":3}},\n"
        "\"entries\": [\n"
        "{\"startedDateTime\":\"2026-11-23T10:00:00.250Z\",\"time\":50,"
        "\"request\":{\"method\":\"GET\",\"url\":\"https://a.test/api?x=a%20b&y\","
        "\"httpVersion\":\"HTTP/2\",\"cookies\":[{\"name\":\"a\",\"value\":\"1\"},"
        "{\"name\":\"b\",\"value\":\"2=3\"}],"
        "\"headers\":[{\"name\":\"Cookie\",\"value\":\"a=1; b=2=3; c\"}],"
        "\"queryString\":[{\"name\":\"x\",\"value\":\"a b\"},{\"name\":\"y\",\"value\":\"\"}],"
        "\"headersSize\":-1,\"bodySize\":0},"
        "\"response\":{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/2\","
        "\"cookies\":[{\"name\":\"s\",\"value\":\"v\",\"path\":\"/p\",\"domain\":\"a.test\","
        "\"expires\":\"2026-11-23T10:01:40.250Z\",\"httpOnly\":true,\"secure\":false}],"
        "\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"s=v; Path=/p; Domain=a.test; "
        "Max-Age=100; HttpOnly\"},{\"name\":\"Content-Type\",\"value\":\"application/json\"}],"
        "\"content\":{\"size\":7,\"mimeType\":\"application/json\",\"text\":\"{\\\"a\\\":1}\"},"
        "\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":7},\"cache\":{},"
        "\"timings\":{\"blocked\":-1,\"dns\":1,\"connect\":6.5,\"ssl\":4.5,\"send\":0,"
        "\"wait\":32.5,\"receive\":10},\"_bddrun\":{\"actor\":\"alice\"}}\n"
        "]\n}}\n";
    (void)state;
    struct arena arena;
    struct buffer out;
    struct recording recording;
    struct exchange exchange = simple();
    arena_init(&arena);
    recording_init(&recording);
    recording.facts = (struct recording_facts){ .feature = TEXT("a.feature"),
                                                .scenario = TEXT("s"),
                                                .environment = TEXT("production"),
                                                .revision = TEXT("4f2a"),
                                                .recorded_at_ns = 1795428000250000000,
                                                .sample = 2,
                                                .redaction_key = TEXT("k1"),
                                                .redaction_rules = 3,
                                                .creator_name = TEXT("Firefox"),
                                                .creator_version = TEXT("1") };
    headers_add(&exchange.request.headers, &arena, TEXT("Cookie"), TEXT("a=1; b=2=3; c"));
    headers_add(&exchange.response.headers, &arena, TEXT("Set-Cookie"),
                TEXT("s=v; Path=/p; Domain=a.test; Max-Age=100; HttpOnly"));
    headers_add(&exchange.response.headers, &arena, TEXT("Content-Type"),
                TEXT("application/json"));
    recording_add(&recording, &exchange, NULL);
    assert_string_equal(print(&out, &recording).at, expected);
    buffer_release(&out);
    recording_release(&recording);
    arena_release(&arena);
}

static void a_socket_is_written_as_browsers_do(void **state)
{
    static const char expected[] =
        "\"serverIPAddress\":\"127.0.0.1:1\",\"_resourceType\":\"websocket\","
        "\"_webSocketMessages\":["
        "{\"type\":\"send\",\"time\":1795428000.250000001,\"opcode\":1,\"data\":\"hi\"},"
        "{\"type\":\"receive\",\"time\":1795428001,\"opcode\":2,\"data\":\"AP8=\"},"
        "{\"type\":\"receive\",\"time\":1795428001,\"opcode\":9,\"data\":\"/w==\","
        "\"encoding\":\"base64\"}],"
        "\"_webSocketClose\":{\"code\":1012,\"reason\":\"restart\",\"timestamp\":1795428002},"
        "\"_bddrun\":{\"actor\":\"alice\",\"socket\":\"game\",\"protocol\":\"Socket.IO\","
        "\"closedBy\":\"server\",\"isClean\":true,\"socketFailure\":\"broken\","
        "\"unkept\":[0,0,0,0,0,0,0,0,0,7,0,0,0,11]}}\n";
    struct conversation_message list[] = {
        { 1795428000250000001, true, CONVERSATION_TEXT, TEXT("hi"), TEXT_EMPTY },
        { 1795428001000000000, false, CONVERSATION_BINARY, TEXT("\0\xff"), TEXT_EMPTY },
        { 1795428001000000000, false, CONVERSATION_PING, TEXT("\xff"), TEXT_EMPTY },
    };
    (void)state;
    struct buffer out;
    struct recording recording;
    struct exchange exchange = simple();
    struct conversation conversation = { .actor = TEXT("alice"),
                                         .name = TEXT("game"),
                                         .protocol = TEXT("Socket.IO"),
                                         .list = list,
                                         .count = 3,
                                         .sent_bytes = 2,
                                         .received_bytes = 14,
                                         .close = { .by = CONVERSATION_ENDED_BY_SERVER,
                                                    .code = 1012,
                                                    .is_clean = true,
                                                    .reason = TEXT("restart"),
                                                    .failure = TEXT("broken"),
                                                    .at_ns = 1795428002000000000 } };
    conversation.sent[CONVERSATION_TEXT] = 1;
    conversation.received[CONVERSATION_BINARY] = 1;
    conversation.received[CONVERSATION_PING] = 8;
    exchange.response.remote_address = TEXT("127.0.0.1:1");
    recording_init(&recording);
    recording_add(&recording, &exchange, &conversation);
    struct text printed = print(&out, &recording);
    assert_true(text_contains(printed, TEXT("\"url\":\"wss://a.test/api?x=a%20b&y\"")));
    assert_true(text_contains(printed, text_of(expected)));
    buffer_release(&out);
    recording_release(&recording);
}

/* What a random recording is made of. */
struct maker {
    struct arena arena;
    struct random random;
};

static uint64_t below(struct maker *maker, uint64_t most)
{
    return random_uint64(&maker->random) % most;
}

static struct text pick(struct maker *maker, const char *const *list, size_t count)
{
    return text_of(list[below(maker, count)]);
}

static struct text some_bytes(struct maker *maker)
{
    size_t size = below(maker, 40);
    char *bytes = ARENA_ARRAY(&maker->arena, size + 1, char);
    bool is_text = below(maker, 2) == 0;
    for (size_t i = 0; i < size; i++) {
        uint64_t byte = below(maker, 256);
        bytes[i] = (char)(is_text ? byte % 0x60 + 0x20 : byte);
    }
    return text_make(bytes, size);
}

static void some_headers(struct maker *maker, struct headers *headers)
{
    static const char *const names[] = { "Content-Type", "X-A",     "Set-Cookie",
                                         "Location",     "x-empty", "Content-Encoding" };
    static const char *const values[] = { "", "a=1; Path=/", "gzip", "caf\xc3\xa9 \"x\"\\",
                                          "text/plain" };
    for (uint64_t left = below(maker, 5); left > 0; left--) {
        headers_add(headers, &maker->arena, pick(maker, names, ARRAY_SIZE(names)),
                    pick(maker, values, ARRAY_SIZE(values)));
    }
}

static struct timing some_timing(struct maker *maker)
{
    struct timing timing = { 0 };
    timing.dns_ns = below(maker, 2) * below(maker, 5000000);
    timing.connect_ns = below(maker, 2) ? timing.dns_ns + 1 + below(maker, 9000000) : 0;
    timing.tls_ns = timing.connect_ns && below(maker, 2)
                        ? timing.connect_ns + 1 + below(maker, 9000000)
                        : 0;
    uint64_t ready = timing.tls_ns ? timing.tls_ns : timing.connect_ns;
    timing.first_byte_ns = (ready ? ready : timing.dns_ns) + 1 + below(maker, 90000000);
    timing.total_ns = timing.first_byte_ns + below(maker, 90000000);
    return timing;
}

static struct exchange *some_exchange(struct maker *maker, bool is_socket)
{
    static const char *const methods[] = { "GET", "POST", "PATCH", "DELETE" };
    static const char *const actors[] = { "", "alice", "b\"ob" };
    static const char *const versions[] = { "", "1.0", "1.1", "2", "3" };
    static const enum exchange_failure failures[] = {
        EXCHANGE_ANSWERED, EXCHANGE_ANSWERED,   EXCHANGE_TIMEOUT,      EXCHANGE_REFUSED,
        EXCHANGE_TLS,      EXCHANGE_UNREADABLE, EXCHANGE_BODY_LIMIT,   EXCHANGE_INTERRUPTED,
        EXCHANGE_OTHER,    EXCHANGE_RESET,      EXCHANGE_UNKNOWN_HOST,
    };
    struct exchange *made = ARENA_NEW(&maker->arena, struct exchange);
    made->is_finished = true;
    made->started_at_ns = 1795428000000000000 + below(maker, 1000000000000);
    made->actor = pick(maker, actors, ARRAY_SIZE(actors));
    made->request.method = pick(maker, methods, ARRAY_SIZE(methods));
    made->request.url = is_socket ? TEXT("wss://a.test/rt") : TEXT("http://a.test/x?y=%ff#&=");
    some_headers(maker, &made->request.headers);
    made->request.has_body = below(maker, 2) == 0;
    made->request.body = made->request.has_body ? some_bytes(maker) : TEXT_EMPTY;
    made->failure = failures[below(maker, ARRAY_SIZE(failures))];
    if (made->failure != EXCHANGE_ANSWERED) {
        made->message = TEXT("why \"it\" failed");
    }
    made->response.status =
        made->failure == EXCHANGE_ANSWERED ? 100 + (unsigned)below(maker, 500) : 0;
    made->response.http_version = pick(maker, versions, ARRAY_SIZE(versions));
    made->response.reason = TEXT("OK");
    some_headers(maker, &made->response.headers);
    made->response.body = some_bytes(maker);
    made->response.raw_size_bytes = below(maker, 100);
    made->response.timing = some_timing(maker);
    made->response.redirect_count = (unsigned)below(maker, 3);
    made->response.url =
        below(maker, 2) ? made->request.url : TEXT("https://elsewhere.test/\x7f");
    made->finished_at_ns = made->started_at_ns + made->response.timing.total_ns;
    return made;
}

static struct conversation *some_conversation(struct maker *maker,
                                              const struct exchange *handshake)
{
    struct conversation *made = ARENA_NEW(&maker->arena, struct conversation);
    bool is_stream = below(maker, 4) == 0;
    made->actor = handshake->actor;
    made->handshake = handshake;
    made->name = below(maker, 2) ? TEXT("game") : TEXT_EMPTY;
    made->protocol = is_stream ? TEXT("event stream") : TEXT("Pusher");
    for (uint64_t left = below(maker, 9); left > 0; left--) {
        struct conversation_message message = {
            .at_ns = 1795428000000000000 + below(maker, 1000000000000),
            .is_sent = !is_stream && below(maker, 2),
            .kind = (enum conversation_kind)below(maker, CONVERSATION_EVENT),
            .data = some_bytes(maker),
            .event = is_stream ? TEXT("tick") : TEXT_EMPTY,
        };
        if (is_stream) {
            message.kind = CONVERSATION_EVENT;
        }
        if (message.kind == CONVERSATION_TEXT) {
            message.data = TEXT("42[\"move\",{\"a\":\"\\u0000\"}]");
        }
        conversation_keep(made, &maker->arena, &message);
        conversation_count(made, message.is_sent, message.kind, message.data.size);
    }
    made->sent[CONVERSATION_PONG] += below(maker, 2) * 100;
    if (below(maker, 2)) {
        made->close = (struct conversation_close){
            .by = below(maker, 2) ? CONVERSATION_ENDED_BY_US : CONVERSATION_ENDED_BY_SERVER,
            .is_clean = below(maker, 2) == 0,
            .code = 1000 + (unsigned)below(maker, 15),
            .reason = TEXT("bye"),
            .failure = below(maker, 2) ? TEXT("reset") : TEXT_EMPTY,
            .at_ns = 1795428002000000000,
        };
    }
    return made;
}

static void assert_text(struct text a, struct text b)
{
    assert_int_equal(a.size, b.size);
    assert_true(text_equal(a, b));
}

static void assert_headers(const struct headers *a, const struct headers *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_text(a->list[i].name, b->list[i].name);
        assert_text(a->list[i].value, b->list[i].value);
    }
}

static void assert_timing(const struct timing *a, const struct timing *b)
{
    assert_int_equal(a->dns_ns, b->dns_ns);
    assert_int_equal(a->connect_ns, b->connect_ns);
    assert_int_equal(a->tls_ns, b->tls_ns);
    assert_int_equal(a->first_byte_ns, b->first_byte_ns);
    assert_int_equal(a->total_ns, b->total_ns);
}

static void assert_exchange(const struct exchange *a, const struct exchange *b)
{
    assert_int_equal(a->started_at_ns, b->started_at_ns);
    assert_int_equal(a->finished_at_ns, b->finished_at_ns);
    assert_text(a->actor, b->actor);
    assert_text(a->request.method, b->request.method);
    assert_text(a->request.url, b->request.url);
    assert_headers(&a->request.headers, &b->request.headers);
    assert_int_equal(a->request.has_body, b->request.has_body);
    assert_text(a->request.body, b->request.body);
    assert_int_equal(a->response.status, b->response.status);
    assert_text(a->response.http_version, b->response.http_version);
    assert_text(a->response.reason, b->response.reason);
    assert_headers(&a->response.headers, &b->response.headers);
    assert_text(a->response.body, b->response.body);
    assert_int_equal(a->response.raw_size_bytes, b->response.raw_size_bytes);
    assert_timing(&a->response.timing, &b->response.timing);
    assert_text(a->response.url, b->response.url);
    assert_int_equal(a->response.redirect_count, b->response.redirect_count);
    assert_int_equal(a->failure, b->failure);
    assert_text(a->message, b->message);
}

static void assert_conversation(const struct conversation *a, const struct conversation *b)
{
    assert_text(a->name, b->name);
    assert_text(a->actor, b->actor);
    assert_text(a->protocol, b->protocol);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->list[i].at_ns, b->list[i].at_ns);
        assert_int_equal(a->list[i].is_sent, b->list[i].is_sent);
        assert_int_equal(a->list[i].kind, b->list[i].kind);
        assert_text(a->list[i].data, b->list[i].data);
        assert_text(a->list[i].event, b->list[i].event);
    }
    assert_memory_equal(a->sent, b->sent, sizeof a->sent);
    assert_memory_equal(a->received, b->received, sizeof a->received);
    assert_int_equal(a->sent_bytes, b->sent_bytes);
    assert_int_equal(a->received_bytes, b->received_bytes);
    assert_int_equal(a->close.by, b->close.by);
    assert_int_equal(a->close.code, b->close.code);
    assert_int_equal(a->close.is_clean, b->close.is_clean);
    assert_int_equal(a->close.at_ns, b->close.at_ns);
    assert_text(a->close.reason, b->close.reason);
    assert_text(a->close.failure, b->close.failure);
}

static void some_entries(struct maker *maker, struct recording *recording)
{
    for (uint64_t left = below(maker, 6); left > 0; left--) {
        bool is_socket = below(maker, 3) == 0;
        struct exchange *exchange = some_exchange(maker, is_socket);
        struct conversation *conversation =
            is_socket ? some_conversation(maker, exchange) : NULL;
        recording_add(recording, exchange, conversation);
    }
}

static void check_round(struct maker *maker)
{
    struct recording recording;
    struct recording again;
    struct problems problems;
    struct buffer out;
    struct buffer twice;
    recording_init(&recording);
    recording_init(&again);
    problems_init(&problems);
    some_entries(maker, &recording);
    recording.facts.scenario = some_bytes(maker);
    struct text printed = print(&out, &recording);
    assert_true(har_read_bytes(&again, TEXT("x.har"), printed, NULL, &problems));
    assert_int_equal(problems.count, 0);
    assert_int_equal(recording.count, again.count);
    for (size_t i = 0; i < recording.count; i++) {
        const struct recorded_entry *a = &recording.list[i];
        const struct recorded_entry *b = &again.list[i];
        assert_exchange(a->exchange, b->exchange);
        assert_int_equal(!a->conversation, !b->conversation);
        if (a->conversation) {
            assert_conversation(a->conversation, b->conversation);
        }
        assert_true(b->end > b->start && printed.at[b->start] == '{');
    }
    again.facts.recorded_at_ns = 0;
    again.facts.scenario = recording.facts.scenario;
    assert_text(printed, print(&twice, &again));
    recording_release(&recording);
    recording_release(&again);
    problems_release(&problems);
    buffer_release(&out);
    buffer_release(&twice);
}

static void what_is_written_is_read_back_the_same(void **state)
{
    (void)state;
    struct maker maker;
    arena_init(&maker.arena);
    random_init_seeded(&maker.random, 4);
    for (size_t i = 0; i < ROUNDS; i++) {
        check_round(&maker);
        arena_clear(&maker.arena);
    }
    arena_release(&maker.arena);
}

static void a_body_that_is_absent_stays_absent(void **state)
{
    (void)state;
    struct buffer out;
    struct recording recording;
    struct recording again;
    struct problems problems;
    struct exchange exchange = simple();
    recording_init(&recording);
    recording_init(&again);
    problems_init(&problems);
    recording_add(&recording, &exchange, NULL)->body = RECORDED_BODY_ABSENT;
    assert_true(
        har_read_bytes(&again, TEXT("x.har"), print(&out, &recording), NULL, &problems));
    assert_int_equal(again.list[0].body, RECORDED_BODY_ABSENT);
    assert_int_equal(again.list[0].exchange->response.body.size, 0);
    buffer_release(&out);
    recording_release(&recording);
    recording_release(&again);
    problems_release(&problems);
}

static void a_file_is_its_owners_only_and_replaced_whole(void **state)
{
    (void)state;
    char folder[] = "/tmp/bddrun-har-XXXXXX";
    struct arena arena;
    struct recording recording;
    struct problems problems;
    struct stat status;
    struct text bytes;
    struct exchange exchange = simple();
    assert_non_null(mkdtemp(folder));
    arena_init(&arena);
    recording_init(&recording);
    problems_init(&problems);
    recording_add(&recording, &exchange, NULL);
    mode_t mask = umask(0);
    struct text path = arena_format(&arena, "%s/a/b.har", folder);
    assert_true(har_write(&recording, path, &problems));
    umask(mask);
    assert_int_equal(stat(path.at, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(file_read(path, OUT_LIMIT, &arena, &bytes, &problems));
    struct recording again;
    recording_init(&again);
    assert_true(har_read(&again, path, NULL, &problems));
    assert_int_equal(again.count, 1);
    recording_release(&again);
    assert_false(har_write(&recording, path_join(&arena, path, TEXT("below.har")), &problems));
    assert_true(problems_has_error(&problems));
    unlink(path.at);
    rmdir(path_folder(path).size ? arena_string(&arena, path_folder(path)) : "");
    rmdir(folder);
    recording_release(&recording);
    problems_release(&problems);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exchange_is_one_line_of_har_1_2),
        cmocka_unit_test(a_socket_is_written_as_browsers_do),
        cmocka_unit_test(what_is_written_is_read_back_the_same),
        cmocka_unit_test(a_body_that_is_absent_stays_absent),
        cmocka_unit_test(a_file_is_its_owners_only_and_replaced_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
