/* SPDX-License-Identifier: MIT */
#include "config/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "support/problem_text.h"

static const char sketch[] =
    "version: 1\n"
    "scenarios: scenarios/\n"
    "output: bddrun-out/\n"
    "reports: [junit:junit.xml, message:run.ndjson]\n"
    "variables: {currency: AUD}\n"
    "env: [CI_COMMIT_SHA, NOT_SET]\n"
    "secrets:\n"
    "  player_password: {env: PLAYER_PASSWORD}\n"
    "  reverb_key: {file: /nonexistent/reverb_key}\n"
    "commands: {seed: [php, artisan, \"db:seed\", \"--class=Arena\"]}\n"
    "default_environment: staging\n"
    "environments:\n"
    "  staging:\n"
    "    url: https://staging.arena.test/\n"
    "    services: {mail: \"http://mailpit.internal:8025\", rt: "
    "\"wss://rt.staging.arena.test\"}\n"
    "    revision: {at: /version, json: $.commit}\n"
    "    lease: /_test/lease\n"
    "    tls: {ca: certs/internal.pem}\n"
    "    headers: {X-Test-Run: \"${run.id}\"}\n"
    "    csrf: {cookie: XSRF-TOKEN, header: X-XSRF-TOKEN}\n"
    "    sockets: {realtime: {protocol: socketio}, echo: {protocol: pusher, key: "
    "\"${reverb_key}\", "
    "auth: /broadcasting/auth}}\n"
    "    limits: {jobs: 16, request_rate: 200/s, connect: 2 s, response: 10 s, receive: 5 s, "
    "poll: 250 ms, scenario: 60 s, run: 15 min}\n"
    "    accounts: data/players.csv\n"
    "    retry: 0\n"
    "  production:\n"
    "    url: https://arena.example\n"
    "    services: {rt: \"wss://rt.arena.example\"}\n"
    "    read_only: true\n"
    "    limits: {jobs: 2, request_rate: 5/s}\n"
    "components:\n"
    "  omaha:\n"
    "    paths: [app/Games/Omaha/**]\n"
    "    tags: \"@omaha\"\n"
    "    suspend: {command: [php], resume: [php], idle: /api/games/omaha/idle}\n"
    "recordings: {folder: recordings/, environment: production, max_age: 14 days, samples: 3}\n"
    "masks:\n"
    "  - {at: 'JSON \"$..updatedAt\"', assert: date ± 5 s}\n"
    "gate:\n"
    "  policy_from: production\n"
    "  coverage: {lines: {total: 80}, ratchet: production}\n"
    "deploy: {trust: [keys/gate.pub], target: {tree: /srv/arena}}\n"
    "notify: [{webhook: {env: SLACK_URL}, template: slack, on: [promoted]}]\n";

static const char *const frozen_process[] = {
    "HOME=/home/x",
    "CI_COMMIT_SHA=0f78b64",
    "PLAYER_PASSWORD=s3cret",
    NULL,
};

struct fixture {
    struct config config;
    struct problems problems;
    const struct config_settings *settings;
};

static struct fixture fixture;

static int set_up(void **state)
{
    (void)state;
    config_init(&fixture.config, frozen_process);
    problems_init(&fixture.problems);
    fixture.settings = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&fixture.config);
    problems_release(&fixture.problems);
    return 0;
}

static bool make(const char *yaml, const struct settings_request *request)
{
    return config_read(&fixture.config, TEXT("conf/bddrun.yaml"), text_of(yaml),
                       &fixture.problems) &&
           settings_make(&fixture.config, request, &fixture.settings, &fixture.problems);
}

static const struct config_settings *made(const char *yaml,
                                          const struct settings_request *request)
{
    bool is_made = make(yaml, request);
    assert_problems(&fixture.problems, "");
    assert_true(is_made);
    return fixture.settings;
}

static void assert_text(struct text actual, const char *expected)
{
    char copy[500];
    assert_true(actual.size < sizeof copy);
    memcpy(copy, actual.at ? actual.at : "", actual.size);
    copy[actual.size] = '\0';
    assert_string_equal(copy, expected);
}

