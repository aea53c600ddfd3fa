/* SPDX-License-Identifier: MIT */
#include "record/har_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/file_write.h"
#include "support/problem_text.h"

/* A whole file around its entries, and one entry around what stands behind its request. */
#define HAR(entries) "{\"log\":{\"version\":\"1.2\",\"entries\":[" entries "]}}"
#define REQUEST "\"request\":{\"method\":\"GET\",\"url\":\"https://a.test/x\"}"
#define ENTRY(members) HAR("{" REQUEST "," members "}")
#define RESPONSE(members) ENTRY("\"response\":{\"status\":200," members "}")
#define SOCKET(members)                                                                        \
    ENTRY("\"response\":{\"status\":101},\"_resourceType\":\"websocket\"," members)

struct fixture {
    struct recording recording;
    struct problems problems;
    bool is_read;
};

static void init(struct fixture *fixture)
{
    recording_init(&fixture->recording);
    problems_init(&fixture->problems);
}

static void release(struct fixture *fixture)
{
    recording_release(&fixture->recording);
    problems_release(&fixture->problems);
}

static void read_text(struct fixture *fixture, struct text bytes)
{
    init(fixture);
    fixture->is_read =
        har_read_bytes(&fixture->recording, TEXT("x.har"), bytes, NULL, &fixture->problems);
}

/* The first entry of a file that must be read, without a word. */
static const struct recorded_entry *read_first(struct fixture *fixture, const char *bytes)
{
    read_text(fixture, text_of(bytes));
    assert_problems(&fixture->problems, "");
    assert_true(fixture->is_read);
    assert_true(fixture->recording.count > 0);
    return &fixture->recording.list[0];
}

struct refused {
    const char *bytes;
    const char *problem; /* place and message */
};

static bool is_refused(const struct refused *refused)
{
    struct fixture fixture;
    struct buffer said;
    read_text(&fixture, text_of(refused->bytes));
    buffer_init(&said, 1 << 16);
    for (size_t i = 0; i < fixture.problems.count; i++) {
        const struct problem *problem = &fixture.problems.list[i];
        buffer_add_string(&said, i > 0 ? "\n" : "");
        span_print(&said, problem->at);
        buffer_add_format(&said, " %.*s", TEXT_ARG(problem->message));
    }
    bool is_right = text_is(buffer_text(&said), refused->problem) && !fixture.is_read;
    if (!is_right) {
        print_error("expected: %s\n   found: %s\n", refused->problem, said.at);
    }
    buffer_release(&said);
    release(&fixture);
    return is_right;
}

static void what_is_no_har_is_refused_at_its_place(void **state)
{
    static const struct refused cases[] = {
        { "", "x.har no JSON, the text is empty (expected a value)" },
        { "[]", "x.har:1:1 this is no HAR file: expected an object, found an array" },
        { "true", "x.har:1:1 this is no HAR file: expected an object, found a boolean" },
        { "{}", "x.har:1:1 this is no HAR file: it has no 'log'" },
        { "{\"log\":{}}", "x.har:1:1 this is no HAR file: it has no 'log.entries'" },
        { "{\"log\":3}", "x.har:1:8 this is no HAR file: expected an object, found a number" },
        { "{\"a\":[{}],\"log\":null}",
          "x.har:1:17 this is no HAR file: expected an object, found null" },
        { "{\"log\":{\"entries\":{}}}", "x.har:1:19 this is no HAR file: expected 'entries' to "
                                        "be an array, found an object" },
        { "{\"log\":{\"entries\":\"\"}}",
          "x.har:1:19 this is no HAR file: expected 'entries' to be an array, found a string" },
        { "{\"log\":{\"entries\":[],\"entries\":[]}}",
          "x.har:1:32 this is no HAR file: expected 'entries' once, found an array" },
        { "{\"log\":{\"entries\":[{" REQUEST "\n}, {",
          "x.har:2:5 the JSON ends too early: expected a key in double quotes or '}'" },
        { "{\"log\":{\"entries\":[]}} x", "x.har:1:24 expected nothing more, found 'x'" },
        { "{\"log\":{\"entries\":[", "x.har:1:20 the JSON ends too early: expected a value or "
                                     "']'" },
        { "{\"log\":{\"creator\":", "x.har:1:19 the JSON ends too early: expected a value" },
        { "{\"log\":", "x.har:1:8 the JSON ends too early: expected a value" },
        { "{\"x\":[", "x.har:1:7 the JSON ends too early: expected a value or ']'" },
        { "{\"log\"", "x.har:1:7 the JSON ends too early: expected ':' after the key" },
        { "PK\x03\x04zip",
          "x.har:1:1 this is no HAR file: expected JSON in UTF-8, the file is a zip archive" },
        { "\x1f\x8b\x08", "x.har:1:1 this is no HAR file: expected JSON in UTF-8, the file is "
                          "compressed by gzip" },
        { "\xff\xfe{", "x.har:1:1 this is no HAR file: expected JSON in UTF-8, the file is "
                       "UTF-16" },
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        wrong += !is_refused(&cases[i]);
    }
    assert_int_equal(wrong, 0);
}

