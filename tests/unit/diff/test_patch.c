/* SPDX-License-Identifier: MIT */
#include "diff/tree/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/json_writer.h"
#include "support/json_patch.h"

enum { ROUNDS = 3000, DEPTH = 4 };

static struct text patch_of(struct arena *arena, struct text left, struct text right)
{
    struct tree_pair pair = { .dialect = TREE_JSON, .path = TEXT("$") };
    assert_true(json_parse_text(left, arena, &pair.left.root));
    assert_true(json_parse_text(right, arena, &pair.right.root));
    struct buffer out;
    buffer_init(&out, 1 << 20);
    tree_patch(&pair, &out);
    struct text patch = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return patch;
}

static void operations_are_those_a_person_would_write(void **state)
{
    (void)state;
    static const struct {
        const char *left;
        const char *right;
        const char *patch;
    } cases[] = {
        { "{\"a\":1}", "{\"a\":1.0}", "[]\n" },
        { "{\"a\":1}", "{\"a\":2}",
          "[\n{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}\n]\n" },
        { "{\"a/~\":1}", "{\"b\":[]}",
          "[\n{\"op\":\"remove\",\"path\":\"/a~1~0\"},\n"
          "{\"op\":\"add\",\"path\":\"/b\",\"value\":[]}\n]\n" },
        { "[1,2,3]", "[0,1,2,3]", "[\n{\"op\":\"add\",\"path\":\"/0\",\"value\":0}\n]\n" },
        { "[1,2,3]", "[1,3]", "[\n{\"op\":\"remove\",\"path\":\"/1\"}\n]\n" },
        { "[1,2,3]", "[3,1,2]", "[\n{\"op\":\"move\",\"path\":\"/0\",\"from\":\"/2\"}\n]\n" },
        { "[{\"id\":1,\"n\":1},{\"id\":2,\"n\":2}]", "[{\"id\":2,\"n\":2},{\"id\":1,\"n\":5}]",
          "[\n{\"op\":\"move\",\"path\":\"/1\",\"from\":\"/0\"},\n"
          "{\"op\":\"replace\",\"path\":\"/1/n\",\"value\":5}\n]\n" },
        { "[]", "{}", "[\n{\"op\":\"replace\",\"path\":\"\",\"value\":{}}\n]\n" },
        { "{\"a\":1,\"a\":2}", "{\"a\":2}",
          "[\n{\"op\":\"replace\",\"path\":\"\",\"value\":{\"a\":2}}\n]\n" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct text patch = patch_of(&arena, text_of(cases[i].left), text_of(cases[i].right));
        assert_string_equal(patch.at, cases[i].patch);
    }
    arena_release(&arena);
}

static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static void add_scalar(struct buffer *out, uint64_t *seed)
{
    static const char *const scalars[] = { "null", "true", "false", "\"a\"", "\"~/\"", "1.5" };
    uint64_t chosen = next(seed) % 12;
    if (chosen < ARRAY_SIZE(scalars)) {
        buffer_add_string(out, scalars[chosen]);
    } else {
        buffer_add_number(out, next(seed) % 9);
    }
}

static void add_value(struct buffer *out, uint64_t *seed, unsigned depth);

/* Of records with an id, or of anything. */
static void add_array(struct buffer *out, uint64_t *seed, unsigned depth)
{
    size_t count = next(seed) % 9;
    bool is_keyed = next(seed) % 3 == 0;
    size_t first = next(seed) % 5;
    size_t factor = 1 + next(seed) % 3;
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, i ? "," : "");
        if (is_keyed) {
            buffer_add_format(out, "{\"id\":%zu,\"v\":", (first + i * factor) % 11);
        }
        add_value(out, seed, depth - 1);
        buffer_add_string(out, is_keyed ? "}" : "");
    }
    buffer_add_byte(out, ']');
}

static void add_object(struct buffer *out, uint64_t *seed, unsigned depth)
{
    static const char *const keys[] = { "a", "b", "c/d", "~", "e" };
    const char *separator = "";
    buffer_add_byte(out, '{');
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        if (next(seed) % 2) {
            buffer_add_format(out, "%s\"%s\":", separator, keys[i]);
            add_value(out, seed, depth - 1);
            separator = ",";
        }
    }
    buffer_add_byte(out, '}');
}

static void add_value(struct buffer *out, uint64_t *seed, unsigned depth)
{
    uint64_t kind = depth ? next(seed) % 4 : 0;
    if (kind < 2) {
        add_scalar(out, seed);
    } else if (kind == 2) {
        add_object(out, seed, depth);
    } else {
        add_array(out, seed, depth);
    }
}

static struct text generate(struct arena *arena, uint64_t seed)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    seed % 2 ? add_array(&out, &seed, DEPTH) : add_object(&out, &seed, DEPTH);
    struct text kept = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return kept;
}

static void check_patch(struct arena *arena, uint64_t seed)
{
    struct text left = generate(arena, seed);
    struct text right = generate(arena, seed + 2 * (1 + seed % 3));
    struct text patch = patch_of(arena, left, right);
    const struct json_value *from = NULL;
    const struct json_value *to = NULL;
    const struct json_value *operations = NULL;
    const struct json_value *made = NULL;
    assert_true(json_parse_text(left, arena, &from));
    assert_true(json_parse_text(right, arena, &to));
    assert_true(json_parse_text(patch, arena, &operations));
    struct buffer out;
    buffer_init(&out, 1 << 20);
    bool is_applied = json_patch_apply(from, operations, arena, &out);
    struct text patched = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    if (!is_applied || !json_parse_text(patched, arena, &made) || !json_equal(made, to)) {
        fail_msg("seed %zu: %s\nto %s\nby %s\nis %s", (size_t)seed, left.at, right.at, patch.at,
                 patched.at);
    }
}

static void a_patch_makes_the_left_document_the_right_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct arena arena;
        arena_init(&arena);
        check_patch(&arena, seed);
        arena_release(&arena);
    }
}

/* Permutations of one array with some items replaced, all seeds: the order is what is hard. */
static void any_order_is_reached(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct arena arena;
        arena_init(&arena);
        struct text sides[2];
        for (int side = 0; side < 2; side++) {
            uint64_t random = seed * 2 + (uint64_t)side;
            struct buffer out;
            buffer_init(&out, 1 << 16);
            size_t count = next(&random) % 12;
            for (size_t i = 0; i < count; i++) {
                buffer_add_format(&out, "%c%zu", i ? ',' : '[', (size_t)(next(&random) % 14));
            }
            buffer_add_string(&out, count ? "]" : "[]");
            sides[side] = arena_text(&arena, buffer_text(&out));
            buffer_release(&out);
        }
        struct text patch = patch_of(&arena, sides[0], sides[1]);
        const struct json_value *from = NULL;
        const struct json_value *operations = NULL;
        assert_true(json_parse_text(sides[0], &arena, &from));
        assert_true(json_parse_text(patch, &arena, &operations));
        struct buffer out;
        buffer_init(&out, 1 << 16);
        bool is_applied = json_patch_apply(from, operations, &arena, &out);
        if (!is_applied || !text_equal(buffer_text(&out), sides[1])) {
            fail_msg("%s to %s by %s is %s", sides[0].at, sides[1].at, patch.at, out.at);
        }
        buffer_release(&out);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_are_those_a_person_would_write),
        cmocka_unit_test(a_patch_makes_the_left_document_the_right_one),
        cmocka_unit_test(any_order_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
