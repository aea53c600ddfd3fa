/* SPDX-License-Identifier: MIT */
#include "world/precheck/precheck_socket.h"

#include "diff/expectation.h"
#include "format/json_path.h"
#include "gherkin/pickle.h"
#include "protocol/protocol.h"
#include "world/precheck.h"
#include "world/precheck/examination.h"
#include "world/precheck/precheck_value.h"
#include "world/quoted.h"
#include "world/socket_words.h"

static bool has_hole(struct text text)
{
    return text_contains(text, TEXT("${"));
}

bool precheck_protocol(struct text name, struct span at, struct problems *problems)
{
    if (has_hole(name) || protocol_find(name)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at,
                 "this version has text, JSON, Socket.IO and Pusher",
                 "the protocol '%.*s' is not in this version", TEXT_ARG(name));
    return false;
}

bool precheck_bytes(struct precheck *precheck, struct text quoted, struct span at,
                    struct problems *problems)
{
    struct text written = quoted_content(&precheck->arena, quoted);
    struct text ignored;
    if (has_hole(written) || socket_bytes_read(&precheck->arena, written, &ignored)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at, "write pairs of hexadecimal digits: 01 ff 00",
                 "cannot read the bytes '%.*s'", TEXT_ARG(written));
    return false;
}

/* --- the table of a socket --- */

static bool check_path(struct text path, struct span at, struct problems *problems)
{
    CLEANUP(json_path_release) struct json_path *compiled = NULL;
    return has_hole(path) || json_path_compile(path, at, &compiled, problems);
}

static bool check_socket_row(struct examination *examination, const struct cell *cells)
{
    struct text key = text_trim(cells[0].value);
    struct text value = cells[1].value;
    struct span at = examination_cell_span(examination, &cells[1]);
    if (text_is(key, "protocol")) {
        return precheck_protocol(value, at, examination->problems);
    }
    if (text_is(key, "auth")) {
        return precheck_json(examination->precheck, value, at, examination->problems);
    }
    return !text_is(key, "event at") || check_path(value, at, examination->problems);
}

bool examination_check_socket(struct examination *examination)
{
    static const char *const known[] = { "protocol", "namespace", "auth", "subprotocol",
                                         "event at", "header",    "query" };
    const struct table *table = examination->step->table;
    bool is_ok = examination_check_keys(examination, known, ARRAY_SIZE(known));
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        is_ok = check_socket_row(examination, table->rows[i].cells);
    }
    return is_ok;
}

/* --- the table of events --- */

static bool check_expectation(struct examination *examination, const struct cell *cell)
{
    struct source *part = ARENA_NEW(&examination->precheck->arena, struct source);
    if (text_trim(cell->value).size == 0) {
        return true;
    }
    source_embed(part, cell->value, examination->source, cell->place.start, 0);
    return expectation_check(part, examination->problems);
}

bool examination_check_events(struct examination *examination)
{
    static const char *const known[] = { "event", "JSON", "channel" };
    const struct table *table = examination->step->table;
    bool is_ok = examination_check_records(examination, known, ARRAY_SIZE(known), "event");
    for (uint32_t column = 0; is_ok && column < table->rows[0].cell_count; column++) {
        for (size_t row = 1; row < table->row_count; row++) {
            bool is_json = text_is(table->rows[0].cells[column].value, "JSON");
            is_ok =
                (!is_json || check_expectation(examination, &table->rows[row].cells[column])) &&
                is_ok;
        }
    }
    return is_ok;
}
