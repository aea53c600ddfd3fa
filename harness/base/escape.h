/* SPDX-License-Identifier: MIT */
/*
 * Foreign text made fit to be shown: nothing a server or file sends can move a terminal's cursor,
 * change its title, or pass for our own output.
 */
#ifndef BDDRUN_BASE_ESCAPE_H
#define BDDRUN_BASE_ESCAPE_H

#include "base/buffer.h"
#include "base/text.h"

/* Adds bytes with control characters (C0, C1, DEL, bidirectional overrides) as \x1b or \u{202e}
 * and invalid UTF-8 bytes as \xff. Tabs become a space; line ends are kept (for one line, as \n,
 * with escape_line). */
void escape_control(struct buffer *out, struct text bytes);
void escape_line(struct buffer *out, struct text bytes);

/* Adds the word in single quotes, as one word of a POSIX shell. */
void escape_shell_word(struct buffer *out, struct text word);

#endif
