/* SPDX-License-Identifier: MIT */
#include "diff/engines/engines.h"
#include "format/digest.h"

enum { DIGEST_DIGITS = 12 };

static bool fits(struct text media_type, struct text bytes)
{
    (void)media_type;
    (void)bytes;
    return true;
}

/* "image/png, 1234 bytes, sha256 0f3a…" */
static struct text describe(struct arena *arena, const struct body_side *side)
{
    struct text type = media_type_of(side->media_type);
    struct text digest = digest_sha256(arena, side->bytes);
    return arena_format(arena, "%.*s%s%zu bytes, sha256 %.*s…", TEXT_ARG(type),
                        type.size ? ", " : "", side->bytes.size, DIGEST_DIGITS, digest.at);
}

static bool compare(const struct body_pair *pair, struct differences *differences)
{
    const void *at = judge_enter(pair->judge, JUDGED_BODY, TEXT_EMPTY);
    if (text_equal(pair->left.bytes, pair->right.bytes)) {
        return true;
    }
    struct judged_pair asked = { .class = DIFFERENCE_CHANGED,
                                 .left_text = pair->left.bytes,
                                 .right_text = pair->right.bytes };
    struct difference_note note = { .class = DIFFERENCE_CHANGED, .path = TEXT("body") };
    note.left = describe(differences->arena, &pair->left);
    note.right = describe(differences->arena, &pair->right);
    struct text mask;
    if (judge_allows(pair->judge, at, &asked, &mask)) {
        note.mask = mask;
    }
    differences_add(differences, &note);
    return true;
}

const struct diff_engine bytes_engine = { "bytes", fits, compare };
