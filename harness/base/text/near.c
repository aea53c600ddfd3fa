/* SPDX-License-Identifier: MIT */
#include "base/near.h"

enum { NEAR_SIZE_LIMIT = 64 };

static unsigned char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a') : (unsigned char)byte;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_swap(struct text a, struct text b, size_t i, size_t j)
{
    return i > 1 && j > 1 && lower(a.at[i - 1]) == lower(b.at[j - 2]) &&
           lower(a.at[i - 2]) == lower(b.at[j - 1]);
}

size_t near_distance(struct text a, struct text b)
{
    if (a.size > NEAR_SIZE_LIMIT || b.size > NEAR_SIZE_LIMIT) {
        return text_equal_ignoring_case(a, b) ? 0 : NEAR_SIZE_LIMIT;
    }
    size_t rows[3][NEAR_SIZE_LIMIT + 1];
    for (size_t j = 0; j <= b.size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = above[j - 1] + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
            if (is_swap(a, b, i, j)) {
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[a.size % 3][b.size];
}

void near_init(struct near *near, struct text wanted)
{
    *near = (struct near){ .wanted = wanted };
    near->worst = wanted.size / 3 > 1 ? wanted.size / 3 : 1;
}

void near_offer(struct near *near, struct text name)
{
    size_t distance = near_distance(near->wanted, name);
    if (distance > near->worst) {
        return;
    }
    size_t place = near->count;
    while (place > 0 && near->distances[place - 1] > distance) {
        place--;
    }
    if (place == NEAR_LIMIT) {
        return;
    }
    if (near->count < NEAR_LIMIT) {
        near->count++;
    }
    for (size_t i = near->count - 1; i > place; i--) {
        near->found[i] = near->found[i - 1];
        near->distances[i] = near->distances[i - 1];
    }
    near->found[place] = name;
    near->distances[place] = distance;
}

void near_print(struct buffer *out, const struct near *near)
{
    for (size_t i = 0; i < near->count; i++) {
        if (i > 0) {
            buffer_add_string(out, i + 1 == near->count ? " or " : ", ");
        }
        buffer_add_format(out, "'%.*s'", TEXT_ARG(near->found[i]));
    }
}
