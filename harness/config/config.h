/* SPDX-License-Identifier: MIT */
/*
 * The configuration of one run of the program: bddrun.yaml, read section by section, and where it
 * was found. Knows no section. Without a file every section is absent. Owns everything that was
 * read; all of it lives until config_release.
 */
#ifndef BDDRUN_CONFIG_CONFIG_H
#define BDDRUN_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "config/record.h"
#include "config/section.h"

struct config {
    struct arena arena;
    struct source source; /* of the file; without bytes where there is none */
    bool has_file;
    struct text folder; /* the folder of the file, or of the working directory: "." */
    const struct config_node *root;
    void **section_data; /* beside config_sections[]; NULL where absent */
    const char *const *process_environment;
};

/* Where to look, first one first. Paths are as the user gave them. */
struct config_search {
    struct text option;     /* --config; empty: not given */
    struct text variable;   /* BDDRUN_CONFIG; empty: not set */
    struct text first_path; /* of the scenarios; empty: the working directory */
};

void config_init(struct config *config, const char *const *process_environment);
void config_release(struct config *config);

/* Finds and reads the file: the option's, the variable's, or the nearest bddrun.yaml from the
 * first path upward to the root of the repository (the folder that holds .git). Finding none by
 * the last way is fine. */
bool config_load(struct config *config, const struct config_search *search,
                 struct problems *problems) MUST_CHECK;

/* The same from bytes, for tests; name is shown. Both are borrowed. */
bool config_read(struct config *config, struct text name, struct text bytes,
                 struct problems *problems) MUST_CHECK;

/* The data of a section, or NULL where the file does not have it. */
const void *config_section_data(const struct config *config,
                                const struct config_section *section);

#endif
