/* SPDX-License-Identifier: MIT */
#include "deploy/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "deploy/target.h"

static struct config config;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    static const char *const environment[] = { "HOOK=https://x/1", NULL };
    problems_init(&problems);
    config_init(&config, environment);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    problems_release(&problems);
    return 0;
}

static bool read_yaml(const char *yaml)
{
    return config_read(&config, TEXT("bddrun.yaml"), text_of(yaml), &problems);
}

static void every_key_is_read(void **state)
{
    (void)state;
    assert_true(read_yaml(
        "deploy:\n"
        "  trust: keys/a.pub\n"
        "  override_trust: [keys/b.pub, /keys/c.pub]\n"
        "  policy: sha256:4444444444444444444444444444444444444444444444444444444444444444\n"
        "  max_age: 6 h\n"
        "  environment: live\n"
        "  target:\n"
        "    - {tree: /srv/web, hosts: [a, b], ssh: [ssh, -p, \"2222\"], keep: 3, current: "
        "live}\n"
        "    - {image: registry.example/web, tag: live}\n"
        "    - {webhook: {env: HOOK}, kind: forge}\n"
        "    - {command: [./go], back: [./back], shows: [./show], within: 1 min}\n"
        "  before_switch: [[a, b], [c]]\n"
        "  after_switch: []\n"
        "  command_limit: 5 s\n"
        "  idle_limit: 2 s\n"
        "  verify: {marker: 10, urls: [\"http://a\"], scenarios: \"@smoke\", within: 1 min}\n"
        "  journal: /var/lib/bddrun\n"));
    const struct deploy_settings *settings = deploy_settings(&config);
    const struct target_settings *target = settings->target.list;
    assert_true(text_ends_with(settings->trust.list[0], TEXT("keys/a.pub")));
    assert_true(text_is(settings->override_trust.list[1], "/keys/c.pub"));
    assert_int_equal(settings->policy.list[0].size, 64);
    assert_int_equal(settings->max_age_ms, 6 * 3600 * 1000);
    assert_int_equal(settings->target.count, 4);
    assert_int_equal(target[0].hosts.count, 2);
    assert_int_equal(target[0].keep, 3);
    assert_true(text_is(target[1].tag, "live"));
    assert_true(text_is(target[2].type, "webhook"));
    assert_int_equal(target[3].within_ms, 60000);
    const struct config_texts *before = settings->before_switch.list;
    assert_int_equal(settings->before_switch.count, 2);
    assert_int_equal(before[0].count, 2);
    assert_int_equal(settings->after_switch.count, 0);
    assert_int_equal(settings->verify.marker, 10);
    struct arena arena;
    arena_init(&arena);
    assert_true(text_is(deploy_journal_folder(settings, &config, &arena), "/var/lib/bddrun"));
    struct target_context context = { .arena = &arena };
    struct targets targets = targets_make(target, 4, &context);
    assert_int_equal(targets.count, 5);
    assert_true(text_is(targets.list[1].name, "tree /srv/web on b"));
    assert_true(text_is(targets.list[2].name, "image registry.example/web:live"));
    assert_true(text_is(targets.list[3].name, "webhook environment variable 'HOOK'"));
    assert_true(text_is(targets.list[4].name, "command ./go"));
    arena_release(&arena);
}

static void the_journal_lies_in_the_tree_or_beside_the_configuration(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_true(read_yaml("deploy: {target: {tree: /srv/web}}\n"));
    assert_true(text_is(deploy_journal_folder(deploy_settings(&config), &config, &arena),
                        "/srv/web/.bddrun"));
    config_release(&config);
    config_init(&config, NULL);
    assert_true(read_yaml("deploy: {target: {command: [go]}}\n"));
    assert_true(text_ends_with(deploy_journal_folder(deploy_settings(&config), &config, &arena),
                               TEXT(".bddrun")));
    arena_release(&arena);
}

static void what_is_wrong_is_shown_at_its_place(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "deploy: {}\n",
        "deploy: {target: {}}\n",
        "deploy: {target: []}\n",
        "deploy: {target: {tree: /a, image: b}}\n",
        "deploy: {target: {tree: /a, tag: b}}\n",
        "deploy: {target: {tree: /a, kepp: 2}}\n",
        "deploy: {target: {tree: /a, keep: 1}}\n",
        "deploy: {target: {tree: /a}, before_switch: go}\n",
        "deploy: {target: {tree: /a}, before_switch: [go]}\n",
        "deploy: {target: {tree: /a}, before_switch: [[[x]]]}\n",
        "deploy: {target: {tree: /a}, policy: abc}\n",
        "deploy: {target: {tree: /a}, policy: {}}\n",
        "deploy: {target: {tree: /a}, trust: {}}\n",
        "deploy: {target: {tree: /a}, verify: {marker: 2000}}\n",
        "deploy: {target: {webhook: {env: HOOK}, kind: ftp}}\n",
    };
    struct buffer all;
    buffer_init(&all, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        assert_false(read_yaml(wrong[i]));
        struct position at =
            source_position(problems.list[0].at.source, problems.list[0].at.start);
        buffer_add_format(&all, "%zu:%zu %.*s\n", at.line, at.column,
                          TEXT_ARG(problems.list[0].message));
        problems_clear(&problems);
        config_release(&config);
        config_init(&config, NULL);
    }
    assert_string_equal(
        all.at, "1:1 key 'target' is missing in deploy\n"
                "1:18 expected a target: tree, image, webhook or command, found a map\n"
                "1:18 expected a target: tree, image, webhook or command, found a list\n"
                "1:18 expected one of tree, image, webhook and command, found a map\n"
                "1:29 'tag' has no meaning for a target of type 'tree'\n"
                "1:29 unknown key 'kepp' in a target\n"
                "1:35 expected a whole number from 2 to 10000, found '1'\n"
                "1:45 expected a list of commands, each a list of words, found 'go'\n"
                "1:46 expected a command: a list of words, found 'go'\n"
                "1:47 expected text, found a list\n"
                "1:38 expected the SHA-256 of a policy, found 'abc'\n"
                "1:38 expected a list of texts, found a map\n"
                "1:37 expected a list of texts, found a map\n"
                "1:47 expected a whole number from 0 to 1000, found '2000'\n"
                "1:47 expected one of the known words, found 'ftp'\n");
    buffer_release(&all);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_key_is_read),
        TEST(the_journal_lies_in_the_tree_or_beside_the_configuration),
        TEST(what_is_wrong_is_shown_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
