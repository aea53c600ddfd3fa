/* SPDX-License-Identifier: MIT */
#include "config/value.h"

#include <stdio.h>

#include "base/glob.h"

static bool read_glob(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, struct glob *glob)
{
    struct text written;
    const char *reason = NULL;
    if (!config_read_text(reader, node, key, &written)) {
        return false;
    }
    if (!glob_parse(written, reader->arena, glob, &reason)) {
        char expected[80];
        snprintf(expected, sizeof(expected), "a pattern of paths, not %s", reason);
        return config_refuse(reader, node, expected);
    }
    return true;
}

bool config_read_globs(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    bool is_list = node->kind == CONFIG_LIST;
    if (node->kind == CONFIG_MAP || (is_list && node->count == 0)) {
        return config_refuse(reader, node, "patterns of paths such as 'app/Games/**'");
    }
    struct globs globs = { .count = is_list ? node->count : 1 };
    globs.list = ARENA_ARRAY(reader->arena, globs.count, struct glob);
    bool is_fine = true;
    const struct config_node *at = is_list ? node->first : node;
    for (size_t i = 0; i < globs.count; i++, at = at->next) {
        is_fine = read_glob(reader, at, key, &globs.list[i]) && is_fine;
    }
    if (is_fine) {
        *(struct globs *)target = globs;
    }
    return is_fine;
}
