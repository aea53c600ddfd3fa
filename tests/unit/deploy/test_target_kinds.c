/* SPDX-License-Identifier: MIT */
/* The targets image, webhook and command; integration.registry moves tags of a real registry. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "deploy/target.h"
#include "deploy/webhook/trigger.h"
#include "support/http_fixture.h"
#include "support/problem_text.h"
#include "support/raw_server.h"

#define NEW                                                                                    \
    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" /* of {} */
#define OLD "sha256:00000000000000000000000000000000000000000000000000000000000000aa"

static const char *tagged = OLD;

/* A registry where only NEW and the tag are; repository "full" takes no tag, "torn" ends every PUT
 * in the middle. */
static bool serve(struct raw_connection *connection, const char *path)
{
    char answer[300];
    const char *status = "404";
    const char *digest = "";
    bool is_put = strncmp(connection->request, "PUT ", 4) == 0;
    if (strstr(path, "/hook")) {
        status = "200";
    } else if (is_put && strstr(path, "/torn/")) {
        raw_reset(connection);
        return false;
    } else if (is_put && strstr(path, "/full/")) {
        status = "507";
    } else if (is_put) {
        tagged = NEW;
        status = "201";
    } else if (strstr(path, "/production") || strstr(path, NEW)) {
        status = "200";
        digest = strstr(path, NEW) ? NEW : tagged;
    }
    bool has_body = strncmp(connection->request, "GET ", 4) == 0 && *digest;
    snprintf(answer, sizeof(answer),
             "HTTP/1.1 %s X\r\nContent-Type: a/b\r\nContent-Length: %d\r\n%s%s%s\r\n%s", status,
             *digest ? 2 : 0, *digest ? "Docker-Content-Digest: " : "", digest,
             *digest ? "\r\n" : "", has_body ? "{}" : "");
    raw_send(connection, answer);
    return true;
}

struct fixture {
    struct raw_server server;
    struct problems problems;
    struct client client;
    struct arena arena;
    struct target_context context;
    struct target_settings settings;
    struct targets targets;
    char place[100];
};

static int set_up(void **state)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin", NULL };
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    raw_server_start(&fixture->server, &(struct raw_server_options){ .handler = serve });
    problems_init(&fixture->problems);
    arena_init(&fixture->arena);
    assert_true(client_init(&fixture->client, clock_real(), &fixture->problems));
    fixture->context = (struct target_context){ .arena = &fixture->arena,
                                                .client = &fixture->client,
                                                .process_environment = environment };
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    client_release(&fixture->client);
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
    raw_server_stop(&fixture->server);
    free(fixture);
    return 0;
}

static struct target *make(struct fixture *fixture, const char *type)
{
    fixture->settings.type = text_of(type);
    fixture->settings.at = span_none();
    fixture->settings.within_ms = 60000;
    fixture->targets = targets_make(&fixture->settings, 1, &fixture->context);
    problems_clear(&fixture->problems);
    return &fixture->targets.list[0];
}

static struct target *make_image(struct fixture *fixture, const char *repository)
{
    snprintf(fixture->place, sizeof(fixture->place), "http://127.0.0.1:%d/%s",
             fixture->server.port, repository);
    fixture->settings =
        (struct target_settings){ .image = text_of(fixture->place), .tag = TEXT("production") };
    struct target *target = make(fixture, "image");
    assert_true(target->type->prepare(target, &fixture->problems));
    return target;
}

static void assert_current(struct fixture *fixture, struct target *target, const char *expected)
{
    struct text name;
    assert_true(target->type->current(target, &name, &fixture->problems));
    assert_text(name, expected);
}

static void assert_described(const struct target *target, const char *release,
                             const char *expected)
{
    struct buffer out;
    buffer_init(&out, 1000);
    target->type->describe(target, text_of(release), &out);
    assert_string_equal(out.at, expected);
    buffer_release(&out);
}

static void an_image_is_moved_and_moved_back(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_image(fixture, "web");
    struct target_release release;
    struct target_wish wish = { .digest = TEXT(NEW), .commit = TEXT("abc") };
    assert_current(fixture, target, OLD);
    assert_true(target->type->find(target, &wish, &release, &fixture->problems));
    assert_text(release.name, NEW);
    assert_text(release.commit, "abc");
    assert_int_equal(target->type->switch_to(target, &release, TEXT(OLD), &fixture->problems),
                     TARGET_DONE);
    assert_current(fixture, target, NEW);
    assert_true(target->type->can_go_back(target));
    assert_true(target->type->can_pin(target));
    struct target_release gone = { .name = TEXT(OLD) };
    assert_int_equal(target->type->go_back(target, &gone, TEXT(NEW), &fixture->problems),
                     TARGET_REFUSED);
    fixture->settings.image = TEXT("r.test/web");
    assert_described(target, "sha256:1", "move the tag 'production' of r.test/web to sha256:1");
}

