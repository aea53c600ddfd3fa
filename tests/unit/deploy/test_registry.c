/* SPDX-License-Identifier: MIT */
/* The faults that no real registry can be made to show; integration.registry has a real one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "deploy/image/registry.h"
#include "support/http_fixture.h"
#include "support/problem_text.h"
#include "support/raw_server.h"

#define MANIFEST "{\"schemaVersion\": 2}"
#define DIGEST "sha256:c5d902c53b4afcf32ad746fd9d696431650d3fbe8f7b10ca10519543fefd772c"
#define OLD "sha256:00000000000000000000000000000000000000000000000000000000000000aa"

/* Which digest the tag names; connections are kept, so one process sees all of a test. */
static const char *tagged = OLD;

static bool answer(struct raw_connection *connection, unsigned status, const char *fields,
                   const char *body)
{
    char head[1000];
    bool is_head = strncmp(connection->request, "HEAD ", 5) == 0;
    snprintf(head, sizeof(head), "HTTP/1.1 %u X\r\nContent-Length: %zu\r\n%s\r\n%s", status,
             strlen(body), fields, is_head ? "" : body);
    raw_send(connection, head);
    return true;
}

/* with, where PORT is the port. */
static void fill(char *target, size_t size, const char *with, int port)
{
    const char *mark = strstr(with, "PORT");
    if (mark) {
        snprintf(target, size, "%.*s%d%s", (int)(mark - with), with, port, mark + 4);
    } else {
        snprintf(target, size, "%s", with);
    }
}

/* Behaves as the name of the repository says. */
static bool is_of(const char *path, const char *repository)
{
    char start[100];
    snprintf(start, sizeof(start), "/v2/%s/", repository);
    return strncmp(path, start, strlen(start)) == 0;
}

static bool is_authorized(struct raw_connection *connection, const char *value)
{
    const char *found = raw_request_header(connection, "Authorization");
    return found && strcmp(found, value) == 0;
}

static bool challenge(struct raw_connection *connection, const char *path)
{
    char fields[300];
    const char *realm = is_of(path, "stranger")      ? "https://elsewhere.test/token"
                        : is_of(path, "plain-realm") ? "http://registry.test/token"
                                                     : "http://127.0.0.1:PORT/token";
    const char *what = is_of(path, "broken") ? "/broken" : is_of(path, "empty") ? "/empty" : "";
    char url[200];
    fill(url, sizeof(url), realm, connection->port);
    if (is_of(path, "basic")) {
        snprintf(fields, sizeof(fields), "WWW-Authenticate: Basic realm=\"r\"\r\n");
    } else {
        snprintf(fields, sizeof(fields),
                 "WWW-Authenticate: Bearer realm=\"%s%s\",service=\"r x\",scope=\"a:b,c\"\r\n",
                 url, what);
    }
    return answer(connection, 401, fields, "");
}

static bool token(struct raw_connection *connection, const char *path)
{
    if (strncmp(path, "/token/broken", 13) == 0) {
        return answer(connection, 500, "", "oops");
    }
    if (strncmp(path, "/token/empty", 12) == 0) {
        return answer(connection, 200, "", "{}");
    }
    bool is_right = strcmp(path, "/token?service=r%20x&scope=a%3Ab%2Cc") == 0 &&
                    is_authorized(connection, "Basic dTpw");
    return answer(connection, 200, "", is_right ? "{\"access_token\": \"T\"}" : "{}");
}

static bool put(struct raw_connection *connection, const char *path)
{
    const char *body = strstr(connection->request, "\r\n\r\n") + 4;
    if (is_of(path, "refuses") || strcmp(body, MANIFEST) != 0) {
        return answer(connection, 403, "",
                      "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"not today\"}]}");
    }
    tagged = is_of(path, "sticky") ? OLD : DIGEST;
    return answer(connection, 201, "", "");
}

