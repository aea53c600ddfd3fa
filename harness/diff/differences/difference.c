/* SPDX-License-Identifier: MIT */
#include "diff/difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"

enum { FIRST_CAPACITY = 16 };

static const char *const class_names[DIFFERENCE_CLASSES] = {
    [DIFFERENCE_MISSING] = "missing", [DIFFERENCE_ADDED] = "added",
    [DIFFERENCE_TYPE] = "type",       [DIFFERENCE_STATUS] = "status",
    [DIFFERENCE_CHANGED] = "changed", [DIFFERENCE_MOVED] = "moved",
    [DIFFERENCE_LATE] = "late",
};

static const char *const severity_names[SEVERITIES] = {
    [SEVERITY_BREAKING] = "breaking", [SEVERITY_CHANGED] = "changed",
    [SEVERITY_MOVED] = "moved",       [SEVERITY_INFORMATIONAL] = "informational",
    [SEVERITY_MASKED] = "masked",
};

const char *difference_class_name(enum difference_class class)
{
    return class_names[class];
}

const char *difference_severity_name(enum difference_severity severity)
{
    return severity_names[severity];
}

enum difference_severity difference_severity_of(enum difference_class class)
{
    static const enum difference_severity severities[DIFFERENCE_CLASSES] = {
        [DIFFERENCE_MISSING] = SEVERITY_BREAKING, [DIFFERENCE_ADDED] = SEVERITY_INFORMATIONAL,
        [DIFFERENCE_TYPE] = SEVERITY_BREAKING,    [DIFFERENCE_STATUS] = SEVERITY_BREAKING,
        [DIFFERENCE_CHANGED] = SEVERITY_CHANGED,  [DIFFERENCE_MOVED] = SEVERITY_MOVED,
        [DIFFERENCE_LATE] = SEVERITY_CHANGED,
    };
    return severities[class];
}

void differences_init(struct differences *differences, struct arena *arena,
                      const struct difference_shown *shown)
{
    *differences = (struct differences){ .arena = arena, .shown = shown };
}

static bool is_of(const struct difference *difference, enum difference_class class,
                  struct text path, struct text mask)
{
    return difference->class == class && text_equal(difference->path, path) &&
           text_equal(difference->mask, mask);
}

static size_t slot_of(const struct differences *differences, enum difference_class class,
                      struct text path, struct text mask)
{
    size_t slot = text_hash(path) * DIFFERENCE_CLASSES + class;
    for (slot &= differences->slot_mask; differences->slots[slot];
         slot = (slot + 1) & differences->slot_mask) {
        if (is_of(differences->list[differences->slots[slot] - 1], class, path, mask)) {
            break;
        }
    }
    return slot;
}

static void grow(struct differences *differences)
{
    size_t capacity = differences->capacity ? differences->capacity * 2 : FIRST_CAPACITY;
    struct difference **list = ARENA_ARRAY(differences->arena, capacity, struct difference *);
    if (differences->count) {
        memcpy(list, differences->list, differences->count * sizeof *list);
    }
    differences->list = list;
    differences->capacity = capacity;
    differences->slot_mask = capacity * 2 - 1;
    differences->slots = ARENA_ARRAY(differences->arena, capacity * 2, uint32_t);
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *known = list[i];
        size_t slot = slot_of(differences, known->class, known->path, known->mask);
        differences->slots[slot] = (uint32_t)i + 1;
    }
}

static void count_one(struct differences *differences, enum difference_class class,
                      enum difference_severity severity)
{
    differences->totals[severity]++;
    differences->by_class[class] += severity != SEVERITY_MASKED;
}

static struct difference *add_entry(struct differences *differences,
                                    enum difference_class class, struct text path,
                                    struct text mask)
{
    struct difference *entry = ARENA_NEW(differences->arena, struct difference);
    entry->class = class;
    entry->severity = mask.size ? SEVERITY_MASKED : difference_severity_of(class);
    entry->path = arena_text(differences->arena, path);
    entry->mask = arena_text(differences->arena, mask);
    differences->list[differences->count++] = entry;
    return entry;
}

void differences_count_again(struct differences *differences, struct difference *difference)
{
    difference->count++;
    count_one(differences, difference->class, difference->severity);
}

struct difference *differences_count(struct differences *differences,
                                     enum difference_class class, struct text path,
                                     struct text mask)
{
    if (differences->count == differences->capacity) {
        grow(differences);
    }
    size_t slot = slot_of(differences, class, path, mask);
    struct difference *entry = NULL;
    if (differences->slots[slot]) {
        entry = differences->list[differences->slots[slot] - 1];
    } else if (differences->count < DIFFERENCES_LIMIT) {
        entry = add_entry(differences, class, path, mask);
        differences->slots[slot] = (uint32_t)differences->count;
    } else {
        count_one(differences, class,
                  mask.size ? SEVERITY_MASKED : difference_severity_of(class));
        differences->dropped++;
        return NULL;
    }
    differences_count_again(differences, entry);
    return entry;
}

bool difference_wants_example(const struct difference *difference)
{
    return difference && difference->example_count < DIFFERENCE_EXAMPLES;
}

/* At most DIFFERENCE_SHOWN_BYTES of it, cut between code points. */
static struct text shorten(struct arena *arena, struct text whole)
{
    size_t end = DIFFERENCE_SHOWN_BYTES;
    if (whole.size <= end) {
        return arena_text(arena, whole);
    }
    while (end > 0 && ((unsigned char)whole.at[end] & 0xC0) == 0x80) {
        end--;
    }
    return arena_format(arena, "%.*s… (%zu bytes)", (int)end, whole.at, whole.size);
}

static struct text show(const struct differences *differences, struct text name,
                        struct text value)
{
    if (!differences->shown || value.size == 0) {
        return shorten(differences->arena, value);
    }
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* by the value */
    differences->shown->print(differences->shown->context, &out, name, value);
    return shorten(differences->arena, buffer_text(&out));
}

void differences_add_example(struct differences *differences, struct difference *difference,
                             const struct difference_note *note)
{
    if (!difference_wants_example(difference)) {
        return;
    }
    struct difference_example *example = &difference->examples[difference->example_count++];
    example->place =
        note->place.size ? arena_text(differences->arena, note->place) : difference->path;
    example->left = show(differences, note->name, note->left);
    example->right = show(differences, note->name, note->right);
}

void differences_add(struct differences *differences, const struct difference_note *note)
{
    struct difference *entry =
        differences_count(differences, note->class, note->path, note->mask);
    differences_add_example(differences, entry, note);
}

bool differences_any(const struct differences *differences, enum difference_severity least)
{
    for (int severity = SEVERITY_BREAKING; severity <= (int)least; severity++) {
        if (severity != SEVERITY_MASKED && differences->totals[severity]) {
            return true;
        }
    }
    return false;
}

/* Stable: a counting sort. */
void differences_sort(struct differences *differences)
{
    struct difference **sorted =
        ARENA_ARRAY(differences->arena, differences->capacity, struct difference *);
    size_t count = 0;
    for (int severity = SEVERITY_BREAKING; severity < SEVERITIES; severity++) {
        for (size_t i = 0; i < differences->count; i++) {
            if ((int)differences->list[i]->severity == severity) {
                sorted[count++] = differences->list[i];
            }
        }
    }
    differences->list = sorted;
    if (differences->capacity) {
        memset(differences->slots, 0, (differences->slot_mask + 1) * sizeof(uint32_t));
    }
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *known = sorted[i];
        size_t slot = slot_of(differences, known->class, known->path, known->mask);
        differences->slots[slot] = (uint32_t)i + 1;
    }
}
