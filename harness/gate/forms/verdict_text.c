/* SPDX-License-Identifier: MIT */
#include "gate/forms/forms.h"

#include "base/escape.h"
#include "format/date.h"

static const char *mark_of(enum verdict_result result)
{
    switch (result) {
    case VERDICT_PASSED:
        return "✓";
    case VERDICT_FAILED:
        return "✗";
    case VERDICT_BLOCKED:
        break;
    }
    return "■";
}

static enum style style_of(enum verdict_result result)
{
    return result == VERDICT_PASSED ? STYLE_GOOD
                                    : (result == VERDICT_FAILED ? STYLE_BAD : STYLE_WARNING);
}

static void print_line(const struct style_writer *writer, enum style style, const char *start,
                       struct text text)
{
    if (text.size > 0) {
        style_add_string(writer, STYLE_DIM, start);
        style_add(writer, style, text);
        buffer_add_byte(writer->out, '\n');
    }
}

static void print_rule(const struct style_writer *writer, const struct verdict_rule *rule)
{
    style_add_string(writer, style_of(rule->result), mark_of(rule->result));
    buffer_add_byte(writer->out, ' ');
    style_add(writer, STYLE_BOLD, rule->name);
    buffer_add_repeated(writer->out, ' ', rule->name.size < 26 ? 26 - rule->name.size : 1);
    style_add(writer, STYLE_PLAIN, rule->reason);
    buffer_add_byte(writer->out, '\n');
    if (rule->result == VERDICT_PASSED) {
        return;
    }
    if (rule->file.size > 0) {
        style_add_string(writer, STYLE_DIM, "    at ");
        style_add(writer, STYLE_PLAIN, rule->file);
        if (rule->line > 0) {
            buffer_add_format(writer->out, ":%u", rule->line);
        }
        if (rule->column > 0) {
            buffer_add_format(writer->out, ":%u", rule->column);
        }
        buffer_add_byte(writer->out, '\n');
    }
    print_line(writer, STYLE_PLAIN, "    measured ", rule->measured);
    print_line(writer, STYLE_PLAIN, "    required ", rule->required);
    print_line(writer, STYLE_PLAIN, "    hint: ", rule->hint);
}

static size_t count_rules(const struct verdict *verdict, enum verdict_result result)
{
    size_t count = 0;
    for (size_t i = 0; i < verdict->rule_count; i++) {
        count += verdict->rules[i].result == result;
    }
    return count;
}

void verdict_print_text(const struct style_writer *writer, const struct verdict *verdict)
{
    style_add_string(writer, STYLE_BOLD, "gate ");
    style_add(writer, STYLE_PLAIN, verdict->commit);
    buffer_add_string(writer->out, " · policy of ");
    style_add(writer, STYLE_PLAIN,
              verdict->policy_commit.size ? verdict->policy_commit : TEXT("nobody"));
    buffer_add_string(writer->out, verdict->policy_has_changed
                                       ? " (the candidate changes the policy)\n\n"
                                       : "\n\n");
    for (size_t i = 0; i < verdict->rule_count; i++) {
        print_rule(writer, &verdict->rules[i]);
    }
    buffer_add_byte(writer->out, '\n');
    style_add_string(writer, style_of(verdict->result), verdict_result_name(verdict->result));
    buffer_add_format(writer->out, ": %zu passed, %zu failed, %zu blocked\n",
                      count_rules(verdict, VERDICT_PASSED),
                      count_rules(verdict, VERDICT_FAILED),
                      count_rules(verdict, VERDICT_BLOCKED));
    print_line(writer, STYLE_WARNING, "OVERRIDDEN: ", verdict->override.reason);
}
