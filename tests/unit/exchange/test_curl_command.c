/* SPDX-License-Identifier: MIT */
#include "exchange/curl_command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void assert_printed(const struct sent_request *request, const char *expected)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    curl_command_print(&out, request);
    assert_string_equal(out.at, expected);
}

static void a_request_is_a_command(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct sent_request request = { .method = TEXT("GET"), .url = TEXT("http://h/a") };
    assert_printed(&request, "curl http://h/a");
    request.url = TEXT("http://h/a?b=1&c=$HOME");
    headers_add(&request.headers, &arena, TEXT("Accept"), TEXT("*/*"));
    headers_add(&request.headers, &arena, TEXT("Accept-Encoding"), TEXT("gzip"));
    headers_add(&request.headers, &arena, TEXT("X-Empty"), TEXT(""));
    assert_printed(&request, "curl -H 'Accept: */*' -H 'X-Empty;' --compressed "
                             "'http://h/a?b=1&c=$HOME'");
    request = (struct sent_request){ .method = TEXT("HEAD"), .url = TEXT("http://h/") };
    assert_printed(&request, "curl -I http://h/");
    request.method = TEXT("DELETE");
    assert_printed(&request, "curl -X DELETE http://h/");
    request.method = TEXT("POST");
    assert_printed(&request, "curl -X POST http://h/");
    request.has_body = true;
    request.body = TEXT("it's {\"a\": 1}\nend");
    assert_printed(&request, "curl --data-binary 'it'\\''s {\"a\": 1}\nend' http://h/");
    request.method = TEXT("GET");
    request.body = TEXT("@file");
    assert_printed(&request, "curl -X GET --data-raw @file http://h/");
    request.body = TEXT("");
    assert_printed(&request, "curl -X GET --data-binary '' http://h/");
    arena_release(&arena);
}

static void bytes_are_quoted_so_that_terminals_are_safe(void **state)
{
    (void)state;
    struct sent_request request = { .method = TEXT("POST"),
                                    .url = TEXT("http://h/"),
                                    .has_body = true,
                                    .body = TEXT("\x1b[31m\0\xff'\\1") };
    assert_printed(&request, "curl --data-binary $'\\033[31m\\000\\377\\'\\\\1' http://h/");
}

static void a_long_body_is_cut_and_said_so(void **state)
{
    (void)state;
    static char body[CURL_COMMAND_BODY_LIMIT + 10];
    memset(body, 'a', sizeof body);
    struct sent_request request = { .method = TEXT("POST"),
                                    .url = TEXT("http://h/"),
                                    .has_body = true,
                                    .body = text_make(body, sizeof body) };
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    curl_command_print(&out, &request);
    assert_true(text_ends_with(buffer_text(&out),
                               TEXT("a http://h/ # the first 4096 of 4106 bytes of the body")));
}

static void run_shell(const char *command, char *output, size_t size)
{
    int ends[2];
    int status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    assert_true(read(ends[0], output, size - 1) >= 0);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void a_shell_reads_back_what_was_quoted(void **state)
{
    (void)state;
    static const char *const words[] = { "a",        "",   "it's", "$(x) `y` \"z\" \\",
                                         "*?[a]~#!", "-n", "a\nb" };
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        CLEANUP(buffer_release) struct buffer command;
        buffer_init(&command, 4096);
        buffer_add_string(&command, "printf %s ");
        curl_command_quote(&command, text_of(words[i]));
        char printed[64] = "";
        run_shell(command.at, printed, sizeof printed);
        assert_string_equal(printed, words[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_a_command),
        cmocka_unit_test(bytes_are_quoted_so_that_terminals_are_safe),
        cmocka_unit_test(a_long_body_is_cut_and_said_so),
        cmocka_unit_test(a_shell_reads_back_what_was_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
