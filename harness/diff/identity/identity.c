/* SPDX-License-Identifier: MIT */
#include "diff/identity.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "diff/identity/identity_documents.h"
#include "diff/identity/identity_parts.h"

enum {
    FIRST_SLOTS = 64,
    BINDINGS_LIMIT = 1 << 20,
    PROBES_LIMIT = 256,
    PLACE_LIMIT_BYTES = 4096,
    EAGER_BYTES = 1 << 18, /* documents up to this size are looked through at once */
};

/* Two ids that belong together, and where they met first. */
struct binding {
    struct text left;
    struct text right;
    struct text place;
};

struct side {
    const struct binding **slots; /* a hash table by the id of that side */
    size_t mask;
};

struct identity {
    struct arena arena;
    struct side left;
    struct side right;
    size_t count;
    struct identity_documents documents;
    struct text notes[IDENTITY_NOTES_LIMIT];
    size_t note_count;
};

struct identity *identity_new(void)
{
    struct identity *identity = alloc_or_die(1, sizeof *identity);
    arena_init(&identity->arena);
    identity_documents_init(&identity->documents);
    identity->left.mask = identity->right.mask = FIRST_SLOTS - 1;
    identity->left.slots = alloc_or_die(FIRST_SLOTS, sizeof(struct binding *));
    identity->right.slots = alloc_or_die(FIRST_SLOTS, sizeof(struct binding *));
    return identity;
}

void identity_free(struct identity *identity)
{
    if (identity) {
        free(identity->left.slots);
        free(identity->right.slots);
        identity_documents_release(&identity->documents);
        arena_release(&identity->arena);
        free(identity);
    }
}

static struct text id_of(const struct identity *identity, const struct side *side,
                         const struct binding *binding)
{
    return side == &identity->left ? binding->left : binding->right;
}

/* The slot of an id, free or its own; NULL when hashes collide too often. */
static const struct binding **find(const struct identity *identity, const struct side *side,
                                   struct text id)
{
    size_t slot = text_hash(id) & side->mask;
    for (size_t i = 0; i < PROBES_LIMIT; i++) {
        const struct binding **at = &side->slots[(slot + i) & side->mask];
        if (!*at || text_equal(id_of(identity, side, *at), id)) {
            return at;
        }
    }
    return NULL;
}

static const struct binding *bound(const struct identity *identity, const struct side *side,
                                   struct text id)
{
    const struct binding **slot = find(identity, side, id);
    return slot ? *slot : NULL;
}

static void put(struct identity *identity, struct side *side, const struct binding *binding)
{
    if (identity->count * 2 > side->mask) {
        struct side larger = { .mask = (side->mask + 1) * 2 - 1 };
        struct side old = *side;
        larger.slots = alloc_or_die(larger.mask + 1, sizeof(struct binding *));
        *side = larger;
        for (size_t i = 0; i <= old.mask; i++) {
            if (old.slots[i]) {
                put(identity, side, old.slots[i]);
            }
        }
        free(old.slots);
    }
    const struct binding **slot = find(identity, side, id_of(identity, side, binding));
    if (slot) {
        *slot = binding;
    }
}

static void bind(struct identity *identity, struct text left, struct text right,
                 struct text place)
{
    if (identity->count == BINDINGS_LIMIT) {
        return;
    }
    struct binding *binding = ARENA_NEW(&identity->arena, struct binding);
    *binding = (struct binding){ .left = arena_text(&identity->arena, left),
                                 .right = arena_text(&identity->arena, right),
                                 .place = arena_text(&identity->arena, place) };
    put(identity, &identity->left, binding);
    put(identity, &identity->right, binding);
    identity->count++;
}

/* An id that both documents have belongs to itself. */
static void take_shared(void *context, struct text id)
{
    struct identity *identity = context;
    if (!bound(identity, &identity->left, id) && !bound(identity, &identity->right, id)) {
        bind(identity, id, id, TEXT("in both documents"));
    }
}

static void look(struct identity *identity)
{
    identity_documents_look(&identity->documents, take_shared, identity);
}

void identity_documents(struct identity *identity, const struct json_value *left,
                        const struct json_value *right)
{
    identity_documents_set(&identity->documents, left, right);
    if (left && right && left->end - left->start <= EAGER_BYTES &&
        right->end - right->start <= EAGER_BYTES) {
        look(identity);
    }
}

bool identity_is_renamed(struct identity *identity, struct text name)
{
    const struct identity_documents *documents = &identity->documents;
    look(identity);
    for (size_t i = 0; i < documents->name_count; i++) {
        if (text_equal(documents->names[i].name, name)) {
            return documents->names[i].shared * 2 < documents->names[i].count;
        }
    }
    return false;
}

