/* SPDX-License-Identifier: MIT */
#include "format/junit.h"
#include "gate/forms/forms.h"

enum { DETAILS_LIMIT = 1 << 16 };

static void print_case(struct buffer *out, const struct verdict_rule *rule)
{
    CLEANUP(buffer_release) struct buffer details;
    buffer_init(&details, DETAILS_LIMIT);
    if (rule->measured.size > 0) {
        buffer_add_format(&details, "measured: %.*s\n", TEXT_ARG(rule->measured));
    }
    if (rule->required.size > 0) {
        buffer_add_format(&details, "required: %.*s\n", TEXT_ARG(rule->required));
    }
    buffer_add_format(&details, "%.*s", TEXT_ARG(rule->hint));
    struct junit_case each = {
        .class_name = TEXT("gate"),
        .name = rule->name,
        .file = rule->file,
        .line = rule->line,
        .outcome = rule->result == VERDICT_PASSED ? JUNIT_PASSED : JUNIT_FAILURE,
        .type = rule->result == VERDICT_FAILED ? TEXT("failed") : TEXT("blocked"),
        .message = rule->reason,
        .details = buffer_text(&details),
    };
    if (rule->result == VERDICT_PASSED) {
        each.output = rule->reason;
    }
    junit_print_case(out, &each, false, NULL);
}

void verdict_print_junit(struct buffer *out, const struct verdict *verdict)
{
    struct junit_suite suite = { .name = TEXT("gate"), .started_ns = verdict->made_at_ns };
    suite.counts.tests = verdict->rule_count;
    for (size_t i = 0; i < verdict->rule_count; i++) {
        suite.counts.failures += verdict->rules[i].result != VERDICT_PASSED;
    }
    junit_print_head(out, TEXT("bddrun gate"), &suite.counts);
    junit_print_suite_begin(out, &suite);
    for (size_t i = 0; i < verdict->rule_count; i++) {
        print_case(out, &verdict->rules[i]);
    }
    junit_print_suite_end(out, TEXT_EMPTY);
    junit_print_tail(out);
}
