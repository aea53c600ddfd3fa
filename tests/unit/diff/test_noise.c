/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "config/masks.h"
#include "diff/mask/mask_set.h"
#include "diff/noise.h"
#include "exchange/header.h"
#include "support/problem_text.h"
#include "support/talk_maker.h"

enum { PRINTED_LIMIT = 65536 };

static struct arena arena;
static struct noise *noise;
static struct buffer out;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    buffer_init(&out, PRINTED_LIMIT);
    noise = noise_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    noise_free(noise);
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}

enum { SAMPLES = 3 };

static void learn(const char *const *bodies, size_t count)
{
    struct noise_sample samples[SAMPLES] = { 0 };
    for (size_t i = 0; i < count; i++) {
        samples[i].method = TEXT("GET");
        samples[i].url_path = TEXT("/api/lobby");
        samples[i].body = text_of(bodies[i]);
    }
    noise_add(noise, samples, count);
}

/* The proposal, which bddrun.yaml takes as it is. */
static void assert_proposed(const char *expected)
{
    static const char *const none[] = { NULL };
    struct config config;
    struct problems problems;
    struct mask_set set;
    size_t count;
    problems_init(&problems);
    config_init(&config, none);
    mask_set_init(&set);
    buffer_clear(&out);
    buffer_add_string(&out, "version: 1\n");
    bool is_any = noise_propose(noise, &out);
    bool is_read = config_read(&config, TEXT("bddrun.yaml"), buffer_text(&out), &problems);
    const struct config_mask *masks = config_masks(&config, &count);
    for (size_t i = 0; i < count; i++) {
        struct mask_writing writing = { .on = masks[i].on.text,
                                        .at = masks[i].at.text,
                                        .assertion = masks[i].assertion.text };
        is_read = mask_set_add(&set, &writing, &problems) && is_read;
    }
    assert_problems(&problems, "");
    assert_true(is_read);
    assert_int_equal(is_any, count > 0);
    mask_set_release(&set);
    config_release(&config);
    problems_release(&problems);
    struct text printed = arena_text(&arena, text_from(buffer_text(&out), 11));
    assert_string_equal(printed.at, expected);
}

static void every_kind_of_noise_gets_a_mask_that_still_asserts(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"at\": \"2026-11-23T10:00:00Z\", \"epoch\": 1795417748, \"n\": 100, \"hits\": 5,"
        " \"word\": \"a\", \"flag\": true, \"set\": [1, 2, 3], \"still\": 1,"
        " \"items\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\"}],"
        " \"ulid\": \"01ARZ3NDEKTSV4RRFFQ69G5FAV\", \"nano\": \"V1StGXR8_Z5jdHi6B-myT\","
        " \"hex\": \"00112233445566778899aabbccddeeff\","
        " \"b64\": \"SGVsbG8gV29ybGQhIDEyMzQ1Njc4\","
        " \"jwt\": \"eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl\", \"o'x.y\": \"a\"}",
        "{\"at\": \"2026-11-23T10:00:03Z\", \"epoch\": 1795417749, \"n\": 110, \"hits\": 6,"
        " \"word\": \"b\", \"flag\": false, \"set\": [3, 1, 2], \"still\": 1,"
        " \"items\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3302\"}],"
        " \"ulid\": \"01ARZ3NDEKTSV4RRFFQ69G5FAW\", \"nano\": \"V1StGXR8_Z5jdHi6B-myU\","
        " \"hex\": \"00112233445566778899aabbccddee00\","
        " \"b64\": \"SGVsbG8gV29ybGQhIDEyMzQ1Njc5\","
        " \"jwt\": \"eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJm\", \"o'x.y\": \"b\"}",
        "{\"at\": \"2026-11-23T10:00:09Z\", \"epoch\": 1795417750, \"n\": 90, \"hits\": 7,"
        " \"word\": \"c\", \"flag\": false, \"set\": [2, 3, 1], \"still\": 1,"
        " \"items\": [{\"id\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3303\"}],"
        " \"ulid\": \"01ARZ3NDEKTSV4RRFFQ69G5FAX\", \"nano\": \"V1StGXR8_Z5jdHi6B-myV\","
        " \"hex\": \"00112233445566778899aabbccddee01\","
        " \"b64\": \"SGVsbG8gV29ybGQhIDEyMzQ1Njc6\","
        " \"jwt\": \"eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJn\", \"o'x.y\": \"c\"}",
    };
    learn(bodies, 3);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # date, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 2026-11-23T10:00:00Z, "
        "then 2026-11-23T10:00:03Z\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.at\"', assert: date}\n"
        "  # date, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 1795417748, then "
        "1795417749\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.epoch\"', assert: date}\n"
        "  # number, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 100, then 110\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.n\"', assert: number ± 20 %}\n"
        "  # counter, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 5, then 6\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.hits\"', assert: number}\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): a, then "
        "b\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.word\"', assert: type}\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): a "
        "boolean, then the other\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.flag\"', assert: type}\n"
        "  # order of items, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.set\"', assert: set}\n"
        "  # uuid, differed in 2 of 2 comparisons (95 %: 34 to 100 %): "
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301, then 3f2504e0-4f89-41d3-9a0c-0305e82c3302\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.items[*].id\"', assert: uuid}\n"
        "  # ulid, differed in 2 of 2 comparisons (95 %: 34 to 100 %): "
        "01ARZ3NDEKTSV4RRFFQ69G5FAV, then 01ARZ3NDEKTSV4RRFFQ69G5FAW\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.ulid\"', assert: 'regex "
        "^[0-7][0-9A-HJKMNP-TV-Z]{25}$'}\n"
        "  # nanoid, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.nano\"', assert: 'regex "
        "^[A-Za-z0-9_-]{21}$'}\n"
        "  # hexadecimal token, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.hex\"', assert: 'regex ^[0-9A-Fa-f]{16,}$'}\n"
        "  # base64 token, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.b64\"', assert: 'regex "
        "^[A-Za-z0-9+/_=-]{20,}$'}\n"
        "  # JWT, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.jwt\"', assert: 'regex "
        "^ey[A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]*){2}$'}\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): a, then "
        "b\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$[''o\\\\''x.y'']\"', assert: type}\n");
}

