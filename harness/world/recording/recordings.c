/* SPDX-License-Identifier: MIT */
#include "world/recordings.h"

#include "base/file.h"
#include "config/masks.h"

static bool add_masks(struct recordings *recordings, const struct config *config,
                      struct problems *problems)
{
    size_t count = 0;
    const struct config_mask *masks = config_masks(config, &count);
    bool is_ok = true;
    for (size_t i = 0; i < count; i++) {
        const struct mask_writing writing = { .on = masks[i].on.text,
                                              .at = masks[i].at.text,
                                              .assertion = masks[i].assertion.text,
                                              .on_span = masks[i].on.at,
                                              .at_span = masks[i].at.at,
                                              .assertion_span = masks[i].assertion.at };
        is_ok = mask_set_add(&recordings->masks, &writing, problems) && is_ok;
    }
    return is_ok;
}

static bool find_key(struct recordings *recordings, const struct config *config,
                     struct random *random, struct problems *problems)
{
    const struct config_reader reader = { .process_environment = config->process_environment };
    struct text path = recordings->settings->key_file;
    struct redaction_key_sources sources = { .path = path,
                                             .is_path_configured = path.size > 0 };
    if (!config_process_variable(&reader, TEXT(REDACTION_KEY_VARIABLE), &sources.variable)) {
        sources.variable = TEXT_EMPTY;
    }
    if (path.size == 0) {
        sources.path = path_join(&recordings->arena, config->folder, TEXT(REDACTION_KEY_FILE));
    }
    return redaction_key_find(&sources, random, &recordings->arena, &recordings->key, problems);
}

bool recordings_open(struct recordings *recordings, struct config *config,
                     struct random *random, struct problems *problems)
{
    *recordings = (struct recordings){ .settings = config_recordings(config) };
    arena_init(&recordings->arena);
    mask_set_init(&recordings->masks);
    recordings->store = (struct store){ .folder = recordings->settings->folder,
                                        .project_folder = config->folder };
    recordings->rules =
        (struct redaction_rules){ .keys = recordings->settings->redact.list,
                                  .key_count = recordings->settings->redact.count,
                                  .allowed = recordings->settings->keep.list,
                                  .allowed_count = recordings->settings->keep.count };
    bool has_masks = add_masks(recordings, config, problems);
    return find_key(recordings, config, random, problems) && has_masks;
}

void recordings_release(struct recordings *recordings)
{
    mask_set_release(&recordings->masks);
    arena_release(&recordings->arena);
}
