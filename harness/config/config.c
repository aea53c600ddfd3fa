/* SPDX-License-Identifier: MIT */
#include "config/config.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/near.h"
#include "config/discovery.h"

enum { HINT_LIMIT = 1000 };

void config_init(struct config *config, const char *const *process_environment)
{
    *config = (struct config){ .process_environment = process_environment };
    arena_init(&config->arena);
    source_init(&config->source, TEXT_EMPTY, TEXT_EMPTY);
    config->folder = TEXT(".");
    size_t count = 0;
    while (config_sections[count]) {
        count++;
    }
    config->section_data = ARENA_ARRAY(&config->arena, count + 1, void *);
}

void config_release(struct config *config)
{
    source_release(&config->source);
    arena_release(&config->arena);
    *config = (struct config){ 0 };
}

static void refuse_unknown(const struct config_node *node, struct problems *problems)
{
    struct near near;
    near_init(&near, node->key);
    for (size_t i = 0; config_sections[i]; i++) {
        near_offer(&near, text_of(config_sections[i]->key.name));
    }
    CLEANUP(buffer_release) struct buffer hint;
    buffer_init(&hint, HINT_LIMIT);
    near_print(&hint, &near);
    problems_add(problems, PROBLEM_INPUT, node->key_at, NULL, "unknown section '%.*s'",
                 TEXT_ARG(node->key));
    if (near.count) {
        problems_hint(problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&hint)));
    } else {
        problems_hint(problems, "docs/configuration.md lists the sections");
    }
}

static bool read_section(struct config *config, struct config_reader *reader,
                         const struct config_node *node)
{
    for (size_t i = 0; config_sections[i]; i++) {
        const struct config_section *section = config_sections[i];
        if (text_is(node->key, section->key.name)) {
            void *data = arena_alloc(&config->arena, section->size_bytes);
            config->section_data[i] = data;
            return section->key.read(reader, node, &section->key, data);
        }
    }
    refuse_unknown(node, reader->problems);
    return false;
}

bool config_read(struct config *config, struct text name, struct text bytes,
                 struct problems *problems)
{
    source_init(&config->source, name, bytes);
    config->has_file = true;
    config->folder = arena_text(&config->arena, path_folder(name));
    if (!config_document_parse(&config->source, &config->arena, &config->root, problems)) {
        return false;
    }
    struct config_reader reader = { .arena = &config->arena,
                                    .problems = problems,
                                    .process_environment = config->process_environment,
                                    .folder = config->folder };
    if (config->root->kind != CONFIG_MAP) {
        return config_refuse(&reader, config->root, "a map of sections");
    }
    bool is_fine = true;
    for (const struct config_node *node = config->root->first; node; node = node->next) {
        is_fine = read_section(config, &reader, node) && is_fine;
    }
    return is_fine;
}

bool config_load(struct config *config, const struct config_search *search,
                 struct problems *problems)
{
    struct text path = search->option.size ? search->option : search->variable;
    if (path.size == 0 && !config_discover(&config->arena, search->first_path, &path)) {
        return true;
    }
    struct text bytes;
    path = arena_text(&config->arena, path);
    return file_read(path, CONFIG_SIZE_LIMIT, &config->arena, &bytes, problems) &&
           config_read(config, path, bytes, problems);
}

const void *config_section_data(const struct config *config,
                                const struct config_section *section)
{
    for (size_t i = 0; config_sections[i]; i++) {
        if (config_sections[i] == section) {
            return config->section_data[i];
        }
    }
    return NULL;
}
