/* SPDX-License-Identifier: MIT */
#include "cli/production.h"

#include "deploy/client.h"
#include "deploy/marker.h"

static const struct config_environment *find(const struct config_settings *settings)
{
    for (size_t i = 0; i < settings->environment_count; i++) {
        const struct config_environment *environment = &settings->environments[i];
        if (text_is(environment->name, "production") && environment->revision.at.size > 0) {
            return environment;
        }
    }
    return NULL;
}

bool production_is_known(const struct config_settings *settings)
{
    return find(settings) != NULL;
}

bool production_ask(const struct config_settings *settings, const struct clock *clock,
                    struct arena *arena, struct text *ret_commit, struct problems *problems)
{
    const struct config_environment *environment = find(settings);
    struct client client;
    struct text commit;
    if (!environment || !client_init(&client, clock, problems)) {
        return false;
    }
    struct marker marker = { .revision = &environment->revision };
    bool is_known = marker_ask(&marker, &client, environment->url, &commit, problems);
    if (is_known) {
        *ret_commit = arena_text(arena, commit);
    }
    client_release(&client);
    return is_known;
}
