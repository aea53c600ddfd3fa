/* SPDX-License-Identifier: MIT */
/* B14 and B15: forms and links of the last HTML page. */
#include "exchange/exchange.h"
#include "exchange/url.h"
#include "steps/request/request.h"
#include "steps/step_functions.h"
#include "world/document.h"
#include "world/send.h"
#include "world/step.h"
#include "world/world.h"

/* The newest answer of the actor; NULL: the step has failed. */
static struct exchange *last_page(struct step *step, struct actor *actor)
{
    if (actor->last.count == 0) {
        step_fail(step, "%.*s has got no page yet", TEXT_ARG(actor->name));
        step_hint(step, "send a GET for the page first");
        return NULL;
    }
    struct exchange *page = actor->last.list[actor->last.count - 1];
    world_mark_read(step->world, page);
    return page;
}

/* A given value replaces the form's own; a further one of the same name is added. */
static void fill_field(struct headers *fields, size_t given_from, struct arena *arena,
                       struct text name, struct text value)
{
    for (size_t i = 0; i < given_from; i++) {
        if (text_equal(fields->list[i].name, name)) {
            fields->list[i].value = value;
            return;
        }
    }
    headers_add(fields, arena, name, value);
}

static void fill_parts(struct request *request, struct arena *arena)
{
    request->body_kind = REQUEST_BODY_PARTS;
    request->part_count = request->form.count;
    request->parts = ARENA_ARRAY(arena, request->part_count, struct request_part);
    for (size_t i = 0; i < request->part_count; i++) {
        request->parts[i].name = request->form.list[i].name;
        request->parts[i].value = request->form.list[i].value;
    }
}

static bool fill_form(struct step *step, struct send *send)
{
    struct arena *arena = &step->world->arena;
    struct request *request = &send->request;
    struct exchange *page = last_page(step, send->actor);
    struct text xpath;
    struct xml_form form;
    struct headers given = { 0 };
    if (!page || !step_string(step, send->actor, 1, &xpath) ||
        !document_form(step, page, xpath, &form) ||
        !request_add_pairs(step, send->actor, &given)) {
        return false;
    }
    struct headers fields = { 0 };
    for (size_t i = 0; i < form.field_count; i++) {
        headers_add(&fields, arena, form.fields[i].name, form.fields[i].value);
    }
    for (size_t i = 0; i < given.count; i++) {
        fill_field(&fields, form.field_count, arena, given.list[i].name, given.list[i].value);
    }
    request->method = form.method;
    request->url = url_resolve(arena, page->response.url,
                               form.action.size ? form.action : page->response.url);
    if (text_is(form.method, "GET")) {
        request->query = fields;
        return true;
    }
    request->form = fields;
    request->body_kind = REQUEST_BODY_FORM;
    if (form.is_multipart) {
        fill_parts(request, arena);
    }
    return true;
}

static bool fill_link(struct step *step, struct send *send)
{
    struct exchange *page = last_page(step, send->actor);
    struct text xpath;
    struct xml_result links;
    if (!page || !step_string(step, send->actor, 1, &xpath) ||
        !document_select(step, page, XML_HTML, xpath, &links)) {
        return false;
    }
    if (links.count != 1) {
        step_fail(step, "%zu links at '%.*s', not one", links.count, TEXT_ARG(xpath));
        step_hint(step, "select one attribute: //a[text()='Lobby']/@href");
        step_show_exchange(step, page);
        return false;
    }
    send->request.method = TEXT("GET");
    send->request.url =
        url_resolve(&step->world->arena, page->response.url, text_trim(links.list[0]));
    return true;
}

static void send_each(struct step *step, bool (*fill)(struct step *step, struct send *send))
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    struct sending *sending = sending_new(step, cast, 1);
    for (size_t i = 0; sending && i < sending->count; i++) {
        if (!fill(step, &sending->list[i])) {
            return;
        }
    }
    if (sending) {
        sending_start(sending);
    }
}

/* B14: `{actor} submit(s) the form at {string} with:` */
void step_submit_form(struct step *step)
{
    send_each(step, fill_form);
}

/* B15: `{actor} follow(s) the link at {string}` */
void step_follow_link(struct step *step)
{
    send_each(step, fill_link);
}
