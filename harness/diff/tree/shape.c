/* SPDX-License-Identifier: MIT */
#include "diff/tree/shape.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diff/engines/markup.h"

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 32);
}

static uint64_t load(const char *at, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, at, size);
    return word;
}

/* The last word of up to eight bytes, without a loop. */
static uint64_t load_rest(const char *at, size_t size)
{
    if (size >= 4) {
        return load(at, 4) | load(at + size - 4, 4) << 32;
    }
    return size ? load(at, 1) | load(at + size / 2, 1) << 8 | load(at + size - 1, 1) << 16 : 0;
}

uint64_t shape_hash_text(struct text text)
{
    uint64_t hash = text.size * FACTOR;
    size_t at = 0;
    for (; at + 8 < text.size; at += 8) {
        hash = mix(hash ^ load(text.at + at, 8));
    }
    return mix(hash ^ load_rest(text.at + at, text.size - at) ^ FACTOR);
}

/* The digits as one number without zeros at either end, and what it is multiplied with: 1, 1.0 and
 * 10e-1 are equal. */
struct digits {
    uint64_t value;
    uint64_t zeros; /* at the end, not yet in value */
    int64_t exponent;
};

static void take_digit(struct digits *digits, char digit, bool is_fraction)
{
    digits->exponent -= is_fraction;
    if (digit == '0') {
        digits->zeros += digits->value != 0;
        return;
    }
    for (; digits->zeros; digits->zeros--) {
        digits->value *= 10;
    }
    digits->value = digits->value * 10 + (uint64_t)(digit - '0');
}

/* Only exponents that are no nonsense are told apart. */
static int64_t exponent_of(struct text text)
{
    int64_t exponent = 0;
    bool is_negative = text.size && text.at[0] == '-';
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9' && exponent < 100000000) {
            exponent = exponent * 10 + (text.at[i] - '0');
        }
    }
    return is_negative ? -exponent : exponent;
}

static uint64_t hash_number(struct text number)
{
    struct digits digits = { 0 };
    bool is_negative = number.size && number.at[0] == '-';
    bool is_fraction = false;
    size_t at = is_negative;
    for (; at < number.size && number.at[at] != 'e' && number.at[at] != 'E'; at++) {
        if (number.at[at] == '.') {
            is_fraction = true;
        } else {
            take_digit(&digits, number.at[at], is_fraction);
        }
    }
    if (digits.value == 0 && digits.zeros == 0) {
        return mix(FACTOR);
    }
    int64_t exponent = digits.exponent + (int64_t)digits.zeros;
    if (at < number.size) {
        exponent += exponent_of(text_from(number, at + 1));
    }
    return mix(mix(digits.value ^ is_negative) + (uint64_t)exponent * FACTOR);
}

static uint64_t hash_kind(const struct json_value *value)
{
    enum json_type type = value->type == JSON_TRUE ? JSON_FALSE : value->type;
    return mix((uint64_t)type + 77);
}

static uint64_t hash_scalar(const struct json_value *value)
{
    uint64_t hash = (uint64_t)value->type;
    if (value->type == JSON_STRING) {
        hash += shape_hash_text(json_text(value));
    } else if (value->type == JSON_NUMBER) {
        hash += hash_number(json_text(value));
    }
    return mix(hash + FACTOR);
}

static bool is_container(const struct json_value *value)
{
    return value->type == JSON_ARRAY || value->type == JSON_OBJECT;
}

static uint64_t hash_value(struct shape *shape, const struct json_value *value, const void *at);

static uint64_t hash_items(struct shape *shape, const struct json_value *array, const void *at)
{
    uint64_t hash = JSON_ARRAY;
    bool is_set = judge_array(shape->judge, at).is_set;
    for (size_t i = 0; i < array->count; i++) {
        const void *below = at ? shape_below(shape, array, i, at) : NULL;
        uint64_t item = hash_value(shape, &array->children[i], below);
        hash = is_set ? hash + mix(item) : mix(hash * 31 + item);
    }
    return mix(hash);
}

static uint64_t hash_members(struct shape *shape, const struct json_value *object,
                             const void *at)
{
    uint64_t hash = JSON_OBJECT;
    for (size_t i = 0; i < object->count; i++) {
        const struct json_value *member = &object->children[i];
        const void *below = at ? shape_below(shape, object, i, at) : NULL;
        hash += mix(shape_hash_text(json_key(member)) + hash_value(shape, member, below));
    }
    return mix(hash);
}

static uint64_t hash_value(struct shape *shape, const struct json_value *value, const void *at)
{
    if (!is_container(value)) {
        return shape_hash(shape, value, at);
    }
    uint64_t hash = value->type == JSON_ARRAY ? hash_items(shape, value, at)
                                              : hash_members(shape, value, at);
    if (shape_is_masked(shape, value, at)) {
        hash = hash_kind(value);
    }
    shape->hashes[value->number] = hash;
    return hash;
}

static void make(struct shape *shape)
{
    const struct json_value *root = shape->root;
    size_t count = is_container(root) ? (size_t)root->number + 1 : 1;
    shape->hashes = realloc_or_die(NULL, count, sizeof *shape->hashes);
    hash_value(shape, root, shape->at);
}

void shape_init(struct shape *shape, enum tree_dialect dialect, const struct json_value *root,
                const struct judge *judge, const void *at)
{
    *shape = (struct shape){ .dialect = dialect, .judge = judge, .root = root, .at = at };
    if (at) {
        make(shape);
    }
}

void shape_release(struct shape *shape)
{
    free(shape->hashes);
}

uint64_t shape_hash(struct shape *shape, const struct json_value *value, const void *at)
{
    if (!is_container(value)) {
        return shape_is_masked(shape, value, at) ? hash_kind(value) : hash_scalar(value);
    }
    if (!shape->hashes) {
        make(shape);
    }
    return shape->hashes[value->number];
}

bool shape_is_masked(const struct shape *shape, const struct json_value *value, const void *at)
{
    bool is_inner = shape->dialect == TREE_MARKUP && value->type == JSON_ARRAY;
    return !is_inner && judge_is_masked(shape->judge, at);
}

struct text shape_element_name(const struct json_value *element)
{
    return json_text(json_member(element, TEXT(MARKUP_NAME)));
}

size_t shape_element_ordinal(const struct json_value *element)
{
    return element->start;
}

static const void *below_markup(const struct shape *shape, const struct json_value *container,
                                const struct json_value *child, const void *at)
{
    if (container->type == JSON_OBJECT) {
        struct text key = json_key(child);
        bool is_attribute = text_starts_with(key, TEXT("@"));
        bool is_inner = text_is(key, MARKUP_CONTENT);
        return is_attribute ? judge_key(shape->judge, at, key) : is_inner ? at : NULL;
    }
    if (child->type == JSON_STRING) {
        return judge_key(shape->judge, at, TEXT("text()"));
    }
    const void *named = judge_key(shape->judge, at, shape_element_name(child));
    return judge_item(shape->judge, named, shape_element_ordinal(child), NULL);
}

const void *shape_below(const struct shape *shape, const struct json_value *container,
                        size_t child, const void *at)
{
    const struct json_value *value = &container->children[child];
    if (!at) {
        return NULL;
    }
    if (shape->dialect == TREE_MARKUP) {
        return below_markup(shape, container, value, at);
    }
    if (container->type == JSON_OBJECT) {
        return judge_key(shape->judge, at, json_key(value));
    }
    return judge_item(shape->judge, at, child, shape->dialect == TREE_JSON ? value : NULL);
}
