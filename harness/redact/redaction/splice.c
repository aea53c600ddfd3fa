/* SPDX-License-Identifier: MIT */
#include "redact/redaction/splice.h"

void splice_begin(struct splice *splice, struct text original)
{
    *splice = (struct splice){ .original = original };
    /* As large as the original, whose limit its reader stated, and a token for each secret. */
    buffer_init(&splice->out, BUFFER_NO_LIMIT);
}

void splice_release(struct splice *splice)
{
    buffer_release(&splice->out);
}

void splice_replace(struct splice *splice, size_t start, size_t end, struct text by)
{
    buffer_add(&splice->out, text_slice(splice->original, splice->copied, start));
    buffer_add(&splice->out, by);
    splice->copied = end;
    splice->has_changed = true;
}

void splice_update(struct splice *splice, size_t start, size_t end, struct text by)
{
    if (!text_equal(text_slice(splice->original, start, end), by))
        splice_replace(splice, start, end, by);
}

struct text splice_end(struct splice *splice, struct arena *arena)
{
    if (!splice->has_changed)
        return splice->original;
    buffer_add(&splice->out, text_from(splice->original, splice->copied));
    return arena_text(arena, buffer_text(&splice->out));
}
