/* SPDX-License-Identifier: MIT */
#include "coverage/coverage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "coverage/lcov_writer.h"
#include "coverage/read_bytes.h"

enum { LIMIT = 1 << 20, ROUNDS = 60 };

/* --- coverages out of nothing --- */

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void add_records(struct buffer *out, uint32_t *seed)
{
    static const char *const expressions[] = { "a && b", "!(a, b)", "7", "0" };
    uint32_t count = next(seed) % 12;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t line = next(seed) % 9 + 1;
        switch (next(seed) % 5) {
        case 0:
            buffer_add_format(out, "DA:%u,%s\n", line,
                              next(seed) % 4 ? "18446744073709551615" : "0");
            break;
        case 1:
            buffer_add_format(out, "BRDA:%u,%s%u,%s,%s\n", line, next(seed) % 3 ? "" : "U",
                              next(seed) % 2, expressions[next(seed) % 4],
                              next(seed) % 2 ? "-" : "1");
            break;
        case 2:
            buffer_add_format(out, "FN:%u,%u,f%u\n", line, line + next(seed) % 3,
                              next(seed) % 4);
            break;
        case 3:
            buffer_add_format(out, "FNDA:%u,f%u\n", next(seed) % 2, next(seed) % 4);
            break;
        default:
            buffer_add_format(out, "FNL:0,%u\nFNA:0,%u,g%u\n", line, next(seed) % 2,
                              next(seed) % 4);
        }
    }
}

static void add_clover(struct buffer *out, uint32_t *seed)
{
    buffer_add_format(out,
                      "<coverage generated=\"1\"><project><file name=\"src/0.c\">"
                      "<line num=\"%u\" type=\"method\" name=\"m\" count=\"%u\"/>"
                      "<line num=\"%u\" type=\"stmt\" count=\"%u\"/>"
                      "<metrics statements=\"%u\" coveredstatements=\"%u\" methods=\"3\" "
                      "coveredmethods=\"1\"/></file></project></coverage>",
                      next(seed) % 3 + 1, next(seed) % 2, next(seed) % 5 + 1, next(seed) % 2,
                      next(seed) % 5 + 3, next(seed) % 3);
}

static void add_go(struct buffer *out, uint32_t *seed)
{
    buffer_add_format(out, "mode: set\nm/a.go:1.1,2.2 3 %u\nm/a.go:5.1,9.2 1 %u\n",
                      next(seed) % 2, next(seed) % 2);
}

static void read_part(struct coverage *coverage, struct buffer *bytes)
{
    struct problems problems;
    problems_init(&problems);
    assert_true(
        coverage_read_bytes(coverage, TEXT("made"), buffer_text(bytes), TEXT_EMPTY, &problems));
    problems_release(&problems);
    buffer_clear(bytes);
}

static void make(struct coverage *coverage, uint32_t *seed)
{
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, LIMIT);
    coverage_init(coverage);
    for (uint32_t files = next(seed) % 4 + 1; files > 0; files--) {
        buffer_add_format(&bytes, "SF:src/%u.c\n", next(seed) % 3);
        add_records(&bytes, seed);
        buffer_add_string(&bytes, "end_of_record\n");
    }
    read_part(coverage, &bytes);
    add_clover(&bytes, seed);
    read_part(coverage, &bytes);
    add_go(&bytes, seed);
    read_part(coverage, &bytes);
}

static void merge(struct coverage *into, const struct coverage *a, const struct coverage *b)
{
    struct problems problems;
    problems_init(&problems);
    coverage_init(into);
    assert_true(coverage_merge(into, a, &problems));
    assert_true(coverage_merge(into, b, &problems));
    problems_release(&problems);
}

/* --- all that can be seen of one --- */

static void add_ratio(struct buffer *out, struct ratio ratio)
{
    buffer_add_format(out, " %llu/%llu", (unsigned long long)ratio.covered,
                      (unsigned long long)ratio.total);
}

static void add_totals(struct buffer *out, struct coverage_totals totals)
{
    add_ratio(out, totals.lines);
    add_ratio(out, totals.branches);
    add_ratio(out, totals.functions);
    buffer_add_byte(out, '\n');
}

static void show(struct buffer *out, const struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->file_count; i++) {
        const struct coverage_file *file = coverage->files[i];
        lcov_write_file(out, file);
        add_totals(out, coverage_file_totals(file));
        add_totals(out, file->unlisted);
        for (size_t j = 0; j < file->function_count; j++) {
            buffer_add_format(out, "%.*s %u %u %u\n", TEXT_ARG(file->functions[j].name),
                              file->functions[j].line, file->functions[j].end_line,
                              file->functions[j].flags);
        }
        for (size_t j = 0; j < file->branch_count; j++) {
            buffer_add_format(out, "%u %u\n", file->branches[j].line, file->branches[j].flags);
        }
        for (size_t j = 0; j < file->block_count; j++) {
            buffer_add_format(out, "%u %llu\n", file->blocks[j].line,
                              (unsigned long long)file->blocks[j].count);
        }
    }
    add_totals(out, coverage_total(coverage));
}

static void assert_same(const struct coverage *a, const struct coverage *b)
{
    CLEANUP(buffer_release) struct buffer x;
    CLEANUP(buffer_release) struct buffer y;
    buffer_init(&x, LIMIT);
    buffer_init(&y, LIMIT);
    show(&x, a);
    show(&y, b);
    assert_false(x.is_over_limit);
    assert_string_equal(x.at, y.at);
}

