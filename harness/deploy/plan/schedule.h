/* SPDX-License-Identifier: MIT */
/*
 * What starts a promotion when the window opens, ready to be taken over: units of systemd, a line of
 * cron, a scheduled pipeline of GitLab or GitHub. All times are UTC. Those that know no year would
 * come again a year later, so they ask for it. Nothing is installed.
 */
#ifndef BDDRUN_DEPLOY_PLAN_SCHEDULE_H
#define BDDRUN_DEPLOY_PLAN_SCHEDULE_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

enum schedule_form {
    SCHEDULE_NOTHING,
    SCHEDULE_SYSTEMD,
    SCHEDULE_CRON,
    SCHEDULE_GITLAB,
    SCHEDULE_GITHUB,
};

/* Their names in this order, NULL-ended: for a choice of options. */
extern const char *const schedule_words[];

struct schedule {
    int64_t at_s;       /* seconds since 1970-01-01T00:00:00Z; whole minutes */
    struct text commit; /* hexadecimal */
    struct text folder; /* absolute, where bddrun.yaml is */
};

void schedule_print(struct buffer *out, enum schedule_form form,
                    const struct schedule *schedule);

#endif
