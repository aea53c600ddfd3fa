/* SPDX-License-Identifier: MIT */
#include "record/import/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/file_write.h"
#include "redact/redaction.h"
#include "redact/secrets.h"
#include "steps/vocabulary.h"
#include "support/feature.h"
#include "support/problem_text.h"

#define FEATURE                                                                                \
    TEXT("Feature: f\n"                                                                        \
         "  Scenario: lobby\n"                                                                 \
         "    When alice sends GET \"/api/lobby?x=1\"\n"                                       \
         "    And alice sends GET \"/api/tables/${table}\"\n"                                  \
         "    And alice opens the \"table\" socket at \"/realtime?ticket=${ticket}\"\n"        \
         "    And alice sends GET \"/api/lobby\"\n"                                            \
         "    And afterwards alice sends DELETE \"/api/tables/1\"\n"                           \
         "  Scenario: others\n"                                                                \
         "    When at the same time:\n"                                                        \
         "      | alice sends GET \"https://shop.test/old\" |\n"                               \
         "      | bob sends POST \"/api/x\"                 |\n"                               \
         "    And alice opens a socket at \"/plain\"\n"                                        \
         "    And alice opens the \"ticks\" event stream at \"/sse\"\n"                        \
         "    And alice sends GET \"/api/lobby\"\n")

struct fixture {
    struct feature_fixture feature;
    struct arena arena;
    struct problems problems;
    struct parameter_types *types;
    struct registry *registry;
    struct redaction_key key;
    struct redaction_rules rules;
    struct secrets secrets;
    struct redaction *redaction;
    struct import import;
    struct import_scenario scenarios[2];
    char folder[64];
};

static void init(struct fixture *fixture, struct text feature)
{
    *fixture = (struct fixture){ .rules = { .is_allow_list = true } };
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/bddrun-import-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    secrets_init(&fixture->secrets);
    feature_init(&fixture->feature, feature);
    fixture->types = vocabulary_types_new();
    fixture->registry = vocabulary_registry_new(fixture->types);
    redaction_key_make(&fixture->key, TEXT("0123456789abcdef0123"), &fixture->arena);
    fixture->redaction = redaction_new(&fixture->key, &fixture->rules, &fixture->secrets);
    import_init(&fixture->import);
    fixture->import.store = (struct store){ text_of(fixture->folder), TEXT(".") };
    fixture->import.redaction = fixture->redaction;
    fixture->import.scenarios = fixture->scenarios;
    fixture->import.scenario_count = fixture->feature.pickles.count;
    for (size_t i = 0; i < fixture->feature.pickles.count; i++) {
        struct import_scenario *scenario = &fixture->scenarios[i];
        scenario->feature = TEXT("f.feature");
        scenario->pickle = &fixture->feature.pickles.list[i];
        wanted_init(&scenario->wanted, scenario->pickle, fixture->registry, &fixture->arena);
    }
}

static void release(struct fixture *fixture)
{
    static const char *const names[] = { "f/lobby.har", "f/others.har", "x.har", "f" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text path =
            path_join(&fixture->arena, text_of(fixture->folder), text_of(names[i]));
        remove(path.at);
    }
    rmdir(fixture->folder);
    import_release(&fixture->import);
    redaction_free(fixture->redaction);
    registry_free(fixture->registry);
    parameter_types_free(fixture->types);
    feature_release(&fixture->feature);
    secrets_release(&fixture->secrets);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
}

static void assert_wanted(const struct wanted *wanted, const char *method, const char *path,
                          const char *socket, uint32_t line)
{
    assert_true(text_is(wanted->method, method));
    assert_true(text_is(wanted->path, path));
    assert_true(text_is(wanted->socket, socket));
    assert_int_equal(wanted->line, line);
}

