/* SPDX-License-Identifier: MIT */
/*
 * `llvm-cov export`. Lines are made of segments as LLVM makes them (LineCoverageStats); a function
 * is all instantiations that begin at one place. With --summary-only there are only sums.
 */
#include "coverage/json_reading.h"
#include "coverage/readers/readers.h"
#include "coverage/records.h"
#include "coverage/sites.h"
#include "coverage/unlisted.h"

enum { LINES_LIMIT = 1 << 22 };

struct segment {
    uint32_t line;
    uint64_t count;
    bool has_count;
    bool is_entry;
    bool is_gap;
};

static bool recognises(const struct coverage_reading *reading)
{
    return text_is(json_text(json_member_named(reading->root, "type")),
                   "llvm.coverage.json.export");
}

static bool read_segment(struct coverage_reading *reading, const struct json_value *at,
                         struct segment *ret_segment)
{
    struct segment segment = {
        .has_count = json_is_true(json_item(at, 3)),
        .is_entry = json_is_true(json_item(at, 4)),
        .is_gap = json_is_true(json_item(at, 5)),
    };
    if (!json_must_be(reading, at, at, JSON_ARRAY) ||
        !json_line_number(reading, at, json_item(at, 0), &segment.line) ||
        !json_count(reading, at, json_item(at, 2), &segment.count)) {
        return false;
    }
    *ret_segment = segment;
    return true;
}

static bool starts_region(const struct segment *segment)
{
    return !segment->is_gap && segment->has_count && segment->is_entry;
}

/* What a line's own segments and the one that reaches into it make of it. */
struct line_state {
    uint32_t line;
    struct segment wrapped;
    bool has_wrapped;
    size_t starts;
    uint64_t count;
    bool begins_skipped;
};

static void begin_line(struct line_state *state, const struct segment *first)
{
    state->line = first->line;
    state->starts = 0;
    state->count = state->has_wrapped ? state->wrapped.count : 0;
    state->begins_skipped = !first->has_count && first->is_entry;
}

static void end_line(struct coverage_reading *reading, const struct line_state *state)
{
    bool is_mapped = !state->begins_skipped &&
                     ((state->has_wrapped && state->wrapped.has_count) || state->starts > 0);
    if (is_mapped) {
        filler_line(&reading->filler, state->line, state->count);
    }
}

/* The lines between two segments are as the first of them says. */
static bool fill_between(struct coverage_reading *reading, const struct line_state *state,
                         uint32_t next, const struct json_value *at)
{
    if (next < state->line || next - state->line > LINES_LIMIT) {
        reading_damaged(reading, json_span(reading->source, at), "write the file again",
                        "the segments of this file are in no order");
        return false;
    }
    for (uint32_t i = state->line + 1; state->wrapped.has_count && i < next; i++) {
        filler_line(&reading->filler, i, state->wrapped.count);
    }
    return true;
}

static void read_segments(struct coverage_reading *reading, const struct json_value *segments)
{
    struct line_state state = { 0 };
    struct segment last = { 0 };
    for (uint32_t i = 0; i < segments->count; i++) {
        const struct json_value *at = &segments->children[i];
        struct segment segment;
        if (!read_segment(reading, at, &segment)) {
            return;
        }
        if (i == 0) {
            begin_line(&state, &segment);
        } else if (segment.line != state.line) {
            end_line(reading, &state);
            state.wrapped = last;
            state.has_wrapped = true;
            if (!fill_between(reading, &state, segment.line, at)) {
                return;
            }
            begin_line(&state, &segment);
        }
        if (starts_region(&segment)) {
            state.starts++;
            state.count = segment.count > state.count ? segment.count : state.count;
        }
        last = segment;
    }
    if (segments->count) {
        end_line(reading, &state);
    }
}

/* [line, column, end line, end column, true count, false count, file, expanded file, kind] */
static void read_branches(struct coverage_reading *reading, const struct json_value *branches)
{
    struct sites sites = { 0 };
    for (uint32_t i = 0; json_is(branches, JSON_ARRAY) && i < branches->count; i++) {
        const struct json_value *at = &branches->children[i];
        struct site site = { .value = at };
        uint64_t column = 0;
        if (json_line_number(reading, at, json_item(at, 0), &site.line)) {
            (void)text_to_uint64(json_text(json_item(at, 1)), &column);
            site.column = (uint32_t)column;
            sites_add(&sites, site);
        }
    }
    sites_sort(&sites);
    uint32_t block = 0;
    for (size_t i = 0; i < sites.count; i++) {
        const struct json_value *at = sites.list[i].value;
        block = i && sites.list[i].line == sites.list[i - 1].line ? block + 1 : 0;
        for (uint32_t way = 0; way < 2; way++) {
            struct coverage_branch branch = { .line = sites.list[i].line,
                                              .block = block,
                                              .id = way };
            if (json_count(reading, at, json_item(at, 4 + way), &branch.taken)) {
                filler_branch(&reading->filler, branch);
            }
        }
    }
    sites_release(&sites);
}

