/* SPDX-License-Identifier: MIT */
/*
 * Files that steps name: read below the project folder, written below the output folder, never
 * elsewhere, whatever "..", links or absolute paths say.
 */
#ifndef BDDRUN_WORLD_PROJECT_FILE_H
#define BDDRUN_WORLD_PROJECT_FILE_H

#include <stdbool.h>

#include "base/text.h"

struct step;

enum { PROJECT_FILE_LIMIT_BYTES = 256 << 20 };

/* All: false: the step has failed. Results are in the world's arena. */
bool project_file_path(struct step *step, struct text name, struct text *ret_path);
bool project_file_read(struct step *step, struct text name, struct text *ret_bytes);
bool project_file_write(struct step *step, struct text name, struct text bytes);

#endif
