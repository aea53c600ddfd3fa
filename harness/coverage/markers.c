/* SPDX-License-Identifier: MIT */
#include "coverage/markers.h"

#include <stdlib.h>

#include "base/alloc.h"

enum marker_effect { EXCLUDES_LINE, EXCLUDES_BRANCHES };
enum marker_part { MARKS_LINE, MARKS_START, MARKS_STOP };

struct marker {
    const char *name;
    enum marker_effect effect;
    enum marker_part part;
};

/* Behind LCOV_, GCOV_ or GCOVR_. */
static const struct marker markers[] = {
    { "EXCL_LINE", EXCLUDES_LINE, MARKS_LINE },
    { "EXCL_START", EXCLUDES_LINE, MARKS_START },
    { "EXCL_STOP", EXCLUDES_LINE, MARKS_STOP },
    { "EXCL_BR_LINE", EXCLUDES_BRANCHES, MARKS_LINE },
    { "EXCL_BR_START", EXCLUDES_BRANCHES, MARKS_START },
    { "EXCL_BR_STOP", EXCLUDES_BRANCHES, MARKS_STOP },
    { "UNREACHABLE_LINE", EXCLUDES_LINE, MARKS_LINE },
    { "UNREACHABLE_START", EXCLUDES_LINE, MARKS_START },
    { "UNREACHABLE_STOP", EXCLUDES_LINE, MARKS_STOP },
};

struct marking {
    const struct source *source;
    struct problems *problems;
    unsigned char *marks; /* by line: bits 1 << effect */
    size_t line_count;
    struct span open[2]; /* START without its STOP yet, by effect; source NULL: none */
    bool is_sound;
};

static void refuse(struct marking *marking, struct span at, const char *hint, const char *what)
{
    problems_add(marking->problems, PROBLEM_INPUT, at, hint, "%s", what);
    marking->is_sound = false;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80);
}

static bool is_word(char byte)
{
    return is_letter(byte) || byte == '_' || (byte >= '0' && byte <= '9');
}

static bool has_reason(struct text rest)
{
    for (size_t i = 0; i < rest.size; i++) {
        if (is_letter(rest.at[i])) {
            return true;
        }
    }
    return false;
}

/* The marker that is named at the front, as a whole word; ret_size with its prefix. */
static const struct marker *marker_at(struct text rest, size_t *ret_size)
{
    static const char *const prefixes[] = { "LCOV_", "GCOV_", "GCOVR_" };
    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++) {
        struct text prefix = text_of(prefixes[i]);
        if (!text_starts_with(rest, prefix)) {
            continue;
        }
        for (size_t j = 0; j < ARRAY_SIZE(markers); j++) {
            struct text name = text_of(markers[j].name);
            size_t size = prefix.size + name.size;
            bool is_it = text_starts_with(text_from(rest, prefix.size), name);
            if (is_it && (rest.size == size || !is_word(rest.at[size]))) {
                *ret_size = size;
                return &markers[j];
            }
        }
    }
    return NULL;
}

static void open_or_close(struct marking *marking, const struct marker *marker, struct span at)
{
    struct span *open = &marking->open[marker->effect];
    if (marker->part == MARKS_START) {
        if (open->source) {
            refuse(marking, at, "end the first one before",
                   "an exclusion begins within another");
        }
        *open = at;
    } else if (marker->part == MARKS_STOP) {
        if (!open->source) {
            refuse(marking, at, "begin it with START, or delete this",
                   "no exclusion ends here");
        }
        *open = span_none();
    }
}

static void read_marker(struct marking *marking, const struct marker *marker, size_t number,
                        struct span at, struct text rest)
{
    if (marker->part != MARKS_STOP && !has_reason(rest)) {
        refuse(marking, at, "write the reason behind it, on the same line",
               "this exclusion gives no reason");
    }
    open_or_close(marking, marker, at);
    if (marker->part == MARKS_LINE) {
        marking->marks[number] |= (unsigned char)(1u << marker->effect);
    }
}