static void steps_say_what_a_scenario_asks_for(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, FEATURE);
    const struct wanted_list *first = &fixture.scenarios[0].wanted;
    const struct wanted_list *second = &fixture.scenarios[1].wanted;
    assert_int_equal(first->count, 5);
    assert_wanted(&first->list[0], "GET", "/api/lobby", "", 3);
    assert_wanted(&first->list[1], "GET", "/api/tables/${table}", "", 4);
    assert_wanted(&first->list[2], "GET", "/realtime", "table", 5);
    assert_true(first->list[2].is_socket);
    assert_wanted(&first->list[4], "DELETE", "/api/tables/1", "", 7);
    assert_int_equal(second->count, 5);
    assert_wanted(&second->list[0], "GET", "/old", "", 9);
    assert_wanted(&second->list[1], "POST", "/api/x", "", 9);
    assert_wanted(&second->list[2], "GET", "/plain", "", 12);
    assert_wanted(&second->list[3], "GET", "/sse", "ticks", 13);
    release(&fixture);
}

static void a_hole_in_a_path_may_be_anything(void **state)
{
    static const struct {
        const char *written;
        const char *path;
        const char *prefix;
        bool fits;
    } cases[] = {
        { "/a", "/a", "", true },
        { "/a", "/ab", "", false },
        { "/ab", "/a", "", false },
        { "/t/${id}", "/t/7", "", true },
        { "/t/${id}", "/t/", "", true },
        { "/t/${id}", "/x/7", "", false },
        { "/t/${id}/x", "/t/7/x", "", true },
        { "/t/${id}/x", "/t/7/y", "", false },
        { "/t/${a.${b}}/x", "/t/7/x", "", true },
        { "/${a}/m/${b}", "/1/m/2", "", true },
        { "/${a}/m/${b}", "/1/n/2", "", false },
        { "${url}", "/any", "", true },
        { "/${a", "/1", "", true },
        { "/x${a}x", "/x", "", false },
        { "/api", "/app/api", "/app", true },
        { "/api", "/app/api", "", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(wanted_path_fits(text_of(cases[i].written), text_of(cases[i].path),
                                          text_of(cases[i].prefix)),
                         cases[i].fits);
    }
}

#define ASKED(second, method, url, rest)                                                       \
    "{\"startedDateTime\":\"2026-11-23T10:00:" second "Z\",\"request\":{\"method\":\"" method  \
    "\",\"url\":\"" url "\"}" rest "}"
#define OK(text) ",\"response\":{\"status\":200,\"content\":{\"text\":\"" text "\"}}"
#define SAID                                                                                   \
    ",\"_resourceType\":\"websocket\",\"response\":{\"status\":101},\"_webSocketMessages\":["  \
    "{\"type\":\"receive\",\"time\":1795428001,\"opcode\":1,\"data\":\"hello\"}]"

#define SESSION                                                                                                                                                                                                  \
    "{\"log\":{\"creator\":{\"name\":\"Firefox\",\"version\":\"9\"},\"entries\":[" ASKED("00", "GET", "https://shop.test/api/lobby?y=2", OK("first")) "," ASKED(                                                 \
        "01", "GET", "https://cdn.test/app.js",                                                                                                                                                                  \
        OK("js")) "," ASKED("02", "GET",                                                                                                                                                                         \
                            "https:/"                                                                                                                                                                            \
                            "/shop."                                                                                                                                                                             \
                            "test/"                                                                                                                                                                              \
                            "api/"                                                                                                                                                                               \
                            "tables/"                                                                                                                                                                            \
                            "7",                                                                                                                                                                                 \
                            OK("tab"                                                                                                                                                                             \
                               "l"                                                                                                                                                                               \
                               "e")) "," ASKED("03", "GET",                                                                                                                                                      \
                                               "https://shop.test/realtime?ticket=s3cret",                                                                                                                       \
                                               SAID) "," ASKED("04", "GET",                                                                                                                                      \
                                                               "https://shop.test/api/lobby",                                                                                                                    \
                                                               OK("second")) "," ASKED("05",                                                                                                                     \
                                                                                       "GET",                                                                                                                    \
                                                                                       "http"                                                                                                                    \
                                                                                       "s://"                                                                                                                    \
                                                                                       "shop"                                                                                                                    \
                                                                                       ".tes"                                                                                                                    \
                                                                                       "t/"                                                                                                                      \
                                                                                       "old",                                                                                                                    \
                                                                                       ",\"r"                                                                                                                    \
                                                                                       "espo"                                                                                                                    \
                                                                                       "nse"                                                                                                                     \
                                                                                       "\":{"                                                                                                                    \
                                                                                       "\"st"                                                                                                                    \
                                                                                       "atus"                                                                                                                    \
                                                                                       "\":"                                                                                                                     \
                                                                                       "302,"                                                                                                                    \
                                                                                       "\"he"                                                                                                                    \
                                                                                       "ader"                                                                                                                    \
                                                                                       "s\":"                                                                                                                    \
                                                                                       "[{"                                                                                                                      \
                                                                                       "\"na"                                                                                                                    \
                                                                                       "me\""                                                                                                                    \
                                                                                       ":\"L"                                                                                                                    \
                                                                                       "ocat"                                                                                                                    \
                                                                                       "ion"                                                                                                                     \
                                                                                       "\","                                                                                                                     \
                                                                                       "\"va"                                                                                                                    \
                                                                                       "lue"                                                                                                                     \
                                                                                       "\":"                                                                                                                     \
                                                                                       "\"/"                                                                                                                     \
                                                                                       "new"                                                                                                                     \
                                                                                       "\"}]"                                                                                                                    \
                                                                                       "}") "," ASKED("06",                                                                                                      \
                                                                                                      "GET",                                                                                                     \
                                                                                                      "https://shop.test/new",                                                                                   \
                                                                                                      OK("new")) "," ASKED("07",                                                                                 \
                                                                                                                           "GET",                                                                                \
                                                                                                                           "https://shop.test/sse",                                                              \
                                                                                                                           ",\"response\":{\"status\":200,\"headers\":[{\"name\":\"content-type\",\"value\":"    \
                                                                                                                           "\"text/event-stream\"}]}") "," ASKED("08",                                           \
                                                                                                                                                                 "GET",                                          \
                                                                                                                                                                 "https://shop.test/extra",                      \
                                                                                                                                                                 OK("")) "," ASKED("09",                         \
                                                                                                                                                                                   "GET",                        \
                                                                                                                                                                                   "data:image/png;base64,AAAA", \
                                                                                                                                                                                   OK("")) "]}}"

static bool map(struct fixture *fixture, const char *file)
{
    struct text path = path_join(&fixture->arena, text_of(fixture->folder), TEXT("x.har"));
    assert_true(file_replace(path, text_of(file), &fixture->problems));
    return import_map(&fixture->import, path, &fixture->problems);
}

/* "GET /a 200 text|…" of a recording. */
static const char *listed(struct fixture *fixture, const struct recording *recording)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < recording->count; i++) {
        const struct exchange *exchange = recording->list[i].exchange;
        const struct conversation *conversation = recording->list[i].conversation;
        struct text url = exchange->request.url;
        buffer_add(&out, text_slice(url, 0, text_find_byte(url, '?', 0)));
        if (conversation) {
            buffer_add_format(&out, " [%.*s %zu]", TEXT_ARG(conversation->name),
                              conversation->count);
        }
        buffer_add_byte(&out, '|');
    }
    struct text kept = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return kept.at;
}

