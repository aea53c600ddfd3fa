/* SPDX-License-Identifier: MIT */
/* Arrays matched: in order, in any order, as a part, each. */
#include "diff/expectation/assignment.h"
#include "diff/expectation/expected.h"

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

/* What is the same at both ends stays out of it, so that one more item in front is one difference
 * and not as many as there are items. */
static bool match_in_order(const struct expected_matcher *matcher, const struct expected *array,
                           const struct json_value *actual, const struct expected_place *place)
{
    size_t expected_end = array->count;
    size_t actual_end = actual->count;
    if (expected_end != actual_end && !matcher->differences) {
        return false;
    }
    size_t start = 0;
    while (start < expected_end && start < actual_end &&
           expected_fits(matcher, &array->items[start], &actual->children[start])) {
        start++;
    }
    if (start == expected_end && start == actual_end) {
        return true;
    }
    if (!matcher->differences) {
        return false;
    }
    while (expected_end > start && actual_end > start &&
           expected_fits(matcher, &array->items[expected_end - 1],
                         &actual->children[actual_end - 1])) {
        expected_end--;
        actual_end--;
    }
    size_t i = start;
    for (; i < expected_end && i < actual_end; i++) {
        match_item(matcher, &array->items[i], actual, i, place);
    }
    for (; i < expected_end; i++) {
        miss_item(matcher, &array->items[i], i, place, NULL);
    }
    for (; i < actual_end; i++) {
        refuse_item(matcher, array, actual, i, place);
    }
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

/* Reports what the assignment left over: of one item on each side the differences between them. */
static bool report_left_over(const struct pairs *pairs, const struct assignment *assignment,
                             const struct expected_place *place)
{
    const struct expected *array = pairs->array;
    const struct expected_matcher *matcher = pairs->matcher;
    bool is_whole = array->kind == EXPECTED_ANY_ORDER;
    size_t expected = 0;
    size_t actual = 0;
    size_t missing = count_free(assignment->taken_by, array->count, &expected);
    size_t extra = count_free(assignment->takes, pairs->actual->count, &actual);
    if (missing == 0 && (extra == 0 || !is_whole)) {
        return true;
    }
    if (!matcher->differences) {
        return false;
    }
    if (is_whole && missing == 1 && extra == 1) {
        return match_item(matcher, &array->items[expected], pairs->actual, actual, place);
    }
    for (size_t i = 0; i < array->count; i++) {
        if (assignment->taken_by[i] == ASSIGNMENT_FREE) {
            expected_differ(matcher, array->items[i].written, NULL, place,
                            "no item is left that fits");
        }
    }
    for (size_t i = 0; is_whole && i < pairs->actual->count; i++) {
        if (assignment->takes[i] == ASSIGNMENT_FREE) {
            refuse_item(matcher, array, pairs->actual, i, place);
        }
    }
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
    for (size_t i = 0; i < actual->count && (fits || matcher->differences); i++) {
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
