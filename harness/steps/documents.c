/* SPDX-License-Identifier: MIT */
/* F1, F2 and F9: whole bodies and whole responses. JSON documents are in json_documents.c. */
#include "exchange/exchange.h"
#include "format/digest.h"
#include "steps/answers.h"
#include "steps/check_table.h"
#include "steps/step_functions.h"
#include "world/project_file.h"
#include "world/step.h"
#include "world/world.h"

bool answers_of_whose(struct step *step, struct answers *ret_answers)
{
    struct cast cast;
    step->world->checks++;
    if (!cast_of_whose(step, step_argument(step, 0), step_argument_span(step, 0),
                       world_the(step), &cast)) {
        return false;
    }
    size_t most = 0;
    for (size_t i = 0; i < cast.count; i++) {
        most += cast.list[i]->last.count;
    }
    struct answers answers = { ARENA_ARRAY(&step->world->arena, most, struct answer), 0 };
    for (size_t i = 0; i < cast.count; i++) {
        for (size_t j = 0; j < cast.list[i]->last.count; j++) {
            struct exchange *exchange = cast.list[i]->last.list[j];
            world_mark_read(step->world, exchange);
            answers.list[answers.count++] = (struct answer){ cast.list[i], exchange };
        }
    }
    if (answers.count == 0) {
        step_fail(step, "there is no response yet");
        step_hint(step, "send a request first");
        return false;
    }
    *ret_answers = answers;
    return true;
}

/* The first line in which two texts differ, 1-based; 0 when they are equal. */
static size_t first_different_line(struct text a, struct text b, struct text *ret_a,
                                   struct text *ret_b)
{
    size_t number = 1;
    for (;; number++) {
        bool has_a = text_take_until(&a, '\n', ret_a);
        bool has_b = text_take_until(&b, '\n', ret_b);
        if (!has_a && !has_b) {
            return 0;
        }
        if (!has_a || !has_b || !text_equal(*ret_a, *ret_b)) {
            *ret_a = has_a ? *ret_a : TEXT("(no such line)");
            *ret_b = has_b ? *ret_b : TEXT("(no such line)");
            return number;
        }
    }
}

/* One line end at the end of a body is not part of what a doc string can say. */
static struct text without_last_line_end(struct text body)
{
    return text_ends_with(body, TEXT("\r\n")) ? text_slice(body, 0, body.size - 2)
           : text_ends_with(body, TEXT("\n")) ? text_slice(body, 0, body.size - 1)
                                              : body;
}

/* F1: `{whose} body is:` */
void step_body_is(struct step *step)
{
    struct answers answers;
    if (!answers_of_whose(step, &answers)) {
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        const struct exchange *exchange = answers.list[i].exchange;
        struct text wanted;
        struct text wanted_line;
        struct text actual_line;
        if (!step_doc_string(step, answers.list[i].actor, &wanted)) {
            return;
        }
        size_t line = first_different_line(without_last_line_end(wanted),
                                           without_last_line_end(exchange->response.body),
                                           &wanted_line, &actual_line);
        if (line) {
            step_mismatch(step, arena_format(&step->world->arena, "line %zu of the body", line),
                          wanted_line, actual_line, step_doc_string_line(step, line));
            step_show_exchange(step, exchange);
        }
    }
}

/* F2: `{whose} body equals file {string}` */
void step_body_equals_file(struct step *step)
{
    struct answers answers;
    if (!answers_of_whose(step, &answers)) {
        return;
    }
    struct arena *arena = &step->world->arena;
    for (size_t i = 0; i < answers.count; i++) {
        struct text name;
        struct text wanted;
        struct text actual = answers.list[i].exchange->response.body;
        if (!step_string(step, answers.list[i].actor, 1, &name) ||
            !project_file_read(step, name, &wanted)) {
            return;
        }
        if (!text_equal(wanted, actual)) {
            step_mismatch(step, TEXT("body"),
                          arena_format(arena, "%zu bytes with SHA-256 %.12s…", wanted.size,
                                       digest_sha256(arena, wanted).at),
                          arena_format(arena, "%zu bytes with SHA-256 %.12s…", actual.size,
                                       digest_sha256(arena, actual).at),
                          step_argument_span(step, 1));
            step_show_exchange(step, answers.list[i].exchange);
        }
    }
}

/* F9: `{whose} response matches:` */
void step_check_response(struct step *step)
{
    struct cast cast;
    if (cast_of_whose(step, step_argument(step, 0), step_argument_span(step, 0),
                      world_the(step), &cast)) {
        check_table(step, cast);
    }
}
