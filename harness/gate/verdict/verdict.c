/* SPDX-License-Identifier: MIT */
#include "gate/verdict.h"

enum verdict_result verdict_judge(const struct verdict *verdict)
{
    enum verdict_result worst = verdict->rule_count > 0 ? VERDICT_PASSED : VERDICT_BLOCKED;
    for (size_t i = 0; i < verdict->rule_count; i++) {
        if (verdict->rules[i].result > worst) {
            worst = verdict->rules[i].result;
        }
    }
    return worst;
}

bool verdict_allows(const struct verdict *verdict)
{
    return verdict->result == VERDICT_PASSED || verdict->override.reason.size > 0;
}

enum exit_code verdict_exit_code(const struct verdict *verdict)
{
    if (verdict_allows(verdict)) {
        return EXIT_CODE_YES;
    }
    return verdict->result == VERDICT_FAILED ? EXIT_CODE_NO : EXIT_CODE_NOTHING;
}

const char *verdict_result_name(enum verdict_result result)
{
    switch (result) {
    case VERDICT_PASSED:
        return "PASSED";
    case VERDICT_FAILED:
        return "FAILED";
    case VERDICT_BLOCKED:
        break;
    }
    return "BLOCKED";
}
