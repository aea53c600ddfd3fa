/* SPDX-License-Identifier: MIT */
#include "diff/engine.h"

#include "base/quantity.h"
#include "diff/engines/engines.h"

const struct diff_engine *const diff_engines[] = {
    &json_engine, &xml_engine, &html_engine, &text_engine, &bytes_engine,
};
const size_t diff_engine_count = ARRAY_SIZE(diff_engines);

struct text media_type_of(struct text content_type)
{
    return text_trim(text_slice(content_type, 0, text_find_byte(content_type, ';', 0)));
}

enum { MEDIA_TYPE_BYTES = 128 };

const struct diff_engine *diff_engine_of(const struct body_side *side)
{
    struct text type = media_type_of(side->media_type);
    char lower[MEDIA_TYPE_BYTES];
    type = text_slice(type, 0, sizeof lower);
    for (size_t i = 0; i < type.size; i++) {
        bool is_upper = type.at[i] >= 'A' && type.at[i] <= 'Z';
        lower[i] = (char)(type.at[i] + (is_upper ? 'a' - 'A' : 0));
    }
    size_t found = 0;
    while (found + 1 < diff_engine_count &&
           !diff_engines[found]->fits(text_make(lower, type.size), side->bytes)) {
        found++;
    }
    return diff_engines[found];
}

static struct text describe(struct arena *arena, const char *name, struct text bytes)
{
    return arena_format(arena, "%s, %zu byte%s", name, bytes.size, bytes.size == 1 ? "" : "s");
}

static void report(const struct body_pair *pair, const struct difference_note *note,
                   struct differences *differences)
{
    struct difference_note reported = *note;
    struct judged_pair asked = { .class = note->class,
                                 .left_text = pair->left.bytes,
                                 .right_text = pair->right.bytes };
    const void *at = judge_enter(pair->judge, JUDGED_BODY, TEXT_EMPTY);
    struct text mask;
    if (judge_allows(pair->judge, at, &asked, &mask)) {
        reported.mask = mask;
    }
    differences_add(differences, &reported);
}

void engine_report_unreadable(const struct body_pair *pair, const char *name,
                              struct text left_error, struct text right_error,
                              struct differences *differences)
{
    struct text good = text_of(name);
    struct difference_note note = { .class = DIFFERENCE_TYPE, .path = TEXT("body") };
    note.left = left_error.size ? left_error : good;
    note.right = right_error.size ? right_error : good;
    report(pair, &note, differences);
}

static void report_kinds(const struct body_pair *pair, const struct diff_engine *left,
                         const struct diff_engine *right, struct differences *differences)
{
    struct arena *arena = differences->arena;
    struct difference_note note = { .class = DIFFERENCE_TYPE, .path = TEXT("body") };
    note.left = describe(arena, left->name, pair->left.bytes);
    note.right = describe(arena, right->name, pair->right.bytes);
    report(pair, &note, differences);
}

static void report_empty(const struct body_pair *pair, const struct diff_engine *engine,
                         struct differences *differences)
{
    bool is_missing = pair->right.bytes.size == 0;
    struct text there = describe(differences->arena, engine->name,
                                 is_missing ? pair->left.bytes : pair->right.bytes);
    struct difference_note note = { .class = is_missing ? DIFFERENCE_MISSING : DIFFERENCE_ADDED,
                                    .path = TEXT("body") };
    note.left = is_missing ? there : TEXT_EMPTY;
    note.right = is_missing ? TEXT_EMPTY : there;
    report(pair, &note, differences);
}

/* What the engine cannot read is text, or bytes. */
static void compare_as(const struct body_pair *pair, const struct diff_engine *engine,
                       struct differences *differences)
{
    bool is_read = engine->compare(pair, differences) ||
                   text_engine.compare(pair, differences) ||
                   bytes_engine.compare(pair, differences);
    if (!is_read) {
        BUG("no engine compares a body of %zu bytes", pair->left.bytes.size);
    }
}

void body_diff(const struct body_pair *pair, struct differences *differences)
{
    bool is_left_empty = pair->left.bytes.size == 0;
    bool is_right_empty = pair->right.bytes.size == 0;
    const struct diff_engine *left = diff_engine_of(&pair->left);
    const struct diff_engine *right = diff_engine_of(&pair->right);
    if (is_left_empty && is_right_empty) {
        return;
    }
    if (is_left_empty || is_right_empty) {
        report_empty(pair, is_left_empty ? right : left, differences);
    } else if (left != right) {
        report_kinds(pair, left, right, differences);
    } else {
        compare_as(pair, left, differences);
    }
}