static void an_entry_that_is_none_is_refused_with_its_number(void **state)
{
    static const struct refused cases[] = {
        { HAR("7"), "x.har:1:36 entry 1: expected an object" },
        { HAR("{" REQUEST "},\n{}"), "x.har:2:1 entry 2: 'request' is missing" },
        { HAR("{\"request\":[]}"),
          "x.har:1:47 entry 1: 'request' is an array, expected an object" },
        { HAR("{\"request\":{\"url\":\"https://a\"}}"),
          "x.har:1:47 entry 1: 'request' has no 'method'" },
        { HAR("{\"request\":{\"method\":\"GET\"}}"),
          "x.har:1:47 entry 1: 'request' has no 'url'" },
        { HAR("{\"request\":{\"method\":\"GET\",\"url\":{}}}"),
          "x.har:1:69 entry 1: 'url' is an object, expected a string" },
        { HAR("{\"request\":{\"method\":\"GET\",\"url\":7}}"),
          "x.har:1:69 entry 1: 'url' is a number, expected a string" },
        { RESPONSE("\"headers\":{}"),
          "x.har:1:124 entry 1: 'headers' is an object, expected an array" },
        { RESPONSE("\"headers\":[\n1]"), "x.har:2:1 entry 1: a header is a number, expected an "
                                         "object" },
        { RESPONSE("\"content\":\n{\"text\":\"a\",\"encoding\":\"base64\"}"),
          "x.har:2:9 entry 1: 'text' is no base64, which its 'encoding' says it is" },
        { ENTRY("\"response\":{\"status\":\n\"ok\"}"),
          "x.har:2:1 entry 1: 'status' is a string, expected a number" },
        { SOCKET("\"_webSocketMessages\":[\n7]"),
          "x.har:2:1 entry 1: a message of a socket: expected {\"type\": \"send\" or "
          "\"receive\", …}" },
        { SOCKET("\"_webSocketMessages\":[\n{\"type\":\"ask\"}]"),
          "x.har:2:1 entry 1: a message of a socket: expected {\"type\": \"send\" or "
          "\"receive\", …}" },
        { ENTRY("\"_eventSourceMessages\":[\n7]"),
          "x.har:2:1 entry 1: an event: expected {\"eventName\": …, \"data\": …}" },
        { HAR("{},{}"), "x.har:1:36 entry 1: 'request' is missing\n"
                        "x.har:1:39 entry 2: 'request' is missing" },
        { "{\"log\":{\"_bddrun\":{\"recordedAt\":\n\"now\"},\"entries\":[]}}",
          "x.har:2:1 log: 'recordedAt' is no date of RFC 3339" },
        { "{\"log\":{\"creator\":{\"name\":\n[]},\"entries\":[]}}",
          "x.har:2:1 log: 'name' is an array, expected a string" },
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        wrong += !is_refused(&cases[i]);
    }
    assert_int_equal(wrong, 0);
}

