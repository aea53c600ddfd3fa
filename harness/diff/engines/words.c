/* SPDX-License-Identifier: MIT */
#include "diff/engines/words.h"

enum { WHOLE_BYTES = 80, CONTEXT_WORDS = 3 };

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The start of the word that stands so many words before `at`. */
static size_t words_before(struct text text, size_t at, unsigned count)
{
    while (at > 0 && !is_space(text.at[at - 1])) {
        at--;
    }
    for (; count && at > 0; count--) {
        at--;
        while (at > 0 && !is_space(text.at[at - 1])) {
            at--;
        }
    }
    return at;
}

static size_t words_after(struct text text, size_t at, unsigned count)
{
    while (at < text.size && !is_space(text.at[at])) {
        at++;
    }
    for (; count && at < text.size; count--) {
        at++;
        while (at < text.size && !is_space(text.at[at])) {
            at++;
        }
    }
    return at;
}

static void print_part(struct text text, size_t start, size_t end, struct buffer *out)
{
    start = words_before(text, start, CONTEXT_WORDS);
    end = words_after(text, end, CONTEXT_WORDS);
    buffer_add_string(out, start ? "…" : "");
    buffer_add(out, text_slice(text, start, end));
    buffer_add_string(out, end < text.size ? "…" : "");
}

void words_print_changed(struct text left, struct text right, struct buffer *out_left,
                         struct buffer *out_right)
{
    if (left.size <= WHOLE_BYTES && right.size <= WHOLE_BYTES) {
        buffer_add(out_left, left);
        buffer_add(out_right, right);
        return;
    }
    size_t shorter = left.size < right.size ? left.size : right.size;
    size_t head = 0;
    while (head < shorter && left.at[head] == right.at[head]) {
        head++;
    }
    size_t tail = 0;
    while (tail < shorter - head &&
           left.at[left.size - tail - 1] == right.at[right.size - tail - 1]) {
        tail++;
    }
    print_part(left, head, left.size - tail, out_left);
    print_part(right, head, right.size - tail, out_right);
}
