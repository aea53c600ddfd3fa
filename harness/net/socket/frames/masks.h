/* SPDX-License-Identifier: MIT */
/*
 * Masking keys (RFC 6455, section 5.3) from the kernel, a pool at a time: a frame costs no system
 * call. A net's, so of one process: a child that inherited it would repeat them. Private to net.
 */
#ifndef BDDRUN_NET_SOCKET_FRAMES_MASKS_H
#define BDDRUN_NET_SOCKET_FRAMES_MASKS_H

#include <stddef.h>

#include "base/random.h"

enum { MASK_BYTES = 4, MASK_POOL_BYTES = 4096 };

struct masks {
    struct random random;
    size_t left; /* of the pool */
    unsigned char pool[MASK_POOL_BYTES];
};

void masks_init(struct masks *masks);
void masks_take(struct masks *masks, unsigned char mask[MASK_BYTES]);

#endif
