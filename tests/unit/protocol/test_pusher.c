/* SPDX-License-Identifier: MIT */
#include "protocol/pusher/pusher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/protocol_script.h"

#define CONNECT                                                                                \
    "opened\n"                                                                                 \
    "< {\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\"" \
    ",\\\"activity_timeout\\\":30}\"}\n"
#define CONNECTED "wake 30000\nready: 1.2\n"
#define WAKE "wake 30000\n"
#define SUBSCRIBED(channel, data)                                                              \
    "< {\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" channel           \
    "\",\"data\":" data "}\n"
#define SUBSCRIBE(channel)                                                                     \
    "> {\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" channel "\"}}\n"

struct script_case {
    const char *script;
    const char *expected;
};

static void check(const struct script_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_protocol(&pusher_protocol, NULL, cases[i].script, cases[i].expected);
    }
}

static void a_connection_is_ready_when_the_server_says_so(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT, CONNECTED },
        { "< {\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.2\"}}\n",
          "wake 120000\nready: 1.2\n" },
        { "< {\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.2\","
          "\"activity_timeout\":0}}\n",
          "wake 120000\nready: 1.2\n" },
        { "< {\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.2\","
          "\"activity_timeout\":99999999}}\n",
          "wake 120000\nready: 1.2\n" },
        { "< {\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"no app \\u001b"
          "k\"}}\n< {\"event\":\"x\"}\n",
          "event 'pusher:error' JSON {\"code\":4001,\"message\":\"no app \\u001bk\"}\n"
          "refused: 4001, the application does not exist: 'no app \\x1bk'; connecting again "
          "unchanged is of no use\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void pings_go_both_ways(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT
          "< {\"event\":\"pusher:ping\"}\ndue\n< {\"event\":\"pusher:pong\",\"data\":{}}"
          "\ndue\n< {\"event\":\"x\"}\ndue\n<ping x\ndue\ndue\n< {\"event\":\"x\"}\n",
          CONNECTED WAKE "> {\"event\":\"pusher:pong\",\"data\":{}}\n"
                         "> {\"event\":\"pusher:ping\",\"data\":{}}\nwake 30000\n" WAKE
                         "> {\"event\":\"pusher:ping\",\"data\":{}}\nwake 30000\n" WAKE
                         "event 'x' JSON null\n"
                         "> {\"event\":\"pusher:ping\",\"data\":{}}\nwake 30000\n"
                         "broken: the server did not answer 'pusher:ping' within 30 s\n" },
        { "due\n", "" },
        { CONNECT "goodbye\ndue\n< {\"event\":\"x\"}\n", CONNECTED "wake 0\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void data_in_a_text_is_shown_as_what_it_holds(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT "< {\"event\":\"a\",\"channel\":\"c\",\"data\":\"{\\\"to\\\":3}\"}\n"
                  "< {\"event\":\"a\",\"channel\":null,\"data\":{\"to\": 3}}\n"
                  "< {\"event\":\"a\",\"data\":\"plain\"}\n"
                  "< {\"event\":\"a\"}\n"
                  "< {\"event\":\"pusher_internal:subscription_count\",\"channel\":\"c\","
                  "\"data\":\"{\\\"subscription_count\\\":2}\"}\n",
          CONNECTED WAKE "event 'a' in 'c' JSON {\"to\":3}\n" WAKE
                         "event 'a' JSON {\"to\": 3}\n" WAKE "event 'a' JSON \"plain\"\n" WAKE
                         "event 'a' JSON null\n" WAKE
                         "event 'pusher:subscription_count' in 'c' JSON "
                         "{\"subscription_count\":2}\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void public_channels_are_subscribed_to_and_left(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT
          "join news\njoin news\n" SUBSCRIBED("news", "\"{}\"") "join news\n" SUBSCRIBED(
              "news", "{}") "leave news\nleave news\njoin news\n",
          CONNECTED SUBSCRIBE("news") WAKE
          "joined 'news': {}\njoined 'news'\n" WAKE
          "> {\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}\n"
          "left 'news'\n"
          "refuses: channel 'news' is not subscribed to; subscribe to it first\n" SUBSCRIBE(
              "news") },
        { "join news\nleave news\nsend x -\n",
          "refuses: the server has not sent 'pusher:connection_established'\n"
          "refuses: the server has not sent 'pusher:connection_established'\n"
          "refuses: the server has not sent 'pusher:connection_established'\n" },
        { CONNECT "join a\njoin b\njoin c\njoin d\njoin e\n" SUBSCRIBED("e", "{}"),
          CONNECTED SUBSCRIBE("a") SUBSCRIBE("b") SUBSCRIBE("c") SUBSCRIBE("d") SUBSCRIBE("e")
              WAKE "joined 'e': {}\n" },
        { CONNECT "leave nowhere\n", CONNECTED
          "refuses: channel 'nowhere' is not subscribed to; subscribe to it first\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void private_channels_are_authorised_first(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT "join private-t.7\njoin private-t.7\nauthorised private-t.7 k:5ig - -\n"
                  "authorised private-t.7 k:5ig - -\n" SUBSCRIBED("private-t.7", "{}"),
          CONNECTED "authorise private-t.7 1.2\n"
                    "> {\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"k:5ig\","
                    "\"channel\":\"private-t.7\"}}\n" WAKE "joined 'private-t.7': {}\n" },
        { CONNECT "join presence-t\nauthorised presence-t k:5ig {\"user_id\":\"1\"} -\n",
          CONNECTED "authorise presence-t 1.2\n"
                    "> {\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"k:5ig\","
                    "\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\","
                    "\"channel\":\"presence-t\"}}\n" },
        { CONNECT "join private-t\nauthorised private-t - - status 403\njoin private-t\n"
                  "authorised other k - -\ngoodbye\nauthorised private-t k - -\n",
          CONNECTED "authorise private-t 1.2\nrefused 'private-t': status 403\n"
                    "authorise private-t 1.2\nwake 0\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void the_server_may_refuse_a_channel(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT
          "join a\n< {\"event\":\"pusher:subscription_error\",\"channel\":\"a\",\"data\":"
          "{\"status\":401}}\n"
          "< {\"event\":\"pusher:subscription_error\",\"channel\":\"a\"}\n"
          "< {\"event\":\"pusher:subscription_error\",\"channel\":\"b\"}\n",
          CONNECTED SUBSCRIBE("a") WAKE "refused 'a': {\"status\":401}\n" WAKE WAKE },
        { CONNECT "join a\njoin b\n< {\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4009,"
                  "\\\"message\\\":\\\"Connection is unauthorized\\\"}\"}\n",
          CONNECTED SUBSCRIBE("a") SUBSCRIBE("b") WAKE
          "event 'pusher:error' JSON {\"code\":4009,\"message\":\"Connection is "
          "unauthorized\"}\n"
          "refused 'a': 4009, the connection is unauthorized: 'Connection is unauthorized'; "
          "connecting again unchanged is of no use\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void errors_are_told_in_words(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT "< {\"event\":\"pusher:error\",\"data\":{\"code\":4200,\"message\":null}}\n",
          CONNECTED WAKE "event 'pusher:error' JSON {\"code\":4200,\"message\":null}\nwake 0\n"
                         "ended: 4200, connect again; to be connected again at once\n" },
        { CONNECT "< {\"event\":\"pusher:error\",\"data\":{\"code\":4199}}\n",
          CONNECTED WAKE "event 'pusher:error' JSON {\"code\":4199}\nwake 0\n"
                         "ended: 4199; to be connected again after a second or more\n" },
        { CONNECT "< {\"event\":\"pusher:error\",\"data\":{\"code\":4301}}\n"
                  "< {\"event\":\"pusher:error\",\"data\":{\"code\":null}}\n"
                  "< {\"event\":\"pusher:error\",\"data\":{\"code\":3999}}\n",
          CONNECTED WAKE "event 'pusher:error' JSON {\"code\":4301}\n" WAKE
                         "event 'pusher:error' JSON {\"code\":null}\n" WAKE
                         "event 'pusher:error' JSON {\"code\":3999}\n" },
        { CONNECT "join a\n< {\"event\":\"pusher:error\",\"data\":{\"code\":4301}}\n",
          CONNECTED SUBSCRIBE("a") WAKE "event 'pusher:error' JSON {\"code\":4301}\n"
                                        "refused 'a': 4301, a client event was rejected\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void the_member_list_follows_who_comes_and_goes(void **state)
{
    (void)state;
#define IN_PRESENCE                                                                            \
    CONNECT "join presence-t\nauthorised presence-t k {} -\n" SUBSCRIBED(                      \
        "presence-t",                                                                          \
        "\"{\\\"presence\\\":{\\\"count\\\":2,\\\"hash\\\":{\\\"1\\\":{\\\"n\\\""              \
        ":\\\"a\\\"},\\\"2\\\":null,\\\"1\\\":5}}}\"")
#define HERE                                                                                   \
    CONNECTED                                                                                  \
    "authorise presence-t 1.2\n> "                                                             \
    "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"k\",\"channel_data\":\"{}\","        \
    "\"channel\":\"presence-t\"}}\n" WAKE                                                      \
    "joined 'presence-t': {\"presence\":{\"count\":2,\"hash\":{\"1\":{\"n\":\"a\"},"           \
    "\"2\":null,\"1\":5}}}\n"
    static const struct script_case cases[] = {
        { IN_PRESENCE
          "members presence-t\n"
          "< {\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-t\",\"data\":"
          "\"{\\\"user_id\\\":\\\"3\\\",\\\"user_info\\\":{\\\"n\\\":\\\"c\\\"}}\"}\n"
          "members presence-t\n"
          "< {\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-t\",\"data\":"
          "{\"user_id\":\"1\"}}\n"
          "< {\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-t\",\"data\":"
          "{\"user_id\":\"9\"}}\n"
          "< {\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-x\",\"data\":"
          "{\"user_id\":\"9\"}}\n"
          "< {\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-x\",\"data\":"
          "{\"user_id\":\"9\"}}\n"
          "< {\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-t\",\"data\":"
          "{\"user_info\":[1],\"user_id\":2}}\n"
          "members presence-t\nleave presence-t\nmembers presence-t\n",
          HERE
          "members [{\"user_id\":\"1\",\"user_info\":{\"n\":\"a\"}},{\"user_id\":\"2\",\"user_"
          "info\":null}]\n" WAKE "event 'pusher:member_added' in 'presence-t' JSON "
          "{\"user_id\":\"3\",\"user_info\":{\"n\":\"c\"}}\n"
          "members [{\"user_id\":\"1\",\"user_info\":{\"n\":\"a\"}},{\"user_id\":\"2\",\"user_"
          "info\":null},{\"user_id\":\"3\",\"user_info\":{\"n\":\"c\"}}]\n" WAKE
          "event 'pusher:member_removed' in 'presence-t' JSON {\"user_id\":\"1\"}\n" WAKE
          "event 'pusher:member_removed' in 'presence-t' JSON {\"user_id\":\"9\"}\n" WAKE
          "event 'pusher:member_removed' in 'presence-x' JSON {\"user_id\":\"9\"}\n" WAKE
          "event 'pusher:member_added' in 'presence-x' JSON {\"user_id\":\"9\"}\n" WAKE
          "event 'pusher:member_added' in 'presence-t' JSON {\"user_info\":[1],\"user_id\":2}\n"
          "members [{\"user_id\":\"2\",\"user_info\":[1]},{\"user_id\":\"3\",\"user_info\":{"
          "\"n\":\"c\"}}]\n"
          "> {\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"presence-t\"}}\n"
          "left 'presence-t'\nmembers none\n" },
        { CONNECT "members presence-t\njoin news\n" SUBSCRIBED("news", "{}") "members news\n",
          CONNECTED "members none\n" SUBSCRIBE("news") WAKE "joined 'news': {}\n"
                                                            "members none\n" },
        { CONNECT "join presence-u\nauthorised presence-u k {} -\n"
                  "< {\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-u\"}\n",
          CONNECTED "authorise presence-u 1.2\n> "
                    "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"k\",\"channel_data\":"
                    "\"{}\",\"channel\":\"presence-u\"}}\n" WAKE
                    "event 'pusher:member_added' in 'presence-u' JSON null\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void events_are_sent_to_channels_that_were_joined(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { CONNECT "join private-t\nauthorised private-t k - -\n" SUBSCRIBED(
              "private-t", "{}") "send client-typing private-t {\"at\": 1}\nsend pusher:signin "
                                 "- {\"auth\":\"x\"}\n"
                                 "send client-typing private-t\nsend client-x private-u "
                                 "{}\nsend client-x private-t {\n"
                                 "call client-x private-t {}\nreply private-t 1 {}\n",
          CONNECTED
          "authorise private-t 1.2\n> "
          "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"k\",\"channel\":\"private-t\"}}"
          "\n" WAKE "joined 'private-t': {}\n"
          "> {\"event\":\"client-typing\",\"channel\":\"private-t\",\"data\":{\"at\": 1}}\n"
          "> {\"event\":\"pusher:signin\",\"data\":{\"auth\":\"x\"}}\n"
          "> {\"event\":\"client-typing\",\"channel\":\"private-t\",\"data\":{}}\n"
          "refuses: channel 'private-u' is not subscribed to; subscribe to it first\n"
          "refuses: the data of event 'client-x' is not JSON\n"
          "refuses: the protocol of this socket has no calls: nothing says which message is "
          "the "
          "answer; send the event and receive the one that answers it\n"
          "refuses: the protocol of this socket has no answers to events; open the socket as "
          "Socket.IO\n" },
    };
    check(cases, ARRAY_SIZE(cases));
}

static void messages_that_break_the_protocol_say_which_rule_and_show_the_bytes(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { "< hello\n", "a message of Pusher is a JSON object: 'hello'" },
        { "< []\n", "a message of Pusher is a JSON object: '[]'" },
        { "< {\"event\":1}\n", "a message of Pusher needs the text 'event': '{\"event\":1}'" },
        { "< {\"event\":\"a\",\"channel\":1}\n",
          "the 'channel' of a message of Pusher is not a text: "
          "'{\"event\":\"a\",\"channel\":1}'" },
        { "<< \x01\x02\n", "Pusher sends no binary messages: '\\x01\\x02'" },
        { "< {\"event\":\"pusher:connection_established\"}\n",
          "'pusher:connection_established' has no 'socket_id': "
          "'{\"event\":\"pusher:connection_established\"}'" },
        { "< {\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"\"}}\n",
          "'pusher:connection_established' has no 'socket_id': "
          "'{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"\"}}'" },
        { "< {\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"a\"}\n",
          "a subscription that was never asked for has succeeded: "
          "'{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"a\"}'" },
    };
    struct buffer expected CLEANUP(buffer_release);
    buffer_init(&expected, 10000);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        buffer_clear(&expected);
        buffer_add_format(&expected, "wake 0\nbroken: %s\n", cases[i].expected);
        assert_protocol(&pusher_protocol, NULL, cases[i].script, expected.at);
    }
    assert_protocol(&pusher_protocol, NULL,
                    CONNECT
                    "< {\"event\":\"pusher:connection_established\"}\n< {\"event\":\"x\"}\n",
                    CONNECTED WAKE "wake 0\nbroken: a second 'pusher:connection_established': "
                                   "'{\"event\":\"pusher:connection_established\"}'\n");
}

