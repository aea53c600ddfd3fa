/* SPDX-License-Identifier: MIT */
/* Two JSON documents, walked together: where they differ, by paths without indexes. */
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/noise/noise_entry.h"

enum { PATH_LIMIT_BYTES = 4096, PLACES_COUNTED = 10000 };

struct walk {
    struct noise_entry *entry;
    struct text prefix;
    struct buffer path;
};

void noise_add_quoted(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\') {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, text.at[i]);
    }
    buffer_add_byte(out, '"');
}

static bool is_plain(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.at[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
            return false;
        }
    }
    return name.size > 0;
}

static void add_name(struct buffer *path, struct text name)
{
    if (is_plain(name)) {
        buffer_add_byte(path, '.');
        buffer_add(path, name);
        return;
    }
    buffer_add_string(path, "['");
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] == '\'' || name.at[i] == '\\') {
            buffer_add_byte(path, '\\');
        }
        buffer_add_byte(path, name.at[i]);
    }
    buffer_add_string(path, "']");
}

static struct noise_found *meet(struct walk *walk)
{
    struct buffer at CLEANUP(buffer_release);
    buffer_init(&at, PATH_LIMIT_BYTES * 2);
    buffer_add(&at, walk->prefix);
    buffer_add_byte(&at, ' ');
    noise_add_quoted(&at, buffer_text(&walk->path));
    bool is_whole = !at.is_over_limit && !walk->path.is_over_limit;
    return is_whole ? noise_entry_meet(walk->entry, buffer_text(&at)) : NULL;
}

static void refuse(struct walk *walk, enum noise_refusal refusal)
{
    struct noise_found *found = meet(walk);
    if (found) {
        found->place.refusal = refusal;
        found->last_sample = walk->entry->sample;
    }
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static uint64_t *sorted_hashes(const struct json_value *array)
{
    uint64_t *hashes = alloc_or_die(array->count + 1, sizeof *hashes);
    for (size_t i = 0; i < array->count; i++) {
        hashes[i] = json_hash(&array->children[i]);
    }
    qsort(hashes, array->count, sizeof *hashes, compare_hashes);
    return hashes;
}

/* Two arrays of one length that differ: by their order alone? */
static bool is_reordered(const struct json_value *left, const struct json_value *right)
{
    uint64_t *a = sorted_hashes(left);
    uint64_t *b = sorted_hashes(right);
    bool is_same = memcmp(a, b, left->count * sizeof *a) == 0;
    free(a);
    free(b);
    return is_same;
}

static void compare(struct walk *walk, const struct json_value *left,
                    const struct json_value *right);

static void compare_items(struct walk *walk, const struct json_value *left,
                          const struct json_value *right)
{
    if (left->count != right->count) {
        refuse(walk, NOISE_LENGTH);
        return;
    }
    if (left->count > 1 && !json_equal(left, right) && is_reordered(left, right)) {
        struct noise_found *found = meet(walk);
        if (found) {
            found->place.kind = NOISE_ORDER;
            found->last_sample = walk->entry->sample;
        }
        return;
    }
    size_t size = walk->path.size;
    buffer_add_string(&walk->path, "[*]");
    for (size_t i = 0; i < left->count; i++) {
        compare(walk, &left->children[i], &right->children[i]);
    }
    buffer_truncate(&walk->path, size);
}

static void compare_members(struct walk *walk, const struct json_value *left,
                            const struct json_value *right)
{
    size_t size = walk->path.size;
    for (size_t i = 0; i < left->count; i++) {
        const struct json_value *other = json_member(right, json_key(&left->children[i]));
        add_name(&walk->path, json_key(&left->children[i]));
        if (other) {
            compare(walk, &left->children[i], other);
        } else {
            refuse(walk, NOISE_STRUCTURAL);
        }
        buffer_truncate(&walk->path, size);
    }
    for (size_t i = 0; i < right->count; i++) {
        if (!json_member(left, json_key(&right->children[i]))) {
            add_name(&walk->path, json_key(&right->children[i]));
            refuse(walk, NOISE_STRUCTURAL);
            buffer_truncate(&walk->path, size);
        }
    }
}

static void compare(struct walk *walk, const struct json_value *left,
                    const struct json_value *right)
{
    bool is_same_type =
        left->type == right->type || (json_is_boolean(left) && json_is_boolean(right));
    if (!is_same_type) {
        refuse(walk, NOISE_STRUCTURAL);
    } else if (left->type == JSON_ARRAY) {
        compare_items(walk, left, right);
    } else if (left->type == JSON_OBJECT) {
        compare_members(walk, left, right);
    } else if (!json_equal(left, right)) {
        struct noise_found *found = meet(walk);
        if (found) {
            noise_found_values(walk->entry, found, left, right);
        }
        if (found && walk->path.size == 1) {
            found->place.refusal = NOISE_ROOT;
        }
    }
}

void noise_entry_documents(struct noise_entry *entry, struct text prefix,
                           const struct json_value *left, const struct json_value *right)
{
    struct walk walk = { .entry = entry, .prefix = prefix };
    buffer_init(&walk.path, PATH_LIMIT_BYTES);
    buffer_add_byte(&walk.path, '$');
    compare(&walk, left, right);
    buffer_release(&walk.path);
}

/* Different paths of scalars, by a hash each. */
struct places {
    uint64_t *list; /* heap */
    size_t count;
    size_t capacity;
};

static void gather(struct places *places, const struct json_value *value, uint64_t path)
{
    bool is_container = value->type == JSON_ARRAY || value->type == JSON_OBJECT;
    if (places->count == PLACES_COUNTED) {
        return;
    }
    if (!is_container) {
        places->list =
            grow_or_die(places->list, places->count, &places->capacity, sizeof *places->list);
        places->list[places->count++] = path;
    }
    for (size_t i = 0; is_container && i < value->count; i++) {
        gather(places, &value->children[i],
               path * 31 + 7 + text_hash(json_key(&value->children[i])));
    }
}

size_t noise_count_places(const struct json_value *root)
{
    struct places places = { .list = NULL };
    size_t different = 0;
    gather(&places, root, 1);
    if (places.count) {
        qsort(places.list, places.count, sizeof *places.list, compare_hashes);
    }
    for (size_t i = 0; i < places.count; i++) {
        different += i == 0 || places.list[i] != places.list[i - 1];
    }
    free(places.list);
    return different;
}
