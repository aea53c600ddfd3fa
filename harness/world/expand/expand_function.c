/* SPDX-License-Identifier: MIT */
#include "world/expand_function.h"

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/near.h"
#include "base/random.h"
#include "config/settings.h"
#include "format/base64.h"
#include "format/date.h"
#include "format/digest.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "format/percent.h"
#include "world/expand.h"
#include "world/expand/expand_word.h"
#include "world/project_file.h"
#include "world/step.h"
#include "world/world.h"

static struct arena *arena_of(const struct expand_call *call)
{
    return &call->step->world->arena;
}

static bool call_now(struct expand_call *call, struct variable *ret_value)
{
    uint64_t now_ns = clock_realtime_ns(call->step->world->context->clock);
    ret_value->value = date_print(arena_of(call), now_ns);
    return true;
}

static bool call_today(struct expand_call *call, struct variable *ret_value)
{
    uint64_t now_ns = clock_realtime_ns(call->step->world->context->clock);
    ret_value->value = date_print_day(arena_of(call), now_ns);
    return true;
}

/* Version 4 of RFC 9562. */
static bool call_uuid(struct expand_call *call, struct variable *ret_value)
{
    unsigned char bytes[16];
    random_fill(call->step->world->context->random, bytes, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    struct buffer out;
    buffer_init(&out, 36);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bool wants_dash = i == 4 || i == 6 || i == 8 || i == 10;
        buffer_add_format(&out, wants_dash ? "-%02x" : "%02x", bytes[i]);
    }
    ret_value->value = arena_text(arena_of(call), buffer_text(&out));
    buffer_release(&out);
    return true;
}

/* `random 6`: so many lower-case letters and digits. */
static bool call_random(struct expand_call *call, struct variable *ret_value)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    uint64_t count;
    if (!expand_random_count(call->arguments[0], &count)) {
        call->error = TEXT("'random' wants a number of characters from 1 to 1000");
        return false;
    }
    char *text = arena_alloc(arena_of(call), count + 1);
    for (uint64_t i = 0; i < count; i++) {
        text[i] =
            alphabet[random_below(call->step->world->context->random, sizeof alphabet - 1)];
    }
    ret_value->value = text_make(text, count);
    return true;
}

static bool call_run_id(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = call->step->world->context->run_id;
    return true;
}

static bool call_scenario_name(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = call->step->world->scenario_name;
    return true;
}

static bool call_actor(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = call->actor->name;
    return true;
}

static bool call_file(struct expand_call *call, struct variable *ret_value)
{
    return project_file_read(call->step, call->arguments[0], &ret_value->value);
}

static bool call_urlencode(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = percent_encode(arena_of(call), call->arguments[0]);
    return true;
}

static bool call_base64(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = base64_encode(arena_of(call), call->arguments[0]);
    return true;
}

static bool call_base64decode(struct expand_call *call, struct variable *ret_value)
{
    call->error = TEXT("'base64decode' wants base64");
    return base64_decode(arena_of(call), call->arguments[0], &ret_value->value);
}

static bool call_sha256(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value = digest_sha256(arena_of(call), call->arguments[0]);
    return true;
}

static bool call_hmac(struct expand_call *call, struct variable *ret_value)
{
    ret_value->value =
        digest_hmac_sha256(arena_of(call), call->arguments[0], call->arguments[1]);
    return true;
}

static bool call_json(struct expand_call *call, struct variable *ret_value)
{
    struct buffer out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* six times the argument at most */
    json_print_string(&out, call->arguments[0]);
    ret_value->value = arena_text(arena_of(call), buffer_text(&out));
    ret_value->kind = VARIABLE_JSON;
    buffer_release(&out);
    return true;
}

static void change_case(struct expand_call *call, struct variable *ret_value, char from,
                        char to)
{
    char *text = arena_string(arena_of(call), call->arguments[0]);
    for (size_t i = 0; i < call->arguments[0].size; i++) {
        if (text[i] >= from && text[i] <= from + 25) {
            text[i] = (char)(text[i] - from + to);
        }
    }
    ret_value->value = text_make(text, call->arguments[0].size);
}

