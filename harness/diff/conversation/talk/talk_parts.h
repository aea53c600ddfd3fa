/* SPDX-License-Identifier: MIT */
/* The readers of one protocol each, of which talk_read chooses. */
#ifndef BDDRUN_DIFF_CONVERSATION_TALK_TALK_PARTS_H
#define BDDRUN_DIFF_CONVERSATION_TALK_TALK_PARTS_H

#include "diff/conversation/talk/talk.h"

struct talk_event *talk_add(struct talk *talk, const struct conversation_message *message);
void talk_add_fact(struct talk *talk, struct text name, struct text value);

/* Sets data and, where it is JSON, json. */
void talk_set_data(struct talk *talk, struct talk_event *event, struct text data);

/* As it came: no name, the whole text; for what breaks the protocol. */
void talk_add_plain(struct talk *talk, const struct conversation_message *message,
                    struct text data);

void talk_read_socketio(struct talk *talk);
void talk_read_pusher(struct talk *talk);

#endif
