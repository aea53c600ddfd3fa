/* SPDX-License-Identifier: MIT */
#include "support/talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/wire.h"

enum { WAIT_MS = 10000, TEXT_SIZE = 64 << 10 };

struct talk {
    struct raw_connection *connection;
    bool is_deaf;
    bool is_over;
    char text[TEXT_SIZE]; /* the newest message */
};

static unsigned number_at(const char *text)
{
    unsigned number = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        number = number * 10 + (unsigned)(*text - '0');
    }
    return number;
}

static void obey(struct talk *talk)
{
    struct raw_connection *connection = talk->connection;
    char *text = talk->text;
    if (strncmp(text, "!say ", 5) == 0) {
        wire_send_text(connection, text + 5);
    } else if (strncmp(text, "!in ", 4) == 0) {
        raw_pause_ms(number_at(text + 4));
        wire_send_text(connection, strchr(text + 4, ' ') + 1);
    } else if (strncmp(text, "!close ", 7) == 0) {
        wire_send_close(connection, number_at(text + 7), strchr(text + 7, ' ') + 1);
    } else if (strcmp(text, "!reset") == 0) {
        raw_reset(connection);
        talk->is_over = true;
    } else if (strcmp(text, "!break") == 0) {
        wire_send(connection, WIRE_FINAL | 3, "x", 1);
    } else if (strcmp(text, "!stuck") == 0) {
        raw_pause_ms(WAIT_MS);
    } else if (strncmp(text, "!flood ", 7) == 0) {
        for (unsigned left = number_at(text + 7); left > 0; left--) {
            wire_send_text(connection, "x");
        }
    } else if (strcmp(text, "!deaf") == 0) {
        talk->is_deaf = true;
    }
}

/* Answers what is the same for all protocols; true: a message of the client is in talk->text. */
static bool take(struct talk *talk, const struct wire_frame *frame)
{
    struct raw_connection *connection = talk->connection;
    if (frame->opcode == WIRE_PING && !talk->is_deaf) {
        wire_send(connection, WIRE_FINAL | WIRE_PONG, frame->payload, frame->size);
    }
    if (frame->opcode == WIRE_CLOSE) {
        wire_send(connection, WIRE_FINAL | WIRE_CLOSE, frame->payload, frame->size);
        talk->is_over = true;
    }
    if (frame->opcode == WIRE_BINARY) {
        wire_send(connection, WIRE_FINAL | WIRE_BINARY, frame->payload, frame->size);
    }
    if (frame->opcode != WIRE_TEXT) {
        return false;
    }
    snprintf(talk->text, sizeof talk->text, "%.*s", (int)frame->size, (char *)frame->payload);
    return true;
}

static void run(struct talk *talk, void (*heard)(struct talk *talk))
{
    struct wire_frame frame = { 0 };
    while (!talk->is_over && wire_receive(talk->connection, &frame, WAIT_MS) == WIRE_FRAME) {
        if (take(talk, &frame)) {
            heard(talk);
        }
    }
    free(frame.payload);
}

static void hear_plain(struct talk *talk)
{
    if (talk->text[0] == '!') {
        obey(talk);
    } else {
        wire_send_text(talk->connection, talk->text);
    }
}

/* --- Socket.IO --- */

static void say(struct talk *talk, const char *before, const char *after)
{
    static char text[TEXT_SIZE + 100];
    snprintf(text, sizeof text, "%s%s", before, after);
    wire_send_text(talk->connection, text);
}

static void hear_socket_io(struct talk *talk)
{
    const char *text = talk->text;
    if (strstr(text, "gone")) {
        wire_send_close(talk->connection, 1001, "gone");
    } else if (strstr(text, "garbage")) {
        wire_send_text(talk->connection, "9nonsense");
    } else if (strstr(text, "goodbye")) {
        wire_send_text(talk->connection, "41");
    } else if (strstr(text, "refuse")) {
        wire_send_text(talk->connection, "44{\"message\":\"no\"}");
    } else if (strncmp(text, "40", 2) == 0) {
        bool is_refused = strstr(text, "/staff") != NULL;
        const char *space = text[2] == '/' ? "/omaha," : "";
        static char answer[100];
        snprintf(answer, sizeof answer, "40%s{\"sid\":\"s1\"}", space);
        wire_send_text(talk->connection,
                       is_refused ? "44/staff,{\"message\":\"Staff only\"}" : answer);
    } else if (strncmp(text, "42[\"ask\"", 8) == 0) {
        wire_send_text(talk->connection, "427[\"question\",1]");
    } else if (strncmp(text, "43", 2) == 0) {
        wire_send_text(talk->connection, "42[\"told\",true]");
        say(talk, "42[\"answer\",", text + 4); /* 437["yes"] */
    } else if (strncmp(text, "42[", 3) == 0) {
        wire_send_text(talk->connection, text);
    } else if (strncmp(text, "42", 2) == 0) {
        char number[20];
        size_t digits = strspn(text + 2, "0123456789");
        snprintf(number, sizeof number, "43%.*s", (int)digits, text + 2);
        if (!strstr(text, "silence")) {
            say(talk, number, "[{\"ok\":true}]");
        }
    }
}

/* --- Pusher --- */

/* The text of a member, without looking at the structure; "" where it is not there. */
static const char *member_of(const char *json, const char *name)
{
    static char value[1000];
    char key[40];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *found = strstr(json, key);
    snprintf(value, sizeof value, "%.*s", found ? (int)strcspn(found + strlen(key), "\"") : 0,
             found ? found + strlen(key) : "");
    return value;
}

