/* SPDX-License-Identifier: MIT */
#include "world/expand/expand_word.h"

#include "base/quantity.h"

enum { RANDOM_CHARACTERS_LIMIT = 1000 };

bool expand_take_word(struct text *rest, struct text *ret_word, bool *ret_is_quoted)
{
    struct text left = text_trim(*rest);
    if (left.size == 0) {
        return false;
    }
    bool is_quoted = left.at[0] == '"' || left.at[0] == '\'';
    size_t end = 0;
    if (is_quoted) {
        end = text_find_byte(left, left.at[0], 1);
        if (end == left.size) {
            return false;
        }
        *ret_word = text_slice(left, 1, end);
        *rest = text_from(left, end + 1);
    } else {
        while (end < left.size && left.at[end] != ' ' && left.at[end] != '\t') {
            end++;
        }
        *ret_word = text_slice(left, 0, end);
        *rest = text_from(left, end);
    }
    *ret_is_quoted = is_quoted;
    return true;
}

bool expand_offset(struct text offset, bool *ret_is_before, uint64_t *ret_ms)
{
    bool is_before = text_starts_with(offset, TEXT("-"));
    if ((!is_before && !text_starts_with(offset, TEXT("+"))) ||
        !quantity_duration_ms(text_trim(text_from(offset, 1)), ret_ms)) {
        return false;
    }
    *ret_is_before = is_before;
    return true;
}

bool expand_random_count(struct text word, uint64_t *ret_count)
{
    uint64_t count;
    if (!text_to_uint64(word, &count) || count == 0 || count > RANDOM_CHARACTERS_LIMIT) {
        return false;
    }
    *ret_count = count;
    return true;
}
