/* SPDX-License-Identifier: MIT */
/* What a {value} is now: a reading for each actor and answer it means. */
#include "base/clock.h"
#include "exchange/cookie.h"
#include "exchange/exchange.h"
#include "format/json.h"
#include "format/json_path.h"
#include "exchange/cookie_jar.h"
#include "net/http.h"
#include "world/document.h"
#include "world/expand.h"
#include "world/session.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* One answer being read. */
struct reader {
    struct step *step;
    const struct value *value;
    struct text name;      /* expanded */
    struct text attribute; /* expanded */
    struct reading *reading;
};

static void add_subject(struct reader *reader, struct subject subject, struct text label)
{
    struct reading *reading = reader->reading;
    reading->subjects[reading->count] = subject;
    reading->labels[reading->count++] = label;
}

static void reserve(struct reader *reader, size_t count)
{
    struct arena *arena = &reader->step->world->arena;
    reader->reading->subjects = ARENA_ARRAY(arena, count + 1, struct subject);
    reader->reading->labels = ARENA_ARRAY(arena, count + 1, struct text);
}

static void add_absent(struct reader *reader, enum subject_nature nature)
{
    add_subject(reader, (struct subject){ .nature = nature, .is_absent = true }, TEXT_EMPTY);
}

static void add_text(struct reader *reader, struct text text)
{
    add_subject(reader, (struct subject){ .nature = NATURE_TEXT, .text = text }, TEXT_EMPTY);
}

static void add_number(struct reader *reader, enum subject_nature nature, uint64_t number)
{
    add_subject(reader, (struct subject){ .nature = nature, .number = number }, TEXT_EMPTY);
}

static bool read_headers(struct reader *reader)
{
    const struct headers *headers = &reader->reading->exchange->response.headers;
    const struct header *header;
    size_t index = 0;
    reserve(reader, headers_count(headers, reader->name));
    while ((header = headers_next(headers, reader->name, &index))) {
        add_text(reader, header->value);
    }
    if (reader->reading->count == 0) {
        add_absent(reader, NATURE_TEXT);
    }
    return true;
}

/* The value the actor holds now, as it would be sent back to where the answer came from. */
static bool read_cookie(struct reader *reader)
{
    const struct exchange *exchange = reader->reading->exchange;
    uint64_t now_ns = clock_realtime_ns(reader->step->world->context->clock);
    const struct cookie *cookie =
        cookie_jar_find(http_session_cookies(actor_session(reader->reading->actor)),
                        exchange ? exchange->response.url : TEXT_EMPTY, reader->name, now_ns);
    if (cookie) {
        add_text(reader, cookie->value);
    } else {
        add_absent(reader, NATURE_TEXT);
    }
    return true;
}

static bool read_attribute(struct reader *reader)
{
    static const struct json_value yes = { .type = JSON_TRUE };
    struct cookie cookie;
    struct text value;
    uint64_t now_ns = clock_realtime_ns(reader->step->world->context->clock);
    if (!cookie_find_set(&reader->reading->exchange->response.headers, reader->name, now_ns,
                         &cookie)) {
        step_fail(reader->step, "the response sets no cookie '%.*s'", TEXT_ARG(reader->name));
        return false;
    }
    if (!cookie_attribute_find(&cookie, reader->attribute, &value)) {
        add_absent(reader, NATURE_TEXT);
    } else if (value.size == 0) {
        add_subject(reader, (struct subject){ .nature = NATURE_JSON, .json = &yes },
                    TEXT_EMPTY);
    } else {
        add_text(reader, arena_text(&reader->step->world->arena, value));
    }
    return true;
}

/* A misspelt path selects nothing: so the count is compared, and a missing node is absent. */
static bool read_json(struct reader *reader)
{
    const struct json_value *root;
    struct arena *arena = &reader->step->world->arena;
    if (!document_json(reader->step, reader->reading->exchange, &root)) {
        return false;
    }
    if (reader->name.size == 0) {
        add_subject(reader, (struct subject){ .nature = NATURE_JSON, .json = root },
                    TEXT_EMPTY);
        return true;
    }
    struct json_nodes nodes;
    if (!value_select_json(reader->step, root, reader->name, reader->value->at, &nodes)) {
        return false;
    }
    if (reader->value->noun == NOUN_JSON_COUNT) {
        add_number(reader, NATURE_NUMBER, nodes.count);
        return true;
    }
    reserve(reader, nodes.count);
    for (size_t i = 0; i < nodes.count; i++) {
        bool wants_label = reader->value->quantifier != QUANTIFIER_ONE;
        add_subject(reader, (struct subject){ .nature = NATURE_JSON, .json = nodes.list[i] },
                    wants_label ? json_path_of(arena, root, nodes.list[i]) : TEXT_EMPTY);
    }
    if (nodes.count == 0) {
        add_absent(reader, NATURE_JSON);
    }
    return true;
}

static bool read_markup(struct reader *reader)
{
    struct xml_result result;
    enum xml_flavour flavour = reader->value->noun == NOUN_HTML ? XML_HTML : XML_STRICT;
    if (!document_select(reader->step, reader->reading->exchange, flavour, reader->name,
                         &result)) {
        return false;
    }
    reserve(reader, result.count);
    for (size_t i = 0; i < result.count; i++) {
        add_text(reader, flavour == XML_HTML ? text_trim(result.list[i]) : result.list[i]);
    }
    if (result.count == 0) {
        add_absent(reader, NATURE_TEXT);
    }
    return true;
}

