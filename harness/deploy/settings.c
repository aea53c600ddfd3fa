/* SPDX-License-Identifier: MIT */
#include "deploy/settings.h"

#include "base/file.h"

enum { VERIFY_MS = 180000, COMMAND_MS = 600000, IDLE_MS = 60000, MARKER_MOST = 1000 };

#define MEMBER(member) offsetof(struct deploy_settings, member)

static const struct deploy_settings defaults = {
    .environment = TEXT_STATIC("production"),
    .command_ms = COMMAND_MS,
    .idle_ms = IDLE_MS,
    .verify.within_ms = VERIFY_MS,
};

/* struct config_texts: paths from the folder of the file. */
static bool read_paths(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    struct config_texts paths;
    if (!config_read_texts(reader, node, key, &paths)) {
        return false;
    }
    for (size_t i = 0; i < paths.count; i++) {
        paths.list[i] = path_join(reader->arena, reader->folder, paths.list[i]);
    }
    *(struct config_texts *)target = paths;
    return true;
}

/* struct config_records of struct config_texts: commands, each a list of words. */
static bool read_commands(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_LIST) {
        return config_refuse(reader, node, "a list of commands, each a list of words");
    }
    struct config_texts *list =
        ARENA_ARRAY(reader->arena, node->count + 1, struct config_texts);
    size_t count = 0;
    for (const struct config_node *child = node->first; child; child = child->next) {
        if (child->kind != CONFIG_LIST) {
            return config_refuse(reader, child, "a command: a list of words");
        }
        if (!config_read_words(reader, child, key, &list[count++])) {
            return false;
        }
    }
    *(struct config_records *)target = (struct config_records){ list, count };
    return true;
}

static bool read_policy(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    enum { SHA256_DIGITS = 64 };
    struct config_texts texts;
    if (!config_read_texts(reader, node, key, &texts)) {
        return false;
    }
    for (size_t i = 0; i < texts.count; i++) {
        if (text_starts_with(texts.list[i], TEXT("sha256:"))) {
            texts.list[i] = text_from(texts.list[i], sizeof("sha256:") - 1);
        }
        if (texts.list[i].size != SHA256_DIGITS) {
            return config_refuse(reader, node, "the SHA-256 of a policy");
        }
    }
    *(struct config_texts *)target = texts;
    return true;
}

static const struct config_key verify_keys[] = {
    { .name = "marker",
      .read = config_read_count,
      .offset = MEMBER(verify.marker),
      .maximum = MARKER_MOST },
    { .name = "urls", .read = config_read_texts, .offset = MEMBER(verify.urls) },
    { .name = "scenarios", .read = config_read_text, .offset = MEMBER(verify.scenarios) },
    { .name = "within",
      .read = config_read_duration,
      .offset = MEMBER(verify.within_ms),
      .minimum = 1 },
    { 0 },
};
static const struct config_record verify_record = { .title = "verify", .keys = verify_keys };

static const struct config_key keys[] = {
    { .name = "trust", .read = read_paths, .offset = MEMBER(trust) },
    { .name = "override_trust", .read = read_paths, .offset = MEMBER(override_trust) },
    { .name = "policy", .read = read_policy, .offset = MEMBER(policy) },
    { .name = "max_age", .read = config_read_duration, .offset = MEMBER(max_age_ms) },
    { .name = "environment", .read = config_read_text, .offset = MEMBER(environment) },
    { .name = "target",
      .read = target_settings_read,
      .offset = MEMBER(target),
      .is_required = true },
    { .name = "before_switch", .read = read_commands, .offset = MEMBER(before_switch) },
    { .name = "after_switch", .read = read_commands, .offset = MEMBER(after_switch) },
    { .name = "command_limit",
      .read = config_read_duration,
      .offset = MEMBER(command_ms),
      .minimum = 1 },
    { .name = "idle_limit", .read = config_read_duration, .offset = MEMBER(idle_ms) },
    { .name = "verify", .read = config_read_record, .record = &verify_record },
    { .name = "windows", .read = windows_read, .offset = MEMBER(windows) },
    { .name = "journal", .read = config_read_path, .offset = MEMBER(journal) },
    { 0 },
};
static const struct config_record record = { .title = "deploy",
                                             .size_bytes = sizeof(struct deploy_settings),
                                             .keys = keys,
                                             .defaults = &defaults };

static bool read_deploy(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    struct deploy_settings *settings = target;
    (void)key;
    *settings = defaults;
    settings->at = node->at;
    return config_record_fill(reader, node, &record, settings);
}

const struct config_section section_deploy = {
    .key = { .name = "deploy", .read = read_deploy },
    .size_bytes = sizeof(struct deploy_settings),
    .summary = "where and when to switch, and what has to hold afterwards",
};

const struct deploy_settings *deploy_settings(const struct config *config)
{
    return config_section_data(config, &section_deploy);
}

struct text deploy_journal_folder(const struct deploy_settings *settings,
                                  const struct config *config, struct arena *arena)
{
    const struct target_settings *first = settings->target.list;
    if (settings->journal.size > 0) {
        return settings->journal;
    }
    bool is_here = first->tree.size > 0 && first->hosts.count == 0;
    return path_join(arena, is_here ? first->tree : config->folder, TEXT(".bddrun"));
}