static void a_file_says_who_wrote_it(void **state)
{
    (void)state;
    struct fixture fixture;
    read_text(&fixture,
              TEXT("\xef\xbb\xbf{\"log\":{\"pages\":[{\"id\":[1,{}]}],\"version\":\"1.1\","
                   "\"creator\":{\"name\":\"Safari\",\"version\":17},\"comment\":null,"
                   "\"\\u005fbddrun\":{\"feature\":\"f\",\"scenario\":\"s\",\"environment\":"
                   "\"p\",\"revision\":\"r\",\"sample\":3,\"recordedAt\":"
                   "\"2026-11-23T10:00:00Z\",\"redaction\":{\"key\":\"k\",\"rules\":2}},"
                   "\"entries\":[]},\"other\":{\"log\":{}}}"));
    const struct recording_facts *facts = &fixture.recording.facts;
    assert_true(fixture.is_read);
    assert_string_equal(facts->har_version.at, "1.1");
    assert_string_equal(facts->creator_name.at, "Safari");
    assert_string_equal(facts->creator_version.at, "17");
    assert_string_equal(facts->feature.at, "f");
    assert_string_equal(facts->scenario.at, "s");
    assert_string_equal(facts->environment.at, "p");
    assert_string_equal(facts->revision.at, "r");
    assert_string_equal(facts->redaction_key.at, "k");
    assert_int_equal(facts->redaction_rules, 2);
    assert_int_equal(facts->sample, 3);
    assert_int_equal(facts->recorded_at_ns, 1795428000000000000);
    assert_int_equal(fixture.recording.count, 0);
    release(&fixture);
}

static void an_entry_says_what_was_asked_and_answered(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct recorded_entry *entry = read_first(
        &fixture,
        HAR("{\"startedDateTime\":\"2023-08-29T13:03:20.195591+00:00\",\"time\":424.5,"
            "\"request\":{\"method\":\"POST\",\"url\":\"https://a.test/x\","
            "\"httpVersion\":\"h2\",\"headers\":[{\"name\":\":authority\",\"value\":\"a\"},"
            "{\"name\":\"X-A\",\"value\":1},{\"name\":\"X-B\"}],"
            "\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"caf\\u00e9\"}},"
            "\"response\":{\"status\":\"404\",\"statusText\":\"Gone\",\"httpVersion\":\"h3\","
            "\"headers\":[{\"name\":\"content-encoding\",\"value\":\"gzip\"}],"
            "\"content\":{\"size\":3,\"text\":\"abc\"},\"bodySize\":-445},"
            "\"timings\":{\"blocked\":5,\"dns\":1,\"connect\":10,\"ssl\":4,\"send\":2,"
            "\"wait\":20,\"receive\":3},\"serverIPAddress\":\"1.2.3.4\"}"));
    const struct exchange *exchange = entry->exchange;
    const struct timing *timing = &exchange->response.timing;
    assert_true(exchange->is_finished);
    assert_int_equal(exchange->failure, EXCHANGE_ANSWERED);
    assert_int_equal(exchange->started_at_ns, 1693314200195591000);
    assert_string_equal(exchange->request.method.at, "POST");
    assert_int_equal(exchange->request.headers.count, 2);
    assert_string_equal(exchange->request.headers.list[0].value.at, "1");
    assert_string_equal(exchange->request.body.at, "café");
    assert_int_equal(exchange->response.status, 404);
    assert_string_equal(exchange->response.http_version.at, "3");
    assert_string_equal(exchange->response.body.at, "abc");
    assert_int_equal(exchange->response.raw_size_bytes, 0);
    assert_string_equal(exchange->response.remote_address.at, "1.2.3.4");
    assert_string_equal(exchange->response.url.at, "https://a.test/x");
    assert_int_equal(timing->dns_ns, 1000000);
    assert_int_equal(timing->connect_ns, 7000000);
    assert_int_equal(timing->tls_ns, 11000000);
    assert_int_equal(timing->first_byte_ns, 33000000);
    assert_int_equal(timing->total_ns, 36000000);
    assert_int_equal(entry->index, 0);
    assert_int_equal(recording_span(&fixture.recording, entry).start, entry->start);
    release(&fixture);
}

static void tls_may_be_counted_behind_the_connection(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct recorded_entry *entry = read_first(
        &fixture, ENTRY("\"timings\":{\"connect\":2,\"ssl\":3,\"wait\":1},\"response\":{"
                        "\"status\":204}"));
    assert_int_equal(entry->exchange->response.timing.connect_ns, 2000000);
    assert_int_equal(entry->exchange->response.timing.tls_ns, 5000000);
    assert_int_equal(entry->exchange->response.timing.first_byte_ns, 6000000);
    release(&fixture);
}

