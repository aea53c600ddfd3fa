/* SPDX-License-Identifier: MIT */
#include "config/components.h"

#define MEMBER(member) offsetof(struct config_component, member)
#define SUSPEND(member) offsetof(struct config_suspend, member)

static bool read_tags(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    struct config_component *component = target;
    component->tags_at = node->at;
    return config_read_text(reader, node, key, &component->tags);
}

static const struct config_key suspend_keys[] = {
    { .name = "command",
      .read = config_read_words,
      .offset = SUSPEND(command),
      .is_required = true },
    { .name = "resume",
      .read = config_read_words,
      .offset = SUSPEND(resume),
      .is_required = true },
    { .name = "idle", .read = config_read_text, .offset = SUSPEND(idle) },
    { 0 },
};

static const struct config_record suspend_record = {
    .title = "suspend",
    .size_bytes = sizeof(struct config_suspend),
    .keys = suspend_keys,
};

static bool read_suspend(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    (void)key;
    struct config_suspend suspend = { .at = node->at };
    if (!config_record_fill(reader, node, &suspend_record, &suspend)) {
        return false;
    }
    *(struct config_suspend *)target = suspend;
    return true;
}

static const struct config_key component_keys[] = {
    { .name = "paths",
      .read = config_read_globs,
      .offset = MEMBER(paths),
      .is_required = true },
    { .name = "tags", .read = read_tags },
    { .name = "suspend", .read = read_suspend, .offset = MEMBER(suspend) },
    { .name = "after_switch", .read = config_read_words, .offset = MEMBER(after_switch) },
    { .name = "endpoints", .read = config_read_texts, .offset = MEMBER(endpoints) },
    { 0 },
};

static const struct config_record component_record = {
    .title = "a component",
    .size_bytes = sizeof(struct config_component),
    .keys = component_keys,
};

const struct config_section section_components = {
    .key = { .name = "components",
             .read = config_read_record_map,
             .record = &component_record },
    .size_bytes = sizeof(struct config_records),
    .summary = "name: the files, tags and endpoints that change and stop together",
};

const struct config_component *config_components(const struct config *config, size_t *ret_count)
{
    const struct config_records *records = config_section_data(config, &section_components);
    *ret_count = records ? records->count : 0;
    return records ? records->list : NULL;
}
