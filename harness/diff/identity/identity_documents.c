/* SPDX-License-Identifier: MIT */
#include "diff/identity/identity_documents.h"

#include "base/buffer.h"
#include "diff/identity.h"
#include "format/json_path.h"

enum { IDS_LIMIT = 1 << 18, PROBES_LIMIT = 256 };

struct set {
    struct text *slots; /* at NULL: free */
    size_t mask;
    size_t count;
};

/* Called for each id of a document, with the name of the nearest member. */
struct walk {
    struct identity_documents *documents;
    struct set *right;
    bool is_left;
    void (*take)(void *context, struct text id);
    void *context;
};

void identity_documents_init(struct identity_documents *documents)
{
    *documents = (struct identity_documents){ .is_looked_through = true };
    arena_init(&documents->arena);
}

void identity_documents_release(struct identity_documents *documents)
{
    arena_release(&documents->arena);
}

void identity_documents_set(struct identity_documents *documents, const struct json_value *left,
                            const struct json_value *right)
{
    arena_clear(&documents->arena);
    documents->left = left;
    documents->right = right;
    documents->is_looked_through = !left || !right;
    documents->name_count = 0;
}

/* NULL when hashes collide too often, as only somebody who means it makes them. */
static struct text *find(const struct set *set, struct text id)
{
    size_t slot = text_hash(id) & set->mask;
    for (size_t i = 0; i < PROBES_LIMIT; i++) {
        struct text *at = &set->slots[(slot + i) & set->mask];
        if (!at->at || text_equal(*at, id)) {
            return at;
        }
    }
    return NULL;
}

static void add(struct arena *arena, struct set *set, struct text id)
{
    if (set->count * 2 > set->mask) {
        struct set larger = { .mask = (set->mask + 1) * 2 - 1 };
        larger.slots = ARENA_ARRAY(arena, larger.mask + 1, struct text);
        for (size_t i = 0; i <= set->mask; i++) {
            struct text *slot = set->slots[i].at ? find(&larger, set->slots[i]) : NULL;
            if (slot) {
                *slot = set->slots[i];
            }
        }
        set->slots = larger.slots;
        set->mask = larger.mask;
    }
    struct text *slot = find(set, id);
    if (slot) {
        set->count += !slot->at;
        *slot = id;
    }
}

static void count_name(struct identity_documents *documents, struct text name, bool is_shared)
{
    size_t at = 0;
    while (at < documents->name_count && !text_equal(documents->names[at].name, name)) {
        at++;
    }
    if (at == IDENTITY_NAMES_LIMIT) {
        return;
    }
    if (at == documents->name_count) {
        documents->names[documents->name_count++] = (struct identity_name){ .name = name };
    }
    documents->names[at].count++;
    documents->names[at].shared += is_shared;
}

static void visit(struct walk *walk, struct text name, struct text value)
{
    enum identity_kind kind = identity_kind_of(name, value);
    if (kind == IDENTITY_NONE || walk->right->count == IDS_LIMIT) {
        return;
    }
    if (!walk->is_left) {
        add(&walk->documents->arena, walk->right, value);
        return;
    }
    const struct text *slot = find(walk->right, value);
    bool is_shared = slot && slot->at;
    if (identity_is_id_name(name)) {
        count_name(walk->documents, name, is_shared);
    }
    if (is_shared && kind != IDENTITY_INTEGER) {
        walk->take(walk->context, value);
    }
}

static void look_at(struct walk *walk, struct text name, const struct json_value *value)
{
    struct text key = value->key_at ? json_key(value) : name;
    if (value->type == JSON_STRING || value->type == JSON_NUMBER) {
        visit(walk, key, json_text(value));
    } else if (value->type == JSON_ARRAY || value->type == JSON_OBJECT) {
        for (size_t i = 0; i < value->count; i++) {
            look_at(walk, key, &value->children[i]);
        }
    }
}

enum { FIRST_SLOTS = 16 };

void identity_documents_look(struct identity_documents *documents,
                             void (*take)(void *context, struct text id), void *context)
{
    struct set right = { .slots = ARENA_ARRAY(&documents->arena, FIRST_SLOTS, struct text),
                         .mask = FIRST_SLOTS - 1 };
    struct walk walk = {
        .documents = documents, .right = &right, .take = take, .context = context
    };
    if (documents->is_looked_through) {
        return;
    }
    documents->is_looked_through = true;
    look_at(&walk, TEXT_EMPTY, documents->right);
    walk.is_left = true;
    look_at(&walk, TEXT_EMPTY, documents->left);
}

static bool holds(const struct json_value *root, const struct json_value *value)
{
    return root && value->start >= root->start && value->end <= root->end;
}

/* Whether the value is the root's own and not only at the same offsets of another. */
static bool is_below(const struct json_value *root, const struct json_value *value)
{
    while (root != value) {
        size_t low = 0;
        size_t high = root->type == JSON_ARRAY || root->type == JSON_OBJECT ? root->count : 0;
        while (low < high) { /* the first child that ends at or behind the value's end */
            size_t middle = low + (high - low) / 2;
            if (root->children[middle].end < value->end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if ((root->type != JSON_ARRAY && root->type != JSON_OBJECT) || low == root->count ||
            !holds(&root->children[low], value)) {
            return false;
        }
        root = &root->children[low];
    }
    return true;
}

void identity_documents_print(struct buffer *out, const struct identity_documents *documents,
                              const struct json_value *value)
{
    const struct json_value *roots[] = { documents->left, documents->right };
    for (size_t i = 0; i < 2; i++) {
        if (holds(roots[i], value) && is_below(roots[i], value)) {
            buffer_add_byte(out, ' ');
            json_path_print(out, roots[i], value);
            return;
        }
    }
}