static void the_whole_sketch_is_read(void **state)
{
    (void)state;
    const struct config_settings *settings = made(sketch, &(struct settings_request){ 0 });
    assert_text(settings->folder, "conf");
    assert_text(settings->config_path, "conf/bddrun.yaml");
    assert_text(settings->scenarios, "conf/scenarios/");
    assert_text(settings->output, "conf/bddrun-out/");
    assert_int_equal(settings->reports.count, 2);
    assert_text(settings->reports.list[1], "message:run.ndjson");
    assert_text(config_pairs_find(&settings->variables, TEXT("currency"))->value, "AUD");
    assert_int_equal(settings->process.count, 1);
    assert_text(settings->process.list[0].value, "0f78b64");
    assert_int_equal(settings->process_names.count, 2);
    assert_int_equal(settings->command_count, 1);
    assert_text(settings_command(settings, TEXT("seed"))->words.list[2], "db:seed");
    assert_null(settings_command(settings, TEXT("sow")));
    assert_int_equal(settings->environment_count, 2);
    assert_text(settings->environment_origin, "default_environment");
}

static void secrets_come_from_the_environment_or_a_file(void **state)
{
    (void)state;
    const struct config_settings *settings = made(sketch, &(struct settings_request){ 0 });
    assert_int_equal(settings->secret_count, 2);
    const struct config_secret *secret = settings_secret(settings, TEXT("player_password"));
    assert_true(secret->source.has_value);
    assert_text(secret->source.value, "s3cret");
    secret = settings_secret(settings, TEXT("reverb_key"));
    assert_false(secret->source.has_value);
    assert_text(secret->source.origin, "file '/nonexistent/reverb_key'");
    assert_null(settings_secret(settings, TEXT("other")));
}

static void an_environment_has_all_its_members(void **state)
{
    (void)state;
    const struct config_settings *settings = made(sketch, &(struct settings_request){ 0 });
    const struct config_environment *staging = settings->environment;
    assert_text(staging->name, "staging");
    assert_text(staging->url, "https://staging.arena.test");
    assert_text(settings->base_url, "https://staging.arena.test");
    assert_text(staging->services.list[1].name, "rt");
    assert_text(staging->revision.at, "/version");
    assert_text(staging->revision.json, "$.commit");
    assert_text(staging->lease, "/_test/lease");
    assert_text(staging->tls.ca, "conf/certs/internal.pem");
    assert_text(staging->headers.list[0].value, "${run.id}");
    assert_text(staging->csrf_cookie, "XSRF-TOKEN");
    assert_text(staging->csrf_header, "X-XSRF-TOKEN");
    assert_int_equal(staging->sockets->count, 2);
    assert_text(staging->accounts, "conf/data/players.csv");
    assert_false(staging->is_read_only);
    assert_true(settings->environments[1].is_read_only);
    const struct config_limits *limits = &settings->limits;
    assert_int_equal(limits->jobs, 16);
    assert_true(limits->request_rate_per_second == 200.0);
    assert_int_equal(limits->connect_ms, 2000);
    assert_int_equal(limits->poll_ms, 250);
    assert_int_equal(limits->step_ms, 30000);
    assert_int_equal(limits->run_ms, 900000);
    assert_int_equal(settings->environments[1].limits.run_ms, 3600000);
}

static void without_a_file_everything_has_its_default(void **state)
{
    (void)state;
    struct settings_request request = { .base_url = TEXT_STATIC("http://127.0.0.1:8080/") };
    bool is_made =
        settings_make(&fixture.config, &request, &fixture.settings, &fixture.problems);
    assert_true(is_made);
    assert_text(fixture.settings->base_url, "http://127.0.0.1:8080");
    assert_text(fixture.settings->base_url_origin, "option '--base-url'");
    assert_text(fixture.settings->folder, ".");
    assert_null(fixture.settings->environment);
    assert_int_equal(fixture.settings->limits.jobs, 8);
    assert_int_equal(fixture.settings->limits.body_bytes, 64 << 20);
    assert_int_equal(fixture.settings->variables.count, 0);
}

