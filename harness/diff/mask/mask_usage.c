/* SPDX-License-Identifier: MIT */
/* What the usage of masks says: which hide nothing, nothing any more, or too much. */
#include "diff/mask/mask_set.h"

#include "base/buffer.h"

enum { NUMBERS = 6 };

/* Names no member, no item by its key: stands for all values there are. */
static bool names_nothing(const struct mask *mask)
{
    bool has_path =
        mask->where == MASK_JSON || mask->where == MASK_EVENT_JSON || mask->where == MASK_XML;
    bool hides = mask->rule == MASK_TYPE || mask->rule == MASK_PRESENT ||
                 mask->rule == MASK_IGNORE || mask->rule == MASK_REGEX;
    for (size_t i = 0; i < mask->path.count; i++) {
        if (mask->path.segments[i].kind == MASK_SEGMENT_NAME ||
            mask->path.segments[i].kind == MASK_SEGMENT_KEYED) {
            return false;
        }
    }
    return has_path && hides;
}

static bool report_unused(const struct mask_entry *entry, struct problems *problems)
{
    const struct mask_usage *usage = &entry->usage;
    const struct mask *mask = &entry->mask;
    if (usage->places == 0) {
        problems_add(problems, PROBLEM_WARNING, mask->at,
                     "remove it, or correct its path: names match whole, nothing by parts",
                     "the mask '%.*s' stood for nothing", TEXT_ARG(mask->shown));
        return true;
    }
    if (usage->shadowed < usage->places) {
        return false;
    }
    if (usage->shadow) {
        problems_add_related(problems, PROBLEM_WARNING, mask->at, usage->shadow->at,
                             "decided here", "the mask '%.*s' is shadowed by '%.*s'",
                             TEXT_ARG(mask->shown), TEXT_ARG(usage->shadow->shown));
    } else {
        problems_add(problems, PROBLEM_WARNING, mask->at, NULL,
                     "the mask '%.*s' is shadowed by masks of steps", TEXT_ARG(mask->shown));
    }
    problems_hint(problems, "put the narrower mask first, or remove one of the two");
    return true;
}

static bool report_broad(const struct mask_entry *entry, struct problems *problems)
{
    const struct mask *mask = &entry->mask;
    if (entry->usage.whole || names_nothing(mask)) {
        problems_add(problems, PROBLEM_WARNING, mask->at, "name the parts that vary",
                     "the mask '%.*s' is over-broad: it stands for a whole body",
                     TEXT_ARG(mask->shown));
        return true;
    }
    if (entry->usage.hidden == 0 && entry->usage.broken == 0) {
        problems_add(problems, PROBLEM_WARNING, mask->at,
                     "remove it: without it the values are compared",
                     "the mask '%.*s' hid nothing: all values there are equal",
                     TEXT_ARG(mask->shown));
        return true;
    }
    return false;
}

size_t mask_set_report(const struct mask_set *set, struct problems *problems)
{
    size_t count = 0;
    for (size_t i = 0; i < set->own_count; i++) {
        count += report_unused(set->own[i], problems) || report_broad(set->own[i], problems);
    }
    return count;
}

size_t mask_set_check(const struct mask_set *set, struct problems *problems)
{
    size_t count = 0;
    for (size_t i = 0; i < set->own_count; i++) {
        const struct mask *mask = &set->own[i]->mask;
        if (names_nothing(mask)) {
            problems_add(problems, PROBLEM_WARNING, mask->at, "name the parts that vary",
                         "the mask '%.*s' is over-broad: it stands for a whole body",
                         TEXT_ARG(mask->shown));
            count++;
        }
    }
    return count;
}

void mask_set_usage_write(const struct mask_set *set, struct buffer *out)
{
    for (size_t i = 0; i < set->own_count; i++) {
        const struct mask_usage *usage = &set->own[i]->usage;
        size_t shadow = 0;
        while (shadow < set->own_count && &set->own[shadow]->mask != usage->shadow) {
            shadow++;
        }
        const uint64_t numbers[NUMBERS] = { usage->places,   usage->hidden, usage->broken,
                                            usage->shadowed, usage->whole,  shadow };
        for (size_t j = 0; j < NUMBERS; j++) {
            buffer_add_number(out, numbers[j]);
            buffer_add_byte(out, j + 1 < NUMBERS ? ' ' : '\n');
        }
    }
}

static bool read_numbers(struct text line, uint64_t numbers[NUMBERS])
{
    struct text number;
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!text_take_until(&line, ' ', &number) || !text_to_uint64(number, &numbers[i])) {
            return false;
        }
    }
    return !line.at;
}

static void add_numbers(struct mask_set *set, struct mask_usage *usage,
                        const uint64_t numbers[NUMBERS])
{
    usage->places += numbers[0];
    usage->hidden += numbers[1];
    usage->broken += numbers[2];
    usage->shadowed += numbers[3];
    usage->whole += numbers[4];
    if (numbers[5] < set->own_count) {
        usage->shadow = &set->own[numbers[5]]->mask;
    }
}

bool mask_set_usage_add(struct mask_set *set, struct text written)
{
    uint64_t numbers[NUMBERS];
    struct text rest = written;
    struct text line;
    for (size_t i = 0; i < set->own_count; i++) {
        if (!text_take_until(&rest, '\n', &line) || !read_numbers(line, numbers)) {
            return false;
        }
        add_numbers(set, &set->own[i]->usage, numbers);
    }
    return !rest.at || rest.size == 0;
}