static void the_url_gets_the_key_and_the_version(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *key;
        const char *expected;
        size_t pairs;
    } cases[] = {
        { "", "k", "/app/k", 3 },
        { "/", "k", "/app/k", 3 },
        { "/app/other?protocol=6", "k", "/app/other?protocol=6", 2 },
        { "wss://ws.example/rt", "k", "wss://ws.example/rt/app/k", 3 },
        { "wss://ws.example:443", "k", "wss://ws.example:443/app/k", 3 },
        { "/ws?client=js&version=8&protocol=7", "", "/ws?client=js&version=8&protocol=7", 0 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct arena arena CLEANUP(arena_release);
        struct headers query = { 0 };
        struct protocol_options options = { .key = text_of(cases[i].key) };
        arena_init(&arena);
        struct text url =
            pusher_protocol.address(&options, text_of(cases[i].url), &query, &arena);
        assert_string_equal(url.at, cases[i].expected);
        assert_int_equal(query.count, cases[i].pairs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connection_is_ready_when_the_server_says_so),
        cmocka_unit_test(pings_go_both_ways),
        cmocka_unit_test(data_in_a_text_is_shown_as_what_it_holds),
        cmocka_unit_test(public_channels_are_subscribed_to_and_left),
        cmocka_unit_test(private_channels_are_authorised_first),
        cmocka_unit_test(the_server_may_refuse_a_channel),
        cmocka_unit_test(errors_are_told_in_words),
        cmocka_unit_test(the_member_list_follows_who_comes_and_goes),
        cmocka_unit_test(events_are_sent_to_channels_that_were_joined),
        cmocka_unit_test(messages_that_break_the_protocol_say_which_rule_and_show_the_bytes),
        cmocka_unit_test(the_url_gets_the_key_and_the_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
