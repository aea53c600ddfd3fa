/* SPDX-License-Identifier: MIT */
#include "deploy/journal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/file_write.h"
#include "deploy/operation.h"

static char folder[] = "/tmp/bddrun-journal-XXXXXX";
static struct arena arena;
static struct problems problems;
static struct clock frozen;
static struct journal journal;

static struct text path(void)
{
    return arena_format(&arena, "%s/journal.jsonl", folder);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    clock_freeze(&frozen, 0, UINT64_C(1767225600000000000));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path().at);
    unlink(arena_format(&arena, "%s/lock", folder).at);
    assert_int_equal(rmdir(folder), 0);
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static enum journal_opened open_it(bool wants_to_write)
{
    return journal_open(&journal, text_of(folder), wants_to_write, &frozen, NULL, &problems);
}

static void print(struct json_writer *writer, const void *context)
{
    json_write_key(writer, "what");
    json_write_string_of(writer, context);
}

static void write_two(void)
{
    assert_int_equal(open_it(true), JOURNAL_OPEN);
    assert_true(journal_append(&journal, "begin", TEXT("a"), print, "first", &problems));
    assert_true(journal_append(&journal, "end", TEXT("a"), print, "second", &problems));
    journal_release(&journal);
}

static struct text content(void)
{
    struct text bytes;
    assert_true(file_read(path(), 1 << 20, &arena, &bytes, &problems));
    return bytes;
}

static void lines_are_chained_and_read_back(void **state)
{
    (void)state;
    write_two();
    assert_true(text_starts_with(
        content(),
        TEXT("{\"number\":1,\"previous\":"
             "\"0000000000000000000000000000000000000000000000000000000000000000\",\"at\":"
             "\"2026-01-01T00:00:00.000Z\",\"event\":\"begin\",\"operation\":\"a\",\"what\":"
             "\"first\"}\n{\"number\":2,\"previous\":\"")));
    assert_int_equal(open_it(false), JOURNAL_OPEN);
    assert_int_equal(journal.count, 2);
    assert_int_equal(journal.list[1].number, 2);
    assert_true(text_is(journal.list[1].event, "end"));
    journal_release(&journal);
}

static void a_journal_that_is_not_there_is_empty(void **state)
{
    (void)state;
    assert_int_equal(open_it(false), JOURNAL_OPEN);
    assert_int_equal(journal.count, 0);
    journal_release(&journal);
    assert_false(file_exists(path()));
}

static void a_last_line_without_its_end_was_never_written(void **state)
{
    (void)state;
    write_two();
    struct text whole = content();
    struct text torn = arena_format(&arena, "%.*s{\"number\":3,\"prev", TEXT_ARG(whole));
    assert_true(file_replace(path(), torn, &problems));
    write_two();
    assert_int_equal(open_it(false), JOURNAL_OPEN);
    assert_int_equal(journal.count, 4);
    journal_release(&journal);
    assert_true(text_starts_with(content(), whole));
}

static void refused(struct text changed, const char *message)
{
    assert_true(file_replace(path(), changed, &problems));
    assert_int_equal(open_it(true), JOURNAL_FAILED);
    assert_true(text_ends_with(problems.list[0].message, text_of(message)));
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_USAGE);
    problems_clear(&problems);
}

static void whatever_is_changed_is_found_at_its_line(void **state)
{
    (void)state;
    write_two();
    struct text whole = content();
    size_t end = text_find_byte(whole, '\n', 0) + 1;
    struct text first = text_slice(whole, 0, end);
    struct text second = text_from(whole, end);
    char *edited = arena_string(&arena, whole);
    memcpy(edited + text_find(whole, TEXT("first"), 0), "worst", 5);
    refused(text_of(edited), ":2 does not follow the line before it");
    refused(second, ":1 has another number");
    refused(arena_format(&arena, "%.*s%.*s", TEXT_ARG(first), TEXT_ARG(first)),
            ":2 has another number");
    refused(TEXT("[]\n"), ":1 is no JSON object");
    refused(TEXT("nonsense\n"), ":1 is no JSON object");
    refused(TEXT("{\"number\":\"x\"}\n"), ":1 has another number");
}

static void one_process_writes_at_a_time(void **state)
{
    (void)state;
    struct journal other;
    assert_int_equal(open_it(true), JOURNAL_OPEN);
    assert_int_equal(journal_open(&other, text_of(folder), true, &frozen, NULL, &problems),
                     JOURNAL_LOCKED);
    assert_int_equal(journal_open(&other, text_of(folder), false, &frozen, NULL, &problems),
                     JOURNAL_OPEN);
    journal_release(&other);
    journal_release(&journal);
    assert_int_equal(problems.count, 0);
}

static void a_folder_that_cannot_be_made_or_read_is_named(void **state)
{
    (void)state;
    assert_true(file_replace(path(), TEXT(""), &problems));
    struct text below = arena_format(&arena, "%s/journal.jsonl/x", folder);
    assert_int_equal(journal_open(&journal, below, true, &frozen, NULL, &problems),
                     JOURNAL_FAILED);
    assert_int_equal(journal_open(&journal, below, false, &frozen, NULL, &problems),
                     JOURNAL_FAILED);
    assert_int_equal(unlink(path().at), 0);
    assert_true(file_make_folder(path(), &problems));
    assert_int_equal(open_it(true), JOURNAL_FAILED);
    assert_int_equal(open_it(false), JOURNAL_FAILED);
    assert_int_equal(problems.count, 4);
    assert_int_equal(rmdir(path().at), 0);
}

static void an_operation_of_another_program_harms_nothing(void **state)
{
    (void)state;
    assert_int_equal(open_it(true), JOURNAL_OPEN);
    assert_true(journal_append(&journal, "step", TEXT("z"), print, "x", &problems));
    assert_true(journal_append(&journal, "begin", TEXT("a"), print, "x", &problems));
    assert_true(journal_append(&journal, "new kind", TEXT("a"), print, "x", &problems));
    assert_true(journal_append(&journal, "end", TEXT("a"), print, "x", &problems));
    struct operations operations = operations_read(&journal, &arena);
    assert_int_equal(operations.count, 1);
    assert_int_equal(operations.list[0].outcome, OPERATION_NEEDS_PERSON);
    assert_null(operations_cut_off(&operations));
    assert_string_equal(operation_outcome_name(OPERATION_ABANDONED), "abandoned");
    journal_release(&journal);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lines_are_chained_and_read_back),
        TEST(a_journal_that_is_not_there_is_empty),
        TEST(a_last_line_without_its_end_was_never_written),
        TEST(whatever_is_changed_is_found_at_its_line),
        TEST(one_process_writes_at_a_time),
        TEST(a_folder_that_cannot_be_made_or_read_is_named),
        TEST(an_operation_of_another_program_harms_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
