/* SPDX-License-Identifier: MIT */
#include "protocol/event_stream_parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/escape.h"

static void add_event(void *context, const struct event_stream_event *event)
{
    struct buffer *log = context;
    escape_line(log, event->name);
    buffer_add_string(log, "|");
    escape_line(log, event->data);
    buffer_add_string(log, "|");
    escape_line(log, event->id);
    buffer_add_string(log, "\n");
}

/* The stream in pieces of so many bytes (0: whole). */
static void check(struct text stream, size_t piece, const char *expected)
{
    struct event_stream_parser parser;
    struct buffer log;
    size_t step = piece ? piece : stream.size;
    buffer_init(&log, 100000);
    buffer_add(&log, TEXT_EMPTY);
    event_stream_parser_init(&parser, 1000, add_event, &log);
    for (size_t at = 0; at < stream.size; at += step) {
        assert_true(event_stream_parse(&parser, text_slice(stream, at, at + step)));
    }
    assert_true(event_stream_parse(&parser, TEXT_EMPTY));
    assert_string_equal(log.at ? log.at : "", expected);
    event_stream_parser_release(&parser);
    buffer_release(&log);
}

static void streams_are_read_as_the_standard_says_however_they_are_cut(void **state)
{
    (void)state;
    static const struct {
        struct text stream;
        const char *expected;
    } cases[] = {
        /* the examples of the standard */
        { TEXT_STATIC("data: This is the first message.\n\n"
                      "data: This is the second message, it\ndata: has two lines.\n\n"
                      "data: This is the third message.\n\n"),
          "message|This is the first message.|\n"
          "message|This is the second message, it\\nhas two lines.|\n"
          "message|This is the third message.|\n" },
        { TEXT_STATIC("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n"),
          "add|73857293|\nremove|2153|\n" },
        { TEXT_STATIC("data: YHOO\ndata: +2\ndata: 10\n\n"), "message|YHOO\\n+2\\n10|\n" },
        { TEXT_STATIC(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n"
                      "data:  third event\n"),
          "message|first event|1\nmessage|second event|\n" },
        { TEXT_STATIC("data\n\ndata\ndata\n\ndata:"), "message||\nmessage|\\n|\n" },
        { TEXT_STATIC("data:test\n\ndata: test\n\n"), "message|test|\nmessage|test|\n" },
        /* line ends, the byte order mark */
        { TEXT_STATIC("data: a\r\ndata: b\r\rdata: c\n\r\ndata: d\r\n\r\n"),
          "message|a\\nb|\nmessage|c|\nmessage|d|\n" },
        { TEXT_STATIC("\xEF\xBB\xBF"
                      "data: a\n\n\xEF\xBB\xBF"
                      "data: b\n\n"),
          "message|a|\n" },
        { TEXT_STATIC("\xEF\xBB"
                      "data: a\n\ndata: b\n\n"),
          "message|b|\n" },
        { TEXT_STATIC("\n\n\r\r\n\ndata: a\n\n"), "message|a|\n" },
        /* fields */
        { TEXT_STATIC("id: 1\nevent: e\n\ndata: a\n\n"), "message|a|1\n" },
        { TEXT_STATIC("id: 1\ndata: a\n\nid: 2\0x\ndata: b\n\n"),
          "message|a|1\nmessage|b|1\n" },
        { TEXT_STATIC("Data: a\ndata : b\n data: c\nfoo: d\nfoo\ndata: e:f\n\n"),
          "message|e:f|\n" },
        { TEXT_STATIC("event: one\nevent: two\ndata: \xff\x1b\n\ndata: b\n\n"),
          "two|\\xff\\x1b|\nmessage|b|\n" },
        { TEXT_STATIC(""), "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        for (size_t piece = 0; piece < 8; piece++) {
            check(cases[i].stream, piece, cases[i].expected);
        }
    }
}

static void the_time_to_reconnect_is_digits_only(void **state)
{
    (void)state;
    struct event_stream_parser parser;
    event_stream_parser_init(&parser, 1000, add_event, NULL);
    assert_true(event_stream_parse(&parser, TEXT("retry: 1s\nretry: -1\nretry\n")));
    assert_false(parser.has_retry);
    assert_true(event_stream_parse(&parser, TEXT("retry: 2500\nretry: x\n")));
    assert_true(parser.has_retry);
    assert_int_equal(parser.retry_ms, 2500);
    event_stream_parser_release(&parser);
}

static void what_passes_the_limit_is_refused(void **state)
{
    (void)state;
    static const char *const streams[] = {
        "data: 0123456789\n\n",
        "event: 0123456789\n",
        "id: 0123456789\n",
        "a line that ends nowhere",
        "data: 0123\ndata: 456\ndata: 7\n",
    };
    for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
        struct text stream = text_of(streams[i]);
        struct event_stream_parser parser;
        event_stream_parser_init(&parser, 9, add_event, NULL);
        assert_false(event_stream_parse(&parser, stream));
        event_stream_parser_release(&parser);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_are_read_as_the_standard_says_however_they_are_cut),
        cmocka_unit_test(the_time_to_reconnect_is_digits_only),
        cmocka_unit_test(what_passes_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