static void an_image_that_is_not_there_is_not_found(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_image(fixture, "web");
    struct target_release release;
    fixture->settings.image = TEXT("r.test/web");
    static const struct target_wish wishes[] = {
        { .release = TEXT_STATIC("20261123") },
        { .digest = TEXT_STATIC(OLD) },
    };
    for (size_t i = 0; i < ARRAY_SIZE(wishes); i++) {
        assert_false(target->type->find(target, &wishes[i], &release, &fixture->problems));
    }
    assert_problems(
        &fixture->problems,
        "bddrun: error: '20261123' is no digest of an image: expected sha256: and 64 "
        "hex digits\n"
        "  hint: give --digest sha256:…, as the registry showed it when the image "
        "was pushed\n"
        "bddrun: error: 'r.test/web' has no image '" OLD "'\n"
        "  hint: push the image there first; check its digest and the repository's "
        "name\n");
}

static void a_move_that_failed_is_looked_at_again(void **state)
{
    struct fixture *fixture = *state;
    struct target_release release = { .name = TEXT(NEW) };
    struct target *target = make_image(fixture, "full");
    assert_int_equal(target->type->switch_to(target, &release, TEXT(OLD), &fixture->problems),
                     TARGET_REFUSED);
    target = make_image(fixture, "torn");
    assert_int_equal(target->type->switch_to(target, &release, TEXT("x"), &fixture->problems),
                     TARGET_UNKNOWN);
}

static void a_wrong_image_is_refused_before_anything(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings =
        (struct target_settings){ .image = TEXT("r.test/web"), .tag = TEXT("a/b") };
    struct target *target = make(fixture, "image");
    assert_false(target->type->prepare(target, &fixture->problems));
    assert_problems(&fixture->problems,
                    "bddrun: error: 'a/b' is no tag of an image\n"
                    "  hint: write `tag: production`: letters, digits, '_', '.', '-'\n");
    fixture->settings.image = TEXT("web");
    assert_false(target->type->prepare(target, &fixture->problems));
}

static struct target *make_webhook(struct fixture *fixture, enum trigger_kind kind,
                                   const char *path)
{
    snprintf(fixture->place, sizeof(fixture->place), "http://127.0.0.1:%d%s",
             fixture->server.port, path);
    fixture->settings = (struct target_settings){
        .webhook = { .value = text_of(fixture->place),
                     .has_value = true,
                     .origin = TEXT("environment variable 'HOOK'"),
                     .at = span_none() },
        .webhook_kind = kind,
    };
    return make(fixture, "webhook");
}

static void a_hook_is_called_with_the_commit(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_webhook(fixture, TRIGGER_CLOUD, "/hook");
    struct target_release release;
    struct target_wish wish = { .commit = TEXT("abc") };
    assert_true(target->type->prepare(target, &fixture->problems));
    assert_current(fixture, target, "");
    assert_true(target->type->find(target, &wish, &release, &fixture->problems));
    assert_int_equal(target->type->switch_to(target, &release, TEXT_EMPTY, &fixture->problems),
                     TARGET_DONE);
    assert_int_equal(target->type->go_back(target, &release, TEXT_EMPTY, &fixture->problems),
                     TARGET_DONE);
    assert_true(target->type->can_go_back(target) && target->type->sends_once);
    assert_int_equal(fixture->server.log->requests, 2);
    assert_described(
        target, "abc",
        "call the deploy hook of webhook environment variable 'HOOK' with revision "
        "abc");
}

static void a_hook_that_takes_no_commit_cannot_go_back(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_webhook(fixture, TRIGGER_FORGE, "/hook");
    struct target_release release = { .name = TEXT("abc") };
    assert_false(target->type->can_go_back(target));
    assert_false(target->type->can_pin(target));
    assert_int_equal(target->type->go_back(target, &release, TEXT_EMPTY, &fixture->problems),
                     TARGET_REFUSED);
    assert_problems(
        &fixture->problems,
        "bddrun: error: webhook environment variable 'HOOK' cannot go back: it deploys the "
        "head "
        "of a branch, whatever it is told\n"
        "  hint: revert the commit on the branch that the host deploys, or use its own "
        "rollback\n");
    assert_described(
        target, "abc",
        "call the deploy hook of webhook environment variable 'HOOK' with revision "
        "abc (it deploys the head of its branch)");
    struct target_wish nothing = { 0 };
    problems_clear(&fixture->problems);
    assert_false(target->type->find(target, &nothing, &release, &fixture->problems));
    assert_problems(&fixture->problems,
                    "bddrun: error: a deploy hook deploys commits: expected to be told which\n"
                    "  hint: give --commit\n");
}

static void a_hook_without_url_and_one_that_refuses_are_said(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_webhook(fixture, TRIGGER_FORGE, "/gone");
    struct target_release release = { .name = TEXT("abc") };
    assert_int_equal(target->type->switch_to(target, &release, TEXT_EMPTY, &fixture->problems),
                     TARGET_REFUSED);
    problems_clear(&fixture->problems);
    fixture->settings.webhook.value = TEXT(" ");
    assert_false(target->type->prepare(target, &fixture->problems));
    assert_problems(&fixture->problems,
                    "bddrun: error: there is no URL of a deploy hook in environment variable "
                    "'HOOK'\n"
                    "  hint: set it to the URL that the host's page of deployments shows\n");
}

