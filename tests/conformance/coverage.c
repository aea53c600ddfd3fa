/* SPDX-License-Identifier: MIT */
/*
 * Reports that real tools wrote, with the totals of their EXPECT.md by the rule it states, and those
 * that are refused: malformed, without a single line, or not a report. Totals that EXPECT.md does
 * not give are ours. Two decisions: of an OpenClover or PHPUnit file the metrics say what the lines
 * do not; a line that coverage.py calls executed and excluded is excluded.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "coverage/coverage.h"
#include "support/conformance.h"

/* clang-format off */
static const struct {
    const char *file;
    bool is_read;
    struct coverage_totals totals;
} reports[] = {
    { "lcov/diffcover-cpp_functions_coverage.lcov", true, { { 16, 17 }, { 0, 0 }, { 3, 3 } } },
    { "lcov/diffcover-real_cpp_coverage.lcov", true, { { 27, 28 }, { 0, 0 }, { 5, 5 } } },
    { "lcov/diffcover-real_python_coverage.lcov", true, { { 45, 45 }, { 0, 0 }, { 9, 9 } } },
    { "lcov/fastcov-combine2.expected.info", true, { { 9, 11 }, { 4, 6 }, { 2, 2 } } },
    { "lcov/fastcov-combine3.expected.info", true, { { 10, 12 }, { 6, 8 }, { 3, 3 } } },
    { "lcov/fastcov-combine3a.info", true, { { 10, 12 }, { 6, 8 }, { 3, 3 } } },
    { "lcov/fastcov-combine3b.info", true, { { 9, 11 }, { 4, 6 }, { 2, 2 } } },
    { "lcov/fastcov-combine4.expected.info", true, { { 47, 53 }, { 25, 31 }, { 4, 4 } } },
    { "lcov/fastcov-combine4b.info", true, { { 47, 53 }, { 25, 31 }, { 4, 4 } } },
    { "lcov/fastcov-combine4c.info", true, { { 47, 53 }, { 25, 31 }, { 4, 4 } } },
    { "lcov/fastcov-latin1_test.expected.info", true, { { 10, 10 }, { 7, 8 }, { 1, 1 } } },
    { "lcov/fastcov-test1.end_line_number_fn.info", true, { { 9, 11 }, { 0, 0 }, { 2, 2 } } },
    { "lcov/fastcov-untested.expected.info", true, { { 9, 17 }, { 4, 8 }, { 2, 3 } } },
    { "lcov/grcov-empty_line.info", true, { { 27, 57 }, { 3, 20 }, { 4, 4 } } },
    { "lcov/grcov-invalid_DA_record.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/grcov-not_info_file.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/grcov-relative_path.info", true, { { 9, 9 }, { 0, 0 }, { 3, 3 } } },
    { "lcov/lcov-brace.info", true, { { 8, 11 }, { 0, 0 }, { 4, 4 } } },
    { "lcov/lcov-branch-bug.dat", true, { { 1, 1 }, { 2, 2 }, { 1, 1 } } },
    { "lcov/lcov-err-badBranchLine.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/lcov-err-badFncEndLine.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/lcov-err-badFncLine.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/lcov-err-badLine.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/lcov-err-exceptionBranch2.info", true, { { 10, 16 }, { 2, 6 }, { 1, 1 } } },
    { "lcov/lcov-err-fncMismatch.info", true, { { 10, 16 }, { 2, 6 }, { 1, 2 } } },
    { "lcov/lcov-err-lineNoBranch.info", true, { { 3, 8 }, { 0, 2 }, { 1, 1 } } },
    { "lcov/lcov-format-counts.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/lcov-lambda.dat", true, { { 77, 1088 }, { 24, 753 }, { 23, 339 } } },
    { "lcov/lcov-merge-a.info", true, { { 2, 7 }, { 3, 7 }, { 2, 4 } } },
    { "lcov/lcov-merge-a_subtract_b.gold", true, { { 1, 4 }, { 2, 5 }, { 2, 3 } } },
    { "lcov/lcov-merge-b.dat", true, { { 0, 10 }, { 0, 8 }, { 0, 4 } } },
    { "lcov/lcov-merge-b.info", true, { { 6, 7 }, { 6, 7 }, { 5, 5 } } },
    { "lcov/lcov-merge-b_subtract_a.gold", true, { { 3, 4 }, { 4, 5 }, { 3, 4 } } },
    { "lcov/lcov-merge-functionBug_2.dat", true, { { 11, 11 }, { 6, 6 }, { 1, 1 } } },
    { "lcov/lcov-merge-intersect.gold", true, { { 3, 3 }, { 2, 2 }, { 1, 1 } } },
    { "lcov/lcov-merge-mcdc.dat", true, { { 2, 7 }, { 3, 7 }, { 2, 4 } } },
    { "lcov/lcov-names-FNL-MCDC.info", true, { { 4, 4 }, { 2, 2 }, { 1, 1 } } },
    { "lcov/lcov-relative-dart.info", true, { { 4, 4 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/llvm-issue303-issue303.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/llvm-merge-merge.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/llvm-no_coverage-no_coverage.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/llvm-no_test-no_test.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/llvm-virtual1-workspace_root.info", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/octocov-ridgepole-simplecov.info", true, { { 1147, 1202 }, { 0, 0 }, { 0, 0 } } },
    { "lcov/rg-cpp.info", true, { { 17, 19 }, { 0, 0 }, { 3, 3 } } },
    { "lcov/rg-csharp-coverlet.info", true, { { 118, 184 }, { 5, 8 }, { 27, 54 } } },
    { "gcov-json/gcov-missing-gcno.gcov.json.gz", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-json/grcov-mozillavpn.gcov.json.gz", true, { { 376, 647 }, { 0, 0 }, { 281, 391 } } },
    { "gcov-json/prog-calc.gcov.json.gz", true, { { 14, 23 }, { 9, 17 }, { 3, 4 } } },
    { "gcov-json/prog-main.gcov.json.gz", true, { { 6, 7 }, { 2, 4 }, { 2, 2 } } },
    { "gcov-json/prog-orphan.gcov.json.gz", true, { { 0, 1 }, { 0, 2 }, { 0, 1 } } },
    { "gcovr-json/gcovr-clang-10-a.json", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "gcovr-json/gcovr-gcc-5-b.json", true, { { 17, 27 }, { 0, 0 }, { 6, 11 } } },
    { "gcovr-json/gcovr-gcc-8-a.json", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "gcovr-json/gcovr-gcc-8-b.json", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "gcov-text/grcov-64bit_count.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/grcov-intermediate_with_branches.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/grcov-llvm-reader.c.0.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/grcov-llvm-reader.c.1.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/grcov-non-utf-8.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/grcov-prova.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gcov-text/main.c.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/coveragepy-x_xml.xml", true, { { 2, 3 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/coveragepy-y_xml_branch.xml", true, { { 4, 5 }, { 1, 2 }, { 0, 0 } } },
    { "cobertura/coveralls-cobertura-conditions.xml", true, { { 5, 6 }, { 4, 9 }, { 0, 0 } } },
    { "cobertura/coveralls-cobertura-coverage.xml", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/coveralls-cobertura-empty-lines.xml", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/coveralls-cobertura-zero-only.xml", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/coveralls-cobertura.xml", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/diffcover-coverage.xml", true, { { 5, 10 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/diffcover-coverage2.xml", true, { { 6, 10 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/diffcover-dotnet_coverage.xml", true, { { 9, 12 }, { 0, 0 }, { 1, 2 } } },
    { "cobertura/diffcover-moved_coverage.xml", true, { { 5, 10 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/gcovr-clang-10-b.xml", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "cobertura/gcovr-example.xml", true, { { 6, 7 }, { 1, 2 }, { 2, 2 } } },
    { "cobertura/gcovr-gcc-5-a.xml", true, { { 17, 27 }, { 0, 0 }, { 6, 11 } } },
    { "cobertura/gcovr-gcc-5-b.xml", true, { { 17, 27 }, { 0, 0 }, { 6, 11 } } },
    { "cobertura/gcovr-gcc-8-a.xml", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "cobertura/gcovr-gcc-8-b.xml", true, { { 23, 38 }, { 0, 0 }, { 6, 11 } } },
    { "cobertura/irongut-coverage.MATLAB.xml", true, { { 103, 278 }, { 0, 0 }, { 10, 10 } } },
    { "cobertura/irongut-coverage.cobertura.xml", true, { { 1212, 1460 }, { 262, 378 }, { 320, 348 } } },
    { "cobertura/lcov-xml2lcov.xml", true, { { 79, 756 }, { 7, 184 }, { 30, 193 } } },
    { "cobertura/octocov-fastapi.xml", true, { { 7706, 7712 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/phpunit-class-with-anonymous-function.xml", true, { { 8, 8 }, { 0, 0 }, { 1, 1 } } },
    { "cobertura/phpunit-coverage-04.dtd", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/rg-Cobertura2.1.1-MultiSource.xml", true, { { 24, 36 }, { 1, 4 }, { 8, 17 } } },
    { "cobertura/rg-Cobertura2.1.1.xml", true, { { 24, 36 }, { 1, 4 }, { 8, 17 } } },
    { "cobertura/rg-Cobertura_CPPCoverage.xml", true, { { 0, 2 }, { 0, 0 }, { 0, 0 } } },
    { "cobertura/rg-Cobertura_Istanbul.xml", true, { { 1452, 11340 }, { 0, 0 }, { 346, 2692 } } },
    { "cobertura/rg-Cobertura_coverlet.xml", true, { { 156, 255 }, { 9, 14 }, { 35, 67 } } },
    { "cobertura/rg-Cobertura_dotnet-coverage.xml", true, { { 158, 221 }, { 15, 18 }, { 40, 67 } } },
    { "cobertura/rg-Cobertura_dotnettest.xml", true, { { 158, 221 }, { 15, 18 }, { 40, 67 } } },
    { "cobertura/rg-Cobertura_dotnettest_old.xml", true, { { 130, 199 }, { 11, 14 }, { 33, 60 } } },
    { "clover/clover.xsd", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "clover/coveralls-clover-phpcsutils.xml", true, { { 323, 323 }, { 0, 0 }, { 16, 16 } } },
    { "clover/coveralls-clover-unleash.xml", true, { { 109, 138 }, { 66, 99 }, { 19, 25 } } },
    { "clover/octocov-phpunit-1MB.xml", true, { { 9430, 11707 }, { 0, 0 }, { 1649, 2233 } } },
    { "clover/octocov-vitest-path.xml", true, { { 20, 30 }, { 0, 0 }, { 4, 6 } } },
    { "clover/phpunit-BankAccount-line.xml", true, { { 5, 8 }, { 0, 0 }, { 3, 4 } } },
    { "clover/phpunit-NamespacedBankAccount.xml", true, { { 5, 8 }, { 0, 0 }, { 3, 4 } } },
    { "clover/phpunit-ignored-lines.xml", true, { { 1, 1 }, { 0, 0 }, { 0, 0 } } },
    { "clover/phpunit-openclover-BankAccount-path.xml", true, { { 5, 8 }, { 3, 7 }, { 3, 4 } } },
    { "clover/phpunit-openclover-NamespacedBankAccount.xml", true, { { 5, 8 }, { 0, 0 }, { 3, 4 } } },
    { "clover/phpunit-openclover-class-with-anonymous-function.xml", true, { { 8, 8 }, { 0, 0 }, { 1, 1 } } },
    { "clover/phpunit-openclover-ignored-lines.xml", true, { { 1, 1 }, { 0, 0 }, { 0, 0 } } },
    { "clover/rg-Istanbul.xml", true, { { 11, 11 }, { 0, 0 }, { 4, 4 } } },
    { "clover/rg-OpenClover4.3.1.xml", true, { { 15, 22 }, { 1, 2 }, { 6, 12 } } },
    { "jacoco/coveralls-jacoco-oneline-report.xml", true, { { 5, 6 }, { 2, 4 }, { 2, 2 } } },
    { "jacoco/coveralls-jacoco-report-multiple-packages.xml", true, { { 10, 12 }, { 4, 8 }, { 4, 4 } } },
    { "jacoco/coveralls-jacoco-report.xml", true, { { 5, 6 }, { 2, 4 }, { 2, 2 } } },
    { "jacoco/gcovr-example.xml", true, { { 0, 7 }, { 1, 2 }, { 0, 0 } } },
    { "jacoco/grcov-inner-classes.xml", true, { { 0, 14 }, { 0, 0 }, { 0, 0 } } },
    { "jacoco/grcov-kotlin-jacoco-report.xml", true, { { 0, 27 }, { 0, 4 }, { 0, 15 } } },
    { "jacoco/grcov-multiple-top-level-classes.xml", true, { { 0, 14 }, { 0, 0 }, { 0, 0 } } },
    { "jacoco/grcov-not_jacoco_file.xml", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "jacoco/rg-JaCoCo0.7.7.xml", true, { { 26, 38 }, { 1, 4 }, { 0, 0 } } },
    { "jacoco/rg-JaCoCo0.8.3.xml", true, { { 26, 38 }, { 1, 4 }, { 9, 18 } } },
    { "istanbul/codecov-ifbinary.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/codecov-ifbinarymb.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/codecov-inline.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/codecov-node1-result.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/codecov-node2-result.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/codecov-node2.json", true, { { 300, 489 }, { 92, 177 }, { 50, 114 } } },
    { "istanbul/codecov-node3-result.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "istanbul/cross-nyc15.json", true, { { 9, 11 }, { 10, 18 }, { 2, 4 } } },
    { "istanbul/nyc-merge-a.json", true, { { 4, 6 }, { 1, 2 }, { 2, 3 } } },
    { "istanbul/nyc-merge-b.json", true, { { 4, 6 }, { 1, 2 }, { 2, 3 } } },
    { "coveragepy/cross-coveragepy-6.5.json", true, { { 11, 16 }, { 8, 8 }, { 0, 0 } } },
    { "gocover/coveralls-coverage-dashes.out", true, { { 1, 1 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/coveralls-coverage-one-slash.out", true, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/coveralls-coverage-two-slashes.out", true, { { 1, 1 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/coveralls-coverage.out", true, { { 579, 1148 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/grcov-go.out", true, { { 253, 299 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/octocov-coverage.out", true, { { 1810, 2661 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-invalid_data.profile", true, { { 8, 8 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-invalid_length.profile", true, { { 3, 3 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-nok.profile", true, { { 2, 2 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-ok_full.profile", true, { { 351, 351 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-ok_no_badge.profile", true, { { 322, 343 }, { 0, 0 }, { 0, 0 } } },
    { "gocover/vladopajic-ok_no_statements.profile", true, { { 0, 6 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/cross-clang14.json", true, { { 26, 38 }, { 15, 28 }, { 5, 7 } } },
    { "llvm-export/llvm-instantiations-instantiations.codecov.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/llvm-merge-merge.json", true, { { 6, 6 }, { 0, 0 }, { 2, 2 } } },
    { "llvm-export/llvm-no_coverage-no_coverage.codecov.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/llvm-no_coverage-no_coverage.json", true, { { 8, 14 }, { 0, 0 }, { 2, 2 } } },
    { "llvm-export/llvm-no_test-no_test.codecov.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/llvm-no_test-no_test.json", true, { { 1, 8 }, { 0, 0 }, { 1, 2 } } },
    { "llvm-export/llvm-real1-all.codecov.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/llvm-real1-all.json", true, { { 19, 27 }, { 0, 0 }, { 4, 4 } } },
    { "llvm-export/llvm-show-missing-lines-complete.json", true, { { 11, 11 }, { 0, 0 }, { 5, 5 } } },
    { "llvm-export/llvm-show-missing-lines-multi-missing.json", true, { { 15, 17 }, { 0, 0 }, { 6, 8 } } },
    { "llvm-export/llvm-virtual1-workspace_root.codecov.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "llvm-export/llvm-virtual1-workspace_root.json", true, { { 33, 46 }, { 0, 0 }, { 7, 7 } } },
    { "simplecov/coverage.schema.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/coveralls-resultset.json", true, { { 314, 338 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/coveralls-with-branches.resultset.json", true, { { 4, 8 }, { 1, 2 }, { 0, 0 } } },
    { "simplecov/coveralls-with-only-lines.resultset.json", true, { { 4, 8 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/octocov-resultset.another.json", true, { { 2347, 6043 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/octocov-resultset.json", true, { { 2347, 6043 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/octocov-resultset.parallel.json", true, { { 2347, 6043 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/octocov-resultset2.json", true, { { 1147, 1202 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/simplecov-json-sample.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/simplecov-json-sample_groups.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/simplecov-json-sample_with_branch.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/simplecov-json-sample_with_method.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "simplecov/simplecov-old-resultset.json", true, { { 8, 9 }, { 0, 0 }, { 0, 0 } } },
    { "sonar-generic/gcovr-clang-10-a.xml", true, { { 23, 38 }, { 0, 0 }, { 0, 0 } } },
    { "sonar-generic/gcovr-gcc-5-a.xml", true, { { 17, 27 }, { 0, 0 }, { 0, 0 } } },
    { "sonar-generic/gcovr-gcc-5-b.xml", true, { { 17, 27 }, { 0, 0 }, { 0, 0 } } },
    { "sonar-generic/gcovr-gcc-8-a.xml", true, { { 23, 38 }, { 0, 0 }, { 0, 0 } } },
    { "sonar-generic/rg-SonarQube.xml", true, { { 70, 97 }, { 4, 8 }, { 0, 0 } } },
    { "cross/c/calc.h.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/gcov-missing-gcno.gcov.json.gz", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/main.c.gcov", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/prog-calc.gcov.json.gz", true, { { 14, 23 }, { 9, 17 }, { 3, 4 } } },
    { "cross/c/prog-main.gcov.json.gz", true, { { 6, 7 }, { 2, 4 }, { 2, 2 } } },
    { "cross/c/prog-orphan.gcov.json.gz", true, { { 0, 1 }, { 0, 2 }, { 0, 1 } } },
    { "cross/c/out/gcovr.cobertura.xml", true, { { 19, 30 }, { 10, 21 }, { 0, 0 } } },
    { "cross/c/out/gcovr.coveralls.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/out/gcovr.csv", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/out/gcovr.json", true, { { 19, 30 }, { 10, 21 }, { 5, 7 } } },
    { "cross/c/out/gcovr.sonar.xml", true, { { 19, 30 }, { 10, 21 }, { 0, 0 } } },
    { "cross/c/out/gcovr.summary.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/c/out/lcov116-baseline.info", true, { { 0, 30 }, { 0, 21 }, { 0, 7 } } },
    { "cross/c/out/lcov116.info", true, { { 19, 30 }, { 10, 21 }, { 5, 7 } } },
    { "cross/py/cobertura.xml", true, { { 11, 16 }, { 8, 8 }, { 0, 0 } } },
    { "cross/py/coveragepy.info", true, { { 12, 17 }, { 6, 6 }, { 0, 0 } } },
    { "cross/py/coveragepy.json", true, { { 11, 16 }, { 8, 8 }, { 0, 0 } } },
    { "cross/clang/llvm-export.json", true, { { 26, 38 }, { 15, 28 }, { 5, 7 } } },
    { "cross/clang/llvm-summary.json", true, { { 26, 38 }, { 15, 28 }, { 5, 7 } } },
    { "cross/clang/llvm.info", true, { { 26, 38 }, { 15, 28 }, { 5, 8 } } },
    { "cross/js/clover.xml", true, { { 9, 11 }, { 10, 18 }, { 2, 4 } } },
    { "cross/js/cobertura-coverage.xml", true, { { 9, 11 }, { 10, 18 }, { 2, 4 } } },
    { "cross/js/coverage-final.json", true, { { 9, 11 }, { 10, 18 }, { 2, 4 } } },
    { "cross/js/coverage-summary.json", false, { { 0, 0 }, { 0, 0 }, { 0, 0 } } },
    { "cross/js/lcov.info", true, { { 9, 11 }, { 10, 18 }, { 2, 4 } } },
};
/* clang-format on */

static bool is_equal(struct ratio a, struct ratio b)
{
    return a.covered == b.covered && a.total == b.total;
}

static bool holds(size_t i, struct arena *arena)
{
    struct coverage coverage;
    struct problems problems;
    coverage_init(&coverage);
    problems_init(&problems);
    const char *folder = conformance_path(arena, "coverage");
    struct text path = arena_format(arena, "%s/%s", folder, reports[i].file);
    bool is_read = coverage_read(&coverage, path, TEXT_EMPTY, &problems);
    struct coverage_totals got = coverage_total(&coverage);
    struct coverage_totals want = reports[i].totals;
    bool is_right = is_read == reports[i].is_read &&
                    problems_has_error(&problems) != reports[i].is_read &&
                    (!is_read || (is_equal(got.lines, want.lines) &&
                                  is_equal(got.branches, want.branches) &&
                                  is_equal(got.functions, want.functions)));
    if (!is_right) {
        print_error(
            "%s: read %d, lines %llu/%llu branches %llu/%llu functions %llu/%llu\n",
            reports[i].file, is_read, (unsigned long long)got.lines.covered,
            (unsigned long long)got.lines.total, (unsigned long long)got.branches.covered,
            (unsigned long long)got.branches.total, (unsigned long long)got.functions.covered,
            (unsigned long long)got.functions.total);
    }
    problems_release(&problems);
    coverage_release(&coverage);
    return is_right;
}

static void every_report_has_its_totals_or_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    size_t wrong = 0;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
        wrong += !holds(i, &arena);
    }
    arena_release(&arena);
    assert_int_equal(wrong, 0);
}

static bool is_in_table(const char *folder, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
        if (strcmp(reports[i].file, path) == 0) {
            return true;
        }
    }
    return false;
}

static void the_table_holds_every_report_there_is(void **state)
{
    (void)state;
    static const char *const folders[] = {
        "lcov",      "gcov-json",     "gcovr-json", "gcov-text", "cobertura",
        "clover",    "jacoco",        "coveragepy", "gocover",   "llvm-export",
        "simplecov", "sonar-generic", "istanbul",
    };
    struct arena arena;
    size_t missing = 0;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
        struct text name = arena_format(&arena, "coverage/%s", folders[i]);
        DIR *folder = opendir(conformance_path(&arena, name.at));
        assert_non_null(folder);
        for (struct dirent *at = readdir(folder); at; at = readdir(folder)) {
            bool is_known = at->d_name[0] == '.' || strcmp(at->d_name, "EXPECT.md") == 0 ||
                            is_in_table(folders[i], at->d_name);
            missing += !is_known;
            if (!is_known) {
                print_error("not in the table: %s/%s\n", folders[i], at->d_name);
            }
        }
        closedir(folder);
    }
    arena_release(&arena);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_has_its_totals_or_is_refused),
        cmocka_unit_test(the_table_holds_every_report_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
