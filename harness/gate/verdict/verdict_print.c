/* SPDX-License-Identifier: MIT */
/* The JSON form of a verdict; verdict_read.c reads it back. */
#include "format/date.h"
#include "format/json_writer.h"
#include "gate/verdict.h"

static void text_member(struct json_writer *writer, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(writer, key);
        json_write_string(writer, value);
    }
}

static void count_member(struct json_writer *writer, const char *key, uint64_t value)
{
    json_write_key(writer, key);
    json_write_uint(writer, value);
}

static void time_member(struct json_writer *writer, const char *key, uint64_t realtime_ns)
{
    struct arena arena;
    arena_init(&arena);
    if (realtime_ns > 0) {
        text_member(writer, key, date_print(&arena, realtime_ns));
    }
    arena_release(&arena);
}

static void print_rule(struct json_writer *writer, const struct verdict_rule *rule)
{
    json_write_begin_object(writer);
    text_member(writer, "name", rule->name);
    text_member(writer, "result", text_of(verdict_result_name(rule->result)));
    text_member(writer, "measured", rule->measured);
    text_member(writer, "required", rule->required);
    text_member(writer, "reason", rule->reason);
    text_member(writer, "hint", rule->hint);
    text_member(writer, "file", rule->file);
    if (rule->line > 0) {
        count_member(writer, "line", rule->line);
    }
    if (rule->column > 0) {
        count_member(writer, "column", rule->column);
    }
    json_write_end_object(writer);
}

static void print_rules(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_key(writer, "rules");
    json_write_begin_array(writer);
    for (size_t i = 0; i < verdict->rule_count; i++) {
        print_rule(writer, &verdict->rules[i]);
    }
    json_write_end_array(writer);
}

static void print_subjects(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_key(writer, "subjects");
    json_write_begin_array(writer);
    for (size_t i = 0; i < verdict->subject_count; i++) {
        const struct verdict_subject *subject = &verdict->subjects[i];
        json_write_begin_object(writer);
        text_member(writer, "name", subject->name);
        text_member(writer, "algorithm", subject->algorithm);
        text_member(writer, "digest", subject->digest);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

static void print_evidence(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_key(writer, "evidence");
    json_write_begin_array(writer);
    for (size_t i = 0; i < verdict->evidence_count; i++) {
        json_write_begin_object(writer);
        text_member(writer, "name", verdict->evidence[i].name);
        text_member(writer, "path", verdict->evidence[i].path);
        text_member(writer, "sha256", verdict->evidence[i].sha256);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

static void print_policy(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_key(writer, "policy");
    json_write_begin_object(writer);
    text_member(writer, "path", verdict->policy_path);
    text_member(writer, "commit", verdict->policy_commit);
    text_member(writer, "sha256", verdict->policy_sha256);
    json_write_key(writer, "changed");
    json_write_bool(writer, verdict->policy_has_changed);
    json_write_end_object(writer);
}

static void print_scenarios(struct json_writer *writer, const struct verdict_scenarios *counts)
{
    json_write_key(writer, "scenarios");
    json_write_begin_object(writer);
    count_member(writer, "total", counts->total);
    count_member(writer, "selected", counts->selected);
    count_member(writer, "passed", counts->passed);
    count_member(writer, "flaky", counts->flaky);
    count_member(writer, "failed", counts->failed);
    count_member(writer, "pending", counts->pending);
    count_member(writer, "skipped", counts->skipped);
    json_write_end_object(writer);
}

static void print_measure(struct json_writer *writer, const char *key,
                          const struct verdict_measure *measure)
{
    json_write_key(writer, key);
    json_write_begin_object(writer);
    count_member(writer, "covered", measure->covered);
    count_member(writer, "total", measure->total);
    json_write_end_object(writer);
}

static void print_override(struct json_writer *writer, const struct verdict_override *override)
{
    if (override->reason.size == 0) {
        return;
    }
    json_write_key(writer, "override");
    json_write_begin_object(writer);
    text_member(writer, "reason", override->reason);
    text_member(writer, "key", override->key_id);
    time_member(writer, "at", override->at_ns);
    json_write_end_object(writer);
}

void verdict_print_json(struct buffer *out, const struct verdict *verdict)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    text_member(&writer, "result", text_of(verdict_result_name(verdict->result)));
    text_member(&writer, "commit", verdict->commit);
    text_member(&writer, "tree", verdict->tree);
    text_member(&writer, "baseCommit", verdict->base_commit);
    text_member(&writer, "environment", verdict->environment);
    text_member(&writer, "version", verdict->version);
    time_member(&writer, "madeAt", verdict->made_at_ns);
    time_member(&writer, "testedAt", verdict->tested_at_ns);
    time_member(&writer, "expiresAt", verdict->expires_at_ns);
    print_override(&writer, &verdict->override);
    print_policy(&writer, verdict);
    print_rules(&writer, verdict);
    print_scenarios(&writer, &verdict->scenarios);
    json_write_key(&writer, "coverage");
    json_write_begin_object(&writer);
    print_measure(&writer, "lines", &verdict->lines);
    print_measure(&writer, "branches", &verdict->branches);
    print_measure(&writer, "functions", &verdict->functions);
    json_write_end_object(&writer);
    print_subjects(&writer, verdict);
    print_evidence(&writer, verdict);
    json_write_end_object(&writer);
}
