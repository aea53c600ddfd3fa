/* SPDX-License-Identifier: MIT */
/*
 * Text whose form nobody told: JSON, the packets of Engine.IO and Socket.IO (a head of digits and a
 * namespace, then JSON; several joined by U+001E), lines of JSON, pairs, or just text.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"

enum { PACKET_HEAD_LIMIT = 256, PACKET_SEPARATOR = 0x1e };

/* Where the JSON behind a packet's head starts; text.size where there is none. */
static size_t json_start(struct text text)
{
    size_t at = 0;
    while (at < text.size && at < PACKET_HEAD_LIMIT && text.at[at] != '{' &&
           text.at[at] != '[' && text.at[at] != '"')
        at++;
    return at < PACKET_HEAD_LIMIT ? at : text.size;
}

/* name=value&name=value, without blanks. */
static bool is_pairs(struct text text)
{
    size_t equals = text_find_byte(text, '=', 0);
    if (equals == 0 || equals == text.size || text_find_byte(text, ' ', 0) < text.size)
        return false;
    for (size_t i = 0; i < equals; i++)
        if (text.at[i] == ':' || text.at[i] == '"' || text.at[i] == '<')
            return false;
    return true;
}

static struct text redact_packet(struct redaction *redaction, struct arena *arena,
                                 struct text packet)
{
    size_t start = json_start(packet);
    struct text json;
    if (start < packet.size &&
        redaction_json(redaction, arena, NULL, text_from(packet, start), &json)) {
        struct text head = redaction_plain(redaction, arena, text_slice(packet, 0, start));
        return head.at == packet.at && json.at == packet.at + start
                   ? packet
                   : arena_format(arena, "%.*s%.*s", TEXT_ARG(head), TEXT_ARG(json));
    }
    if (is_pairs(packet))
        return redaction_pairs(redaction, arena, packet);
    const struct naming none = { 0 };
    if (start == packet.size && redaction->rules->is_allow_list)
        return redaction_named(redaction, arena, REDACTION_MEMBER, &none, packet);
    return redaction_loose(redaction, arena, packet);
}

struct text redaction_packets(struct redaction *redaction, struct arena *arena,
                              struct text text)
{
    char separator = PACKET_SEPARATOR;
    if (text_find_byte(text, separator, 0) == text.size) {
        separator = '\n';
        struct text whole;
        size_t start = json_start(text);
        bool is_whole = text_find_byte(text, '\n', 0) == text.size ||
                        text_find_byte(text, '{', 0) == text.size ||
                        (start < text.size && redaction_json(redaction, arena, NULL,
                                                             text_from(text, start), &whole));
        if (is_whole)
            return redact_packet(redaction, arena, text);
    }
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, text);
    struct text rest = text;
    struct text packet;
    size_t start = 0;
    while (text_take_until(&rest, separator, &packet)) {
        splice_update(&splice, start, start + packet.size,
                      redact_packet(redaction, arena, packet));
        start += packet.size + 1;
    }
    return splice_end(&splice, arena);
}
