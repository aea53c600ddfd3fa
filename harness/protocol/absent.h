/* SPDX-License-Identifier: MIT */
/* What a protocol does not have, for its place in struct protocol: each adds a problem, or does
 * nothing where there is nothing to do. */
#ifndef BDDRUN_PROTOCOL_ABSENT_H
#define BDDRUN_PROTOCOL_ABSENT_H

#include "protocol/protocol.h"

struct text absent_address(struct protocol_options *options, struct text url,
                           struct headers *query, struct arena *arena);
void absent_step(struct protocol_state *state); /* opened, due, goodbye, release */
bool absent_reply(struct protocol_state *state, struct text channel, uint64_t call,
                  struct text data, struct problems *problems);
bool absent_channel(struct protocol_state *state, struct text channel,
                    struct problems *problems);
void absent_authorised(struct protocol_state *state, struct text channel, struct text auth,
                       struct text channel_data, struct text reason);
bool absent_members(struct protocol_state *state, struct text channel, struct arena *arena,
                    struct text *ret_json);

/* The problem of send_event where a channel or an answer is wanted and there is none. */
bool absent_in_event(struct text channel, const uint64_t *call, struct problems *problems);

#endif
