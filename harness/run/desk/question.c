/* SPDX-License-Identifier: MIT */
#include "run/desk/question.h"

#include <stdint.h>
#include <string.h>

enum { HEAD_BYTES = 1 + sizeof(uint32_t) };

void question_print(struct buffer *out, const struct question *question)
{
    uint32_t size = (uint32_t)question->name.size;
    buffer_add_byte(out, (char)question->kind);
    buffer_add(out, text_make((const char *)&size, sizeof(size)));
    buffer_add(out, question->name);
    buffer_add(out, question->data);
}

bool question_read(struct text bytes, struct question *ret_question)
{
    uint32_t size;
    if (bytes.size < HEAD_BYTES) {
        return false;
    }
    memcpy(&size, bytes.at + 1, sizeof(size));
    if (size > bytes.size - HEAD_BYTES) {
        return false;
    }
    ret_question->kind = (enum question_kind)bytes.at[0];
    ret_question->name = text_slice(bytes, HEAD_BYTES, HEAD_BYTES + size);
    ret_question->data = text_from(bytes, HEAD_BYTES + size);
    return true;
}
