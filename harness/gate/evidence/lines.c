/* SPDX-License-Identifier: MIT */
#include "gate/evidence/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "format/digest.h"

enum { PIECE_BYTES = 1 << 18 };

bool lines_open(struct lines *lines, struct text path)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    *lines = (struct lines){ .digest = digest_new() };
    buffer_init(&lines->buffer, LINES_LIMIT_BYTES);
    lines->descriptor = open(arena_string(&arena, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    lines->error = lines->descriptor < 0 ? errno : 0;
    return lines->error == 0;
}

void lines_release(struct lines *lines)
{
    if (lines->descriptor >= 0) {
        close(lines->descriptor);
    }
    if (lines->digest) {
        CLEANUP(arena_release) struct arena unused;
        arena_init(&unused);
        (void)digest_finish(lines->digest, &unused);
    }
    buffer_release(&lines->buffer);
}

/* Reads another piece behind what is there. False at the end or after an error. */
static bool read_piece(struct lines *lines)
{
    char piece[PIECE_BYTES];
    ssize_t size = 0;
    do {
        size = read(lines->descriptor, piece, sizeof piece);
    } while (size < 0 && errno == EINTR);
    if (size <= 0) {
        lines->error = size < 0 ? errno : 0;
        lines->is_at_end = size == 0;
        return false;
    }
    struct text bytes = text_make(piece, (size_t)size);
    digest_add(lines->digest, bytes);
    lines->size_bytes += bytes.size;
    buffer_consume(&lines->buffer, lines->at);
    lines->at = 0;
    buffer_add(&lines->buffer, bytes);
    lines->is_long = lines->buffer.is_over_limit;
    return !lines->is_long;
}

bool lines_next(struct lines *lines, struct text *ret_line)
{
    size_t searched = lines->at;
    for (;;) {
        struct text all = buffer_text(&lines->buffer);
        size_t end = text_find_byte(all, '\n', searched);
        if (end < all.size) {
            *ret_line = text_slice(all, lines->at, end);
            lines->at = end + 1;
            lines->number++;
            return true;
        }
        searched = all.size - lines->at;
        if (!read_piece(lines)) {
            break;
        }
    }
    struct text rest = text_from(buffer_text(&lines->buffer), lines->at);
    if (!lines->is_at_end || rest.size == 0) {
        return false;
    }
    lines->is_cut = true;
    lines->number++;
    lines->at = lines->buffer.size;
    *ret_line = rest;
    return true;
}

struct text lines_sha256(struct lines *lines, struct arena *arena)
{
    if (!lines->digest || !lines->is_at_end) {
        return TEXT_EMPTY;
    }
    struct text found = digest_finish(lines->digest, arena);
    lines->digest = NULL;
    return found;
}
