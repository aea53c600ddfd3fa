/* SPDX-License-Identifier: MIT */
/*
 * The groups of the vocabulary, one file each. A row is a step; to give it a function, name it in
 * .run and declare it in steps/step_functions.h.
 */
#ifndef BDDRUN_STEPS_TABLE_TABLE_H
#define BDDRUN_STEPS_TABLE_TABLE_H

#include "steps/vocabulary.h"

extern const struct vocabulary_group vocabulary_actors;
extern const struct vocabulary_group vocabulary_requests;
extern const struct vocabulary_group vocabulary_headers;
extern const struct vocabulary_group vocabulary_settings;
extern const struct vocabulary_group vocabulary_checks;
extern const struct vocabulary_group vocabulary_documents;
extern const struct vocabulary_group vocabulary_variables;
extern const struct vocabulary_group vocabulary_sockets;
extern const struct vocabulary_group vocabulary_messages;
extern const struct vocabulary_group vocabulary_recordings;
extern const struct vocabulary_group vocabulary_scenario;

#endif
