/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "diff/identity.h"

#define UUID(n) "3f2504e0-4f89-41d3-9a0c-0305e82c33" n

static struct arena arena;
static struct identity *identity;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    identity = identity_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    identity_free(identity);
    arena_release(&arena);
    return 0;
}

static const struct json_value *parse(const char *text)
{
    const struct json_value *root = NULL;
    assert_true(json_parse_text(text_of(text), &arena, &root));
    return root;
}

static enum identity_answer meet_named(const char *name, const char *left, const char *right)
{
    struct identity_meeting meeting = { .name = text_of(name),
                                        .left = text_of(left),
                                        .right = text_of(right),
                                        .place = TEXT("GET /x") };
    return identity_meet(identity, &meeting);
}

static enum identity_answer meet(const char *left, const char *right)
{
    return meet_named("", left, right);
}

static enum identity_kind kind(const char *name, const char *value)
{
    return identity_kind_of(text_of(name), text_of(value));
}

static void ids_are_known_by_their_form(void **state)
{
    (void)state;
    assert_int_equal(kind("", UUID("01")), IDENTITY_UUID);
    assert_int_equal(kind("", "01ARZ3NDEKTSV4RRFFQ69G5FAV"), IDENTITY_ULID);
    assert_int_equal(kind("", "V1StGXR8_Z5jdHi6B-myT"), IDENTITY_NANOID);
    assert_int_equal(kind("", "00112233445566778899aabbccddeeff"), IDENTITY_HEX);
    assert_int_equal(kind("", "SGVsbG8gV29ybGQhIDEyMzQ1Njc4"), IDENTITY_BASE64);
    assert_int_equal(kind("", "SGVsbG8gV29ybGQhID/yMzQ1Njc="), IDENTITY_BASE64);
    assert_int_equal(kind("", "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl"), IDENTITY_JWT);
    assert_int_equal(kind("", "‹redacted:email:0a1b2c3d›"), IDENTITY_REDACTED);
    assert_int_equal(kind("id", "123456"), IDENTITY_INTEGER);
    assert_int_equal(kind("count", "123456"), IDENTITY_NONE);
    assert_int_equal(kind("id", "12345"), IDENTITY_NONE);
    assert_int_equal(kind("", "an ordinary sentence, with words"), IDENTITY_NONE);
    assert_int_equal(kind("", "some-article-about-2024-things"), IDENTITY_NONE);
    assert_int_equal(kind("", "example.org"), IDENTITY_NONE);
    assert_int_equal(kind("", "communicationservices"), IDENTITY_NONE);
    assert_int_equal(kind("", "a.b.c.d.e.f.g"), IDENTITY_NONE);
    assert_int_equal(kind("", "81ARZ3NDEKTSV4RRFFQ69G5FAV"), IDENTITY_NONE);
    assert_int_equal(kind("", "01ARZ3NDEKTSV4RRFFQ69G5FAU"), IDENTITY_NONE);
    assert_int_equal(kind("", "eyJhbGciOiJI.eyJzdWIiOiIx.c2ln/bmF0dXJl"), IDENTITY_NONE);
    assert_int_equal(kind("", "ey.a.b"), IDENTITY_NONE);
    assert_int_equal(kind("", "‹redacted:email"), IDENTITY_NONE);
    assert_int_equal(kind("", "0123456789abcde"), IDENTITY_NONE);
    assert_int_equal(kind("", "abcdefabcdefabcdef"), IDENTITY_NONE);
    assert_int_equal(kind("", ""), IDENTITY_NONE);
    assert_string_equal(identity_kind_name(IDENTITY_INTEGER), "long integer");
}

static void names_of_ids_have_a_border_before_it(void **state)
{
    (void)state;
    static const char *const ids[] = { "id",     "ID",       "user_id",   "userId",
                                       "userID", "user-id",  "table.ids", "uuid",
                                       "x_uuid", "gameUuid", "sid",       "v2id" };
    static const char *const others[] = {
        "", "paid", "valid", "idea", "identity", "d", "grids"
    };
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        assert_true(identity_is_id_name(text_of(ids[i])));
    }
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_false(identity_is_id_name(text_of(others[i])));
    }
}

static void the_first_meeting_binds_and_later_ones_must_agree(void **state)
{
    (void)state;
    struct text other;
    assert_int_equal(meet(UUID("01"), UUID("a1")), IDENTITY_BOUND);
    assert_int_equal(meet(UUID("02"), UUID("a2")), IDENTITY_BOUND);
    assert_int_equal(meet(UUID("01"), UUID("a1")), IDENTITY_BOUND);
    assert_int_equal(meet(UUID("01"), UUID("a2")), IDENTITY_CROSSED);
    assert_int_equal(meet(UUID("01"), UUID("a3")), IDENTITY_CROSSED);
    assert_int_equal(meet(UUID("03"), UUID("a1")), IDENTITY_CROSSED);
    assert_int_equal(identity_count(identity), 2);
    assert_true(identity_live_of(identity, text_of(UUID("01")), &other));
    assert_true(text_is(other, UUID("a1")));
    assert_true(identity_recorded_of(identity, text_of(UUID("a2")), &other));
    assert_true(text_is(other, UUID("02")));
    assert_false(identity_live_of(identity, text_of(UUID("a1")), &other));
    assert_false(identity_recorded_of(identity, text_of(UUID("01")), &other));
}

