/* SPDX-License-Identifier: MIT */
#include "deploy/tree/tree.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/file_write.h"
#include "support/release_fixture.h"

enum { SWITCHES = 100000 };

static struct release_fixture fixture;
static struct client client;
static struct target_context context;
static struct targets targets;
static struct target *target;

static int set_up(void **state)
{
    (void)state;
    release_fixture_init(&fixture);
    assert_true(client_init(&client, clock_real(), &fixture.problems));
    context = (struct target_context){ .arena = &fixture.arena,
                                       .client = &client,
                                       .user = TEXT("ann") };
    const struct deploy_settings *settings = deploy_settings(&fixture.config);
    targets = targets_make(settings->target.list, settings->target.count, &context);
    target = &targets.list[0];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    client_release(&client);
    release_fixture_release(&fixture);
    return 0;
}

/* Opens a file through the link until the pipe is closed; the exit code says whether one failed. */
static pid_t start_reader(const char *path, int pipe_end, int other_end)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char byte;
        close(other_end); /* or the pipe would never end */
        bool has_failed = false;
        fcntl(pipe_end, F_SETFL, O_NONBLOCK);
        while (read(pipe_end, &byte, 1) != 0) {
            for (int i = 0; i < 100; i++) {
                int file = open(path, O_RDONLY | O_CLOEXEC);
                has_failed = has_failed || file < 0;
                if (file >= 0) {
                    close(file);
                }
            }
        }
        _exit(has_failed);
    }
    return child;
}

/* In memory where there is such a folder: a disk would be measured, and not the switch. */
static void a_hundred_thousand_switches_fail_no_reader(void **state)
{
    (void)state;
    int ends[2];
    pid_t readers[2];
    char place[] = "/dev/shm/bddrun-tree-XXXXXX";
    bool is_in_memory = mkdtemp(place) != NULL;
    const char *tree = is_in_memory ? place : fixture.folder;
    int folder = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct text path = arena_format(&fixture.arena, "%s/current/file", tree);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    for (int i = 1; i <= 2; i++) {
        struct text file = arena_format(&fixture.arena, "%s/releases/%d/file", tree, i);
        assert_true(file_replace(file, TEXT("x"), &fixture.problems));
    }
    assert_int_equal(symlinkat("releases/1", folder, "current"), 0);
    for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
        readers[i] = start_reader(path.at, ends[0], ends[1]);
    }
    for (size_t i = 0; i < (is_in_memory ? SWITCHES : SWITCHES / 10); i++) {
        assert_true(tree_point(folder, ".bddrun-next", "current",
                               i % 2 ? "releases/1" : "releases/2", NULL));
    }
    close(ends[1]);
    close(ends[0]);
    for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
        int status = 0;
        assert_int_equal(waitpid(readers[i], &status, 0), readers[i]);
        assert_int_equal(status, 0);
    }
    static const char *const made[] = { "releases/1/file", "releases/2/file", "current" };
    for (size_t i = 0; i < ARRAY_SIZE(made); i++) {
        assert_int_equal(unlinkat(folder, made[i], 0), 0);
    }
    assert_int_equal(unlinkat(folder, "releases/1", AT_REMOVEDIR), 0);
    assert_int_equal(unlinkat(folder, "releases/2", AT_REMOVEDIR), 0);
    assert_int_equal(unlinkat(folder, "releases", AT_REMOVEDIR), 0);
    close(folder);
    if (is_in_memory) {
        assert_int_equal(rmdir(place), 0);
    }
}

static struct text link_text(void)
{
    char link[4096];
    ssize_t size =
        readlink(release_fixture_path(&fixture, "arena/current").at, link, sizeof(link));
    assert_true(size > 0);
    return arena_text(&fixture.arena, text_make(link, (size_t)size));
}

static void switch_to(const char *name)
{
    struct target_release release = { 0 };
    struct target_wish wish = { .release = text_of(name) };
    struct text live;
    assert_true(target_tree.find(target, &wish, &release, &fixture.problems));
    assert_true(target_tree.current(target, &live, &fixture.problems));
    assert_int_equal(target_tree.switch_to(target, &release, live, &fixture.problems),
                     TARGET_DONE);
}

static void the_link_keeps_its_style(void **state)
{
    (void)state;
    struct text link = release_fixture_path(&fixture, "arena/current");
    switch_to("2");
    assert_true(text_is(link_text(), "releases/2"));
    assert_int_equal(unlink(link.at), 0);
    struct text absolute = release_fixture_path(&fixture, "arena/releases/1/");
    assert_int_equal(symlink(absolute.at, link.at), 0);
    switch_to("3");
    assert_true(text_equal(link_text(), release_fixture_path(&fixture, "arena/releases/3")));
    assert_int_equal(unlink(link.at), 0);
    switch_to("1");
    assert_true(text_is(link_text(), "releases/1"));
}

