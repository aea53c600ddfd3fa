/* SPDX-License-Identifier: MIT */
/* What can be switched to, and how switching goes; see target.h. */
#ifndef BDDRUN_DEPLOY_TARGET_RELEASE_H
#define BDDRUN_DEPLOY_TARGET_RELEASE_H

#include "base/text.h"

/* Something that can be switched to. */
struct target_release {
    struct text name;   /* "20261123101500", "sha256:…", a commit: what switch_to takes */
    struct text commit; /* which it was made from; empty: unknown */
    struct text digest; /* "sha256:…" of an image; empty: it has none */
};

/* What was asked for on the command line; empty where nothing was. */
struct target_wish {
    struct text release;
    struct text commit;
    struct text digest;
};

enum target_outcome {
    TARGET_DONE,    /* it serves, or will serve, what was asked for */
    TARGET_REFUSED, /* nothing was changed */
    TARGET_UNKNOWN, /* it may have changed: current(), or the marker, has to tell */
};

enum target_hold {
    TARGET_FREE,
    TARGET_HELD,    /* by somebody else: exit code 75 */
    TARGET_NO_HOLD, /* it could not be found out */
};

#endif