/* Every prefix has "COV" as its second to fourth letters. */
static void read_line(struct marking *marking, size_t number, size_t start, struct text line)
{
    size_t at = text_find(line, TEXT("COV"), 1);
    for (; at < line.size; at = text_find(line, TEXT("COV"), at + 1)) {
        size_t size;
        bool is_within_word = at > 1 && is_word(line.at[at - 2]);
        const struct marker *marker =
            is_within_word ? NULL : marker_at(text_from(line, at - 1), &size);
        if (marker) {
            size_t first = start + at - 1;
            read_marker(marking, marker, number,
                        span_make(marking->source, first, first + size),
                        text_from(line, at - 1 + size));
        }
    }
    for (size_t effect = 0; effect < ARRAY_SIZE(marking->open); effect++) {
        marking->marks[number] |=
            (unsigned char)(marking->open[effect].source ? 1u << effect : 0);
    }
}

static void read_source(struct marking *marking)
{
    struct text rest = marking->source->bytes;
    struct text line;
    for (size_t number = 1; text_take_until(&rest, '\n', &line); number++) {
        size_t start = (size_t)(line.at - marking->source->bytes.at);
        read_line(marking, number, start, line);
    }
    for (size_t effect = 0; effect < ARRAY_SIZE(marking->open); effect++) {
        if (marking->open[effect].source) {
            refuse(marking, marking->open[effect], "end it with STOP",
                   "this exclusion never ends");
        }
    }
}

static bool is_marked(const struct marking *marking, uint32_t line, unsigned effects)
{
    return line <= marking->line_count && (marking->marks[line] & effects);
}

static void tell_hit(const struct marking *marking, const struct coverage_file *file)
{
    size_t hit = 0;
    uint32_t first = 0;
    for (size_t i = 0; i < file->excluded_count; i++) {
        bool is_hit = file->excluded[i].count > 0;
        first = is_hit && hit == 0 ? file->excluded[i].number : first;
        hit += is_hit;
    }
    if (hit) {
        problems_add(marking->problems, PROBLEM_WARNING, span_none(),
                     "count them: delete the marker",
                     "%.*s:%u: %zu excluded %s run all the same", TEXT_ARG(file->path), first,
                     hit, hit == 1 ? "line was" : "lines were");
    }
}

static void take_out(const struct marking *marking, struct coverage_file *file)
{
    const unsigned lines = 1u << EXCLUDES_LINE;
    const unsigned branches = lines | 1u << EXCLUDES_BRANCHES;
    size_t kept = 0;
    file->excluded = realloc_or_die(file->excluded, file->excluded_count + file->line_count + 1,
                                    sizeof *file->excluded);
    for (size_t i = 0; i < file->line_count; i++) {
        bool is_out = is_marked(marking, file->lines[i].number, lines);
        struct coverage_line *to =
            is_out ? &file->excluded[file->excluded_count++] : &file->lines[kept++];
        *to = file->lines[i];
    }
    file->line_count = kept;
    kept = 0;
    for (size_t i = 0; i < file->branch_count; i++) {
        if (!is_marked(marking, file->branches[i].line, branches)) {
            file->branches[kept++] = file->branches[i];
        }
    }
    file->branch_count = kept;
    kept = 0;
    for (size_t i = 0; i < file->function_count; i++) {
        if (!is_marked(marking, file->functions[i].line, lines)) {
            file->functions[kept++] = file->functions[i];
        }
    }
    file->function_count = kept;
}

static size_t count_lines(struct text bytes)
{
    size_t count = 1;
    for (size_t at = text_find_byte(bytes, '\n', 0); at < bytes.size; count++) {
        at = text_find_byte(bytes, '\n', at + 1);
    }
    return count;
}

bool markers_apply(struct coverage_file *file, const struct source *source,
                   struct problems *problems)
{
    struct marking marking = { .source = source,
                               .problems = problems,
                               .line_count = count_lines(source->bytes),
                               .open = { span_none(), span_none() },
                               .is_sound = true };
    marking.marks = alloc_or_die(marking.line_count + 2, 1);
    read_source(&marking);
    take_out(&marking, file);
    tell_hit(&marking, file);
    free(marking.marks);
    return marking.is_sound;
}
