/* SPDX-License-Identifier: MIT */
/*
 * Istanbul's coverage-final.json (nyc, Jest, Vitest). A line is as covered as the most executed
 * statement that starts on it. Ids differ between builds, so branches and functions are known by
 * their place; old files give branches only a line. What carries `skip` was ignored by a comment.
 */
#include "coverage/json_reading.h"
#include "coverage/readers/readers.h"
#include "coverage/sites.h"

static bool recognises(const struct coverage_reading *reading)
{
    const struct json_value *first = json_is(reading->root, JSON_OBJECT) && reading->root->count
                                         ? &reading->root->children[0]
                                         : NULL;
    return json_is(json_member_named(first, "statementMap"), JSON_OBJECT) ||
           json_is(json_member_named(json_member_named(first, "data"), "statementMap"),
                   JSON_OBJECT);
}

static const struct json_value *start_of(const struct json_value *location)
{
    return json_member_named(location, "start");
}

static uint32_t number_of(const struct json_value *value)
{
    uint64_t number = 0;
    return json_is(value, JSON_NUMBER) && text_to_uint64(json_text(value), &number)
               ? (uint32_t)number
               : 0;
}

static void read_statements(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *map = json_member_named(file, "statementMap");
    const struct json_value *counts = json_member_named(file, "s");
    if (!json_must_be(reading, file, map, JSON_OBJECT) ||
        !json_must_be(reading, file, counts, JSON_OBJECT)) {
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct json_value *at = &map->children[i];
        uint32_t line;
        uint64_t count;
        if (!json_line_number(reading, at, json_member_named(start_of(at), "line"), &line) ||
            !json_count(reading, at, json_member(counts, json_key(at)), &count)) {
            continue;
        }
        if (json_is_true(json_member_named(at, "skip"))) {
            filler_excluded(&reading->filler, line, count);
        } else {
            filler_line(&reading->filler, line, count);
        }
    }
}

/* --- branches --- */

static struct site branch_site(const struct json_value *at)
{
    const struct json_value *location = json_member_named(at, "loc");
    const struct json_value *first = json_item(json_member_named(at, "locations"), 0);
    const struct json_value *start = start_of(location ? location : first);
    const struct json_value *end = json_member_named(location ? location : first, "end");
    struct text type = json_text(json_member_named(at, "type"));
    uint32_t line = number_of(json_member_named(start, "line"));
    return (struct site){
        .line = line ? line : number_of(json_member_named(at, "line")),
        .column = number_of(json_member_named(start, "column")),
        .shape = text_hash(type) ^ ((uint64_t)number_of(json_member_named(end, "line")) << 32) ^
                 number_of(json_member_named(end, "column")),
        .value = at,
    };
}

/* block: the number of the place on its line. */
static void read_branch(struct coverage_reading *reading, const struct site *site,
                        const struct json_value *counts, uint32_t block)
{
    const struct json_value *ways = json_member(counts, json_key(site->value));
    const struct json_value *locations = json_member_named(site->value, "locations");
    if (!json_must_be(reading, site->value, ways, JSON_ARRAY)) {
        return;
    }
    for (uint32_t i = 0; i < ways->count; i++) {
        struct coverage_branch branch = { .line = site->line, .block = block, .id = i };
        if (json_is_true(json_member_named(json_item(locations, i), "skip"))) {
            continue;
        }
        if (json_count(reading, ways, &ways->children[i], &branch.taken)) {
            filler_branch(&reading->filler, branch);
        }
    }
}

static void read_branches(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *map = json_member_named(file, "branchMap");
    const struct json_value *counts = json_member_named(file, "b");
    struct sites sites = { 0 };
    for (uint32_t i = 0; json_is(map, JSON_OBJECT) && i < map->count; i++) {
        const struct json_value *at = &map->children[i];
        struct site site = branch_site(at);
        if (site.line) {
            sites_add(&sites, site);
        } else if (!json_is_true(json_member_named(at, "skip"))) {
            reading_damaged(reading, json_span(reading->source, at), "write the file again",
                            "this branch has no line");
        }
    }
    sites_sort(&sites);
    uint32_t block = 0;
    for (size_t i = 0; i < sites.count; i++) {
        block = i && sites.list[i].line == sites.list[i - 1].line ? block + 1 : 0;
        read_branch(reading, &sites.list[i], counts, block);
    }
    sites_release(&sites);
}

/* --- functions --- */

static struct site function_site(const struct json_value *at)
{
    const struct json_value *place = json_member_named(at, "decl");
    const struct json_value *start = start_of(place ? place : json_member_named(at, "loc"));
    uint32_t line = number_of(json_member_named(start, "line"));
    return (struct site){ .line = line ? line : number_of(json_member_named(at, "line")),
                          .column = number_of(json_member_named(start, "column")),
                          .value = at };
}

/* nth: of the functions on its line, from 0. The names of anonymous ones count them in the build. */
static void read_function(struct coverage_reading *reading, const struct site *site,
                          const struct json_value *counts, size_t nth)
{
    struct coverage_function function = { .name =
                                              json_text(json_member_named(site->value, "name")),
                                          .line = site->line };
    if (function.name.size == 0 || text_starts_with(function.name, TEXT("(anonymous"))) {
        function.name = TEXT("(anonymous)");
    }
    if (nth) {
        function.name =
            arena_format(&reading->texts, "%.*s#%zu", TEXT_ARG(function.name), nth + 1);
    }
    if (json_count(reading, site->value, json_member(counts, json_key(site->value)),
                   &function.count)) {
        filler_function(&reading->filler, function);
    }
}

static void read_functions(struct coverage_reading *reading, const struct json_value *file)
{
    const struct json_value *map = json_member_named(file, "fnMap");
    const struct json_value *counts = json_member_named(file, "f");
    struct sites sites = { 0 };
    for (uint32_t i = 0; json_is(map, JSON_OBJECT) && i < map->count; i++) {
        if (!json_is_true(json_member_named(&map->children[i], "skip"))) {
            sites_add(&sites, function_site(&map->children[i]));
        }
    }
    sites_sort(&sites);
    size_t nth = 0;
    for (size_t i = 0; i < sites.count; i++) {
        nth = i && sites.list[i].line == sites.list[i - 1].line ? nth + 1 : 0;
        read_function(reading, &sites.list[i], counts, nth);
    }
    sites_release(&sites);
}

static void read_file(struct coverage_reading *reading, const struct json_value *member)
{
    const struct json_value *data = json_member_named(member, "data");
    const struct json_value *file = data ? data : member;
    struct text path = json_text(json_member_named(file, "path"));
    if (!json_must_be(reading, member, file, JSON_OBJECT) ||
        !json_begin_file(reading, member, path.size ? path : json_key(member))) {
        return;
    }
    struct text digest = json_text(json_member_named(file, "hash"));
    if (!filler_digest(&reading->filler, digest)) {
        reading_damaged(reading, json_span(reading->source, json_member_named(file, "hash")),
                        "measure all of it from one commit",
                        "this file was measured in two versions");
    }
    read_statements(reading, file);
    read_branches(reading, file);
    read_functions(reading, file);
    reading_end(reading);
}

static bool read(struct coverage_reading *reading)
{
    reading->filler.takes_greatest_line = true;
    for (uint32_t i = 0; i < reading->root->count; i++) {
        read_file(reading, &reading->root->children[i]);
    }
    return true;
}

const struct coverage_reader coverage_reader_istanbul = {
    .name = "istanbul",
    .title = "Istanbul",
    .syntax = SYNTAX_JSON,
    .recognises = recognises,
    .read = read,
};
