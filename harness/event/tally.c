/* SPDX-License-Identifier: MIT */
#include "event/tally.h"

#include "event/result.h"

void tally_add(struct tally *tally, const struct result *result)
{
    if (result->will_be_retried) {
        tally->retried++;
        return;
    }
    tally->scenarios[result->status]++;
    tally->finished++;
    tally->flaky += result_is_flaky(result);
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].kind == RESULT_STEP)
            tally->steps[result->lines[i].status]++;
}

uint32_t tally_failures(const struct tally *tally)
{
    uint32_t failures = 0;
    for (enum status status = 0; status < STATUS_COUNT; status++)
        if (status_is_failure(status))
            failures += tally->scenarios[status];
    return failures;
}

uint32_t tally_steps(const struct tally *tally)
{
    uint32_t steps = 0;
    for (enum status status = 0; status < STATUS_COUNT; status++)
        steps += tally->steps[status];
    return steps;
}
