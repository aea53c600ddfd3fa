/* SPDX-License-Identifier: MIT */
#include "protocol/socketio/packet.h"

static bool is_binary(enum packet_type type)
{
    return type == PACKET_BINARY_EVENT || type == PACKET_BINARY_ACK;
}

static bool is_digit(struct text bytes, size_t at)
{
    return at < bytes.size && bytes.at[at] >= '0' && bytes.at[at] <= '9';
}

/* The digits at the front, which are taken off. False: too many for 64 bits. */
static bool take_number(struct text *rest, uint64_t *ret_number)
{
    size_t size = 0;
    while (is_digit(*rest, size)) {
        size++;
    }
    struct text digits = text_slice(*rest, 0, size);
    *rest = text_from(*rest, size);
    return text_to_uint64(digits, ret_number);
}

static const char *read_attachment_count(struct text *rest, struct packet *packet)
{
    uint64_t count;
    if (!is_digit(*rest, 0) || !take_number(rest, &count) ||
        !text_starts_with(*rest, TEXT("-"))) {
        return "a binary packet of Socket.IO needs the number of its attachments and '-' after "
               "its type";
    }
    if (count > PACKET_BYTES_LIMIT) {
        return "a packet of Socket.IO has more than 1000 attachments";
    }
    packet->attachment_count = (size_t)count;
    *rest = text_from(*rest, 1);
    return NULL;
}

static void read_space(struct text *rest, struct packet *packet)
{
    packet->space = TEXT("/");
    if (text_starts_with(*rest, TEXT("/"))) {
        size_t comma = text_find_byte(*rest, ',', 0);
        packet->space = text_slice(*rest, 0, comma);
        *rest = text_from(*rest, comma + 1);
    }
}

/* An event's name is a text or number; Socket.IO's own parsers refuse anything else. */
static bool has_event_name(const struct json_value *payload)
{
    const struct json_value *name = json_item(payload, 0);
    return json_is(name, JSON_STRING) || json_is(name, JSON_NUMBER);
}

static const char *check_payload(const struct packet *packet)
{
    const struct json_value *payload = packet->parsed;
    switch (packet->type) {
    case PACKET_CONNECT:
        return !payload || json_is(payload, JSON_OBJECT)
                   ? NULL
                   : "the data of Socket.IO's CONNECT is not an object";
    case PACKET_DISCONNECT:
        return payload ? "Socket.IO's DISCONNECT has no data" : NULL;
    case PACKET_CONNECT_ERROR:
        return json_is(payload, JSON_OBJECT) || json_is(payload, JSON_STRING)
                   ? NULL
                   : "the data of Socket.IO's CONNECT_ERROR is neither an object nor a text";
    case PACKET_ACK:
    case PACKET_BINARY_ACK:
        if (!packet->has_id) {
            return "an acknowledgement of Socket.IO needs the id of what it answers";
        }
        return json_is(payload, JSON_ARRAY)
                   ? NULL
                   : "the data of an acknowledgement of Socket.IO is not an array";
    case PACKET_EVENT:
    case PACKET_BINARY_EVENT:
    default:
        return has_event_name(payload)
                   ? NULL
                   : "an event of Socket.IO is an array that begins with the event's name";
    }
}

/* NULL, or the rule that was broken. */
static const char *read_packet(struct text rest, struct arena *arena, struct packet *packet)
{
    const char *rule = NULL;
    if (rest.size == 0 || rest.at[0] < '0' || rest.at[0] > '6') {
        return "a packet of Socket.IO begins with a type of 0 to 6";
    }
    packet->type = (enum packet_type)(rest.at[0] - '0');
    rest = text_from(rest, 1);
    if (is_binary(packet->type)) {
        rule = read_attachment_count(&rest, packet);
    }
    if (rule) {
        return rule;
    }
    read_space(&rest, packet);
    packet->has_id = is_digit(rest, 0);
    if (packet->has_id && !take_number(&rest, &packet->id)) {
        return "the id of a packet of Socket.IO is too large";
    }
    packet->json = rest;
    if (rest.size > 0 && !json_parse_text(rest, arena, &packet->parsed)) {
        return "the data of a packet of Socket.IO is not JSON";
    }
    return check_payload(packet);
}

bool packet_read(struct text bytes, struct arena *arena, struct packet *ret_packet,
                 const char **ret_rule)
{
    struct packet packet = { .type = PACKET_CONNECT };
    const char *rule = read_packet(bytes, arena, &packet);
    if (rule) {
        *ret_rule = rule;
        return false;
    }
    *ret_packet = packet;
    return true;
}

void packet_write(const struct packet *packet, struct buffer *out)
{
    buffer_add_format(out, "4%d", (int)packet->type);
    if (is_binary(packet->type)) {
        buffer_add_format(out, "%zu-", packet->attachment_count);
    }
    if (!text_is(packet->space, "/")) {
        buffer_add(out, packet->space);
        buffer_add_byte(out, ',');
    }
    if (packet->has_id) {
        buffer_add_format(out, "%llu", (unsigned long long)packet->id);
    }
    buffer_add(out, packet->json);
}
