/* SPDX-License-Identifier: MIT */
#include "change/migration.h"

#include "change/migration/judge.h"
#include "git/tree.h"

struct reading {
    struct git *git;
    const struct migration_settings *settings;
    struct judged *list;
    size_t count;
    struct problems *problems;
};

/* Which files, and their bytes. */

static void collect(struct reading *reading, const struct git_diff *diff)
{
    reading->list = ARENA_ARRAY(&reading->git->arena, diff->file_count + 1, struct judged);
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *file = &diff->files[i];
        const struct framework *framework = framework_of(file->path);
        const struct framework *old_framework =
            file->status == GIT_RENAMED ? framework_of(file->old_path) : NULL;
        framework = framework ? framework : old_framework;
        if (!framework || framework->history == HISTORY_RESULT) {
            continue;
        }
        struct judged *judged = &reading->list[reading->count++];
        bool was_one =
            file->status != GIT_ADDED && (file->status != GIT_RENAMED || old_framework);
        judged->file = file;
        judged->framework = framework;
        judged->is_edited = was_one && framework->history == HISTORY_FIXED;
        scan_init(&judged->scan, &reading->git->arena);
    }
}

/* The sources of all files as the revision has them. */
static bool show(struct reading *reading, struct text revision, bool is_before)
{
    struct arena *arena = &reading->git->arena;
    struct text *paths = ARENA_ARRAY(arena, reading->count + 1, struct text);
    struct source **sources = ARENA_ARRAY(arena, reading->count + 1, struct source *);
    for (size_t i = 0; i < reading->count; i++) {
        const struct git_file *file = reading->list[i].file;
        paths[i] = is_before ? file->old_path : file->path;
    }
    if (!git_show_files(reading->git, revision, paths, reading->count, sources,
                        reading->problems)) {
        return false;
    }
    for (size_t i = 0; i < reading->count; i++) {
        struct judged *judged = &reading->list[i];
        if (is_before) {
            judged->before = sources[i];
        } else {
            judged->source = sources[i];
        }
    }
    return true;
}

/* golang-migrate keeps the way back beside: x.up.sql, x.down.sql. */
static bool look_for_back_files(struct reading *reading, struct text newer)
{
    struct arena *arena = &reading->git->arena;
    for (size_t i = 0; i < reading->count; i++) {
        struct judged *judged = &reading->list[i];
        if (judged->framework->way_back != WAY_BACK_FILE || !judged->source) {
            continue;
        }
        struct text path = judged->file->path;
        struct text stem = text_slice(path, 0, path.size - TEXT(".up.sql").size);
        struct text back = arena_format(arena, "%.*s.down.sql", TEXT_ARG(stem));
        struct source *source = NULL;
        if (!git_show_files(reading->git, newer, &back, 1, &source, reading->problems)) {
            return false;
        }
        judged->has_no_way_back =
            !source || tokens_make(&language_sql, source->bytes, 0, arena).count == 0;
    }
    return true;
}

static bool scan_all(struct reading *reading)
{
    bool is_fine = true;
    for (size_t i = 0; i < reading->count; i++) {
        struct judged *judged = &reading->list[i];
        if (judged->source) {
            judged_scan(judged, &reading->git->arena);
            is_fine = assurances_read(judged->source, &reading->git->arena, &judged->assurances,
                                      reading->problems) &&
                      is_fine;
        }
        if (judged->is_edited && judged->source && judged->before &&
            judged->file->status == GIT_MODIFIED) {
            judged->is_unchanged = judged_is_same(judged, &reading->git->arena);
            judged->is_edited = !judged->is_unchanged;
        }
    }
    return is_fine;
}

/* What is said about each. */

