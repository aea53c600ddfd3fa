/* SPDX-License-Identifier: MIT */
/*
 * A request as a curl command that a person can paste into a shell: everything quoted that needs
 * it, a body with control characters in $'…' form, a long one cut and said so. Masking is the
 * caller's, on the text.
 */
#ifndef BDDRUN_EXCHANGE_CURL_COMMAND_H
#define BDDRUN_EXCHANGE_CURL_COMMAND_H

#include "base/buffer.h"
#include "exchange/exchange.h"

enum { CURL_COMMAND_BODY_LIMIT = 4096 };

void curl_command_print(struct buffer *out, const struct sent_request *request);

/* One word of a shell: as it is, or quoted. */
void curl_command_quote(struct buffer *out, struct text word);

#endif
