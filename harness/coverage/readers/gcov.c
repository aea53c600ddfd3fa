/* SPDX-License-Identifier: MIT */
/*
 * gcov's JSON (gcov --json-format, usually .gcov.json.gz), format_version 1 and 2, and gcovr's own
 * JSON, which is made of it. A line repeats for each instance of a template: its counts add up.
 * Relative paths are relative to where the compiler ran.
 */
#include "coverage/json_reading.h"
#include "coverage/readers/readers.h"

#include "base/file.h"

static bool recognises_gcov(const struct coverage_reading *reading)
{
    return json_member_named(reading->root, "format_version") &&
           json_member_named(reading->root, "gcc_version") &&
           json_is(json_member_named(reading->root, "files"), JSON_ARRAY);
}

static bool recognises_gcovr(const struct coverage_reading *reading)
{
    return json_member_named(reading->root, "gcovr/format_version") != NULL;
}

static void read_branches(struct coverage_reading *reading, const struct json_value *branches,
                          uint32_t line, bool is_reached)
{
    for (uint32_t i = 0; json_is(branches, JSON_ARRAY) && i < branches->count; i++) {
        const struct json_value *at = &branches->children[i];
        struct coverage_branch branch = { .line = line, .id = i };
        if (!json_count(reading, at, json_member_named(at, "count"), &branch.taken)) {
            return;
        }
        branch.flags =
            (json_is_true(json_member_named(at, "throw")) ? BRANCH_EXCEPTION : 0) |
            (json_is_true(json_member_named(at, "fallthrough")) ? BRANCH_FALLTHROUGH : 0) |
            (is_reached ? 0 : BRANCH_NEVER_EVALUATED);
        filler_branch(&reading->filler, branch);
    }
}

static void read_line(struct coverage_reading *reading, const struct json_value *line)
{
    uint32_t number;
    uint64_t count;
    if (json_is_true(json_member_named(line, "gcovr/noncode")) ||
        !json_line_number(reading, line, json_member_named(line, "line_number"), &number) ||
        !json_count(reading, line, json_member_named(line, "count"), &count)) {
        return;
    }
    if (json_is_true(json_member_named(line, "gcovr/excluded"))) {
        filler_excluded(&reading->filler, number, count);
        return;
    }
    filler_line(&reading->filler, number, count);
    read_branches(reading, json_member_named(line, "branches"), number, count > 0);
}

static void read_function(struct coverage_reading *reading, const struct json_value *at)
{
    struct coverage_function function = { .name = json_text(json_member_named(at, "name")) };
    const struct json_value *start = json_member_named(at, "start_line");
    const struct json_value *end = json_member_named(at, "end_line");
    const struct json_value *count = json_member_named(at, "execution_count");
    start = start ? start : json_member_named(at, "lineno");
    if (json_is_true(json_member_named(at, "gcovr/excluded")) ||
        !json_line_number(reading, at, start, &function.line) ||
        !json_count(reading, at, count, &function.count)) {
        return;
    }
    (void)!reading_line_number(json_text(end), &function.end_line);
    filler_function(&reading->filler, function);
}

static void read_file(struct coverage_reading *reading, const struct json_value *file,
                      struct text folder)
{
    struct text name = json_text(json_member_named(file, "file"));
    struct text path =
        name.size && folder.size ? path_join(&reading->texts, folder, name) : name;
    const struct json_value *lines = json_member_named(file, "lines");
    const struct json_value *functions = json_member_named(file, "functions");
    if (!json_must_be(reading, file, lines, JSON_ARRAY) ||
        !json_begin_file(reading, file, path)) {
        return;
    }
    for (uint32_t i = 0; i < lines->count; i++) {
        read_line(reading, &lines->children[i]);
    }
    for (uint32_t i = 0; json_is(functions, JSON_ARRAY) && i < functions->count; i++) {
        read_function(reading, &functions->children[i]);
    }
    reading_end(reading);
}

static bool read(struct coverage_reading *reading)
{
    const struct json_value *files = json_member_named(reading->root, "files");
    struct text folder =
        json_text(json_member_named(reading->root, "current_working_directory"));
    if (!json_must_be(reading, reading->root, files, JSON_ARRAY)) {
        return false;
    }
    for (uint32_t i = 0; i < files->count; i++) {
        read_file(reading, &files->children[i], folder);
    }
    return true;
}

const struct coverage_reader coverage_reader_gcov = {
    .name = "gcov",
    .title = "gcov",
    .syntax = SYNTAX_JSON,
    .recognises = recognises_gcov,
    .read = read,
};

const struct coverage_reader coverage_reader_gcovr = {
    .name = "gcovr",
    .title = "gcovr",
    .syntax = SYNTAX_JSON,
    .recognises = recognises_gcovr,
    .read = read,
};
