/* SPDX-License-Identifier: MIT */
#include "record/har/parts.h"

#include "format/json/json_reader.h"
#include "record/har_input.h"

enum { MEMBER_LIMIT_BYTES = 1 << 20 };

struct walk {
    struct recording *recording;
    const struct har_choice *choice;
    struct problems *problems;
    struct json_reader reader;
    struct arena scratch; /* of one entry */
    bool is_bad;          /* an entry is no entry; reading goes on to show all of them */
    bool has_log;
    bool has_entries;
};

static bool next(struct walk *walk, struct json_token *token)
{
    return json_reader_next(&walk->reader, token, walk->problems);
}

static bool is_opening(const struct json_token *token)
{
    return token->type == JSON_TOKEN_BEGIN_ARRAY || token->type == JSON_TOKEN_BEGIN_OBJECT;
}

static bool is_closing(const struct json_token *token)
{
    return token->type == JSON_TOKEN_END_ARRAY || token->type == JSON_TOKEN_END_OBJECT;
}

/* Goes behind the value that first begins. */
static bool skip(struct walk *walk, const struct json_token *first, size_t *ret_end)
{
    struct json_token token = *first;
    size_t depth = is_opening(first);
    while (depth > 0) {
        if (!next(walk, &token)) {
            return false;
        }
        depth += is_opening(&token);
        depth -= is_closing(&token);
    }
    *ret_end = token.end;
    return true;
}

static bool refuse(struct walk *walk, const struct json_token *token, const char *expected)
{
    static const char *const names[] = {
        [JSON_TOKEN_NULL] = "null",
        [JSON_TOKEN_FALSE] = "a boolean",
        [JSON_TOKEN_TRUE] = "a boolean",
        [JSON_TOKEN_NUMBER] = "a number",
        [JSON_TOKEN_STRING] = "a string",
        [JSON_TOKEN_BEGIN_ARRAY] = "an array",
        [JSON_TOKEN_BEGIN_OBJECT] = "an object",
    };
    problems_add(walk->problems, PROBLEM_INPUT,
                 span_make(walk->recording->source, token->start, token->end),
                 "a HAR file is {\"log\": {\"entries\": […], …}}",
                 "this is no HAR file: expected %s, found %s", expected, names[token->type]);
    return false;
}

static struct har_part part_at(struct walk *walk, size_t start)
{
    return (struct har_part){ .recording = walk->recording,
                              .problems = walk->problems,
                              .scratch = &walk->scratch,
                              .start = start,
                              .what = "log" };
}

/* The value between two offsets, which the reader has found to be JSON. */
static bool parse(struct walk *walk, size_t start, size_t end,
                  const struct json_value **ret_value)
{
    struct text bytes = text_slice(walk->recording->source->bytes, start, end);
    arena_clear(&walk->scratch);
    if (json_parse_text(bytes, &walk->scratch, ret_value)) {
        return true;
    }
    problems_add(walk->problems, PROBLEM_INPUT,
                 span_make(walk->recording->source, start, start + 1), NULL,
                 "the entry is nested too deeply");
    return false;
}

static bool is_wanted(const struct walk *walk, const struct har_summary *summary)
{
    return !walk->choice || walk->choice->is_wanted(walk->choice->context, summary);
}

static bool is_entry(struct har_part *part, const struct json_token *first, size_t end)
{
    if (first->type != JSON_TOKEN_BEGIN_OBJECT) {
        har_refuse(part, NULL, "expected an object");
    } else if (end - first->start > HAR_ENTRY_LIMIT_BYTES) {
        har_refuse(part, NULL, "larger than %d MiB", HAR_ENTRY_LIMIT_BYTES >> 20);
    }
    return !part->is_bad;
}

static bool read_entry(struct walk *walk, const struct json_token *first)
{
    size_t end;
    const struct json_value *entry;
    struct har_summary summary;
    if (!skip(walk, first, &end)) {
        return false;
    }
    struct har_part part = part_at(walk, first->start);
    part.what = "entry";
    part.number = ++walk->recording->found;
    if (!is_entry(&part, first, end)) {
        walk->is_bad = true;
        return true;
    }
    if (!parse(walk, first->start, end, &entry)) {
        return false;
    }
    if (har_entry_summary(&part, entry, &summary) && is_wanted(walk, &summary) &&
        har_entry_keep(&part, entry, &summary)) {
        struct recorded_entry *kept = &walk->recording->list[walk->recording->count - 1];
        kept->index = summary.index;
        kept->start = first->start;
        kept->end = end;
    }
    walk->is_bad |= part.is_bad;
    har_input_passed(walk->recording->input, first->start);
    return true;
}

