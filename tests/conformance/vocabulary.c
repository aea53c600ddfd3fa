/* SPDX-License-Identifier: MIT */
/* The design of the vocabulary, where it is beside the checkout, and the tables say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "gherkin/parse.h"
#include "match/composite.h"
#include "match/step_choice.h"
#include "steps/vocabulary.h"
#include "steps/vocabulary_print.h"
#include "support/conformance.h"

enum { PAGE_LIMIT_BYTES = 1 << 20, BLOCKS = 8 };

static void assert_part_of_the_page(void (*print)(struct buffer *out))
{
    struct arena arena CLEANUP(arena_release);
    struct buffer out CLEANUP(buffer_release);
    arena_init(&arena);
    buffer_init(&out, PAGE_LIMIT_BYTES);
    struct text page =
        conformance_read(&arena, conformance_path(&arena, "../design/vocabulary.md"));
    print(&out);
    struct text rest = buffer_text(&out);
    struct text line;
    size_t at = 0;
    while (text_take_until(&rest, '\n', &line)) { /* line by line: a failure names the line */
        size_t found = text_find(page, line, at);
        if (found == page.size && line.size > 0) {
            fail_msg("not on the page: %.*s", TEXT_ARG(line));
        }
        at = found;
    }
    assert_true(text_contains(page, buffer_text(&out)));
}

static void types_are_those_of_the_page(void **state)
{
    (void)state;
    assert_part_of_the_page(vocabulary_print_types);
}

static void steps_are_those_of_the_page(void **state)
{
    (void)state;
    assert_part_of_the_page(vocabulary_print_steps);
}

/* The next block of Gherkin at or after *at; false without one. */
static bool take_block(struct text page, size_t *at, struct text *ret_block)
{
    struct text opening = TEXT("```gherkin\n");
    size_t start = text_find(page, opening, *at);
    if (start == page.size) {
        return false;
    }
    start += opening.size;
    size_t end = text_find(page, TEXT("\n```"), start);
    *ret_block = text_slice(page, start, end + 1);
    *at = end;
    return true;
}

/* What the documents of the page need: their own composite steps. */
struct page {
    struct arena arena;
    struct problems problems;
    struct parameter_types *types;
    struct registry *registry;
    struct source sources[BLOCKS];
    size_t source_count;
    const struct document *documents[BLOCKS];
    size_t count;
};

static bool is_composite_file(const struct document *document)
{
    struct text name = document_text(document, document->feature->heading.name);
    return text_starts_with(name, TEXT("Steps of"));
}

static void read_page(struct page *page)
{
    struct text block;
    size_t at = 0;
    struct composites composites;
    arena_init(&page->arena);
    problems_init(&page->problems);
    page->types = vocabulary_types_new();
    page->registry = vocabulary_registry_new(page->types);
    struct text bytes = conformance_read(
        &page->arena, conformance_path(&page->arena, "../design/vocabulary.md"));
    while (take_block(bytes, &at, &block)) {
        assert_true(page->source_count < BLOCKS);
        struct source *source = &page->sources[page->source_count++];
        source_init(source, TEXT("block"), block);
        assert_true(gherkin_parse(source, &page->arena, &page->documents[page->count],
                                  &page->problems));
        if (is_composite_file(page->documents[page->count])) {
            assert_true(composites_load(&page->documents[page->count], 1, page->registry,
                                        &page->arena, &composites, &page->problems));
            assert_int_equal(composites.count, 4);
        } else {
            page->count++;
        }
    }
}

static void release_page(struct page *page)
{
    registry_free(page->registry);
    parameter_types_free(page->types);
    problems_release(&page->problems);
    for (size_t i = 0; i < page->source_count; i++) {
        source_release(&page->sources[i]);
    }
    arena_release(&page->arena);
}

static void assert_step(struct page *page, struct text text, bool has_doc_string,
                        bool has_table)
{
    struct step_choice choice;
    step_choose(page->registry, text, has_doc_string, has_table, &page->arena, &choice);
    if (choice.fault != STEP_FITS) {
        fail_msg("%.*s", TEXT_ARG(choice.message));
    }
}

/* The cells of "at the same time:" are steps, the rows of checks are comparisons. */
static void assert_table(struct page *page, const struct pickle_step *step)
{
    enum step_takes takes =
        step_match_effective(&registry_match(page->registry, step->text)->list[0])->takes;
    for (uint32_t i = 0; step->table && i < step->table->row_count; i++) {
        const struct cell *cells = step->table->rows[i].cells;
        if (takes == TAKES_STEPS) {
            assert_step(page, cells[0].value, false, false);
        } else if (takes == TAKES_CHECKS) {
            struct text check =
                arena_format(&page->arena, "the %.*s %.*s", TEXT_ARG(cells[0].value),
                             TEXT_ARG(cells[1].value));
            assert_step(page, check, false, false);
        }
    }
}

static void every_step_of_the_pages_examples_is_a_step(void **state)
{
    (void)state;
    struct page page = { .count = 0 };
    size_t steps = 0;
    read_page(&page);
    for (size_t i = 0; i < page.count; i++) {
        struct pickles pickles;
        assert_true(pickles_compile(page.documents[i], &page.arena, &pickles, &page.problems));
        for (size_t j = 0; j < pickles.count; j++) {
            for (size_t k = 0; k < pickles.list[j].step_count; k++) {
                struct pickle_step step = pickle_step(&pickles.list[j], k);
                assert_step(&page, step.text, step.doc_string != NULL, step.table != NULL);
                assert_table(&page, &step);
                steps++;
            }
        }
    }
    assert_true(page.count >= 2 && steps > 25);
    release_page(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_those_of_the_page),
        cmocka_unit_test(steps_are_those_of_the_page),
        cmocka_unit_test(every_step_of_the_pages_examples_is_a_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
