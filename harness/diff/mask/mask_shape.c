/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_shape.h"

/* Values looked at for one answer: what needs more has not the shape. */
enum { WORK_LIMIT = 20000000 };

/* So that no order of items or keys matters, the hashes of parts are mixed and added. */
static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 30;
    hash *= UINT64_C(0xbf58476d1ce4e5b9);
    hash ^= hash >> 27;
    hash *= UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

static enum json_type type_of(const struct json_value *value)
{
    return value->type == JSON_FALSE ? JSON_TRUE : value->type;
}

/* The different shapes among items, the first MASK_SHAPES of them. */
struct shapes {
    uint64_t hashes[MASK_SHAPES];
    const struct json_value *items[MASK_SHAPES];
    size_t count;
};

static bool is_known(const struct shapes *shapes, uint64_t hash)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->hashes[i] == hash) {
            return true;
        }
    }
    return false;
}

static uint64_t shape_hash(const struct json_value *value, size_t *work);

static void gather(struct shapes *shapes, const struct json_value *array, size_t *work)
{
    shapes->count = 0;
    for (size_t i = 0; i < array->count && shapes->count < MASK_SHAPES; i++) {
        uint64_t hash = shape_hash(&array->children[i], work);
        if (!is_known(shapes, hash)) {
            shapes->hashes[shapes->count] = hash;
            shapes->items[shapes->count++] = &array->children[i];
        }
    }
}

static uint64_t shape_hash(const struct json_value *value, size_t *work)
{
    ++*work;
    uint64_t hash = mix(UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)type_of(value));
    if (value->type == JSON_OBJECT) {
        for (size_t i = 0; i < value->count; i++) {
            const struct json_value *member = &value->children[i];
            hash += mix(text_hash(json_key(member)) + mix(shape_hash(member, work)));
        }
    } else if (value->type == JSON_ARRAY) {
        struct shapes shapes;
        gather(&shapes, value, work);
        for (size_t i = 0; i < shapes.count; i++) {
            hash += mix(shapes.hashes[i] + 1);
        }
    }
    return hash;
}

static bool shape_fits(const struct json_value *recorded, const struct json_value *live,
                       size_t *work);

static bool item_fits(const struct shapes *shapes, const struct json_value *item, size_t *work)
{
    if (shapes->count == 0 || is_known(shapes, shape_hash(item, work))) {
        return true;
    }
    for (size_t i = 0; i < shapes->count; i++) {
        if (shape_fits(shapes->items[i], item, work)) {
            return true;
        }
    }
    return false;
}

static bool items_fit(const struct json_value *recorded, const struct json_value *live,
                      size_t *work)
{
    struct shapes shapes;
    gather(&shapes, recorded, work);
    for (size_t i = 0; i < live->count; i++) {
        if (!item_fits(&shapes, &live->children[i], work)) {
            return false;
        }
    }
    return true;
}

static bool shape_fits(const struct json_value *recorded, const struct json_value *live,
                       size_t *work)
{
    if (++*work > WORK_LIMIT || type_of(recorded) != type_of(live)) {
        return false;
    }
    if (recorded->type == JSON_ARRAY) {
        return items_fit(recorded, live, work);
    }
    if (recorded->type != JSON_OBJECT) {
        return true;
    }
    for (size_t i = 0; i < recorded->count; i++) {
        const struct json_value *member = &recorded->children[i];
        const struct json_value *other = json_member(live, json_key(member));
        if (!other || !shape_fits(member, other, work)) {
            return false;
        }
    }
    return recorded->count == live->count;
}

bool mask_shape_fits(const struct json_value *recorded, const struct json_value *live)
{
    size_t work = 0;
    return shape_fits(recorded, live, &work);
}

uint64_t mask_shape_hash(const struct json_value *value)
{
    size_t work = 0;
    return shape_hash(value, &work);
}
