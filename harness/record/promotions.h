/* SPDX-License-Identifier: MIT */
/*
 * Which promotions concern a recording: those of the components that own its endpoints, as
 * `endpoints:` of bddrun.yaml says. An endpoint that no component owns may be anybody's, so that
 * every promotion concerns it; so does a promotion that names no component.
 *
 * An endpoint is "GET /api/tables/{}": a method and a path, where {}, {name} and * stand for any one
 * part, and ** for all that follows. A socket's is "socket /realtime", or "GET /realtime".
 */
#ifndef BDDRUN_RECORD_PROMOTIONS_H
#define BDDRUN_RECORD_PROMOTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "config/components.h"
#include "record/staleness.h"

/* All borrowed. */
struct promotion_dates {
    const struct promotion_date *list; /* an empty component: of all */
    size_t count;
    const struct config_component *components;
    size_t component_count;
};

/* Whether what a component's `endpoints` has stands for an endpoint of a recording. */
bool promotion_endpoint_fits(struct text pattern, struct text endpoint);

/* Puts those that concern the endpoints of a recording into ret_list, which has room for all, and
 * returns their number. */
size_t promotions_of(const struct promotion_dates *dates, const struct text *endpoints,
                     size_t endpoint_count, struct promotion_date *ret_list);

#endif
