/* SPDX-License-Identifier: MIT */
#include "match/match_cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "match/registry.h"

static void what_was_filled_in_is_found_again(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    static char texts[MANY][16];
    static struct step_matches matches[MANY];
    struct match_cache cache;
    match_cache_init(&cache);
    for (size_t i = 0; i < MANY; i++) {
        int size = snprintf(texts[i], sizeof texts[i], "text %zu", i);
        struct text text = text_make(texts[i], (size_t)size);
        struct cached_match *place = match_cache_find(&cache, text);
        assert_null(place->matches);
        match_cache_fill(&cache, place, text, &matches[i]);
    }
    assert_int_equal(cache.count, MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_ptr_equal(match_cache_find(&cache, text_of(texts[i]))->matches, &matches[i]);
    }
    assert_null(match_cache_find(&cache, TEXT("text"))->matches);
    match_cache_release(&cache);
    assert_null(match_cache_find(&cache, text_of(texts[0]))->matches);
    match_cache_release(&cache);
}

static void a_place_not_filled_in_stays_free(void **state)
{
    (void)state;
    struct match_cache cache;
    match_cache_init(&cache);
    for (size_t i = 0; i < 1000; i++) {
        assert_null(match_cache_find(&cache, TEXT("x"))->matches);
    }
    assert_int_equal(cache.count, 0);
    match_cache_release(&cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_filled_in_is_found_again),
        cmocka_unit_test(a_place_not_filled_in_stays_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
