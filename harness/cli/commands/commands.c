/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"

#include <stddef.h>

/* In the order of `bddrun help`; the first is the one that is meant without a name. */
const struct command *const commands[] = {
    &cmd_run,     &cmd_check,    &cmd_record, &cmd_accept,  &cmd_diff,
    &cmd_steps,   &cmd_coverage, &cmd_gate,   &cmd_verify,  &cmd_plan,
    &cmd_promote, &cmd_rollback, &cmd_status, &cmd_journal, &cmd_hook,
    &cmd_keygen,  &cmd_version,  &cmd_help,   NULL,
};
