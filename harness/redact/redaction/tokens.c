/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "base/buffer.h"
#include "format/digest.h"
#include "format/percent.h"

enum { TOKEN_LIMIT = 200 };

/* One secret has one digest, also where it is percent-encoded (a cookie and its header). */
static struct text digest_of(struct redaction *redaction, struct arena *arena,
                             struct text value)
{
    bool is_coded = text_find_byte(value, '%', 0) < value.size;
    return digest_hmac_sha256(arena, redaction->key->bytes,
                              is_coded ? percent_decode(arena, value) : value);
}

static void observe(struct redaction *redaction, struct arena *arena, const char *kind,
                    struct text name, struct text value)
{
    if (!redaction->observer)
        return;
    struct redaction_finding finding = { .kind = kind,
                                         .where = redaction->where,
                                         .value = value };
    if (name.size > 0)
        finding.where = arena_format(arena, "%.*s%s'%.*s'", TEXT_ARG(redaction->where),
                                     redaction->where.size > 0 ? " at " : "", TEXT_ARG(name));
    redaction->observer(redaction->context, &finding);
}

struct text redaction_replace(struct redaction *redaction, struct arena *arena,
                              const char *kind, struct text name, struct text value)
{
    observe(redaction, arena, kind, name, value);
    struct redaction_token token = {
        .kind = text_of(kind),
        .key_id = text_of(redaction->key->id),
        .digest = text_slice(digest_of(redaction, arena, value), 0, REDACTION_DIGEST_SIZE),
    };
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, TOKEN_LIMIT);
    redaction_token_print(&out, &token);
    return arena_text(arena, buffer_text(&out));
}

struct text redaction_replace_bytes(struct redaction *redaction, struct arena *arena,
                                    const char *kind, struct text value)
{
    observe(redaction, arena, kind, TEXT_EMPTY, value);
    struct text digits = digest_of(redaction, arena, value);
    char *bytes = arena_alloc(arena, value.size + 1);
    bytes[0] = '*';
    for (size_t i = 1; i < value.size; i++)
        bytes[i] = digits.at[(i - 1) % digits.size];
    return text_make(bytes, value.size);
}
