/* SPDX-License-Identifier: MIT */
#include "world/permission.h"

#include "config/settings.h"
#include "exchange/url.h"
#include "world/actor_socket.h"
#include "world/recordings.h"
#include "world/socket_opening.h"
#include "world/step.h"
#include "world/world.h"

/* NULL: the list does not apply. */
static const struct config_recordings_allow *allow_of(const struct world *world)
{
    const struct recordings *recordings = world->context->recordings;
    return world->context->recorder && recordings ? &recordings->settings->allow : NULL;
}

bool permission_request(struct step *step, struct text method, struct text url)
{
    const struct config_recordings_allow *allow = allow_of(step->world);
    struct url parts;
    struct text path = url_parse(url, &parts) && parts.path.size ? parts.path : TEXT("/");
    struct text line =
        arena_format(&step->world->arena, "%.*s %.*s", TEXT_ARG(method), TEXT_ARG(path));
    if (!allow || globs_match(&allow->paths, line)) {
        return true;
    }
    step_fail(step, "'%.*s' is not on the list of what may be written while recording",
              TEXT_ARG(line));
    step_hint(step, "`recordings: {allow: {paths: ['POST /sandbox/**']}}` in bddrun.yaml "
                    "allows it");
    return false;
}

static bool is_listed(const struct config_recordings_allow *allow, struct text event)
{
    for (size_t i = 0; i < allow->events.count; i++) {
        if (text_is(allow->events.list[i], "*") ||
            (event.size > 0 && text_equal(allow->events.list[i], event))) {
            return true;
        }
    }
    return false;
}

static bool is_read_only(const struct world *world, const struct actor_socket *socket,
                         struct arena *arena)
{
    struct text url =
        url_of_step(arena, socket->opening->settings->base_url, socket->opening->url);
    return settings_is_read_only_host(world->context->settings, url);
}

bool permission_event(struct step *step, const struct actor_socket *socket, struct text event)
{
    const struct config_recordings_allow *allow = allow_of(step->world);
    if (!allow || is_listed(allow, event) ||
        !is_read_only(step->world, socket, &step->world->arena)) {
        return true;
    }
    if (event.size > 0) {
        step_fail(step,
                  "the event '%.*s' is not on the list of what may be sent while recording",
                  TEXT_ARG(event));
    } else {
        step_fail(step,
                  "%.*s would send a message, which is not on the list of what may be "
                  "sent while recording",
                  TEXT_ARG(actor_socket_title(socket)));
    }
    step_hint(step, "`recordings: {allow: {events: [move]}}` in bddrun.yaml allows an event by "
                    "its name, '*' every message");
    return false;
}