static bool has_room(struct walk *walk, const struct json_token *token)
{
    if (walk->recording->arena.total_bytes <= HAR_KEPT_LIMIT_BYTES) {
        return true;
    }
    problems_add(walk->problems, PROBLEM_INPUT,
                 span_make(walk->recording->source, token->start, token->start + 1),
                 "choose entries by host or path",
                 "the entries that are kept are larger than %d MiB together",
                 HAR_KEPT_LIMIT_BYTES >> 20);
    return false;
}

static bool read_entries(struct walk *walk, const struct json_token *list)
{
    struct json_token token;
    if (walk->has_entries) {
        return refuse(walk, list, "'entries' once");
    }
    walk->has_entries = true;
    if (list->type != JSON_TOKEN_BEGIN_ARRAY) {
        return refuse(walk, list, "'entries' to be an array");
    }
    while (next(walk, &token)) {
        if (token.type == JSON_TOKEN_END_ARRAY) {
            return true;
        }
        if (!read_entry(walk, &token) || !has_room(walk, &token)) {
            return false;
        }
    }
    return false;
}

static bool read_log_member(struct walk *walk, struct text key)
{
    static const char *const members[] = { "version", "creator", "_bddrun", NULL };
    struct json_token token;
    const struct json_value *value;
    size_t end;
    if (!next(walk, &token)) {
        return false;
    }
    if (text_is(key, "entries")) {
        return read_entries(walk, &token);
    }
    if (!skip(walk, &token, &end)) {
        return false;
    }
    for (size_t i = 0; members[i]; i++) {
        if (text_is(key, members[i]) && end - token.start < MEMBER_LIMIT_BYTES) {
            struct har_part part = part_at(walk, token.start);
            if (!parse(walk, token.start, end, &value)) {
                return false;
            }
            har_read_facts(&part, members[i], value);
            walk->is_bad |= part.is_bad;
        }
    }
    return true;
}

/* Calls read for each member of the object that first begins. */
static bool read_members(struct walk *walk, const struct json_token *first,
                         bool (*read)(struct walk *walk, struct text key))
{
    struct json_token token;
    char name[16];
    if (first->type != JSON_TOKEN_BEGIN_OBJECT) {
        return refuse(walk, first, "an object");
    }
    while (next(walk, &token)) {
        if (token.type == JSON_TOKEN_END_OBJECT) {
            return true;
        }
        struct text key = json_reader_text(&walk->reader, token, &walk->scratch);
        struct text cut = text_slice(key, 0, sizeof name - 1);
        memcpy(name, cut.at, cut.size);
        if (!read(walk, text_make(name, cut.size))) {
            return false;
        }
    }
    return false;
}

static bool read_top_member(struct walk *walk, struct text key)
{
    struct json_token token;
    size_t end;
    if (!next(walk, &token)) {
        return false;
    }
    if (!text_is(key, "log")) {
        return skip(walk, &token, &end);
    }
    walk->has_log = true;
    return read_members(walk, &token, read_log_member);
}

static bool refuse_absent(struct walk *walk, const char *what)
{
    problems_add(walk->problems, PROBLEM_INPUT, span_make(walk->recording->source, 0, 1),
                 "a HAR file is {\"log\": {\"entries\": […], …}}",
                 "this is no HAR file: it has no %s", what);
    return false;
}

static bool read_document(struct walk *walk)
{
    struct json_token token;
    if (!next(walk, &token) || !read_members(walk, &token, read_top_member) ||
        !next(walk, &token)) {
        return false;
    }
    if (!walk->has_log) {
        return refuse_absent(walk, "'log'");
    }
    return walk->has_entries || refuse_absent(walk, "'log.entries'");
}

bool har_walk(struct recording *recording, const struct har_choice *choice,
              struct problems *problems)
{
    struct walk walk = { .recording = recording, .choice = choice, .problems = problems };
    arena_init(&walk.scratch);
    json_reader_init(&walk.reader, recording->source, JSON_DEPTH_DEFAULT);
    bool is_read = read_document(&walk);
    json_reader_release(&walk.reader);
    arena_release(&walk.scratch);
    return is_read && !walk.is_bad;
}
