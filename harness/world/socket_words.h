/* SPDX-License-Identifier: MIT */
/* Parts of steps about sockets that are read alike before and while anything runs. */
#ifndef BDDRUN_WORLD_SOCKET_WORDS_H
#define BDDRUN_WORLD_SOCKET_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* "01 ff 00": pairs of hexadecimal digits, blanks between them where wanted. */
bool socket_bytes_read(struct arena *arena, struct text written, struct text *ret_bytes);

/* A {field} as a value without its whose: "the text" is the message, "the JSON at …" is the message
 * JSON at … */
struct text socket_field_words(struct arena *arena, struct text field);

#endif
