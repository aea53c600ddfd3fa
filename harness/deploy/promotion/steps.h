/* SPDX-License-Identifier: MIT */
/* The steps of a promotion as data; see deploy/promotion.h. */
#ifndef BDDRUN_DEPLOY_PROMOTION_STEPS_H
#define BDDRUN_DEPLOY_PROMOTION_STEPS_H

#include "deploy/promotion.h"

enum step_kind {
    STEP_SUSPEND,
    STEP_IDLE,
    STEP_BEFORE,
    STEP_SWITCH,
    STEP_BACK, /* only when it is taken back */
    STEP_AFTER,
    STEP_MARKER,
    STEP_SCENARIOS,
    STEP_RESUME,
};

struct step {
    enum step_kind kind;
    struct text name;                         /* unique in the operation */
    const struct promotion_unit *unit;        /* of STEP_SWITCH, STEP_BACK */
    const struct config_component *component; /* of STEP_SUSPEND, STEP_IDLE, STEP_RESUME */
    const struct config_texts *command;       /* of those that run one */
    const struct target *place;               /* where it runs; NULL: this machine */
};

struct steps {
    struct step *list;
    size_t count;
    size_t capacity;
};

/* Of the way forward. In the arena of the context. */
struct steps steps_forward(const struct promotion *promotion);

/* Of the way back: for what the operation (also the one under way) had begun. */
struct steps steps_back(const struct promotion *promotion, const struct operation *begun);

/* Takes one. is_back: what is to be live is what was live before. */
bool step_take(struct promotion *promotion, const struct step *step, bool is_back,
               struct problems *problems) MUST_CHECK;

#endif
