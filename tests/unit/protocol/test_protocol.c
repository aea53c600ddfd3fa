/* SPDX-License-Identifier: MIT */
#include "protocol/protocol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void protocols_are_found_by_both_their_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *key;
    } cases[] = {
        { "text", "text" },
        { "JSON", "json" },
        { "Socket.IO", "socketio" },
        { "Pusher", "pusher" },
    };
    assert_int_equal(protocol_count, ARRAY_SIZE(cases));
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_ptr_equal(protocol_find(text_of(cases[i].name)), protocols[i]);
        assert_ptr_equal(protocol_find(text_of(cases[i].key)), protocols[i]);
    }
    assert_null(protocol_find(TEXT("pusher ")));
    assert_null(protocol_find(TEXT_EMPTY));
}

static void no_protocol_lacks_a_function(void **state)
{
    (void)state;
    for (size_t i = 0; i < protocol_count; i++) {
        const struct protocol *protocol = protocols[i];
        assert_true(protocol->address && protocol->create && protocol->release);
        assert_true(protocol->opened && protocol->received && protocol->due);
        assert_true(protocol->send_event && protocol->reply);
        assert_true(protocol->join && protocol->leave && protocol->authorised);
        assert_true(protocol->members && protocol->goodbye);
    }
}

static void an_address_that_needs_nothing_stays(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct headers query = { 0 };
    struct protocol_options options = { .key = TEXT_EMPTY };
    arena_init(&arena);
    assert_true(text_is(protocols[0]->address(&options, TEXT("/x?y"), &query, &arena), "/x?y"));
    assert_int_equal(query.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protocols_are_found_by_both_their_names),
        cmocka_unit_test(no_protocol_lacks_a_function),
        cmocka_unit_test(an_address_that_needs_nothing_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
