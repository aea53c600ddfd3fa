/* SPDX-License-Identifier: MIT */
#include "exchange/exchange.h"

#include "base/attribute.h"

static const char *const faults[] = {
    [EXCHANGE_ANSWERED] = "",
    [EXCHANGE_TIMEOUT] = "a timeout",
    [EXCHANGE_REFUSED] = "a refused connection",
    [EXCHANGE_UNKNOWN_HOST] = "an unknown host",
    [EXCHANGE_TLS] = "a TLS error",
    [EXCHANGE_RESET] = "a reset connection",
    [EXCHANGE_UNREADABLE] = "an unreadable response",
    [EXCHANGE_BODY_LIMIT] = "",
    [EXCHANGE_INTERRUPTED] = "",
    [EXCHANGE_OTHER] = "",
};

const char *exchange_failure_fault(enum exchange_failure failure)
{
    return faults[failure];
}

bool exchange_failure_of_fault(struct text fault, enum exchange_failure *ret_failure)
{
    for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
        if (fault.size > 0 && text_is(fault, faults[i])) {
            *ret_failure = (enum exchange_failure)i;
            return true;
        }
    }
    return false;
}
