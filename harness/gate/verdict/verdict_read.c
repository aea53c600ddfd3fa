/* SPDX-License-Identifier: MIT */
/* A verdict read back: a table of members for each object, unknown ones ignored. What is there has
 * to have its type; a rule without a known result is refused, never taken for passed. */
#include <stddef.h>

#include "format/date.h"
#include "format/json.h"
#include "gate/verdict.h"

enum member_kind {
    MEMBER_TEXT,
    MEMBER_COUNT,
    MEMBER_LINE,
    MEMBER_TIME,
    MEMBER_BOOL,
    MEMBER_RESULT
};

struct member {
    const char *key;
    enum member_kind kind;
    size_t offset;
    bool is_required;
};

struct reading {
    const struct source *source;
    struct arena *arena;
    struct problems *problems;
};

static bool refuse(struct reading *reading, const struct json_value *value, const char *key,
                   const char *expected)
{
    problems_add(reading->problems, PROBLEM_INPUT, json_span(reading->source, value),
                 "make the verdict anew by `bddrun gate`", "'%s' of the verdict is not %s", key,
                 expected);
    return false;
}

static bool read_result(const struct json_value *value, enum verdict_result *ret_result)
{
    for (int i = VERDICT_PASSED; i <= VERDICT_BLOCKED; i++) {
        if (json_is(value, JSON_STRING) &&
            text_is(json_text(value), verdict_result_name((enum verdict_result)i))) {
            *ret_result = (enum verdict_result)i;
            return true;
        }
    }
    return false;
}

static bool read_number(const struct json_value *value, uint64_t most, uint64_t *ret_number)
{
    return json_is(value, JSON_NUMBER) && text_to_uint64(json_text(value), ret_number) &&
           *ret_number <= most;
}

static bool read_line(const struct json_value *value, uint32_t *ret_line)
{
    uint64_t number = 0;
    if (!read_number(value, UINT32_MAX, &number)) {
        return false;
    }
    *ret_line = (uint32_t)number;
    return true;
}

static bool read_text(struct reading *reading, const struct json_value *value,
                      struct text *ret_text)
{
    if (!json_is(value, JSON_STRING)) {
        return false;
    }
    *ret_text = arena_text(reading->arena, json_text(value));
    return true;
}

static bool read_member(struct reading *reading, const struct member *member,
                        const struct json_value *value, void *target)
{
    switch (member->kind) {
    case MEMBER_TEXT:
        return read_text(reading, value, target) ||
               refuse(reading, value, member->key, "a string");
    case MEMBER_COUNT:
        return read_number(value, UINT64_MAX, target) ||
               refuse(reading, value, member->key, "a number of things");
    case MEMBER_LINE:
        return read_line(value, target) ||
               refuse(reading, value, member->key, "the number of a line or column");
    case MEMBER_TIME:
        return (json_is(value, JSON_STRING) && date_parse(json_text(value), target)) ||
               refuse(reading, value, member->key, "a time");
    case MEMBER_BOOL:
        *(bool *)target = json_is(value, JSON_TRUE);
        return json_is_boolean(value) || refuse(reading, value, member->key, "true or false");
    case MEMBER_RESULT:
        break;
    }
    return read_result(value, target) ||
           refuse(reading, value, member->key, "PASSED, FAILED or BLOCKED");
}

/* members ends with one without a key. */
static bool read_object(struct reading *reading, const struct json_value *object,
                        const char *title, const struct member *members, void *target)
{
    if (!json_is(object, JSON_OBJECT)) {
        return refuse(reading, object, title, "an object");
    }
    for (const struct member *member = members; member->key; member++) {
        const struct json_value *value = json_member_named(object, member->key);
        if (value && !read_member(reading, member, value, (char *)target + member->offset)) {
            return false;
        }
        if (!value && member->is_required) {
            problems_add(reading->problems, PROBLEM_INPUT, json_span(reading->source, object),
                         "make the verdict anew by `bddrun gate`",
                         "'%s' of the verdict has no '%s'", title, member->key);
            return false;
        }
    }
    return true;
}

struct list {
    const char *title;
    size_t size_bytes;
    const struct member *members;
};

static bool read_list(struct reading *reading, const struct json_value *root,
                      const struct list *list, void **ret_list, size_t *ret_count)
{
    const struct json_value *array = json_member_named(root, list->title);
    if (!array) {
        return true;
    }
    if (!json_is(array, JSON_ARRAY)) {
        return refuse(reading, array, list->title, "a list");
    }
    char *made = arena_array(reading->arena, array->count + 1, list->size_bytes);
    for (size_t i = 0; i < array->count; i++) {
        if (!read_object(reading, json_item(array, i), list->title, list->members,
                         made + i * list->size_bytes)) {
            return false;
        }
    }
    *ret_list = made;
    *ret_count = array->count;
    return true;
}

#define RULE(key, kind, member, is_required)                                                   \
    {                                                                                          \
        key, kind, offsetof(struct verdict_rule, member), is_required                          \
    }
static const struct member rule_members[] = {
    RULE("name", MEMBER_TEXT, name, true),
    RULE("result", MEMBER_RESULT, result, true),
    RULE("measured", MEMBER_TEXT, measured, false),
    RULE("required", MEMBER_TEXT, required, false),
    RULE("reason", MEMBER_TEXT, reason, false),
    RULE("hint", MEMBER_TEXT, hint, false),
    RULE("file", MEMBER_TEXT, file, false),
    RULE("line", MEMBER_LINE, line, false),
    RULE("column", MEMBER_LINE, column, false),
    { 0 },
};

