/* SPDX-License-Identifier: MIT */
#include "config/sections/sections.h"

#include "config/settings.h"

static bool read_version(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_SCALAR || !text_is(node->text, "1")) {
        return config_refuse(reader, node, "1, the only version there is");
    }
    return config_read_count(reader, node, key, target);
}

const struct config_section section_version = {
    .key = { .name = "version", .read = read_version },
    .size_bytes = sizeof(uint64_t),
    .summary = "of this file's form: 1",
};

const struct config_section section_scenarios = {
    .key = { .name = "scenarios", .read = config_read_path },
    .size_bytes = sizeof(struct text),
    .summary = "what `bddrun` runs without arguments",
};

const struct config_section section_output = {
    .key = { .name = "output", .read = config_read_path },
    .size_bytes = sizeof(struct text),
    .summary = "the one folder for every file a run writes",
};

const struct config_section section_reports = {
    .key = { .name = "reports", .read = config_read_texts },
    .size_bytes = sizeof(struct config_texts),
    .summary = "NAME or NAME:FILE, below output; --format adds to these",
};

const struct config_section section_variables = {
    .key = { .name = "variables", .read = config_read_pairs },
    .size_bytes = sizeof(struct config_pairs),
    .summary = "name: value, for ${name} in steps",
};

const struct config_section section_env = {
    .key = { .name = "env", .read = config_read_texts },
    .size_bytes = sizeof(struct config_texts),
    .summary = "the names that ${env.NAME} may read",
};

static bool read_secrets(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_MAP) {
        return config_refuse(reader, node, "a map of names");
    }
    struct config_secret *list =
        ARENA_ARRAY(reader->arena, node->count + 1, struct config_secret);
    bool is_fine = true;
    size_t count = 0;
    for (const struct config_node *at = node->first; at; at = at->next) {
        list[count].name = at->key;
        is_fine = config_read_secret(reader, at, key, &list[count++].source) && is_fine;
    }
    *(struct config_records *)target = (struct config_records){ list, count };
    return is_fine;
}

const struct config_section section_secrets = {
    .key = { .name = "secrets", .read = read_secrets },
    .size_bytes = sizeof(struct config_records),
    .summary = "name: {env: NAME} or {file: PATH}; masked in every output",
};

static bool read_commands(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_MAP) {
        return config_refuse(reader, node, "a map of names");
    }
    struct config_command *list =
        ARENA_ARRAY(reader->arena, node->count + 1, struct config_command);
    bool is_fine = true;
    size_t count = 0;
    for (const struct config_node *at = node->first; at; at = at->next) {
        list[count].name = at->key;
        is_fine = config_read_words(reader, at, key, &list[count++].words) && is_fine;
    }
    *(struct config_records *)target = (struct config_records){ list, count };
    return is_fine;
}

const struct config_section section_commands = {
    .key = { .name = "commands", .read = read_commands },
    .size_bytes = sizeof(struct config_records),
    .summary = "name: [program, argument, …], for `I run the command`",
};

const struct config_section section_default_environment = {
    .key = { .name = "default_environment", .read = config_read_text },
    .size_bytes = sizeof(struct text),
    .summary = "the one used without -e",
};
