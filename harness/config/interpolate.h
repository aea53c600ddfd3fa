/* SPDX-License-Identifier: MIT */
/*
 * `${NAME}` in bddrun.yaml: a name of capitals, digits and underscores is a variable of the
 * process environment. `$${` stands for `${`. What else begins with `${` is for run time.
 */
#ifndef BDDRUN_CONFIG_INTERPOLATE_H
#define BDDRUN_CONFIG_INTERPOLATE_H

#include "config/record.h"

enum interpolation {
    INTERPOLATE_NOW,      /* `${…}` for run time is refused */
    INTERPOLATE_TEMPLATE, /* it stays; what came from the process environment, and `$${`, are
                             written so that run time gives them back as they are */
};

/* The scalar's text in the reader's arena. False with a problem at the node, also where a variable
 * is not set. */
bool config_interpolate(struct config_reader *reader, const struct config_node *node,
                        enum interpolation kind, struct text *ret_text);

#endif
