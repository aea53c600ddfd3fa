/* SPDX-License-Identifier: MIT */
#include "protocol/socketio/attachment.h"

#include "format/base64.h"
#include "format/json_writer.h"

/* A copy of the source in which some values are others: what lies between them is copied as it
 * was written. */
struct rewriting {
    struct text json;
    size_t copied; /* up to here */
    struct buffer *out;
    struct arena *arena;
    struct attachments *attachments;
    /* Whether the object is to be replaced; adds what replaces it. False: it is, but cannot be. */
    bool (*replace)(struct rewriting *rewriting, const struct json_value *object,
                    bool *ret_is_replaced);
};

static void copy_until(struct rewriting *rewriting, size_t end)
{
    buffer_add(rewriting->out, text_slice(rewriting->json, rewriting->copied, end));
    rewriting->copied = end;
}

/* Recurses as deep as JSON_DEPTH_DEFAULT. */
static bool rewrite(struct rewriting *rewriting, const struct json_value *value)
{
    bool is_replaced = false;
    bool is_object = json_is(value, JSON_OBJECT);
    if (is_object && !rewriting->replace(rewriting, value, &is_replaced)) {
        return false;
    }
    if (is_replaced) {
        rewriting->copied = value->end;
        return true;
    }
    if (!is_object && !json_is(value, JSON_ARRAY)) {
        return true;
    }
    for (size_t i = 0; i < value->count; i++) {
        if (!rewrite(rewriting, &value->children[i])) {
            return false;
        }
    }
    return true;
}

static bool rewrite_all(struct rewriting *rewriting, const struct json_value *root)
{
    bool is_done = rewrite(rewriting, root);
    copy_until(rewriting, rewriting->json.size);
    return is_done;
}

static bool put_bytes(struct rewriting *rewriting, const struct json_value *object,
                      bool *ret_is_replaced)
{
    uint64_t number;
    if (!json_is(json_member_named(object, "_placeholder"), JSON_TRUE)) {
        return true;
    }
    if (!text_to_uint64(json_text(json_member_named(object, "num")), &number) ||
        number >= rewriting->attachments->count) {
        return false;
    }
    copy_until(rewriting, object->start);
    buffer_add_string(rewriting->out, "{\"$base64\":");
    json_print_string(rewriting->out,
                      base64_encode(rewriting->arena, rewriting->attachments->list[number]));
    buffer_add_byte(rewriting->out, '}');
    *ret_is_replaced = true;
    return true;
}

bool attachments_put_in(struct text json, const struct json_value *root,
                        const struct attachments *attachments, struct arena *arena,
                        struct buffer *out)
{
    struct attachments list = *attachments;
    struct rewriting rewriting = {
        .json = json, .out = out, .arena = arena, .attachments = &list, .replace = put_bytes
    };
    return rewrite_all(&rewriting, root);
}

static void add_attachment(struct attachments *attachments, struct arena *arena,
                           struct text bytes)
{
    if (attachments->count == attachments->capacity) {
        size_t capacity = attachments->capacity ? attachments->capacity * 2 : 4;
        struct text *list = ARENA_ARRAY(arena, capacity, struct text);
        for (size_t i = 0; i < attachments->count; i++) {
            list[i] = attachments->list[i];
        }
        attachments->list = list;
        attachments->capacity = capacity;
    }
    attachments->list[attachments->count++] = bytes;
}

static bool take_bytes(struct rewriting *rewriting, const struct json_value *object,
                       bool *ret_is_replaced)
{
    const struct json_value *encoded = json_member_named(object, "$base64");
    struct text bytes;
    if (object->count != 1 || !json_is(encoded, JSON_STRING)) {
        return true;
    }
    if (!base64_decode(rewriting->arena, json_text(encoded), &bytes)) {
        return false;
    }
    copy_until(rewriting, object->start);
    buffer_add_format(rewriting->out, "{\"_placeholder\":true,\"num\":%zu}",
                      rewriting->attachments->count);
    add_attachment(rewriting->attachments, rewriting->arena, bytes);
    *ret_is_replaced = true;
    return true;
}

bool attachments_take_out(struct text json, const struct json_value *root, struct arena *arena,
                          struct attachments *attachments, struct buffer *out)
{
    struct rewriting rewriting = { .json = json,
                                   .out = out,
                                   .arena = arena,
                                   .attachments = attachments,
                                   .replace = take_bytes };
    return rewrite_all(&rewriting, root);
}
