/* SPDX-License-Identifier: MIT */
/*
 * A section of bddrun.yaml: one key of the top level and what reads it. The table is declared
 * here and defined in cli/, above everybody who owns a section, so each owner writes its table of
 * keys beside its own code, and all sections are always known.
 */
#ifndef BDDRUN_CONFIG_SECTION_H
#define BDDRUN_CONFIG_SECTION_H

#include "config/record.h"

struct config_section {
    struct config_key key; /* its offset is not used; the member is the section's own data */
    size_t size_bytes;     /* of the section's data */
    const char *summary;   /* one line for the documentation */
};

extern const struct config_section *const config_sections[]; /* NULL-ended */

#endif
