/* SPDX-License-Identifier: MIT */
/*
 * Whether a recording may still be compared with: by its age, and by later promotions of the
 * components that own its endpoints, for production answers differently since. Only dates are
 * weighed here; whoever knows the journal of promotions and the components gives them.
 */
#ifndef BDDRUN_RECORD_STALENESS_H
#define BDDRUN_RECORD_STALENESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum staleness_kind {
    RECORDING_FRESH,
    RECORDING_TOO_OLD,  /* than the largest age */
    RECORDING_OUTDATED, /* a component was promoted since */
    RECORDING_UNDATED,  /* it does not say when it was made, which the rules need */
    RECORDING_AHEAD,    /* it says a time that is still to come */
};

/* A promotion of a component; which components concern a recording is the caller's choice. */
struct promotion_date {
    struct text component; /* empty: it names none */
    uint64_t at_ns;        /* realtime */
};

struct staleness {
    enum staleness_kind kind;
    uint64_t age_ns;       /* 0: unknown */
    struct text component; /* that was promoted since, the latest one; else empty */
    uint64_t promoted_at_ns;
};

/* All times are realtime nanoseconds. maximum_age_ms 0: any age. A clock of another machine may be
 * STALENESS_CLOCK_MS ahead. */
enum { STALENESS_CLOCK_MS = 5 * 60 * 1000 };
struct staleness staleness_of(uint64_t recorded_at_ns, uint64_t now_ns, uint64_t maximum_age_ms,
                              const struct promotion_date *promotions, size_t promotion_count);

/* In words, for messages: "15 days old, older than 14 days"; in the arena. Empty when fresh. */
struct text staleness_reason(const struct staleness *staleness, uint64_t maximum_age_ms,
                             struct arena *arena);

#endif
