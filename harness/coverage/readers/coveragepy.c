/* SPDX-License-Identifier: MIT */
/*
 * coverage.py's JSON. A line may be executed and excluded at once (a `def`): then it is excluded.
 * Old versions list fewer branches than they count. Its time has no zone, so it says nothing.
 */
#include "coverage/json_reading.h"
#include "coverage/readers/readers.h"
#include "coverage/unlisted.h"

static bool recognises(const struct coverage_reading *reading)
{
    const struct json_value *meta = json_member_named(reading->root, "meta");
    return json_is(meta, JSON_OBJECT) && json_member_named(meta, "branch_coverage") &&
           json_is(json_member_named(reading->root, "files"), JSON_OBJECT);
}

/* coverage.py sorts its lists; a list that is not sorted is searched in vain, line by line. */
static bool holds(const struct json_value *list, uint32_t number)
{
    size_t low = 0;
    size_t high = json_is(list, JSON_ARRAY) ? list->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t found = 0;
        (void)!reading_line_number(json_text(&list->children[middle]), &found);
        if (found == number) {
            return true;
        }
        *(found < number ? &low : &high) = found < number ? middle + 1 : middle;
    }
    return false;
}

static void read_lines(struct coverage_reading *reading, const struct json_value *file,
                       const char *name, uint64_t count, struct ratio *listed)
{
    const struct json_value *lines = json_member_named(file, name);
    const struct json_value *excluded = json_member_named(file, "excluded_lines");
    if (!json_must_be(reading, file, lines, JSON_ARRAY)) {
        return;
    }
    for (uint32_t i = 0; i < lines->count; i++) {
        const struct json_value *line = &lines->children[i];
        uint32_t number;
        if (json_line_number(reading, lines, line, &number) && !holds(excluded, number)) {
            filler_line(&reading->filler, number, count);
            listed->total++;
            listed->covered += count;
        }
    }
}

static void read_excluded(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *excluded = json_member_named(file, "excluded_lines");
    const struct json_value *executed = json_member_named(file, "executed_lines");
    for (uint32_t i = 0; json_is(excluded, JSON_ARRAY) && i < excluded->count; i++) {
        const struct json_value *line = &excluded->children[i];
        uint32_t number;
        if (json_line_number(reading, excluded, line, &number)) {
            filler_excluded(&reading->filler, number, holds(executed, number));
        }
    }
}

/* Pairs of lines: from, to; below zero is the way out of a function. */
static void read_branches(struct coverage_reading *reading, const struct json_value *file,
                          const char *name, uint64_t taken, struct ratio *listed)
{
    const struct json_value *branches = json_member_named(file, name);
    for (uint32_t i = 0; json_is(branches, JSON_ARRAY) && i < branches->count; i++) {
        const struct json_value *pair = &branches->children[i];
        const struct json_value *to = json_item(pair, 1);
        struct coverage_branch branch = { .taken = taken };
        if (json_line_number(reading, pair, json_item(pair, 0), &branch.line) &&
            json_must_be(reading, pair, to, JSON_NUMBER)) {
            branch.flags = BRANCH_NAMED;
            branch.id = filler_name(&reading->filler, json_text(to));
            filler_branch(&reading->filler, branch);
            listed->total++;
            listed->covered += taken;
        }
    }
}

static void read_functions(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *functions = json_member_named(file, "functions");
    for (uint32_t i = 0; json_is(functions, JSON_OBJECT) && i < functions->count; i++) {
        const struct json_value *at = &functions->children[i];
        const struct json_value *start = json_member_named(at, "start_line");
        const struct json_value *executed = json_member_named(at, "executed_lines");
        struct coverage_function function = { .name = json_key(at) };
        if (function.name.size && reading_line_number(json_text(start), &function.line)) {
            function.count = json_is(executed, JSON_ARRAY) && executed->count > 0;
            filler_function(&reading->filler, function);
        }
    }
}

static void read_file(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *summary = json_member_named(file, "summary");
    struct coverage_totals listed = { 0 };
    struct coverage_totals told = { 0 };
    if (!json_must_be(reading, reading->root, file, JSON_OBJECT) ||
        !json_begin_file(reading, file, json_key(file))) {
        return;
    }
    read_lines(reading, file, "executed_lines", 1, &listed.lines);
    read_lines(reading, file, "missing_lines", 0, &listed.lines);
    read_excluded(reading, file);
    read_branches(reading, file, "executed_branches", 1, &listed.branches);
    read_branches(reading, file, "missing_branches", 0, &listed.branches);
    read_functions(reading, file);
    unlisted_read(summary, "covered_lines", "num_statements", &told.lines);
    unlisted_read(summary, "covered_branches", "num_branches", &told.branches);
    filler_unlisted(&reading->filler, unlisted_rest(told, listed));
    reading_end(reading);
}

static bool read(struct coverage_reading *reading)
{
    const struct json_value *files = json_member_named(reading->root, "files");
    if (!json_must_be(reading, reading->root, files, JSON_OBJECT)) {
        return false;
    }
    for (uint32_t i = 0; i < files->count; i++) {
        read_file(reading, &files->children[i]);
    }
    return true;
}

const struct coverage_reader coverage_reader_coveragepy = {
    .name = "coverage.py",
    .title = "coverage.py",
    .syntax = SYNTAX_JSON,
    .recognises = recognises,
    .read = read,
};
