/* SPDX-License-Identifier: MIT */
#include "config/masks.h"

#include "config/value.h"

static bool read_part(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    struct config_mask_part part = { .at = node->at };
    if (!config_read_text(reader, node, key, &part.text)) {
        return false;
    }
    *(struct config_mask_part *)target = part;
    return true;
}

static const struct config_key mask_keys[] = {
    { .name = "on", .read = read_part, .offset = offsetof(struct config_mask, on) },
    { .name = "at",
      .read = read_part,
      .offset = offsetof(struct config_mask, at),
      .is_required = true },
    { .name = "assert",
      .read = read_part,
      .offset = offsetof(struct config_mask, assertion),
      .is_required = true },
    { 0 },
};

static const struct config_record mask_record = {
    .title = "a mask",
    .size_bytes = sizeof(struct config_mask),
    .keys = mask_keys,
};

const struct config_section section_masks = {
    .key = { .name = "masks", .read = config_read_record_list, .record = &mask_record },
    .size_bytes = sizeof(struct config_records),
    .summary = "what may differ from a recording, and what is still asserted",
};

const struct config_mask *config_masks(const struct config *config, size_t *ret_count)
{
    const struct config_records *records = config_section_data(config, &section_masks);
    *ret_count = records ? records->count : 0;
    return records ? records->list : NULL;
}
