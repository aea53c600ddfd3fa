/* SPDX-License-Identifier: MIT */
#include "gate/envelope/envelope.h"

#include "format/base64.h"
#include "format/json.h"
#include "format/json_writer.h"

struct text envelope_signed_bytes(struct arena *arena, struct text payload_type,
                                  struct text payload)
{
    struct text head = arena_format(arena, "DSSEv1 %zu %.*s %zu ", payload_type.size,
                                    TEXT_ARG(payload_type), payload.size);
    char *bytes = arena_alloc(arena, head.size + payload.size + 1);
    memcpy(bytes, head.at, head.size);
    if (payload.size > 0) {
        memcpy(bytes + head.size, payload.at, payload.size);
    }
    return text_make(bytes, head.size + payload.size);
}

/* Of one envelope being read. */
struct reading {
    const struct source *source;
    struct arena *arena;
    struct problems *problems;
};

static bool refuse(struct reading *reading, const struct json_value *at, const char *what)
{
    problems_add(reading->problems, PROBLEM_INPUT, json_span(reading->source, at),
                 "the file is not what `bddrun gate` wrote: take it from the pipeline again",
                 "not a DSSE envelope: %s", what);
    return false;
}

static bool read_string(struct reading *reading, const struct json_value *object,
                        const char *key, struct text *ret_text)
{
    const struct json_value *value = json_member_named(object, key);
    if (!json_is(value, JSON_STRING)) {
        struct text what =
            arena_format(reading->arena, "'%s' %s", key, value ? "is no string" : "is missing");
        return refuse(reading, value ? value : object, what.at);
    }
    *ret_text = json_text(value);
    return true;
}

static bool read_base64(struct reading *reading, const struct json_value *object,
                        const char *key, struct text *ret_bytes)
{
    struct text encoded;
    if (!read_string(reading, object, key, &encoded)) {
        return false;
    }
    if (!base64_decode(reading->arena, encoded, ret_bytes)) {
        struct text what = arena_format(reading->arena, "'%s' is no base64", key);
        return refuse(reading, json_member_named(object, key), what.at);
    }
    return true;
}

static bool read_signature(struct reading *reading, const struct json_value *value,
                           struct envelope_signature *ret_signature)
{
    if (!json_is(value, JSON_OBJECT) || value->has_repeated_keys) {
        return refuse(reading, value, "a signature is an object without repeated members");
    }
    const struct json_value *key_id = json_member_named(value, "keyid");
    ret_signature->key_id = json_is(key_id, JSON_STRING) ? json_text(key_id) : TEXT_EMPTY;
    return read_base64(reading, value, "sig", &ret_signature->bytes);
}

static bool read_envelope(struct reading *reading, const struct json_value *root,
                          struct envelope *ret_envelope)
{
    if (!json_is(root, JSON_OBJECT) || root->has_repeated_keys) {
        return refuse(reading, root, "it is an object without repeated members");
    }
    struct envelope read = { 0 };
    const struct json_value *signatures = json_member_named(root, "signatures");
    if (!read_string(reading, root, "payloadType", &read.payload_type) ||
        !read_base64(reading, root, "payload", &read.payload)) {
        return false;
    }
    if (!json_is(signatures, JSON_ARRAY)) {
        return refuse(reading, signatures ? signatures : root, "'signatures' is no array");
    }
    if (signatures->count > ENVELOPE_SIGNATURES_LIMIT) {
        return refuse(reading, signatures, "too many signatures");
    }
    read.signature_count = signatures->count;
    read.signatures =
        ARENA_ARRAY(reading->arena, read.signature_count, struct envelope_signature);
    for (size_t i = 0; i < read.signature_count; i++) {
        if (!read_signature(reading, json_item(signatures, i), &read.signatures[i])) {
            return false;
        }
    }
    *ret_envelope = read;
    return true;
}

/* A file of one object, pretty-printed perhaps. */
static bool read_whole(const struct source *source, struct arena *arena,
                       struct envelopes *ret_envelopes)
{
    struct text bytes = text_trim(source->bytes);
    struct text first_line = bytes;
    struct text rest = bytes;
    const struct json_value *root;
    if (!text_take_until(&rest, '\n', &first_line) || !rest.at ||
        !json_parse_text(bytes, arena, &root)) {
        return false;
    }
    ret_envelopes->count = 1;
    return true;
}

static size_t count_lines(struct text bytes)
{
    size_t count = 0;
    struct text line;
    while (text_take_until(&bytes, '\n', &line)) {
        count += text_trim(line).size > 0;
    }
    return count;
}

static bool read_part(const struct source *source, struct text part, struct arena *arena,
                      struct envelope *ret_envelope, struct problems *problems)
{
    struct source *line = ARENA_NEW(arena, struct source);
    source_embed(line, part, source, (size_t)(part.at - source->bytes.at), 0);
    const struct json_value *root;
    struct reading reading = { line, arena, problems };
    return json_parse(line, (struct json_limits){ .depth = 32 }, arena, &root, problems) &&
           read_envelope(&reading, root, ret_envelope);
}

bool envelope_read_all(const struct source *source, struct arena *arena,
                       struct envelopes *ret_envelopes, struct problems *problems)
{
    struct envelopes read = { 0 };
    bool is_whole = read_whole(source, arena, &read);
    if (!is_whole) {
        read.count = count_lines(source->bytes);
    }
    read.list = ARENA_ARRAY(arena, read.count, struct envelope);
    struct text rest = source->bytes;
    struct text line = rest;
    size_t at = 0;
    while (at < read.count && (is_whole || text_take_until(&rest, '\n', &line))) {
        struct text part = text_trim(line);
        if (part.size == 0) {
            continue;
        }
        if (!read_part(source, part, arena, &read.list[at++], problems)) {
            return false;
        }
    }
    *ret_envelopes = read;
    return true;
}

void envelope_print(struct buffer *out, const struct envelope *envelope)
{
    struct arena arena;
    arena_init(&arena);
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "payload");
    json_write_string(&writer, base64_encode(&arena, envelope->payload));
    json_write_key(&writer, "payloadType");
    json_write_string(&writer, envelope->payload_type);
    json_write_key(&writer, "signatures");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < envelope->signature_count; i++) {
        json_write_begin_object(&writer);
        json_write_key(&writer, "keyid");
        json_write_string(&writer, envelope->signatures[i].key_id);
        json_write_key(&writer, "sig");
        json_write_string(&writer, base64_encode(&arena, envelope->signatures[i].bytes));
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
    arena_release(&arena);
}
