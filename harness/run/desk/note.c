/* SPDX-License-Identifier: MIT */
#include "run/desk/note.h"

#include <string.h>

struct head {
    uint64_t number;
    enum note_kind kind;
};

void note_add_text(struct buffer *out, struct text text)
{
    uint32_t size = (uint32_t)text.size;
    buffer_add(out, text_make((const char *)&size, sizeof(size)));
    buffer_add(out, text);
}

void note_add(struct buffer *out, const struct note_record *record)
{
    struct head head;
    memset(&head, 0, sizeof(head)); /* the bytes between the fields, too: notes are compared */
    head.number = record->number;
    head.kind = record->kind;
    note_add_text(out, text_make((const char *)&head, sizeof(head)));
    note_add_text(out, record->a);
    note_add_text(out, record->b);
    note_add_text(out, record->c);
}

bool note_take_text(struct text *rest, struct text *ret_text)
{
    uint32_t size;
    if (rest->size < sizeof(size)) {
        return false;
    }
    memcpy(&size, rest->at, sizeof(size));
    if (size > rest->size - sizeof(size)) {
        return false;
    }
    *ret_text = text_slice(*rest, sizeof(size), sizeof(size) + size);
    *rest = text_from(*rest, sizeof(size) + size);
    return true;
}

bool note_take(struct text *rest, struct note_record *ret_record)
{
    struct text bytes;
    struct head head;
    struct note_record record;
    if (!note_take_text(rest, &bytes) || bytes.size != sizeof(head) ||
        !note_take_text(rest, &record.a) || !note_take_text(rest, &record.b) ||
        !note_take_text(rest, &record.c)) {
        return false;
    }
    memcpy(&head, bytes.at, sizeof(head));
    record.number = head.number;
    record.kind = head.kind;
    *ret_record = record;
    return true;
}
