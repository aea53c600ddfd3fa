/* SPDX-License-Identifier: MIT */
/*
 * How long the phases of an exchange took, in nanoseconds from its start (each includes those
 * before it; 0 where a kept connection needed none). After redirects: of the last request, but
 * total_ns is of all.
 */
#ifndef BDDRUN_EXCHANGE_TIMING_H
#define BDDRUN_EXCHANGE_TIMING_H

#include <stdint.h>

struct timing {
    uint64_t dns_ns;
    uint64_t connect_ns;
    uint64_t tls_ns;
    uint64_t first_byte_ns;
    uint64_t total_ns;
};

#endif
