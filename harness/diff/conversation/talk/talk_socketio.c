/* SPDX-License-Identifier: MIT */
/*
 * Socket.IO 5 on Engine.IO 4, over WebSocket and polling alike: packets of a polled payload are
 * joined by 0x1e, bytes there are base64 behind a `b`. Which packets came by which transport is
 * left out.
 */
#include "base/buffer.h"
#include "diff/conversation/talk/talk_parts.h"
#include "format/base64.h"
#include "protocol/socketio/attachment.h"
#include "protocol/socketio/packet.h"

enum {
    DATA_LIMIT_BYTES = 256 << 20,
    CALLS_LOOKED_AT = 4096, /* events between a call and its answer */
};

/* A packet that waits for its bytes. */
struct waiting {
    const struct conversation_message *message;
    struct packet packet;
    struct attachments bytes;
};

struct socketio_reader {
    struct talk *talk;
    struct waiting waiting[2]; /* by is_sent; message NULL: none */
};

static void open_session(struct talk *talk, struct text data)
{
    static const char *const names[] = { "pingInterval", "pingTimeout" };
    const struct json_value *root = NULL;
    for (size_t i = 0; i < 2 && json_parse_text(data, talk->arena, &root); i++) {
        talk_add_fact(talk, arena_format(talk->arena, "Engine.IO %s", names[i]),
                      json_text(json_member_named(root, names[i])));
    }
}

/* The call of the other direction that an acknowledgement answers: the latest of that number. */
static void find_call(const struct talk *talk, struct talk_event *reply)
{
    size_t end = talk->count - 1; /* the reply itself */
    for (size_t back = 1; back <= end && back <= CALLS_LOOKED_AT; back++) {
        size_t i = end - back;
        const struct talk_event *call = &talk->events[i];
        if (call->has_call && call->is_sent != reply->is_sent && !call->is_reply &&
            call->call == reply->call && text_equal(call->channel, reply->channel)) {
            reply->cause = (uint32_t)i;
            reply->name = call->name;
            return;
        }
    }
}

/* The arguments from `first` on: one is itself, several are an array, none is null. */
static struct text arguments_of(struct talk *talk, struct text json, size_t first)
{
    const struct json_value *array = NULL;
    if (!json_parse_text(json, talk->arena, &array) || array->count <= first) {
        return TEXT("null");
    }
    const struct json_value *start = &array->children[first];
    const struct json_value *last = &array->children[array->count - 1];
    struct text inner = text_slice(json, start->start, last->end);
    return start == last ? inner : arena_format(talk->arena, "[%.*s]", TEXT_ARG(inner));
}

static void add_event(struct socketio_reader *reader, const struct waiting *whole)
{
    struct talk *talk = reader->talk;
    const struct packet *packet = &whole->packet;
    bool is_reply = packet->type == PACKET_ACK || packet->type == PACKET_BINARY_ACK;
    struct buffer json CLEANUP(buffer_release);
    buffer_init(&json, DATA_LIMIT_BYTES);
    struct talk_event *event = talk_add(talk, whole->message);
    event->is_reply = is_reply;
    event->has_call = packet->has_id;
    event->call = packet->id;
    event->channel = text_is(packet->space, "/") ? TEXT_EMPTY : packet->space;
    if (!is_reply) {
        event->name = json_text(json_item(packet->parsed, 0));
    } else {
        find_call(talk, event);
    }
    struct text text = packet->json;
    if (whole->bytes.count &&
        attachments_put_in(packet->json, packet->parsed, &whole->bytes, talk->arena, &json)) {
        text = arena_text(talk->arena, buffer_text(&json));
    }
    talk_set_data(talk, event, arguments_of(talk, text, is_reply ? 0 : 1));
}

static void take_packet(struct socketio_reader *reader,
                        const struct conversation_message *message, struct text bytes)
{
    struct talk *talk = reader->talk;
    struct waiting whole = { .message = message };
    const char *rule = NULL;
    if (!packet_read(bytes, talk->arena, &whole.packet, &rule)) {
        talk_add_plain(talk, message, bytes);
        return;
    }
    struct text space = whole.packet.space;
    struct text fact = arena_format(talk->arena, "namespace \"%.*s\"", TEXT_ARG(space));
    switch (whole.packet.type) {
    case PACKET_CONNECT:
        if (!message->is_sent) {
            talk_add_fact(talk, fact, TEXT("joined"));
        }
        break;
    case PACKET_CONNECT_ERROR:
        talk_add_fact(talk, fact, TEXT("refused"));
        break;
    case PACKET_DISCONNECT:
        talk_add_fact(talk, fact, message->is_sent ? TEXT("left") : TEXT("ended"));
        break;
    case PACKET_EVENT:
    case PACKET_ACK:
        add_event(reader, &whole);
        break;
    case PACKET_BINARY_EVENT:
    case PACKET_BINARY_ACK:
        reader->waiting[message->is_sent] = whole;
        break;
    }
}

static void take_bytes(struct socketio_reader *reader,
                       const struct conversation_message *message, struct text bytes)
{
    struct waiting *waiting = &reader->waiting[message->is_sent];
    struct attachments *list = &waiting->bytes;
    if (!waiting->message) {
        talk_add_plain(reader->talk, message, bytes);
        return;
    }
    if (!list->list) {
        list->list =
            ARENA_ARRAY(reader->talk->arena, waiting->packet.attachment_count + 1, struct text);
    }
    list->list[list->count++] = bytes;
    if (list->count >= waiting->packet.attachment_count) {
        add_event(reader, waiting);
        *waiting = (struct waiting){ .message = NULL };
    }
}

static void take_base64(struct socketio_reader *reader,
                        const struct conversation_message *message, struct text base64)
{
    struct text bytes;
    if (base64_decode(reader->talk->arena, base64, &bytes)) {
        take_bytes(reader, message, bytes);
    } else {
        talk_add_plain(reader->talk, message, base64);
    }
}

/* One packet of Engine.IO: open, close, ping, pong, message, upgrade, noop. */
static void take(struct socketio_reader *reader, const struct conversation_message *message,
                 struct text packet)
{
    char type = packet.size ? packet.at[0] : '6';
    struct text data = text_from(packet, 1);
    if (type == '4') {
        take_packet(reader, message, data);
    } else if (type == 'b') {
        take_base64(reader, message, data);
    } else if (type == '0') {
        open_session(reader->talk, data);
    } else if (type < '1' || type > '6') {
        talk_add_plain(reader->talk, message, packet);
    }
}

void talk_read_socketio(struct talk *talk)
{
    struct socketio_reader reader = { .talk = talk };
    for (size_t i = 0; i < talk->conversation->count; i++) {
        const struct conversation_message *message = &talk->conversation->list[i];
        if (message->kind == CONVERSATION_BINARY) {
            take_bytes(&reader, message, message->data);
        } else if (message->kind == CONVERSATION_TEXT) {
            struct text rest = message->data;
            struct text packet;
            rest.at = rest.at ? rest.at : "";
            while (text_take_until(&rest, '\x1e', &packet)) {
                take(&reader, message, packet);
            }
        }
    }
    for (size_t i = 0; i < 2; i++) {
        if (reader.waiting[i].message) { /* its bytes never came */
            add_event(&reader, &reader.waiting[i]);
        }
    }
}
