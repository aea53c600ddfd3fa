/* SPDX-License-Identifier: MIT */
/*
 * Where the recording of a scenario lies:
 *     FOLDER/PATH OF THE FEATURE WITHOUT .feature/SLUG[~N][~rowE-R].har
 * and its further samples beside it (SLUG.2.har, SLUG.3.har). The path of the feature is from the
 * project's folder; the slug is the scenario's name as written (<x> not filled in), ~N where
 * the N-th scenario of the file has that slug, ~rowE-R for row R of the E-th examples. It depends
 * on names only, not on lines, so recordings survive edits above them. Two scenarios never share a
 * path, and no name leads out of the folder.
 */
#ifndef BDDRUN_RECORD_STORE_H
#define BDDRUN_RECORD_STORE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "gherkin/pickle.h"

enum {
    STORE_SLUG_LIMIT = 100, /* bytes; a longer name is cut and gets its hash */
    STORE_SAMPLES_LIMIT = 99,
};

struct store {
    struct text folder;         /* of the recordings, joined to the working directory */
    struct text project_folder; /* of bddrun.yaml; empty or ".": the working directory */
};

/* The path of a scenario's recording, in the arena. feature: the path of its file as given; sample:
 * 1 for the recording itself, up to STORE_SAMPLES_LIMIT. */
struct text store_path(const struct store *store, struct arena *arena, struct text feature,
                       const struct pickle *pickle, unsigned sample);

/* The same with what identifies a scenario as plain data. */
struct store_key {
    struct text feature;
    struct text scenario;
    unsigned twin;     /* 1-based among the scenarios of the file with this slug; 0 is 1 */
    unsigned examples; /* 1-based; 0: no outline */
    unsigned row;
};
struct store_key store_key_of(struct text feature, const struct pickle *pickle);
struct text store_key_path(const struct store *store, struct arena *arena,
                           const struct store_key *key, unsigned sample);

/* The path of the feature from the project's folder, as recordings keep it: "game/lobby.feature".
 * A file outside of it keeps its name and gets a hash of its folder: "outside/lobby-1f3a77c0". */
struct text store_feature(const struct store *store, struct arena *arena, struct text feature);

/* How many samples there are, one after the other: 0 when the scenario has no recording. */
unsigned store_samples(const struct store *store, struct arena *arena,
                       const struct store_key *key);

#endif
