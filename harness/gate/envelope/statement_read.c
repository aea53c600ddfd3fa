/* SPDX-License-Identifier: MIT */
#include "base/source.h"
#include "format/json.h"
#include "gate/envelope/statement.h"

enum { SUBJECTS_LIMIT = 1000 };

struct reading {
    struct source *source;
    struct arena *arena;
    struct problems *problems;
};

static bool refuse(struct reading *reading, const struct json_value *at, const char *what)
{
    problems_add(reading->problems, PROBLEM_INPUT, json_span(reading->source, at),
                 "take the file of verdicts from the pipeline again",
                 "no in-toto statement: %s", what);
    return false;
}

static bool is_string(const struct json_value *object, const char *key, const char *expected)
{
    const struct json_value *value = json_member_named(object, key);
    return json_is(value, JSON_STRING) && text_is(json_text(value), expected);
}

/* A subject has a digest by each of several algorithms; ours has one. */
static bool read_subject(struct reading *reading, const struct json_value *subject,
                         struct statement *statement)
{
    const struct json_value *digests = json_member_named(subject, "digest");
    if (!json_is(digests, JSON_OBJECT) || digests->count == 0 || digests->has_repeated_keys) {
        return refuse(reading, subject, "a subject needs a 'digest'");
    }
    for (size_t i = 0; i < digests->count; i++) {
        const struct json_value *digest = &digests->children[i];
        if (!json_is(digest, JSON_STRING)) {
            return refuse(reading, digest, "a digest is a string");
        }
        if (statement->subject_count == SUBJECTS_LIMIT) {
            return refuse(reading, digest, "too many subjects");
        }
        statement->subjects[statement->subject_count++] =
            (struct verdict_subject){ json_text(json_member_named(subject, "name")),
                                      json_key(digest), json_text(digest) };
    }
    return true;
}

static bool read_subjects(struct reading *reading, const struct json_value *root,
                          struct statement *statement)
{
    const struct json_value *subjects = json_member_named(root, "subject");
    if (!json_is(subjects, JSON_ARRAY) || subjects->count == 0) {
        return refuse(reading, root, "'subject' is no list of what was judged");
    }
    statement->subjects = ARENA_ARRAY(reading->arena, SUBJECTS_LIMIT, struct verdict_subject);
    for (size_t i = 0; i < subjects->count; i++) {
        if (!read_subject(reading, json_item(subjects, i), statement)) {
            return false;
        }
    }
    return true;
}

static bool has_property(const struct json_value *predicate, const char *property)
{
    const struct json_value *properties = json_member_named(predicate, "properties");
    for (size_t i = 0; json_is(properties, JSON_ARRAY) && i < properties->count; i++) {
        if (text_is(json_text(json_item(properties, i)), property)) {
            return true;
        }
    }
    return false;
}

static bool read_predicate(struct reading *reading, const struct json_value *root,
                           struct statement *statement)
{
    const struct json_value *predicate = json_member_named(root, "predicate");
    if (!json_is(predicate, JSON_OBJECT) || predicate->has_repeated_keys) {
        return refuse(reading, root, "'predicate' is no object");
    }
    if (statement->kind == STATEMENT_TEST_RESULT) {
        statement->allows = is_string(predicate, "result", "PASSED") ||
                            is_string(predicate, "result", "WARNED");
    } else if (statement->kind == STATEMENT_SUMMARY) {
        statement->allows = has_property(predicate, "BDDRUN_PROMOTE");
    } else if (statement->kind == STATEMENT_VERDICT) {
        if (!verdict_read_json(reading->source, predicate, reading->arena, &statement->verdict,
                               reading->problems)) {
            return false;
        }
        statement->verdict.subjects = statement->subjects;
        statement->verdict.subject_count = statement->subject_count;
        statement->allows = verdict_allows(&statement->verdict);
    }
    return true;
}

bool statement_read(struct text payload, struct arena *arena, struct statement *ret_statement,
                    struct problems *problems)
{
    struct source *source = ARENA_NEW(arena, struct source);
    source_init(source, TEXT("payload of the envelope"), payload);
    struct reading reading = { source, arena, problems };
    const struct json_value *root;
    if (!json_parse(source, (struct json_limits){ 0 }, arena, &root, problems)) {
        return false;
    }
    if (!is_string(root, "_type", STATEMENT_TYPE) || root->has_repeated_keys) {
        return refuse(&reading, root, "'_type' is not " STATEMENT_TYPE);
    }
    struct statement read = { .kind = STATEMENT_VERDICT };
    read.type = json_text(json_member_named(root, "predicateType"));
    while (read.kind < STATEMENT_UNKNOWN &&
           !text_is(read.type, statement_kind_type(read.kind))) {
        read.kind++;
    }
    if (!read_subjects(&reading, root, &read) || !read_predicate(&reading, root, &read)) {
        return false;
    }
    *ret_statement = read;
    return true;
}

bool statement_has_digest(const struct statement *statement, struct text digest)
{
    struct text value = digest;
    struct text algorithm = TEXT_EMPTY;
    if (text_find_byte(digest, ':', 0) < digest.size) {
        (void)!text_take_until(&value, ':', &algorithm);
    }
    for (size_t i = 0; i < statement->subject_count; i++) {
        const struct verdict_subject *subject = &statement->subjects[i];
        if (text_equal(subject->digest, value) &&
            (algorithm.size == 0 || text_equal(subject->algorithm, algorithm))) {
            return true;
        }
    }
    return false;
}
