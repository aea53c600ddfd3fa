/* SPDX-License-Identifier: MIT */
#include "deploy/journal/journal_read.h"

#include <errno.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"

enum { PIECE_BYTES = 64 << 10 };

void journal_take(struct journal *journal, struct text line, const struct json_value *root)
{
    GROW(journal->list, journal->count, journal->capacity);
    journal->list[journal->count] = (struct journal_entry){
        .number = journal->count + 1,
        .event = json_text(json_member_named(root, "event")),
        .operation = json_text(json_member_named(root, "operation")),
        .at = json_text(json_member_named(root, "at")),
        .root = root,
        .line = line,
    };
    journal->count++;
    journal_chain(journal, line);
}

static bool refuse(struct journal *journal, const char *what, struct problems *problems)
{
    problems_add(
        problems, PROBLEM_INPUT, span_none(),
        "keep the file as it is, find out who changed it, and begin a new one beside it",
        "the journal was changed: %.*s:%zu %s", TEXT_ARG(journal->path), journal->count + 1,
        what);
    return false;
}

static bool check_line(struct journal *journal, struct text line, struct problems *problems)
{
    const struct json_value *root;
    uint64_t number = 0;
    if (!json_parse_text(line, &journal->arena, &root) || !json_is(root, JSON_OBJECT)) {
        return refuse(journal, "is no JSON object", problems);
    }
    if (!text_to_uint64(json_text(json_member_named(root, "number")), &number) ||
        number != journal->count + 1) {
        return refuse(journal, "has another number", problems);
    }
    if (!text_equal(json_text(json_member_named(root, "previous")),
                    text_make(journal->head, sizeof(journal->head)))) {
        return refuse(journal, "does not follow the line before it", problems);
    }
    journal_take(journal, line, root);
    return true;
}

static bool read_bytes(struct journal *journal, struct buffer *bytes, struct problems *problems)
{
    char piece[PIECE_BYTES];
    ssize_t size;
    while ((size = read(journal->descriptor, piece, sizeof(piece))) > 0) {
        buffer_add(bytes, text_make(piece, (size_t)size));
    }
    if (size < 0 || bytes->is_over_limit) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "cannot read the journal '%.*s': %s", TEXT_ARG(journal->path),
                     size < 0 ? strerror(errno) : "too large");
        return false;
    }
    return true;
}

bool journal_read(struct journal *journal, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, JOURNAL_LIMIT_BYTES);
    if (!read_bytes(journal, &bytes, problems)) {
        return false;
    }
    struct text all = arena_text(&journal->arena, buffer_text(&bytes));
    while (journal->size_bytes < all.size) {
        size_t end = text_find_byte(all, '\n', journal->size_bytes);
        if (end == all.size) {
            break; /* it was being written when the process died */
        }
        if (!check_line(journal, text_slice(all, journal->size_bytes, end), problems)) {
            return false;
        }
    }
    return true;
}