static bool read_variable(struct reader *reader)
{
    struct step *step = reader->step;
    const struct actor *actor = reader->reading->actor;
    const struct variable *found = scope_find(step->scope, actor, reader->name);
    const struct json_value *json;
    if (!found && actor_lend_account(reader->reading->actor, step)) {
        found = scope_find(step->scope, actor, reader->name);
    }
    if (!found) {
        add_absent(reader, NATURE_TEXT);
    } else if (found->kind == VARIABLE_JSON &&
               json_parse_text(found->value, &step->world->arena, &json)) {
        add_subject(reader, (struct subject){ .nature = NATURE_JSON, .json = json },
                    TEXT_EMPTY);
    } else {
        add_text(reader, found->value);
    }
    return !step_has_failed(step);
}

static bool read_one(struct reader *reader)
{
    const struct exchange *exchange = reader->reading->exchange;
    reserve(reader, 1);
    switch ((int)reader->value->noun) { /* those of sockets are elsewhere */
    case NOUN_STATUS:
        add_number(reader, NATURE_STATUS, exchange->response.status);
        return true;
    case NOUN_HEADER:
        return read_headers(reader);
    case NOUN_COOKIE:
        return read_cookie(reader);
    case NOUN_COOKIE_ATTRIBUTE:
        return read_attribute(reader);
    case NOUN_BODY:
        add_text(reader, exchange->response.body);
        return true;
    case NOUN_SIZE:
        add_number(reader, NATURE_SIZE, exchange->response.body.size);
        return true;
    case NOUN_RESPONSE_TIME:
        add_number(reader, NATURE_DURATION, exchange->response.timing.total_ns);
        return true;
    case NOUN_URL:
        add_text(reader, exchange->response.url);
        return true;
    case NOUN_JSON:
    case NOUN_JSON_COUNT:
        return read_json(reader);
    case NOUN_HTML:
    case NOUN_XML:
        return read_markup(reader);
    case NOUN_VARIABLE:
        return read_variable(reader);
    default:
        break;
    }
    BUG("a value of a socket: '%.*s'", TEXT_ARG(reader->value->words));
}

static bool expand_names(struct reader *reader)
{
    const struct value *value = reader->value;
    const struct actor *actor = reader->reading->actor;
    reader->name = reader->attribute = TEXT_EMPTY;
    return (value->name.size == 0 ||
            step_quoted(reader->step, actor, value->name, value->at, &reader->name)) &&
           (value->attribute.size == 0 ||
            step_quoted(reader->step, actor, value->attribute, value->at, &reader->attribute));
}

static bool wants_exchange(enum noun noun)
{
    return noun != NOUN_VARIABLE && noun != NOUN_COOKIE;
}

static bool add_reading(struct step *step, const struct value *value, struct reading reading,
                        struct readings *readings)
{
    struct reading *added = &readings->list[readings->count];
    struct reader reader = { .step = step, .value = value, .reading = added };
    *added = reading;
    if (reading.exchange && value->noun != NOUN_VARIABLE) {
        world_mark_read(step->world, reading.exchange);
    }
    readings->count++;
    return expand_names(&reader) && read_one(&reader);
}

static bool add_readings(struct step *step, const struct value *value, struct actor *actor,
                         struct readings *readings)
{
    const struct batch *last = &actor->last;
    if (!wants_exchange(value->noun)) {
        struct reading reading = { .actor = actor,
                                   .exchange = last->count ? last->list[0] : NULL };
        return add_reading(step, value, reading, readings);
    }
    if (last->count == 0) {
        bool is_narrator = text_is(actor->name, "I");
        step_fail(step, "%.*s got no response yet",
                  TEXT_ARG(is_narrator ? TEXT("the scenario has") : actor->name));
        step_hint(step, "send a request first");
        return false;
    }
    for (size_t i = 0; i < last->count; i++) {
        struct reading reading = { .actor = actor, .exchange = last->list[i] };
        if (!add_reading(step, value, reading, readings)) {
            return false;
        }
    }
    return true;
}

bool value_read(struct step *step, const struct value *value, struct cast the,
                struct readings *ret_readings)
{
    struct cast cast;
    if (!cast_of_whose(step, value->whose, value->at, the, &cast)) {
        return false;
    }
    if (cast.count == 0) {
        cast = cast_of_one(step->world, world_speaker(step));
    }
    if (value->noun >= NOUN_MESSAGE) {
        return value_read_socket(step, value, cast, ret_readings);
    }
    size_t most = 0;
    for (size_t i = 0; i < cast.count; i++) {
        most += cast.list[i]->last.count + 1;
    }
    struct readings readings = { ARENA_ARRAY(&step->world->arena, most, struct reading), 0 };
    for (size_t i = 0; i < cast.count; i++) {
        if (!add_readings(step, value, cast.list[i], &readings)) {
            return false;
        }
    }
    *ret_readings = readings;
    return true;
}
