/* SPDX-License-Identifier: MIT */
/* The envelopes of a message stream that tell what became of scenarios. */
#include "gate/evidence/reading.h"

#include "event/run_facts.h"
#include "base/alloc.h"
#include "diff/difference_print.h"
#include "format/json.h"

static struct text keep(struct reading *reading, const struct json_value *value)
{
    return arena_text(&reading->run->arena, json_text(value));
}

static struct text member_text(const struct json_value *object, const char *key)
{
    return json_text(json_member_named(object, key));
}

/* The scenario of an id of the table. */
static struct evidence_scenario *find(struct reading *reading, const struct id_table *table,
                                      struct text id)
{
    uint32_t index = 0;
    return id_table_find(table, id, &index) ? &reading->run->scenarios[index] : NULL;
}

static bool read_line_number(const struct json_value *pickle, uint32_t *ret_line)
{
    const struct json_value *location = json_member_named(pickle, "location");
    uint64_t line = 0;
    if (!location) {
        return true;
    }
    if (!text_to_uint64(member_text(location, "line"), &line) || line > UINT32_MAX) {
        return false;
    }
    *ret_line = (uint32_t)line;
    return true;
}

static bool take_pickle(struct reading *reading, const struct json_value *pickle)
{
    struct evidence_run *run = reading->run;
    struct evidence_scenario scenario = {
        .path = keep(reading, json_member_named(pickle, "uri")),
        .name = keep(reading, json_member_named(pickle, "name"))
    };
    struct text id = keep(reading, json_member_named(pickle, "id"));
    const struct json_value *tags = json_member_named(pickle, "tags");
    if (id.size == 0 || !read_line_number(pickle, &scenario.line) ||
        !id_table_add(&reading->pickles, id, (uint32_t)run->scenario_count)) {
        return reading_refuse(reading, "a pickle without an id of its own, or without a place");
    }
    size_t count = json_is(tags, JSON_ARRAY) ? tags->count : 0;
    scenario.tags = ARENA_ARRAY(&run->arena, count + 1, struct text);
    for (size_t i = 0; i < count; i++) {
        scenario.tags[scenario.tag_count++] =
            keep(reading, json_member_named(json_item(tags, i), "name"));
    }
    GROW(run->scenarios, run->scenario_count, run->scenario_capacity);
    run->scenarios[run->scenario_count++] = scenario;
    return true;
}

static bool take_case(struct reading *reading, const struct json_value *test_case)
{
    struct text id = keep(reading, json_member_named(test_case, "id"));
    struct evidence_scenario *scenario =
        find(reading, &reading->pickles, member_text(test_case, "pickleId"));
    if (!scenario || scenario->is_planned ||
        !id_table_add(&reading->cases, id, (uint32_t)(scenario - reading->run->scenarios))) {
        return reading_refuse(reading, "a test case without a scenario of its own");
    }
    scenario->is_planned = true;
    return true;
}

static bool take_started(struct reading *reading, const struct json_value *started)
{
    struct text id = keep(reading, json_member_named(started, "id"));
    struct evidence_scenario *scenario =
        find(reading, &reading->cases, member_text(started, "testCaseId"));
    if (!scenario ||
        !id_table_add(&reading->attempts, id, (uint32_t)(scenario - reading->run->scenarios))) {
        return reading_refuse(reading, "an attempt of no test case");
    }
    scenario->is_flaky =
        scenario->is_flaky || (scenario->attempts > 0 && scenario->status != STATUS_PASSED);
    scenario->attempts++;
    scenario->differences = 0;
    scenario->breaking = 0;
    scenario->is_finished = false;
    scenario->status = STATUS_UNKNOWN;
    return true;
}

/* What is not known did not pass. */
static bool read_status(struct text name, enum status *ret_status)
{
    for (int status = STATUS_UNKNOWN; status < STATUS_COUNT; status++) {
        if (text_is(name, status_message_name((enum status)status))) {
            *ret_status = status == STATUS_UNKNOWN ? STATUS_FAILED : (enum status)status;
            return true;
        }
    }
    return false;
}

static bool take_step(struct reading *reading, const struct json_value *finished)
{
    struct evidence_scenario *scenario =
        find(reading, &reading->attempts, member_text(finished, "testCaseStartedId"));
    struct text name = member_text(json_member_named(finished, "testStepResult"), "status");
    enum status status = STATUS_UNKNOWN;
    if (!scenario) {
        return reading_refuse(reading, "a step of no attempt");
    }
    if (!read_status(name, &status)) {
        return reading_refuse(reading, "a step with the unknown status '%.*s'", TEXT_ARG(name));
    }
    scenario->status = status_worse(scenario->status, status);
    return true;
}

static bool take_finished(struct reading *reading, const struct json_value *finished)
{
    struct evidence_scenario *scenario =
        find(reading, &reading->attempts, member_text(finished, "testCaseStartedId"));
    if (!scenario) {
        return reading_refuse(reading, "the end of no attempt");
    }
    scenario->is_finished = !json_is(json_member_named(finished, "willBeRetried"), JSON_TRUE);
    return true;
}

static bool take_run_started(struct reading *reading, const struct json_value *started)
{
    (void)started;
    if (reading->run->is_started) {
        return reading_refuse(reading, "a second run in the same file");
    }
    reading->run->is_started = true;
    return true;
}

static bool take_run_finished(struct reading *reading, const struct json_value *finished)
{
    if (reading->run->is_finished || !reading->run->is_started ||
        !json_is_boolean(json_member_named(finished, "success"))) {
        return reading_refuse(reading, "the end of no run");
    }
    reading->run->is_finished = true;
    return true;
}