static bool manifest(struct raw_connection *connection, const char *path)
{
    char fields[300];
    if (is_of(path, "gone") || strstr(path, "/none")) {
        return answer(connection, 404, "", "");
    }
    if (is_of(path, "ill")) {
        return answer(connection, 500, "", "");
    }
    if (is_of(path, "silent") && strncmp(connection->request, "HEAD ", 5) == 0) {
        return answer(connection, 200, "", "");
    }
    if (is_of(path, "mute") && strncmp(connection->request, "HEAD ", 5) != 0) {
        return answer(connection, 502, "", "");
    }
    snprintf(fields, sizeof(fields), "Content-Type: a/b\r\n%s%s\r\n",
             is_of(path, "mute") ? "X: " : "Docker-Content-Digest: ", tagged);
    return answer(connection, 200, fields, is_of(path, "liar") ? "{}" : MANIFEST);
}

static bool serve(struct raw_connection *connection, const char *path)
{
    if (is_of(path, "down")) {
        raw_reset(connection);
        return false;
    }
    if (strncmp(path, "/token", 6) == 0) {
        return token(connection, path);
    }
    bool is_let_in =
        is_authorized(connection, "Bearer T") ||
        (is_of(path, "basic") && is_authorized(connection, "Basic dTpw")) ||
        !(is_of(path, "basic") || is_of(path, "bearer") || is_of(path, "stranger") ||
          is_of(path, "plain-realm") || is_of(path, "broken") || is_of(path, "empty"));
    if (!is_let_in || is_of(path, "never")) {
        return challenge(connection, path);
    }
    return strncmp(connection->request, "PUT ", 4) == 0 ? put(connection, path)
                                                        : manifest(connection, path);
}

struct fixture {
    struct raw_server server;
    struct problems problems;
    struct client client;
    struct registry registry;
    char image[100];
    char expected[1000];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    raw_server_start(&fixture->server, &(struct raw_server_options){ .handler = serve });
    problems_init(&fixture->problems);
    assert_true(client_init(&fixture->client, clock_real(), &fixture->problems));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    client_release(&fixture->client);
    problems_release(&fixture->problems);
    raw_server_stop(&fixture->server);
    free(fixture);
    return 0;
}

static struct registry *use(struct fixture *fixture, const char *repository, const char *user)
{
    fixture->registry = (struct registry){ .client = &fixture->client,
                                           .user = text_of(user),
                                           .password = TEXT("p") };
    snprintf(fixture->image, sizeof(fixture->image), "http://127.0.0.1:%d/%s",
             fixture->server.port, repository);
    problems_clear(&fixture->problems);
    assert_true(registry_read_image(&fixture->registry, text_of(fixture->image), span_none(),
                                    &fixture->problems));
    return &fixture->registry;
}

/* The problems, where PORT is the server's port. */
static void assert_said(struct fixture *fixture, const char *expected)
{
    fill(fixture->expected, sizeof(fixture->expected), expected, fixture->server.port);
    assert_problems(&fixture->problems, fixture->expected);
}

static void names_are_those_of_the_specification(UNUSED void **state)
{
    assert_true(registry_tag_is_valid(TEXT("latest")));
    assert_true(registry_tag_is_valid(TEXT("_1.2-X")));
    assert_false(registry_tag_is_valid(TEXT_EMPTY));
    assert_false(registry_tag_is_valid(TEXT(".x")));
    assert_false(registry_tag_is_valid(TEXT("-x")));
    assert_false(registry_tag_is_valid(TEXT("a/b")));
    assert_false(registry_tag_is_valid(TEXT("a\0b")));
    char tag[130];
    memset(tag, 'a', sizeof(tag));
    assert_true(registry_tag_is_valid(text_make(tag, 128)));
    assert_false(registry_tag_is_valid(text_make(tag, 129)));
    assert_true(registry_digest_is_valid(TEXT(OLD)));
    assert_false(registry_digest_is_valid(TEXT("sha256:00")));
    assert_false(registry_digest_is_valid(text_from(TEXT(OLD "0"), 1)));
    assert_false(registry_digest_is_valid(
        TEXT("sha256:00000000000000000000000000000000000000000000000000000000000000AA")));
}

