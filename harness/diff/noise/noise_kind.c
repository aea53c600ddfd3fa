/* SPDX-License-Identifier: MIT */
#include "diff/identity.h"
#include "diff/kind.h"
#include "diff/noise/noise_entry.h"
#include "format/json/json_number.h"

static const char *const kind_names[] = {
    [NOISE_OTHER] = "a value of any kind",
    [NOISE_DATE] = "date",
    [NOISE_UUID] = "uuid",
    [NOISE_ULID] = "ulid",
    [NOISE_NANOID] = "nanoid",
    [NOISE_HEX] = "hexadecimal token",
    [NOISE_BASE64] = "base64 token",
    [NOISE_JWT] = "JWT",
    [NOISE_COUNTER] = "counter",
    [NOISE_NUMBER] = "number",
    [NOISE_ORDER] = "order of items",
    [NOISE_COUNT] = "number of events",
};

static const char *const refusal_names[] = {
    [NOISE_PROPOSED] = "proposed",
    [NOISE_STEADY] = "differed too rarely to be noise: take more samples",
    [NOISE_STRUCTURAL] = "its type changes, or it is there only at times",
    [NOISE_LENGTH] = "an array of changing length",
    [NOISE_ROOT] = "the whole body differs",
    [NOISE_BROAD] = "every value of the body would be masked",
    [NOISE_UNREADABLE] = "a body that is no JSON",
};

const char *noise_kind_name(enum noise_kind kind)
{
    return kind_names[kind];
}

const char *noise_refusal_name(enum noise_refusal refusal)
{
    return refusal_names[refusal];
}

static enum noise_kind kind_of_id(enum identity_kind kind)
{
    switch (kind) {
    case IDENTITY_UUID:
        return NOISE_UUID;
    case IDENTITY_ULID:
        return NOISE_ULID;
    case IDENTITY_NANOID:
        return NOISE_NANOID;
    case IDENTITY_HEX:
        return NOISE_HEX;
    case IDENTITY_BASE64:
        return NOISE_BASE64;
    case IDENTITY_JWT:
        return NOISE_JWT;
    case IDENTITY_INTEGER:
    case IDENTITY_REDACTED:
    case IDENTITY_NONE:
        break;
    }
    return NOISE_OTHER;
}

enum noise_kind noise_kind_of_texts(struct text left, struct text right)
{
    uint64_t ignored;
    bool are_numbers = json_number_is_valid(left) && json_number_is_valid(right);
    enum identity_kind a = identity_kind_of(TEXT_EMPTY, left);
    enum identity_kind b = identity_kind_of(TEXT_EMPTY, right);
    bool are_tokens = (a == IDENTITY_NANOID && b == IDENTITY_BASE64) ||
                      (b == IDENTITY_NANOID && a == IDENTITY_BASE64);
    if (are_numbers) {
        return NOISE_NUMBER;
    }
    if (kind_date_of_text(left, &ignored) && kind_date_of_text(right, &ignored)) {
        return NOISE_DATE;
    }
    if (are_tokens) {
        return NOISE_BASE64;
    }
    return a == b ? kind_of_id(a) : NOISE_OTHER;
}

/* Times since 1970 in seconds or milliseconds, of this century. */
static bool is_epoch(const struct json_value *value)
{
    double number = json_number_to_double(json_text(value));
    return (number >= 9.4e8 && number < 4.2e9) || (number >= 9.4e11 && number < 4.2e12);
}

enum noise_kind noise_kind_of_values(const struct json_value *left,
                                     const struct json_value *right)
{
    if (json_is(left, JSON_NUMBER) && json_is(right, JSON_NUMBER)) {
        return is_epoch(left) && is_epoch(right) ? NOISE_DATE : NOISE_NUMBER;
    }
    if (!json_is(left, JSON_STRING) || !json_is(right, JSON_STRING)) {
        return NOISE_OTHER;
    }
    enum noise_kind kind = noise_kind_of_texts(json_text(left), json_text(right));
    return kind == NOISE_NUMBER ? NOISE_OTHER : kind; /* digits in a string stay a string */
}
