/* SPDX-License-Identifier: MIT */
/* nst/JSONTestSuite: every y_ is accepted, every n_ refused, and each i_ has its decision here. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "format/json.h"
#include "support/conformance.h"

struct decision {
    const char *file;
    bool is_accepted;
    const char *why;
};

static const struct decision decisions[] = {
    { "i_number_double_huge_neg_exp.json", true, "number text is kept" },
    { "i_number_huge_exp.json", true, "number text is kept" },
    { "i_number_neg_int_huge_exp.json", true, "number text is kept" },
    { "i_number_pos_double_huge_exp.json", true, "number text is kept" },
    { "i_number_real_neg_overflow.json", true, "number text is kept" },
    { "i_number_real_pos_overflow.json", true, "number text is kept" },
    { "i_number_real_underflow.json", true, "number text is kept" },
    { "i_number_too_big_neg_int.json", true, "number text is kept" },
    { "i_number_too_big_pos_int.json", true, "number text is kept" },
    { "i_number_very_big_negative_int.json", true, "number text is kept" },
    { "i_object_key_lone_2nd_surrogate.json", true, "lone surrogates are kept" },
    { "i_string_1st_surrogate_but_2nd_missing.json", true, "lone surrogates are kept" },
    { "i_string_1st_valid_surrogate_2nd_invalid.json", true, "lone surrogates are kept" },
    { "i_string_incomplete_surrogate_and_escape_valid.json", true, "lone surrogates are kept" },
    { "i_string_incomplete_surrogate_pair.json", true, "lone surrogates are kept" },
    { "i_string_incomplete_surrogates_escape_valid.json", true, "lone surrogates are kept" },
    { "i_string_invalid_lonely_surrogate.json", true, "lone surrogates are kept" },
    { "i_string_invalid_surrogate.json", true, "lone surrogates are kept" },
    { "i_string_inverted_surrogates_U+1D11E.json", true, "lone surrogates are kept" },
    { "i_string_lone_second_surrogate.json", true, "lone surrogates are kept" },
    { "i_string_UTF-16LE_with_BOM.json", false, "not UTF-8" },
    { "i_string_UTF-8_invalid_sequence.json", false, "not UTF-8" },
    { "i_string_UTF8_surrogate_U+D800.json", false, "not UTF-8" },
    { "i_string_invalid_utf-8.json", false, "not UTF-8" },
    { "i_string_iso_latin_1.json", false, "not UTF-8" },
    { "i_string_lone_utf8_continuation_byte.json", false, "not UTF-8" },
    { "i_string_not_in_unicode_range.json", false, "not UTF-8" },
    { "i_string_overlong_sequence_2_bytes.json", false, "not UTF-8" },
    { "i_string_overlong_sequence_6_bytes.json", false, "not UTF-8" },
    { "i_string_overlong_sequence_6_bytes_null.json", false, "not UTF-8" },
    { "i_string_truncated-utf-8.json", false, "not UTF-8" },
    { "i_string_utf16BE_no_BOM.json", false, "not UTF-8" },
    { "i_string_utf16LE_no_BOM.json", false, "not UTF-8" },
    { "i_structure_500_nested_arrays.json", true, "below the limit of 512 levels" },
    { "i_structure_UTF-8_BOM_empty_object.json", true, "a byte order mark is skipped" },
};

static bool is_accepted(struct arena *arena, const char *path)
{
    struct source source;
    struct problems problems;
    source_init(&source, text_of(path), conformance_read(arena, path));
    problems_init(&problems);
    const struct json_value *root = NULL;
    bool is_parsed = json_parse(&source, (struct json_limits){ 0 }, arena, &root, &problems);
    assert_int_equal(problems.count, is_parsed ? 0 : 1);
    problems_release(&problems);
    return is_parsed;
}

static bool expected(const char *file)
{
    if (file[0] != 'i') {
        return file[0] == 'y';
    }
    for (size_t i = 0; i < ARRAY_SIZE(decisions); i++) {
        if (text_is(text_of(file), decisions[i].file)) {
            printf("  %s %s: %s\n", decisions[i].is_accepted ? "accept" : "refuse", file,
                   decisions[i].why);
            return decisions[i].is_accepted;
        }
    }
    fail_msg("no decision for %s", file);
    return false;
}

static int is_json(const struct dirent *entry)
{
    return text_ends_with(text_of(entry->d_name), TEXT(".json"));
}

static void every_file_is_decided_as_listed(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const char *folder = conformance_path(&arena, "json-test-suite/test_parsing");
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_json, alphasort);
    size_t counts[3] = { 0 };
    size_t wrong = 0;
    for (int i = 0; i < count; i++) {
        const char *file = entries[i]->d_name;
        const char *path = arena_format(&arena, "%s/%s", folder, file).at;
        counts[file[0] == 'y' ? 0 : file[0] == 'n' ? 1 : 2]++;
        if (is_accepted(&arena, path) != expected(file)) {
            printf("  WRONG: %s\n", file);
            wrong++;
        }
        free(entries[i]);
    }
    free(entries);
    arena_release(&arena);
    printf("JSON test suite: y_ %zu, n_ %zu, i_ %zu, wrong %zu\n", counts[0], counts[1],
           counts[2], wrong);
    assert_true(counts[0] >= 95 && counts[1] >= 187);
    assert_int_equal(counts[2], ARRAY_SIZE(decisions));
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_file_is_decided_as_listed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
