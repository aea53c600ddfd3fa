/* SPDX-License-Identifier: MIT */
#include "gate/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/json.h"

static const char whole[] =
    "{\"result\":\"FAILED\",\"commit\":\"c1\",\"tree\":\"t1\",\"baseCommit\":\"b1\","
    "\"environment\":\"staging\",\"version\":\"0.1.0\",\"madeAt\":\"2026-11-23T10:00:00.000Z\","
    "\"testedAt\":\"2026-11-23T09:00:00.000Z\",\"expiresAt\":\"2026-11-23T15:00:00.000Z\","
    "\"override\":{\"reason\":\"the shop is down\",\"key\":\"k2\","
    "\"at\":\"2026-11-23T10:00:01.000Z\"},"
    "\"policy\":{\"path\":\"bddrun.yaml\",\"commit\":\"p1\",\"sha256\":\"aa\",\"changed\":true}"
    ","
    "\"rules\":[{\"name\":\"scenarios.passed\",\"result\":\"PASSED\",\"reason\":\"all\"},"
    "{\"name\":\"coverage.lines.total\",\"result\":\"FAILED\",\"measured\":\"1 %\","
    "\"required\":\"at least 2 %\",\"reason\":\"less\",\"hint\":\"cover\",\"file\":\"a.c\","
    "\"line\":7,\"column\":3}],"
    "\"scenarios\":{\"total\":9,\"selected\":8,\"passed\":7,\"flaky\":6,\"failed\":5,"
    "\"pending\":4,\"skipped\":3},"
    "\"coverage\":{\"lines\":{\"covered\":1,\"total\":100},"
    "\"branches\":{\"covered\":2,\"total\":200},\"functions\":{\"covered\":3,\"total\":300}},"
    "\"subjects\":[{\"name\":\"app\",\"algorithm\":\"sha256\",\"digest\":\"ab\"}],"
    "\"evidence\":[{\"name\":\"run\",\"path\":\"run.ndjson\",\"sha256\":\"cd\"}]}";

static bool read_verdict(const char *json, struct arena *arena, struct verdict *ret_verdict,
                         struct problems *problems, struct source *source)
{
    const struct json_value *root = NULL;
    source_init(source, TEXT("verdict.json"), text_of(json));
    struct json_limits limits = { 0 };
    return json_parse(source, limits, arena, &root, problems) &&
           verdict_read_json(source, root, arena, ret_verdict, problems);
}

static void every_member_comes_back_as_it_was_printed(void **state)
{
    (void)state;
    struct arena arena;
    struct problems problems;
    struct source source;
    struct verdict verdict;
    struct buffer out;
    arena_init(&arena);
    problems_init(&problems);
    buffer_init(&out, 1 << 20);
    assert_true(read_verdict(whole, &arena, &verdict, &problems, &source));
    assert_int_equal(verdict.rules[1].column, 3);
    assert_int_equal(verdict.functions.total, 300);
    verdict_print_json(&out, &verdict);
    assert_string_equal(out.at, whole);
    buffer_release(&out);
    problems_release(&problems);
    arena_release(&arena);
}

static void the_result_is_that_of_the_rules_whatever_the_text_says(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        enum verdict_result result;
        enum exit_code code;
    } cases[] = {
        { "{\"result\":\"PASSED\"}", VERDICT_BLOCKED, EXIT_CODE_NOTHING },
        { "{\"result\":\"PASSED\",\"rules\":[{\"name\":\"a\",\"result\":\"FAILED\"}]}",
          VERDICT_FAILED, EXIT_CODE_NO },
        { "{\"rules\":[{\"name\":\"a\",\"result\":\"BLOCKED\"},"
          "{\"name\":\"b\",\"result\":\"FAILED\"}]}",
          VERDICT_BLOCKED, EXIT_CODE_NOTHING },
        { "{\"rules\":[{\"name\":\"a\",\"result\":\"PASSED\"}]}", VERDICT_PASSED,
          EXIT_CODE_YES },
        { "{\"rules\":[{\"name\":\"a\",\"result\":\"BLOCKED\"}],\"override\":{\"reason\":\"r\"}"
          "}",
          VERDICT_BLOCKED, EXIT_CODE_YES },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena arena;
        struct problems problems;
        struct source source;
        struct verdict verdict;
        arena_init(&arena);
        problems_init(&problems);
        assert_true(read_verdict(cases[i].json, &arena, &verdict, &problems, &source));
        assert_int_equal(verdict.result, cases[i].result);
        assert_int_equal(verdict_exit_code(&verdict), cases[i].code);
        problems_release(&problems);
        arena_release(&arena);
    }
}

static void what_has_another_form_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        const char *expected;
    } cases[] = {
        { "[]", "'verdict' of the verdict is not an object" },
        { "{\"commit\":1}", "'commit' of the verdict is not a string" },
        { "{\"madeAt\":\"now\"}", "'madeAt' of the verdict is not a time" },
        { "{\"madeAt\":1}", "'madeAt' of the verdict is not a time" },
        { "{\"rules\":{}}", "'rules' of the verdict is not a list" },
        { "{\"rules\":[1]}", "'rules' of the verdict is not an object" },
        { "{\"rules\":[{\"name\":\"a\"}]}", "'rules' of the verdict has no 'result'" },
        { "{\"rules\":[{\"name\":\"a\",\"result\":\"OK\"}]}",
          "'result' of the verdict is not PASSED, FAILED or BLOCKED" },
        { "{\"rules\":[{\"name\":\"a\",\"result\":0}]}",
          "'result' of the verdict is not PASSED, FAILED or BLOCKED" },
        { "{\"rules\":[{\"name\":\"a\",\"result\":\"PASSED\",\"line\":4294967296}]}",
          "'line' of the verdict is not the number of a line or column" },
        { "{\"scenarios\":{\"total\":-1}}",
          "'total' of the verdict is not a number of things" },
        { "{\"scenarios\":{\"total\":\"1\"}}",
          "'total' of the verdict is not a number of things" },
        { "{\"policy\":{\"changed\":1}}", "'changed' of the verdict is not true or false" },
        { "{\"override\":{}}", "'override' of the verdict has no 'reason'" },
        { "{\"coverage\":{\"lines\":{\"covered\":1}}}",
          "'lines' of the verdict has no 'total'" },
        { "{\"coverage\":{\"branches\":[]}}", "'branches' of the verdict is not an object" },
        { "{\"coverage\":{\"functions\":[]}}", "'functions' of the verdict is not an object" },
        { "{\"subjects\":[{\"digest\":\"a\"}]}",
          "'subjects' of the verdict has no 'algorithm'" },
        { "{\"evidence\":[{}]}", "'evidence' of the verdict has no 'sha256'" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena arena;
        struct problems problems;
        struct source source;
        struct verdict verdict;
        arena_init(&arena);
        problems_init(&problems);
        assert_false(read_verdict(cases[i].json, &arena, &verdict, &problems, &source));
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.list[0].message.at, cases[i].expected);
        assert_non_null(problems.list[0].at.source);
        problems_release(&problems);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_comes_back_as_it_was_printed),
        cmocka_unit_test(the_result_is_that_of_the_rules_whatever_the_text_says),
        cmocka_unit_test(what_has_another_form_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
