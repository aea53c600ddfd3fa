/* SPDX-License-Identifier: MIT */
#include "deploy/target.h"

/* In the order of the documentation. */
const struct deploy_target_type *const deploy_targets[] = { &target_tree, &target_image,
                                                            &target_webhook, &target_command,
                                                            NULL };

void fault_reached(const struct fault *fault, const char *place)
{
    if (fault && fault->reached) {
        fault->reached(fault->context, place);
    }
}

const struct deploy_target_type *target_type_find(struct text name)
{
    for (size_t i = 0; deploy_targets[i]; i++) {
        if (text_is(name, deploy_targets[i]->name)) {
            return deploy_targets[i];
        }
    }
    return NULL;
}

/* Where it is, without a word that could be a secret. */
static struct text place_of(const struct target_settings *settings, struct arena *arena)
{
    if (settings->tree.size > 0) {
        return settings->tree;
    }
    if (settings->image.size > 0) {
        return arena_format(arena, "%.*s:%.*s", TEXT_ARG(settings->image),
                            TEXT_ARG(settings->tag));
    }
    return settings->command.count > 0 ? settings->command.list[0] : settings->webhook.origin;
}

static void add(struct targets *targets, const struct target_settings *settings,
                struct text host, struct target_context *context)
{
    struct target *target = &targets->list[targets->count++];
    struct arena *arena = context->arena;
    *target = (struct target){ .type = target_type_find(settings->type),
                               .settings = settings,
                               .context = context,
                               .host = host };
    target->name = arena_format(arena, "%.*s %.*s%s%.*s", TEXT_ARG(settings->type),
                                TEXT_ARG(place_of(settings, arena)),
                                host.size > 0 ? " on " : "", TEXT_ARG(host));
}

struct targets targets_make(const struct target_settings *settings, size_t settings_count,
                            struct target_context *context)
{
    struct targets targets = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < settings_count; i++) {
        count += settings[i].hosts.count > 0 ? settings[i].hosts.count : 1;
    }
    targets.list = ARENA_ARRAY(context->arena, count, struct target);
    for (size_t i = 0; i < settings_count; i++) {
        for (size_t host = 0; host < settings[i].hosts.count; host++) {
            add(&targets, &settings[i], settings[i].hosts.list[host], context);
        }
        if (settings[i].hosts.count == 0) {
            add(&targets, &settings[i], TEXT_EMPTY, context);
        }
    }
    return targets;
}
