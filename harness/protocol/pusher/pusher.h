/* SPDX-License-Identifier: MIT */
/*
 * Pusher 7, as Pusher Channels, Laravel Reverb, Soketi and laravel-websockets speak it. Data that
 * is a JSON text is shown as what the text holds. What concerns the protocol itself is answered
 * and not shown; events named pusher_internal:… are shown as pusher:…, as pusher-js does. Where no
 * message came for activity_timeout, a ping is sent, which the server has 30 s to answer.
 */
#ifndef BDDRUN_PROTOCOL_PUSHER_PUSHER_H
#define BDDRUN_PROTOCOL_PUSHER_PUSHER_H

#include "protocol/protocol.h"

extern const struct protocol pusher_protocol;

#endif
