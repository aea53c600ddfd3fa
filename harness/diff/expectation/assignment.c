/* SPDX-License-Identifier: MIT */
#include "diff/expectation/assignment.h"

#include <stdlib.h>

#include "base/alloc.h"

void assignment_release(struct assignment *assignment)
{
    free(assignment->taken_by);
    free(assignment->takes);
    free(assignment->known);
    assignment->taken_by = NULL;
    assignment->takes = NULL;
    assignment->known = NULL;
}

static bool fits(struct assignment *assignment, size_t expected, size_t actual)
{
    unsigned char *known = &assignment->known[expected * assignment->actual_count + actual];
    assignment->steps++;
    if (*known == 0) {
        *known = assignment->fits(assignment->context, expected, actual) ? 2 : 1;
    }
    return *known == 2;
}

/* Most arrays come in the order they are expected in: the i-th first, then the others. */
static void take_what_is_free(struct assignment *assignment, size_t expected)
{
    for (size_t i = 0; i < assignment->actual_count; i++) {
        size_t actual = (expected + i) % assignment->actual_count;
        if (assignment->takes[actual] == ASSIGNMENT_FREE &&
            fits(assignment, expected, actual)) {
            assignment->takes[actual] = expected;
            assignment->taken_by[expected] = actual;
            return;
        }
    }
}

/* One breadth-first search for an augmenting path from an expected item that has none yet. */
struct search {
    size_t *queue; /* expected items */
    size_t head;
    size_t tail;
    size_t *reached_from; /* of each actual item: the expected one */
};

static void augment(struct assignment *assignment, const struct search *search, size_t actual)
{
    while (actual != ASSIGNMENT_FREE) {
        size_t expected = search->reached_from[actual];
        size_t given_up = assignment->taken_by[expected];
        assignment->taken_by[expected] = actual;
        assignment->takes[actual] = expected;
        actual = given_up;
    }
}

/* Looks from one expected item; true when a free actual item was found and the path turned. */
static bool look_from(struct assignment *assignment, struct search *search, size_t expected)
{
    for (size_t actual = 0; actual < assignment->actual_count; actual++) {
        if (search->reached_from[actual] != ASSIGNMENT_FREE ||
            !fits(assignment, expected, actual)) {
            continue;
        }
        search->reached_from[actual] = expected;
        if (assignment->takes[actual] == ASSIGNMENT_FREE) {
            augment(assignment, search, actual);
            return true;
        }
        search->queue[search->tail++] = assignment->takes[actual];
    }
    return false;
}

static void find_path(struct assignment *assignment, struct search *search, size_t expected)
{
    for (size_t i = 0; i < assignment->actual_count; i++) {
        search->reached_from[i] = ASSIGNMENT_FREE;
    }
    search->head = 0;
    search->tail = 0;
    search->queue[search->tail++] = expected;
    while (search->head < search->tail && assignment->steps < ASSIGNMENT_STEPS_LIMIT) {
        if (look_from(assignment, search, search->queue[search->head++])) {
            return;
        }
    }
}

static void find_paths(struct assignment *assignment)
{
    struct search search = {
        .queue = alloc_or_die(assignment->expected_count + 1, sizeof *search.queue),
        .reached_from = alloc_or_die(assignment->actual_count, sizeof *search.reached_from),
    };
    for (size_t i = 0; i < assignment->expected_count; i++) {
        if (assignment->taken_by[i] == ASSIGNMENT_FREE) {
            find_path(assignment, &search, i);
        }
    }
    free(search.queue);
    free(search.reached_from);
}

static size_t *all_free(size_t count)
{
    size_t *list = alloc_or_die(count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[i] = ASSIGNMENT_FREE;
    }
    return list;
}

bool assignment_find(struct assignment *assignment)
{
    size_t pairs;
    assignment->taken_by = all_free(assignment->expected_count);
    assignment->takes = all_free(assignment->actual_count);
    if (__builtin_mul_overflow(assignment->expected_count, assignment->actual_count, &pairs) ||
        pairs > ASSIGNMENT_PAIRS_LIMIT) {
        return false;
    }
    if (pairs == 0) {
        return true;
    }
    assignment->known = alloc_or_die(pairs, 1);
    for (size_t i = 0; i < assignment->expected_count; i++) {
        take_what_is_free(assignment, i);
    }
    find_paths(assignment);
    return assignment->steps < ASSIGNMENT_STEPS_LIMIT;
}
