/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "D1",
      .expression = "{actor} use(s) {setting} {string}",
      .example = "Given alice uses bearer token \"${alice_token}\"",
      .help = "changes one setting for the rest of the scenario",
      .run = step_use_setting },
    { .id = "D2",
      .expression = "{actor} use(s) no {setting}",
      .example = "Given I use no proxy",
      .help = "takes one setting away for the rest of the scenario",
      .run = step_use_no_setting },
    { .id = "D3",
      .expression = "{actor} use(s) these settings:",
      .example = "Given I use these settings:",
      .help = "changes several settings for the rest of the scenario",
      .takes = TAKES_SETTINGS,
      .run = step_use_settings },
    { .id = "D4",
      .expression = "{actor} use(s) {auth} auth as {string} with password {string}",
      .example = "Given I use digest auth as \"staff\" with password \"${staff_password}\"",
      .help = "authenticates every later request with a user and password",
      .run = step_use_auth },
    { .id = "D5",
      .expression = "{actor} trust(s) any certificate",
      .example = "Given I trust any certificate",
      .help = "accepts any server certificate",
      .run = step_trust_any_certificate },
    { .id = "D6",
      .expression = "{actor} follow(s) redirects",
      .example = "Given I follow redirects",
      .help = "follows redirects of every later request",
      .run = step_follow_redirects },
    { .id = "D7",
      .expression = "{actor} follow(s) no redirects",
      .example = "Given alice follows no redirects",
      .help = "follows no redirects, as at the start",
      .run = step_follow_no_redirects },
};

const struct vocabulary_group vocabulary_settings = {
    .letter = 'D',
    .title = "Authentication, TLS, proxy, limits",
    .about = "D5 is refused where the environment is read-only and is shown in every report. "
             "`resolve` takes `host:port:address`, `connect-to` takes\n"
             "`host:port:host:port` (curl's forms); `HTTP version` is `1.0`, `1.1`, `2`; `IP "
             "version` is `4`, `6`; `request rate` is `10/s`; credentials are masked.",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
