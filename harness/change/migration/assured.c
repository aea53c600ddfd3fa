/* SPDX-License-Identifier: MIT */
#include "change/migration/assured.h"

#include "base/buffer.h"
#include "base/near.h"

#define MARK TEXT("bddrun:assured")

static void refuse(struct span at, struct text rule, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer names;
    struct near near;
    buffer_init(&names, 1000);
    near_init(&near, rule);
    for (int i = 0; i < RULE_NONE; i++) {
        near_offer(&near, text_of(migration_rules[i].name));
    }
    near_print(&names, &near);
    problems_add(problems, PROBLEM_INPUT, at, NULL, "there is no rule '%.*s'", TEXT_ARG(rule));
    if (near.count > 0) {
        problems_hint(problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&names)));
    } else {
        problems_hint(problems, "`bddrun plan` names the rule of each finding");
    }
}

/* The rest of the line, without the end of the comment. */
static struct text words_at(struct text bytes, size_t at)
{
    static const char *const ends[] = { "*/", "-->" };
    struct text words = text_slice(bytes, at, text_find_byte(bytes, '\n', at));
    words = text_trim(words);
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
        if (text_ends_with(words, text_of(ends[i]))) {
            words = text_trim(text_slice(words, 0, words.size - text_of(ends[i]).size));
        }
    }
    return words;
}

static bool read_one(const struct source *source, size_t at, struct assurance *ret_assurance,
                     struct problems *problems)
{
    struct text words = words_at(source->bytes, at + MARK.size);
    size_t blank = text_find_byte(words, ' ', 0);
    struct text rule = text_slice(words, 0, blank);
    struct text reason = text_trim(text_from(words, blank));
    struct span span = span_make(source, at, at + MARK.size);
    enum migration_rule_id id = migration_rule_find(rule);
    if (id == RULE_NONE) {
        refuse(span, rule, problems);
        return false;
    }
    if (reason.size == 0) {
        problems_add(problems, PROBLEM_INPUT, span, "write why it is harmless behind the rule",
                     "'%.*s' is assured without a reason", TEXT_ARG(rule));
        return false;
    }
    *ret_assurance = (struct assurance){ id, at, reason };
    return true;
}

bool assurances_read(const struct source *source, struct arena *arena,
                     struct assurances *ret_assurances, struct problems *problems)
{
    struct assurances found = { .source = source };
    struct text bytes = source->bytes;
    bool is_fine = true;
    size_t count = 0;
    for (size_t at = text_find(bytes, MARK, 0); at < bytes.size;
         at = text_find(bytes, MARK, at + 1)) {
        count++;
    }
    found.list = ARENA_ARRAY(arena, count + 1, struct assurance);
    for (size_t at = text_find(bytes, MARK, 0); at < bytes.size;
         at = text_find(bytes, MARK, at + 1)) {
        bool is_read = read_one(source, at, &found.list[found.count], problems);
        found.count += is_read;
        is_fine = is_read && is_fine;
    }
    *ret_assurances = found;
    return is_fine;
}

static size_t line_start(struct text bytes, size_t at)
{
    while (at > 0 && bytes.at[at - 1] != '\n') {
        at--;
    }
    return at;
}

static bool is_comment(struct text line)
{
    static const char *const leads[] = { "--", "//", "#", "/*", "*", "<!--" };
    line = text_trim(line);
    for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
        if (text_starts_with(line, text_of(leads[i]))) {
            return true;
        }
    }
    return false;
}

const struct assurance *assurances_find(const struct assurances *assurances,
                                        enum migration_rule_id rule, size_t offset,
                                        bool is_anywhere)
{
    if (assurances->count == 0) {
        return NULL;
    }
    struct text bytes = assurances->source->bytes;
    size_t end = text_find_byte(bytes, '\n', offset);
    size_t start = line_start(bytes, offset);
    while (start > 0) { /* the lines of comment right above */
        size_t above = line_start(bytes, start - 1);
        if (!is_comment(text_slice(bytes, above, start - 1))) {
            break;
        }
        start = above;
    }
    for (size_t i = 0; i < assurances->count; i++) {
        const struct assurance *assurance = &assurances->list[i];
        if (assurance->rule == rule &&
            (is_anywhere || (assurance->start >= start && assurance->start < end))) {
            return assurance;
        }
    }
    return NULL;
}
