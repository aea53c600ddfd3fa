/* SPDX-License-Identifier: MIT */
#include "protocol/socketio/socketio.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/protocol_script.h"

#define OPEN                                                                                   \
    "opened\n"                                                                                 \
    "< 0{\"sid\":\"s1\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,"         \
    "\"maxPayload\":1000}\n"
#define OPENED                                                                                 \
    "wake 45000\n"                                                                             \
    "> 40\n"
#define READY OPEN "< 40{\"sid\":\"n1\"}\n"
#define BECAME_READY OPENED "ready '/': n1\n"

struct script_case {
    const char *script;
    const char *expected;
};

static void check(const struct script_case *cases, size_t count,
                  const struct protocol_options *options)
{
    for (size_t i = 0; i < count; i++) {
        assert_protocol(&socketio_protocol, options, cases[i].script, cases[i].expected);
    }
}

static void a_session_opens_and_the_first_namespace_is_joined(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY, BECAME_READY },
        { READY "< 2\n< 2probe\n< 3\n< 6\n<ping x\n",
          BECAME_READY "> 3\nwake 45000\n> 3probe\nwake 45000\n" },
        { "opened\n< 0{\"sid\":\"s1\",\"pingInterval\":300,\"pingTimeout\":200}\n"
          "< 40{\"sid\":\"n1\"}\n",
          "wake 500\n> 40\nready '/': n1\n" },
        { OPEN "< 44{\"message\":\"no ticket\",\"data\":{\"code\":7}}\n",
          OPENED "refused: no ticket, data: {\"code\":7}\n" },
        { OPEN "< 44\"not like that\"\n", OPENED "refused: \"not like that\"\n" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void options_say_the_namespace_and_what_it_is_joined_with(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { OPEN "< 40/omaha,{\"sid\":\"n2\"}\n"
               "< 42/omaha,[\"tick\"]\n",
          "wake 45000\n"
          "> 40/omaha,{\"token\":\"t\"}\n"
          "ready '/omaha': n2\n"
          "event 'tick' in '/omaha' JSON null\n" },
    };
    static const struct script_case cases_of_refusal[] = {
        { OPEN "< 44/omaha,{\"message\":\"no\"}\n", "wake 45000\n"
                                                    "> 40/omaha,{\"token\":\"t\"}\n"
                                                    "refused: namespace '/omaha': no\n" },
    };
    struct protocol_options options = { .namespace_ = TEXT("/omaha"),
                                        .auth = TEXT("{\"token\":\"t\"}") };
    check(cases, ARRAY_SIZE(cases), &options);
    check(cases_of_refusal, ARRAY_SIZE(cases_of_refusal), &options);
    options.auth = TEXT("[1]");
    assert_protocol(&socketio_protocol, &options, "",
                    "refuses: Socket.IO's auth is not a JSON object: '[1]'; write it as "
                    "{\"token\": \xe2\x80\xa6}\n");
    options = (struct protocol_options){ .namespace_ = TEXT("omaha") };
    assert_protocol(&socketio_protocol, &options, "",
                    "refuses: a namespace begins with '/' and has no comma: 'omaha'\n");
}

static void a_session_of_polling_is_upgraded(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { "opened\n< 6\n< 3probe\n< 40{\"sid\":\"n1\"}\n< 2\ndue\n",
          "> 2probe\n> 5\n> 40\nready '/': n1\n> 3\n" },
        { "opened\n< 3\n", "> 2probe\nwake 0\nbroken: an upgrade of Engine.IO is answered with "
                           "'3probe': '3'\n" },
    };
    struct protocol_options options = { .session = TEXT("s1") };
    check(cases, ARRAY_SIZE(cases), &options);
}

