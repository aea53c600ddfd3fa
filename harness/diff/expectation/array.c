/* SPDX-License-Identifier: MIT */
/* Arrays matched: in order, in any order, as a part, each. */
#include "diff/expectation/assignment.h"
#include "diff/expectation/matcher.h"

static struct expected_place item_place(const struct expected_place *parent, size_t index)
{
    return (struct expected_place){ .parent = parent, .index = index, .is_index = true };
}

static bool refuse_item(const struct expected_matcher *matcher, const struct expected *array,
                        const struct json_value *actual, size_t index,
                        const struct expected_place *parent)
{
    struct expected_place place = item_place(parent, index);
    return expected_refuse(matcher, array->written, &actual->children[index], &place,
                           "no such item");
}

static bool match_item(const struct expected_matcher *matcher, const struct expected *expected,
                       const struct json_value *actual, size_t index,
                       const struct expected_place *parent)
{
    struct expected_place place = item_place(parent, index);
    return expected_match(matcher, expected, &actual->children[index], &place);
}

static bool miss_item(const struct expected_matcher *matcher, const struct expected *expected,
                      size_t index, const struct expected_place *parent, const char *note)
{
    struct expected_place place = item_place(parent, index);
    return expected_differ(matcher, expected->written, NULL, &place, note);
}

/* Up to here both are the same. */
static size_t same_start(const struct expected_matcher *matcher, const struct expected *array,
                         const struct json_value *actual)
{
    size_t start = 0;
    while (start < array->count && start < actual->count &&
           expected_fits(matcher, &array->items[start], &actual->children[start])) {
        start++;
    }
    return start;
}

/* So many items at the end are the same, of those behind start. */
static size_t same_end(const struct expected_matcher *matcher, const struct expected *array,
                       const struct json_value *actual, size_t start)
{
    size_t same = 0;
    while (same < array->count - start && same < actual->count - start &&
           expected_fits(matcher, &array->items[array->count - 1 - same],
                         &actual->children[actual->count - 1 - same])) {
        same++;
    }
    return same;
}

/* What is between the same start and the same end: pairs, then what is left of either. */
static void report_in_order(const struct expected_matcher *matcher,
                            const struct expected *array, const struct json_value *actual,
                            size_t start, const struct expected_place *place)
{
    size_t same = same_end(matcher, array, actual, start);
    size_t i = start;
    for (; i < array->count - same && i < actual->count - same; i++) {
        match_item(matcher, &array->items[i], actual, i, place);
    }
    for (size_t k = i; k < array->count - same; k++) {
        miss_item(matcher, &array->items[k], k, place, NULL);
    }
    for (size_t k = i; k < actual->count - same; k++) {
        refuse_item(matcher, array, actual, k, place);
    }
}

/* What is the same at both ends stays out of it, so that one more item in front is one mismatch
 * and not as many as there are items. */
static bool match_in_order(const struct expected_matcher *matcher, const struct expected *array,
                           const struct json_value *actual, const struct expected_place *place)
{
    bool has_same_count = array->count == actual->count;
    if (!has_same_count && !matcher->mismatches) {
        return false;
    }
    size_t i = same_start(matcher, array, actual);
    if (!matcher->mismatches || (has_same_count && i == array->count)) {
        return has_same_count && i == array->count;
    }
    report_in_order(matcher, array, actual, i, place);
    return false;
}

struct pairs {
    const struct expected_matcher *matcher;
    const struct expected *array;
    const struct json_value *actual;
};

static bool pair_fits(void *context, size_t expected, size_t actual)
{
    const struct pairs *pairs = context;
    return expected_fits(pairs->matcher, &pairs->array->items[expected],
                         &pairs->actual->children[actual]);
}

static size_t count_free(const size_t *list, size_t count, size_t *ret_last)
{
    size_t free_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i] == ASSIGNMENT_FREE) {
            free_count++;
            *ret_last = i;
        }
    }
    return free_count;
}

static void report_each(const struct pairs *pairs, const struct assignment *assignment,
                        const struct expected_place *place)
{
    const struct expected *array = pairs->array;
    bool is_whole = array->kind == EXPECTED_ANY_ORDER;
    for (size_t i = 0; i < array->count; i++) {
        if (assignment->taken_by[i] == ASSIGNMENT_FREE) {
            expected_differ(pairs->matcher, array->items[i].written, NULL, place,
                            "no item is left that fits");
        }
    }
    for (size_t i = 0; is_whole && i < pairs->actual->count; i++) {
        if (assignment->takes[i] == ASSIGNMENT_FREE) {
            refuse_item(pairs->matcher, array, pairs->actual, i, place);
        }
    }
}

/* Reports what the assignment left over: of one item on each side the mismatches between them. */
static bool report_left_over(const struct pairs *pairs, const struct assignment *assignment,
                             const struct expected_place *place)
{
    const struct expected *array = pairs->array;
    bool is_whole = array->kind == EXPECTED_ANY_ORDER;
    size_t expected = 0;
    size_t actual = 0;
    size_t missing = count_free(assignment->taken_by, array->count, &expected);
    size_t extra = count_free(assignment->takes, pairs->actual->count, &actual);
    if (missing == 0 && (extra == 0 || !is_whole)) {
        return true;
    }
    if (!pairs->matcher->mismatches) {
        return false;
    }
    if (is_whole && missing == 1 && extra == 1) {
        return match_item(pairs->matcher, &array->items[expected], pairs->actual, actual,
                          place);
    }
    report_each(pairs, assignment, place);
    return false;
}

static bool match_assigned(const struct expected_matcher *matcher, const struct expected *array,
                           const struct json_value *actual, const struct expected_place *place)
{
    struct pairs pairs = { matcher, array, actual };
    struct assignment assignment = { .expected_count = array->count,
                                     .actual_count = actual->count,
                                     .fits = pair_fits,
                                     .context = &pairs };
    bool fits = assignment_find(&assignment)
                    ? report_left_over(&pairs, &assignment, place)
                    : expected_differ(matcher, array->written, actual, place,
                                      "too many items to find out in any order");
    assignment_release(&assignment);
    return fits;
}

static bool match_each(const struct expected_matcher *matcher, const struct expected *array,
                       const struct json_value *actual, const struct expected_place *place)
{
    bool fits = true;
    if (!expected_length_holds(&array->range, actual->count)) {
        fits =
            expected_differ(matcher, array->written, actual, place,
                            actual->count ? "not this number of items" : "the array is empty");
    }
    for (size_t i = 0; i < actual->count && (fits || matcher->mismatches); i++) {
        fits = match_item(matcher, &array->items[0], actual, i, place) && fits;
    }
    return fits;
}

bool expected_match_array(const struct expected_matcher *matcher,
                          const struct expected *expected, const struct json_value *actual,
                          const struct expected_place *place)
{
    if (actual->type != JSON_ARRAY) {
        return expected_differ(matcher, expected->written, actual, place, NULL);
    }
    if (expected->kind == EXPECTED_ITEMS) {
        return match_in_order(matcher, expected, actual, place);
    }
    if (expected->kind == EXPECTED_EACH) {
        return match_each(matcher, expected, actual, place);
    }
    return match_assigned(matcher, expected, actual, place);
}
