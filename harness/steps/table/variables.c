/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "G1",
      .expression = "{actor} save(s) {value} as {string}",
      .example = "And alice saves the JSON at \"$.ticket\" as \"ticket\"",
      .help = "remembers a value as a variable",
      .run = step_save },
    { .id = "G2",
      .expression = "{actor} save(s) {value} as secret {string}",
      .example = "And alice saves the JSON at \"$.token\" as secret \"token\"",
      .help = "remembers a value as a variable that is masked in every output",
      .run = step_save_secret },
    { .id = "G3",
      .expression = "{actor} save(s) the match of {regex} in {value} as {string}",
      .example =
          "And I save the match of /table-(\\d+)/ in the header \"Location\" as \"table\"",
      .help = "remembers the first group of a regular expression, else its match",
      .run = step_save_match },
    { .id = "G4",
      .expression = "{actor} set(s) variable {string} to {literal}",
      .example = "Given I set variable \"seat\" to 3",
      .help = "sets a variable to a value",
      .run = step_set_variable },
    { .id = "G5",
      .expression = "{actor} set(s) variable {string} to:",
      .example = "Given I set variable \"query\" to:",
      .help = "sets a variable to a text",
      .takes = TAKES_TEXT,
      .run = step_set_variable_to_text },
    { .id = "G6",
      .expression = "{actor} write(s) {value} to file {string}",
      .example = "And I write the body to file \"hands.csv\"",
      .help = "writes a value to a file below the output folder",
      .run = step_write_file },
    { .id = "G7",
      .expression = "{actor} wait(s) {duration}",
      .example = "When I wait 200 ms",
      .help = "waits; receives and until are better where something can be waited for",
      .run = step_wait_duration },
};

const struct vocabulary_group vocabulary_variables = {
    .letter = 'G',
    .title = "Variables, files, time",
    .about = "A saved value belongs to its actor; what `I` save everybody can read; "
             "`${alice.ticket}` reads another actor's. G3 saves the first group, else\n"
             "the whole match. Files are read below the project folder and written below the "
             "output folder, never elsewhere. `the conversation`,\n"
             "`receives` and `until` make G7 rarely needed: `check` warns about waits over a "
             "second.",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
