/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "J1",
      .expression = "{whose} {recorded} match(es) the recording",
      .example = "Then the response matches the recording",
      .help = "compares with the recording of this scenario",
      .is_check = true,
      .run = step_match_recording },
    { .id = "J2",
      .expression = "{whose} {recorded} match(es) the recording except:",
      .example = "Then alice's conversation matches the recording except:",
      .help = "compares with the recording, but for what the table lists",
      .takes = TAKES_MASKS,
      .is_check = true,
      .run = step_match_recording },
};

const struct vocabulary_group vocabulary_recordings = {
    .letter = 'J',
    .title = "Recordings",
    .about = "The recording is the scenario's own; the entry is found by method, path and "
             "order, a socket by its name. A request, event or socket that the\n"
             "recording lacks is a failure of its own kind (\"not recorded\"), never a pass. "
             "Masks of `bddrun.yaml` apply as well.",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
