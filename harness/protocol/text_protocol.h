/* SPDX-License-Identifier: MIT */
/* The two protocols without a handshake. text: every message is an event without a name. JSON:
 * event_at says where the name of a message's event stands; a message that is no JSON, or has no
 * text there, is an event without a name. Data is always the whole message. */
#ifndef BDDRUN_PROTOCOL_TEXT_PROTOCOL_H
#define BDDRUN_PROTOCOL_TEXT_PROTOCOL_H

#include "protocol/protocol.h"

extern const struct protocol text_protocol;

/*
 * An event is sent as an object whose member at event_at (names only) is its name. Data that is
 * an object adds its members beside it; any other data is the member "data":
 * `move` with {"to": 3} is {"type":"move","to":3}, with 3 it is {"type":"move","data":3}.
 */
extern const struct protocol json_protocol;

#endif
