/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/escape.h"
#include "cli/record/record.h"
#include "exchange/url.h"
#include "format/json_writer.h"
#include "record/import/import.h"

/* Why its file could not be written is a problem of its own. */
#define NOT_RECORDED "it did not pass, or could not be written"

static void write_text(struct json_writer *json, const char *key, struct text value)
{
    json_write_key(json, key);
    json_write_string(json, value);
}

static void write_count(struct json_writer *json, const char *key, uint64_t value)
{
    json_write_key(json, key);
    json_write_uint(json, value);
}

static void add_count(struct buffer *out, size_t count, const char *what)
{
    buffer_add_format(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void write_scenario(struct json_writer *json, struct text feature,
                           const struct pickle *pickle)
{
    write_text(json, "feature", feature);
    write_count(json, "line", pickle_line(pickle));
    write_text(json, "scenario", pickle_name(pickle));
}

/* --- of a run --- */

static void write_settled(struct json_writer *json, const struct settled_scenario *scenario)
{
    json_write_begin_object(json);
    write_scenario(json, scenario->feature, scenario->pickle);
    write_text(json, "path", scenario->path);
    json_write_key(json, "recorded");
    json_write_bool(json, scenario->is_recorded);
    if (scenario->is_recorded) {
        write_count(json, "samples", scenario->samples);
        write_count(json, "requests", scenario->requests);
        write_count(json, "sockets", scenario->sockets);
        write_count(json, "messages", scenario->messages);
    } else {
        write_text(json, "reason", TEXT(NOT_RECORDED));
    }
    json_write_end_object(json);
}

static void write_settled_list(struct buffer *out, const struct settled *settled)
{
    struct json_writer json;
    json_writer_init(&json, out, 2);
    json_write_begin_object(&json);
    write_count(&json, "recorded", settled->recorded);
    json_write_key(&json, "scenarios");
    json_write_begin_array(&json);
    for (size_t i = 0; i < settled->count; i++) {
        write_settled(&json, &settled->list[i]);
    }
    json_write_end_array(&json);
    json_write_end_object(&json);
    buffer_add_byte(out, '\n');
}

static void add_settled(struct buffer *out, const struct settled_scenario *scenario)
{
    if (!scenario->is_recorded) {
        buffer_add_format(out, "not recorded: %.*s:%u ", TEXT_ARG(scenario->feature),
                          pickle_line(scenario->pickle));
        escape_line(out, pickle_name(scenario->pickle));
        buffer_add_string(out, ": ");
        buffer_add_string(out, NOT_RECORDED "\n");
        return;
    }
    escape_line(out, scenario->path);
    buffer_add_string(out, ": ");
    if (scenario->requests > 0 || scenario->sockets == 0) {
        add_count(out, scenario->requests, "request");
    }
    if (scenario->sockets > 0) {
        buffer_add_string(out, scenario->requests > 0 ? ", " : "");
        add_count(out, scenario->sockets, "socket");
        buffer_add_string(out, " with ");
        add_count(out, scenario->messages, "message");
    }
    if (scenario->samples > 1) {
        buffer_add_format(out, "; %u samples", scenario->samples);
    }
    buffer_add_byte(out, '\n');
}

void record_print_settled(struct buffer *out, const struct settled *settled, bool is_json)
{
    if (is_json) {
        write_settled_list(out, settled);
        return;
    }
    for (size_t i = 0; i < settled->count; i++) {
        add_settled(out, &settled->list[i]);
    }
    buffer_add_format(out, "recorded %zu of ", settled->recorded);
    add_count(out, settled->count, "scenario");
    buffer_add_byte(out, '\n');
}

/* --- of an import --- */

static struct text path_of(struct text whole)
{
    struct url url;
    return url_parse(whole, &url) && url.path.size ? url.path : TEXT("/");
}

static void write_entry(struct json_writer *json, const struct recorded_entry *entry,
                        const struct wanted *wanted)
{
    const struct exchange *exchange = entry->exchange;
    json_write_begin_object(json);
    write_count(json, "index", entry->index);
    write_text(json, "method", exchange->request.method);
    write_text(json, "path", path_of(exchange->request.url));
    write_count(json, "status", exchange->response.status);
    if (entry->conversation) {
        write_text(json, "socket", entry->conversation->name);
        write_count(json, "messages", entry->conversation->count);
    }
    if (wanted) {
        write_count(json, "line", wanted->line);
    }
    json_write_end_object(json);
}

static void write_missing(struct json_writer *json, const struct import_scenario *scenario)
{
    json_write_key(json, "missing");
    json_write_begin_array(json);
    for (size_t i = 0; i < scenario->missing_count; i++) {
        json_write_begin_object(json);
        write_text(json, "method", scenario->missing[i]->method);
        write_text(json, "path", scenario->missing[i]->path);
        write_count(json, "line", scenario->missing[i]->line);
        json_write_end_object(json);
    }
    json_write_end_array(json);
}

static void write_imported(struct json_writer *json, const struct import_scenario *scenario)
{
    json_write_begin_object(json);
    write_scenario(json, scenario->feature, scenario->pickle);
    write_text(json, "path", scenario->path);
    json_write_key(json, "taken");
    json_write_begin_array(json);
    for (size_t i = 0; i < scenario->recording.count; i++) {
        write_entry(json, &scenario->recording.list[i], scenario->of[i]);
    }
    json_write_end_array(json);
    write_missing(json, scenario);
    json_write_end_object(json);
}

static void write_import(struct buffer *out, const struct import *import, struct text file)
{
    struct json_writer json;
    json_writer_init(&json, out, 2);
    json_write_begin_object(&json);
    write_text(&json, "file", file);
    write_text(&json, "creator", import->source.facts.creator_name);
    write_count(&json, "entries", import->source.found);
    json_write_key(&json, "scenarios");
    json_write_begin_array(&json);
    for (size_t i = 0; i < import->scenario_count; i++) {
        write_imported(&json, &import->scenarios[i]);
    }
    json_write_end_array(&json);
    json_write_key(&json, "left_out");
    json_write_begin_array(&json);
    for (size_t i = 0; i < import->left_count; i++) {
        json_write_begin_object(&json);
        write_text(&json, "reason", import->left[i].reason);
        write_count(&json, "count", import->left[i].count);
        write_text(&json, "example", import->left[i].example);
        json_write_end_object(&json);
    }
    json_write_end_array(&json);
    json_write_end_object(&json);
    buffer_add_byte(out, '\n');
}

static void add_entry(struct buffer *out, const struct recorded_entry *entry)
{
    const struct exchange *exchange = entry->exchange;
    buffer_add_string(out, "  ");
    if (entry->conversation) {
        buffer_add_string(out, "socket ");
        if (entry->conversation->name.size > 0) {
            buffer_add_byte(out, '"');
            escape_line(out, entry->conversation->name);
            buffer_add_string(out, "\" ");
        }
        buffer_add_string(out, "at ");
        escape_line(out, path_of(exchange->request.url));
        buffer_add_string(out, " with ");
        add_count(out, entry->conversation->count, "message");
    } else {
        escape_line(out, exchange->request.method);
        buffer_add_byte(out, ' ');
        escape_line(out, path_of(exchange->request.url));
        buffer_add_format(out, " %u", exchange->response.status);
    }
    if (entry->body == RECORDED_BODY_ABSENT && !entry->conversation) {
        buffer_add_string(out, ", without its body");
    }
    buffer_add_byte(out, '\n');
}

static void add_imported(struct buffer *out, const struct import_scenario *scenario)
{
    if (scenario->recording.count == 0 && scenario->missing_count == 0) {
        return;
    }
    buffer_add_format(out, "%.*s:%u ", TEXT_ARG(scenario->feature),
                      pickle_line(scenario->pickle));
    escape_line(out, pickle_name(scenario->pickle));
    if (scenario->recording.count > 0) {
        buffer_add_string(out, " -> ");
        escape_line(out, scenario->path);
    }
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < scenario->recording.count; i++) {
        add_entry(out, &scenario->recording.list[i]);
    }
    for (size_t i = 0; i < scenario->missing_count; i++) {
        const struct wanted *wanted = scenario->missing[i];
        buffer_add_format(out, "  not in the file: %.*s %.*s (line %u)\n",
                          TEXT_ARG(wanted->is_socket ? TEXT("socket at") : wanted->method),
                          TEXT_ARG(wanted->path), wanted->line);
    }
}

void record_print_import(struct buffer *out, const struct import *import, struct text file,
                         bool is_json)
{
    if (is_json) {
        write_import(out, import, file);
        return;
    }
    const struct recording_facts *facts = &import->source.facts;
    escape_line(out, file);
    buffer_add_string(out, ": ");
    buffer_add_format(out, "%zu entr%s", import->source.found,
                      import->source.found == 1 ? "y" : "ies");
    if (facts->creator_name.size > 0) {
        buffer_add_string(out, ", written by ");
        escape_line(out, facts->creator_name);
        buffer_add_byte(out, ' ');
        escape_line(out, facts->creator_version);
    }
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < import->scenario_count; i++) {
        add_imported(out, &import->scenarios[i]);
    }
    if (import->left_count > 0) {
        buffer_add_string(out, "left out\n");
    }
    for (size_t i = 0; i < import->left_count; i++) {
        const struct import_left *left = &import->left[i];
        buffer_add_format(out, "  %zu: ", left->count);
        escape_line(out, left->reason);
        buffer_add_string(out, " (");
        escape_line(out, left->example);
        buffer_add_string(out, ")\n");
    }
}
