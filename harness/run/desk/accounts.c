/* SPDX-License-Identifier: MIT */
#include "run/desk/accounts.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/file.h"

struct reading {
    struct accounts *accounts;
    struct source source;
    size_t at;
    struct buffer cell;
    struct text *cells; /* of the row being read; heap */
    size_t cell_count;
    size_t cell_capacity;
};

void accounts_release(struct accounts *accounts)
{
    free(accounts->rows);
    if (accounts->columns) {
        arena_release(&accounts->arena);
    }
    *accounts = (struct accounts){ 0 };
}

/* CSV. */

static char byte_at(const struct reading *reading, size_t at)
{
    return at < reading->source.bytes.size ? reading->source.bytes.at[at] : '\n';
}

/* The cell at `at`; false for a quote that is never closed. */
static bool read_cell(struct reading *reading)
{
    struct text bytes = reading->source.bytes;
    buffer_clear(&reading->cell);
    bool is_quoted = reading->at < bytes.size && bytes.at[reading->at] == '"';
    if (!is_quoted) {
        while (byte_at(reading, reading->at) != ',' && byte_at(reading, reading->at) != '\n') {
            buffer_add_byte(&reading->cell, bytes.at[reading->at++]);
        }
        return true;
    }
    for (reading->at++; reading->at < bytes.size; reading->at++) {
        if (bytes.at[reading->at] != '"') {
            buffer_add_byte(&reading->cell, bytes.at[reading->at]);
        } else if (byte_at(reading, reading->at + 1) == '"') {
            buffer_add_byte(&reading->cell, bytes.at[reading->at++]);
        } else {
            reading->at++;
            return true;
        }
    }
    return false;
}

static void keep_cell(struct reading *reading, bool is_last)
{
    struct text cell = buffer_text(&reading->cell);
    if (is_last && text_ends_with(cell, TEXT("\r"))) {
        cell = text_slice(cell, 0, cell.size - 1);
    }
    GROW(reading->cells, reading->cell_count, reading->cell_capacity);
    reading->cells[reading->cell_count++] = arena_text(&reading->accounts->arena, cell);
}

static bool read_row(struct reading *reading, struct problems *problems)
{
    reading->cell_count = 0;
    for (;;) {
        size_t start = reading->at;
        if (!read_cell(reading)) {
            problems_add(problems, PROBLEM_INPUT, span_make(&reading->source, start, start + 1),
                         "write a quote inside a quoted cell twice", "a quote is not closed");
            return false;
        }
        if (byte_at(reading, reading->at) == '\r' &&
            byte_at(reading, reading->at + 1) == '\n') {
            reading->at++;
        }
        bool is_last = byte_at(reading, reading->at) == '\n';
        if (!is_last && byte_at(reading, reading->at) != ',') {
            problems_add(problems, PROBLEM_INPUT,
                         span_make(&reading->source, reading->at, reading->at + 1),
                         "put a comma or a line end behind a quoted cell",
                         "text behind a quoted cell");
            return false;
        }
        reading->at++;
        keep_cell(reading, is_last);
        if (is_last) {
            return true;
        }
    }
}

static bool keep_row(struct reading *reading, size_t start, struct problems *problems)
{
    struct accounts *accounts = reading->accounts;
    bool is_blank = reading->cell_count == 1 && reading->cells[0].size == 0;
    if (is_blank) {
        return true;
    }
    if (accounts->columns && reading->cell_count != accounts->column_count) {
        problems_add(problems, PROBLEM_INPUT, span_make(&reading->source, start, start + 1),
                     "give every row as many cells as the first has", "%zu cells, not %zu",
                     reading->cell_count, accounts->column_count);
        return false;
    }
    struct text *cells = ARENA_ARRAY(&accounts->arena, reading->cell_count, struct text);
    for (size_t i = 0; i < reading->cell_count; i++) {
        cells[i] = reading->cells[i];
    }
    if (!accounts->columns) {
        accounts->columns = cells;
        accounts->column_count = reading->cell_count;
        return true;
    }
    size_t capacity = accounts->row_count;
    if ((capacity & (capacity - 1)) == 0) { /* a power of two is full */
        accounts->rows = realloc_or_die(accounts->rows, capacity ? capacity * 2 : 1,
                                        sizeof(*accounts->rows));
    }
    accounts->rows[accounts->row_count++] = (struct account_row){ .cells = cells };
    return true;
}

static bool read_rows(struct reading *reading, struct problems *problems)
{
    while (reading->at < reading->source.bytes.size) {
        size_t start = reading->at;
        if (!read_row(reading, problems) || !keep_row(reading, start, problems)) {
            return false;
        }
    }
    return true;
}

static void share(struct accounts *accounts, uint64_t shard_index, uint64_t shard_count)
{
    for (size_t i = 0; i < accounts->row_count; i++) {
        accounts->rows[i].is_ours = shard_index == 0 || i % shard_count == shard_index - 1;
        accounts->ours += accounts->rows[i].is_ours;
    }
}

bool accounts_load(struct accounts *accounts, struct text path, uint64_t shard_index,
                   uint64_t shard_count, struct problems *problems)
{
    struct reading reading = { .accounts = accounts };
    struct text bytes;
    *accounts = (struct accounts){ 0 };
    arena_init(&accounts->arena);
    if (!file_read(path, ACCOUNTS_LIMIT_BYTES, &accounts->arena, &bytes, problems)) {
        arena_release(&accounts->arena);
        return false;
    }
    source_init(&reading.source, path, bytes);
    buffer_init(&reading.cell, ACCOUNTS_LIMIT_BYTES);
    bool is_fine = read_rows(&reading, problems);
    free(reading.cells);
    buffer_release(&reading.cell);
    share(accounts, shard_index, shard_count);
    if (is_fine && accounts->ours == 0) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "add a row for each actor of each scenario that runs at the same time",
                     "no account%s in '%.*s'", accounts->row_count ? " for this shard" : "",
                     TEXT_ARG(path));
        is_fine = false;
    }
    return is_fine;
}

/* Lending. */

bool accounts_lend(struct accounts *accounts, uint32_t scenario, size_t *ret_row)
{
    for (size_t i = 0; i < accounts->row_count; i++) {
        struct account_row *row = &accounts->rows[i];
        if (row->is_ours && row->holder == 0) {
            row->holder = scenario + 1;
            *ret_row = i;
            return true;
        }
    }
    return false;
}

bool accounts_has_all(const struct accounts *accounts, uint32_t scenario)
{
    for (size_t i = 0; i < accounts->row_count; i++) {
        if (accounts->rows[i].is_ours && accounts->rows[i].holder != scenario + 1) {
            return false;
        }
    }
    return true;
}

void accounts_take_back(struct accounts *accounts, uint32_t scenario)
{
    for (size_t i = 0; i < accounts->row_count; i++) {
        if (accounts->rows[i].holder == scenario + 1) {
            accounts->rows[i].holder = 0;
        }
    }
}
