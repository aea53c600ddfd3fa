/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/attribute.h"

void random_init(struct random *random)
{
    *random = (struct random){ 0 };
}

void random_init_seeded(struct random *random, uint64_t seed)
{
    *random = (struct random){ .is_seeded = true, .state = seed };
}

/* splitmix64: one addition and a mix; every seed gives a full period. */
static uint64_t next_seeded(struct random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = random->state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static void refill(struct random *random)
{
    size_t filled = 0;
    while (filled < RANDOM_POOL_BYTES) {
        ssize_t got = getrandom(random->pool + filled, RANDOM_POOL_BYTES - filled, 0);
        if (got < 0 && errno != EINTR) {
            BUG("getrandom: %s", strerror(errno));
        }
        filled += got > 0 ? (size_t)got : 0;
    }
    random->pool_left = RANDOM_POOL_BYTES;
    random->pool_owner = getpid();
}

static void fill_from_pool(struct random *random, unsigned char *bytes, size_t size_bytes)
{
    while (size_bytes > 0) {
        if (random->pool_left == 0 || random->pool_owner != getpid()) {
            refill(random);
        }
        size_t part = size_bytes < random->pool_left ? size_bytes : random->pool_left;
        unsigned char *start = random->pool + random->pool_left - part;
        memcpy(bytes, start, part);
        memset(start, 0, part); /* what was given out is a key of somebody's */
        random->pool_left -= part;
        bytes += part;
        size_bytes -= part;
    }
}

void random_fill(struct random *random, void *bytes, size_t size_bytes)
{
    unsigned char *at = bytes;
    if (!random->is_seeded) {
        fill_from_pool(random, at, size_bytes);
        return;
    }
    while (size_bytes > 0) {
        uint64_t next = next_seeded(random);
        for (size_t i = 0; i < sizeof next && size_bytes > 0; i++, size_bytes--) {
            *at++ = (unsigned char)(next >> (8 * i));
        }
    }
}

uint64_t random_uint64(struct random *random)
{
    if (random->is_seeded) {
        return next_seeded(random);
    }
    uint64_t value;
    random_fill(random, &value, sizeof value);
    return value;
}

uint64_t random_below(struct random *random, uint64_t bound)
{
    /* The lowest `excess` values would make some remainders likelier than others. */
    uint64_t excess = (UINT64_MAX - bound + 1) % bound;
    uint64_t value;
    do {
        value = random_uint64(random);
    } while (value < excess);
    return value % bound;
}
