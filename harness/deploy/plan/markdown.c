/* SPDX-License-Identifier: MIT */
/* For a merge request: GitHub's and GitLab's Markdown. */
#include <string.h>

#include "base/escape.h"
#include "deploy/release_plan.h"

enum { SHOWN = 20 };

/* Foreign text: no markup of its own, no line of its own. */
static void add(struct buffer *out, struct text text)
{
    CLEANUP(buffer_release) struct buffer plain;
    buffer_init(&plain, BUFFER_NO_LIMIT); /* as long as its text */
    escape_line(&plain, text);
    for (size_t i = 0; i < plain.size; i++) {
        if (strchr("\\`*_{}[]<>#|~@!", plain.at[i]) && plain.at[i] != '\0') {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, plain.at[i]);
    }
}

static void print_migrations(struct buffer *out, const struct migrations *migrations)
{
    if (migrations->count == 0) {
        return;
    }
    buffer_add_string(out, "\n| level | schema change | rule | instead |\n|---|---|---|---|\n");
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->list[i];
        for (size_t f = 0; f < migration->count; f++) {
            const struct migration_finding *finding = &migration->findings[f];
            const struct migration_rule *rule = &migration_rules[finding->rule];
            buffer_add_format(out, "| %s | ", migration_level_name(finding->level));
            add(out, migration->file->path);
            buffer_add_format(out, ": %s ", rule->what);
            add(out, finding->table);
            buffer_add_format(out, " | %s | ", rule->name);
            add(out, finding->assured.size > 0 ? finding->assured : text_of(finding->instead));
            buffer_add_string(out, " |\n");
        }
        if (migration->count == 0) {
            buffer_add_string(out, "| safe | ");
            add(out, migration->file->path);
            buffer_add_string(out, " | | |\n");
        }
    }
    if (migrations->is_rollback_unsafe) {
        buffer_add_string(out, "\n**Rollback-unsafe**: the release before does not work behind "
                               "these changes.\n");
    }
}

static void print_unmapped(struct buffer *out, const struct components_touched *touched)
{
    if (touched->unmapped_count == 0) {
        return;
    }
    buffer_add_format(
        out, "\n%zu file%s of no component concern%s all of them: ", touched->unmapped_count,
        touched->unmapped_count == 1 ? "" : "s", touched->unmapped_count == 1 ? "s" : "");
    for (size_t i = 0; i < touched->unmapped_count && i < SHOWN; i++) {
        buffer_add_string(out, i ? ", " : "");
        add(out, touched->unmapped[i]->path);
    }
    buffer_add_string(out, touched->unmapped_count > SHOWN ? ", …\n" : "\n");
}

static void print_components(struct buffer *out, const struct release_plan *plan)
{
    const struct components_touched *touched = &plan->change->touched;
    buffer_add_string(out, "\n**Touches** ");
    for (size_t i = 0; i < touched->count; i++) {
        buffer_add_string(out, i ? ", " : "");
        add(out, touched->list[i].component->name);
    }
    buffer_add_string(out, touched->count > 0 ? "; **suspends** " : "no component; suspends ");
    for (size_t i = 0; i < plan->suspended_count; i++) {
        buffer_add_string(out, i ? ", " : "");
        add(out, plan->suspended[i]->name);
    }
    buffer_add_string(out, plan->suspended_count > 0 ? " and nothing else\n" : "nothing\n");
    print_unmapped(out, touched);
}

void release_plan_print_markdown(struct buffer *out, const struct release_plan *plan)
{
    buffer_add_string(out, "### Release plan: ");
    release_plan_print_decision(out, plan);
    buffer_add_string(out, "\n\n");
    for (size_t i = 0; i < plan->reason_count; i++) {
        buffer_add_string(out, "- ");
        add(out, plan->reasons[i]);
        buffer_add_byte(out, '\n');
    }
    buffer_add_string(out, plan->reason_count > 0 ? "\n" : "");
    release_plan_print_size(out, plan);
    buffer_add_byte(out, '\n');
    print_components(out, plan);
    print_migrations(out, &plan->change->migrations);
    for (size_t i = 0; i < plan->remark_count; i++) {
        buffer_add_string(out, "\n> ");
        add(out, plan->remarks[i]);
        buffer_add_byte(out, '\n');
    }
}