/* `shows` and the others as shell scripts; NULL: none. */
static struct target *make_command(struct fixture *fixture, const char *command,
                                   const char *back, const char *shows)
{
    const char *const scripts[] = { command, back, shows };
    struct config_texts words[3] = { { 0 } };
    for (size_t i = 0; i < 3; i++) {
        if (scripts[i]) {
            words[i].list = ARENA_ARRAY(&fixture->arena, 3, struct text);
            words[i].count = 3;
            words[i].list[0] = TEXT("sh");
            words[i].list[1] = TEXT("-c");
            words[i].list[2] = text_of(scripts[i]);
        }
    }
    fixture->settings =
        (struct target_settings){ .command = words[0], .back = words[1], .shows = words[2] };
    return make(fixture, "command");
}

static void a_command_is_told_what_to_make_live(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_command(
        fixture,
        "[ \"$DEPLOY_RELEASE $DEPLOY_COMMIT $DEPLOY_PREVIOUS$DEPLOY_DIGEST\" = '7 abc 6' ]",
        "[ \"$DEPLOY_RELEASE $DEPLOY_PREVIOUS\" = '7 8' ]", "echo 6");
    struct target_wish wish = { .release = TEXT("7"), .commit = TEXT("abc") };
    struct target_release release;
    assert_true(target->type->prepare(target, &fixture->problems));
    assert_current(fixture, target, "6");
    assert_true(target->type->find(target, &wish, &release, &fixture->problems));
    assert_int_equal(target->type->switch_to(target, &release, TEXT("6"), &fixture->problems),
                     TARGET_DONE);
    assert_true(target->type->can_go_back(target));
    assert_true(target->type->can_pin(target));
    assert_int_equal(target->type->go_back(target, &release, TEXT("8"), &fixture->problems),
                     TARGET_DONE);
    assert_problems(&fixture->problems, "");
    assert_described(target, "7",
                     "run sh -c [ \"$DEPLOY_RELEASE $DEPLOY_COMMIT "
                     "$DEPLOY_PREVIOUS$DEPLOY_DIGEST\" = '7 abc 6' ] with DEPLOY_RELEASE=7");
    static const struct target_wish others[] = { { .digest = TEXT_STATIC("d") },
                                                 { .commit = TEXT_STATIC("c") } };
    assert_true(target->type->find(target, &others[0], &release, &fixture->problems));
    assert_text(release.name, "d");
    assert_true(target->type->find(target, &others[1], &release, &fixture->problems));
    assert_text(release.name, "c");
}

static void a_command_that_fails_may_have_done_anything_unless_another_tells(void **state)
{
    struct fixture *fixture = *state;
    struct target_release release = { .name = TEXT("7") };
    static const struct {
        const char *shows;
        enum target_outcome outcome;
    } cases[] = { { NULL, TARGET_UNKNOWN },
                  { "echo 6", TARGET_REFUSED },
                  { "echo 7", TARGET_UNKNOWN },
                  { "exit 1", TARGET_UNKNOWN } };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct target *target = make_command(fixture, "exit 3", "exit 4", cases[i].shows);
        assert_int_equal(
            target->type->switch_to(target, &release, TEXT("6"), &fixture->problems),
            cases[i].outcome);
        assert_int_equal(target->type->go_back(target, &release, TEXT("6"), &fixture->problems),
                         cases[i].outcome);
    }
}

static void a_command_without_a_way_back_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct target *target = make_command(fixture, "true", NULL, "exit 5");
    struct target_release release = { .name = TEXT("7") };
    struct target_wish nothing = { 0 };
    assert_false(target->type->can_go_back(target));
    assert_int_equal(target->type->go_back(target, &release, TEXT("6"), &fixture->problems),
                     TARGET_REFUSED);
    assert_false(target->type->find(target, &nothing, &release, &fixture->problems));
    assert_false(target->type->prepare(target, &fixture->problems));
    assert_problems(&fixture->problems,
                    "bddrun: error: command sh cannot go back\n"
                    "  hint: name the program that does: `back: [program, argument]`\n"
                    "bddrun: error: nothing says what the command shall make live\n"
                    "  hint: give --release, --digest or --commit\n"
                    "bddrun: error: 'sh' ended with exit code 5\n"
                    "  hint: run it by hand to see all that it says\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_image_is_moved_and_moved_back),
        TEST(an_image_that_is_not_there_is_not_found),
        TEST(a_move_that_failed_is_looked_at_again),
        TEST(a_wrong_image_is_refused_before_anything),
        TEST(a_hook_is_called_with_the_commit),
        TEST(a_hook_that_takes_no_commit_cannot_go_back),
        TEST(a_hook_without_url_and_one_that_refuses_are_said),
        TEST(a_command_is_told_what_to_make_live),
        TEST(a_command_that_fails_may_have_done_anything_unless_another_tells),
        TEST(a_command_without_a_way_back_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
