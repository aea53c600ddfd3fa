/* SPDX-License-Identifier: MIT */
#include "base/escape.h"
#include "deploy/release_plan.h"

enum { SHOWN_COMMITS = 20, SHOWN_FILES = 20, SHOWN_DIGITS = 10 };

static struct text short_id(struct text id)
{
    return text_slice(id, 0, SHOWN_DIGITS);
}

static void print_words(struct buffer *out, const struct config_texts *words)
{
    for (size_t i = 0; i < words->count; i++) {
        buffer_add_format(out, "%s", i ? " " : "");
        escape_line(out, words->list[i]);
    }
}

static void print_rest(struct buffer *out, size_t count, size_t shown, const char *what)
{
    if (count > shown) {
        buffer_add_format(out, "  and %zu more %s\n", count - shown, what);
    }
}

static void print_commits(struct buffer *out, const struct release_plan *plan)
{
    const struct git_log *commits = &plan->change->commits;
    for (size_t i = 0; i < commits->count && i < SHOWN_COMMITS; i++) {
        const struct git_commit *commit = &commits->list[i];
        buffer_add_format(out, "  %.*s ", TEXT_ARG(short_id(commit->id)));
        escape_line(out, commit->subject);
        buffer_add_string(out, " (");
        escape_line(out, commit->author);
        buffer_add_string(out, ")\n");
    }
    print_rest(out, commits->count, SHOWN_COMMITS, "commits");
}

static void print_components(struct buffer *out, const struct release_plan *plan)
{
    const struct components_touched *touched = &plan->change->touched;
    if (touched->count > 0) {
        buffer_add_string(out, "\ncomponents\n");
    }
    for (size_t i = 0; i < touched->count; i++) {
        const struct component_touch *touch = &touched->list[i];
        buffer_add_format(out, "  %.*s: %zu file%s, %zu line%s\n",
                          TEXT_ARG(touch->component->name), touch->file_count,
                          touch->file_count == 1 ? "" : "s", touch->lines,
                          touch->lines == 1 ? "" : "s");
    }
    if (touched->unmapped_count > 0) {
        buffer_add_string(out, "\nfiles of no component, which concern all of them\n");
    }
    for (size_t i = 0; i < touched->unmapped_count && i < SHOWN_FILES; i++) {
        buffer_add_string(out, "  ");
        escape_line(out, touched->unmapped[i]->path);
        buffer_add_byte(out, '\n');
    }
    print_rest(out, touched->unmapped_count, SHOWN_FILES, "files");
}

static void print_finding(struct buffer *out, const struct migration_finding *finding)
{
    const struct migration_rule *rule = &migration_rules[finding->rule];
    buffer_add_format(out, "    %s: %s", migration_level_name(finding->level), rule->what);
    if (finding->table.size > 0) {
        buffer_add_string(out, ", '");
        escape_line(out, finding->table);
        buffer_add_byte(out, '\'');
    }
    if (finding->at.source) {
        buffer_add_format(out, ", line %zu",
                          source_position(finding->at.source, finding->at.start).line);
    }
    buffer_add_format(out, " (%s)\n", rule->name);
    if (finding->assured.size > 0) {
        buffer_add_string(out, "      assured: ");
        escape_line(out, finding->assured);
        buffer_add_byte(out, '\n');
    } else if (finding->instead) {
        buffer_add_format(out, "      instead: %s\n", finding->instead);
    }
}

static void print_migrations(struct buffer *out, const struct release_plan *plan)
{
    const struct migrations *migrations = &plan->change->migrations;
    if (migrations->count == 0) {
        return;
    }
    buffer_add_string(out, "\nschema changes\n");
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->list[i];
        buffer_add_string(out, "  ");
        escape_line(out, migration->file->path);
        buffer_add_format(out, " (%s): %s\n", migration->framework,
                          migration->is_unchanged ? "nothing that runs was changed"
                                                  : migration_level_name(migration->worst));
        for (size_t f = 0; f < migration->count; f++) {
            print_finding(out, &migration->findings[f]);
        }
    }
    buffer_add_string(out,
                      migrations->is_rollback_unsafe
                          ? "  rollback-unsafe: the release before does not work behind them\n"
                          : "  the release before works behind them\n");
}

static void print_scenarios(struct buffer *out, const struct release_plan *plan)
{
    CLEANUP(buffer_release) struct buffer tags;
    buffer_init(&tags, BUFFER_NO_LIMIT); /* of bddrun.yaml */
    components_print_tags(&tags, &plan->change->touched);
    if (tags.size > 0) {
        buffer_add_string(out, "\nscenarios  ");
        escape_line(out, buffer_text(&tags));
    } else {
        buffer_add_string(out, "\nscenarios  all");
    }
    buffer_add_string(out, "\nsuspend    ");
    for (size_t i = 0; i < plan->suspended_count; i++) {
        const struct config_component *component = plan->suspended[i];
        buffer_add_format(out, "%s%.*s: ", i ? "\n           " : "", TEXT_ARG(component->name));
        print_words(out, &component->suspend.command);
        if (component->suspend.idle.size > 0) {
            buffer_add_string(out, "; idle at ");
            escape_line(out, component->suspend.idle);
        }
    }
    buffer_add_string(out, plan->suspended_count > 0 ? "\n           and nothing else\n"
                                                     : "nothing\n");
}

void release_plan_print_text(struct buffer *out, const struct release_plan *plan)
{
    const struct change_plan *change = plan->change;
    buffer_add_format(out, "%.*s..%.*s\n",
                      TEXT_ARG(change->production.id.size > 0 ? short_id(change->production.id)
                                                              : TEXT("nothing")),
                      TEXT_ARG(short_id(change->candidate.id)));
    release_plan_print_size(out, plan);
    buffer_add_byte(out, '\n');
    print_commits(out, plan);
    print_components(out, plan);
    print_migrations(out, plan);
    print_scenarios(out, plan);
    for (size_t i = 0; i < plan->remark_count; i++) {
        buffer_add_format(out, "note       %.*s\n", TEXT_ARG(plan->remarks[i]));
    }
    buffer_add_string(out, "decision   ");
    release_plan_print_decision(out, plan);
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < plan->reason_count; i++) {
        buffer_add_string(out, "           ");
        escape_line(out, plan->reasons[i]);
        buffer_add_byte(out, '\n');
    }
}