static void an_option_wins_over_the_process_and_that_over_the_file(void **state)
{
    (void)state;
    static const char *const process[] = {
        "BDDRUN_ENV=b",     "BDDRUN_BASE_URL=http://x.test",
        "BDDRUN_JOBS=3",    "BDDRUN_VAR_one=two",
        "BDDRUN_VAR_new=5", "BDDRUN_SECRET_token=t0ken",
        "BDDRUN_CONFIG=x",  NULL,
    };
    static const char yaml[] = "variables: {one: file, two: file}\n"
                               "environments:\n"
                               "  a: {url: 'http://a.test'}\n"
                               "  b: {url: 'http://b.test', limits: {jobs: 5}}\n";
    fixture.config.process_environment = process;
    const struct config_settings *settings = made(yaml, &(struct settings_request){ 0 });
    assert_text(settings->environment->name, "b");
    assert_text(settings->environment_origin, "environment variable 'BDDRUN_ENV'");
    assert_text(settings->base_url, "http://x.test");
    assert_int_equal(settings->limits.jobs, 3);
    assert_text(config_pairs_find(&settings->variables, TEXT("one"))->value, "two");
    assert_text(config_pairs_find(&settings->variables, TEXT("two"))->value, "file");
    assert_text(config_pairs_find(&settings->variables, TEXT("new"))->value, "5");
    assert_text(settings_secret(settings, TEXT("token"))->source.value, "t0ken");
    static const struct text definitions[] = { TEXT_STATIC("one=option=x"), TEXT_STATIC("e=") };
    struct settings_request request = { .environment = TEXT("a"),
                                        .base_url = TEXT("http://y.test"),
                                        .definitions = definitions,
                                        .definition_count = 2,
                                        .jobs = 7 };
    assert_true(settings_make(&fixture.config, &request, &settings, &fixture.problems));
    assert_text(settings->environment->name, "a");
    assert_text(settings->base_url, "http://y.test");
    assert_int_equal(settings->limits.jobs, 7);
    assert_text(settings->jobs_origin, "option '-j'");
    assert_text(config_pairs_find(&settings->variables, TEXT("one"))->value, "option=x");
    assert_text(config_pairs_find(&settings->variables, TEXT("e"))->value, "");
}

static void the_only_environment_is_the_one(void **state)
{
    (void)state;
    const struct config_settings *settings =
        made("environments: {a: {url: 'http://a.test'}}\n", &(struct settings_request){ 0 });
    assert_text(settings->environment->name, "a");
}

static void of_several_environments_none_is_chosen_by_itself(void **state)
{
    (void)state;
    const struct config_settings *settings =
        made("environments: {a: {url: 'http://a.test'}, b: {url: 'http://b.test'}}\n",
             &(struct settings_request){ 0 });
    assert_null(settings->environment);
    assert_int_equal(settings->base_url.size, 0);
}

static void an_unknown_environment_is_refused(void **state)
{
    (void)state;
    struct settings_request request = { .environment = TEXT("c") };
    assert_false(make("environments: {a: {url: 'http://a.test'}, b: {url: 'http://b.test'}}\n",
                      &request));
    assert_problems(&fixture.problems, "bddrun: error: unknown environment 'c'\n"
                                       "  hint: bddrun.yaml has 'a', 'b'\n");
    tear_down(state);
    set_up(state);
    assert_false(make("{}\n", &request));
    assert_problems(&fixture.problems,
                    "bddrun: error: unknown environment 'c'\n"
                    "  hint: there are no `environments:`; name a site by --base-url\n");
}

static void a_secret_is_never_taken_as_a_variable(void **state)
{
    (void)state;
    static const struct text definitions[] = { TEXT_STATIC("token=x") };
    struct settings_request request = { .definitions = definitions, .definition_count = 1 };
    assert_false(make("secrets: {token: {env: T}}\n", &request));
    assert_problems(&fixture.problems,
                    "bddrun: error: 'token' is a secret and cannot be a variable\n"
                    "  hint: give it as BDDRUN_SECRET_name, or where `secrets:` says\n");
}

static void bad_definitions_and_names_are_refused(void **state)
{
    (void)state;
    static const struct text definitions[] = { TEXT_STATIC("nothing"), TEXT_STATIC("=x"),
                                               TEXT_STATIC("a.b=x"), TEXT_STATIC("1=x"),
                                               TEXT_STATIC("\xC3\xA9-1=x") };
    struct settings_request request = { .definitions = definitions, .definition_count = 5 };
    assert_false(make("secrets: {a b: {env: T}}\n", &request));
    assert_problems(&fixture.problems, "bddrun: error: bad secret name 'a b'\n"
                                       "  hint: use letters, digits, '_' and '-'\n"
                                       "bddrun: error: option '-D' needs a '=' in 'nothing'\n"
                                       "  hint: write -D name=value\n"
                                       "bddrun: error: bad variable name ''\n"
                                       "  hint: use letters, digits, '_' and '-'\n"
                                       "bddrun: error: bad variable name 'a.b'\n"
                                       "  hint: use letters, digits, '_' and '-'\n"
                                       "bddrun: error: bad variable name '1'\n"
                                       "  hint: use letters, digits, '_' and '-'\n");
}