static void entries_go_to_the_scenarios_that_ask_for_them(void **state)
{
    static const struct {
        const char *reason;
        const char *example;
    } left[] = {
        { "another host: cdn.test", "GET /app.js" },
        { "no URL of http, https, ws or wss", "GET data" },
        { "no step of the scenarios asks for it", "GET /extra" },
    };
    (void)state;
    struct fixture fixture;
    struct text host = TEXT("shop.test");
    init(&fixture, FEATURE);
    fixture.import.hosts = &host;
    fixture.import.host_count = 1;
    assert_true(map(&fixture, SESSION));
    const struct import_scenario *first = &fixture.scenarios[0];
    const struct import_scenario *second = &fixture.scenarios[1];
    assert_string_equal(listed(&fixture, &first->recording),
                        "https://shop.test/api/lobby|https://shop.test/api/tables/7|"
                        "wss://shop.test/realtime [table 1]|https://shop.test/api/lobby|");
    assert_int_equal(first->missing_count, 1);
    assert_true(text_is(first->missing[0]->method, "DELETE"));
    assert_string_equal(listed(&fixture, &second->recording),
                        "https://shop.test/api/lobby|https://shop.test/old|"
                        "https://shop.test/new|https://shop.test/sse|");
    assert_int_equal(second->missing_count, 2);
    assert_int_equal(fixture.import.left_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(fixture.import.left[i].reason.at, left[i].reason);
        assert_string_equal(fixture.import.left[i].example.at, left[i].example);
        assert_int_equal(fixture.import.left[i].count, 1);
    }
    release(&fixture);
}