static void a_link_in_the_making_from_a_run_that_was_killed_is_no_obstacle(void **state)
{
    (void)state;
    assert_int_equal(
        symlink("nowhere", release_fixture_path(&fixture, "arena/.bddrun-next").at), 0);
    switch_to("2");
    assert_true(text_is(link_text(), "releases/2"));
    assert_false(file_exists(release_fixture_path(&fixture, "arena/.bddrun-next")));
}

static void a_link_names_a_folder_of_releases_or_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *link;
        const char *name;
    } links[] = {
        { "releases/7", "7" },
        { "/srv/a/releases/7", "7" },
        { "./releases/7/", "7" },
        { "releases//7", "7" },
        { "7", "" },
        { "/srv/old/7", "" },
        { "releases/..", "" },
        { "/", "" },
        { "releases/", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
        assert_true(text_is(tree_name_of_link(text_of(links[i].link)), links[i].name));
    }
}

static void refused(const char *message)
{
    struct text name;
    problems_clear(&fixture.problems);
    assert_false(target_tree.current(target, &name, &fixture.problems));
    struct text said = arena_text(&fixture.arena, fixture.problems.list[0].message);
    assert_true(text_ends_with(said, text_of(message)));
}

static void a_tree_that_is_none_is_refused(void **state)
{
    (void)state;
    struct text link = release_fixture_path(&fixture, "arena/current");
    struct text releases = release_fixture_path(&fixture, "arena/releases");
    assert_int_equal(unlink(link.at), 0);
    assert_int_equal(symlink("/tmp", link.at), 0);
    refused(": 'current' points to '/tmp'");
    assert_int_equal(unlink(link.at), 0);
    release_fixture_write(&fixture, "arena/current", "x");
    refused(": 'current' is a file, not a symbolic link");
    assert_int_equal(unlink(link.at), 0);
    release_fixture_write(&fixture, "arena/current/x", "x");
    refused(": 'current' is a folder, not a symbolic link");
    assert_int_equal(rename(releases.at, release_fixture_path(&fixture, "arena/old").at), 0);
    refused(": there is no folder 'releases'");
    assert_int_equal(rename(release_fixture_path(&fixture, "arena").at,
                            release_fixture_path(&fixture, "elsewhere").at),
                     0);
    refused("No such file or directory");
}

static void not_found(const char *name, const char *commit, const char *message)
{
    struct target_release release = { 0 };
    struct target_wish wish = { .release = text_of(name), .commit = text_of(commit) };
    problems_clear(&fixture.problems);
    assert_false(target_tree.find(target, &wish, &release, &fixture.problems));
    struct text said = arena_text(&fixture.arena, fixture.problems.list[0].message);
    assert_true(text_ends_with(said, text_of(message)));
}

static void a_release_that_cannot_go_live_is_refused(void **state)
{
    (void)state;
    release_fixture_write(&fixture, "arena/releases/4/BAD_RELEASE", "x");
    release_fixture_write(&fixture, "arena/releases/5/DIRTY_RELEASE", "x");
    release_fixture_write(&fixture, "arena/releases/6", "x");
    assert_int_equal(symlink("/tmp", release_fixture_path(&fixture, "arena/releases/7").at), 0);
    not_found("4", "", "release '4' is marked as bad: BAD_RELEASE");
    not_found("5", "", "release '5' is marked as not complete: DIRTY_RELEASE");
    not_found("6", "", "release '6' is a file, not a folder");
    not_found("7", "", "release '7' is a symbolic link, not a folder");
    not_found("8", "", "release '8' is not there");
    not_found("../x", "", "'../x' is no name of a release");
    not_found("-x", "", "'-x' is no name of a release");
    not_found("2", RELEASE_COMMIT_1,
              "release '2' is of commit '" RELEASE_COMMIT_2 "', not '" RELEASE_COMMIT_1 "'");
    not_found("", "99", "no release of commit '99'");
}

static void without_a_name_the_release_of_the_commit_or_the_newest_is_meant(void **state)
{
    (void)state;
    struct target_release release = { 0 };
    struct target_wish wish = { .commit = TEXT(RELEASE_COMMIT_2) };
    release_fixture_write(&fixture, "arena/releases/10/REVISION", "77\n");
    assert_true(target_tree.find(target, &wish, &release, &fixture.problems));
    assert_true(text_is(release.name, "2"));
    wish = (struct target_wish){ 0 };
    assert_true(target_tree.find(target, &wish, &release, &fixture.problems));
    assert_true(text_is(release.name, "10"));
    assert_true(text_is(release.commit, "77"));
}

static void a_lock_of_others_is_honoured(void **state)
{
    (void)state;
    release_fixture_write(&fixture, "arena/deploy.lock", "");
    assert_int_equal(target_tree.lock(target, &fixture.problems), TARGET_HELD);
    assert_int_equal(unlink(release_fixture_path(&fixture, "arena/deploy.lock").at), 0);
    release_fixture_write(&fixture, "arena/.dep/deploy.lock", "bob");
    assert_int_equal(target_tree.lock(target, &fixture.problems), TARGET_HELD);
    assert_int_equal(unlink(release_fixture_path(&fixture, "arena/.dep/deploy.lock").at), 0);
    assert_int_equal(target_tree.lock(target, &fixture.problems), TARGET_FREE);
    struct target other = *target;
    assert_int_equal(target_tree.lock(&other, &fixture.problems), TARGET_HELD);
    target_tree.unlock(target);
    assert_int_equal(target_tree.lock(&other, &fixture.problems), TARGET_FREE);
    target_tree.unlock(&other);
}

