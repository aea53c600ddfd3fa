/* SPDX-License-Identifier: MIT */
#include "net/socket/frames/masks.h"

#include <string.h>

void masks_init(struct masks *masks)
{
    masks->left = 0;
    random_init(&masks->random);
}

void masks_take(struct masks *masks, unsigned char mask[MASK_BYTES])
{
    if (masks->left == 0) {
        random_fill(&masks->random, masks->pool, sizeof masks->pool);
        masks->left = sizeof masks->pool;
    }
    masks->left -= MASK_BYTES;
    memcpy(mask, masks->pool + masks->left, MASK_BYTES);
}
