/* SPDX-License-Identifier: MIT */
/*
 * The body of an answer read as a document, once an answer. What it gives lives in the world's
 * arena. False: the step has failed, and shows the exchange.
 */
#ifndef BDDRUN_WORLD_DOCUMENT_H
#define BDDRUN_WORLD_DOCUMENT_H

#include <stdbool.h>

#include "base/text.h"
#include "format/xml.h"

struct exchange;
struct json_value;
struct step;

bool document_json(struct step *step, const struct exchange *exchange,
                   const struct json_value **ret_root);

/* The string values of the nodes that an XPath selects. */
bool document_select(struct step *step, const struct exchange *exchange,
                     enum xml_flavour flavour, struct text xpath,
                     struct xml_result *ret_result);

bool document_form(struct step *step, const struct exchange *exchange, struct text xpath,
                   struct xml_form *ret_form);

#endif
