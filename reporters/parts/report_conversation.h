/* SPDX-License-Identifier: MIT */
/*
 * What was said on the sockets of a scenario, as reporters show it: a heading, counts and the
 * ending of each socket, its messages one a line. Everything a server sent is escaped.
 */
#ifndef BDDRUN_REPORTERS_PARTS_REPORT_CONVERSATION_H
#define BDDRUN_REPORTERS_PARTS_REPORT_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>

#include "event/result.h"
#include "format/style.h"

struct conversation_view {
    bool with_messages;
    bool concerned_only;  /* messages only of sockets that a failure names, if it names one */
    size_t sockets_limit; /* those beyond it are counted by how they ended */
    size_t payload_limit; /* bytes of a message that are shown */
    size_t indent;
};

/* All of them; first those whose actor a failure of the result names. Nothing where there is none. */
void report_conversations(const struct style_writer *writer, const struct result *result,
                          const struct conversation_view *view);

#endif
