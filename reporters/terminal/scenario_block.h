/* SPDX-License-Identifier: MIT */
/*
 * A finished scenario as the terminal shows it: one line, or with its steps, failures and
 * exchanges.
 */
#ifndef BDDRUN_REPORTERS_TERMINAL_SCENARIO_BLOCK_H
#define BDDRUN_REPORTERS_TERMINAL_SCENARIO_BLOCK_H

#include "event/result.h"
#include "event/scenario_info.h"
#include "format/style.h"

/* "✓ Lobby › The lobby lists tables    12 ms", and the place of what is not green. */
void scenario_line_print(const struct style_writer *writer, const struct result *result,
                         const struct scenario_info *info);

/* The line and everything below it that verbosity (-1 to 3) asks for: of a failed one its steps
 * always. */
void scenario_block_print(const struct style_writer *writer, const struct result *result,
                          const struct scenario_info *info, int verbosity);

/* "Feature › Scenario", escaped. */
void scenario_name_print(const struct style_writer *writer, enum style style,
                         const struct scenario_info *info);

#endif