static bool call_lower(struct expand_call *call, struct variable *ret_value)
{
    change_case(call, ret_value, 'A', 'a');
    return true;
}

static bool call_upper(struct expand_call *call, struct variable *ret_value)
{
    change_case(call, ret_value, 'a', 'A');
    return true;
}

static const struct expand_function functions[] = {
    { "now", 0, false, call_now },
    { "today", 0, false, call_today },
    { "uuid", 0, false, call_uuid },
    { "random", 1, true, call_random },
    { "run.id", 0, false, call_run_id },
    { "scenario.name", 0, false, call_scenario_name },
    { "actor", 0, false, call_actor },
    { "file", 1, false, call_file },
    { "urlencode", 1, false, call_urlencode },
    { "base64", 1, false, call_base64 },
    { "base64decode", 1, false, call_base64decode },
    { "sha256", 1, false, call_sha256 },
    { "hmac_sha256", 2, false, call_hmac },
    { "json", 1, false, call_json },
    { "lower", 1, false, call_lower },
    { "upper", 1, false, call_upper },
};

void expand_function_offer(struct near *near)
{
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
        near_offer(near, text_of(functions[i].name));
    }
}

const struct expand_function *expand_function_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
        if (text_is(name, functions[i].name)) {
            return &functions[i];
        }
    }
    return NULL;
}

bool expand_now(struct step *step, struct text offset, struct span at,
                struct variable *ret_value)
{
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    uint64_t offset_ms = 0;
    bool is_before;
    if (!expand_offset(offset, &is_before, &offset_ms) ||
        offset_ms > now_ns / NANOSECONDS_PER_MILLISECOND) {
        step_fail_at(step, at, "cannot read '${now %.*s}'", TEXT_ARG(offset));
        step_hint(step, "write ${now + 5 minutes} or ${now - 1 day}");
        return false;
    }
    uint64_t offset_ns = offset_ms * NANOSECONDS_PER_MILLISECOND;
    *ret_value = (struct variable){ .value = date_print(&step->world->arena,
                                                        is_before ? now_ns - offset_ns
                                                                  : now_ns + offset_ns) };
    return true;
}

static bool is_listed(const struct config_texts *names, struct text name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (text_equal(names->list[i], name)) {
            return true;
        }
    }
    return false;
}

bool expand_environment(struct step *step, struct text name, struct span at,
                        struct variable *ret_value)
{
    const struct config_settings *settings = step->world->context->settings;
    const struct config_pair *pair = config_pairs_find(&settings->process, name);
    if (pair) {
        *ret_value = (struct variable){ .value = pair->value };
        return true;
    }
    bool is_known = is_listed(&settings->process_names, name);
    step_fail_at(step, at, "the environment variable '%.*s' is not %s", TEXT_ARG(name),
                 is_known ? "set" : "listed");
    if (is_known) {
        step_hint(step, "set it before the run");
    } else {
        step_hint(step, "list it under 'env:' in bddrun.yaml");
    }
    return false;
}

struct text variable_plain(struct arena *arena, const struct variable *value)
{
    const struct json_value *json;
    if (value->kind == VARIABLE_JSON && text_starts_with(value->value, TEXT("\"")) &&
        json_parse_text(value->value, arena, &json)) {
        return json_text(json);
    }
    return value->value;
}

bool variable_reads_as_json(const struct variable *value)
{
    char first = value->value.size ? value->value.at[0] : '\0';
    if (value->kind == VARIABLE_JSON) {
        return true;
    }
    if (first == '"' || first == '\0') {
        return false;
    }
    struct arena scratch;
    const struct json_value *json;
    arena_init(&scratch);
    bool is_json = json_parse_text(value->value, &scratch, &json);
    arena_release(&scratch);
    return is_json;
}
