/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "deploy/release_plan.h"
#include "format/date.h"
#include "format/json_writer.h"

static void write_text(struct json_writer *json, const char *key, struct text value)
{
    json_write_key(json, key);
    json_write_string(json, value);
}

static void write_count(struct json_writer *json, const char *key, uint64_t value)
{
    json_write_key(json, key);
    json_write_uint(json, value);
}

static void write_flag(struct json_writer *json, const char *key, bool value)
{
    json_write_key(json, key);
    json_write_bool(json, value);
}

static void write_time(struct json_writer *json, const char *key, int64_t time_s)
{
    struct arena arena;
    arena_init(&arena);
    uint64_t time_ns = (time_s > 0 ? (uint64_t)time_s : 0) * NANOSECONDS_PER_SECOND;
    write_text(json, key, date_print(&arena, time_ns));
    arena_release(&arena);
}

static void write_texts(struct json_writer *json, const char *key, const struct text *list,
                        size_t count)
{
    json_write_key(json, key);
    json_write_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        json_write_string(json, list[i]);
    }
    json_write_end_array(json);
}

static void write_commits(struct json_writer *json, const char *key, const struct git_log *log)
{
    json_write_key(json, key);
    json_write_begin_array(json);
    for (size_t i = 0; i < log->count; i++) {
        json_write_begin_object(json);
        write_text(json, "id", log->list[i].id);
        write_text(json, "author", log->list[i].author);
        write_text(json, "subject", log->list[i].subject);
        write_time(json, "time", (int64_t)log->list[i].time_s);
        json_write_end_object(json);
    }
    json_write_end_array(json);
}

static void write_size(struct json_writer *json, const struct change_plan *change)
{
    json_write_key(json, "size");
    json_write_begin_object(json);
    write_count(json, "commits", change->commits.count);
    write_count(json, "files", change->diff.file_count);
    write_count(json, "linesAdded", change->diff.lines_added);
    write_count(json, "linesDeleted", change->diff.lines_deleted);
    if (change->limits.has_commits) {
        write_count(json, "commitLimit", change->limits.commits);
    }
    if (change->limits.has_lines) {
        write_count(json, "lineLimit", change->limits.lines);
    }
    json_write_end_object(json);
    json_write_key(json, "authors");
    json_write_begin_array(json);
    for (size_t i = 0; i < change->author_count; i++) {
        json_write_begin_object(json);
        write_text(json, "name", change->authors[i].name);
        write_count(json, "commits", change->authors[i].commit_count);
        json_write_end_object(json);
    }
    json_write_end_array(json);
}

static void write_files(struct json_writer *json, const char *key,
                        const struct git_file *const *files, size_t count)
{
    json_write_key(json, key);
    json_write_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        json_write_string(json, files[i]->path);
    }
    json_write_end_array(json);
}

static void write_components(struct json_writer *json, const struct components_touched *touched)
{
    json_write_key(json, "components");
    json_write_begin_array(json);
    for (size_t i = 0; i < touched->count; i++) {
        const struct component_touch *touch = &touched->list[i];
        json_write_begin_object(json);
        write_text(json, "name", touch->component->name);
        write_files(json, "files", touch->files, touch->file_count);
        write_count(json, "lines", touch->lines);
        json_write_end_object(json);
    }
    json_write_end_array(json);
    write_files(json, "unmappedFiles", touched->unmapped, touched->unmapped_count);
}

static void write_finding(struct json_writer *json, const struct migration_finding *finding)
{
    const struct migration_rule *rule = &migration_rules[finding->rule];
    json_write_begin_object(json);
    json_write_key(json, "rule");
    json_write_string_of(json, rule->name);
    json_write_key(json, "level");
    json_write_string_of(json, migration_level_name(finding->level));
    json_write_key(json, "what");
    json_write_string_of(json, rule->what);
    if (finding->table.size > 0) {
        write_text(json, "table", finding->table);
    }
    if (finding->at.source) {
        write_count(json, "line", source_position(finding->at.source, finding->at.start).line);
    }
    if (finding->assured.size > 0) {
        write_text(json, "assured", finding->assured);
    } else if (finding->instead) {
        write_text(json, "instead", text_of(finding->instead));
    }
    json_write_end_object(json);
}

static void write_migrations(struct json_writer *json, const struct migrations *migrations)
{
    json_write_key(json, "migrations");
    json_write_begin_array(json);
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->list[i];
        json_write_begin_object(json);
        write_text(json, "path", migration->file->path);
        write_text(json, "framework", text_of(migration->framework));
        write_text(json, "level", text_of(migration_level_name(migration->worst)));
        json_write_key(json, "findings");
        json_write_begin_array(json);
        for (size_t f = 0; f < migration->count; f++) {
            write_finding(json, &migration->findings[f]);
        }
        json_write_end_array(json);
        json_write_end_object(json);
    }
    json_write_end_array(json);
    write_flag(json, "rollbackUnsafe", migrations->is_rollback_unsafe);
}

static void write_suspended(struct json_writer *json, const struct release_plan *plan)
{
    json_write_key(json, "suspend");
    json_write_begin_array(json);
    for (size_t i = 0; i < plan->suspended_count; i++) {
        const struct config_component *component = plan->suspended[i];
        json_write_begin_object(json);
        write_text(json, "component", component->name);
        write_texts(json, "command", component->suspend.command.list,
                    component->suspend.command.count);
        write_texts(json, "resume", component->suspend.resume.list,
                    component->suspend.resume.count);
        if (component->suspend.idle.size > 0) {
            write_text(json, "idle", component->suspend.idle);
        }
        json_write_end_object(json);
    }
    json_write_end_array(json);
}

static void write_window(struct json_writer *json, const struct release_plan *plan)
{
    write_text(json, "decision", text_of(release_decision_name(plan->decision)));
    write_texts(json, "reasons", plan->reasons, plan->reason_count);
    write_texts(json, "notes", plan->remarks, plan->remark_count);
    json_write_key(json, "window");
    json_write_begin_object(json);
    write_text(json, "kind", plan->kind == WINDOW_SCHEMA ? TEXT("schema") : TEXT("any"));
    write_flag(json, "isOpen", plan->window.is_open);
    if (plan->window.has_opening) {
        write_time(json, "opens", plan->window.opens_s);
    }
    if (plan->window.has_closing) {
        write_time(json, "closes", plan->window.closes_s);
    }
    json_write_end_object(json);
}

void release_plan_print_json(struct buffer *out, const struct release_plan *plan)
{
    const struct change_plan *change = plan->change;
    struct json_writer writer;
    struct json_writer *json = &writer;
    CLEANUP(buffer_release) struct buffer tags;
    buffer_init(&tags, BUFFER_NO_LIMIT); /* of bddrun.yaml */
    components_print_tags(&tags, &change->touched);
    json_writer_init(json, out, 2);
    json_write_begin_object(json);
    json_write_key(json, "production");
    if (change->production.id.size > 0) {
        json_write_string(json, change->production.id);
    } else {
        json_write_null(json);
    }
    write_text(json, "candidate", change->candidate.id);
    write_time(json, "time", plan->now_s);
    write_size(json, change);
    write_commits(json, "commits", &change->commits);
    write_commits(json, "lostCommits", &change->lost);
    write_components(json, &change->touched);
    write_migrations(json, &change->migrations);
    write_text(json, "tags", buffer_text(&tags));
    write_suspended(json, plan);
    write_window(json, plan);
    json_write_end_object(json);
    buffer_add_byte(out, '\n');
}
