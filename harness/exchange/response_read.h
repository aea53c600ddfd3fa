/* SPDX-License-Identifier: MIT */
/*
 * A response as it stands in a file (`curl -i`): a status line, header fields, an empty line, the
 * body, which is taken as it is. Line ends may be LF.
 */
#ifndef BDDRUN_EXCHANGE_RESPONSE_READ_H
#define BDDRUN_EXCHANGE_RESPONSE_READ_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "exchange/response.h"

/* Texts are borrowed from the source, header fields in the arena. False with a problem at its
 * place. */
bool response_read(const struct source *source, struct arena *arena,
                   struct response *ret_response, struct problems *problems) MUST_CHECK;

#endif
