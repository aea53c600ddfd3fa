/* SPDX-License-Identifier: MIT */
#include "record/recording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct exchange asked(const char *method, const char *url, const char *actor)
{
    return (struct exchange){ .request = { .method = text_of(method), .url = text_of(url) },
                              .actor = text_of(actor) };
}

static void an_exchange_is_found_by_method_path_and_order(void **state)
{
    struct exchange list[] = {
        asked("GET", "https://a.test/api?x=1", "alice"),
        asked("POST", "https://a.test/api", "alice"),
        asked("GET", "https://a.test/api?x=2", "bob"),
        asked("GET", "https://a.test", "bob"),
        asked("GET", "nonsense", "bob"),
    };
    (void)state;
    struct recording recording;
    recording_init(&recording);
    for (size_t i = 0; i < 5; i++) {
        recording_add(&recording, &list[i], NULL);
    }
    struct recording_wanted wanted = { .method = TEXT("GET"), .path = TEXT("/api"), .nth = 1 };
    assert_ptr_equal(recording_exchange(&recording, &wanted)->exchange, &list[2]);
    wanted.nth = 2;
    assert_null(recording_exchange(&recording, &wanted));
    wanted = (struct recording_wanted){ TEXT("GET"), TEXT("/api"), TEXT("bob"), 0 };
    assert_ptr_equal(recording_exchange(&recording, &wanted)->exchange, &list[2]);
    wanted = (struct recording_wanted){ TEXT("GET"), TEXT("/"), TEXT_EMPTY, 0 };
    assert_ptr_equal(recording_exchange(&recording, &wanted)->exchange, &list[3]);
    recording_release(&recording);
}

static void a_socket_is_found_by_name_and_an_unnamed_one_by_path(void **state)
{
    struct exchange first = asked("GET", "wss://a.test/rt?token=1", "alice");
    struct exchange second = asked("GET", "wss://a.test/other", "");
    struct conversation named = { .name = TEXT("game"), .actor = TEXT("alice") };
    struct conversation unnamed = { .name = TEXT_EMPTY };
    (void)state;
    struct recording recording;
    recording_init(&recording);
    recording_add(&recording, &first, NULL);
    recording_add(&recording, &first, &named);
    recording_add(&recording, &second, &unnamed);
    struct recording_wanted wanted = { .actor = TEXT("alice"), .path = TEXT("/other") };
    assert_ptr_equal(recording_socket(&recording, TEXT("game"), &wanted)->conversation, &named);
    assert_ptr_equal(recording_socket(&recording, TEXT("chat"), &wanted)->conversation,
                     &unnamed);
    wanted.path = TEXT_EMPTY;
    assert_null(recording_socket(&recording, TEXT("chat"), &wanted));
    wanted.actor = TEXT("bob");
    assert_null(recording_socket(&recording, TEXT("game"), &wanted));
    recording_release(&recording);
}

static void an_entry_is_replaced_whole(void **state)
{
    struct exchange before = asked("GET", "https://a.test/", "");
    struct exchange after = asked("GET", "https://a.test/", "");
    (void)state;
    struct recording recording;
    recording_init(&recording);
    struct recorded_entry *entry = recording_add(&recording, &before, NULL);
    entry->body = RECORDED_BODY_ABSENT;
    recording_replace(&recording, 0, &after, NULL);
    assert_ptr_equal(recording.list[0].exchange, &after);
    assert_int_equal(recording.list[0].body, RECORDED_BODY_KEPT);
    assert_null(recording_span(&recording, &recording.list[0]).source);
    recording_release(&recording);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exchange_is_found_by_method_path_and_order),
        cmocka_unit_test(a_socket_is_found_by_name_and_an_unnamed_one_by_path),
        cmocka_unit_test(an_entry_is_replaced_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
