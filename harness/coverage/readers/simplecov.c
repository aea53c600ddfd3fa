/* SPDX-License-Identifier: MIT */
/*
 * SimpleCov's .resultset.json: commands, each with the files it covered; the item of `lines` with
 * index 0 is line 1. Several commands are shards, which add up. Branches and methods are keyed by
 * Ruby arrays in text: "[:if, 0, 6, 4, 10, 7]" is kind, number, line, column, end line, end column.
 */
#include "coverage/json_reading.h"
#include "coverage/readers/readers.h"

static bool recognises(const struct coverage_reading *reading)
{
    const struct json_value *first = json_is(reading->root, JSON_OBJECT) && reading->root->count
                                         ? &reading->root->children[0]
                                         : NULL;
    return json_is(json_member_named(first, "coverage"), JSON_OBJECT);
}

static void read_lines(struct coverage_reading *reading, const struct json_value *lines)
{
    for (uint32_t i = 0; i < lines->count && i < INT32_MAX; i++) {
        const struct json_value *line = &lines->children[i];
        uint64_t count;
        if (json_is(line, JSON_NULL)) {
            continue;
        }
        if (json_is(line, JSON_STRING)) { /* "ignored" */
            filler_excluded(&reading->filler, i + 1, 0);
        } else if (json_count(reading, lines, line, &count)) {
            filler_line(&reading->filler, i + 1, count);
        }
    }
}

/* The numbers of "[:if, 0, 6, 4, 10, 7]"; returns how many there are. */
static size_t read_key(struct text key, uint32_t numbers[5])
{
    size_t count = 0;
    struct text rest = text_from(key, text_find_byte(key, ',', 0) + 1);
    struct text part;
    while (count < 5 && text_take_until(&rest, ',', &part)) {
        uint64_t number;
        if (part.size && part.at[part.size - 1] == ']') {
            part.size--;
        }
        if (!text_to_uint64(text_trim(part), &number) || number > INT32_MAX) {
            break;
        }
        numbers[count++] = (uint32_t)number;
    }
    return count;
}

static void read_condition(struct coverage_reading *reading, const struct json_value *condition)
{
    uint32_t site[5];
    if (read_key(json_key(condition), site) < 2 || site[1] == 0) {
        reading_damaged(reading, json_key_span(reading->source, condition),
                        "write the file again", "this is no place of a branch");
        return;
    }
    for (uint32_t i = 0; json_is(condition, JSON_OBJECT) && i < condition->count; i++) {
        const struct json_value *at = &condition->children[i];
        uint32_t numbers[5] = { i };
        struct coverage_branch branch = { .line = site[1], .block = site[0] };
        (void)read_key(json_key(at), numbers);
        branch.id = numbers[0];
        if (json_count(reading, condition, at, &branch.taken)) {
            filler_branch(&reading->filler, branch);
        }
    }
}

/* "[\"Calculator\", :add, 2, 4, 4, 7]" */
static void read_method(struct coverage_reading *reading, const struct json_value *method)
{
    struct text key = json_key(method);
    size_t comma = text_find_byte(key, ',', 0);
    uint32_t numbers[5];
    struct coverage_function function = { .name = key };
    if (read_key(text_from(key, comma + 1), numbers) >= 1 && numbers[0] > 0 &&
        json_count(reading, method, method, &function.count)) {
        function.line = numbers[0];
        filler_function(&reading->filler, function);
    }
}

static void read_file(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *lines =
        json_is(file, JSON_OBJECT) ? json_member_named(file, "lines") : file;
    const struct json_value *branches = json_member_named(file, "branches");
    const struct json_value *methods = json_member_named(file, "methods");
    if (!json_must_be(reading, file, lines, JSON_ARRAY) ||
        !json_begin_file(reading, file, json_key(file))) {
        return;
    }
    read_lines(reading, lines);
    for (uint32_t i = 0; json_is(branches, JSON_OBJECT) && i < branches->count; i++) {
        read_condition(reading, &branches->children[i]);
    }
    for (uint32_t i = 0; json_is(methods, JSON_OBJECT) && i < methods->count; i++) {
        read_method(reading, &methods->children[i]);
    }
    reading_end(reading);
}

static bool read(struct coverage_reading *reading)
{
    for (uint32_t i = 0; i < reading->root->count; i++) {
        const struct json_value *command = &reading->root->children[i];
        const struct json_value *files = json_member_named(command, "coverage");
        uint64_t at_s = json_timestamp_s(json_member_named(command, "timestamp"));
        reading->timestamp_s = at_s > reading->timestamp_s ? at_s : reading->timestamp_s;
        if (!json_must_be(reading, command, files, JSON_OBJECT)) {
            continue;
        }
        for (uint32_t j = 0; j < files->count; j++) {
            read_file(reading, &files->children[j]);
        }
    }
    return true;
}

const struct coverage_reader coverage_reader_simplecov = {
    .name = "simplecov",
    .title = "SimpleCov",
    .syntax = SYNTAX_JSON,
    .recognises = recognises,
    .read = read,
};
