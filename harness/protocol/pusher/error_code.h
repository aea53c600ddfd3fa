/* SPDX-License-Identifier: MIT */
/* The codes of pusher:error, which are also those of the close that may follow (Pusher Channels,
 * "WebSockets protocol", "Error codes"). */
#ifndef BDDRUN_PROTOCOL_PUSHER_ERROR_CODE_H
#define BDDRUN_PROTOCOL_PUSHER_ERROR_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

/* 4000 to 4299: the server closes the connection. */
bool error_code_is_end(uint64_t code);

/* Adds "4009, connection is unauthorized: 'what the server says'; connecting again unchanged …";
 * the message may be empty. */
void error_code_print(struct buffer *out, uint64_t code, struct text message);

#endif
