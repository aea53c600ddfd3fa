/* SPDX-License-Identifier: MIT */
/* Sections H and I of the vocabulary, in whole scenarios against a server that talks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"
#include "support/talk.h"

#define OPEN "When I open the \"t\" socket at \"/talk\"\n"
#define GREET "When I open the \"g\" socket at \"/greet\"\n"
#define SAY(text) "When I send text '" text "'\n"
#define DOC(json) "  \"\"\"\n  " json "\n  \"\"\"\n"

static void sockets_send_and_receive(void **state)
{
    static const struct trial rows[] = {
        { "When I open a socket at \"/echo\"\nAnd I send text \"hello\"\n"
          "Then I receive a message\nAnd the message is \"hello\"\n"
          "And my message starts with \"he\"\nAnd the message delay is less than 2 s\n",
          "passed\n" },
        { OPEN "When I send text:\n" DOC("two words") "Then I receive the next message where "
                                                      "the text is \"two words\"\n",
          "passed\n" },
        { OPEN "When I send JSON:\n" DOC("{\"type\": \"seat\", \"n\": ${n}}"),
          "failed\nfailed: I…" },
        { OPEN "Given I set variable \"n\" to 3\nWhen I send JSON:\n" DOC(
              "{\"type\": \"seat\", \"n\": ${n}}") "Then I receive a \"seat\" event "
                                                   "matching:\n" DOC("{\"n\": "
                                                                     "3}") "And the message is "
                                                                           "'{\"type\":"
                                                                           "\"seat\",\"n\":3}'"
                                                                           "\n"
                                                                           "And the message "
                                                                           "JSON at \"$.n\" is "
                                                                           "3\n"
                                                                           "And I save the "
                                                                           "message JSON at "
                                                                           "\"$.n\" as \"m\"\n"
                                                                           "And the variable "
                                                                           "\"m\" is 3\n",
          "passed\n" },
        { OPEN "When I send bytes \"01 FF 00\"\nThen I receive a message\n", "passed\n" },
        { OPEN "When I send file \"frame.bin\"\nThen I receive a message where the text is "
               "\"bytes\"\n",
          "passed\n" },
        { OPEN
          "When I send event \"ready\"\nThen I receive an event \"ready\"\n"
          "When I send event \"move\" with JSON:\n" DOC("{\"x\": 1}") "Then I receive a "
                                                                      "\"move\" event where "
                                                                      "the JSON at \"$.x\" is "
                                                                      "1\n",
          "passed\n" },
        { GREET "Then I receive a \"tick\" event where the JSON at \"$.n\" is 2\n"
                "And I receive a \"hello\" event\nAnd I receive the next event\n"
                "And the message JSON at \"$.n\" is 1\nAnd I receive no \"error\" event\n"
                "And I receive a \"tick\" event where the JSON at every \"$.*\" is not null\n"
                "And I receive nothing else\n",
          "passed\n" },
        { GREET "Then I receive in order:\n  | event | JSON |\n  | hello | |\n"
                "  | tick | {\"n\": 1} |\n  | tick | {\"n\": 3} |\n"
                "And I receive the next \"tick\" event\nAnd I receive nothing else\n",
          "passed\n" },
        { GREET "Then I receive in any order:\n  | event | JSON |\n  | tick | |\n"
                "  | tick | {\"n\": 1} |\n  | hello | {} |\nAnd I receive exactly 1 \"tick\" "
                "event in 300 ms\n",
          "passed\n" },
        { GREET
          "Then I receive at least 3 \"tick\" events\nAnd the message JSON at \"$.n\" is 3\n"
          "And I receive a message\nAnd I receive nothing else\n",
          "passed\n" },
        { "Given I open the \"g\" socket at \"/greet\"\nAnd I ignore \"tick\" events\n"
          "Then I receive a \"hello\" event\nAnd I receive nothing else\n"
          "And I receive no \"error\" event for 300 ms\n",
          "passed\n" },
        { OPEN "Given I answer /^pro(be)$/i with \"here\"\n" SAY("Probe")
              SAY("!in 50 here") "Then I receive a message\nAnd the message is \"here\"\n"
                                 "And I receive a message\nAnd I receive nothing else\n",
          "passed\n" },
        { OPEN "When I ping the server\nThen the ping time is less than 2 s\n"
               "And my ping time is at least 0 ms\n",
          "passed\n" },
        { OPEN SAY("!in 30 late") "When I send GET \"/\"\nThen the status is 200\n"
                                  "And within 1 second I receive a message\n",
          "passed\n" },
        { "Given there are 3 spectators\n"
          "When all spectators open the \"g\" socket at \"/greet?of=${actor}\"\n"
          "Then within 2 seconds all spectators receive a \"hello\" event\n"
          "And all spectators' message spread is less than 2 s\n"
          "And all spectators' \"g\" sockets receive at least 3 \"tick\" events\n"
          "And all spectators receive nothing else\n"
          "And everyone receives no \"x\" event\nAnd all spectators' sockets are open\n"
          "When all spectators close the \"g\" socket\n"
          "Then all spectators' \"g\" sockets are closed with code 1000\n",
          "passed\n" },
        { "When alice opens the \"a\" socket at \"/echo\"\nAnd bob opens the \"b\" socket at "
          "\"/echo\"\nAnd alice's \"a\" socket sends text \"one\"\n"
          "And alice and bob send text \"${actor}\"\n"
          "Then alice receives the next message where the text is \"one\"\n"
          "And alice receives the next message where the text is \"alice\"\n"
          "And bob receives the next message where the text is \"bob\"\n"
          "When bob sends text \"again\"\nThen everyone else receives nothing else\n"
          "And bob's \"b\" socket receives a message\nAnd the message is \"again\"\n",
          "passed\n" },
        { "When at the same time:\n  | alice opens the \"a\" socket at \"/greet\" |\n"
          "  | bob opens the \"b\" socket at \"/greet\" |\n"
          "Then at the same time:\n  | alice receives a \"hello\" event |\n"
          "  | bob receives a \"hello\" event |\nAnd the message spread is less than 2 s\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void sockets_go_with_the_other_steps(void **state)
{
    static const struct trial rows[] = {
        { "When alice opens the \"a\" socket at \"/greet\"\n"
          "And bob opens the \"b\" socket at \"/greet\"\nThen at the same time:\n"
          "  | within 2 seconds alice receives a \"hello\" event |\n"
          "  | within 300 ms bob receives a \"none\" event |\n",
          "failed\nfailed: at the same time:: \nfailed: within 300 ms bob receives a \"none\" "
          "event: bob's \"b\" socket "
          "received no \"none\" event within 300 ms: 4 messages came, 4 unread\n…" },
        { "When alice opens the \"a\" socket at \"/greet\"\nThen at the same time:\n"
          "  | within ${nothing} ms alice receives a \"hello\" event |\n",
          "failed\nfailed: at the same time:: unknown variable 'nothing'\n…" },
        { "When alice opens the \"a\" socket at \"/greet\"\nAnd alice receives a \"tick\" "
          "event\n"
          "And alice sends GET \"/\"\nThen alice's response matches:\n"
          "  | status | is 200 |\n  | message JSON at \"$.n\" | is 1 |\n"
          "  | message delay | is less than 5 s |\n"
          "And alice's message JSON at \"$.n\" is the same as alice's message JSON at \"$.n\"\n"
          "And alice saves the match of /tick/ in the message as \"kind\"\n"
          "And alice's variable \"kind\" is \"tick\"\n"
          "And alice attaches the message as \"message.json\"\n"
          "And alice writes the message to file \"message.json\"\n",
          "passed\n" },
        { "When alice and bob open the \"a\" socket at \"/greet\"\n"
          "And alice and bob receive a \"hello\" event\n"
          "Then the message JSON at \"$.type\" is \"hello\"\n"
          "And the message spread is less than 5 s\n"
          "And alice's \"a\" socket receives a \"tick\" event\n"
          "And the message JSON at \"$.n\" is 1\nAnd the \"a\" sockets are open\n"
          "When alice drops the socket\nThen the \"a\" sockets are closed\n",
          "failed\nfailed: the \"a\" sockets are closed: bob's \"a\" socket is still open "
          "within "
          "1 s\n…" },
        { "When alice and bob open the \"a\" socket at \"/greet\"\n"
          "And alice and bob receive a \"tick\" event\n"
          "Then the message JSON at \"$.n\" is 2\n",
          "failed\nfailed: the message JSON at \"$.n\" is 2: alice: the message JSON at "
          "\"$.n\" "
          "is not as expected\n…" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void sockets_are_closed_dropped_and_opened_again(void **state)
{
    static const struct trial rows[] = {
        { OPEN
          "When I close the \"t\" socket with code 4001 and reason \"idle\"\n"
          "Then my \"t\" socket is closed with code 4001\nAnd the close reason is \"idle\"\n",
          "passed\n" },
        { OPEN
          "When I close the socket with code 4002\nThen the socket is closed with code 4002\n"
          "When I reconnect the socket\nThen the socket is open\n" SAY(
              "x") "Then I receive a message\n",
          "passed\n" },
        { OPEN SAY("!close 1012 restart") "Then within 1 second my socket is closed with code "
                                          "1012\nAnd my close reason contains \"restart\"\n"
                                          "When I reconnect the \"t\" socket\n"
                                          "Then the \"t\" socket is open\n",
          "passed\n" },
        { OPEN "When I drop the \"t\" socket\nThen the socket is closed\n"
               "And I open the \"t\" socket at \"/talk\"\n",
          "passed\n" },
        { OPEN "Given afterwards I send text \"bye\"\nThen the socket is open\n", "passed\n" },
        { OPEN SAY("!reset") "Then the socket is closed\n", "passed\n" },
        { "Then mallory cannot open a socket at \"/refuse\"\nAnd the status is 403\n"
          "And mallory's JSON at \"$.error\" is \"not you\"\n",
          "passed\n" },
        { "When I open the \"s\" event stream at \"/stream\"\n"
          "Then I receive a \"score\" event matching:\n" DOC(
              "{\"n\": 2}") "And I receive a "
                            "\"score\" event\nAnd my \"s\" event stream receives a message "
                            "where the text is "
                            "\"plain\"\nAnd I receive nothing else\nAnd the \"s\" event stream "
                            "is open\n"
                            "When I close the \"s\" event stream\nThen the event stream is "
                            "closed\n",
          "passed\n" },
        { "When I open the \"s\" event stream at \"/stream-ends\"\n"
          "Then the event stream is closed\nAnd I receive at least 2 \"score\" events\n"
          "When I reconnect the \"s\" event stream\nThen I receive a message\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void protocols_have_events_calls_and_channels(void **state)
{
    static const struct trial rows[] = {
        { "When I open the \"s\" socket at \"/socket.io/\" as Socket.IO\n"
          "And I send event \"move\" with JSON:\n" DOC(
              "{\"x\": 1}") "Then I receive a \"move\" "
                            "event matching:\n" DOC("{\"x\": 1}") "When I call \"bet\" with "
                                                                  "JSON:\n" DOC(
                                                                      "[5, 6]") "Then the "
                                                                                "message JSON "
                                                                                "at \"$.ok\" "
                                                                                "is true\n"
                                                                                "When I call "
                                                                                "\"fold\"\nThen"
                                                                                " the message "
                                                                                "delay is less "
                                                                                "than 2 s\n"
                                                                                "When I join "
                                                                                "namespace "
                                                                                "\"/"
                                                                                "omaha\"\nThen "
                                                                                "I receive "
                                                                                "nothing "
                                                                                "else\n",
          "passed\n" },
        { "When I open the \"s\" socket at \"/socket.io/\" with:\n  | protocol | Socket.IO |\n"
          "  | namespace | / |\n  | auth | {\"token\": \"${actor}\"} |\n"
          "  | header \"X-A\" | b |\n  | query \"v\" | 2 |\n"
          "Given I answer /^question$/ with \"yes\"\nWhen I send event \"ask\"\n"
          "Then I receive in any order:\n  | event | JSON |\n  | answer | \"yes\" |\n"
          "  | told | true |\nAnd I receive nothing else\n",
          "passed\n" },
        { "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"
          "And I subscribe to channel \"lobby\"\nAnd I subscribe to channel "
          "\"private-table.7\"\n"
          "Then I cannot subscribe to channel \"private-staff\"\nAnd the status is 403\n"
          "When I send event \"client-typing\" to channel \"private-table.7\" with JSON:\n" DOC(
              "{\"a\": 1}") "Then I receive a \"client-typing\" event on channel "
                            "\"private-table.7\"\n"
                            "And I receive nothing else\nWhen I subscribe to channel "
                            "\"presence-table.7\"\n"
                            "Then the member list of channel \"presence-table.7\" has 2 items\n"
                            "When I send GET \"/\"\nThen the body contains \"X-Socket-ID: "
                            "12.34\"\n"
                            "When I unsubscribe from channel \"lobby\"\nThen the socket is "
                            "open\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void what_does_not_come_is_told_with_the_inbox(void **state)
{
    static const struct trial rows[] = {
        { GREET "Then within 300 ms I receive a \"tick\" event matching:\n" DOC("{\"n\": 4}"),
          "failed\nfailed: within 300 ms I receive a \"tick\" event matching:: my \"g\" socket "
          "received no \"tick\" event that matches within 300 ms: 4 messages came, 4 unread\n"
          "  the nearest, \"tick\" at …" },
        { GREET "Then within 300 ms I receive a \"tock\" event on channel \"c\"\n",
          "failed\nfailed: within 300 ms I receive a \"tock\" event on channel \"c\": my \"g\" "
          "socket received no \"tock\" event on channel \"c\" within 300 ms: 4 messages came, "
          "4 "
          "unread\n  hint: compare with the inbox below; or give it longer with 'within … '\n"
          "  | inbox of my \"g\" socket (times from the start of the step):\n  |   …" },
        { GREET
          "Then within 300 ms I receive a \"tick\" event where the JSON at \"$.n\" is 9\n",
          "failed\nfailed: within 300 ms I receive a \"tick\" event where the JSON at \"$.n\" "
          "is "
          "9: my \"g\" socket received no \"tick\" event where the JSON at \"$.n\" is 9 within "
          "300 ms: 4 messages came, 4 unread\n  the nearest, \"tick\" at …" },
        { OPEN "Then within 300 ms I receive a message where the JSON at \"$.n\" is 9\n",
          "failed\nfailed: within 300 ms I receive a message where the JSON at \"$.n\" is 9: "
          "my "
          "\"t\" socket received no message where the JSON at \"$.n\" is 9 within 300 ms: no "
          "message came\n  hint: is it the right socket? or give it longer with 'within … '\n"
          "  | the inbox of my \"t\" socket is empty\n" },
        { OPEN SAY(
              "plain") "Then within 300 ms I receive a message where the JSON at \"$.n\" is "
                       "9\n",
          "failed\nfailed: within 300 ms I receive a message where the JSON at \"$.n\" is 9: "
          "my "
          "\"t\" socket received no message where the JSON at \"$.n\" is 9 within 300 ms: 1 "
          "message came, 1 unread\n  the nearest, at …" },
        { OPEN "Then I receive a message\n",
          "failed\nfailed: I receive a message: my \"t\" socket received no message within 1 "
          "s: no message came\n…" },
        { GREET "Then I receive the next \"tick\" event\n",
          "failed\nfailed: I receive the next \"tick\" event: the next message of my \"g\" "
          "socket "
          "is not the \"tick\" event but \"hello\" {\"type\":\"hello\"}\n  hint: write 'a' "
          "instead of 'the next' where others may come before it\n…" },
        { GREET
          "Then within 300 ms I receive in order:\n  | event | JSON |\n  | tick | {\"n\": 2} "
          "|\n  | hello | |\n",
          "failed\nfailed: within 300 ms I receive in order:: my \"g\" socket received no "
          "\"hello\" event within 300 ms: 4 messages came, 3 unread\n…" },
        { GREET "Then within 300 ms I receive in any order:\n  | event | JSON |\n"
                "  | tick | {\"n\": 2} |\n  | tick | {\"n\": 2} |\n",
          "failed\nfailed: within 300 ms I receive in any order:: my \"g\" socket received no "
          "\"tick\" event that matches within 300 ms: 4 messages came, 4 unread\n…" },
        { GREET "Then I receive exactly 4 \"tick\" events in 300 ms\n",
          "failed\nfailed: I receive exactly 4 \"tick\" events in 300 ms: my \"g\" socket "
          "received "
          "3 \"tick\" events within 300 ms, not exactly 4\n…" },
        { GREET "Then I receive exactly 2 \"tick\" events in 300 ms\n",
          "failed\nfailed: I receive exactly 2 \"tick\" events in 300 ms: my \"g\" socket "
          "received "
          "3 \"tick\" events already, not exactly 2\n…" },
        { GREET "Then within 300 ms I receive at least 4 \"tick\" events\n",
          "failed\nfailed: within 300 ms I receive at least 4 \"tick\" events: my \"g\" socket "
          "received 3 \"tick\" events within 300 ms, not at least 4\n…" },
        { GREET "Then I receive no \"tick\" event\n",
          "failed\nfailed: I receive no \"tick\" event: my \"g\" socket received what it "
          "should "
          "not: \"tick\" {\"type\":\"tick\",\"n\":1}\n…" },
        { GREET "Then I receive no \"tick\" event for 300 ms\n",
          "failed\nfailed: I receive no \"tick\" event for 300 ms: my \"g\" socket received "
          "what "
          "it should not: \"tick\" {\"type\":\"tick\",\"n\":1}\n…" },
        { GREET "Then I receive nothing else\n",
          "failed\nfailed: I receive nothing else: my \"g\" socket received something else: "
          "\"hello\" {\"type\":\"hello\"}\n  hint: receive it before, or ignore its "
          "events\n…" },
        { OPEN SAY("!deaf") "Then I receive no \"x\" event\n",
          "failed\nfailed: I receive no \"x\" event: my \"t\" socket got no pong to its ping "
          "within 1 s, so it is not known what is under way\n…" },
        { OPEN SAY("!deaf") "When within 300 ms I ping the server\n",
          "failed\nfailed: within 300 ms I ping the server: no pong to the ping of my \"t\" "
          "socket within 300 ms\n…" },
        { "When I open the \"x\" socket at \"/talk\" as text\nThen I receive a \"tick\" "
          "event\n",
          "failed\nfailed: I receive a \"tick\" event: my \"x\" socket speaks text, in which "
          "events have no names\n…" },
        { "Given there are 3 spectators\nWhen all spectators open a socket at \"/echo\"\n"
          "Then within 300 ms all spectators receive a message\n",
          "failed\nfailed: within 300 ms all spectators receive a message: spectators-1's "
          "socket "
          "received no message within 300 ms (nor did 2 others): no message came\n…" },
        { OPEN SAY("x") "Then I receive a message\nAnd the message is \"y\"\n",
          "failed\nfailed: the message is \"y\": the message is not as expected\n  the "
          "message: "
          "expected is \"y\", found \"x\"\n  | inbox of my \"t\" socket (times from the start "
          "of "
          "the step):\n…" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void what_cannot_be_done_is_said(void **state)
{
    static const struct trial rows[] = {
        { "When I send text \"x\"\n",
          "failed\nfailed: I send text \"x\": I have opened no socket\n"
          "  hint: open it first: I open the \"x\" socket at \"/realtime\"\n" },
        { OPEN "When alice's \"t\" socket sends text \"x\"\n",
          "failed\nfailed: alice's \"t\" socket sends text \"x\": alice has no \"t\" socket\n"
          "  hint: open it first: alice opens the \"x\" socket at \"/realtime\"\n" },
        { "Then the socket is open\n",
          "failed\nfailed: the socket is open: I have opened no socket\n…" },
        { "Then everyone receives a message\n",
          "failed\nfailed: everyone receives a message: …" },
        { OPEN "When I open the \"t\" socket at \"/talk\"\n",
          "failed\nfailed: I open the \"t\" socket at \"/talk\": my \"t\" socket is open "
          "already\n"
          "  hint: close it first, or give the new one another name\n" },
        { "When I open a socket at \"/refuse\"\n",
          "failed\nfailed: I open a socket at \"/refuse\": my socket was refused with status "
          "403 "
          "Forbidden\n  hint: …" },
        { "When I open a socket at \"http://127.0.0.1:1/\"\n",
          "failed\nfailed: I open a socket at \"http://127.0.0.1:1/\": my socket could not be "
          "opened: …" },
        { "Then I cannot open a socket at \"http://127.0.0.1:1/\"\n",
          "failed\nfailed: I cannot open a socket at \"http://127.0.0.1:1/\": my socket could "
          "not "
          "be opened: …" },
        { "Then I cannot open a socket at \"/talk\"\n",
          "failed\nfailed: I cannot open a socket at \"/talk\": my socket is not as expected\n"
          "  my socket: expected a refusal, found it is open\n" },
        { "When I open the \"s\" socket at \"/talk\" as Socket.IO\n",
          "failed\nfailed: I open the \"s\" socket at \"/talk\" as Socket.IO: my \"s\" socket "
          "is "
          "not open within 1400 ms: the server accepted it, but its protocol did not "
          "begin\n…" },
        { "When I open the \"s\" socket at \"/talk\" as GraphQL\n",
          "failed\nfailed: I open the \"s\" socket at \"/talk\" as GraphQL: the protocol "
          "'GraphQL' is not in this version\n…" },
        { "When I open the \"s\" socket at \"/hang\"\n",
          "failed\nfailed: I open the \"s\" socket at \"/hang\": my \"s\" socket …" },
        { "When I open the \"s\" socket at \"/talk\" with:\n  | colour | red |\n",
          "failed\nfailed: I open the \"s\" socket at \"/talk\" with:: unknown part of a "
          "socket "
          "'colour'\n…" },
        { "When I open the \"s\" socket at \"/talk\" with:\n  | protocol | Phoenix |\n",
          "failed\nfailed: I open the \"s\" socket at \"/talk\" with:: the protocol 'Phoenix' "
          "is "
          "not in this version\n…" },
        { "When I open the \"s\" socket at \"/talk\" with:\n  | event at | $[ |\n",
          "failed\nfailed: …" },
        { OPEN "When I close the socket\nAnd I send text \"x\"\n",
          "failed\nfailed: I send text \"x\": my \"t\" socket is not open: it was closed by us "
          "with code 1000\n…" },
        { OPEN SAY("!close 1012 restart") "Then I receive a message\n",
          "failed\nfailed: I receive a message: my \"t\" socket received no message and was "
          "closed by the server with code 1012 ('restart'): no message came\n…" },
        { OPEN SAY("!break") "Then I receive nothing else\n",
          "failed\nfailed: I receive nothing else: my \"t\" socket is not open: it broke: …" },
        { OPEN SAY("!break") "Then I receive no \"x\" event for 500 ms\n",
          "failed\nfailed: I receive no \"x\" event for 500 ms: my \"t\" socket is not open: "
          "it "
          "broke: …" },
        { OPEN SAY("!close 1001 -") "Then I receive at least 1 \"x\" event\n",
          "failed\nfailed: I receive at least 1 \"x\" event: my \"t\" socket received 0 \"x\" "
          "events before its end, not at least 1\n…" },
        { OPEN SAY("!close 1001 -") "Then I receive in order:\n  | event |\n  | x |\n",
          "failed\nfailed: I receive in order:: my \"t\" socket received no \"x\" event and "
          "was "
          "closed by the server with code 1001 ('-'): …" },
        { OPEN SAY("!close 1001 -") "Then I receive in any order:\n  | event |\n  | x |\n",
          "failed\nfailed: I receive in any order:: my \"t\" socket received no \"x\" event "
          "and "
          "was closed by the server with code 1001 ('-'): …" },
        { OPEN SAY("!close 1001 -") "When I ping the server\n",
          "failed\nfailed: I ping the server: my \"t\" socket …" },
        { OPEN SAY(
              "!close 1001 -") "Then within 1 second the socket is closed with code 1012\n",
          "failed\nfailed: within 1 second the socket is closed with code 1012: the close code "
          "of "
          "my \"t\" socket is not as expected\n  the close code of my \"t\" socket: expected "
          "1012, "
          "found 1001 (it was closed by the server with code 1001 ('-'))\n…" },
        { OPEN "Then the socket is closed\n", "failed\nfailed: the socket is closed: my \"t\" "
                                              "socket is still open within 1 s\n…" },
        { OPEN "When I drop the socket\nThen the socket is open\n",
          "failed\nfailed: the socket is open: my \"t\" socket is not as expected\n  my \"t\" "
          "socket: expected open, found it was closed by us without a close frame\n…" },
        { OPEN "When I drop the socket\nAnd I drop the socket\n",
          "failed\nfailed: I drop the socket: my \"t\" socket is not open: …" },
        { OPEN "When I close the socket with code 1005\n",
          "failed\nfailed: I close the socket with code 1005: 1005 is no code of a close "
          "frame\n…" },
        { OPEN "When I reconnect the socket\n",
          "failed\nfailed: I reconnect the socket: my \"t\" socket is still open\n…" },
        { "When I open the \"o\" socket at \"/stream\"\n", "failed\nfailed: …" },
        { "When I open the \"s\" event stream at \"/stream\"\nAnd I send text \"x\"\n",
          "failed\nfailed: I send text \"x\": my \"s\" event stream only receives\n…" },
        { "When I open the \"s\" event stream at \"/stream\"\nAnd I ping the server\n",
          "failed\nfailed: I ping the server: my \"s\" event stream cannot be pinged\n…" },
        { "When I open the \"s\" event stream at \"/refuse\"\n",
          "failed\nfailed: I open the \"s\" event stream at \"/refuse\": my \"s\" event stream "
          "was refused with status 403 Forbidden\n…" },
        { OPEN "When I send bytes \"0x\"\n",
          "failed\nfailed: I send bytes \"0x\": cannot read the bytes '0x'\n"
          "  hint: write pairs of hexadecimal digits: 01 ff 00\n" },
        { OPEN "When I send file \"none\"\n", "failed\nfailed: I send file \"none\": …" },
        { OPEN "When I send JSON:\n" DOC("{]"), "failed\nfailed: I send JSON:: …" },
        { OPEN "When I call \"x\"\n", "failed\nfailed: I call \"x\": …" },
        { OPEN "When I subscribe to channel \"x\"\n",
          "failed\nfailed: I subscribe to channel \"x\": …" },
        { OPEN "When I unsubscribe from channel \"x\"\n", "failed\nfailed: I unsub…" },
        { OPEN "Given I answer /(/ with \"x\"\n",
          "failed\nfailed: I answer /(/ with \"x\": cannot read the regular expression: …" },
        { "When I open the \"s\" socket at \"/socket.io/\" as Socket.IO\n"
          "And within 300 ms I call \"silence\"\n",
          "failed\nfailed: within 300 ms I call \"silence\": no answer to the call 'silence' "
          "of "
          "my "
          "\"s\" socket within 300 ms\n…" },
        { "When I open the \"s\" socket at \"/socket.io/\" as Socket.IO\n"
          "And I join namespace \"/staff\"\n",
          "failed\nfailed: I join namespace \"/staff\": my \"s\" socket could not join "
          "'/staff': "
          "…" },
        { "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"
          "And I subscribe to channel \"private-staff\"\n",
          "failed\nfailed: I subscribe to channel \"private-staff\": my \"p\" socket could not "
          "join 'private-staff': …" },
        { "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"
          "Then I cannot subscribe to channel \"lobby\"\n",
          "failed\nfailed: I cannot subscribe to channel \"lobby\": my \"p\" socket on 'lobby' "
          "is "
          "not as expected\n  my \"p\" socket on 'lobby': expected a refusal, found it has "
          "joined\n" },
        { "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"
          "And I subscribe to channel \"private-odd\"\n",
          "failed\nfailed: I subscribe to channel \"private-odd\": my \"p\" socket could not "
          "join "
          "'private-odd': …" },
        { "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"
          "Then the member list of channel \"presence-x\" has 2 items\n",
          "failed\nfailed: the member list of channel \"presence-x\" has 2 items: no members "
          "of "
          "channel 'presence-x' are known to I\n…" },
        { OPEN "Then the message is \"x\"\n",
          "failed\nfailed: the message is \"x\": I have received no message yet\n"
          "  hint: receive one first\n" },
        { OPEN "Then the message spread is less than 1 s\n", "failed\nfailed: the message…" },
        { OPEN "Then the ping time is less than 1 s\n",
          "failed\nfailed: the ping time is less than 1 s: I have pinged no server yet\n…" },
        { OPEN "Then the close reason is \"x\"\n",
          "failed\nfailed: the close reason is \"x\": I have no closed socket\n…" },
        { OPEN SAY("x") "Then I receive a message\nAnd the message JSON at \"$.a\" is 1\n",
          "failed\nfailed: the message JSON at \"$.a\" is 1: I have a message that is not "
          "JSON\n…" },
        { OPEN SAY("x") "Then I receive a message matching:\n" DOC("{\"a\": \"#wrong\"}"),
          "failed\nfailed: I receive a message matching:: …" },
        { OPEN "Then I receive in order:\n  | event | colour |\n  | x | red |\n",
          "failed\nfailed: I receive in order:: unknown column 'colour'\n…" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

#define SOCKET_IO "When I open the \"s\" socket at \"/socket.io/\" as Socket.IO\n"
#define PUSHER "When I open the \"p\" socket at \"/app/key1\" as Pusher\n"

static void ends_and_refusals_of_protocols_are_told(void **state)
{
    static const struct trial rows[] = {
        { SOCKET_IO "And I call \"gone\"\n",
          "failed\nfailed: I call \"gone\": my \"s\" socket is not open: it was closed by the "
          "server with code 1001 ('gone')\n…" },
        { SOCKET_IO "And I send event \"garbage\"\nThen I receive a message\n",
          "failed\nfailed: I receive a message: my \"s\" socket received no message and broke: "
          "…" },
        { SOCKET_IO "And I send event \"goodbye\"\nThen the socket is closed\n", "passed\n" },
        { "When I open the \"s\" socket at \"/socket.io/?quick=1\" as Socket.IO\n"
          "Then the socket is closed\n",
          "failed\nfailed: the socket is closed: my \"s\" socket broke: …" },
        { "When I open the \"s\" socket at \"/socket.io/\" with:\n  | protocol | Socket.IO |\n"
          "  | auth | {\"refuse\": 1} |\n",
          "failed\nfailed: I open the \"s\" socket at \"/socket.io/\" with:: my \"s\" socket "
          "was refused: …" },
        { "When I open the \"s\" socket at \"/app/none\" as Pusher\n",
          "failed\nfailed: I open the \"s\" socket at \"/app/none\" as Pusher: my \"s\" socket "
          "was refused: …" },
        { SOCKET_IO "Given I answer /^427/ with \"{}\"\nWhen I send event \"ask\"\n"
                    "Then I receive an \"answer\" event matching:\n" DOC("{}"),
          "passed\n" },
        { PUSHER "And I subscribe to channel \"silence\"\n",
          "failed\nfailed: I subscribe to channel \"silence\": my \"p\" socket has no answer "
          "about 'silence' from the server within 1 s\n…" },
        { PUSHER "And I subscribe to channel \"gone\"\n",
          "failed\nfailed: I subscribe to channel \"gone\": my \"p\" socket could not join "
          "'gone': it was closed by the server with code 1001 ('gone')\n…" },
        { PUSHER "Then I cannot subscribe to channel \"gone\"\n",
          "failed\nfailed: I cannot subscribe to channel \"gone\": my \"p\" socket could not "
          "join 'gone': it was closed by the server with code 1001 ('gone')\n…" },
        { PUSHER "And I open the \"t\" socket at \"/talk\"\nAnd I subscribe to channel \"a\"\n"
                 "And I subscribe to channel \"a\"\nThen the \"p\" socket is open\n",
          "passed\n" },
        { PUSHER "And I subscribe to channel \"private-a\"\n"
                 "And I send event \"client-x\" to channel \"private-a\" with JSON:\n" DOC(
                     "1") "Then I receive in order:\n  | event | channel |\n"
                          "  | client-x | private-a |\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void what_a_server_does_not_do_in_time_is_told(void **state)
{
    static const struct trial rows[] = {
        { OPEN SAY("!stuck") "When I close the socket\n",
          "failed\nfailed: I close the socket: my \"t\" socket is not closed within 1 s\n"
          "  hint: the server did not answer the close frame\n" },
        { "When I open the \"t\" socket at \"/wrong\"\n",
          "failed\nfailed: I open the \"t\" socket at \"/wrong\": my \"t\" socket could not be "
          "opened: …" },
        { "Given bob uses request rate \"1/min\"\nWhen bob sends GET \"/\"\n"
          "Then the status is 200\nWhen bob opens the \"t\" socket at \"/talk\"\n",
          "failed\nfailed: bob opens the \"t\" socket at \"/talk\": bob's \"t\" socket is not "
          "open within 1400 ms: no answer came\n…" },
        { "Given there are 3 spectators\nWhen all spectators open a socket at \"/talk\"\n"
          "Then within 300 ms all spectators' sockets are closed\n",
          "failed\nfailed: within 300 ms all spectators' sockets are closed: spectators-1's "
          "socket "
          "is still open within 300 ms\n  hint: so are 2 more; give it longer with 'within … "
          "'\n…" },
        { OPEN
          "When I close the socket with code 4000 and reason "
          "\"0123456789012345678901234567890123456789012345678901234567890123456789012345678"
          "9012345678901234567890123456789012345678901234567890123456789\"\n",
          "failed\nfailed: …" },
        { "When alice sends GET \"/\"\nThen everyone receives a message\n",
          "failed\nfailed: everyone receives a message: nobody meant by the step has a "
          "socket\n…" },
        { "When I open the \"s\" event stream at \"/stream\"\nAnd I drop the event stream\n"
          "Then the event stream is closed\n",
          "passed\n" },
        { OPEN SAY("{}") "Then I receive a message\nAnd the message JSON at \"$.a\" does not "
                         "exist\nAnd the message JSON at every \"$\" is an object\n",
          "passed\n" },
        { "When I open the \"s\" socket at \"/talk\" with:\n  | subprotocol | a |\n"
          "  | subprotocol | b |\nThen the socket is open\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void sockets_are_closed_when_a_step_took_too_long(void **state)
{
    struct scenario_fixture *fixture = *state;
    static const struct trial rows[] = {
        { OPEN "When I wait 5 s\n", "failed: I wait 5 s: the step took longer than its" },
        { OPEN "Then within 5 s I receive a message\n",
          "failed: within 5 s I receive a message: the step took longer than its limit of" },
    };
    fixture->context.step_limit_ms = 400;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        const char *result = scenario_fixture_run(fixture, rows[i].steps);
        if (!strstr(result, rows[i].expected)) {
            fail_msg("%s", result);
        }
    }
    fixture->context.step_limit_ms = 5000;
}

static int open_fixture(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, talk_answer);
    fixture.settings.limits.receive_ms = 1000;
    fixture.settings.limits.connect_ms = 700;
    fixture.settings.limits.response_ms = 700;
    fixture.settings.limits.poll_ms = 20;
    scenario_fixture_write(&fixture, "frame.bin", "bytes");
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sockets_send_and_receive),
        cmocka_unit_test(sockets_go_with_the_other_steps),
        cmocka_unit_test(sockets_are_closed_dropped_and_opened_again),
        cmocka_unit_test(protocols_have_events_calls_and_channels),
        cmocka_unit_test(what_does_not_come_is_told_with_the_inbox),
        cmocka_unit_test(what_cannot_be_done_is_said),
        cmocka_unit_test(ends_and_refusals_of_protocols_are_told),
        cmocka_unit_test(what_a_server_does_not_do_in_time_is_told),
        cmocka_unit_test(sockets_are_closed_when_a_step_took_too_long),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