static void times_that_are_absent_or_negative_say_nothing(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct recorded_entry *entry = read_first(
        &fixture, ENTRY("\"time\":1.5e2,\"timings\":{\"blocked\":20,\"dns\":-1,\"send\":-1,"
                        "\"wait\":null},\"response\":{\"status\":204}"));
    assert_int_equal(entry->exchange->started_at_ns, 0);
    assert_int_equal(entry->exchange->response.timing.first_byte_ns, 0);
    assert_int_equal(entry->exchange->response.timing.total_ns, 130000000);
    release(&fixture);
    entry = read_first(&fixture, ENTRY("\"time\":\"12\",\"timings\":{\"blocked\":20}"));
    assert_int_equal(entry->exchange->response.timing.total_ns, 12000000);
    release(&fixture);
    entry = read_first(&fixture, ENTRY("\"time\":1e400,\"timings\":{\"dns\":123456789012345"
                                       "678901234567890}"));
    assert_int_equal(entry->exchange->response.timing.total_ns, 0);
    release(&fixture);
}

struct body {
    const char *content;
    enum recorded_body kept;
    const char *text;
};

static void bodies_are_text_base64_or_absent(void **state)
{
    static const struct body cases[] = {
        { "{\"text\":\"x\"}", RECORDED_BODY_KEPT, "x" },
        { "{\"text\":\"bm9wZQ==\",\"encoding\":\"BASE64\"}", RECORDED_BODY_KEPT, "nope" },
        { "{\"mimeType\":\"text/html\",\"text\":\"\",\"size\":0}", RECORDED_BODY_KEPT, "" },
        { "{\"text\":\"\",\"size\":12}", RECORDED_BODY_ABSENT, "" },
        { "{\"size\":12}", RECORDED_BODY_ABSENT, "" },
        { "{\"size\":0}", RECORDED_BODY_KEPT, "" },
        { "{\"size\":-1}", RECORDED_BODY_ABSENT, "" },
        { "{\"comment\":\"not included\"}", RECORDED_BODY_ABSENT, "" },
        { "{\"text\":null,\"size\":3}", RECORDED_BODY_ABSENT, "" },
        { "{\"mimeType\":\"Text/Event-Stream; a\",\"text\":\"\",\"size\":0}",
          RECORDED_BODY_ABSENT, "" },
        { "{\"mimeType\":\"text/event-stream\",\"text\":\"data: 1\\n\\n\"}", RECORDED_BODY_KEPT,
          "data: 1\n\n" },
        { "null", RECORDED_BODY_ABSENT, "" },
    };
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        struct text file = arena_format(&arena,
                                        HAR("{" REQUEST ",\"response\":{\"status\":200,"
                                            "\"content\":%s}}"),
                                        cases[i].content);
        const struct recorded_entry *entry = read_first(&fixture, file.at);
        assert_int_equal(entry->body, cases[i].kept);
        assert_true(text_is(entry->exchange->response.body, cases[i].text));
        release(&fixture);
    }
    arena_release(&arena);
}

static void an_unknown_encoding_is_said_and_the_body_is_absent(void **state)
{
    (void)state;
    struct fixture fixture;
    read_text(&fixture, TEXT(RESPONSE("\"content\":{\"text\":\"x\",\"encoding\":\"uu\"}")));
    assert_true(fixture.is_read);
    assert_int_equal(fixture.recording.list[0].body, RECORDED_BODY_ABSENT);
    assert_int_equal(fixture.problems.list[0].kind, PROBLEM_WARNING);
    assert_string_equal(fixture.problems.list[0].message.at,
                        "entry 1: the body is encoded as 'uu', expected base64: taken as "
                        "absent");
    release(&fixture);
}

static void what_no_answer_came_for_is_a_failure(void **state)
{
    static const struct {
        const char *members;
        enum exchange_failure failure;
        const char *message;
    } cases[] = {
        { "\"x\":1", EXCHANGE_OTHER, "the recording holds no response" },
        { "\"response\":{\"status\":0}", EXCHANGE_OTHER,
          "the recording holds no answer: its status is 0" },
        { "\"response\":{\"status\":0,\"_error\":\"net::ERR_ABORTED\"}", EXCHANGE_INTERRUPTED,
          "net::ERR_ABORTED" },
        { "\"response\":{\"status\":-1,\"_failureText\":\"net::ERR_CONNECTION_REFUSED\"}",
          EXCHANGE_REFUSED, "net::ERR_CONNECTION_REFUSED" },
        { "\"response\":{\"status\":1e9,\"_error\":\"net::ERR_NAME_NOT_RESOLVED\"}",
          EXCHANGE_UNKNOWN_HOST, "net::ERR_NAME_NOT_RESOLVED" },
        { "\"response\":{\"status\":0,\"_error\":{\"a\":1}}", EXCHANGE_OTHER,
          "the recording holds no answer: its status is 0" },
        { "\"response\":{\"status\":200},\"_bddrun\":{\"failure\":\"a timeout\",\"message\":"
          "\"late\"}",
          EXCHANGE_TIMEOUT, "late" },
    };
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        struct text file = arena_format(&arena, HAR("{" REQUEST ",%s}"), cases[i].members);
        const struct recorded_entry *entry = read_first(&fixture, file.at);
        assert_int_equal(entry->exchange->failure, cases[i].failure);
        assert_string_equal(entry->exchange->message.at, cases[i].message);
        release(&fixture);
    }
    arena_release(&arena);
}

