/* SPDX-License-Identifier: MIT */
#include "deploy/host_command.h"
#include "deploy/tree/tree.h"

enum { LIMIT_MS = 10 * 60 * 1000 };

static size_t count_newer(const struct tree_look *look, const struct tree_entry *entry)
{
    size_t count = 0;
    for (size_t i = 0; i < look->count; i++) {
        count += &look->list[i] != entry && tree_is_newer(look, &look->list[i], entry);
    }
    return count;
}

static bool remove_one(struct target *target, struct text name, struct problems *problems)
{
    struct arena *arena = target->context->arena;
    const struct target_settings *settings = target->settings;
    const struct text words[] = { TEXT("rm"), TEXT("-rf"), TEXT("--"),
                                  arena_format(arena, "releases/%.*s", TEXT_ARG(name)) };
    struct host_command command = { .host = target->host,
                                    .ssh = &settings->ssh,
                                    .folder = settings->tree,
                                    .words = words,
                                    .word_count = ARRAY_SIZE(words),
                                    .environment = target->context->process_environment,
                                    .limit_ms = LIMIT_MS };
    struct host_answer answer;
    if (!host_command_run(&command, &target->context->client->loop, arena, &answer, problems)) {
        return false;
    }
    return answer.code == 0 || tree_refuse(target, problems, "remove it by hand",
                                           "cannot remove release '%.*s': %.*s", TEXT_ARG(name),
                                           TEXT_ARG(host_last_line(&answer)));
}

bool tree_clean(struct target *target, const struct tree_look *look, struct text previous,
                struct problems *problems)
{
    struct text live = tree_name_of_link(look->link);
    uint64_t keep = target->settings->keep;
    for (size_t i = 0; keep > 0 && i < look->count; i++) {
        const struct tree_entry *entry = &look->list[i];
        bool is_kept = text_equal(entry->name, live) || text_equal(entry->name, previous) ||
                       count_newer(look, entry) < keep;
        if (!is_kept && !remove_one(target, entry->name, problems)) {
            return false;
        }
    }
    return true;
}