static void what_differs_once_is_noise_only_when_its_kind_is(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"at\": \"2026-11-23T10:00:00Z\", \"n\": 1, \"w\": \"a\", \"mixed\": \"a\", \"k\": "
        "1}",
        "{\"at\": \"2026-11-23T10:00:01Z\", \"n\": 2, \"w\": \"b\", \"mixed\": 1, \"k\": 1}",
    };
    learn(bodies, 2);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # date, differed in 1 of 1 comparison (95 %: 21 to 100 %): 2026-11-23T10:00:00Z, "
        "then 2026-11-23T10:00:01Z\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.at\"', assert: date}\n"
        "# These differ, too, but a mask would assert too little:\n"
        "#   GET /api/lobby JSON \"$.n\": differed too rarely to be noise: take more samples; "
        "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "#   GET /api/lobby JSON \"$.w\": differed too rarely to be noise: take more samples; "
        "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "#   GET /api/lobby JSON \"$.mixed\": its type changes, or it is there only at times; "
        "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n");
}

static void what_a_mask_may_not_stand_for_is_refused(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"list\": [1, 2], \"gone\": 1, \"type\": 1, \"same\": 1}",
        "{\"list\": [1, 2, 3], \"new\": 1, \"type\": \"1\", \"same\": 1}",
    };
    static const char *const scalars[] = { "\"2026-11-23T10:00:00Z\"",
                                           "\"2026-11-23T10:00:01Z\"" };
    static const char *const texts[] = { "hello 1", "hello 2" };
    static const char *const broken[] = { "{}", "{" };
    static const char *const broad[] = {
        "{\"a\": \"2026-11-23T10:00:00Z\", \"b\": \"2026-11-23T10:00:00Z\"}",
        "{\"a\": \"2026-11-23T10:00:01Z\", \"b\": \"2026-11-23T10:00:01Z\"}",
    };
    static const char *const unprintable[] = { "{\"a\\n\": \"2026-11-23\", \"b\": 1}",
                                               "{\"a\\n\": \"2026-11-24\", \"b\": 1}" };
    learn(bodies, 2);
    learn(scalars, 2);
    learn(texts, 2);
    learn(broken, 2);
    learn(broad, 2);
    learn(unprintable, 2);
    assert_proposed("# These differ, too, but a mask would assert too little:\n"
                    "#   GET /api/lobby JSON \"$.list\": an array of changing length; differed "
                    "in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$.gone\": its type changes, or it is there only "
                    "at times; differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$.type\": its type changes, or it is there only "
                    "at times; differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$.new\": its type changes, or it is there only "
                    "at times; differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$\": the whole body differs; differed in 1 of 1 "
                    "comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby text: the whole body differs; differed in 1 of 1 "
                    "comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby text: a body that is no JSON; differed in 1 of 1 "
                    "comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$.a\": every value of the body would be masked; "
                    "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$.b\": every value of the body would be masked; "
                    "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
                    "#   GET /api/lobby JSON \"$['a?']\": its name cannot be written in YAML; "
                    "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n");
}

