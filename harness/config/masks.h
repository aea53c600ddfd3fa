/* SPDX-License-Identifier: MIT */
/*
 * The section `masks` of bddrun.yaml as plain data, in the file's order: texts of the mask language
 * (diff/mask/mask.h), not yet parsed. Lives in the arena of the struct config.
 */
#ifndef BDDRUN_CONFIG_MASKS_H
#define BDDRUN_CONFIG_MASKS_H

#include <stddef.h>

#include "base/source.h"
#include "base/text.h"
#include "config/config.h"

/* A text and where it stands. */
struct config_mask_part {
    struct text text;
    struct span at;
};

struct config_mask {
    struct config_mask_part on; /* "GET /api/lobby"; empty: everywhere */
    struct config_mask_part at;
    struct config_mask_part assertion;
};

extern const struct config_section section_masks;

/* NULL and 0 where there are none. */
const struct config_mask *config_masks(const struct config *config, size_t *ret_count);

#endif