static void an_image_is_a_registry_and_a_repository(void **state)
{
    struct fixture *fixture = *state;
    struct registry registry = { .client = &fixture->client };
    assert_true(registry_read_image(&registry, TEXT("r.test:5000/arena/web"), span_none(),
                                    &fixture->problems));
    assert_text(registry.url, "https://r.test:5000");
    assert_text(registry.repository, "arena/web");
    static const char *const wrong[] = {
        "",
        "arena",
        "r.test/",
        "r.test/a:tag",
        "r.test/a@sha256:0",
        "r.test/A",
        "r.test/a//b",
        "r.test/-a",
        "r.test/a-",
        "r.test/a?x",
        "u:p@r.test/a",
    };
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        problems_clear(&fixture->problems);
        assert_false(
            registry_read_image(&registry, text_of(wrong[i]), span_none(), &fixture->problems));
    }
    problems_clear(&fixture->problems);
    assert_false(registry_read_image(&registry, TEXT("http://r.test/a"), span_none(),
                                     &fixture->problems));
    assert_problems(&fixture->problems,
                    "bddrun: error: 'http://r.test/a' would be asked without TLS\n"
                    "  hint: write https://, or leave the scheme out\n");
}

static void a_tag_is_found_or_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct text digest;
    static const char *const repositories[][2] = { { "open", "" },
                                                   { "basic", "u" },
                                                   { "bearer", "u" } };
    for (size_t i = 0; i < ARRAY_SIZE(repositories); i++) {
        struct registry *registry = use(fixture, repositories[i][0], repositories[i][1]);
        assert_true(registry_find(registry, TEXT("live"), &digest, &fixture->problems));
        assert_text(digest, OLD);
        assert_true(registry_find(registry, TEXT("none"), &digest, &fixture->problems));
        assert_text(digest, "");
    }
}

static void a_registry_that_tells_no_digest_is_asked_for_the_manifest(void **state)
{
    struct fixture *fixture = *state;
    struct text digest;
    assert_true(
        registry_find(use(fixture, "silent", ""), TEXT("live"), &digest, &fixture->problems));
    assert_text(digest, DIGEST);
    assert_false(
        registry_find(use(fixture, "mute", ""), TEXT("live"), &digest, &fixture->problems));
    assert_said(fixture, "bddrun: error: the registry answers 502 to GET "
                         "'http://127.0.0.1:PORT/v2/mute/manifests/live': expected 200\n"
                         "  hint: see what the registry's own log says\n");
}

static void a_tag_is_moved_by_the_identical_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct text digest;
    struct registry *registry = use(fixture, "open", "");
    assert_true(registry_move(registry, TEXT("live"), TEXT(DIGEST), &fixture->problems));
    assert_true(registry_find(registry, TEXT("live"), &digest, &fixture->problems));
    assert_text(digest, DIGEST);
}

