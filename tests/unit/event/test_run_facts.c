/* SPDX-License-Identifier: MIT */
#include "event/run_facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/json.h"

static const char whole[] =
    "{\"version\":\"0.1.0\",\"runId\":\"r1\",\"environment\":\"staging\","
    "\"baseUrl\":\"https://s\",\"configuration\":\"c0\",\"commit\":\"c1\",\"tree\":\"t1\","
    "\"dirty\":true,\"shard\":2,\"shards\":3,\"attempt\":4,\"tags\":\"@a\",\"narrowed\":false,"
    "\"found\":9,\"selected\":8,\"inShard\":7,\"passed\":6,\"flaky\":5,\"skipped\":4,"
    "\"pending\":3,\"failed\":2,\"exitCode\":1,\"interrupted\":true,\"dryRun\":false,"
    "\"startedAt\":\"2026-11-23T10:00:00.000Z\",\"finishedAt\":\"2026-11-23T10:00:01.000Z\","
    "\"services\":[{\"name\":\"api\",\"before\":\"r1\",\"after\":\"r2\"}],"
    "\"artefacts\":[{\"name\":\"app\",\"sha256\":\"ab\"}]}";

static void facts_come_back_as_they_were_printed(void **state)
{
    (void)state;
    struct arena arena;
    struct buffer out;
    const struct json_value *root = NULL;
    struct run_facts facts;
    const char *member = NULL;
    arena_init(&arena);
    buffer_init(&out, 1 << 20);
    assert_true(json_parse_text(TEXT(whole), &arena, &root));
    assert_true(run_facts_read(root, &arena, &facts, &member));
    assert_int_equal(facts.shard_count, 3);
    assert_true(facts.is_interrupted);
    run_facts_print(&out, &facts);
    assert_string_equal(out.at, whole);
    buffer_release(&out);
    arena_release(&arena);
}

/* Without any one member, and with any one of another type. */
static void facts_that_lack_a_member_are_refused_by_its_name(void **state)
{
    (void)state;
    static const char *const keys[] = { "version",  "dirty",     "shards",   "startedAt",
                                        "services", "artefacts", "name",     "after",
                                        "sha256",   "exitCode",  "narrowed", "finishedAt" };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct arena arena;
        const struct json_value *root = NULL;
        struct run_facts facts;
        const char *member = NULL;
        arena_init(&arena);
        struct text key = arena_format(&arena, "\"%s\":", keys[i]);
        char *broken = arena_string(&arena, TEXT(whole));
        size_t at = text_find(TEXT(whole), key, 0);
        broken[at + 1] = 'X';
        assert_true(json_parse_text(text_of(broken), &arena, &root));
        assert_false(run_facts_read(root, &arena, &facts, &member));
        assert_string_equal(member, keys[i]);
        arena_release(&arena);
    }
}

static void facts_of_another_type_are_refused(void **state)
{
    (void)state;
    static const char *const cases[] = { "[]", "{\"version\":1}", "null" };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena arena;
        const struct json_value *root = NULL;
        struct run_facts facts;
        const char *member = NULL;
        arena_init(&arena);
        assert_true(json_parse_text(text_of(cases[i]), &arena, &root));
        assert_false(run_facts_read(root, &arena, &facts, &member));
        assert_string_equal(member, "version");
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_come_back_as_they_were_printed),
        cmocka_unit_test(facts_that_lack_a_member_are_refused_by_its_name),
        cmocka_unit_test(facts_of_another_type_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