static void an_unknown_process_variable_is_refused(void **state)
{
    (void)state;
    static const char *const process[] = { "BDDRUN_JOB=3", "BDDRUN_VAR_=x",
                                           "BDDRUN_NOVELTY=", "XBDDRUN_JOBS=3", NULL };
    fixture.config.process_environment = process;
    assert_false(make("{}\n", &(struct settings_request){ 0 }));
    assert_problems(&fixture.problems,
                    "bddrun: error: unknown environment variable 'BDDRUN_JOB'\n"
                    "  hint: did you mean 'BDDRUN_JOBS' or 'BDDRUN_NOW'?\n"
                    "bddrun: error: unknown environment variable 'BDDRUN_NOVELTY'\n"
                    "  hint: `bddrun help` lists the names that begin with BDDRUN_; unset it\n"
                    "bddrun: error: bad variable name ''\n"
                    "  hint: use letters, digits, '_' and '-'\n");
}

static void bad_jobs_and_urls_are_refused(void **state)
{
    (void)state;
    static const char *const process[] = { "BDDRUN_JOBS=many", "BDDRUN_BASE_URL=arena", NULL };
    fixture.config.process_environment = process;
    assert_false(make("{}\n", &(struct settings_request){ 0 }));
    assert_problems(&fixture.problems,
                    "bddrun: error: 'arena' is not an absolute URL\n"
                    "  hint: write it as http://127.0.0.1:8080\n"
                    "bddrun: error: BDDRUN_JOBS is 'many', which is no number of jobs\n"
                    "  hint: write a number from 1 to 1024\n");
    problems_clear(&fixture.problems);
    struct settings_request request = { .jobs = 1025, .base_url = TEXT("http://a") };
    assert_false(make("{}\n", &request));
    assert_problems(&fixture.problems, "bddrun: error: 1025 jobs are too many\n"
                                       "  hint: write a number from 1 to 1024\n");
}

static void reports_need_an_output_folder(void **state)
{
    (void)state;
    assert_false(make("reports: junit:junit.xml\n", &(struct settings_request){ 0 }));
    assert_problems(&fixture.problems,
                    "bddrun: error: 'reports' needs the section 'output' to say where they go\n"
                    "  hint: add `output: bddrun-out/`\n");
}

static void a_host_is_read_only_however_it_is_reached(void **state)
{
    (void)state;
    const struct config_settings *settings =
        made("environments:\n"
             "  staging: {url: 'https://staging.test', services: {x: 'http://127.0.0.1:81'}}\n"
             "  production: {url: 'https://Arena.Example', read_only: true,\n"
             "    services: {rt: 'wss://rt.arena.example', local: 'http://localhost:8080',\n"
             "               six: 'http://[2001:db8::1]:80/'}}\n",
             &(struct settings_request){ 0 });
    static const struct {
        const char *url;
        bool is_read_only;
    } cases[] = {
        { "https://arena.example/login", true },
        { "http://arena.example:8080", true },
        { "http://user:pass@arena.example./x", true },
        { "https://ARENA.EXAMPLE?x", true },
        { "wss://rt.arena.example/ws", true },
        { "https://rt.arena.example#x", true },
        { "http://127.0.0.1:8080/", true },
        { "http://[::1]:8080/", true },
        { "http://127.0.0.1:81/", false },
        { "http://[2001:db8::1]:9/", true },
        { "https://staging.test", false },
        { "https://notarena.example", false },
        { "https://arena.example.evil.test", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_int_equal(settings_is_read_only_host(settings, text_of(cases[i].url)),
                         cases[i].is_read_only);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_whole_sketch_is_read),
        TEST(secrets_come_from_the_environment_or_a_file),
        TEST(an_environment_has_all_its_members),
        TEST(without_a_file_everything_has_its_default),
        TEST(an_option_wins_over_the_process_and_that_over_the_file),
        TEST(the_only_environment_is_the_one),
        TEST(of_several_environments_none_is_chosen_by_itself),
        TEST(an_unknown_environment_is_refused),
        TEST(a_secret_is_never_taken_as_a_variable),
        TEST(bad_definitions_and_names_are_refused),
        TEST(an_unknown_process_variable_is_refused),
        TEST(bad_jobs_and_urls_are_refused),
        TEST(reports_need_an_output_folder),
        TEST(a_host_is_read_only_however_it_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
