/* SPDX-License-Identifier: MIT */
#include "base/file_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
    struct problems problems;
    struct arena arena;
    char folder[64];
};

static int open_fixture(void **state)
{
    static struct fixture fixture;
    problems_init(&fixture.problems);
    arena_init(&fixture.arena);
    snprintf(fixture.folder, sizeof fixture.folder, "/tmp/bddrun-file-XXXXXX");
    *state = &fixture;
    return mkdtemp(fixture.folder) ? 0 : -1;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", fixture->folder, (char *)NULL);
        _exit(1);
    }
    waitpid(child, NULL, 0);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
    return 0;
}

static struct text below(struct fixture *fixture, const char *name)
{
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
}

static const char *content_of(struct text path)
{
    static char content[256];
    memset(content, 0, sizeof content);
    FILE *file = fopen(path.at, "r");
    if (!file) {
        return "(missing)";
    }
    (void)!fread(content, 1, sizeof content - 1, file);
    fclose(file);
    return content;
}

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    while (readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count - 2;
}

static void assert_problem(struct fixture *fixture, const char *format)
{
    char expected[256];
    assert_int_equal(fixture->problems.count, 1);
    snprintf(expected, sizeof expected, "%s", format);
    struct text message = fixture->problems.list[0].message;
    if (!text_is(message, expected)) {
        fail_msg("expected: %s\nactual:   %.*s", expected, TEXT_ARG(message));
    }
    assert_int_equal(fixture->problems.list[0].kind, PROBLEM_ENVIRONMENT);
    problems_clear(&fixture->problems);
}

static void a_file_is_replaced_with_its_folders(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "new/deep/report.xml");
    assert_true(file_replace(path, TEXT("one"), &fixture->problems));
    assert_string_equal(content_of(path), "one");
    assert_true(file_replace(path, TEXT("second"), &fixture->problems));
    assert_string_equal(content_of(path), "second");
    char folder[128];
    snprintf(folder, sizeof folder, "%s/new/deep", fixture->folder);
    assert_int_equal(count_files(folder), 1);
    struct stat found;
    mode_t mask = umask(0);
    umask(mask);
    assert_int_equal(stat(path.at, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0666 & ~mask);
}

static void a_pipe_is_written_to_and_stays_a_pipe(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "pipe");
    assert_int_equal(mkfifo(path.at, 0600), 0);
    int reader = open(path.at, O_RDWR | O_CLOEXEC);
    assert_true(file_replace(path, TEXT("report"), &fixture->problems));
    char bytes[16];
    assert_int_equal(read(reader, bytes, sizeof bytes), 6);
    assert_memory_equal(bytes, "report", 6);
    close(reader);
    struct stat found;
    assert_int_equal(lstat(path.at, &found), 0);
    assert_true(S_ISFIFO(found.st_mode));
}

static void a_full_device_behind_a_link_is_said_and_stays(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "full");
    assert_int_equal(symlink("/dev/full", path.at), 0);
    assert_false(file_replace(path, TEXT("report"), &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
    struct stat found;
    assert_int_equal(lstat(path.at, &found), 0);
    assert_true(S_ISLNK(found.st_mode));
}

static void an_abandoned_file_leaves_the_old_one(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "report");
    assert_true(file_replace(path, TEXT("old"), &fixture->problems));
    struct file_replacement replacement;
    assert_true(file_replacement_begin(&replacement, path, &fixture->problems));
    assert_true(file_replacement_add(&replacement, TEXT("half"), &fixture->problems));
    assert_int_equal(count_files(fixture->folder), 2);
    file_replacement_release(&replacement);
    file_replacement_release(&replacement);
    assert_string_equal(content_of(path), "old");
    assert_int_equal(count_files(fixture->folder), 1);
}

static void a_child_removes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "report");
    struct file_replacement replacement;
    assert_true(file_replacement_begin(&replacement, path, &fixture->problems));
    pid_t child = fork();
    if (child == 0) {
        file_replacement_release(&replacement);
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(file_replacement_add(&replacement, TEXT("whole"), &fixture->problems));
    assert_true(file_replacement_finish(&replacement, &fixture->problems));
    file_replacement_release(&replacement);
    assert_string_equal(content_of(path), "whole");
}

