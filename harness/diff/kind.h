/* SPDX-License-Identifier: MIT */
/*
 * The kinds of values that comparisons and partial JSON name: `is a uuid`, `"#url"`.
 */
#ifndef BDDRUN_DIFF_KIND_H
#define BDDRUN_DIFF_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct json_value;

enum kind {
    KIND_NUMBER,
    KIND_INTEGER,
    KIND_STRING,
    KIND_BOOLEAN,
    KIND_ARRAY,
    KIND_OBJECT,
    KIND_UUID,
    KIND_DATE,
    KIND_URL,
    KIND_EMAIL,
};

/* "number", …, "URL", "email address"; false for another word. */
bool kind_find(struct text name, enum kind *ret_kind);
const char *kind_name(enum kind kind);

/* Whether a JSON value is of the kind; a date is an RFC 3339 string or an epoch number. */
bool kind_fits_json(enum kind kind, const struct json_value *value);

/* Whether a text by nature reads as one: "7" is a number, "true" a boolean, any text a string; no
 * text is an array or object. A date may be an HTTP date. */
bool kind_fits_text(enum kind kind, struct text text);

/* RFC 9562's text form; an absolute URL with a host; one @ with a dotted domain behind it. */
bool kind_is_uuid(struct text text);
bool kind_is_url(struct text text);
bool kind_is_email(struct text text);

/* The time that a text or number says: RFC 3339 (also only a date: its midnight UTC), an HTTP
 * date, an epoch number (seconds; milliseconds from 10^11). */
bool kind_date_of_text(struct text text, uint64_t *ret_realtime_ns);
bool kind_date_of_json(const struct json_value *value, uint64_t *ret_realtime_ns);

#endif
