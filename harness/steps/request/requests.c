/* SPDX-License-Identifier: MIT */
/* Section B of the vocabulary: requests as they stand. Retries are in until.c, forms and links in
 * pages.c, the table of B9 in request_table.c. */
#include "steps/step_functions.h"

#include "exchange/exchange.h"
#include "steps/request/request.h"
#include "gherkin/pickle.h"
#include "world/expand.h"
#include "world/project_file.h"
#include "world/send.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

enum { COPIES_LIMIT = 1000 };

struct sending *request_prepare(struct step *step, size_t copies)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return NULL;
    }
    struct sending *sending = sending_new(step, cast, copies);
    for (size_t i = 0; sending && i < sending->count; i++) {
        struct send *send = &sending->list[i];
        struct text method = step_argument(step, 1);
        if (text_starts_with(method, TEXT("method "))) {
            method = text_from(method, sizeof "method " - 1);
        }
        send->request.method = method;
        if (!step_string(step, send->actor, 2, &send->request.url)) {
            return NULL;
        }
    }
    return sending;
}

/* Prepares one request an actor, lets `fill` add to it, sends. */
static void send_with(struct step *step, bool (*fill)(struct step *step, struct send *send))
{
    struct sending *sending = request_prepare(step, 1);
    for (size_t i = 0; sending && i < sending->count; i++) {
        if (fill && !fill(step, &sending->list[i])) {
            return;
        }
    }
    if (sending) {
        sending_start(sending);
    }
}

/* B1: `{actor} send(s) {method} {string}` */
void step_send(struct step *step)
{
    send_with(step, NULL);
}

void request_set_body(struct request *request, struct text body, struct text content_type)
{
    request->body_kind = REQUEST_BODY_BYTES;
    request->body = body;
    request->content_type = content_type;
}

static bool fill_json_doc_string(struct step *step, struct send *send)
{
    struct text body;
    if (!step_doc_string(step, send->actor, &body)) {
        return false;
    }
    request_set_body(&send->request, body, TEXT("application/json"));
    return true;
}

/* B2: `{actor} send(s) {method} {string} with JSON:` */
void step_send_json_doc_string(struct step *step)
{
    send_with(step, fill_json_doc_string);
}

static bool fill_json(struct step *step, struct send *send)
{
    struct text body;
    if (!expand(step, send->actor, step_argument(step, 3), step_argument_span(step, 3),
                EXPAND_JSON, &body)) {
        return false;
    }
    request_set_body(&send->request, body, TEXT("application/json"));
    return true;
}

/* B3: `{actor} send(s) {method} {string} with JSON {json}` */
void step_send_json(struct step *step)
{
    send_with(step, fill_json);
}

static struct text content_type_of(struct arena *arena, struct text media_type)
{
    if (media_type.size == 0) {
        return TEXT("text/plain; charset=utf-8");
    }
    if (text_contains(media_type, TEXT("/"))) {
        return media_type;
    }
    bool is_application = text_is(media_type, "json") || text_is(media_type, "xml");
    if (text_is(media_type, "text")) {
        media_type = TEXT("plain");
    }
    return arena_format(arena, "%s/%.*s", is_application ? "application" : "text",
                        TEXT_ARG(media_type));
}

static bool fill_body(struct step *step, struct send *send)
{
    struct text body;
    if (!step_doc_string(step, send->actor, &body)) {
        return false;
    }
    request_set_body(
        &send->request, body,
        content_type_of(&step->world->arena, step->pickle->doc_string->media_type));
    return true;
}

/* B4: `{actor} send(s) {method} {string} with body:` */
void step_send_body(struct step *step)
{
    send_with(step, fill_body);
}

static bool fill_file(struct step *step, struct send *send)
{
    struct text name;
    if (!step_string(step, send->actor, 3, &name) ||
        !project_file_path(step, name, &send->request.body_file)) {
        return false;
    }
    send->request.body_kind = REQUEST_BODY_FILE;
    return true;
}

/* B5: `{actor} send(s) {method} {string} with body from file {string}` */
void step_send_file(struct step *step)
{
    send_with(step, fill_file);
}

bool request_add_pairs(struct step *step, const struct actor *actor, struct headers *pairs)
{
    struct pairs table;
    if (!table_read_pairs(step, actor, &table)) {
        return false;
    }
    for (size_t i = 0; i < table.count; i++) {
        headers_add(pairs, &step->world->arena, table.rows[i].cells[0].text,
                    table.rows[i].cells[1].text);
    }
    return true;
}

