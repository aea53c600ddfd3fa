/* SPDX-License-Identifier: MIT */
#include "config/recordings.h"

#include "base/file.h"

#define MEMBER(member) offsetof(struct config_recordings, member)
#define ALLOW(member) offsetof(struct config_recordings_allow, member)

static const struct config_recordings defaults = { .samples = 1 };

static bool read_environment(struct config_reader *reader, const struct config_node *node,
                             const struct config_key *key, void *target)
{
    struct config_recordings *recordings = target;
    recordings->environment_at = node->at;
    return config_read_text(reader, node, key, &recordings->environment);
}

static const struct config_key allow_keys[] = {
    { .name = "paths", .read = config_read_globs, .offset = ALLOW(paths) },
    { .name = "events", .read = config_read_texts, .offset = ALLOW(events) },
    { 0 },
};

static const struct config_record allow_record = { .title = "what may be written",
                                                   .size_bytes =
                                                       sizeof(struct config_recordings_allow),
                                                   .keys = allow_keys };

static const struct config_key keys[] = {
    { .name = "folder", .read = config_read_path, .offset = MEMBER(folder) },
    { .name = "environment", .read = read_environment },
    { .name = "max_age", .read = config_read_duration, .offset = MEMBER(max_age_ms) },
    { .name = "samples",
      .read = config_read_count,
      .offset = MEMBER(samples),
      .minimum = 1,
      .maximum = CONFIG_SAMPLES_MOST },
    { .name = "redact", .read = config_read_texts, .offset = MEMBER(redact) },
    { .name = "keep", .read = config_read_texts, .offset = MEMBER(keep) },
    { .name = "allow",
      .read = config_read_record,
      .offset = MEMBER(allow),
      .record = &allow_record },
    { .name = "key_file", .read = config_read_path, .offset = MEMBER(key_file) },
    { 0 },
};

static const struct config_record record = { .title = "the recordings",
                                             .size_bytes = sizeof(struct config_recordings),
                                             .keys = keys };

static bool read_recordings(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    struct config_recordings *recordings = target;
    *recordings = defaults;
    if (!config_read_record(reader, node, key, recordings)) {
        return false;
    }
    recordings->at = node->at;
    return true;
}

const struct config_section section_recordings = {
    .key = { .name = "recordings", .read = read_recordings, .record = &record },
    .size_bytes = sizeof(struct config_recordings),
    .summary = "where recordings are kept, and how old they may be",
};

const struct config_recordings *config_recordings(struct config *config)
{
    const struct config_recordings *given = config_section_data(config, &section_recordings);
    struct config_recordings *merged = ARENA_NEW(&config->arena, struct config_recordings);
    *merged = given && given->at.source ? *given : defaults;
    if (merged->folder.size == 0) {
        merged->folder = path_join(&config->arena, config->folder, TEXT("recordings"));
    }
    return merged;
}