static void nothing_differs_nothing_is_proposed(void **state)
{
    (void)state;
    static const char *const bodies[] = { "{\"a\": 1}", "{\"a\": 1.0}" };
    learn(bodies, 2);
    learn(bodies, 1);
    assert_proposed("");
}

static void headers_are_learnt_too(void **state)
{
    (void)state;
    struct headers first = { 0 };
    struct headers second = { 0 };
    headers_add(&first, &arena, TEXT("Date"), TEXT("Mon, 23 Nov 2026 10:00:00 GMT"));
    headers_add(&second, &arena, TEXT("Date"), TEXT("Mon, 23 Nov 2026 10:00:01 GMT"));
    headers_add(&first, &arena, TEXT("ETag"), TEXT("00112233445566778899aabbccddeeff"));
    headers_add(&second, &arena, TEXT("ETag"), TEXT("ff112233445566778899aabbccddeeff"));
    headers_add(&first, &arena, TEXT("Last-Modified"), TEXT("Mon, 23 Nov 2026 10:00:00 GMT"));
    headers_add(&second, &arena, TEXT("Last-Modified"), TEXT("Mon, 23 Nov 2026 10:00:05 GMT"));
    headers_add(&first, &arena, TEXT("X-Left"), TEXT("7"));
    headers_add(&second, &arena, TEXT("X-Left"), TEXT("8"));
    headers_add(&first, &arena, TEXT("X-Gone"), TEXT("7"));
    headers_add(&second, &arena, TEXT("X-New"), TEXT("7"));
    struct noise_sample samples[2] = {
        { .method = TEXT("GET"), .url_path = TEXT("/"), .body = TEXT_EMPTY, .headers = &first },
        { .method = TEXT("GET"),
          .url_path = TEXT("/"),
          .body = TEXT_EMPTY,
          .headers = &second },
    };
    noise_add(noise, samples, 2);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # hexadecimal token, differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "  - {on: 'GET /', at: 'header \"ETag\"', assert: 'regex ^[0-9A-Fa-f]{16,}$'}\n"
        "  # date, differed in 1 of 1 comparison (95 %: 21 to 100 %): Mon, 23 Nov 2026 "
        "10:00:00 GMT, then Mon, 23 Nov 2026 10:00:05 GMT\n"
        "  - {on: 'GET /', at: 'header \"Last-Modified\"', assert: date}\n"
        "# These differ, too, but a mask would assert too little:\n"
        "#   GET / header \"X-Left\": differed too rarely to be noise: take more samples; "
        "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "#   GET / header \"X-Gone\": its type changes, or it is there only at times; differed "
        "in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "#   GET / header \"X-New\": its type changes, or it is there only at times; differed "
        "in 1 of 1 comparison (95 %: 21 to 100 %)\n");
}

