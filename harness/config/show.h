/* SPDX-License-Identifier: MIT */
/*
 * The settings a run would use, one line each with where the value came from. Values of secrets
 * are never printed.
 */
#ifndef BDDRUN_CONFIG_SHOW_H
#define BDDRUN_CONFIG_SHOW_H

#include "base/buffer.h"
#include "config/settings.h"

void settings_show(struct buffer *out, const struct config *config,
                   const struct config_settings *settings);

#endif