static uint64_t count_of(const struct json_value *totals, enum difference_severity severity)
{
    uint64_t count = 0;
    const struct json_value *value =
        json_member_named(totals, difference_severity_name(severity));
    return text_to_uint64(json_text(value), &count) ? count : 0;
}

/* What a comparison with a recording found: the totals of its result. */
static bool take_differences(struct reading *reading, const struct json_value *attachment)
{
    const struct json_value *root = NULL;
    struct evidence_scenario *scenario =
        find(reading, &reading->attempts, member_text(attachment, "testCaseStartedId"));
    if (!scenario ||
        !json_parse_text(member_text(attachment, "body"), &reading->scratch, &root)) {
        return reading_refuse(reading, "differences of no attempt, or not as JSON");
    }
    const struct json_value *totals =
        json_member_named(json_member_named(root, "result"), "totals");
    if (!json_is(totals, JSON_OBJECT)) {
        return reading_refuse(reading, "differences without their totals");
    }
    scenario->breaking += count_of(totals, SEVERITY_BREAKING);
    for (int i = SEVERITY_BREAKING; i < SEVERITY_MASKED; i++) {
        scenario->differences += count_of(totals, (enum difference_severity)i);
    }
    return true;
}

static bool take_compared(struct reading *reading, const struct json_value *attachment)
{
    struct evidence_run *run = reading->run;
    const struct json_value *root = NULL;
    const char *member = NULL;
    const struct evidence_scenario *scenario =
        find(reading, &reading->attempts, member_text(attachment, "testCaseStartedId"));
    if (!scenario ||
        !json_parse_text(member_text(attachment, "body"), &reading->scratch, &root)) {
        return reading_refuse(reading, "a comparison of no attempt, or not as JSON");
    }
    const struct compared_attempt attempt = { (uint32_t)(scenario - run->scenarios),
                                              scenario->attempts };
    return compared_take(&run->compared, root, attempt, &run->arena, &member) ||
           reading_refuse(reading, "'%s' of a comparison is missing, wrong or too much",
                          member);
}

static bool take_facts(struct reading *reading, const struct json_value *attachment)
{
    struct evidence_run *run = reading->run;
    const struct json_value *root = NULL;
    const char *member = NULL;
    if (run->has_facts) {
        return reading_refuse(reading, "the facts of a second run");
    }
    if (!json_parse_text(member_text(attachment, "body"), &reading->scratch, &root)) {
        return reading_refuse(reading, "the facts of the run are no JSON");
    }
    if (!run_facts_read(root, &run->arena, &run->facts, &member)) {
        return reading_refuse(reading, "'%s' of the facts of the run is missing or wrong",
                              member);
    }
    run->has_facts = true;
    return true;
}

/* Facts belong to the run: what a scenario attaches is never taken for them. */
static bool take_attachment(struct reading *reading, const struct json_value *attachment)
{
    struct text type = member_text(attachment, "mediaType");
    if (text_is(type, DIFFERENCE_MEDIA_TYPE)) {
        return take_differences(reading, attachment);
    }
    if (text_is(type, COMPARED_MEDIA_TYPE)) {
        return take_compared(reading, attachment);
    }
    return !text_is(type, RUN_FACTS_MEDIA_TYPE) ||
           json_member_named(attachment, "testCaseStartedId") ||
           take_facts(reading, attachment);
}

static bool take_parse_error(struct reading *reading, const struct json_value *error)
{
    struct text message = member_text(error, "message");
    return reading_refuse(reading, "a feature file could not be read: %.*s", TEXT_ARG(message));
}

/* Kinds of envelopes that matter here; sources, documents and definitions are passed over without
 * being parsed, for they are most of a stream. */
static const struct kind {
    const char *start;
    const char *key;
    bool (*take)(struct reading *reading, const struct json_value *value);
    const char *needle; /* NULL: always; else only lines that have it */
} kinds[] = {
    { "{\"pickle\":", "pickle", take_pickle, NULL },
    { "{\"testCase\":", "testCase", take_case, NULL },
    { "{\"testCaseStarted\":", "testCaseStarted", take_started, NULL },
    { "{\"testStepFinished\":", "testStepFinished", take_step, NULL },
    { "{\"testCaseFinished\":", "testCaseFinished", take_finished, NULL },
    { "{\"testRunStarted\":", "testRunStarted", take_run_started, NULL },
    { "{\"testRunFinished\":", "testRunFinished", take_run_finished, NULL },
    { "{\"attachment\":", "attachment", take_attachment, "application/vnd.bddrun." },
    { "{\"parseError\":", "parseError", take_parse_error, NULL },
};

static const struct kind *find_kind(struct text line)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (text_starts_with(line, text_of(kinds[i].start)) &&
            (!kinds[i].needle || text_contains(line, text_of(kinds[i].needle)))) {
            return &kinds[i];
        }
    }
    return NULL;
}

bool reading_take_line(struct reading *reading, struct text line)
{
    const struct json_value *root = NULL;
    if (reading->lines.is_cut || line.size < 2 || line.at[0] != '{' ||
        line.at[line.size - 1] != '}') {
        return reading_refuse(reading, "the line is no whole JSON object%s",
                              reading->lines.is_cut ? ": the file is cut off" : "");
    }
    const struct kind *kind = find_kind(line);
    if (!kind) {
        return true;
    }
    arena_clear(&reading->scratch);
    return json_parse_text(line, &reading->scratch, &root)
               ? kind->take(reading, json_member_named(root, kind->key))
               : reading_refuse(reading, "the line is no JSON");
}