static void conversations_show_ambient_events(void **state)
{
    (void)state;
    struct conversation talks[2] = { { .protocol = TEXT("JSON") },
                                     { .protocol = TEXT("JSON") } };
    for (int i = 0; i < 10; i++) {
        talk_maker_say(&talks[0], &arena, false, "{\"type\": \"tick\", \"n\": %d}", i);
    }
    for (int i = 0; i < 12; i++) {
        talk_maker_say(&talks[1], &arena, false, "{\"type\": \"tick\", \"n\": %d}", i);
    }
    talk_maker_say(&talks[0], &arena, false,
                   "{\"type\": \"joined\", \"id\": "
                   "\"3f2504e0-4f89-41d3-9a0c-0305e82c3301\"}");
    talk_maker_say(&talks[1], &arena, false,
                   "{\"type\": \"joined\", \"id\": "
                   "\"3f2504e0-4f89-41d3-9a0c-0305e82c3302\"}");
    talk_maker_say(&talks[1], &arena, false, "{\"type\": \"rare\"}");
    struct noise_sample samples[2] = { { .method = TEXT("GET"),
                                         .url_path = TEXT("/realtime"),
                                         .body = TEXT_EMPTY,
                                         .conversation = &talks[0] } };
    samples[1] = samples[0];
    samples[1].conversation = &talks[1];
    noise_add(noise, samples, 2);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # number of events, differed in 1 of 1 comparison (95 %: 21 to 100 %)\n"
        "  - {on: 'GET /realtime', at: 'event \"tick\"', assert: number ± 40 %}\n"
        "  # uuid, differed in 1 of 1 comparison (95 %: 21 to 100 %): "
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301, then 3f2504e0-4f89-41d3-9a0c-0305e82c3302\n"
        "  - {on: 'GET /realtime', at: 'event \"joined\" JSON \"$.id\"', assert: uuid}\n"
        "# These differ, too, but a mask would assert too little:\n"
        "#   GET /realtime event \"rare\": its type changes, or it is there only at times; "
        "differed in 1 of 1 comparison (95 %: 21 to 100 %)\n");
}

static void kinds_must_hold_for_all_samples(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"a\": \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", \"b\": 5, \"c\": 1.5, \"d\": 0,"
        " \"e\": \"V1StGXR8_Z5jdHi6B-myT\", \"f\": \"7\", \"g\": null, \"still\": 1,"
        " \"h\": [{\"n\": 1}, {\"n\": 2}], \"i\": \"‹redacted:email:0a1b2c3d›\"}",
        "{\"a\": \"2026-11-23\", \"b\": 6, \"c\": 2.5, \"d\": 5,"
        " \"e\": \"V1StGXR80Z5jdHi6BAmy1\", \"f\": \"8\", \"g\": null, \"still\": 1,"
        " \"h\": [{\"n\": 3}, {\"n\": 4}], \"i\": \"‹redacted:email:0a1b2c3e›\"}",
        "{\"a\": \"x\", \"b\": 4, \"c\": 3.5, \"d\": 500000,"
        " \"e\": \"V1StGXR80Z5jdHi6BAmy2\", \"f\": \"9\", \"g\": null, \"still\": 1,"
        " \"h\": [{\"n\": 5}, {\"n\": 6}], \"i\": \"‹redacted:email:0a1b2c3f›\"}",
    };
    learn(bodies, 3);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): "
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301, then 2026-11-23\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.a\"', assert: type}\n"
        "  # number, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 5, then 6\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.b\"', assert: number ± 40 %}\n"
        "  # number, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 1.5, then 2.5\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.c\"', assert: number ± 267 %}\n"
        "  # counter, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 0, then 5\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.d\"', assert: number}\n"
        "  # nanoid, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.e\"', assert: 'regex ^[A-Za-z0-9_-]{21}$'}\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 7, then "
        "8\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.f\"', assert: type}\n"
        "  # number, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 1, then 3\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.h[*].n\"', assert: number ± 800 %}\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): "
        "‹redacted:email:0a1b2c3d›, then ‹redacted:email:0a1b2c3e›\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.i\"', assert: type}\n");
}

static void deep_paths_and_long_values_are_bounded(void **state)
{
    (void)state;
    struct buffer first;
    struct buffer second;
    buffer_init(&first, 1 << 20);
    buffer_init(&second, 1 << 20);
    for (size_t i = 0; i < 400; i++) {
        buffer_add_string(&first, "{\"a name of some length\": ");
        buffer_add_string(&second, "{\"a name of some length\": ");
    }
    buffer_add_string(&first, "\"2026-11-23\"");
    buffer_add_string(&second, "\"2026-11-24\"");
    buffer_add_repeated(&first, '}', 400);
    buffer_add_repeated(&second, '}', 400);
    const char *const deep[] = { first.at, second.at };
    learn(deep, 2);
    assert_proposed("");
    static const char *const wide[] = {
        "{\"t\": \"an ordinary text which is far longer than any examples öäü that are shown\","
        " \"s\": 1}",
        "{\"t\": \"another ordinary text, which is longer than any exampl öäü that is shown\","
        " \"s\": 1}",
        "{\"t\": \"short\", \"s\": 1}",
    };
    learn(wide, 3);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # a value of any kind, differed in 2 of 2 comparisons (95 %: 34 to 100 %): an "
        "ordinary text which is far longer tha…, then another ordinary text, which is longer "
        "t…\n"
        "  - {on: 'GET /api/lobby', at: 'JSON \"$.t\"', assert: type}\n");
    buffer_release(&first);
    buffer_release(&second);
}

