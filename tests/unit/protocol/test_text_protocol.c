/* SPDX-License-Identifier: MIT */
#include "protocol/text_protocol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/protocol_script.h"

static void plain_messages_are_events_without_a_name(void **state)
{
    (void)state;
    assert_protocol(&text_protocol, NULL,
                    "opened\n< {\"type\":\"x\"}\n<< \x01\n<ping x\ndue\ngoodbye\nsend x -\n"
                    "reply - 1 2\njoin room\nleave room\nauthorised a b c d\nmembers room\n",
                    "ready\nevent {\"type\":\"x\"}\nevent bytes \\x01\n"
                    "refuses: a socket of plain text has no events: 'x'; send text, JSON or "
                    "bytes, or open the socket as JSON, Socket.IO or Pusher\n"
                    "refuses: the protocol of this socket has no answers to events; open the "
                    "socket as Socket.IO\n"
                    "refuses: the protocol of this socket has neither channels nor namespaces: "
                    "'room'; open the socket as Pusher for channels, as Socket.IO for "
                    "namespaces\n"
                    "refuses: the protocol of this socket has neither channels nor namespaces: "
                    "'room'; open the socket as Pusher for channels, as Socket.IO for "
                    "namespaces\n"
                    "members none\n");
}

static void the_name_of_an_event_stands_where_the_options_say(void **state)
{
    (void)state;
    static const struct {
        const char *event_at;
        const char *script;
        const char *expected;
    } cases[] = {
        { "",
          "opened\n< {\"type\":\"move\",\"to\":3}\n< {\"type\":7}\n< {\"type\":{}}\n< [1]\n"
          "< pong\n<< {\"type\":\"move\"}\n<ping x\n",
          "ready\nevent 'move' JSON {\"type\":\"move\",\"to\":3}\n"
          "event '7' JSON {\"type\":7}\nevent JSON {\"type\":{}}\nevent JSON [1]\n"
          "event pong\nevent bytes {\"type\":\"move\"}\n" },
        { "$.meta['event']", "< {\"meta\":{\"event\":\"e\"}}\n",
          "event 'e' JSON {\"meta\":{\"event\":\"e\"}}\n" },
        { "$[0]", "< [\"phx\",1]\nsend x -\n",
          "event 'phx' JSON [\"phx\",1]\n"
          "refuses: an event cannot be sent where its name stands at '$[0]'; send the whole "
          "message as JSON\n" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct protocol_options options = { .event_at = text_of(cases[i].event_at) };
        assert_protocol(&json_protocol, &options, cases[i].script, cases[i].expected);
    }
}

static void a_path_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct protocol_options options = { .event_at = TEXT("$[") };
    struct protocol_sink sink = { .context = NULL };
    struct protocol_state *made = NULL;
    arena_init(&arena);
    problems_init(&problems);
    assert_false(json_protocol.create(&arena, &options, &sink, &made, &problems));
    assert_int_equal(problems.count, 1);
    assert_null(made);
}

static void events_are_written_with_their_name_in_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *event_at;
        const char *script;
        const char *expected;
    } cases[] = {
        { "", "send move - {\"to\": 3, \"at\":[1]}\n",
          "> {\"type\":\"move\",\"to\":3,\"at\":[1]}\n" },
        { "", "send move -\n", "> {\"type\":\"move\"}\n" },
        { "", "send move - [1]\n", "> {\"type\":\"move\",\"data\":[1]}\n" },
        { "", "send move - {\"type\":1}\n",
          "refuses: the data of event 'move' has a member 'type', where the name stands; send "
          "the whole message as JSON\n" },
        { "", "send move - {\n", "refuses: the data of event 'move' is not JSON\n" },
        { "", "send move room {}\n",
          "refuses: the protocol of this socket has neither channels nor namespaces: 'room'; "
          "open the socket as Pusher for channels, as Socket.IO for namespaces\n" },
        { "", "call move - {}\n",
          "refuses: the protocol of this socket has no calls: nothing says which message is "
          "the "
          "answer; send the event and receive the one that answers it\n" },
        { "$.meta.event", "send e - {\"a\":1}\n", "> {\"meta\":{\"event\":\"e\"},\"a\":1}\n" },
        { "$['my event']", "send e -\n", "> {\"my event\":\"e\"}\n" },
        { "$[\"a\"]['b'].c", "send e -\n", "> {\"a\":{\"b\":{\"c\":\"e\"}}}\n" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct protocol_options options = { .event_at = text_of(cases[i].event_at) };
        assert_protocol(&json_protocol, &options, cases[i].script, cases[i].expected);
    }
}

static void events_cannot_be_written_where_a_path_has_more_than_names(void **state)
{
    (void)state;
    static const char *const paths[] = { "$",         "$.*",       "$..a",
                                         "$[0]",      "$['a\\'']", "$['a','b']",
                                         "$.a[?@.b]", "$.a .b",    "$.a.b.c.d.e.f.g.h.i" };
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        struct arena arena CLEANUP(arena_release);
        struct protocol_options options = { .event_at = text_of(paths[i]) };
        arena_init(&arena);
        struct text expected = arena_format(&arena,
                                            "refuses: an event cannot be sent where its name "
                                            "stands at '%s'; send the whole message as JSON\n",
                                            paths[i]);
        assert_protocol(&json_protocol, &options, "send e -\n", expected.at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_messages_are_events_without_a_name),
        cmocka_unit_test(the_name_of_an_event_stands_where_the_options_say),
        cmocka_unit_test(a_path_that_cannot_be_read_is_refused),
        cmocka_unit_test(events_are_written_with_their_name_in_its_place),
        cmocka_unit_test(events_cannot_be_written_where_a_path_has_more_than_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
