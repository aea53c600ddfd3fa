/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_check.h"

#include <math.h>

#include "base/utf8.h"
#include "diff/kind.h"
#include "diff/mask/mask_shape.h"
#include "format/json/json_number.h"
#include "format/regex.h"

static bool is_container(const struct json_value *value)
{
    return json_is(value, JSON_ARRAY) || json_is(value, JSON_OBJECT);
}

/* A string, or a text: what a regular expression or the form of a uuid can be asked about. */
static bool text_of_value(const struct mask_value *value, struct text *ret_text)
{
    if (value->json && !json_is(value->json, JSON_STRING)) {
        return false;
    }
    *ret_text = value->json ? json_text(value->json) : value->text;
    return true;
}

static bool is_same_type(const struct mask_value *a, const struct mask_value *b)
{
    if (!a->json || !b->json) {
        return a->json == b->json;
    }
    return a->json->type == b->json->type ||
           (json_is_boolean(a->json) && json_is_boolean(b->json));
}

static bool numbers(const struct mask_value *value, double *ret_number)
{
    struct text text = value->json ? json_text(value->json) : text_trim(value->text);
    if (!json_number_is_valid(text)) {
        return false;
    }
    *ret_number = json_number_to_double(text);
    return true;
}

static bool is_near(const struct mask *mask, double recorded, double live)
{
    double allowed =
        mask->is_percent ? fabs(recorded) * mask->tolerance / 100 : mask->tolerance;
    /* What decimal fractions lose in binary must not decide: 0.1 + 0.2. */
    double rounding = (fabs(recorded) + fabs(live)) * 1e-15;
    return fabs(recorded - live) <= allowed + rounding;
}

static bool check_number(const struct mask *mask, const struct mask_value *recorded,
                         const struct mask_value *live)
{
    double a;
    double b;
    return numbers(recorded, &a) && numbers(live, &b) && is_near(mask, a, b);
}

static bool date_of(const struct mask_value *value, uint64_t *ret_ns)
{
    return value->json ? kind_date_of_json(value->json, ret_ns)
                       : kind_date_of_text(value->text, ret_ns);
}

static bool is_within(int64_t apart, uint64_t within_ns)
{
    return (uint64_t)(apart < 0 ? -apart : apart) <= within_ns;
}

/* The dates are near each other; or each is so far from the time of its own answer as the other:
 * a recording is older than what is compared with it. */
static bool check_date(const struct mask *mask, const struct mask_value *recorded,
                       const struct mask_value *live)
{
    uint64_t a;
    uint64_t b;
    if (!date_of(recorded, &a) || !date_of(live, &b)) {
        return false;
    }
    int64_t apart = (int64_t)(b - a);
    int64_t aged = (int64_t)(live->said_ns - recorded->said_ns);
    bool has_times = live->said_ns && recorded->said_ns;
    return is_within(apart, mask->within_ns) ||
           (has_times && is_within(apart - aged, mask->within_ns));
}

static bool check_regex(const struct mask *mask, const struct mask_value *value)
{
    struct text text;
    return text_of_value(value, &text) &&
           regex_match(mask->regex, text, 0, NULL, 0) == REGEX_MATCHED;
}

static bool check_uuid(const struct mask_value *value)
{
    struct text text;
    return text_of_value(value, &text) && kind_is_uuid(text);
}

static uint64_t length_of(const struct mask_value *value)
{
    struct text text = value->text;
    if (is_container(value->json)) {
        return value->json->count;
    }
    text = value->json ? json_text(value->json) : text;
    return utf8_count(text);
}

bool mask_check_count(const struct mask *mask, uint64_t recorded, uint64_t live)
{
    if (mask->rule == MASK_NUMBER) {
        return is_near(mask, (double)recorded, (double)live);
    }
    if (mask->minimum == MASK_LENGTH_ANY) {
        return recorded == live;
    }
    return live >= mask->minimum && live <= mask->maximum;
}

static bool check_length(const struct mask *mask, const struct mask_value *recorded,
                         const struct mask_value *live)
{
    return mask_check_count(mask, length_of(recorded), length_of(live)) &&
           (!json_is(recorded->json, JSON_ARRAY) ||
            mask_shape_fits(recorded->json, live->json));
}

static bool is_bound(const struct mask *mask, const struct mask_value *value)
{
    const struct json_value *other =
        value->root ? mask_path_value(&mask->other, value->root) : NULL;
    return other && value->json && json_equal(value->json, other);
}

static enum kind kind_of_text(struct text text)
{
    static const enum kind kinds[] = { KIND_NUMBER, KIND_BOOLEAN, KIND_UUID, KIND_DATE };
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (kind_fits_text(kinds[i], text)) {
            return kinds[i];
        }
    }
    return KIND_STRING;
}

static bool check_type(const struct mask *mask, const struct mask_value *recorded,
                       const struct mask_value *live)
{
    if (recorded->json) {
        return mask_shape_fits(recorded->json, live->json);
    }
    if (mask->where == MASK_STATUS) {
        return recorded->text.size && live->text.size &&
               recorded->text.at[0] == live->text.at[0];
    }
    return kind_of_text(recorded->text) == kind_of_text(live->text);
}

bool mask_check(const struct mask *mask, const struct mask_value *recorded,
                const struct mask_value *live)
{
    bool has_container = is_container(recorded->json) || is_container(live->json);
    if (mask->rule == MASK_IGNORE) {
        return mask->is_forced || !has_container;
    }
    if (!is_same_type(recorded, live)) {
        return false;
    }
    switch (mask->rule) {
    case MASK_TYPE:
        return check_type(mask, recorded, live);
    case MASK_PRESENT:
        return mask->is_forced || !has_container;
    case MASK_REGEX:
        return check_regex(mask, recorded) && check_regex(mask, live);
    case MASK_DATE:
        return check_date(mask, recorded, live);
    case MASK_NUMBER:
        return check_number(mask, recorded, live);
    case MASK_UUID:
        return check_uuid(recorded) && check_uuid(live);
    case MASK_LENGTH:
        return check_length(mask, recorded, live);
    case MASK_SAME_AS:
        return is_bound(mask, recorded) && is_bound(mask, live);
    case MASK_SET:
    case MASK_BY:
    case MASK_IGNORE:
        break;
    }
    return false;
}

bool mask_check_lone(const struct mask *mask, const struct mask_value *value)
{
    return mask->rule == MASK_IGNORE && (mask->is_forced || !is_container(value->json));
}
