/* SPDX-License-Identifier: MIT */
#include "protocol/protocol.h"

#include "protocol/pusher/pusher.h"
#include "protocol/socketio/socketio.h"
#include "protocol/text_protocol.h"

const struct protocol *const protocols[] = {
    &text_protocol,
    &json_protocol,
    &socketio_protocol,
    &pusher_protocol,
};
const size_t protocol_count = ARRAY_SIZE(protocols);

const struct protocol *protocol_find(struct text name)
{
    for (size_t i = 0; i < protocol_count; i++) {
        if (text_equal(protocols[i]->name, name) || text_equal(protocols[i]->key, name)) {
            return protocols[i];
        }
    }
    return NULL;
}