static void odd_conversations_are_compared_as_far_as_they_go(void **state)
{
    (void)state;
    struct conversation talks[3] = { { .protocol = TEXT("JSON") },
                                     { .protocol = TEXT("JSON") },
                                     { .protocol = TEXT("JSON") } };
    for (size_t i = 0; i < 3; i++) {
        talk_maker_say(&talks[i], &arena, false, "text %zu", i);
        talk_maker_say(&talks[i], &arena, false, "{\"type\": \"a \\\"b\\\"\", \"n\": %zu}", i);
        for (size_t j = 0; j <= i; j++) {
            talk_maker_say(&talks[i], &arena, false, "{\"type\": \"tick\"}");
        }
    }
    struct noise_sample samples[3];
    for (size_t i = 0; i < 3; i++) {
        samples[i] = (struct noise_sample){ .method = TEXT("GET"),
                                            .url_path = TEXT("/realtime"),
                                            .body = TEXT_EMPTY,
                                            .conversation = &talks[i] };
    }
    noise_add(noise, samples, 3);
    assert_proposed(
        "# Learnt from samples of the same requests, none of it in use yet: review each,\n"
        "# then move it to the masks of bddrun.yaml.\n"
        "masks:\n"
        "  # counter, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 0, then 1\n"
        "  - {on: 'GET /realtime', at: 'event \"a \\\"b\\\"\" JSON \"$.n\"', assert: number}\n"
        "  # number of events, differed in 2 of 2 comparisons (95 %: 34 to 100 %)\n"
        "  - {on: 'GET /realtime', at: 'event \"tick\"', assert: number ± 400 %}\n");
}

static void wilson_s_interval_is_the_known_one(void **state)
{
    (void)state;
    double low;
    double high;
    noise_wilson(0, 0, &low, &high);
    assert_true(low <= 0 && high >= 1);
    noise_wilson(5, 10, &low, &high);
    assert_true(fabs(low - 0.2366) < 0.0001 && fabs(high - 0.7634) < 0.0001);
    noise_wilson(0, 10, &low, &high);
    assert_true(low <= 0 && fabs(high - 0.2775) < 0.0001);
    noise_wilson(2, 2, &low, &high);
    assert_true(fabs(low - 0.3424) < 0.0001 && high >= 1);
}

static void of_thousands_of_places_a_bounded_number_is_kept(void **state)
{
    (void)state;
    struct buffer first;
    struct buffer second;
    buffer_init(&first, 1 << 20);
    buffer_init(&second, 1 << 20);
    for (size_t i = 0; i < NOISE_PLACES_LIMIT + 100; i++) {
        buffer_add_format(&first, "%s\"k%zu\": 1", i ? ", " : "{", i);
        buffer_add_format(&second, "%s\"k%zu\": 2", i ? ", " : "{", i);
    }
    buffer_add_byte(&first, '}');
    buffer_add_byte(&second, '}');
    const char *const bodies[] = { first.at, second.at };
    size_t count;
    learn(bodies, 2);
    (void)noise_places(noise, &count);
    assert_int_equal(count, NOISE_PLACES_LIMIT);
    buffer_release(&first);
    buffer_release(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_of_noise_gets_a_mask_that_still_asserts,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_differs_once_is_noise_only_when_its_kind_is,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_mask_may_not_stand_for_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_differs_nothing_is_proposed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headers_are_learnt_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversations_show_ambient_events, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kinds_must_hold_for_all_samples, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deep_paths_and_long_values_are_bounded, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(odd_conversations_are_compared_as_far_as_they_go,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(wilson_s_interval_is_the_known_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_thousands_of_places_a_bounded_number_is_kept, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
