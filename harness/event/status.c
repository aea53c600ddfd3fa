/* SPDX-License-Identifier: MIT */
#include "event/status.h"

#include "base/attribute.h"

static const struct {
    const char *name;
    const char *message_name;
} names[STATUS_COUNT] = {
    [STATUS_UNKNOWN] = { "not run", "UNKNOWN" },
    [STATUS_PASSED] = { "passed", "PASSED" },
    [STATUS_SKIPPED] = { "skipped", "SKIPPED" },
    [STATUS_PENDING] = { "pending", "PENDING" },
    [STATUS_UNDEFINED] = { "undefined", "UNDEFINED" },
    [STATUS_AMBIGUOUS] = { "ambiguous", "AMBIGUOUS" },
    [STATUS_FAILED] = { "failed", "FAILED" },
};

enum status status_worse(enum status a, enum status b)
{
    return a > b ? a : b;
}

const char *status_name(enum status status)
{
    return names[status].name;
}

const char *status_message_name(enum status status)
{
    return names[status].message_name;
}

bool status_is_failure(enum status status)
{
    return status != STATUS_PASSED && status != STATUS_SKIPPED;
}
