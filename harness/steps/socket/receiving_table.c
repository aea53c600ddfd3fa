/* SPDX-License-Identifier: MIT */
/* I4 and I5: several events of each socket, in the order of a table or in any. */
#include "steps/socket/received.h"
#include "steps/socket/wanted.h"
#include "steps/step_functions.h"
#include "world/expand.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

/* The rows of one socket. */
struct wanted_rows {
    struct wanted *list;
    size_t count;
    size_t next;                /* in order: the first that has no event yet */
    struct inbox_event **taken; /* of each row; NULL: none yet */
    struct candidate *candidates;
    size_t matched;
};

/* An event that fits some row. */
struct candidate {
    struct candidate *next;
    struct inbox_event *event;
    bool *fits; /* of each row */
};

/* --- reading the table --- */

static bool read_json(struct step *step, const struct actor *actor,
                      const struct table_cell *cell, struct expectations *expectations,
                      struct wanted *wanted)
{
    struct source *source = ARENA_NEW(&step->world->arena, struct source);
    struct text json;
    if (!expand(step, actor, cell->raw, cell->at, EXPAND_JSON, &json)) {
        return false;
    }
    if (cell->at.source) {
        source_embed(source, json, cell->at.source, cell->at.start, 0);
    } else {
        source_init(source, TEXT("JSON"), json);
    }
    return expectations_compile(expectations, step, source, &wanted->expectation);
}

static bool read_cell(struct step *step, const struct actor *actor, struct text column,
                      const struct table_cell *cell, struct wanted *wanted,
                      struct expectations *expectations)
{
    if (cell->text.size == 0) {
        return true;
    }
    if (text_is(column, "event")) {
        wanted->has_name = true;
        wanted->name = cell->text;
        wanted->at = cell->at;
        return true;
    }
    if (text_is(column, "channel")) {
        wanted->has_channel = true;
        wanted->channel = cell->text;
        return true;
    }
    if (text_is(column, "JSON")) {
        return read_json(step, actor, cell, expectations, wanted);
    }
    step_fail_at(step, cell->at, "unknown column '%.*s'", TEXT_ARG(column));
    step_hint(step, "the columns are event, JSON and channel");
    return false;
}

static bool read_row(struct step *step, const struct actor_socket *socket,
                     const struct records *records, size_t row, struct wanted *wanted,
                     struct expectations *expectations)
{
    wanted->at = records->rows[row].at;
    for (size_t i = 0; i < records->column_count; i++) {
        if (!read_cell(step, socket->actor, records->columns[i], &records->rows[row].cells[i],
                       wanted, expectations)) {
            return false;
        }
    }
    return wanted_is_possible(step, wanted, socket);
}

static void *read_rows(struct step *step, const struct actor_socket *socket,
                       struct expectations *expectations)
{
    struct arena *arena = &step->world->arena;
    struct wanted_rows *rows = ARENA_NEW(arena, struct wanted_rows);
    struct records records;
    if (!table_read_records(step, socket->actor, &records)) {
        return NULL;
    }
    rows->count = records.count;
    rows->list = ARENA_ARRAY(arena, records.count + 1, struct wanted);
    rows->taken = ARENA_ARRAY(arena, records.count + 1, struct inbox_event *);
    for (size_t i = 0; i < records.count; i++) {
        if (!read_row(step, socket, &records, i, &rows->list[i], expectations)) {
            return NULL;
        }
    }
    return rows;
}

/* --- in order --- */

static bool look_in_order(struct socket_waiter *waiter)
{
    struct wanted_rows *rows = waiter->own;
    struct step *step = waiter->wait->step;
    struct inbox_event *event;
    while (rows->next < rows->count &&
           (event = inbox_unread(&waiter->socket->inbox, &waiter->cursor))) {
        waiter->cursor++;
        if (wanted_fits(step, &rows->list[rows->next], event)) {
            rows->next++;
            received_take(event);
        }
    }
    if (rows->next < rows->count && actor_socket_is_silent(waiter->socket)) {
        wanted_report(waiter->wait, waiter->socket, &rows->list[rows->next], 0);
    }
    return rows->next == rows->count;
}