static void a_crossed_id_is_told_once_with_both_places(void **state)
{
    (void)state;
    size_t count;
    (void)meet(UUID("01"), UUID("a1"));
    (void)meet(UUID("02"), UUID("a2"));
    (void)meet(UUID("01"), UUID("a2"));
    (void)meet(UUID("01"), UUID("a2"));
    (void)meet(UUID("01"), UUID("a9"));
    const struct text *notes = identity_notes(identity, &count);
    assert_int_equal(count, 2);
    assert_string_equal(
        notes[0].at,
        "crossed ids at GET /x: '" UUID("a2") "' stands where '" UUID(
            "01") "' was recorded; that one is '" UUID("a1") "' (GET /x); this "
                                                             "one was '" UUID("02") "' (GET "
                                                                                    "/x)");
    assert_string_equal(notes[1].at,
                        "crossed ids at GET /x: '" UUID("a9") "' stands where '" UUID(
                            "01") "' was recorded; "
                                  "that one is '" UUID("a1") "' (GET "
                                                             "/x)");
}

static void kinds_must_be_the_same(void **state)
{
    (void)state;
    assert_int_equal(meet(UUID("01"), "V1StGXR8_Z5jdHi6B-myT"), IDENTITY_IS_NONE);
    assert_int_equal(meet("V1StGXR8_Z5jdHi6B-myT", "V1StGXR80Z5jdHi6BAmy1"), IDENTITY_BOUND);
    assert_int_equal(meet("‹redacted:email:0a1b2c3d›", "‹redacted:jwt:0a1b2c3d›"),
                     IDENTITY_IS_NONE);
    assert_int_equal(meet("‹redacted:email:0a1b2c3d›", "‹redacted:email:ffffffff›"),
                     IDENTITY_BOUND);
    assert_int_equal(meet_named("id", "100001", "200001"), IDENTITY_BOUND);
    assert_int_equal(meet_named("score", "100001", "200001"), IDENTITY_IS_NONE);
    assert_int_equal(meet("abc", "abd"), IDENTITY_IS_NONE);
}

static void ids_inside_of_texts_meet(void **state)
{
    (void)state;
    assert_int_equal(meet("/tables/" UUID("01") "/seats", "/tables/" UUID("a1") "/seats"),
                     IDENTITY_BOUND);
    assert_int_equal(meet(UUID("01"), UUID("a2")), IDENTITY_CROSSED);
    assert_int_equal(meet("/tables/" UUID("01"), "/rooms/" UUID("a1")), IDENTITY_IS_NONE);
    assert_int_equal(meet("same", "same"), IDENTITY_IS_NONE);
    assert_int_equal(meet("/x/", "/x/" UUID("a1")), IDENTITY_IS_NONE);
    assert_int_equal(meet("/tables/" UUID("01") "/x", "/tables/" UUID("a1")), IDENTITY_IS_NONE);
    assert_int_equal(meet("a " UUID("02") " b " UUID("01"), "a " UUID("a2") " b " UUID("a7")),
                     IDENTITY_CROSSED);
    assert_int_equal(meet("Bearer ‹redacted:jwt:0a1b2c3d›", "Bearer ‹redacted:jwt:ffffffff›"),
                     IDENTITY_BOUND);
    assert_int_equal(meet("Bearer ‹redacted:jwt", "Bearer ‹redacted:jws"), IDENTITY_IS_NONE);
}

static void values_of_documents_are_told_with_their_paths(void **state)
{
    (void)state;
    size_t count;
    const struct json_value *left =
        parse("{\"a\": [\"" UUID("01") "\"], \"b\": \"" UUID("01") "\"}");
    const struct json_value *right =
        parse("{\"a\": [\"" UUID("a1") "\"], \"b\": \"" UUID("a2") "\"}");
    struct identity_meeting meeting = { .place = TEXT("GET /x") };
    identity_documents(identity, left, right);
    meeting.left_value = json_item(json_member_named(left, "a"), 0);
    meeting.right_value = json_item(json_member_named(right, "a"), 0);
    assert_int_equal(identity_meet(identity, &meeting), IDENTITY_BOUND);
    meeting.left_value = json_member_named(left, "b");
    meeting.right_value = json_member_named(right, "b");
    assert_int_equal(identity_meet(identity, &meeting), IDENTITY_CROSSED);
    const struct text *notes = identity_notes(identity, &count);
    assert_string_equal(notes[0].at,
                        "crossed ids at GET /x $['b']: '" UUID("a2") "' stands where '" UUID(
                            "01") "' was recorded; that one is '" UUID("a1") "' (GET /x "
                                                                             "$['a'][0])");
    meeting.right_value = left; /* an object */
    assert_int_equal(identity_meet(identity, &meeting), IDENTITY_IS_NONE);
    meeting.right_value = NULL;
    assert_int_equal(identity_meet(identity, &meeting), IDENTITY_IS_NONE);
}