/* What a registry does, and what is said of it; PORT is the port. */
static const struct {
    const char *repository;
    const char *user;
    const char *said;
} faults[] = {
    { "gone", "",
      "bddrun: error: the registry answers 404 to GET "
      "'http://127.0.0.1:PORT/v2/gone/manifests/" DIGEST
      "': expected 200: the image that is to be promoted\n"
      "  hint: push the image there first; check its digest and the repository's name\n" },
    { "liar", "",
      "bddrun: error: the digest of the manifest that the registry sent is "
      "'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a': expected "
      "'" DIGEST "'\n"
      "  hint: do not promote from this registry before it is known why\n" },
    { "refuses", "",
      "bddrun: error: the registry answers 403 to PUT "
      "'http://127.0.0.1:PORT/v2/refuses/manifests/live' "
      "(DENIED: not today): expected 201: the tag moved\n"
      "  hint: give the user and the password of the registry\n" },
    { "sticky", "",
      "bddrun: error: the tag was moved, but what it names is '" OLD "': expected '" DIGEST
      "'\n"
      "  hint: do not promote from this registry before it is known why\n" },
    { "basic", "",
      "bddrun: error: the registry answers 401 to GET "
      "'http://127.0.0.1:PORT/v2/basic/manifests/" DIGEST "': expected to be let in\n"
      "  hint: give the user and the password of the registry\n" },
    { "stranger", "u",
      "bddrun: error: the registry sends us to 'https://elsewhere.test/token' for a token: "
      "expected "
      "https on the host of the registry or of the configured realm\n"
      "  hint: if that is right, name it in bddrun.yaml: `realm:` of the image\n" },
    { "broken", "u",
      "bddrun: error: the registry answers 500 to GET "
      "'http://127.0.0.1:PORT/token/broken?service=r%20x&scope=a%3Ab%2Cc': expected 200 and a "
      "token as JSON\n"
      "  hint: see what the registry's own log says\n" },
    { "empty", "u",
      "bddrun: error: the registry answers 200 to GET "
      "'http://127.0.0.1:PORT/token/empty?service=r%20x&scope=a%3Ab%2Cc': expected a member "
      "'token' or 'access_token'\n"
      "  hint: see what the registry's own log says\n" },
    { "never", "u",
      "bddrun: error: the registry answers 401 to GET "
      "'http://127.0.0.1:PORT/v2/never/manifests/" DIGEST
      "': expected 200: the image that is to be promoted\n"
      "  hint: give the user and the password of the registry\n" },
};

static void whatever_is_wrong_is_said_and_nothing_moved(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
        struct registry *registry = use(fixture, faults[i].repository, faults[i].user);
        assert_false(registry_move(registry, TEXT("live"), TEXT(DIGEST), &fixture->problems));
        assert_said(fixture, faults[i].said);
    }
}

static void an_unanswered_question_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct text digest;
    struct registry *registry = use(fixture, "down", "");
    assert_false(registry_find(registry, TEXT("live"), &digest, &fixture->problems));
    assert_false(registry_move(registry, TEXT("live"), TEXT(DIGEST), &fixture->problems));
    assert_int_equal(fixture->problems.count, 2);
    assert_true(text_starts_with(fixture->problems.list[0].message,
                                 TEXT("the registry does not answer: ")));
    registry = use(fixture, "ill", "");
    assert_false(registry_find(registry, TEXT("live"), &digest, &fixture->problems));
    assert_said(fixture, "bddrun: error: the registry answers 500 to HEAD "
                         "'http://127.0.0.1:PORT/v2/ill/manifests/live': expected 200, or 404 "
                         "where there is no such tag\n"
                         "  hint: see what the registry's own log says\n");
}

static void a_configured_realm_is_trusted_over_https_only(void **state)
{
    struct fixture *fixture = *state;
    struct text digest;
    struct registry *registry = use(fixture, "plain-realm", "u");
    registry->realm = TEXT("https://registry.test/token");
    assert_false(registry_find(registry, TEXT("live"), &digest, &fixture->problems));
    assert_true(text_starts_with(
        fixture->problems.list[0].message,
        TEXT("the registry sends us to 'http://registry.test/token' for a token")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_those_of_the_specification),
        TEST(an_image_is_a_registry_and_a_repository),
        TEST(a_tag_is_found_or_not_there),
        TEST(a_registry_that_tells_no_digest_is_asked_for_the_manifest),
        TEST(a_tag_is_moved_by_the_identical_bytes),
        TEST(whatever_is_wrong_is_said_and_nothing_moved),
        TEST(an_unanswered_question_is_a_problem),
        TEST(a_configured_realm_is_trusted_over_https_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