static void fail_in_order(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    const struct wanted_rows *rows = waiter->own;
    wanted_report(wait, waiter->socket, &rows->list[rows->next], pending - 1);
}

/* --- in any order --- */

/* One try to give the candidate a row: its own, or one whose event can have another (an augmenting
 * path). Events are tried as they came, so that the earliest set of them is found. */
struct augmenting {
    struct wanted_rows *rows;
    bool *is_visited; /* of each row */
};

static const struct candidate *holder_of(const struct wanted_rows *rows, size_t row)
{
    const struct candidate *at = rows->candidates;
    while (at && at->event != rows->taken[row]) {
        at = at->next;
    }
    return at;
}

static bool assign(struct augmenting *augmenting, const struct candidate *candidate)
{
    struct wanted_rows *rows = augmenting->rows;
    for (size_t row = 0; row < rows->count; row++) {
        if (!candidate->fits[row] || augmenting->is_visited[row]) {
            continue;
        }
        augmenting->is_visited[row] = true;
        if (!rows->taken[row] || assign(augmenting, holder_of(rows, row))) {
            rows->taken[row] = candidate->event;
            return true;
        }
    }
    return false;
}

static void add_candidate(struct step *step, struct wanted_rows *rows,
                          struct inbox_event *event)
{
    struct arena *arena = &step->world->arena;
    struct candidate candidate = { .next = rows->candidates, .event = event };
    bool fits_any = false;
    candidate.fits = ARENA_ARRAY(arena, rows->count + 1, bool);
    for (size_t row = 0; row < rows->count; row++) {
        candidate.fits[row] = wanted_fits(step, &rows->list[row], event);
        fits_any = fits_any || candidate.fits[row];
    }
    if (fits_any) {
        struct augmenting augmenting = { rows, ARENA_ARRAY(arena, rows->count + 1, bool) };
        rows->candidates = ARENA_NEW(arena, struct candidate);
        *rows->candidates = candidate;
        rows->matched += assign(&augmenting, rows->candidates);
    }
}

static void take_all(struct wanted_rows *rows)
{
    struct inbox_event *newest = rows->taken[0];
    for (size_t row = 0; row < rows->count; row++) {
        inbox_take(rows->taken[row]);
        newest = rows->taken[row]->at_ns >= newest->at_ns ? rows->taken[row] : newest;
    }
    received_take(newest);
}

static const struct wanted *first_free(const struct wanted_rows *rows)
{
    size_t row = 0;
    while (row + 1 < rows->count && rows->taken[row]) {
        row++;
    }
    return &rows->list[row];
}

static bool look_in_any_order(struct socket_waiter *waiter)
{
    struct wanted_rows *rows = waiter->own;
    struct step *step = waiter->wait->step;
    struct inbox_event *event;
    while (rows->matched < rows->count &&
           (event = inbox_unread(&waiter->socket->inbox, &waiter->cursor))) {
        waiter->cursor++;
        add_candidate(step, rows, event);
    }
    if (rows->matched == rows->count) {
        take_all(rows);
        return true;
    }
    if (actor_socket_is_silent(waiter->socket)) {
        wanted_report(waiter->wait, waiter->socket, first_free(rows), 0);
    }
    return false;
}

static void fail_in_any_order(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    wanted_report(wait, waiter->socket, first_free(waiter->own), pending - 1);
}

/* I4: `{receiver} receive(s) in order:` */
void step_receive_in_order(struct step *step)
{
    receive(step, &(struct reception){ read_rows, look_in_order, fail_in_order });
}

/* I5: `{receiver} receive(s) in any order:` */
void step_receive_in_any_order(struct step *step)
{
    receive(step, &(struct reception){ read_rows, look_in_any_order, fail_in_any_order });
}