static void read_file(struct coverage_reading *reading, const struct json_value *file,
                      bool has_functions)
{
    const struct json_value *summary = json_member_named(file, "summary");
    const struct json_value *segments = json_member_named(file, "segments");
    struct coverage_totals told = { 0 };
    if (!json_begin_file(reading, file, json_text(json_member_named(file, "filename")))) {
        return;
    }
    if (json_is(segments, JSON_ARRAY)) {
        read_segments(reading, segments);
        read_branches(reading, json_member_named(file, "branches"));
    } else {
        unlisted_read(json_member_named(summary, "lines"), "covered", "count", &told.lines);
        unlisted_read(json_member_named(summary, "branches"), "covered", "count",
                      &told.branches);
    }
    if (!has_functions) {
        unlisted_read(json_member_named(summary, "functions"), "covered", "count",
                      &told.functions);
    }
    filler_unlisted(&reading->filler, told);
    reading_end(reading);
}

/* --- functions --- */

static void collect_functions(struct coverage_reading *reading,
                              const struct json_value *functions, struct sites *sites)
{
    for (uint32_t i = 0; json_is(functions, JSON_ARRAY) && i < functions->count; i++) {
        const struct json_value *at = &functions->children[i];
        const struct json_value *region = json_item(json_member_named(at, "regions"), 0);
        struct site site = { .file =
                                 json_text(json_item(json_member_named(at, "filenames"), 0)),
                             .value = at };
        uint64_t column = 0;
        (void)text_to_uint64(json_text(json_item(region, 1)), &column);
        site.column = (uint32_t)column;
        if (site.file.size && json_line_number(reading, at, json_item(region, 0), &site.line)) {
            sites_add(sites, site);
        }
    }
    sites_sort(sites);
}

/* All instantiations from the i-th site on; returns where the next function begins. */
static size_t read_function(struct coverage_reading *reading, const struct sites *sites,
                            size_t first)
{
    struct coverage_function function = { .line = sites->list[first].line };
    size_t i = first;
    for (; i < sites->count && site_is_same(&sites->list[i], &sites->list[first]); i++) {
        const struct json_value *at = sites->list[i].value;
        struct text name = json_text(json_member_named(at, "name"));
        uint64_t count;
        if (json_count(reading, at, json_member_named(at, "count"), &count)) {
            function.count = saturating_add(function.count, count);
            bool is_first = i == first || text_compare(name, function.name) < 0;
            function.name = is_first ? name : function.name;
        }
    }
    filler_function(&reading->filler, function);
    return i;
}

static void read_functions(struct coverage_reading *reading, const struct json_value *functions)
{
    struct sites sites = { 0 };
    collect_functions(reading, functions, &sites);
    for (size_t i = 0; i < sites.count;) {
        struct text file = sites.list[i].file;
        filler_begin(&reading->filler, file);
        while (i < sites.count && text_equal(sites.list[i].file, file)) {
            i = read_function(reading, &sites, i);
        }
        reading_end(reading);
    }
    sites_release(&sites);
}

static bool read(struct coverage_reading *reading)
{
    const struct json_value *data = json_member_named(reading->root, "data");
    if (!json_must_be(reading, reading->root, data, JSON_ARRAY)) {
        return false;
    }
    for (uint32_t i = 0; i < data->count; i++) {
        const struct json_value *files = json_member_named(&data->children[i], "files");
        const struct json_value *functions = json_member_named(&data->children[i], "functions");
        bool has_functions = json_is(functions, JSON_ARRAY) && functions->count;
        if (!json_must_be(reading, &data->children[i], files, JSON_ARRAY)) {
            continue;
        }
        for (uint32_t j = 0; j < files->count; j++) {
            read_file(reading, &files->children[j], has_functions);
        }
        read_functions(reading, functions);
    }
    return true;
}

const struct coverage_reader coverage_reader_llvm = {
    .name = "llvm",
    .title = "llvm-cov export",
    .syntax = SYNTAX_JSON,
    .recognises = recognises,
    .read = read,
};