static const struct member subject_members[] = {
    { "name", MEMBER_TEXT, offsetof(struct verdict_subject, name), false },
    { "algorithm", MEMBER_TEXT, offsetof(struct verdict_subject, algorithm), true },
    { "digest", MEMBER_TEXT, offsetof(struct verdict_subject, digest), true },
    { 0 },
};

static const struct member evidence_members[] = {
    { "name", MEMBER_TEXT, offsetof(struct verdict_evidence, name), false },
    { "path", MEMBER_TEXT, offsetof(struct verdict_evidence, path), false },
    { "sha256", MEMBER_TEXT, offsetof(struct verdict_evidence, sha256), true },
    { 0 },
};

#define VERDICT(key, kind, member)                                                             \
    {                                                                                          \
        key, kind, offsetof(struct verdict, member), false                                     \
    }
static const struct member verdict_members[] = {
    VERDICT("commit", MEMBER_TEXT, commit),
    VERDICT("tree", MEMBER_TEXT, tree),
    VERDICT("baseCommit", MEMBER_TEXT, base_commit),
    VERDICT("environment", MEMBER_TEXT, environment),
    VERDICT("version", MEMBER_TEXT, version),
    VERDICT("madeAt", MEMBER_TIME, made_at_ns),
    VERDICT("testedAt", MEMBER_TIME, tested_at_ns),
    VERDICT("expiresAt", MEMBER_TIME, expires_at_ns),
    { 0 },
};

static const struct member policy_members[] = {
    VERDICT("path", MEMBER_TEXT, policy_path),
    VERDICT("commit", MEMBER_TEXT, policy_commit),
    VERDICT("sha256", MEMBER_TEXT, policy_sha256),
    VERDICT("changed", MEMBER_BOOL, policy_has_changed),
    { 0 },
};

static const struct member override_members[] = {
    { "reason", MEMBER_TEXT, offsetof(struct verdict, override.reason), true },
    { "key", MEMBER_TEXT, offsetof(struct verdict, override.key_id), false },
    { "at", MEMBER_TIME, offsetof(struct verdict, override.at_ns), false },
    { 0 },
};

static const struct member scenario_members[] = {
    VERDICT("total", MEMBER_COUNT, scenarios.total),
    VERDICT("selected", MEMBER_COUNT, scenarios.selected),
    VERDICT("passed", MEMBER_COUNT, scenarios.passed),
    VERDICT("flaky", MEMBER_COUNT, scenarios.flaky),
    VERDICT("failed", MEMBER_COUNT, scenarios.failed),
    VERDICT("pending", MEMBER_COUNT, scenarios.pending),
    VERDICT("skipped", MEMBER_COUNT, scenarios.skipped),
    { 0 },
};

static const struct member measure_members[] = {
    { "covered", MEMBER_COUNT, offsetof(struct verdict_measure, covered), true },
    { "total", MEMBER_COUNT, offsetof(struct verdict_measure, total), true },
    { 0 },
};

/* A part that may be left out. */
static bool read_part(struct reading *reading, const struct json_value *parent, const char *key,
                      const struct member *members, void *target)
{
    const struct json_value *part = json_member_named(parent, key);
    return !part || read_object(reading, part, key, members, target);
}

static bool read_lists(struct reading *reading, const struct json_value *root,
                       struct verdict *verdict)
{
    static const struct list rules = { "rules", sizeof(struct verdict_rule), rule_members };
    static const struct list subjects = { "subjects", sizeof(struct verdict_subject),
                                          subject_members };
    static const struct list evidence = { "evidence", sizeof(struct verdict_evidence),
                                          evidence_members };
    void *lists[3] = { NULL, NULL, NULL };
    if (!read_list(reading, root, &rules, &lists[0], &verdict->rule_count) ||
        !read_list(reading, root, &subjects, &lists[1], &verdict->subject_count) ||
        !read_list(reading, root, &evidence, &lists[2], &verdict->evidence_count)) {
        return false;
    }
    verdict->rules = lists[0];
    verdict->subjects = lists[1];
    verdict->evidence = lists[2];
    return true;
}

bool verdict_read_json(const struct source *source, const struct json_value *root,
                       struct arena *arena, struct verdict *ret_verdict,
                       struct problems *problems)
{
    struct reading reading = { source, arena, problems };
    struct verdict verdict = { 0 };
    if (!read_object(&reading, root, "verdict", verdict_members, &verdict) ||
        !read_part(&reading, root, "override", override_members, &verdict) ||
        !read_part(&reading, root, "policy", policy_members, &verdict) ||
        !read_part(&reading, root, "scenarios", scenario_members, &verdict)) {
        return false;
    }
    const struct json_value *coverage = json_member_named(root, "coverage");
    if (!read_part(&reading, coverage, "lines", measure_members, &verdict.lines) ||
        !read_part(&reading, coverage, "branches", measure_members, &verdict.branches) ||
        !read_part(&reading, coverage, "functions", measure_members, &verdict.functions) ||
        !read_lists(&reading, root, &verdict)) {
        return false;
    }
    verdict.result = verdict_judge(&verdict);
    *ret_verdict = verdict;
    return true;
}