static void an_id_that_both_documents_have_belongs_to_itself(void **state)
{
    (void)state;
    const struct json_value *left =
        parse("{\"alice\": \"" UUID("01") "\", \"bob\": \"" UUID("02") "\"}");
    const struct json_value *right =
        parse("{\"alice\": \"" UUID("02") "\", \"bob\": \"" UUID("01") "\"}");
    struct identity_meeting meeting = { .left_value = &left->children[0],
                                        .right_value = &right->children[0],
                                        .place = TEXT("GET /x") };
    identity_documents(identity, left, right);
    assert_int_equal(identity_meet(identity, &meeting), IDENTITY_CROSSED);
}

static void names_whose_ids_are_new_are_no_keys(void **state)
{
    (void)state;
    identity_documents(identity,
                       parse("{\"rows\": [{\"id\": \"" UUID(
                           "01") "\", \"table_id\": 1000001},"
                                 " {\"id\": \"" UUID("02") "\", \"table_id\": 1000002}]}"),
                       parse("{\"rows\": [{\"id\": \"" UUID(
                           "a1") "\", \"table_id\": 1000001},"
                                 " {\"id\": \"" UUID("a2") "\", \"table_id\": 1000002}]}"));
    assert_true(identity_is_renamed(identity, TEXT("id")));
    assert_false(identity_is_renamed(identity, TEXT("table_id")));
    assert_false(identity_is_renamed(identity, TEXT("other_id")));
    identity_documents(identity, NULL, NULL);
    assert_false(identity_is_renamed(identity, TEXT("id")));
}

static void large_documents_are_looked_through_when_it_is_needed(void **state)
{
    (void)state;
    struct buffer left;
    struct buffer right;
    buffer_init(&left, 4 << 20);
    buffer_init(&right, 4 << 20);
    for (unsigned i = 0; i < 8000; i++) {
        buffer_add_format(&left, "%s{\"id%u\": \"%08x-4f89-41d3-9a0c-0305e82c3301\"}",
                          i ? ", " : "[", i % 100, i);
        buffer_add_format(&right, "%s{\"id%u\": \"%08x-4f89-41d3-9a0c-0305e82c3301\"}",
                          i ? ", " : "[", i % 100, i ^ 1);
    }
    buffer_add_byte(&left, ']');
    buffer_add_byte(&right, ']');
    identity_documents(identity, parse(left.at), parse(right.at));
    assert_int_equal(identity_count(identity), 0);
    assert_int_equal(
        meet("00000000-4f89-41d3-9a0c-0305e82c3301", "00000001-4f89-41d3-9a0c-0305e82c3301"),
        IDENTITY_CROSSED);
    assert_int_equal(identity_count(identity), 8000);
    buffer_release(&left);
    buffer_release(&right);
}

static void many_ids_and_notes_are_bounded(void **state)
{
    (void)state;
    size_t count;
    char left[40];
    char right[40];
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(left, sizeof left, "%08x-4f89-41d3-9a0c-0305e82c3301", i);
        snprintf(right, sizeof right, "%08x-4f89-41d3-9a0c-0305e82c33a1", i);
        assert_int_equal(meet(left, right), IDENTITY_BOUND);
    }
    for (unsigned i = 0; i < 300; i++) {
        snprintf(left, sizeof left, "%08x-4f89-41d3-9a0c-0305e82c3301", i);
        snprintf(right, sizeof right, "%08x-4f89-41d3-9a0c-0305e82c33a1", i + 1);
        assert_int_equal(meet(left, right), IDENTITY_CROSSED);
    }
    (void)identity_notes(identity, &count);
    assert_int_equal(count, IDENTITY_NOTES_LIMIT);
    assert_int_equal(identity_count(identity), 5000);
    identity_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ids_are_known_by_their_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_of_ids_have_a_border_before_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_first_meeting_binds_and_later_ones_must_agree,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_crossed_id_is_told_once_with_both_places, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(kinds_must_be_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_inside_of_texts_meet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_of_documents_are_told_with_their_paths, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_id_that_both_documents_have_belongs_to_itself,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_whose_ids_are_new_are_no_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_documents_are_looked_through_when_it_is_needed,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_ids_and_notes_are_bounded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
