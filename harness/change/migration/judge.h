/* SPDX-License-Identifier: MIT */
/* From what one migration does to what is said about it. */
#ifndef BDDRUN_CHANGE_MIGRATION_JUDGE_H
#define BDDRUN_CHANGE_MIGRATION_JUDGE_H

#include "change/migration.h"
#include "change/migration/assured.h"
#include "change/migration/framework.h"
#include "change/migration/scan.h"

/* What is known of one file while all are read. */
struct judged {
    const struct git_file *file;
    const struct framework *framework;
    const struct source *source; /* NULL: deleted */
    const struct source *before; /* NULL: new */
    bool is_edited;              /* of a history that is fixed */
    bool has_no_way_back;
    bool is_unchanged;
    struct scan scan;
    struct assurances assurances;
};

/* Scans its forward part; sets has_no_way_back. Of a framework whose files grow: what stands on
 * changed lines. */
void judged_scan(struct judged *judged, struct arena *arena);

/* Whether the forward parts of the two versions are the same but for comments. */
bool judged_is_same(const struct judged *judged, struct arena *arena);

#endif
