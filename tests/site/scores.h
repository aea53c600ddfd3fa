/* SPDX-License-Identifier: MIT */
/* The scores as an event stream: one reader's place in it. Called by MHD in the connection's thread. */
#ifndef BDDRUN_SITE_SCORES_H
#define BDDRUN_SITE_SCORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct site;

struct score_stream {
    struct site *site;
    uint64_t seen;  /* the id of the last score told */
    uint64_t left;  /* how many more; UINT64_MAX: no end */
    bool has_begun; /* the retry time was told */
};

ssize_t score_stream_read(void *context, uint64_t offset, char *out, size_t size);

#endif
