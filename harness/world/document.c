/* SPDX-License-Identifier: MIT */
#include "world/document.h"

#include "exchange/exchange.h"
#include "format/json.h"
#include "world/step.h"
#include "world/world.h"

static struct logged_exchange *logged(const struct world *world,
                                      const struct exchange *exchange)
{
    for (size_t i = world->log_count; i > 0; i--) {
        if (world->log[i - 1].exchange == exchange) {
            return &world->log[i - 1];
        }
    }
    return NULL;
}

bool document_json(struct step *step, const struct exchange *exchange,
                   const struct json_value **ret_root)
{
    struct logged_exchange *entry = logged(step->world, exchange);
    if (entry && entry->json) {
        *ret_root = entry->json;
        return true;
    }
    struct source *source = ARENA_NEW(&step->world->arena, struct source);
    struct problems problems;
    problems_init(&problems);
    source_init(source, TEXT("response body"), exchange->response.body);
    bool is_json =
        json_parse(source, (struct json_limits){ 0 }, &step->world->arena, ret_root, &problems);
    if (is_json && entry) {
        entry->json = *ret_root;
    } else if (!is_json) {
        struct position position = source_position(source, problems.list[0].at.start);
        step_fail(step, "the body is not JSON: line %zu, column %zu: %.*s", position.line,
                  position.column, TEXT_ARG(problems.list[0].message));
        step_hint(step, "look at the answer below; HTML and XML have steps of their own");
        step_show_exchange(step, exchange);
    }
    problems_release(&problems);
    return is_json;
}

static struct xml_document *parse(struct step *step, const struct exchange *exchange,
                                  enum xml_flavour flavour)
{
    struct text error = TEXT_EMPTY;
    struct xml_document *document =
        xml_parse(exchange->response.body, flavour, &step->world->arena, &error);
    if (!document) {
        step_fail(step, "the body is not %s: %.*s", flavour == XML_HTML ? "HTML" : "XML",
                  TEXT_ARG(error));
        step_hint(step, "look at the answer below");
        step_show_exchange(step, exchange);
    }
    return document;
}

bool document_select(struct step *step, const struct exchange *exchange,
                     enum xml_flavour flavour, struct text xpath, struct xml_result *ret_result)
{
    struct text error;
    CLEANUP(xml_release) struct xml_document *document = parse(step, exchange, flavour);
    if (!document) {
        return false;
    }
    if (!xml_select(document, xpath, &step->world->arena, ret_result, &error)) {
        step_fail(step, "cannot use the XPath '%.*s': %.*s", TEXT_ARG(xpath), TEXT_ARG(error));
        step_hint(step, "write an XPath such as //h1 or //a/@href");
        return false;
    }
    return true;
}

bool document_form(struct step *step, const struct exchange *exchange, struct text xpath,
                   struct xml_form *ret_form)
{
    struct text error;
    CLEANUP(xml_release) struct xml_document *document = parse(step, exchange, XML_HTML);
    if (!document) {
        return false;
    }
    if (!xml_form(document, xpath, &step->world->arena, ret_form, &error)) {
        step_fail(step, "no form at '%.*s': %.*s", TEXT_ARG(xpath), TEXT_ARG(error));
        step_hint(step, "name one <form> of the page below, such as //form[@id='login']");
        step_show_exchange(step, exchange);
        return false;
    }
    return true;
}
