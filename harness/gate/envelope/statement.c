/* SPDX-License-Identifier: MIT */
#include "gate/envelope/statement.h"

#include <ctype.h>

#include "format/date.h"
#include "format/json_writer.h"

const char *statement_kind_type(enum statement_kind kind)
{
    static const char *const types[STATEMENT_KINDS] = {
        [STATEMENT_VERDICT] = "https://bddrun.dev/coverage-gate/v1",
        [STATEMENT_TEST_RESULT] = "https://in-toto.io/attestation/test-result/v0.1",
        [STATEMENT_SUMMARY] = "https://in-toto.io/attestation/svr/v0.2",
    };
    return kind < STATEMENT_KINDS ? types[kind] : "unknown";
}

static void print_digest(struct json_writer *writer, struct text algorithm, struct text digest)
{
    json_write_key(writer, "digest");
    json_write_begin_object(writer);
    json_write_key_text(writer, algorithm);
    json_write_string(writer, digest);
    json_write_end_object(writer);
}

static void print_subjects(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_key(writer, "subject");
    json_write_begin_array(writer);
    for (size_t i = 0; i < verdict->subject_count; i++) {
        json_write_begin_object(writer);
        if (verdict->subjects[i].name.size > 0) {
            json_write_key(writer, "name");
            json_write_string(writer, verdict->subjects[i].name);
        }
        print_digest(writer, verdict->subjects[i].algorithm, verdict->subjects[i].digest);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

static void print_rules(struct json_writer *writer, const struct verdict *verdict,
                        const char *key, bool wants_passed)
{
    json_write_key(writer, key);
    json_write_begin_array(writer);
    for (size_t i = 0; i < verdict->rule_count; i++) {
        if ((verdict->rules[i].result == VERDICT_PASSED) == wants_passed) {
            json_write_string(writer, verdict->rules[i].name);
        }
    }
    json_write_end_array(writer);
}

static const char *test_result(const struct verdict *verdict)
{
    if (verdict->result == VERDICT_PASSED) {
        return "PASSED";
    }
    return verdict_allows(verdict) ? "WARNED" : "FAILED";
}

static void print_policy(struct json_writer *writer, const struct verdict *verdict)
{
    json_write_begin_array(writer);
    if (verdict->policy_sha256.size > 0) {
        json_write_begin_object(writer);
        json_write_key(writer, "name");
        json_write_string(writer, verdict->policy_path);
        print_digest(writer, TEXT("sha256"), verdict->policy_sha256);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

static void print_test_result(struct json_writer *writer, const struct verdict *verdict)
{
    bool is_warned = verdict->result != VERDICT_PASSED && verdict_allows(verdict);
    json_write_begin_object(writer);
    json_write_key(writer, "result");
    json_write_string_of(writer, test_result(verdict));
    json_write_key(writer, "configuration");
    print_policy(writer, verdict);
    print_rules(writer, verdict, "passedTests", true);
    print_rules(writer, verdict, is_warned ? "warnedTests" : "failedTests", false);
    json_write_end_object(writer);
}

/* "coverage.lines.total" becomes BDDRUN_COVERAGE_LINES_TOTAL. */
static void print_property(struct json_writer *writer, struct text name)
{
    struct buffer property;
    buffer_init(&property, 1024);
    buffer_add_string(&property, "BDDRUN_");
    for (size_t i = 0; i < name.size; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        buffer_add_byte(&property, isalnum(byte) ? (char)toupper(byte) : '_');
    }
    json_write_string(writer, buffer_text(&property));
    buffer_release(&property);
}

static void print_summary(struct json_writer *writer, const struct verdict *verdict,
                          struct arena *arena)
{
    json_write_begin_object(writer);
    json_write_key(writer, "verifier");
    json_write_begin_object(writer);
    json_write_key(writer, "id");
    json_write_string(writer, arena_format(arena, "https://bddrun.dev/gate@%.*s",
                                           TEXT_ARG(verdict->version)));
    json_write_key(writer, "policies");
    print_policy(writer, verdict);
    json_write_end_object(writer);
    json_write_key(writer, "timeCreated");
    json_write_string(writer, date_print(arena, verdict->made_at_ns));
    json_write_key(writer, "properties");
    json_write_begin_array(writer);
    if (verdict_allows(verdict)) {
        json_write_string_of(writer, "BDDRUN_PROMOTE");
    }
    if (verdict->override.reason.size > 0) {
        json_write_string_of(writer, "BDDRUN_OVERRIDDEN");
    }
    for (size_t i = 0; i < verdict->rule_count; i++) {
        if (verdict->rules[i].result == VERDICT_PASSED) {
            print_property(writer, verdict->rules[i].name);
        }
    }
    json_write_end_array(writer);
    json_write_end_object(writer);
}

static void print_verdict(struct json_writer *writer, const struct verdict *verdict)
{
    struct buffer predicate;
    buffer_init(&predicate, BUFFER_NO_LIMIT); /* limited by out */
    verdict_print_json(&predicate, verdict);
    json_write_raw(writer, buffer_text(&predicate));
    buffer_release(&predicate);
}

void statement_print(struct buffer *out, const struct verdict *verdict,
                     enum statement_kind kind)
{
    struct arena arena;
    arena_init(&arena);
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "_type");
    json_write_string_of(&writer, STATEMENT_TYPE);
    print_subjects(&writer, verdict);
    json_write_key(&writer, "predicateType");
    json_write_string_of(&writer, statement_kind_type(kind));
    json_write_key(&writer, "predicate");
    if (kind == STATEMENT_VERDICT) {
        print_verdict(&writer, verdict);
    } else if (kind == STATEMENT_TEST_RESULT) {
        print_test_result(&writer, verdict);
    } else {
        print_summary(&writer, verdict, &arena);
    }
    json_write_end_object(&writer);
    arena_release(&arena);
}
