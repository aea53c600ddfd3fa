/* SPDX-License-Identifier: MIT */
/* What a server did against a protocol's rules, told to the owner of the socket. */
#ifndef BDDRUN_PROTOCOL_FAULT_H
#define BDDRUN_PROTOCOL_FAULT_H

#include "base/attribute.h"
#include "base/text.h"
#include "protocol/protocol_sink.h"

enum { FAULT_BYTES_SHOWN = 120 };

/* Tells PROTOCOL_BROKEN: the rule, then the bytes (escaped, the first FAULT_BYTES_SHOWN of them)
 * in single quotes, unless they are empty. */
void fault_tell(const struct protocol_sink *sink, struct text bytes, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
