/* SPDX-License-Identifier: MIT */
/* What docs/masks.md and docs/realtime-diff.md show is so: their blocks are read and run. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "config/masks.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "support/problem_text.h"

enum { PAGE_LIMIT = 1 << 20, PRINTED_LIMIT = 65536 };

static struct arena arena;
static struct problems problems;
static struct text page;
static size_t at; /* in the page: behind the last block */

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    at = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static void open_page(const char *path)
{
    if (!file_read(text_of(path), PAGE_LIMIT, &arena, &page, &problems)) {
        assert_problems(&problems, "");
    }
}

/* The next block of a language, or of any: without its fences. */
static bool next_block(const char *language, struct text *ret_block)
{
    struct text start = arena_format(&arena, "\n```%s\n", language);
    size_t found = text_find(page, start, at);
    if (found == page.size) {
        return false;
    }
    size_t first = found + start.size;
    size_t end = text_find(page, TEXT("```\n"), first);
    *ret_block = text_slice(page, first, end);
    at = end;
    return true;
}

static void add_mask(struct mask_set *set, const struct mask_writing *writing)
{
    if (!mask_set_add(set, writing, &problems)) {
        assert_problems(&problems, "");
    }
}

static void every_line_of_masks_is_read(void **state)
{
    (void)state;
    struct text block;
    struct text line;
    struct mask_set set;
    mask_set_init(&set);
    open_page("docs/masks.md");
    while (next_block("masks", &block)) {
        while (text_take_until(&block, '\n', &line)) {
            if (line.size && !mask_set_add_line(&set, line, span_none(), &problems)) {
                assert_problems(&problems, "");
            }
        }
    }
    assert_int_equal(set.count, 17);
    mask_set_release(&set);
}

static void every_configuration_is_read(void **state)
{
    (void)state;
    static const char *const none[] = { NULL };
    struct text block;
    size_t blocks = 0;
    open_page("docs/masks.md");
    while (next_block("yaml", &block)) {
        struct config config;
        struct mask_set set;
        size_t count;
        config_init(&config, none);
        mask_set_init(&set);
        if (!config_read(&config, TEXT("bddrun.yaml"), block, &problems)) {
            assert_problems(&problems, "");
        }
        const struct config_mask *masks = config_masks(&config, &count);
        for (size_t i = 0; i < count; i++) {
            struct mask_writing writing = { .on = masks[i].on.text,
                                            .at = masks[i].at.text,
                                            .assertion = masks[i].assertion.text };
            add_mask(&set, &writing);
        }
        assert_true(count > 0);
        mask_set_release(&set);
        config_release(&config);
        blocks++;
    }
    assert_int_equal(blocks, 2);
}

static void every_assertion_of_the_table_is_read(void **state)
{
    (void)state;
    struct mask_set set;
    struct text line;
    size_t count = 0;
    open_page("docs/masks.md");
    mask_set_init(&set);
    struct text rest = page;
    while (text_take_until(&rest, '\n', &line)) {
        struct text cell = text_from(line, 2);
        bool is_row = text_starts_with(line, TEXT("| `"));
        cell = text_slice(cell, 0, text_find(cell, TEXT(" |"), 0));
        struct text one;
        for (size_t i = 0; is_row && text_take_until(&cell, '`', &one); i++) {
            struct mask_writing writing = { .at = TEXT("JSON \"$.a\""), .assertion = one };
            if (i % 2 == 1) {
                add_mask(&set, &writing);
                count++;
            }
        }
    }
    assert_int_equal(count, 18);
    mask_set_release(&set);
}

/* One example: what it says, and what is to be printed. */
struct example {
    struct mask_set masks;
    struct identity *identity;
    struct conversation recorded;
    struct conversation live;
};

static void say(struct conversation *conversation, struct text rest)
{
    struct conversation_message message = { .is_sent = rest.at[0] == '>',
                                            .at_ns = (conversation->count + 1) * 10000000,
                                            .kind = CONVERSATION_TEXT,
                                            .data = text_trim(text_from(rest, 1)) };
    conversation_keep(conversation, &arena, &message);
}

static void read_line(struct example *example, struct text line)
{
    size_t blank = text_find_byte(line, ' ', 0);
    struct text word = text_slice(line, 0, blank);
    struct text rest = text_trim(text_from(line, blank));
    if (text_is(word, "ids")) {
        example->identity = identity_new();
    } else if (text_is(word, "mask")) {
        if (!mask_set_add_line(&example->masks, rest, span_none(), &problems)) {
            assert_problems(&problems, "");
        }
    } else {
        bool is_both = text_is(word, "both");
        assert_true(is_both || text_is(word, "recorded") || text_is(word, "live"));
        if (is_both || text_is(word, "recorded")) {
            say(&example->recorded, rest);
        }
        if (is_both || text_is(word, "live")) {
            say(&example->live, rest);
        }
    }
}

static struct text run(struct text block)
{
    struct example example = { .recorded.protocol = TEXT("JSON"),
                               .live.protocol = TEXT("JSON") };
    struct conversation_diff diff;
    struct text line;
    struct buffer out;
    mask_set_init(&example.masks);
    while (text_take_until(&block, '\n', &line)) {
        if (line.size) {
            read_line(&example, line);
        }
    }
    struct mask_judge *judge = mask_judge_new(&example.masks, example.identity);
    struct conversation_diff_options options = { .judge = judge,
                                                 .identity = example.identity,
                                                 .place = TEXT("the socket") };
    conversation_diff_compare(&example.recorded, &example.live, &options, &arena, &diff);
    buffer_init(&out, PRINTED_LIMIT);
    conversation_diff_print(&out, &diff);
    struct text printed = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    mask_judge_free(judge);
    mask_set_release(&example.masks);
    identity_free(example.identity);
    return printed;
}

static void every_talk_is_told_as_the_page_says(void **state)
{
    (void)state;
    struct text block;
    struct text expected;
    size_t talks = 0;
    open_page("docs/realtime-diff.md");
    while (next_block("talk", &block)) {
        assert_true(next_block("text", &expected));
        assert_string_equal(run(block).at, arena_text(&arena, expected).at);
        talks++;
    }
    assert_int_equal(talks, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_line_of_masks_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_configuration_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_assertion_of_the_table_is_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_talk_is_told_as_the_page_says, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
