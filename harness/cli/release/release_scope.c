/* SPDX-License-Identifier: MIT */
#include "change/component.h"
#include "change/migration.h"
#include "cli/release/release_command.h"
#include "config/components.h"

/* Named on the command line: these alone. */
static void take_named(struct invocation *invocation, const struct option_texts *names,
                       const struct config_component *all, size_t count,
                       struct release_scope *scope)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct config_component *found = component_find(all, count, names->list[i]);
        if (found) {
            scope->components[scope->component_count++] = found;
        } else {
            problems_add(&invocation->problems, PROBLEM_WARNING, span_none(), NULL,
                         "there is no component '%.*s'", TEXT_ARG(names->list[i]));
        }
    }
}

static void take_all(const struct config_component *all, size_t count,
                     struct release_scope *scope)
{
    for (size_t i = 0; i < count; i++) {
        scope->components[scope->component_count++] = &all[i];
    }
}

static bool read_change(struct invocation *invocation, struct git *git, struct text older,
                        struct text newer, struct release_scope *scope,
                        struct problems *problems)
{
    struct git_diff diff;
    struct migrations migrations;
    struct migration_settings settings = { 0 };
    size_t count = 0;
    const struct config_component *all = config_components(&invocation->config, &count);
    if (older.size == 0 || newer.size == 0 ||
        !git_open(git, invocation->config.folder, invocation->process_environment, problems) ||
        !git_diff_read(git, older, newer, &diff, problems) ||
        !migrations_read(git, older, newer, &diff, &settings, &migrations, problems)) {
        return false;
    }
    struct components_touched touched = components_touch(all, count, &diff, &invocation->arena);
    for (size_t i = 0; i < touched.count; i++) {
        scope->components[scope->component_count++] = touched.list[i].component;
    }
    scope->changes_schema = migrations.count > 0 && migrations.worst > MIGRATION_SAFE;
    if (migrations.is_rollback_unsafe && scope->unsafe.size == 0) {
        scope->unsafe = TEXT("its migrations have no way back");
    }
    return true;
}

void release_find_scope(void *context, struct text older, struct text newer,
                        struct release_scope *scope)
{
    struct invocation *invocation = context;
    const struct release_values *values = invocation->values;
    size_t count = 0;
    const struct config_component *all = config_components(&invocation->config, &count);
    struct git git = { 0 };
    struct problems problems;
    scope->components = ARENA_ARRAY(&invocation->arena, count + values->components.count + 1,
                                    const struct config_component *);
    scope->unsafe = values->unsafe;
    problems_init(&problems);
    if (values->components.count > 0) {
        take_named(invocation, &values->components, all, count, scope);
    } else if (!read_change(invocation, &git, older, newer, scope, &problems)) {
        take_all(all, count, scope);
    }
    git_release(&git);
    problems_release(&problems);
}
