/* SPDX-License-Identifier: MIT */
/* B9: `{actor} send(s) {method} {string} with:` and its table, row by row. */
#include "base/buffer.h"
#include "base/quantity.h"
#include "steps/request/request.h"
#include "steps/step_functions.h"
#include "world/expand.h"
#include "world/project_file.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

/* A request being filled in, with settings of its own. */
struct filling {
    struct step *step;
    struct send *send;
    struct http_settings *settings;
    uint64_t copies;
};

typedef bool fill_row(struct filling *filling, struct text name, const struct table_cell *cell);

static bool fill_header(struct filling *filling, struct text name,
                        const struct table_cell *cell)
{
    headers_add(&filling->send->request.headers, &filling->step->world->arena, name,
                cell->text);
    return true;
}

static bool fill_query(struct filling *filling, struct text name, const struct table_cell *cell)
{
    headers_add(&filling->send->request.query, &filling->step->world->arena, name, cell->text);
    return true;
}

/* Several rows make one Cookie header, as a browser sends it. */
static bool fill_cookie(struct filling *filling, struct text name,
                        const struct table_cell *cell)
{
    struct arena *arena = &filling->step->world->arena;
    struct headers *headers = &filling->send->request.headers;
    struct text before;
    struct text cookie = arena_format(arena, "%.*s=%.*s", TEXT_ARG(name), TEXT_ARG(cell->text));
    if (headers_find(headers, TEXT("Cookie"), &before)) {
        cookie = arena_format(arena, "%.*s; %.*s", TEXT_ARG(before), TEXT_ARG(cookie));
    }
    headers_set(headers, arena, TEXT("Cookie"), cookie);
    return true;
}

static bool fill_form(struct filling *filling, struct text name, const struct table_cell *cell)
{
    struct request *request = &filling->send->request;
    request->body_kind = REQUEST_BODY_FORM;
    headers_add(&request->form, &filling->step->world->arena, name, cell->text);
    return true;
}

static bool fill_json(struct filling *filling, struct text name, const struct table_cell *cell)
{
    (void)name;
    struct text body;
    if (!expand(filling->step, filling->send->actor, cell->raw, cell->at, EXPAND_JSON, &body)) {
        return false;
    }
    request_set_body(&filling->send->request, body, TEXT("application/json"));
    return true;
}

static bool fill_body(struct filling *filling, struct text name, const struct table_cell *cell)
{
    (void)name;
    request_set_body(&filling->send->request, cell->text, TEXT("text/plain; charset=utf-8"));
    return true;
}

static bool fill_body_file(struct filling *filling, struct text name,
                           const struct table_cell *cell)
{
    (void)name;
    filling->send->request.body_kind = REQUEST_BODY_FILE;
    return project_file_path(filling->step, cell->text, &filling->send->request.body_file);
}

static bool fill_bearer_token(struct filling *filling, struct text name,
                              const struct table_cell *cell)
{
    (void)name;
    world_learn_secret(filling->step->world, cell->text);
    filling->settings->bearer_token = cell->text;
    return true;
}

static bool fill_response_timeout(struct filling *filling, struct text name,
                                  const struct table_cell *cell)
{
    (void)name;
    if (!quantity_duration_ms(cell->text, &filling->settings->response_timeout_ms)) {
        step_fail_at(filling->step, cell->at, "'%.*s' is not a duration", TEXT_ARG(cell->text));
        step_hint(filling->step, "write a number and a unit: 300 ms, 2 seconds");
        return false;
    }
    return true;
}

static bool fill_copies(struct filling *filling, struct text name,
                        const struct table_cell *cell)
{
    (void)name;
    if (!text_to_uint64(cell->text, &filling->copies) || filling->copies == 0 ||
        filling->copies > 1000) {
        step_fail_at(filling->step, cell->at, "cannot send '%.*s' at once",
                     TEXT_ARG(cell->text));
        step_hint(filling->step, "write a number from 1 to 1000");
        return false;
    }
    return true;
}

static const struct {
    const char *kind;
    bool wants_name;
    fill_row *fill;
} kinds[] = {
    { "header", true, fill_header },
    { "query", true, fill_query },
    { "cookie", true, fill_cookie },
    { "form", true, fill_form },
    { "JSON", false, fill_json },
    { "body", false, fill_body },
    { "body file", false, fill_body_file },
    { "bearer token", false, fill_bearer_token },
    { "response timeout", false, fill_response_timeout },
    { "at once", false, fill_copies },
};

static bool fill_one(struct filling *filling, const struct table_row *row)
{
    struct pair_key key = { 0 };
    bool is_read = pair_key_read(row->cells[0].text, &key);
    for (size_t i = 0; is_read && i < ARRAY_SIZE(kinds); i++) {
        if (text_is(key.kind, kinds[i].kind) && kinds[i].wants_name == (key.name.size > 0)) {
            return kinds[i].fill(filling, key.name, &row->cells[1]);
        }
    }
    step_fail_at(filling->step, row->cells[0].at, "unknown part of a request '%.*s'",
                 TEXT_ARG(row->cells[0].text));
    step_hint(filling->step, "write header \"X\", query \"x\", cookie \"x\", form \"x\", JSON, "
                             "body, body file, bearer token, response timeout or at once");
    return false;
}

/* Fills the request of one actor from its own expansion of the table. */
static bool fill(struct step *step, struct send *send, uint64_t *copies)
{
    struct pairs pairs;
    if (!table_read_pairs(step, send->actor, &pairs)) {
        return false;
    }
    struct filling filling = { .step = step, .send = send, .copies = 1 };
    filling.settings = ARENA_NEW(&step->world->arena, struct http_settings);
    *filling.settings = *send->settings;
    send->settings = filling.settings;
    for (size_t i = 0; i < pairs.count; i++) {
        if (!fill_one(&filling, &pairs.rows[i])) {
            return false;
        }
    }
    *copies = filling.copies;
    return true;
}

/* B9 */
void step_send_table(struct step *step)
{
    uint64_t copies = 1;
    struct sending *sending = request_prepare(step, 1);
    for (size_t i = 0; sending && i < sending->count; i++) {
        if (!fill(step, &sending->list[i], &copies)) {
            return;
        }
    }
    if (sending && copies > 1) {
        sending_multiply(sending, copies);
    }
    if (sending) {
        sending_start(sending);
    }
}