static bool fill_form(struct step *step, struct send *send)
{
    send->request.body_kind = REQUEST_BODY_FORM;
    return request_add_pairs(step, send->actor, &send->request.form);
}

/* B6: `{actor} send(s) {method} {string} with form:` */
void step_send_form(struct step *step)
{
    send_with(step, fill_form);
}

static bool fill_part(struct step *step, const struct records *records, size_t row,
                      struct request_part *part)
{
    const struct text *name = records_find(records, row, TEXT("name"));
    const struct text *value = records_find(records, row, TEXT("value"));
    const struct text *file = records_find(records, row, TEXT("file"));
    const struct text *type = records_find(records, row, TEXT("type"));
    const struct text *file_name = records_find(records, row, TEXT("filename"));
    if (!name || name->size == 0) {
        step_fail_at(step, records->rows[row].at, "a part without a name");
        step_hint(step, "give the table a column 'name' with a name in every row");
        return false;
    }
    part->name = *name;
    part->value = value ? *value : TEXT_EMPTY;
    part->content_type = type ? *type : TEXT_EMPTY;
    part->file_name = file_name ? *file_name : TEXT_EMPTY;
    return !file || file->size == 0 || project_file_path(step, *file, &part->file_path);
}

static bool fill_parts(struct step *step, struct send *send)
{
    struct records records;
    if (!table_read_records(step, send->actor, &records)) {
        return false;
    }
    struct request *request = &send->request;
    request->body_kind = REQUEST_BODY_PARTS;
    request->part_count = records.count;
    request->parts = ARENA_ARRAY(&step->world->arena, records.count, struct request_part);
    for (size_t i = 0; i < records.count; i++) {
        if (!fill_part(step, &records, i, &request->parts[i])) {
            return false;
        }
    }
    return true;
}

/* B7: `{actor} send(s) {method} {string} with parts:` */
void step_send_parts(struct step *step)
{
    send_with(step, fill_parts);
}

static bool fill_query(struct step *step, struct send *send)
{
    return request_add_pairs(step, send->actor, &send->request.query);
}

/* B8: `{actor} send(s) {method} {string} with query:` */
void step_send_query(struct step *step)
{
    send_with(step, fill_query);
}

/* B10: `{actor} send(s) {method} {string} {count} times at once` */
void step_send_at_once(struct step *step)
{
    uint64_t copies;
    if (!step_count(step, world_speaker(step), 3, &copies)) {
        return;
    }
    if (copies == 0 || copies > COPIES_LIMIT) {
        step_fail_at(step, step_argument_span(step, 3), "cannot send %llu at once",
                     (unsigned long long)copies);
        step_hint(step, "write 1 to %d", COPIES_LIMIT);
        return;
    }
    struct sending *sending = request_prepare(step, copies);
    if (sending) {
        sending_start(sending);
    }
}

/* Every actor must have got the failure that is named, nobody an answer. */
static void check_unreachable(struct step *step, struct sending *sending)
{
    enum exchange_failure wanted = EXCHANGE_OTHER;
    struct text fault = step_argument(step, 2);
    if (!exchange_failure_of_fault(fault, &wanted)) {
        BUG("no fault '%.*s'", TEXT_ARG(fault));
    }
    for (size_t i = 0; i < sending->count; i++) {
        const struct exchange *exchange = sending->list[i].exchange;
        world_mark_read(step->world, exchange);
        if (exchange->failure == wanted) {
            continue;
        }
        struct text actual =
            exchange->failure == EXCHANGE_ANSWERED
                ? arena_format(&step->world->arena, "status %u", exchange->response.status)
                : exchange->message;
        step_mismatch(step, sending->list[i].request.url, fault, actual,
                      step_argument_span(step, 2));
        step_show_exchange(step, exchange);
    }
    step->world->checks++;
}

/* B16: `{actor} cannot reach {string} because of {fault}` */
void step_cannot_reach(struct step *step)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    struct sending *sending = sending_new(step, cast, 1);
    for (size_t i = 0; sending && i < sending->count; i++) {
        sending->list[i].request.method = TEXT("GET");
        if (!step_string(step, sending->list[i].actor, 1, &sending->list[i].request.url)) {
            return;
        }
    }
    if (sending) {
        sending->is_failure_wanted = true;
        sending->then = check_unreachable;
        sending_start(sending);
    }
}
