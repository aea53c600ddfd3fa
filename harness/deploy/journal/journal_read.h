/* SPDX-License-Identifier: MIT */
/* What the files of this folder share; see deploy/journal.h. */
#ifndef BDDRUN_DEPLOY_JOURNAL_JOURNAL_READ_H
#define BDDRUN_DEPLOY_JOURNAL_JOURNAL_READ_H

#include "deploy/journal.h"

/* Reads journal->descriptor to its end and checks the chain. */
bool journal_read(struct journal *journal, struct problems *problems) MUST_CHECK;

/* Adds the entry of a line that fits the chain, and makes its digest the head. */
void journal_take(struct journal *journal, struct text line, const struct json_value *root);

void journal_chain(struct journal *journal, struct text line);

#endif