static void what_was_sent_is_text_bytes_or_a_form(void **state)
{
    static const struct {
        const char *members;
        bool has_body;
        const char *body;
    } cases[] = {
        { "\"postData\":{\"text\":\"a\"}", true, "a" },
        { "\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":["
          "{\"name\":\"a b\",\"value\":\"1&2\"},{\"name\":\"c\"}]}",
          true, "a+b=1%262&c=" },
        { "\"postData\":{\"mimeType\":\"multipart/form-data\",\"params\":[{\"name\":\"a\"}]}",
          false, "" },
        { "\"postData\":{\"mimeType\":\"\"},\"_content\":{\"text\":\"AA==\",\"encoding\":"
          "\"base64\"}",
          true, "" },
        { "\"postData\":null", false, "" },
        { "\"postData\":{\"_file\":\"no-such-file\"}", false, "" },
    };
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        struct text file = arena_format(
            &arena, HAR("{\"request\":{\"method\":\"POST\",\"url\":\"https://a.test\",%s}}"),
            cases[i].members);
        read_text(&fixture, file);
        assert_true(fixture.is_read);
        const struct sent_request *sent = &fixture.recording.list[0].exchange->request;
        assert_int_equal(sent->has_body, cases[i].has_body);
        assert_string_equal(sent->body.size ? sent->body.at : "", cases[i].body);
        release(&fixture);
    }
    arena_release(&arena);
}

static void messages_of_sockets_have_their_time_in_seconds_or_milliseconds(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct recorded_entry *entry = read_first(
        &fixture,
        SOCKET("\"startedDateTime\":\"2026-11-23T10:00:00Z\",\"_webSocketMessages\":["
               "{\"type\":\"receive\",\"time\":-1,\"opcode\":1,\"data\":\"first\"},"
               "{\"type\":\"send\",\"time\":1558730482.5071473,\"opcode\":1,\"data\":\"a\"},"
               "{\"type\":\"receive\",\"time\":1795417748953.973,\"opcode\":2,\"data\":"
               "\"AAE=\"},"
               "{\"type\":\"receive\",\"opcode\":2,\"data\":\"no base64!\"},"
               "{\"type\":\"error\",\"time\":1,\"opcode\":-1,\"data\":\"it broke\"}]"));
    const struct conversation *conversation = entry->conversation;
    assert_true(entry->has_messages);
    assert_string_equal(entry->exchange->request.url.at, "wss://a.test/x");
    assert_int_equal(conversation->count, 4);
    assert_int_equal(conversation->list[0].at_ns, 1795428000000000000);
    assert_int_equal(conversation->list[1].at_ns, 1558730482507147300);
    assert_true(conversation->list[1].is_sent);
    assert_int_equal(conversation->list[2].at_ns, 1795417748953973000);
    assert_int_equal(conversation->list[2].kind, CONVERSATION_BINARY);
    assert_int_equal(conversation->list[2].data.size, 2);
    assert_int_equal(conversation->list[3].at_ns, 1795417748953973000);
    assert_string_equal(conversation->list[3].data.at, "no base64!");
    assert_string_equal(conversation->close.failure.at, "it broke");
    assert_int_equal(conversation->received[CONVERSATION_BINARY], 2);
    assert_int_equal(conversation->close.by, CONVERSATION_OPEN);
    release(&fixture);
}

static void an_opcode_that_means_nothing_is_said(void **state)
{
    (void)state;
    struct fixture fixture;
    read_text(&fixture, TEXT(SOCKET("\"_webSocketMessages\":[{\"type\":\"send\",\"opcode\":3,"
                                    "\"data\":\"a\"}]")));
    assert_true(fixture.is_read);
    assert_string_equal(fixture.problems.list[0].message.at,
                        "entry 1: a message has the opcode 3, which means nothing: left out");
    assert_int_equal(fixture.recording.list[0].conversation->count, 0);
    release(&fixture);
}

