/* SPDX-License-Identifier: MIT */
/* The official test data of Gherkin: tokens, documents, pickles, sources and errors. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "gherkin/parse.h"
#include "gherkin/print.h"
#include "support/conformance.h"
#include "support/json_canonical.h"

enum { GOOD_CHECKS = 200, BAD_CHECKS = 12 };

struct run {
    struct arena arena;
    const char *folder;
    size_t passed;
    size_t failed;
};

struct feature_file {
    const char *path;
    struct text uri;
    struct source source;
};

static struct text next_line(struct text *rest)
{
    struct text line = TEXT_EMPTY;
    while (line.size == 0 && text_take_until(rest, '\n', &line)) {
    }
    return line;
}

/* Lines of JSON are compared by value and in order. */
static bool is_same_json(struct arena *arena, struct text actual, struct text expected)
{
    for (;;) {
        struct text actual_line = next_line(&actual);
        struct text expected_line = next_line(&expected);
        if (actual_line.size == 0 || expected_line.size == 0) {
            return actual_line.size == expected_line.size;
        }
        if (!text_equal(json_canonical(arena, actual_line),
                        json_canonical(arena, expected_line))) {
            return false;
        }
    }
}

static void check(struct run *run, const struct feature_file *file, const char *suffix,
                  struct text actual)
{
    const char *golden = arena_format(&run->arena, "%s.%s", file->path, suffix).at;
    struct text expected = conformance_read(&run->arena, golden);
    bool is_same = text_is(TEXT("tokens"), suffix)
                       ? text_equal(actual, expected)
                       : is_same_json(&run->arena, actual, expected);
    if (is_same) {
        run->passed++;
        return;
    }
    run->failed++;
    printf("differs from %s:\n%.*s\n", golden, TEXT_ARG(actual));
}

static void print_pickles(struct buffer *out, const struct pickles *pickles, struct text uri)
{
    for (size_t i = 0; i < pickles->count; i++) {
        gherkin_print_pickle(out, &pickles->list[i], uri, 0);
        buffer_add_byte(out, '\n');
    }
}

static void check_good(struct run *run, struct feature_file *file)
{
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the test data */
    gherkin_print_source(&out, &file->source, file->uri);
    check(run, file, "source.ndjson", buffer_text(&out));
    buffer_clear(&out);
    gherkin_print_tokens(&out, &file->source);
    check(run, file, "tokens", buffer_text(&out));
    const struct document *document;
    struct pickles pickles;
    if (!gherkin_parse(&file->source, &run->arena, &document, &problems) ||
        !pickles_compile(document, &run->arena, &pickles, &problems)) {
        printf("%s does not parse: %.*s\n", file->path, TEXT_ARG(problems.list[0].message));
        run->failed++;
        return;
    }
    buffer_clear(&out);
    gherkin_print_document(&out, document, file->uri, 0);
    check(run, file, "ast.ndjson", buffer_text(&out));
    buffer_clear(&out);
    print_pickles(&out, &pickles, file->uri);
    check(run, file, "pickles.ndjson", buffer_text(&out));
}

static void check_bad(struct run *run, struct feature_file *file)
{
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the test data */
    const struct document *document;
    if (gherkin_parse(&file->source, &run->arena, &document, &problems)) {
        printf("%s parses\n", file->path);
        run->failed++;
        return;
    }
    for (size_t i = 0; i < problems.count; i++) {
        gherkin_print_parse_error(&out, &problems.list[i], file->uri);
        buffer_add_byte(&out, '\n');
    }
    check(run, file, "errors.ndjson", buffer_text(&out));
}

static bool is_feature(const struct dirent *entry)
{
    return text_ends_with(text_of(entry->d_name), TEXT(".feature"));
}

static void check_folder(struct run *run, const char *name,
                         void (*check_file)(struct run *, struct feature_file *))
{
    const char *folder = arena_format(&run->arena, "%s/%s", run->folder, name).at;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        if (!is_feature(entry)) {
            continue;
        }
        struct feature_file file = {
            .path = arena_format(&run->arena, "%s/%s", folder, entry->d_name).at,
            .uri = arena_format(&run->arena, "../testdata/%s/%s", name, entry->d_name),
        };
        source_init(&file.source, file.uri, conformance_read(&run->arena, file.path));
        check_file(run, &file);
    }
    if (entries) {
        closedir(entries);
    }
}

static bool report(const struct run *run, const char *name, size_t expected_count)
{
    printf("%s: %zu of %zu checks passed\n", name, run->passed, run->passed + run->failed);
    return run->failed == 0 && run->passed >= expected_count;
}

int main(void)
{
    struct run good = { .passed = 0 };
    struct run bad = { .passed = 0 };
    arena_init(&good.arena);
    arena_init(&bad.arena);
    good.folder = conformance_path(&good.arena, "gherkin-testdata");
    bad.folder = good.folder;
    check_folder(&good, "good", check_good);
    check_folder(&bad, "bad", check_bad);
    bool is_good = report(&good, "good", GOOD_CHECKS);
    bool is_bad = report(&bad, "bad", BAD_CHECKS);
    arena_release(&bad.arena);
    arena_release(&good.arena);
    return is_good && is_bad ? EXIT_SUCCESS : EXIT_FAILURE;
}
