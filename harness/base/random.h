/* SPDX-License-Identifier: MIT */
/*
 * Random bytes. The real source asks the kernel for a pool, lazily, and remembers which process
 * filled it: after a fork the child never repeats the parent's bytes. A seeded source gives the
 * same bytes for the same seed, everywhere and always (for --order random and for tests; never for
 * keys), in forked children too. Reseeding is random_init_seeded again.
 */
#ifndef BDDRUN_BASE_RANDOM_H
#define BDDRUN_BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { RANDOM_POOL_BYTES = 256 };

struct random {
    bool is_seeded;
    uint64_t state; /* of a seeded source (splitmix64) */
    pid_t pool_owner;
    size_t pool_left;
    unsigned char pool[RANDOM_POOL_BYTES];
};

void random_init(struct random *random);
void random_init_seeded(struct random *random, uint64_t seed);

void random_fill(struct random *random, void *bytes, size_t size_bytes);
uint64_t random_uint64(struct random *random);

/* Evenly in [0, bound); bound must not be 0. */
uint64_t random_below(struct random *random, uint64_t bound);

#endif