static void the_end_of_a_socket_is_known_where_it_was_kept(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct conversation_close *close =
        &read_first(&fixture, SOCKET("\"_webSocketClose\":{\"code\":4001,\"reason\":\"r\","
                                     "\"timestamp\":1795428000}"))
             ->conversation->close;
    assert_int_equal(close->code, 4001);
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_SERVER);
    assert_true(close->is_clean);
    assert_string_equal(close->reason.at, "r");
    assert_int_equal(close->at_ns, 1795428000000000000);
    assert_false(fixture.recording.list[0].has_messages);
    release(&fixture);
    close =
        &read_first(&fixture, SOCKET("\"_webSocketClose\":\"aborted\""))->conversation->close;
    assert_int_equal(close->code, 1006);
    assert_false(close->is_clean);
    release(&fixture);
}

static void an_event_stream_keeps_its_events(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct recorded_entry *entry = read_first(
        &fixture,
        ENTRY("\"response\":{\"status\":200},\"_eventSourceMessages\":[{\"time\":1795428000,"
              "\"eventName\":\"tick\",\"eventId\":\"\",\"data\":\"1\"}]"));
    assert_string_equal(entry->exchange->request.url.at, "https://a.test/x");
    assert_int_equal(entry->conversation->list[0].kind, CONVERSATION_EVENT);
    assert_string_equal(entry->conversation->list[0].event.at, "tick");
    assert_string_equal(entry->conversation->list[0].data.at, "1");
    release(&fixture);
}

static void entries_are_in_the_order_in_which_they_began(void **state)
{
#define AT(second, path)                                                                       \
    "{\"startedDateTime\":\"2026-11-23T10:00:0" second "Z\",\"request\":{\"method\":\"GET\","  \
    "\"url\":\"" path "\"}}"
    static const char *const paths[] = { "/b", "/c", "/a" };
    (void)state;
    struct fixture fixture;
    read_first(&fixture, HAR(AT("5", "/a") "," AT("1", "/b") "," AT("1", "/c")));
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(fixture.recording.list[i].exchange->request.url.at, paths[i]);
    }
    assert_int_equal(fixture.recording.list[2].index, 0);
    assert_int_equal(fixture.recording.facts.recorded_at_ns, 1795428001000000000);
    release(&fixture);
    read_first(&fixture, HAR(AT("5", "/a") ",{" REQUEST "}," AT("1", "/c")));
    assert_string_equal(fixture.recording.list[0].exchange->request.url.at, "/a");
    release(&fixture);
    read_first(&fixture, "{\"log\":{\"creator\":{\"name\":\"bddrun\"},\"entries\":[" AT(
                             "5", "/a") "," AT("1", "/c") "]}}");
    assert_string_equal(fixture.recording.list[0].exchange->request.url.at, "/a");
    release(&fixture);
}

static void a_date_that_is_none_is_said(void **state)
{
    (void)state;
    struct fixture fixture;
    read_text(&fixture, TEXT(ENTRY("\"startedDateTime\":\"yesterday\"")));
    assert_true(fixture.is_read);
    assert_string_equal(fixture.problems.list[0].message.at,
                        "entry 1: 'startedDateTime' is no date of RFC 3339; the order of the "
                        "file is taken");
    release(&fixture);
}

static bool is_odd(void *context, const struct har_summary *summary)
{
    size_t *asked = context;
    (*asked)++;
    return summary->index % 2 == 1;
}

static void only_the_entries_that_are_wanted_are_kept(void **state)
{
    (void)state;
    struct fixture fixture;
    size_t asked = 0;
    struct har_choice odd = { is_odd, &asked };
    init(&fixture);
    assert_true(har_read_bytes(&fixture.recording, TEXT("x.har"),
                               TEXT(HAR("{" REQUEST "},{" REQUEST "},{" REQUEST "}")), &odd,
                               &fixture.problems));
    assert_int_equal(asked, 3);
    assert_int_equal(fixture.recording.count, 1);
    assert_int_equal(fixture.recording.found, 3);
    assert_int_equal(fixture.recording.list[0].index, 1);
    release(&fixture);
}

