/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/clock.h"
#include "format/json.h"
#include "redact/secrets.h"
#include "world/actor.h"
#include "world/actor_socket.h"
#include "world/inbox.h"
#include "world/world.h"

struct fixture {
    struct arena arena;
    struct inbox inbox;
};

static int open_fixture(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){ 0 };
    arena_init(&fixture.arena);
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    inbox_release(&fixture->inbox);
    arena_release(&fixture->arena);
    return 0;
}

static struct inbox_event *add(struct fixture *fixture, const char *name, const char *data)
{
    struct inbox_event event = {
        .is = { .name = text_of(name), .data = text_of(data), .channel = TEXT_EMPTY },
        .at_ns = (fixture->inbox.count + 1) * 10 * NANOSECONDS_PER_MILLISECOND,
    };
    return inbox_add(&fixture->inbox, &fixture->arena, &event, TEXT_EMPTY);
}

static void the_first_unread_is_found_and_others_are_left(void **state)
{
    struct fixture *fixture = *state;
    struct inbox *inbox = &fixture->inbox;
    size_t index = 0;
    assert_null(inbox_unread(inbox, &index));
    struct inbox_event *a = add(fixture, "a", "1");
    struct inbox_event *b = add(fixture, "b", "2");
    struct inbox_event *c = add(fixture, "c", "3");
    struct inbox_event *reply = add(fixture, "", "4");
    reply->is.kind = PROTOCOL_EVENT_REPLY;
    b->is_ignored = true;
    assert_ptr_equal(inbox_unread(inbox, &index), a);
    inbox_take(a);
    assert_ptr_equal(inbox_unread(inbox, &index), c);
    assert_int_equal(index, 2);
    assert_int_equal(inbox_unread_count(inbox), 1);
    inbox_take(c);
    index = 0;
    assert_null(inbox_unread(inbox, &index));
    assert_int_equal(inbox_unread_count(inbox), 0);
    assert_int_equal(inbox->count, 4); /* nothing is removed */
}

static void what_lies_in_the_frame_is_not_copied_and_the_rest_is(void **state)
{
    struct fixture *fixture = *state;
    struct text frame = TEXT("tick data");
    struct text attachment = TEXT("bytes");
    struct inbox_event event = {
        .is = { .name = text_slice(frame, 0, 4),
                .data = text_from(frame, 5),
                .channel = TEXT("elsewhere"),
                .attachments = &attachment,
                .attachment_count = 1 },
    };
    const struct inbox_event *kept = inbox_add(&fixture->inbox, &fixture->arena, &event, frame);
    assert_ptr_equal(kept->is.name.at, frame.at);
    assert_ptr_equal(kept->is.data.at, frame.at + 5);
    assert_true(text_is(kept->is.channel, "elsewhere"));
    assert_ptr_not_equal(kept->is.channel.at, event.is.channel.at);
    assert_true(text_is(kept->is.attachments[0], "bytes"));
    assert_ptr_not_equal(kept->is.attachments[0].at, attachment.at);
}

static void a_full_inbox_takes_nothing_more(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < INBOX_EVENTS_LIMIT; i++) {
        assert_non_null(add(fixture, "", "x"));
    }
    assert_false(fixture->inbox.is_full);
    assert_null(add(fixture, "", "x"));
    assert_true(fixture->inbox.is_full);
    assert_int_equal(fixture->inbox.count, INBOX_EVENTS_LIMIT);
}

static void bytes_are_limited_too(void **state)
{
    struct fixture *fixture = *state;
    static char large[INBOX_BYTES_LIMIT / 2];
    struct inbox_event event = { .is = { .data = text_make(large, sizeof large) } };
    struct text frame = event.is.data;
    assert_non_null(inbox_add(&fixture->inbox, &fixture->arena, &event, frame));
    assert_non_null(inbox_add(&fixture->inbox, &fixture->arena, &event, frame));
    assert_null(inbox_add(&fixture->inbox, &fixture->arena, &event, frame));
}

static void json_is_parsed_once(void **state)
{
    struct fixture *fixture = *state;
    struct inbox_event *json = add(fixture, "", "{\"a\": 1}");
    struct inbox_event *plain = add(fixture, "", "plain");
    const struct json_value *root = inbox_event_json(json, &fixture->arena);
    assert_non_null(json_member_named(root, "a"));
    assert_ptr_equal(inbox_event_json(json, &fixture->arena), root);
    assert_null(inbox_event_json(plain, &fixture->arena));
    assert_null(inbox_event_json(plain, &fixture->arena));
    struct inbox_event *binary = add(fixture, "", "1");
    binary->is.is_binary = true;
    assert_null(inbox_event_json(binary, &fixture->arena));
}

