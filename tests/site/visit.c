/* SPDX-License-Identifier: MIT */
#include "visit.h"

#include <microhttpd.h>
#include <string.h>

#include "json_text.h"

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

bool visit_json_member(const struct visit *visit, const char *name, struct text *ret_value)
{
    return json_member(buffer_text(&visit->body), name, ret_value);
}