static void merging_is_commutative_and_associative(void **state)
{
    (void)state;
    uint32_t seed = 20261123;
    for (int i = 0; i < ROUNDS; i++) {
        struct coverage a;
        struct coverage b;
        struct coverage c;
        struct coverage ab;
        struct coverage ba;
        struct coverage bc;
        struct coverage left;
        struct coverage right;
        make(&a, &seed);
        make(&b, &seed);
        make(&c, &seed);
        merge(&ab, &a, &b);
        merge(&ba, &b, &a);
        assert_same(&ab, &ba);
        merge(&bc, &b, &c);
        merge(&left, &ab, &c);
        merge(&right, &a, &bc);
        assert_same(&left, &right);
        struct coverage *const all[] = { &a, &b, &c, &ab, &ba, &bc, &left, &right };
        for (size_t j = 0; j < ARRAY_SIZE(all); j++) {
            coverage_release(all[j]);
        }
    }
}

static void merging_with_nothing_changes_nothing(void **state)
{
    (void)state;
    uint32_t seed = 7;
    struct coverage none;
    struct coverage some;
    struct coverage both;
    coverage_init(&none);
    make(&some, &seed);
    merge(&both, &none, &some);
    assert_same(&both, &some);
    coverage_release(&none);
    coverage_release(&some);
    coverage_release(&both);
}

/* --- reading in pieces --- */

static void read_text(struct coverage *coverage, const char *bytes)
{
    struct problems problems;
    problems_init(&problems);
    assert_true(
        coverage_read_bytes(coverage, TEXT("made"), text_of(bytes), TEXT_EMPTY, &problems));
    problems_release(&problems);
}

static void a_file_that_is_begun_again_and_again_is_one_file(void **state)
{
    (void)state;
    enum { LINES = 3000 };
    CLEANUP(buffer_release) struct buffer bytes;
    struct coverage coverage;
    struct problems problems;
    buffer_init(&bytes, LIMIT);
    problems_init(&problems);
    for (unsigned i = LINES; i > 0; i--) {
        buffer_add_format(&bytes, "SF:a.c\nDA:%u,1\nDA:1,1\nFNDA:1,f\nend_of_record\n", i);
    }
    coverage_init(&coverage);
    assert_true(coverage_read_bytes(&coverage, TEXT("made"), buffer_text(&bytes), TEXT("lcov"),
                                    &problems));
    const struct coverage_file *file = coverage_find(&coverage, TEXT("a.c"));
    assert_non_null(file);
    assert_int_equal(file->line_count, LINES);
    assert_int_equal(coverage_file_line(file, 1)->count, LINES + 1);
    assert_int_equal(coverage_file_line(file, LINES)->count, 1);
    assert_int_equal(file->functions[0].count, LINES);
    assert_int_equal(coverage_file_last_line(file), LINES);
    coverage_release(&coverage);
    problems_release(&problems);
}

static void lines_files_and_metrics_are_looked_up(void **state)
{
    (void)state;
    struct coverage coverage;
    coverage_init(&coverage);
    assert_null(coverage_find(&coverage, TEXT("a.c")));
    assert_int_equal(coverage_metrics(&coverage), 0);
    read_text(&coverage, "SF:a.c\nDA:3,1\nBRDA:9,0,0,1\nend_of_record\n"
                         "SF:b.c\nFN:4,8,f\nFNDA:1,f\nend_of_record\nSF:c.c\nend_of_record\n");
    read_text(&coverage,
              "{\"meta\":{\"branch_coverage\":false},\"files\":{\"d.py\":"
              "{\"executed_lines\":[1],\"missing_lines\":[],\"excluded_lines\":[2]}}}");
    const struct coverage_file *file = coverage_find(&coverage, TEXT("a.c"));
    assert_non_null(coverage_file_line(file, 3));
    assert_null(coverage_file_line(file, 2));
    assert_null(coverage_file_line(file, 4));
    assert_int_equal(coverage_file_last_line(file), 9);
    assert_int_equal(coverage_file_last_line(coverage_find(&coverage, TEXT("b.c"))), 8);
    assert_int_equal(coverage_file_last_line(coverage_find(&coverage, TEXT("c.c"))), 0);
    assert_true(coverage_file_excludes(coverage_find(&coverage, TEXT("d.py")), 2));
    assert_false(coverage_file_excludes(coverage_find(&coverage, TEXT("d.py")), 1));
    assert_int_equal(coverage_metrics(&coverage),
                     COVERAGE_LINES | COVERAGE_BRANCHES | COVERAGE_FUNCTIONS);
    assert_int_equal(coverage.report_count, 2);
    assert_string_equal(coverage.reports[1].format, "coverage.py");
    coverage_release(&coverage);
}

static void two_versions_of_one_source_are_not_merged(void **state)
{
    (void)state;
    struct coverage old;
    struct coverage new;
    struct problems problems;
    coverage_init(&old);
    coverage_init(&new);
    problems_init(&problems);
    read_text(&old, "SF:a.c\nVER:1\nDA:1,1\nend_of_record\n");
    read_text(&new, "SF:a.c\nVER:2\nDA:1,1\nend_of_record\n");
    assert_false(coverage_merge(&old, &new, &problems));
    assert_string_equal(problems.list[0].message.at,
                        "'a.c' was measured in two versions: '1' and '2'");
    coverage_release(&old);
    coverage_release(&new);
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merging_is_commutative_and_associative),
        cmocka_unit_test(merging_with_nothing_changes_nothing),
        cmocka_unit_test(a_file_that_is_begun_again_and_again_is_one_file),
        cmocka_unit_test(lines_files_and_metrics_are_looked_up),
        cmocka_unit_test(two_versions_of_one_source_are_not_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
