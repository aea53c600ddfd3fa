/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "C1",
      .expression = "{actor} set(s) header {string} to {string}",
      .example = "Given alice sets header \"Accept-Language\" to \"en-AU\"",
      .help = "sends a header with every later request",
      .run = step_set_header },
    { .id = "C2",
      .expression = "{actor} remove(s) header {string}",
      .example = "Given alice removes header \"User-Agent\"",
      .help = "leaves a header out of every later request",
      .run = step_remove_header },
    { .id = "C3",
      .expression = "{actor} set(s) cookie {string} to {string}",
      .example = "Given I set cookie \"theme\" to \"dark\"",
      .help = "sets a cookie",
      .run = step_set_cookie },
    { .id = "C4",
      .expression = "{actor} delete(s) cookie {string}",
      .example = "When alice deletes cookie \"arena_session\"",
      .help = "forgets a cookie",
      .run = step_delete_cookie },
    { .id = "C5",
      .expression = "{actor} send(s) cookie {string} back as header {string}",
      .example = "Given alice sends cookie \"XSRF-TOKEN\" back as header \"X-XSRF-TOKEN\"",
      .help = "repeats the value of a cookie as a header of every later request",
      .run = step_send_cookie_back },
};

const struct vocabulary_group vocabulary_headers = {
    .letter = 'C',
    .title = "Headers and cookies of the actor",
    .about = "C5 repeats for every later request: the cookie's current value, URL-decoded "
             "(what Laravel and Angular expect).",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
