/* SPDX-License-Identifier: MIT */
/* Text by lines and words. */
#ifndef BDDRUN_DIFF_ENGINES_WORDS_H
#define BDDRUN_DIFF_ENGINES_WORDS_H

#include "base/buffer.h"
#include "base/text.h"

/* Two texts that differ, each with what is equal at both ends cut to a few words: "…the red
 * house…". */
void words_print_changed(struct text left, struct text right, struct buffer *out_left,
                         struct buffer *out_right);

#endif