static void what_cannot_be_written_is_named(void **state)
{
    struct fixture *fixture = *state;
    CLEANUP(file_replacement_release) struct file_replacement replacement;
    assert_false(
        file_replacement_begin(&replacement, text_of(fixture->folder), &fixture->problems));
    char expected[128];
    snprintf(expected, sizeof expected, "cannot write '%s': Is a directory", fixture->folder);
    assert_problem(fixture, expected);
    assert_false(file_replace(TEXT("/dev/null/x"), TEXT("x"), &fixture->problems));
    assert_problem(fixture, "cannot make the folder '/dev/null': Not a directory");
    assert_false(file_replace(TEXT("/proc/nothing/x"), TEXT("x"), &fixture->problems));
    assert_problem(fixture,
                   "cannot make the folder '/proc/nothing': No such file or directory");
    assert_false(file_replace(TEXT("/proc/x"), TEXT("x"), &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
    problems_clear(&fixture->problems);
    assert_false(file_replace(TEXT(""), TEXT("x"), &fixture->problems));
    assert_problem(fixture, "cannot write '': No such file or directory");
    assert_false(file_replace(TEXT("a\0b"), TEXT("x"), &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
    problems_clear(&fixture->problems);
    static char huge[5000];
    memset(huge, 'a', sizeof huge);
    assert_false(file_make_folder(text_make(huge, sizeof huge), &fixture->problems));
    assert_true(text_ends_with(fixture->problems.list[0].message, TEXT("File name too long")));
}

static void a_folder_gone_meanwhile_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct text path = below(fixture, "f/report");
    CLEANUP(file_replacement_release) struct file_replacement replacement;
    assert_true(file_replacement_begin(&replacement, path, &fixture->problems));
    assert_int_equal(unlink(replacement.temporary_path), 0);
    assert_int_equal(rmdir(below(fixture, "f").at), 0);
    assert_false(file_replacement_finish(&replacement, &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
}

static void a_full_disk_and_a_closed_pipe_say_what_to_do(void **state)
{
    struct fixture *fixture = *state;
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(full >= 0);
    assert_false(file_write_all(full, TEXT("out.xml"), TEXT("x"), &fixture->problems));
    assert_true(text_is(fixture->problems.list[0].hint, "make room on the disk and run again"));
    assert_problem(fixture, "cannot write 'out.xml': No space left on device");
    close(full);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    assert_false(file_write_all(ends[1], TEXT("<stdout>"), TEXT("x"), &fixture->problems));
    assert_true(
        text_is(fixture->problems.list[0].hint, "the program that reads the output has ended"));
    assert_problem(fixture, "cannot write '<stdout>': Broken pipe");
    close(ends[1]);
}

static void a_pipe_takes_more_than_it_holds(void **state)
{
    struct fixture *fixture = *state;
    static char bytes[300000];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        size_t total = 0;
        ssize_t size;
        while ((size = read(ends[0], bytes, sizeof bytes)) > 0) {
            total += (size_t)size;
        }
        _exit(total == sizeof bytes ? 0 : 1);
    }
    close(ends[0]);
    assert_true(file_write_all(ends[1], TEXT("pipe"), text_make(bytes, sizeof bytes),
                               &fixture->problems));
    close(ends[1]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void confinement_sees_through_links_and_dots(void **state)
{
    struct fixture *fixture = *state;
    struct text inside = below(fixture, "in");
    assert_true(file_make_folder(below(fixture, "in/sub"), &fixture->problems));
    assert_true(file_make_folder(below(fixture, "inner"), &fixture->problems));
    assert_int_equal(symlink("/etc", below(fixture, "in/link").at), 0);
    assert_int_equal(symlink("/does/not/exist", below(fixture, "in/dangling").at), 0);
    static const struct {
        const char *path;
        bool is_below;
    } cases[] = {
        { "in", true },
        { "in/sub", true },
        { "in/sub/new/file", true },
        { "in/../in/sub", true },
        { "in/new", true },
        { "in/..", false },
        { "inner", false },
        { "in/../inner/x", false },
        { "in/sub/../../x", false },
        { "in/new/../../../x", false },
        { "in/new/..", false },
        { "in/link/passwd", false },
        { "in/dangling", false },
        { ".", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        bool is_below = path_is_below(inside, below(fixture, cases[i].path));
        if (is_below != cases[i].is_below) {
            fail_msg("%s", cases[i].path);
        }
    }
    assert_true(path_is_below(TEXT("/"), inside));
    assert_true(path_is_below(TEXT("."), TEXT("some-new-file")));
    assert_false(path_is_below(TEXT("/does/not/exist"), inside));
    assert_false(path_is_below(TEXT(""), inside));
    assert_false(path_is_below(inside, TEXT("")));
}

int main(void)
{
#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_file_is_replaced_with_its_folders),
        FILE_TEST(a_pipe_is_written_to_and_stays_a_pipe),
        FILE_TEST(a_full_device_behind_a_link_is_said_and_stays),
        FILE_TEST(an_abandoned_file_leaves_the_old_one),
        FILE_TEST(a_child_removes_nothing),
        FILE_TEST(what_cannot_be_written_is_named),
        FILE_TEST(a_folder_gone_meanwhile_is_a_problem),
        FILE_TEST(a_full_disk_and_a_closed_pipe_say_what_to_do),
        FILE_TEST(a_pipe_takes_more_than_it_holds),
        FILE_TEST(confinement_sees_through_links_and_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
