/* SPDX-License-Identifier: MIT */

#include "base/buffer.h"
#include "coverage/read_bytes.h"
#include "coverage/reader.h"
#include "coverage/store.h"

enum { HEAD_BYTES = 65536, JSON_LIMIT_MIB = 1024 };

const struct coverage_reader *coverage_reader_named(struct text name)
{
    for (size_t i = 0; coverage_readers[i]; i++) {
        if (text_is(name, coverage_readers[i]->name)) {
            return coverage_readers[i];
        }
    }
    return NULL;
}

/* --- what it is --- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static struct text skip_mark(struct text bytes)
{
    size_t start = text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    while (start < bytes.size && is_blank(bytes.at[start])) {
        start++;
    }
    return text_from(bytes, start);
}

static enum coverage_syntax syntax_of(struct text head)
{
    char first = head.size ? head.at[0] : 0;
    return first == '{' || first == '[' ? SYNTAX_JSON : first == '<' ? SYNTAX_XML : SYNTAX_TEXT;
}

/* Past the declaration, comments and document types, whose content says nothing. */
static struct text find_root(struct text head)
{
    size_t at = text_find_byte(head, '<', 0);
    while (at + 1 < head.size && (head.at[at + 1] == '?' || head.at[at + 1] == '!')) {
        bool is_comment = text_starts_with(text_from(head, at), TEXT("<!--"));
        struct text end = is_comment ? TEXT("-->") : TEXT(">");
        at = text_find_byte(head, '<', text_find(head, end, at));
    }
    return text_from(head, at);
}

static const struct coverage_reader *recognise(const struct coverage_reading *reading,
                                               enum coverage_syntax syntax)
{
    for (size_t i = 0; coverage_readers[i]; i++) {
        if (coverage_readers[i]->syntax == syntax && coverage_readers[i]->recognises(reading)) {
            return coverage_readers[i];
        }
    }
    return NULL;
}

static const char formats_hint[] =
    "give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul "
    "(coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar";

static const struct coverage_reader *named_reader(struct text format, struct problems *problems)
{
    const struct coverage_reader *reader = coverage_reader_named(format);
    if (!reader) {
        problems_add(problems, PROBLEM_USAGE, span_none(), NULL,
                     "no coverage format is named '%.*s'", TEXT_ARG(format));
        CLEANUP(buffer_release) struct buffer names;
        buffer_init(&names, HEAD_BYTES);
        for (size_t i = 0; coverage_readers[i]; i++) {
            buffer_add_format(&names, "%s%s", i ? ", " : "", coverage_readers[i]->name);
        }
        problems_hint(problems, "the formats are: %.*s", TEXT_ARG(buffer_text(&names)));
    }
    return reader;
}

/* Whatever it is, its first line may be all of it: no more is shown than was looked at. */
static void refuse_format(struct coverage_reading *reading, const struct coverage_reader *other)
{
    reading->input->source.bytes = text_slice(reading->source->bytes, 0, HEAD_BYTES);
    struct span start = span_make(reading->source, 0, 0);
    if (other) {
        problems_add(reading->problems, PROBLEM_INPUT, start, formats_hint,
                     "this is not a report of the format '%s'", other->name);
    } else {
        problems_add(reading->problems, PROBLEM_INPUT, start, formats_hint,
                     "this is no coverage report that bddrun knows");
    }
}

/* Parses JSON into the arena; then the reader of that name, or the one that recognises it. */
static const struct coverage_reader *find_reader(struct coverage_reading *reading,
                                                 struct text format, struct arena *arena)
{
    struct text head = skip_mark(reading->source->bytes);
    enum coverage_syntax syntax = syntax_of(head);
    struct json_limits limits = { .size_bytes = (size_t)JSON_LIMIT_MIB << 20 };
    reading->head = text_slice(head, 0, HEAD_BYTES);
    if (syntax == SYNTAX_XML) {
        reading->head = find_root(reading->head);
    }
    if (syntax == SYNTAX_JSON &&
        !json_parse(reading->source, limits, arena, &reading->root, reading->problems)) {
        return NULL;
    }
    const struct coverage_reader *reader =
        format.size ? named_reader(format, reading->problems) : recognise(reading, syntax);
    bool is_other = reader && reader->syntax != syntax;
    if (is_other || (!reader && format.size == 0)) {
        refuse_format(reading, reader);
        return NULL;
    }
    return reader;
}

/* --- reading it --- */

static void tell_negative(const struct coverage_reading *reading)
{
    if (reading->negative) {
        problems_add(reading->problems, PROBLEM_WARNING, reading->first_negative,
                     "compile with -fprofile-update=atomic where threads run",
                     "%zu %s below zero, taken as 0", reading->negative,
                     reading->negative == 1 ? "count is" : "counts are");
    }
}

static void keep_report(struct coverage *coverage, const struct coverage_reading *reading,
                        const struct coverage_reader *reader)
{
    *store_report(coverage) = (struct coverage_report){
        .path = arena_text(&coverage->arena, reading->source->name),
        .format = reader->name,
        .metrics = reading->filler.metrics,
        .files = reading->files,
        .timestamp_s = reading->timestamp_s,
        .damaged = reading->damaged,
    };
}

static bool read_with(struct coverage *coverage, struct coverage_reading *reading,
                      const struct coverage_reader *reader)
{
    filler_init(&reading->filler, coverage);
    arena_init(&reading->texts);
    bool is_read = reader->read(reading);
    reading_end(reading);
    arena_release(&reading->texts);
    keep_report(coverage, reading, reader);
    tell_negative(reading);
    if (is_read && reading->damaged == 0 && reading->filler.metrics == 0 && !reading->is_part) {
        problems_add(reading->problems, PROBLEM_NOTHING, span_make(reading->source, 0, 0),
                     "did the tests run, and were the files instrumented?",
                     "this report of %s measures nothing: no line in %zu files", reader->title,
                     reading->files);
        is_read = false;
    }
    filler_release(&reading->filler);
    store_finish(coverage);
    return is_read && reading->damaged == 0;
}

static bool read_apart(struct coverage *coverage, struct coverage_reading *reading,
                       const struct coverage_reader *reader)
{
    struct coverage apart;
    coverage_init(&apart);
    bool is_read = read_with(&apart, reading, reader);
    is_read &= coverage_merge(coverage, &apart, reading->problems);
    coverage_release(&apart);
    return is_read;
}

/* Takes the input over. */
static bool read_input(struct coverage *coverage, struct coverage_input *input,
                       struct text format, bool is_part, struct problems *problems)
{
    size_t problems_before = problems->count + problems->dropped;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct coverage_reading reading = {
        .input = input, .source = &input->source, .is_part = is_part, .problems = problems
    };
    const struct coverage_reader *reader = find_reader(&reading, format, &arena);
    bool is_read = reader && (reader->is_read_apart && coverage->report_count
                                  ? read_apart(coverage, &reading, reader)
                                  : read_with(coverage, &reading, reader));
    is_read &= input_is_unchanged(input, problems);
    if (problems->count + problems->dropped > problems_before) {
        input->next = coverage->inputs;
        coverage->inputs = input;
    } else {
        input_free(input);
    }
    return is_read;
}

bool coverage_read(struct coverage *coverage, struct text path, struct text format,
                   struct problems *problems)
{
    struct coverage_input *input = input_open(path, problems);
    return input && read_input(coverage, input, format, false, problems);
}

bool coverage_read_bytes(struct coverage *coverage, struct text name, struct text bytes,
                         struct text format, struct problems *problems)
{
    return read_input(coverage, input_of_bytes(name, bytes), format, true, problems);
}
