/* SPDX-License-Identifier: MIT */
/* Commands here and by a stand-in for ssh, which runs them in a folder named after the host; and
 * trees of such hosts. */
#include "deploy/host_command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "deploy/tree/tree.h"
#include "support/release_fixture.h"

static const char *const environment[] = { "PATH=/usr/bin:/bin", "GREETING=hello", NULL };

static struct release_fixture fixture;
static struct client client;
static struct target_context context;
static struct targets targets;

static int set_up(void **state)
{
    (void)state;
    release_fixture_init_with(
        &fixture, "  target: {tree: arena, hosts: [a, b], ssh: [\"%s/ssh\", x, y], keep: 2}\n");
    release_fixture_write(&fixture, "ssh",
                          "#!/bin/sh\nshift 3\ncd \"$(dirname \"$0\")/$1\" || exit 255\n"
                          "exec sh -c \"$2\"\n");
    assert_int_equal(chmod(release_fixture_path(&fixture, "ssh").at, 0700), 0);
    release_fixture_write(&fixture, "a/arena/releases/1/REVISION", RELEASE_COMMIT_1 "\n");
    release_fixture_write(&fixture, "a/arena/releases/2/REVISION", RELEASE_COMMIT_2 "\n");
    assert_int_equal(
        symlink("releases/1", release_fixture_path(&fixture, "a/arena/current").at), 0);
    assert_true(client_init(&client, clock_real(), &fixture.problems));
    context = (struct target_context){ .arena = &fixture.arena,
                                       .client = &client,
                                       .process_environment = environment,
                                       .user = TEXT("ann o'hara") };
    const struct deploy_settings *settings = deploy_settings(&fixture.config);
    targets = targets_make(settings->target.list, settings->target.count, &context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    client_release(&client);
    release_fixture_release(&fixture);
    return 0;
}

static struct host_answer run(struct text host, const struct text *words, size_t count)
{
    const struct target_settings *settings = targets.list[0].settings;
    struct host_command command = {
        .host = host,
        .ssh = &settings->ssh,
        .folder = host.size > 0 ? TEXT_EMPTY : text_of(fixture.folder),
        .words = words,
        .word_count = count,
        .variables = { { "A", TEXT("1 2") }, { "B", TEXT("it's") } },
        .environment = environment,
        .limit_ms = 60000
    };
    struct host_answer answer;
    assert_true(
        host_command_run(&command, &client.loop, &fixture.arena, &answer, &fixture.problems));
    assert_true(answer.is_in_time);
    return answer;
}

static void words_and_variables_arrive_as_they_are(void **state)
{
    (void)state;
    const struct text words[] = { TEXT("printf"), TEXT("%s|"),     TEXT("a b"),
                                  TEXT("it's"),   TEXT("$HOME *"), TEXT("") };
    const struct text variables[] = { TEXT("sh"), TEXT("-c"),
                                      TEXT("printf '%s %s %s' \"$A\" \"$B\" \"$GREETING\"") };
    static const char *const hosts[] = { "", "a" };
    for (size_t i = 0; i < ARRAY_SIZE(hosts); i++) {
        struct host_answer answer = run(text_of(hosts[i]), words, ARRAY_SIZE(words));
        assert_true(text_is(answer.output, "a b|it's|$HOME *||"));
        answer = run(text_of(hosts[i]), variables, ARRAY_SIZE(variables));
        assert_true(text_is(answer.output, "1 2 it's hello"));
    }
    assert_true(text_is(host_words(words, ARRAY_SIZE(words), &fixture.arena),
                        "printf '%s|' 'a b' 'it'\\''s' '$HOME *' ''"));
}

static void what_a_command_said_last_is_kept(void **state)
{
    (void)state;
    const struct text words[] = { TEXT("sh"), TEXT("-c"),
                                  TEXT("echo out; echo err >&2; exit 3") };
    const struct text quiet[] = { TEXT("sh"), TEXT("-c"),
                                  TEXT("echo one; echo two; echo; exit 4") };
    struct host_answer answer = run(TEXT_EMPTY, words, ARRAY_SIZE(words));
    assert_int_equal(answer.code, 3);
    assert_true(text_is(host_last_line(&answer), "err"));
    answer = run(TEXT("a"), quiet, ARRAY_SIZE(quiet));
    assert_int_equal(answer.code, 4);
    assert_true(text_is(host_last_line(&answer), "two"));
}

static void refused(bool is_done, const char *message)
{
    assert_false(is_done);
    struct text said = arena_text(&fixture.arena, fixture.problems.list[0].message);
    assert_true(text_ends_with(said, text_of(message)));
    problems_clear(&fixture.problems);
}

static void a_tree_on_a_host_is_switched_and_marked(void **state)
{
    (void)state;
    struct target *a = &targets.list[0];
    struct text live;
    struct target_release release;
    struct target_wish wish = { .commit = TEXT(RELEASE_COMMIT_2) };
    release_fixture_write(&fixture, "a/arena/.dep/releases_log", "{\"release_name\":\"1\"}\n");
    release_fixture_write(&fixture, "a/arena/.dep/latest_release", "1\n");
    assert_true(target_tree.prepare(a, &fixture.problems));
    assert_true(target_tree.find(a, &wish, &release, &fixture.problems));
    assert_true(text_is(release.name, "2"));
    assert_int_equal(target_tree.lock(a, &fixture.problems), TARGET_FREE);
    assert_int_equal(target_tree.lock(a, &fixture.problems), TARGET_FREE); /* ours */
    assert_int_equal(target_tree.switch_to(a, &release, TEXT("1"), &fixture.problems),
                     TARGET_DONE);
    assert_true(target_tree.current(a, &live, &fixture.problems));
    assert_true(text_is(live, "2"));
    assert_true(text_is(release_fixture_read(&fixture, "a/arena/.dep/latest_release"), "2\n"));
    assert_true(text_contains(release_fixture_read(&fixture, "a/arena/.dep/releases_log"),
                              TEXT("\"user\":\"ann o'hara\"")));
    struct text previous;
    assert_true(target_tree.previous(a, &previous, &fixture.problems));
    assert_true(text_is(previous, "1"));
    struct target_release one = { .name = TEXT("1") };
    assert_int_equal(target_tree.go_back(a, &one, TEXT("2"), &fixture.problems), TARGET_DONE);
    assert_true(text_ends_with(release_fixture_read(&fixture, "a/arena/releases/2/BAD_RELEASE"),
                               TEXT(",ann o'hara\n")));
    refused(target_tree.find(a, &wish, &release, &fixture.problems),
            "no release of commit '" RELEASE_COMMIT_2 "'");
    target_tree.unlock(a);
    target_tree.unlock(a);
    assert_false(file_exists(release_fixture_path(&fixture, "a/arena/.bddrun.lock")));
}

static void old_releases_of_a_host_are_removed(void **state)
{
    (void)state;
    struct target *a = &targets.list[0];
    release_fixture_write(&fixture, "a/arena/.dep/latest_release", "2\n");
    release_fixture_write(&fixture, "a/arena/releases/3/x", "");
    release_fixture_write(&fixture, "a/arena/releases/0/x", "");
    assert_true(target_tree.clean(a, TEXT("2"), &fixture.problems));
    assert_true(file_exists(release_fixture_path(&fixture, "a/arena/releases/1")));
    assert_true(file_exists(release_fixture_path(&fixture, "a/arena/releases/2")));
    assert_true(file_exists(release_fixture_path(&fixture, "a/arena/releases/3")));
    assert_false(file_exists(release_fixture_path(&fixture, "a/arena/releases/0")));
}

static void what_is_wrong_on_a_host_names_it(void **state)
{
    (void)state;
    struct target *a = &targets.list[0];
    struct target *b = &targets.list[1];
    struct target_release release;
    struct target_wish wish = { .release = TEXT("9") };
    struct text live;
    assert_false(target_tree.current(b, &live, &fixture.problems));
    assert_true(text_starts_with(fixture.problems.list[0].message,
                                 TEXT("tree arena on b: failed with code 255")));
    problems_clear(&fixture.problems);
    assert_int_equal(target_tree.lock(b, &fixture.problems), TARGET_NO_HOLD);
    problems_clear(&fixture.problems);
    refused(target_tree.find(a, &wish, &release, &fixture.problems),
            "release '9' is not there");
    release_fixture_write(&fixture, "a/arena/releases/4", "x");
    wish.release = TEXT("4");
    refused(target_tree.find(a, &wish, &release, &fixture.problems),
            "release '4' is a file, not a folder");
    release_fixture_write(&fixture, "a/arena/releases/5/DIRTY_RELEASE", "x");
    wish.release = TEXT("5");
    refused(target_tree.find(a, &wish, &release, &fixture.problems),
            "release '5' is marked as not complete: DIRTY_RELEASE");
    release_fixture_write(&fixture, "a/arena/deploy.lock", "x");
    assert_int_equal(target_tree.lock(a, &fixture.problems), TARGET_HELD);
    problems_clear(&fixture.problems);
    assert_int_equal(unlink(release_fixture_path(&fixture, "a/arena/deploy.lock").at), 0);
    release_fixture_write(&fixture, "a/arena/.bddrun.lock", "bob");
    assert_int_equal(target_tree.lock(a, &fixture.problems), TARGET_HELD);
    assert_true(text_ends_with(fixture.problems.list[0].message, TEXT("locked by bob")));
    problems_clear(&fixture.problems);
    release_fixture_write(&fixture, "a/arena/revisions.log", "x\n");
    assert_int_equal(unlink(release_fixture_path(&fixture, "a/arena/current").at), 0);
    release_fixture_write(&fixture, "a/arena/current/x", "x");
    refused(target_tree.current(a, &live, &fixture.problems),
            "'current' is a folder, not a symbolic link");
    struct buffer out;
    buffer_init(&out, 1000);
    target_tree.describe(a, TEXT("2"), &out);
    assert_string_equal(out.at, "point arena/current at releases/2 on a");
    buffer_release(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(words_and_variables_arrive_as_they_are),  TEST(what_a_command_said_last_is_kept),
        TEST(a_tree_on_a_host_is_switched_and_marked), TEST(old_releases_of_a_host_are_removed),
        TEST(what_is_wrong_on_a_host_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