static void events_come_with_none_one_or_several_arguments(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY "< 42[\"tick\"]\n", BECAME_READY "event 'tick' JSON null\n" },
        { READY "< 42[\"move\", {\"to\": [1, 2]} ]\n",
          BECAME_READY "event 'move' JSON {\"to\": [1, 2]}\n" },
        { READY "< 42[\"move\",1, \"two\",[3]]\n",
          BECAME_READY "event 'move' JSON [1, \"two\",[3]]\n" },
        { READY "< 4213[\"may I\",true]\n", BECAME_READY "call 13 'may I' JSON true\n" },
        { READY "< 42[5,true]\n", BECAME_READY "event '5' JSON true\n" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void events_and_answers_are_sent(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY "send ready -\nsend move - {\"to\": 3}\nsend move - [1, \"b\" ]\n"
                "send move - []\nsend move - [[1]]\n",
          BECAME_READY "> 42[\"ready\"]\n> 42[\"move\",{\"to\": 3}]\n> 42[\"move\",1, \"b\"]\n"
                       "> 42[\"move\"]\n> 42[\"move\",[1]]\n" },
        { READY "call bet - {\"chips\":5}\ncall bet -\n< 431[{\"ok\":true}]\n< 430[]\n"
                "< 431[1,2]\n",
          BECAME_READY "> 420[\"bet\",{\"chips\":5}]\ncalled 0\n> 421[\"bet\"]\ncalled 1\n"
                       "reply 1 JSON {\"ok\":true}\nreply 0 JSON null\nreply 1 JSON [1,2]\n" },
        { READY "reply - 13 [true]\nreply / 14\nreply - 15 {\"$base64\":\"AQ==\"}\n",
          BECAME_READY "> 4313[true]\n> 4314[]\n"
                       "> 461-15[{\"_placeholder\":true,\"num\":0}]\n>> \\x01\n" },
        { READY "send x /admin\nsend x - {\nsend x - {\"$base64\":\"*\"}\n",
          BECAME_READY "refuses: namespace '/admin' is not joined; join it first\n"
                       "refuses: the data is not JSON\n"
                       "refuses: a \"$base64\" in the data is not Base64\n" },
        { "send x -\n", "refuses: namespace '/' is not joined; join it first\n" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void bytes_go_and_come_beside_the_data(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY
          "send put - [\"a\",{\"b\":[{\"$base64\":\"AAEC\"}],\"c\":{\"$base64\":\"eA==\"}}]\n",
          BECAME_READY
          "> 452-[\"put\",\"a\",{\"b\":[{\"_placeholder\":true,\"num\":0}],\"c\":{\"_"
          "placeholder\":true,\"num\":1}}]\n>> \\x00\\x01\\x02\n>> x\n" },
        { READY
          "send a - {\"$base64\":5}\nsend a - {\"$base64\":\"eA==\",\"b\":1}\nsend a - {}\n",
          BECAME_READY "> 42[\"a\",{\"$base64\":5}]\n> 42[\"a\",{\"$base64\":\"eA==\",\"b\":1}]"
                       "\n> 42[\"a\",{}]\n" },
        { READY
          "< 452-[\"got\",{\"_placeholder\":true,\"num\":1},{\"x\":{\"_placeholder\":true,"
          "\"num\":0}}]\n<< one\n< 2\n<< two\n< 42[\"next\"]\n",
          BECAME_READY
          "> 3\nwake 45000\n"
          "event 'got' JSON [{\"$base64\":\"dHdv\"},{\"x\":{\"$base64\":\"b25l\"}}]"
          " with 'one' with 'two'\nevent 'next' JSON null\n" },
        { READY "call x -\n< 461-0[{\"_placeholder\":true,\"num\":0}]\n<< one\n", BECAME_READY
          "> 420[\"x\"]\ncalled 0\nreply 0 JSON {\"$base64\":\"b25l\"} with 'one'\n" },
        { READY "< 450-[\"none\"]\n", BECAME_READY "event 'none' JSON null\n" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void namespaces_are_joined_refused_and_left(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY "join /omaha\njoin /omaha\n< 40/omaha,{\"sid\":\"n2\"}\njoin /omaha\n"
                "send x /omaha\nleave /omaha\n< 42/omaha,[\"late\"]\nsend x /omaha\n"
                "leave /omaha\njoin /omaha\n< 40/omaha,{\"sid\":\"n3\"}\n",
          BECAME_READY "> 40/omaha,\njoined '/omaha': {\"sid\":\"n2\"}\njoined '/omaha'\n"
                       "> 42/omaha,[\"x\"]\n> 41/omaha,\nleft '/omaha'\n"
                       "event 'late' in '/omaha' JSON null\n"
                       "refuses: namespace '/omaha' is not joined; join it first\n"
                       "refuses: namespace '/omaha' is not joined; join it first\n"
                       "> 40/omaha,\njoined '/omaha': {\"sid\":\"n3\"}\n" },
        { READY "join /staff\n< 44/staff,{\"message\":\"not for you\"}\njoin a\njoin /a,b\n"
                "join /b\njoin /c\n",
          BECAME_READY "> 40/staff,\nrefused '/staff': not for you\n"
                       "refuses: a namespace begins with '/' and has no comma: 'a'\n"
                       "refuses: a namespace begins with '/' and has no comma: '/a,b'\n"
                       "> 40/b,\n> 40/c,\n" },
        { "join /early\n" OPEN, "wake 45000\n> 40\n> 40/early,\n" },
        { READY "< 41\n< 41\nsend x -\n< 42[\"x\"]\ndue\nleave /\n",
          BECAME_READY "left '/': the server ended the namespace (41)\nwake 0\n"
                       "ended '/': the server ended the namespace (41)\n"
                       "refuses: namespace '/' is not joined; join it first\n"
                       "refuses: namespace '/' is not joined; join it first\n" },
        { READY "join /a\n< 40/a,{\"sid\":\"n2\"}\n< 41\n< 41\nsend x -\njoin /\n"
                "< 40{\"sid\":\"n9\"}\n< 1\n< 2\n",
          BECAME_READY "> 40/a,\njoined '/a': {\"sid\":\"n2\"}\n"
                       "left '/': the server ended the namespace (41)\n"
                       "refuses: namespace '/' is not joined; join it first\n"
                       "> 40\njoined '/': {\"sid\":\"n9\"}\n"
                       "wake 0\nended: the server closed the session of Engine.IO (1)\n" },
        { READY "join /a\n< 40/a,{\"sid\":\"n2\"}\njoin /b\ngoodbye\n< 42[\"x\"]\n",
          BECAME_READY
          "> 40/a,\njoined '/a': {\"sid\":\"n2\"}\n> 40/b,\n> 41\n> 41/a,\nwake 0\n" },
        { "goodbye\n", "wake 0\n" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void a_server_without_pings_is_dead(void **state)
{
    (void)state;
    static const struct script_case cases[] = {
        { READY "due\ndue\n< 2\n",
          BECAME_READY "broken: the server sent no ping of Engine.IO within pingInterval and "
                       "pingTimeout, 25000 ms + 20000 ms\n" },
        { "due\n", "" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void what_the_server_does_not_take_is_not_sent(void **state)
{
    (void)state;
    static const char script[] =
        "opened\n< 0{\"sid\":\"s1\",\"pingInterval\":1,\"pingTimeout\":1,\"maxPayload\":40}\n"
        "< 40{\"sid\":\"n1\"}\n"
        "call long - \"0123456789012345678901234567890123456789\"\ncall short -\n"
        "send b - {\"$base64\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n";
    assert_protocol(&socketio_protocol, NULL, script,
                    "wake 2\n> 40\nready '/': n1\n"
                    "refuses: a message of 54 bytes passes the server's maxPayload of 40 "
                    "bytes; open the socket as text to see what the server does with it\n"
                    "> 420[\"short\"]\ncalled 0\n"
                    "refuses: a message of 42 bytes passes the server's maxPayload of 40 "
                    "bytes; open the socket as text to see what the server does with it\n");
}

static void the_url_gets_what_engine_io_needs(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *expected;
        const char *query;
        const char *session;
    } cases[] = {
        { "", "/socket.io/", "EIO=4&transport=websocket&", "" },
        { "/", "/socket.io/", "EIO=4&transport=websocket&", "" },
        { "/socket.io/", "/socket.io/", "EIO=4&transport=websocket&", "" },
        { "/rt?EIO=4&a=b&sid=x_1", "/rt?EIO=4&a=b&sid=x_1", "transport=websocket&", "x_1" },
        { "wss://host", "wss://host/socket.io/", "EIO=4&transport=websocket&", "" },
        { "wss://host:1/?EIO=3", "wss://host:1/socket.io/?EIO=3", "transport=websocket&", "" },
        { "wss://host?next=/x", "wss://host/socket.io/?next=/x", "EIO=4&transport=websocket&",
          "" },
        { "/rt?to=ws://x/", "/rt?to=ws://x/", "EIO=4&transport=websocket&", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct arena arena CLEANUP(arena_release);
        struct headers query = { 0 };
        struct protocol_options options = { .session = TEXT_EMPTY };
        struct buffer pairs CLEANUP(buffer_release);
        arena_init(&arena);
        buffer_init(&pairs, 1000);
        struct text url =
            socketio_protocol.address(&options, text_of(cases[i].url), &query, &arena);
        for (size_t k = 0; k < query.count; k++) {
            buffer_add_format(&pairs, "%.*s=%.*s&", TEXT_ARG(query.list[k].name),
                              TEXT_ARG(query.list[k].value));
        }
        assert_string_equal(url.at, cases[i].expected);
        assert_string_equal(pairs.at, cases[i].query);
        assert_true(text_is(options.session, cases[i].session));
    }
}

static void a_sid_in_the_query_is_a_session_of_polling(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct headers query = { 0 };
    struct protocol_options options = { .session = TEXT_EMPTY };
    arena_init(&arena);
    headers_add(&query, &arena, TEXT("sid"), TEXT("q9"));
    (void)socketio_protocol.address(&options, TEXT("/rt"), &query, &arena);
    assert_true(text_is(options.session, "q9"));
    assert_int_equal(query.count, 3);
}

static void packets_that_break_the_protocol_say_which_rule_and_show_the_bytes(void **state)
{
    (void)state;
#define HELLO "a session of Engine.IO begins with an open packet (0): "
#define NEEDS_TIMES                                                                            \
    "Engine.IO's open packet needs 'pingInterval' and 'pingTimeout' in milliseconds: "
#define EVENT_RULE "an event of Socket.IO is an array that begins with the event's name: "
#define COUNT_RULE                                                                             \
    "a binary packet of Socket.IO needs the number of its attachments and '-' after its "      \
    "type: "
    static const struct script_case before[] = {
        { "opened\n< 40\n", HELLO "'40'" },
        { "opened\n<< x\n", HELLO "'x'" },
        { "opened\n< \n", "an empty message is no packet of Engine.IO" },
        { "opened\n< 0\n", "the data of Engine.IO's open packet is not an object: '0'" },
        { "opened\n< 0[]\n", "the data of Engine.IO's open packet is not an object: '0[]'" },
        { "opened\n< 0{}\n", "Engine.IO's open packet has no 'sid': '0{}'" },
        { "opened\n< 0{\"sid\":\"a\"}\n", NEEDS_TIMES "'0{\"sid\":\"a\"}'" },
        { "opened\n< 0{\"sid\":\"a\",\"pingInterval\":0,\"pingTimeout\":1}\n",
          NEEDS_TIMES "'0{\"sid\":\"a\",\"pingInterval\":0,\"pingTimeout\":1}'" },
        { "opened\n< 0{\"sid\":\"a\",\"pingInterval\":\"5\",\"pingTimeout\":1}\n",
          NEEDS_TIMES "'0{\"sid\":\"a\",\"pingInterval\":\"5\",\"pingTimeout\":1}'" },
        { "opened\n< 0{\"sid\":\"a\",\"pingInterval\":5,\"pingTimeout\":9999999999}\n",
          NEEDS_TIMES "'0{\"sid\":\"a\",\"pingInterval\":5,\"pingTimeout\":9999999999}'" },
    };
    static const struct script_case after[] = {
        { "< 0{}\n", "a second open packet of Engine.IO: '0{}'" },
        { "< 5\n", "only a client sends Engine.IO's upgrade packet (5): '5'" },
        { "< x\x1b[1m\n", "a packet of Engine.IO begins with a type of 0 to 6: 'x\\x1b[1m'" },
        { "< 7\n", "a packet of Engine.IO begins with a type of 0 to 6: '7'" },
        { "<< x\n", "bytes that no packet of Socket.IO announced: 'x'" },
        { "< 4\n", "a packet of Socket.IO begins with a type of 0 to 6" },
        { "< 47\n", "a packet of Socket.IO begins with a type of 0 to 6: '7'" },
        { "< 45[\"a\"]\n", COUNT_RULE "'5[\"a\"]'" },
        { "< 451[\"a\"]\n", COUNT_RULE "'51[\"a\"]'" },
        { "< 4599999999999999999999-[\"a\"]\n", COUNT_RULE "'599999999999999999999-[\"a\"]'" },
        { "< 451001-[\"a\"]\n",
          "a packet of Socket.IO has more than 1000 attachments: '51001-[\"a\"]'" },
        { "< 4299999999999999999999[\"a\"]\n",
          "the id of a packet of Socket.IO is too large: '299999999999999999999[\"a\"]'" },
        { "< 42[\"a\"\n", "the data of a packet of Socket.IO is not JSON: '2[\"a\"'" },
        { "< 42\n", EVENT_RULE "'2'" },
        { "< 42{\"a\":1}\n", EVENT_RULE "'2{\"a\":1}'" },
        { "< 42[]\n", EVENT_RULE "'2[]'" },
        { "< 42[null]\n", EVENT_RULE "'2[null]'" },
        { "< 451-[{}]\n", EVENT_RULE "'51-[{}]'" },
        { "< 43[]\n",
          "an acknowledgement of Socket.IO needs the id of what it answers: '3[]'" },
        { "< 431\n", "the data of an acknowledgement of Socket.IO is not an array: '31'" },
        { "< 461-1{}\n",
          "the data of an acknowledgement of Socket.IO is not an array: '61-1{}'" },
        { "< 430[]\n", "an acknowledgement of an event that was never sent: '30[]'" },
        { "< 40[]\n", "the data of Socket.IO's CONNECT is not an object: '0[]'" },
        { "< 40{\"sid\":\"b\"}\n",
          "a namespace of Socket.IO was joined without being asked: '0{\"sid\":\"b\"}'" },
        { "join /a\n< 40/a\n",
          "Socket.IO's CONNECT has no 'sid': is the server of a version before 3: '0/a'" },
        { "< 41{}\n", "Socket.IO's DISCONNECT has no data: '1{}'" },
        { "< 445\n",
          "the data of Socket.IO's CONNECT_ERROR is neither an object nor a text: '45'" },
        { "< 44\n",
          "the data of Socket.IO's CONNECT_ERROR is neither an object nor a text: '4'" },
        { "< 42/x,[\"a\"]\n", "a packet for a namespace that was never joined: '2/x,[\"a\"]'" },
        { "< 451-[\"a\"]\n< 42[\"b\"]\n",
          "a packet of Socket.IO while attachments of the one before are awaited: '2[\"b\"]'" },
        { "< 451-[\"a\",{\"_placeholder\":true,\"num\":1}]\n<< x\n",
          "a placeholder of Socket.IO names an attachment that is not there: "
          "'51-[\"a\",{\"_placeholder\":true,\"num\":1}]'" },
        { "< 451-[\"a\",[{\"_placeholder\":true}]]\n<< x\n",
          "a placeholder of Socket.IO names an attachment that is not there: "
          "'51-[\"a\",[{\"_placeholder\":true}]]'" },
        { "< "
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyyyy\n",
          "a packet of Engine.IO begins with a type of 0 to 6: "
          "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', the first 120 of 125 bytes" },
    };
    struct buffer script CLEANUP(buffer_release);
    struct buffer expected CLEANUP(buffer_release);
    buffer_init(&script, 10000);
    buffer_init(&expected, 10000);
    for (size_t i = 0; i < ARRAY_SIZE(before); i++) {
        buffer_clear(&expected);
        buffer_add_format(&expected, "wake 0\nbroken: %s\n", before[i].expected);
        assert_protocol(&socketio_protocol, NULL, before[i].script, expected.at);
    }
    for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
        bool joins = after[i].script[0] == 'j';
        buffer_clear(&script);
        buffer_clear(&expected);
        buffer_add_format(&script, READY "%s< 2\n", after[i].script);
        buffer_add_format(&expected, BECAME_READY "%swake 0\nbroken: %s\n",
                          joins ? "> 40/a,\n" : "", after[i].expected);
        assert_protocol(&socketio_protocol, NULL, script.at, expected.at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_opens_and_the_first_namespace_is_joined),
        cmocka_unit_test(options_say_the_namespace_and_what_it_is_joined_with),
        cmocka_unit_test(a_session_of_polling_is_upgraded),
        cmocka_unit_test(events_come_with_none_one_or_several_arguments),
        cmocka_unit_test(events_and_answers_are_sent),
        cmocka_unit_test(bytes_go_and_come_beside_the_data),
        cmocka_unit_test(namespaces_are_joined_refused_and_left),
        cmocka_unit_test(a_server_without_pings_is_dead),
        cmocka_unit_test(what_the_server_does_not_take_is_not_sent),
        cmocka_unit_test(the_url_gets_what_engine_io_needs),
        cmocka_unit_test(a_sid_in_the_query_is_a_session_of_polling),
        cmocka_unit_test(packets_that_break_the_protocol_say_which_rule_and_show_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
