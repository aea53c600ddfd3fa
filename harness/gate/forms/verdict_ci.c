/* SPDX-License-Identifier: MIT */
/* Annotations: GitHub's workflow commands, GitLab's code quality report. */
#include "format/digest.h"
#include "format/json_writer.h"
#include "gate/forms/forms.h"

/* https://docs.github.com/actions/reference/workflow-commands: what ends a value is escaped. */
static void add_escaped(struct buffer *out, struct text text, bool is_property)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        bool ends_value = byte == '%' || byte == '\r' || byte == '\n' ||
                          (is_property && (byte == ':' || byte == ','));
        if (ends_value) {
            buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)byte);
        } else {
            buffer_add_byte(out, byte);
        }
    }
}

void verdict_print_github(struct buffer *out, const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->rule_count; i++) {
        const struct verdict_rule *rule = &verdict->rules[i];
        if (rule->result == VERDICT_PASSED) {
            continue;
        }
        buffer_add_string(out, "::error ");
        if (rule->file.size > 0) {
            buffer_add_string(out, "file=");
            add_escaped(out, rule->file, true);
            buffer_add_format(out, ",line=%u,", rule->line ? rule->line : 1);
        }
        buffer_add_string(out, "title=");
        add_escaped(out, rule->name, true);
        buffer_add_format(out, " %s::", verdict_result_name(rule->result));
        add_escaped(out, rule->reason, false);
        if (rule->hint.size > 0) {
            buffer_add_string(out, "%0A");
            add_escaped(out, rule->hint, false);
        }
        buffer_add_byte(out, '\n');
    }
    if (verdict->override.reason.size > 0) {
        buffer_add_string(out, "::warning title=gate overridden::");
        add_escaped(out, verdict->override.reason, false);
        buffer_add_byte(out, '\n');
    }
}

static void print_issue(struct json_writer *writer, const struct verdict_rule *rule)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct text text =
        arena_format(&arena, "%.*s: %.*s", TEXT_ARG(rule->name), TEXT_ARG(rule->reason));
    json_write_begin_object(writer);
    json_write_key(writer, "description");
    json_write_string(writer, text);
    json_write_key(writer, "check_name");
    json_write_string(writer, rule->name);
    json_write_key(writer, "fingerprint");
    json_write_string(writer, digest_sha256(&arena, text));
    json_write_key(writer, "severity");
    json_write_string_of(writer, rule->result == VERDICT_FAILED ? "major" : "blocker");
    json_write_key(writer, "location");
    json_write_begin_object(writer);
    json_write_key(writer, "path");
    json_write_string(writer, rule->file.size ? rule->file : TEXT("bddrun.yaml"));
    json_write_key(writer, "lines");
    json_write_begin_object(writer);
    json_write_key(writer, "begin");
    json_write_uint(writer, rule->line ? rule->line : 1);
    json_write_end_object(writer);
    json_write_end_object(writer);
    json_write_end_object(writer);
}

void verdict_print_gitlab(struct buffer *out, const struct verdict *verdict)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    json_write_begin_array(&writer);
    for (size_t i = 0; i < verdict->rule_count; i++) {
        if (verdict->rules[i].result != VERDICT_PASSED) {
            print_issue(&writer, &verdict->rules[i]);
        }
    }
    json_write_end_array(&writer);
    buffer_add_byte(out, '\n');
}