static bool is_created(const struct reading *reading, const struct scan_finding *found)
{
    bool keeps_rows = found->rule != RULE_DROP_TABLE && found->rule != RULE_TRUNCATE;
    for (size_t i = 0; keeps_rows && found->table.size > 0 && i < reading->count; i++) {
        const struct scan *scan = &reading->list[i].scan;
        for (size_t t = 0; !reading->list[i].is_unchanged && t < scan->created_count; t++) {
            if (text_equal_ignoring_case(scan->created[t], found->table)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_small(const struct migration_settings *settings, struct text table)
{
    for (size_t i = 0; i < settings->big_table_count; i++) {
        if (text_equal_ignoring_case(settings->big_tables[i], table)) {
            return false;
        }
    }
    return settings->knows_big_tables && table.size > 0;
}

static void add(const struct reading *reading, const struct judged *judged,
                struct migration *migration, const struct scan_finding *found)
{
    const struct migration_settings *settings = reading->settings;
    const struct migration_rule *rule = &migration_rules[found->rule];
    bool is_of_file = found->rule == RULE_IRREVERSIBLE || found->rule == RULE_HISTORY_EDITED;
    struct migration_finding finding = { .rule = found->rule, .table = found->table };
    finding.level = migration_rule_level(found->rule, settings->database);
    finding.instead =
        settings->database == DATABASE_MYSQL ? rule->instead_mysql : rule->instead_postgresql;
    if (rule->counts_rows && finding.level == MIGRATION_BLOCK &&
        is_small(settings, found->table)) {
        finding.level = MIGRATION_WARN;
    }
    finding.at = is_of_file || !judged->source
                     ? span_none()
                     : span_make(judged->source, found->start, found->start + 1);
    const struct assurance *assurance =
        assurances_find(&judged->assurances, found->rule, found->start, is_of_file);
    if (assurance) {
        finding.assured = assurance->reason;
        finding.level = MIGRATION_SAFE;
    }
    migration->findings[migration->count++] = finding;
    migration->worst = finding.level > migration->worst ? finding.level : migration->worst;
}

static struct migration judge(const struct reading *reading, const struct judged *judged)
{
    struct migration migration = { .file = judged->file,
                                   .framework = judged->framework->name,
                                   .is_unchanged = judged->is_unchanged };
    migration.findings =
        ARENA_ARRAY(&reading->git->arena, judged->scan.count + 2, struct migration_finding);
    if (judged->is_edited) {
        add(reading, judged, &migration, &(struct scan_finding){ .rule = RULE_HISTORY_EDITED });
    }
    if (judged->is_unchanged || judged->file->status == GIT_DELETED) {
        return migration;
    }
    if (!judged->source) { /* no file of its own, or its object is not here */
        add(reading, judged, &migration, &(struct scan_finding){ .rule = RULE_UNKNOWN_SQL });
    }
    for (size_t i = 0; i < judged->scan.count; i++) {
        const struct scan_finding *found = &judged->scan.findings[i];
        if (!is_created(reading, found)) {
            add(reading, judged, &migration, found);
        }
    }
    if (judged->has_no_way_back) {
        add(reading, judged, &migration, &(struct scan_finding){ .rule = RULE_IRREVERSIBLE });
    }
    return migration;
}

static struct migrations judge_all(const struct reading *reading)
{
    struct migrations all = { .count = reading->count };
    all.list = ARENA_ARRAY(&reading->git->arena, reading->count + 1, struct migration);
    for (size_t i = 0; i < reading->count; i++) {
        struct migration *migration = &all.list[i];
        *migration = judge(reading, &reading->list[i]);
        all.worst = migration->worst > all.worst ? migration->worst : all.worst;
        for (size_t f = 0; f < migration->count; f++) {
            const struct migration_finding *finding = &migration->findings[f];
            bool is_open = finding->assured.size == 0;
            all.has_edited_history |= is_open && finding->rule == RULE_HISTORY_EDITED;
            all.is_rollback_unsafe |= is_open && (finding->level == MIGRATION_EXPAND ||
                                                  finding->rule == RULE_IRREVERSIBLE);
        }
    }
    return all;
}

bool migrations_read(struct git *git, struct text older, struct text newer,
                     const struct git_diff *diff, const struct migration_settings *settings,
                     struct migrations *ret_migrations, struct problems *problems)
{
    struct reading reading = { .git = git, .settings = settings, .problems = problems };
    collect(&reading, diff);
    bool is_read =
        reading.count == 0 ||
        (show(&reading, newer, false) && (older.size == 0 || show(&reading, older, true)) &&
         scan_all(&reading) && look_for_back_files(&reading, newer));
    if (is_read) {
        *ret_migrations = judge_all(&reading);
    }
    for (size_t i = 0; i < reading.count; i++) {
        scan_release(&reading.list[i].scan);
    }
    return is_read;
}
