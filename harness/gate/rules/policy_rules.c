/* SPDX-License-Identifier: MIT */
/* By which policy? */
#include "gate/rules/rules.h"

void rule_policy_source(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "policy.source";
    const struct gate_policy_source *source = &input->policy_source;
    if (source->failure.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "%.*s", TEXT_ARG(source->failure));
        findings_hint(findings, "%.*s", TEXT_ARG(source->hint));
        findings_place(findings, source->path, 0);
        return;
    }
    if (source->wanted.size == 0) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "nothing says whose policy decides, and the candidate's own never does "
                     "by itself");
        findings_hint(findings, "say `policy_from: production`, or name a protected ref by "
                                "--policy-from");
        findings_place(findings, source->path, 0);
        return;
    }
    findings_add(findings, VERDICT_PASSED, name, "the policy of %.*s%s%.*s%s",
                 TEXT_ARG(source->wanted), source->commit.size ? ", commit " : "",
                 TEXT_ARG(source->commit),
                 source->has_changed ? "; the candidate changes it, which counts from the next "
                                       "release on"
                                     : "");
}