/* A folder with x.har, body.txt, sub/body.txt, link -> body.txt and folder -> sub. */
struct beside {
    struct arena arena;
    struct text folder;
    struct problems problems;
};

static struct text at(struct beside *beside, const char *name)
{
    return path_join(&beside->arena, beside->folder, text_of(name));
}

static void beside_init(struct beside *beside)
{
    char folder[] = "/tmp/bddrun-side-XXXXXX";
    arena_init(&beside->arena);
    problems_init(&beside->problems);
    assert_non_null(mkdtemp(folder));
    beside->folder = arena_text(&beside->arena, text_of(folder));
    assert_true(file_replace(at(beside, "body.txt"), TEXT("beside"), &beside->problems));
    assert_true(file_replace(at(beside, "sub/body.txt"), TEXT("below"), &beside->problems));
    assert_true(file_replace(at(beside, "said.jsonl"),
                             TEXT("{\"type\":\"send\",\"time\":1795417748953.5,\"opcode\":1,"
                                  "\"data\":\"a\"}\n\n{\"type\":\"receive\",\"opcode\":1,"
                                  "\"data\":\"b\"}"),
                             &beside->problems));
    assert_true(file_replace(at(beside, "bad.jsonl"), TEXT("{\"type\":\"send\"}\n7\n"),
                             &beside->problems));
    assert_true(
        file_replace(at(beside, "worse.jsonl"), TEXT("{\"type\":\"x\"}\n"), &beside->problems));
    assert_int_equal(symlink("body.txt", at(beside, "link").at), 0);
    assert_int_equal(symlink("sub", at(beside, "folder").at), 0);
}

static void beside_release(struct beside *beside)
{
    static const char *const names[] = { "body.txt",  "sub/body.txt", "said.jsonl",
                                         "bad.jsonl", "worse.jsonl",  "link",
                                         "folder",    "x.har" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        unlink(at(beside, names[i]).at);
    }
    rmdir(at(beside, "sub").at);
    rmdir(beside->folder.at);
    problems_release(&beside->problems);
    arena_release(&beside->arena);
}

static void read_beside(struct beside *beside, struct fixture *fixture, const char *file)
{
    init(fixture);
    assert_true(file_replace(at(beside, "x.har"), text_of(file), &beside->problems));
    fixture->is_read =
        har_read(&fixture->recording, at(beside, "x.har"), NULL, &fixture->problems);
}

static void a_side_file_is_read_only_below_the_recordings_folder(void **state)
{
    static const struct {
        const char *name;
        const char *body; /* NULL: absent, and */
        const char *reason;
    } cases[] = {
        { "body.txt", "beside", NULL },
        { "sub/body.txt", "below", NULL },
        { "../body.txt", NULL, "it is not below the folder of the recording" },
        { "/etc/passwd", NULL, "it is not below the folder of the recording" },
        { "sub/../body.txt", NULL, "it is not below the folder of the recording" },
        { "./body.txt", NULL, "it is not below the folder of the recording" },
        { "body.txt\\u0000", NULL, "it is not below the folder of the recording" },
        { "link", NULL, "it is a symbolic link" },
        { "folder/body.txt", NULL, "Not a directory" },
        { "none.txt", NULL, "No such file or directory" },
        { "sub", NULL, "Invalid argument" },
    };
    (void)state;
    struct beside beside;
    beside_init(&beside);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        struct text file = arena_format(
            &beside.arena,
            HAR("{" REQUEST ",\"response\":{\"status\":200,\"content\":{\"_file\":\"%s\"}}}"),
            cases[i].name);
        read_beside(&beside, &fixture, file.at);
        assert_true(fixture.is_read);
        const struct recorded_entry *entry = &fixture.recording.list[0];
        if (cases[i].body) {
            assert_int_equal(entry->body, RECORDED_BODY_IN_FILE);
            assert_string_equal(entry->exchange->response.body.at, cases[i].body);
        } else {
            assert_int_equal(entry->body, RECORDED_BODY_ABSENT);
            assert_true(
                text_ends_with(fixture.problems.list[0].message, text_of(cases[i].reason)));
        }
        release(&fixture);
    }
    beside_release(&beside);
}

#define SAID_IN(name)                                                                          \
    HAR("{\"request\":{\"method\":\"GET\",\"url\":\"ws://a.test/x\"},\"_resourceType\":"       \
        "\"websocket\",\"response\":{\"status\":101,\"content\":{\"_file\":\"" name "\"}}}")

