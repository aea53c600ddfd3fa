/* SPDX-License-Identifier: MIT */
#include "net/socket/body.h"

#include "exchange/header.h"

static bool is_chunked(const struct headers *headers)
{
    size_t index = 0;
    const struct header *header;
    while ((header = headers_next(headers, TEXT("Transfer-Encoding"), &index))) {
        struct text rest = header->value;
        struct text coding;
        while (text_take_until(&rest, ',', &coding)) {
            if (text_equal_ignoring_case(text_trim(coding), TEXT("chunked"))) {
                return true;
            }
        }
    }
    return false;
}

void body_begin(struct body_reader *body, const struct response *head)
{
    struct text length;
    *body = (struct body_reader){ .state = BODY_UNTIL_END };
    if (head->status == 204 || head->status == 304) {
        body->state = BODY_OVER;
    } else if (is_chunked(&head->headers)) {
        body->state = BODY_CHUNK_SIZE;
    } else if (headers_find(&head->headers, TEXT("Content-Length"), &length)) {
        bool is_number = text_to_uint64(length, &body->left_bytes);
        body->state = !is_number ? BODY_BROKEN : body->left_bytes > 0 ? BODY_LENGTH : BODY_OVER;
    }
}

static int digit_of(char byte)
{
    return byte >= '0' && byte <= '9'   ? byte - '0'
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                        : -1;
}

static enum body_state after_size_line(struct body_reader *body)
{
    return !body->has_digit        ? BODY_BROKEN
           : body->left_bytes == 0 ? BODY_TRAILER
                                   : BODY_CHUNK_DATA;
}

static enum body_state after_size_byte(struct body_reader *body, char byte)
{
    int digit = digit_of(byte);
    if (digit >= 0) {
        body->has_digit = true;
        body->left_bytes = body->left_bytes << 4 | (unsigned)digit;
        return body->left_bytes >> 59 ? BODY_BROKEN : BODY_CHUNK_SIZE;
    }
    return byte == '\n'                                                 ? after_size_line(body)
           : byte == ';' || byte == '\r' || byte == ' ' || byte == '\t' ? BODY_CHUNK_EXTENSION
                                                                        : BODY_BROKEN;
}

static enum body_state after_trailer_byte(const struct body_reader *body, char byte)
{
    if (byte == '\n') {
        return body->state == BODY_TRAILER ? BODY_OVER : BODY_TRAILER;
    }
    return byte == '\r' ? body->state : BODY_TRAILER_LINE;
}

static enum body_state after_end_byte(struct body_reader *body, char byte)
{
    body->has_digit = false;
    return byte == '\n' ? BODY_CHUNK_SIZE : byte == '\r' ? BODY_CHUNK_END : BODY_BROKEN;
}

/* One byte that frames chunks. */
static enum body_state after_byte(struct body_reader *body, char byte)
{
    if (body->state == BODY_CHUNK_SIZE) {
        return after_size_byte(body, byte);
    }
    if (body->state == BODY_CHUNK_EXTENSION) {
        return byte == '\n' ? after_size_line(body) : BODY_CHUNK_EXTENSION;
    }
    return body->state == BODY_CHUNK_END ? after_end_byte(body, byte)
                                         : after_trailer_byte(body, byte);
}

static bool is_content(const struct body_reader *body)
{
    return body->state == BODY_CHUNK_DATA || body->state == BODY_LENGTH ||
           body->state == BODY_UNTIL_END;
}

struct text body_take(struct body_reader *body, struct text *rest)
{
    while (!is_content(body) && body->state < BODY_LENGTH && rest->size > 0) {
        body->state = after_byte(body, rest->at[0]);
        *rest = text_from(*rest, 1);
    }
    if (!is_content(body)) {
        return TEXT_EMPTY;
    }
    if (body->state == BODY_UNTIL_END) {
        struct text all = *rest;
        *rest = text_from(all, all.size);
        return all;
    }
    size_t size = body->left_bytes < rest->size ? (size_t)body->left_bytes : rest->size;
    struct text piece = text_slice(*rest, 0, size);
    *rest = text_from(*rest, size);
    body->left_bytes -= size;
    if (body->left_bytes == 0) {
        body->state = body->state == BODY_LENGTH ? BODY_OVER : BODY_CHUNK_END;
    }
    return piece;
}

bool body_end(const struct body_reader *body)
{
    return body->state == BODY_OVER || body->state == BODY_UNTIL_END;
}
