/* SPDX-License-Identifier: MIT */
#include "visit.h"

#include <microhttpd.h>
#include <string.h>

static struct text text_or_none(const char *terminated)
{
    return terminated ? text_of(terminated) : (struct text){ NULL, 0 };
}

struct text visit_query(const struct visit *visit, const char *name)
{
    return text_or_none(
        MHD_lookup_connection_value(visit->connection, MHD_GET_ARGUMENT_KIND, name));
}

struct text visit_request_header(const struct visit *visit, const char *name)
{
    return text_or_none(MHD_lookup_connection_value(visit->connection, MHD_HEADER_KIND, name));
}

struct text visit_request_cookie(const struct visit *visit, const char *name)
{
    return text_or_none(MHD_lookup_connection_value(visit->connection, MHD_COOKIE_KIND, name));
}

uint64_t visit_query_number(const struct visit *visit, const char *name, uint64_t otherwise)
{
    uint64_t value = otherwise;
    struct text digits = visit_query(visit, name);
    return digits.at && text_to_uint64(digits, &value) ? value : otherwise;
}

bool visit_is(const struct visit *visit, const char *method)
{
    return strcmp(visit->method, method) == 0;
}

static bool is_same_field(const struct visit_field *field, const char *name, uint64_t offset)
{
    return offset > 0 && text_is(field->name, name) && field->value.size == offset;
}

/* A field may come in several pieces; offset is where in the value this one stands. */
static enum MHD_Result take_field(void *context, enum MHD_ValueKind kind UNUSED,
                                  const char *name, const char *filename, const char *type,
                                  const char *encoding UNUSED, const char *data,
                                  uint64_t offset, size_t size)
{
    struct visit *visit = context;
    struct visit_field *field = NULL;
    if (visit->field_count &&
        is_same_field(&visit->fields[visit->field_count - 1], name, offset)) {
        field = &visit->fields[visit->field_count - 1];
        char *longer = arena_array(&visit->arena, field->value.size + size, 1);
        memcpy(longer, field->value.at, field->value.size);
        memcpy(longer + field->value.size, data, size);
        field->value = text_make(longer, field->value.size + size);
        return MHD_YES;
    }
    if (visit->field_count == VISIT_FIELDS) {
        return MHD_NO;
    }
    field = &visit->fields[visit->field_count++];
    field->name = arena_text(&visit->arena, text_of(name));
    field->filename =
        filename ? arena_text(&visit->arena, text_of(filename)) : (struct text){ NULL, 0 };
    field->type = type ? arena_text(&visit->arena, text_of(type)) : TEXT_EMPTY;
    field->value = arena_text(&visit->arena, text_make(data, size));
    return MHD_YES;
}

static void parse_form(struct visit *visit)
{
    visit->has_parsed_form = true;
    struct MHD_PostProcessor *processor =
        MHD_create_post_processor(visit->connection, 65536, take_field, visit);
    if (!processor) {
        return;
    }
    (void)MHD_post_process(processor, visit->body.at, visit->body.size);
    (void)MHD_destroy_post_processor(processor);
}

const struct visit_field *visit_form(struct visit *visit, const char *name)
{
    if (!visit->has_parsed_form && visit->body.size) {
        parse_form(visit);
    }
    for (size_t i = 0; i < visit->field_count; i++) {
        if (text_is(visit->fields[i].name, name)) {
            return &visit->fields[i];
        }
    }
    return NULL;
}

/* Offset of the quote that ends the string whose first quote is at `from`. */
static size_t json_string_end(struct text json, size_t from)
{
    size_t at = from + 1;
    while (at < json.size && json.at[at] != '"') {
        at += json.at[at] == '\\' ? 2 : 1;
    }
    return at;
}

static bool is_one_of(char byte, const char *wanted)
{
    return byte != '\0' && strchr(wanted, byte);
}

/* Offset behind the JSON value at `from`: strings, nesting and separators are all it knows. */
static size_t json_skip(struct text json, size_t from)
{
    size_t depth = 0;
    for (size_t i = from; i < json.size; i++) {
        char byte = json.at[i];
        if (depth == 0 && is_one_of(byte, ",:}]")) {
            return i;
        }
        if (byte == '"') {
            i = json_string_end(json, i);
        }
        depth += is_one_of(byte, "{[") ? 1 : 0;
        depth -= is_one_of(byte, "}]") ? 1 : 0;
    }
    return json.size;
}

static struct text without_quotes(struct text value)
{
    if (value.size >= 2 && value.at[0] == '"') {
        return text_slice(value, 1, value.size - 1);
    }
    return value;
}

bool visit_json_member(const struct visit *visit, const char *name, struct text *ret_value)
{
    struct text json = text_trim(buffer_text(&visit->body));
    if (!text_starts_with(json, TEXT("{")) || !text_ends_with(json, TEXT("}"))) {
        return false;
    }
    size_t at = 1;
    while (at < json.size) {
        size_t colon = json_skip(json, at);
        size_t end = json_skip(json, colon + 1);
        struct text key = without_quotes(text_trim(text_slice(json, at, colon)));
        if (text_is(key, name)) {
            *ret_value = without_quotes(text_trim(text_slice(json, colon + 1, end)));
            return true;
        }
        at = end + 1;
    }
    return false;
}
