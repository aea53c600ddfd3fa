/* SPDX-License-Identifier: MIT */
/*
 * Strings as steps write them: in double or single quotes, where `\` before the quote or a `\`
 * stands for that character (vocabulary, rule 8).
 */
#ifndef BDDRUN_WORLD_QUOTED_H
#define BDDRUN_WORLD_QUOTED_H

#include "base/arena.h"
#include "base/text.h"

/* The content; a slice of quoted where nothing was escaped, otherwise in the arena. */
struct text quoted_content(struct arena *arena, struct text quoted);

#endif