static void what_is_taken_is_redacted_and_written(void **state)
{
    (void)state;
    struct fixture fixture;
    struct text written;
    init(&fixture, FEATURE);
    assert_true(map(&fixture, SESSION));
    assert_true(import_write(&fixture.import, &fixture.problems));
    assert_true(file_read(fixture.scenarios[0].path, 1 << 20, &fixture.arena, &written,
                          &fixture.problems));
    assert_false(text_contains(written, TEXT("s3cret")));
    assert_true(text_contains(written, TEXT("redacted")));
    assert_true(text_contains(written, TEXT("\"comment\":\"from Firefox 9\"")));
    assert_true(text_contains(written, TEXT("\"recordedAt\":\"2026-11-23T10:00:00.000Z\"")));
    assert_true(text_ends_with(fixture.scenarios[0].path, TEXT("/f/lobby.har")));
    release(&fixture);
}

static void paths_and_hosts_choose(void **state)
{
    static const struct {
        const char *host;
        const char *path;
        size_t count;
    } cases[] = {
        { "shop.test", NULL, 8 },     { "SHOP.test:443", NULL, 8 }, { "shop.test:80", NULL, 0 },
        { "shop.test:x", NULL, 0 },   { "*.test", NULL, 9 },        { "*.shop.test", NULL, 0 },
        { "shop.test", "api/**", 3 }, { "shop.test", "old", 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        struct glob glob;
        const char *reason;
        struct text host = text_of(cases[i].host);
        init(&fixture, FEATURE);
        fixture.import.hosts = &host;
        fixture.import.host_count = 1;
        if (cases[i].path) {
            assert_true(glob_parse(text_of(cases[i].path), &fixture.arena, &glob, &reason));
            fixture.import.paths = (struct globs){ &glob, 1 };
        }
        assert_true(map(&fixture, SESSION));
        assert_int_equal(fixture.import.source.count, cases[i].count);
        release(&fixture);
    }
}

static void all_of_a_file_may_be_taken_for_one_scenario(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, FEATURE);
    fixture.import.scenario_count = 1;
    fixture.import.takes_all = true;
    assert_true(map(&fixture, SESSION));
    assert_int_equal(fixture.scenarios[0].recording.count, 9);
    assert_int_equal(fixture.import.left_count, 1);
    fixture.import.scenario_count = 2;
    wanted_release(&fixture.scenarios[1].wanted);
    fixture.import.scenario_count = 1;
    release(&fixture);
}

static void a_redirect_loop_ends(void **state)
{
#define AGAIN(second)                                                                          \
    ASKED(second, "GET", "https://shop.test/old",                                              \
          ",\"response\":{\"status\":302,\"headers\":[{\"name\":\"Location\",\"value\":"       \
          "\"/old\"}]}")
    (void)state;
    struct fixture fixture;
    init(&fixture, FEATURE);
    assert_true(map(
        &fixture, "{\"log\":{\"entries\":[" AGAIN("00") "," AGAIN("01") "," AGAIN("02") "]}}"));
    assert_int_equal(fixture.scenarios[1].recording.count, 3);
    release(&fixture);
}

static void a_file_that_is_no_har_is_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, FEATURE);
    assert_false(map(&fixture, "{}"));
    assert_true(problems_has_error(&fixture.problems));
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_say_what_a_scenario_asks_for),
        cmocka_unit_test(a_hole_in_a_path_may_be_anything),
        cmocka_unit_test(entries_go_to_the_scenarios_that_ask_for_them),
        cmocka_unit_test(what_is_taken_is_redacted_and_written),
        cmocka_unit_test(paths_and_hosts_choose),
        cmocka_unit_test(all_of_a_file_may_be_taken_for_one_scenario),
        cmocka_unit_test(a_redirect_loop_ends),
        cmocka_unit_test(a_file_that_is_no_har_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
