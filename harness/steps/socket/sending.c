/* SPDX-License-Identifier: MIT */
/* H7 to H14: messages and events sent. */
#include "base/buffer.h"
#include "config/settings.h"
#include "exchange/url.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "steps/socket/sending.h"
#include "steps/step_functions.h"
#include "world/permission.h"
#include "world/project_file.h"
#include "world/receiver.h"
#include "world/socket_opening.h"
#include "world/socket_words.h"
#include "world/step.h"
#include "world/world.h"

enum { MESSAGE_LIMIT_BYTES = 64 << 20 };

/* A read-only environment is only listened to. */
static bool may_write(struct step *step, const struct actor_socket *socket)
{
    struct world *world = step->world;
    struct text url =
        url_of_step(&world->arena, socket->opening->settings->base_url, socket->opening->url);
    if (world->may_write || !settings_is_read_only_host(world->context->settings, url)) {
        return true;
    }
    step_fail(step, "%.*s would write to a read-only environment",
              TEXT_ARG(actor_socket_title(socket)));
    step_hint(step, "sockets only listen there; tag the scenario @writes-production where it "
                    "may write");
    return false;
}

bool sending_sockets(struct step *step, struct actor_sockets *ret_sockets)
{
    if (!receiver_sockets(step, 0, ret_sockets) || !receiver_act(step, ret_sockets)) {
        return false;
    }
    for (size_t i = 0; i < ret_sockets->count; i++) {
        const struct actor_socket *socket = ret_sockets->list[i];
        if (actor_socket_is_stream(socket)) {
            step_fail(step, "%.*s only receives", TEXT_ARG(actor_socket_title(socket)));
            step_hint(step, "open a socket to send something");
            return false;
        }
        if (!may_write(step, socket)) {
            return false;
        }
    }
    world_note_cause(step->world);
    return true;
}

bool sending_json(struct step *step, const struct actor *actor, struct text *ret_json)
{
    struct source *source = step_doc_string_source(step, actor);
    const struct json_value *root;
    struct problems problems;
    struct buffer out;
    if (!source) {
        return false;
    }
    problems_init(&problems);
    buffer_init(&out, MESSAGE_LIMIT_BYTES);
    bool is_ok =
        json_parse(source, (struct json_limits){ 0 }, &step->world->arena, &root, &problems);
    if (is_ok) {
        json_print(&out, root);
        *ret_json = arena_text(&step->world->arena, buffer_text(&out));
    } else {
        step_fail_by(step, &problems);
        step_hint(step, "mend the JSON of the doc string");
    }
    buffer_release(&out);
    problems_release(&problems);
    return is_ok;
}

static void send_one(struct step *step, struct actor_socket *socket,
                     enum conversation_kind kind, struct text message)
{
    if (permission_event(step, socket, TEXT_EMPTY) &&
        !socket_send(socket->socket, kind, message)) {
        receiver_must_be_open(step, socket);
    }
}

/* H7: `{receiver} send(s) text {string}` */
void step_send_text(struct step *step)
{
    struct actor_sockets sockets;
    struct text message;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_string(step, sockets.list[i]->actor, 1, &message)) {
            return;
        }
        send_one(step, sockets.list[i], CONVERSATION_TEXT, message);
    }
}

/* H8: `{receiver} send(s) text:` */
void step_send_text_doc_string(struct step *step)
{
    struct actor_sockets sockets;
    struct text message;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_doc_string(step, sockets.list[i]->actor, &message)) {
            return;
        }
        send_one(step, sockets.list[i], CONVERSATION_TEXT, message);
    }
}

/* H9: `{receiver} send(s) JSON:` */
void step_send_json_message(struct step *step)
{
    struct actor_sockets sockets;
    struct text message;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!sending_json(step, sockets.list[i]->actor, &message)) {
            return;
        }
        send_one(step, sockets.list[i], CONVERSATION_TEXT, message);
    }
}

/* H10: `{receiver} send(s) bytes {string}` */
void step_send_bytes(struct step *step)
{
    struct actor_sockets sockets;
    struct text written;
    struct text bytes;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_string(step, sockets.list[i]->actor, 1, &written)) {
            return;
        }
        if (!socket_bytes_read(&step->world->arena, written, &bytes)) {
            step_fail_at(step, step_argument_span(step, 1), "cannot read the bytes '%.*s'",
                         TEXT_ARG(written));
            step_hint(step, "write pairs of hexadecimal digits: 01 ff 00");
            return;
        }
        send_one(step, sockets.list[i], CONVERSATION_BINARY, bytes);
    }
}

/* H11: `{receiver} send(s) file {string}` */
void step_send_socket_file(struct step *step)
{
    struct actor_sockets sockets;
    struct text name;
    struct text bytes;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_string(step, sockets.list[i]->actor, 1, &name) ||
            !project_file_read(step, name, &bytes)) {
            return;
        }
        send_one(step, sockets.list[i], CONVERSATION_BINARY, bytes);
    }
}

/* --- events --- */

bool sending_event(struct step *step, struct actor_socket *socket,
                   const struct sent_event *event, uint64_t *ret_call)
{
    struct problems problems;
    if (!permission_event(step, socket, event->name)) {
        return false;
    }
    problems_init(&problems);
    bool is_ok = socket->opening->protocol->send_event(
        socket->protocol, event->name, event->channel, event->data, ret_call, &problems);
    if (!is_ok && problems.count) {
        step_fail_by(step, &problems);
        step_hint(step, "%.*s speaks %.*s", TEXT_ARG(actor_socket_title(socket)),
                  TEXT_ARG(actor_socket_protocol(socket)));
    } else if (!is_ok) {
        receiver_must_be_open(step, socket);
    }
    problems_release(&problems);
    return is_ok;
}

static void send_events(struct step *step, bool has_channel, bool has_data)
{
    struct actor_sockets sockets;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        const struct actor *actor = sockets.list[i]->actor;
        struct sent_event event = { TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY };
        if (!step_string(step, actor, 1, &event.name) ||
            (has_channel && !step_string(step, actor, 2, &event.channel)) ||
            (has_data && !sending_json(step, actor, &event.data)) ||
            !sending_event(step, sockets.list[i], &event, NULL)) {
            return;
        }
    }
}

/* H12: `{receiver} send(s) event {string}` */
void step_send_event(struct step *step)
{
    send_events(step, false, false);
}

/* H13: `{receiver} send(s) event {string} with JSON:` */
void step_send_event_json(struct step *step)
{
    send_events(step, false, true);
}

/* H14: `{receiver} send(s) event {string} to channel {string} with JSON:` */
void step_send_event_to_channel(struct step *step)
{
    send_events(step, true, true);
}
