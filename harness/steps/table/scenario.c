/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "K1",
      .expression = "afterwards {step}",
      .example = "And afterwards alice sends DELETE \"/api/tables/${table}\"",
      .help = "runs a step when the scenario ends, however it ends",
      .takes = TAKES_AS_THE_STEP,
      .run = step_afterwards },
    { .id = "K2",
      .expression = "the command {string} succeeds",
      .example = "Given the command \"seed\" succeeds",
      .help = "runs a command that bddrun.yaml names",
      .run = step_command_succeeds },
    { .id = "K3",
      .expression = "this scenario is pending because {string}",
      .example = "Given this scenario is pending because \"the lobby moves first\"",
      .help = "ends the scenario as pending",
      .run = step_is_pending },
    { .id = "K4",
      .expression = "this scenario is skipped unless {value} {comparison}",
      .example = "Given this scenario is skipped unless the variable \"omaha.enabled\" is true",
      .help = "skips the scenario unless a value is as wanted",
      .run = step_is_skipped_unless },
    { .id = "K5",
      .expression = "{actor} attach(es) {value} as {string}",
      .example = "And alice attaches the body as \"page.html\"",
      .help = "attaches a value to the report",
      .run = step_attach },
};

const struct vocabulary_group vocabulary_scenario = {
    .letter = 'K',
    .title = "Setup, teardown, the scenario itself",
    .about = "What follows `afterwards` must itself match one step other than K1. K2 runs a "
             "command that `bddrun.yaml` names (argument vector, no\n"
             "shell), so a feature file alone can never run a program. Features tagged\n"
             "`@before-all`, `@after-all`, `@before:TAGS`, `@after:TAGS` run around the run or "
             "around each scenario whose tags fit; teardown always runs.",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