static void add_place(struct buffer *out, const struct identity *identity,
                      const struct identity_meeting *meeting)
{
    buffer_init(out, PLACE_LIMIT_BYTES);
    buffer_add(out, meeting->place);
    if (meeting->left_value) {
        identity_documents_print(out, &identity->documents, meeting->left_value);
    }
}

static void note(struct identity *identity, struct text left, struct text right,
                 struct text place)
{
    const struct binding *of_left = bound(identity, &identity->left, left);
    const struct binding *of_right = bound(identity, &identity->right, right);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, PLACE_LIMIT_BYTES);
    buffer_add_format(&out, "crossed ids at %.*s: '%.*s' stands where '%.*s' was recorded",
                      TEXT_ARG(place), TEXT_ARG(right), TEXT_ARG(left));
    if (of_left) {
        buffer_add_format(&out, "; that one is '%.*s' (%.*s)", TEXT_ARG(of_left->right),
                          TEXT_ARG(of_left->place));
    }
    if (of_right) {
        buffer_add_format(&out, "; this one was '%.*s' (%.*s)", TEXT_ARG(of_right->left),
                          TEXT_ARG(of_right->place));
    }
    for (size_t i = 0; i < identity->note_count; i++) {
        if (text_equal(identity->notes[i], buffer_text(&out))) {
            return;
        }
    }
    if (identity->note_count < IDENTITY_NOTES_LIMIT) {
        identity->notes[identity->note_count++] =
            arena_text(&identity->arena, buffer_text(&out));
    }
}

/* Two ids of the same kind. */
static enum identity_answer meet_ids(struct identity *identity, struct text left,
                                     struct text right, const struct identity_meeting *meeting)
{
    look(identity);
    const struct binding *of_left = bound(identity, &identity->left, left);
    const struct binding *of_right = bound(identity, &identity->right, right);
    if (of_left && of_left == of_right) {
        return IDENTITY_BOUND;
    }
    struct buffer place CLEANUP(buffer_release);
    add_place(&place, identity, meeting);
    if (!of_left && !of_right) {
        bind(identity, left, right, buffer_text(&place));
        return IDENTITY_BOUND;
    }
    note(identity, left, right, buffer_text(&place));
    return IDENTITY_CROSSED;
}

/* Ids inside of texts whose other parts are equal. */
static enum identity_answer meet_parts(struct identity *identity, struct text left,
                                       struct text right,
                                       const struct identity_meeting *meeting)
{
    struct identity_parts parts;
    enum identity_answer answer = IDENTITY_BOUND;
    if (!identity_parts_find(meeting->name, left, right, &parts)) {
        return IDENTITY_IS_NONE;
    }
    for (size_t i = 0; i < parts.count; i++) {
        if (meet_ids(identity, parts.left[i], parts.right[i], meeting) == IDENTITY_CROSSED) {
            answer = IDENTITY_CROSSED;
        }
    }
    return answer;
}

static struct text text_of_value(const struct json_value *value, struct text text)
{
    return value ? json_text(value) : text;
}

enum identity_answer identity_meet(struct identity *identity,
                                   const struct identity_meeting *meeting)
{
    const struct json_value *left_value = meeting->left_value;
    const struct json_value *right_value = meeting->right_value;
    bool is_text = !left_value && !right_value;
    bool is_scalar = left_value && right_value && left_value->type == right_value->type &&
                     (left_value->type == JSON_STRING || left_value->type == JSON_NUMBER);
    struct text left = text_of_value(left_value, meeting->left);
    struct text right = text_of_value(right_value, meeting->right);
    if (!is_text && !is_scalar) {
        return IDENTITY_IS_NONE;
    }
    if (identity_parts_are_ids(meeting->name, left, right)) {
        return meet_ids(identity, left, right, meeting);
    }
    return meet_parts(identity, left, right, meeting);
}

bool identity_live_of(const struct identity *identity, struct text recorded,
                      struct text *ret_live)
{
    const struct binding *binding = bound(identity, &identity->left, recorded);
    if (binding) {
        *ret_live = binding->right;
    }
    return binding;
}

bool identity_recorded_of(const struct identity *identity, struct text live,
                          struct text *ret_recorded)
{
    const struct binding *binding = bound(identity, &identity->right, live);
    if (binding) {
        *ret_recorded = binding->left;
    }
    return binding;
}

size_t identity_count(const struct identity *identity)
{
    return identity->count;
}

const struct text *identity_notes(const struct identity *identity, size_t *ret_count)
{
    *ret_count = identity->note_count;
    return identity->notes;
}