static void a_deployment_under_way_is_not_disturbed(void **state)
{
    (void)state;
    release_fixture_write(&fixture, "arena/.dep/latest_release", "3");
    assert_int_equal(symlink("releases/3", release_fixture_path(&fixture, "arena/release").at),
                     0);
    refused(": Deployer is at work: the link 'release' is there");
}

static void capistrano_reads_in_its_log_what_was_done(void **state)
{
    (void)state;
    release_fixture_write(&fixture, "arena/revisions.log", "first\n");
    switch_to("2");
    struct target_release one = { .name = TEXT("1") };
    assert_int_equal(target_tree.go_back(target, &one, TEXT("2"), &fixture.problems),
                     TARGET_DONE);
    assert_true(text_is(release_fixture_read(&fixture, "arena/revisions.log"),
                        "first\nBranch HEAD (at " RELEASE_COMMIT_2
                        ") deployed as release 2 by ann\nann rolled back to release 1\n"));
}

static void deployer_reads_in_its_files_what_was_done(void **state)
{
    (void)state;
    struct stat before;
    struct stat after;
    struct text bad = release_fixture_path(&fixture, "arena/releases/2");
    release_fixture_write(&fixture, "arena/.dep/releases_log", "{\"release_name\":\"1\"}\n");
    release_fixture_write(&fixture, "arena/.dep/latest_release", "1\n");
    const struct timespec times[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    assert_int_equal(utimensat(AT_FDCWD, bad.at, times, 0), 0);
    assert_int_equal(stat(bad.at, &before), 0);
    switch_to("2");
    switch_to("2");
    struct text log = release_fixture_read(&fixture, "arena/.dep/releases_log");
    struct text line;
    assert_true(text_take_until(&log, '\n', &line));
    assert_true(text_take_until(&log, '\n', &line));
    assert_true(
        text_contains(line, TEXT("\"release_name\":\"2\",\"user\":\"ann\",\"target\":\"2222")));
    assert_int_equal(log.size, 0);
    assert_true(text_is(release_fixture_read(&fixture, "arena/.dep/latest_release"), "2\n"));
    struct target_release one = { .name = TEXT("1") };
    assert_int_equal(target_tree.go_back(target, &one, TEXT("2"), &fixture.problems),
                     TARGET_DONE);
    assert_true(text_ends_with(release_fixture_read(&fixture, "arena/releases/2/BAD_RELEASE"),
                               TEXT(",ann\n")));
    assert_int_equal(stat(bad.at, &after), 0);
    assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
    assert_int_equal(target_tree.go_back(target, &one, TEXT("2"), &fixture.problems),
                     TARGET_DONE);
}

static void the_release_before_is_that_of_the_tool(void **state)
{
    (void)state;
    struct text previous;
    switch_to("3");
    const struct timespec old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    const struct timespec older[2] = { { .tv_sec = 900000000 }, { .tv_sec = 900000000 } };
    struct text two = release_fixture_path(&fixture, "arena/releases/2");
    struct text one = release_fixture_path(&fixture, "arena/releases/1");
    assert_int_equal(utimensat(AT_FDCWD, two.at, older, 0), 0);
    assert_int_equal(utimensat(AT_FDCWD, one.at, old, 0), 0);
    assert_true(target_tree.previous(target, &previous, &fixture.problems));
    assert_true(text_is(previous, "1"));
    release_fixture_write(&fixture, "arena/.dep/latest_release", "3");
    assert_true(target_tree.previous(target, &previous, &fixture.problems));
    assert_true(text_is(previous, "2"));
    release_fixture_write(&fixture, "arena/releases/2/BAD_RELEASE", "x");
    assert_true(target_tree.previous(target, &previous, &fixture.problems));
    assert_true(text_is(previous, "1"));
    assert_true(target_tree.can_go_back(target) && target_tree.can_pin(target));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_hundred_thousand_switches_fail_no_reader),
        TEST(the_link_keeps_its_style),
        TEST(a_link_in_the_making_from_a_run_that_was_killed_is_no_obstacle),
        TEST(a_link_names_a_folder_of_releases_or_nothing),
        TEST(a_tree_that_is_none_is_refused),
        TEST(a_release_that_cannot_go_live_is_refused),
        TEST(without_a_name_the_release_of_the_commit_or_the_newest_is_meant),
        TEST(a_lock_of_others_is_honoured),
        TEST(a_deployment_under_way_is_not_disturbed),
        TEST(capistrano_reads_in_its_log_what_was_done),
        TEST(deployer_reads_in_its_files_what_was_done),
        TEST(the_release_before_is_that_of_the_tool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
