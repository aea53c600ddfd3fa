/* SPDX-License-Identifier: MIT */
#include "reporters/parts/attempts.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "reporters/parts/report_text.h"

enum { SAID_LIMIT_BYTES = 4 << 10 };

struct attempts_said {
    struct attempts_said *older;
    uint32_t scenario;
    struct buffer lines;
};

static void remove_at(struct attempts_said **place)
{
    struct attempts_said *said = *place;
    *place = said->older;
    buffer_release(&said->lines);
    free(said);
}

void attempts_release(struct attempts *attempts)
{
    while (attempts->newest)
        remove_at(&attempts->newest);
}

static struct attempts_said *find(const struct attempts *attempts, uint32_t scenario)
{
    struct attempts_said *said = attempts->newest;
    while (said && said->scenario != scenario)
        said = said->older;
    return said;
}

void attempts_add(struct attempts *attempts, const struct result *result,
                  const struct scenario_info *info)
{
    struct attempts_said *said = find(attempts, result->scenario);
    if (!said) {
        said = alloc_or_die(1, sizeof *said);
        said->scenario = result->scenario;
        said->older = attempts->newest;
        buffer_init(&said->lines, SAID_LIMIT_BYTES);
        attempts->newest = said;
    }
    buffer_add_format(&said->lines, "attempt %u %s: ", result->attempt + 1,
                      status_name(result->status));
    report_cause(&said->lines, result, info);
    buffer_add_byte(&said->lines, '\n');
}

struct text attempts_find(const struct attempts *attempts, uint32_t scenario)
{
    const struct attempts_said *said = find(attempts, scenario);
    return said ? buffer_text(&said->lines) : TEXT_EMPTY;
}

void attempts_forget(struct attempts *attempts, uint32_t scenario)
{
    for (struct attempts_said **at = &attempts->newest; *at; at = &(*at)->older) {
        if ((*at)->scenario == scenario) {
            remove_at(at);
            return;
        }
    }
}