static void assert_printed(const struct inbox *inbox, uint64_t zero_ms, const char *expected)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 1 << 16);
    inbox_print(&out, inbox, zero_ms * NANOSECONDS_PER_MILLISECOND);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}

static void an_inbox_is_printed_with_times_from_a_moment(void **state)
{
    struct fixture *fixture = *state;
    assert_printed(&fixture->inbox, 0, "");
    inbox_take(add(fixture, "hello", "{\"n\":1}"));
    add(fixture, "tick", "a\nb\x1b[2J")->is_ignored = true;
    struct inbox_event *binary = add(fixture, "", "\x01\xff");
    binary->is.is_binary = true;
    struct inbox_event *reply = add(fixture, "", "[1]");
    reply->is.kind = PROTOCOL_EVENT_REPLY;
    reply->is.call = 7;
    struct inbox_event *channel = add(fixture, "moved", "null");
    channel->is.channel = TEXT("private-table");
    add(fixture, "", "")->is.is_binary = true;
    assert_printed(&fixture->inbox, 25,
                   "  -0.015 s  (read)  \"hello\" {\"n\":1}\n"
                   "  -0.005 s  (ignored)  \"tick\" a\\nb\\x1b[2J\n"
                   "  +0.005 s  01 ff (2 bytes)\n"
                   "  +0.015 s  answer to call 7 [1]\n"
                   "  +0.025 s  \"moved\" on private-table null\n"
                   "  +0.035 s  (0 bytes)\n");
}

static void long_messages_and_inboxes_are_shortened(void **state)
{
    struct fixture *fixture = *state;
    struct buffer out CLEANUP(buffer_release);
    static char large[400];
    static char umlauts[400];
    memset(large, 'x', sizeof large - 1);
    for (size_t i = 1; i + 2 < sizeof umlauts; i += 2) {
        umlauts[0] = 'x';
        memcpy(umlauts + i, "\xc3\xa4", 2);
    }
    buffer_init(&out, 1 << 16);
    inbox_event_print(&out, add(fixture, "", large));
    assert_int_equal(out.size, 160 + strlen("… (399 bytes)"));
    buffer_clear(&out);
    inbox_event_print(&out, add(fixture, "", umlauts));
    assert_non_null(strstr(out.at, "\xc3\xa4… ("));
    struct inbox_event *binary = add(fixture, "", large);
    binary->is.is_binary = true;
    buffer_clear(&out);
    inbox_event_print(&out, binary);
    assert_non_null(strstr(out.at, "78 78… (399 bytes)"));
    for (size_t i = 0; i < 30; i++) {
        add(fixture, "t", "1");
    }
    buffer_clear(&out);
    inbox_print(&out, &fixture->inbox, 0);
    assert_non_null(strstr(out.at, "\n  … 13 more\n"));
}

/* Half of a secret that is cut would be one that masking does not find. */
static void secrets_are_masked_before_a_message_is_shortened(void **state)
{
    struct fixture *fixture = *state;
    struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("hunter2hunter2")));
    const struct world_context context = { .secrets = &secrets };
    struct world world = { .context = &context };
    struct actor actor = { .world = &world };
    struct actor_socket socket = { .actor = &actor };
    char data[201];
    memset(data, 'x', sizeof data - 1);
    data[sizeof data - 1] = '\0';
    memcpy(data + 155, "hunter2hunter2", 14);
    struct inbox_event *cut = add(fixture, "", data);
    struct inbox_event *named = add(fixture, "", "{\"password\":\"p4ss\",\"a\":1}");
    cut->socket = &socket;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 1 << 16);
    inbox_event_print(&out, cut);
    assert_null(strstr(out.at, "hunt"));
    assert_non_null(strstr(out.at, "x***xx… (200 bytes)"));
    buffer_clear(&out);
    inbox_event_print(&out, named);
    assert_string_equal(out.at, "{\"password\":\"***\",\"a\":1}");
    secrets_release(&secrets);
}

int main(void)
{
#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(the_first_unread_is_found_and_others_are_left),
        WITH_FIXTURE(what_lies_in_the_frame_is_not_copied_and_the_rest_is),
        WITH_FIXTURE(a_full_inbox_takes_nothing_more),
        WITH_FIXTURE(bytes_are_limited_too),
        WITH_FIXTURE(json_is_parsed_once),
        WITH_FIXTURE(an_inbox_is_printed_with_times_from_a_moment),
        WITH_FIXTURE(long_messages_and_inboxes_are_shortened),
        WITH_FIXTURE(secrets_are_masked_before_a_message_is_shortened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