static void messages_beside_the_file_are_read_line_by_line(void **state)
{
    (void)state;
    struct beside beside;
    struct fixture fixture;
    beside_init(&beside);
    read_beside(&beside, &fixture, SAID_IN("said.jsonl"));
    assert_problems(&fixture.problems, "");
    const struct recorded_entry *entry = &fixture.recording.list[0];
    assert_true(entry->has_messages);
    assert_int_equal(entry->conversation->count, 2);
    assert_int_equal(entry->conversation->list[0].at_ns, 1795417748953500000);
    assert_string_equal(entry->conversation->list[1].data.at, "b");
    release(&fixture);
    read_beside(&beside, &fixture, SAID_IN("bad.jsonl"));
    assert_false(fixture.is_read);
    assert_string_equal(fixture.problems.list[0].message.at,
                        "entry 1: a line of its file of messages is no JSON object");
    release(&fixture);
    read_beside(&beside, &fixture, SAID_IN("worse.jsonl"));
    assert_false(fixture.is_read);
    assert_int_equal(fixture.problems.list[0].at.start, 35);
    release(&fixture);
    read_beside(&beside, &fixture, SAID_IN("none.jsonl"));
    assert_true(fixture.is_read);
    assert_false(fixture.recording.list[0].has_messages);
    release(&fixture);
    beside_release(&beside);
}

static void a_large_file_is_mapped_and_read_alike(void **state)
{
    (void)state;
    struct beside beside;
    struct fixture fixture;
    struct buffer file;
    beside_init(&beside);
    buffer_init(&file, 64 << 20);
    buffer_add_string(&file, "{\"log\":{\"entries\":[");
    for (size_t i = 0; i < 40; i++) {
        buffer_add_string(&file, i > 0 ? ",\n{" REQUEST "," : "{" REQUEST ",");
        buffer_add_string(&file, "\"response\":{\"status\":200,\"content\":{\"text\":\"");
        buffer_add_repeated(&file, 'x', 512 << 10);
        buffer_add_string(&file, "\"}}}");
    }
    buffer_add_string(&file, "]}}");
    read_beside(&beside, &fixture, buffer_text(&file).at);
    assert_true(fixture.is_read);
    assert_int_equal(fixture.recording.count, 40);
    assert_int_equal(fixture.recording.list[39].exchange->response.body.size, 512 << 10);
    assert_int_equal(
        span_text(recording_span(&fixture.recording, &fixture.recording.list[0])).at[0], '{');
    release(&fixture);
    buffer_release(&file);
    beside_release(&beside);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture);
    assert_false(har_read(&fixture.recording, TEXT("/no/such.har"), NULL, &fixture.problems));
    assert_true(text_contains(fixture.problems.list[0].message, TEXT("/no/such.har")));
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_har_is_refused_at_its_place),
        cmocka_unit_test(an_entry_that_is_none_is_refused_with_its_number),
        cmocka_unit_test(a_file_says_who_wrote_it),
        cmocka_unit_test(an_entry_says_what_was_asked_and_answered),
        cmocka_unit_test(tls_may_be_counted_behind_the_connection),
        cmocka_unit_test(times_that_are_absent_or_negative_say_nothing),
        cmocka_unit_test(bodies_are_text_base64_or_absent),
        cmocka_unit_test(an_unknown_encoding_is_said_and_the_body_is_absent),
        cmocka_unit_test(what_no_answer_came_for_is_a_failure),
        cmocka_unit_test(what_was_sent_is_text_bytes_or_a_form),
        cmocka_unit_test(messages_of_sockets_have_their_time_in_seconds_or_milliseconds),
        cmocka_unit_test(an_opcode_that_means_nothing_is_said),
        cmocka_unit_test(the_end_of_a_socket_is_known_where_it_was_kept),
        cmocka_unit_test(an_event_stream_keeps_its_events),
        cmocka_unit_test(entries_are_in_the_order_in_which_they_began),
        cmocka_unit_test(a_date_that_is_none_is_said),
        cmocka_unit_test(only_the_entries_that_are_wanted_are_kept),
        cmocka_unit_test(a_side_file_is_read_only_below_the_recordings_folder),
        cmocka_unit_test(messages_beside_the_file_are_read_line_by_line),
        cmocka_unit_test(a_large_file_is_mapped_and_read_alike),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
