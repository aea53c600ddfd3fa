/* SPDX-License-Identifier: MIT */
/*
 * A recording as HAR 1.2: one entry per line, so that version control shows what changed. Sockets
 * as Chrome writes them (_resourceType, _webSocketMessages), their close as HTTP Toolkit does
 * (_webSocketClose), our own facts in members named _bddrun. Times and order are those of the
 * recording; the same recording always gives the same bytes.
 */
#ifndef BDDRUN_RECORD_HAR_WRITER_H
#define BDDRUN_RECORD_HAR_WRITER_H

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "record/recording.h"

/* Adds the file's bytes. */
void har_print(struct buffer *out, const struct recording *recording);

/* Replaces the file at path, whole, readable by its owner only; missing folders are made. Only what
 * was redacted may be given. */
bool har_write(const struct recording *recording, struct text path,
               struct problems *problems) MUST_CHECK;

#endif
