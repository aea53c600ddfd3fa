/* SPDX-License-Identifier: MIT */
#include "steps/table/table.h"

#include "base/attribute.h"
#include "steps/step_functions.h"

static const struct step_definition steps[] = {
    { .id = "A1",
      .expression = "these {group}:",
      .example = "Given these players:",
      .help = "gives a group its members, with variables for each",
      .takes = TAKES_PEOPLE,
      .run = step_these_people },
    { .id = "A2",
      .expression = "there is/are {count} {group}",
      .example = "Given there are 200 spectators",
      .help = "makes a group of numbered members",
      .run = step_there_are },
    { .id = "A3",
      .expression = "{actor} start(s) a new session",
      .example = "Given alice starts a new session",
      .help = "forgets cookies, settings and variables and starts afresh",
      .run = step_start_session },
    { .id = "A4",
      .expression = "{actor} keep(s) the session as {string}",
      .example = "And alice keeps the session as \"player-1\"",
      .help = "keeps cookies and settings for the run under a name",
      .run = step_keep_session },
    { .id = "A5",
      .expression = "{actor} resume(s) session {string}",
      .example = "Given bob resumes session \"player-1\"",
      .help = "goes on with cookies and settings kept under a name",
      .run = step_resume_session },
    { .id = "A6",
      .expression = "at the same time:",
      .example = "When at the same time:",
      .help = "runs steps of different actors together and waits for all",
      .takes = TAKES_STEPS,
      .run = step_at_the_same_time },
};

const struct vocabulary_group vocabulary_actors = {
    .letter = 'A',
    .title = "Actors, groups, sessions",
    .about = "A group of A2 has the members `spectators-1` … `spectators-200`; the other "
             "columns of A1's table become each member's variables. A session\n"
             "(cookies, settings) kept in a set-up feature can be resumed by every scenario of "
             "the run: log in once. Where the environment has `accounts:`, every\n"
             "actor is lent one row for the length of the scenario, its columns being the "
             "actor's variables (`${email}`); no two scenarios that run at the\n"
             "same time, in this shard or another, share a row, so any number of scenarios may "
             "each have their own alice.",
    .steps = steps,
    .count = ARRAY_SIZE(steps),
};