static void hear_pusher(struct talk *talk)
{
    static char text[4096];
    static char channel[1000];
    snprintf(channel, sizeof channel, "%s", member_of(talk->text, "channel"));
    if (strcmp(channel, "gone") == 0) {
        wire_send_close(talk->connection, 1001, "gone");
    } else if (strstr(talk->text, "pusher:subscribe") && strcmp(channel, "silence") != 0) {
        bool is_private = strncmp(channel, "private-", 8) == 0;
        bool is_allowed = !is_private || strstr(talk->text, "key:sig");
        const char *members =
            strncmp(channel, "presence-", 9) == 0
                ? "{\\\"presence\\\":{\\\"count\\\":2,\\\"ids\\\":[\\\"1\\\",\\\"2\\\"],"
                  "\\\"hash\\\":{\\\"1\\\":{\\\"name\\\":\\\"alice\\\"},\\\"2\\\":null}}}"
                : "{}";
        snprintf(text, sizeof text, "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\"}",
                 is_allowed ? "pusher_internal:subscription_succeeded"
                            : "pusher:subscription_error",
                 channel, is_allowed ? members : "{}");
        wire_send_text(talk->connection, text);
    } else if (strstr(talk->text, "client-")) {
        wire_send_text(talk->connection, talk->text);
    }
}

/* --- what is asked for --- */

static bool talk_on(struct raw_connection *connection, void (*heard)(struct talk *talk),
                    const char *first)
{
    static struct talk talk;
    talk = (struct talk){ .connection = connection };
    wire_accept(connection, "");
    if (first) {
        wire_send_text(connection, first);
    }
    if (heard == hear_plain && first) {
        wire_send_text(connection, "{\"type\":\"tick\",\"n\":1}");
        wire_send_text(connection, "{\"type\":\"tick\",\"n\":2}");
        wire_send_text(connection, "{\"type\":\"tick\",\"n\":3}");
    }
    run(&talk, heard);
    return false;
}

static bool answer_status(struct raw_connection *connection, const char *status,
                          const char *body)
{
    char head[200];
    snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n", status,
             strlen(body));
    raw_send(connection, head);
    raw_send(connection, body);
    return true;
}

static bool stream(struct raw_connection *connection, bool ends)
{
    static const char events[] = "id: 1\nevent: score\ndata: {\"n\":1}\n\n"
                                 "event: score\ndata: {\"n\":2}\n\ndata: plain\n\n";
    raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                         "Connection: close\r\n\r\n");
    raw_send(connection, events);
    if (!ends) {
        raw_pause_ms(WAIT_MS);
    }
    return false;
}

static bool authorise(struct raw_connection *connection)
{
    return strstr(connection->request, "private-staff")
               ? answer_status(connection, "403 Forbidden", "{\"message\":\"Not you\"}")
           : strstr(connection->request, "private-odd")
               ? answer_status(connection, "200 OK", "{}")
               : answer_status(connection, "200 OK", "{\"auth\":\"key:sig\"}");
}

static bool begins(const char *path, const char *start)
{
    return strncmp(path, start, strlen(start)) == 0;
}

static bool talk_plain(struct raw_connection *connection, const char *path)
{
    if (begins(path, "/greet")) {
        return talk_on(connection, hear_plain, "{\"type\":\"hello\"}");
    }
    if (begins(path, "/app/none")) {
        return talk_on(connection, hear_pusher,
                       "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,"
                       "\"message\":\"No such app\"}}");
    }
    if (begins(path, "/app/")) {
        return talk_on(connection, hear_pusher,
                       "{\"event\":\"pusher:connection_established\",\"data\":"
                       "\"{\\\"socket_id\\\":\\\"12.34\\\",\\\"activity_timeout\\\":30}\"}");
    }
    if (begins(path, "/socket.io/") && strstr(path, "quick")) {
        return talk_on(connection, hear_socket_io,
                       "0{\"sid\":\"e1\",\"upgrades\":[],\"pingInterval\":50,"
                       "\"pingTimeout\":50,\"maxPayload\":1000000}");
    }
    if (begins(path, "/socket.io/")) {
        return talk_on(connection, hear_socket_io,
                       "0{\"sid\":\"e1\",\"upgrades\":[],\"pingInterval\":25000,"
                       "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }
    return talk_on(connection, hear_plain, NULL);
}

/* More than once: the newest request is logged too. */
static bool was_asked(const struct raw_connection *connection, const char *start)
{
    unsigned count = 0;
    for (unsigned i = 0; i < connection->log->requests && i < RAW_LOGGED_REQUESTS; i++) {
        count += strncmp(connection->log->texts[i], start, strlen(start)) == 0;
    }
    return count > 1;
}

bool talk_answer(struct raw_connection *connection, const char *path)
{
    bool is_upgrade = raw_request_header(connection, "Upgrade") != NULL;
    bool is_later = begins(path, "/first") && was_asked(connection, "GET /first ");
    bool is_refused = raw_request_header(connection, "X-Refused") != NULL;
    if (begins(path, "/refuse") || is_later || is_refused) {
        return answer_status(connection, "403 Forbidden", "{\"error\":\"not you\"}");
    }
    if (begins(path, "/wrong")) {
        raw_send(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n");
        raw_pause_ms(100);
        return false;
    }
    if (begins(path, "/hang") ||
        (begins(path, "/patient") && was_asked(connection, "GET /patient "))) {
        raw_pause_ms(WAIT_MS);
        return false;
    }
    if (begins(path, "/stream") || begins(path, "/api/scores/stream")) {
        return stream(connection, begins(path, "/stream-ends"));
    }
    if (begins(path, "/broadcasting/auth")) {
        return authorise(connection);
    }
    return is_upgrade ? talk_plain(connection, path)
                      : answer_status(connection, "200 OK", connection->request);
}
