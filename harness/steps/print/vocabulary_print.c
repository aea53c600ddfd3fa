/* SPDX-License-Identifier: MIT */
#include "steps/vocabulary_print.h"

#include <stdio.h>

#include "base/near.h"
#include "format/json_writer.h"
#include "match/suggestion.h"
#include "steps/vocabulary.h"

enum { TYPE_NAME_COLUMNS = 12, NEAREST_LIMIT = 8 };

#define NEAREST_AT_LEAST 0.4

void vocabulary_print_types(struct buffer *out)
{
    buffer_add_string(out, "```types\n");
    for (size_t i = 0; i < vocabulary_pattern_count; i++) {
        const struct parameter_pattern *row = &vocabulary_patterns[i];
        char name[32];
        int size = snprintf(name, sizeof name, row->is_block ? "%s" : "{%s}", row->name);
        buffer_add_format(out, "%-*s = %s\n", TYPE_NAME_COLUMNS, name, row->pattern);
        if (size >= (int)sizeof name) {
            BUG("the name of a type is too long");
        }
    }
    buffer_add_string(out, "```\n");
}

static void print_row(struct buffer *out, const struct step_definition *step)
{
    const char *takes = step_takes_name(step->takes);
    buffer_add_format(out, "| %s | `%s`%s | %s%s| `%s` |\n", step->id, step->expression,
                      step->is_timed ? " \u23F1" : "", takes, *takes ? " " : "", step->example);
}

void vocabulary_print_steps(struct buffer *out)
{
    for (size_t i = 0; vocabulary[i]; i++) {
        const struct vocabulary_group *group = vocabulary[i];
        buffer_add_format(out, "%s### %c. %s\n", i > 0 ? "\n" : "", group->letter,
                          group->title);
        buffer_add_string(out, "| id | step | takes | example |\n|---|---|---|---|\n");
        for (size_t j = 0; j < group->count; j++) {
            print_row(out, &group->steps[j]);
        }
        if (*group->about) {
            buffer_add_format(out, "\n%s\n", group->about);
        }
    }
}

void vocabulary_print_markdown(struct buffer *out)
{
    buffer_add_string(out, "# The steps of bddrun\n\n## 2. Parameter types\n\n");
    vocabulary_print_types(out);
    buffer_add_string(out,
                      "\n## 4. The steps\n\n\"takes\" names the doc string or table that "
                      "follows the step. \u23F1: `within {duration}` may stand in front.\n\n");
    vocabulary_print_steps(out);
}

static void print_listed(struct buffer *out, const struct step_definition *step)
{
    const char *takes = step_takes_name(step->takes);
    buffer_add_format(out, "  %-4s %s%s\n", step->id,
                      step->is_timed ? "[within {duration}] " : "", step->expression);
    buffer_add_format(out, "       %s%s%s%s%s\n", step->help, *takes ? "; takes " : "", takes,
                      step_takes_doc_string(step->takes) ? " (doc string)"
                      : step_takes_table(step->takes)    ? " (table)"
                                                         : "",
                      step->run ? "" : "; not in this version");
    buffer_add_format(out, "       %s\n", step->example);
}

static bool contains_word(const char *whole, struct text word)
{
    for (struct text rest = text_of(whole); rest.size >= word.size; rest = text_from(rest, 1)) {
        if (text_equal_ignoring_case(text_slice(rest, 0, word.size), word)) {
            return true;
        }
    }
    return false;
}

/* All the words, in any of its texts. */
static bool is_wanted(const struct step_definition *step, struct text words)
{
    struct text rest = text_trim(words);
    struct text word;
    while (text_take_until(&rest, ' ', &word)) {
        if (!contains_word(step->expression, word) && !contains_word(step->example, word) &&
            !contains_word(step->help, word) && !text_is(word, step->id)) {
            return false;
        }
    }
    return true;
}

static size_t print_found(struct buffer *out, struct text words)
{
    size_t count = 0;
    for (size_t i = 0; vocabulary[i]; i++) {
        const struct vocabulary_group *group = vocabulary[i];
        bool has_title = false;
        for (size_t j = 0; j < group->count; j++) {
            if (!is_wanted(&group->steps[j], words)) {
                continue;
            }
            if (!has_title) {
                buffer_add_format(out, "%s%c. %s\n", count > 0 ? "\n" : "", group->letter,
                                  group->title);
            }
            has_title = true;
            print_listed(out, &group->steps[j]);
            count++;
        }
    }
    return count;
}

static bool has_near_word(const char *whole, struct text wanted)
{
    struct text rest = text_of(whole);
    struct text word;
    while (text_take_until(&rest, ' ', &word)) {
        word = text_slice(word, 0, text_find_byte(word, '(', 0)); /* send(s) */
        if (word.size > 2 && near_distance(word, wanted) <= (wanted.size + 1) / 3) {
            return true;
        }
    }
    return false;
}

/* Has every word, with slips. */
static bool is_near(const struct step_definition *step, struct text words)
{
    struct text rest = text_trim(words);
    struct text word;
    bool has_all = rest.size > 2;
    while (has_all && text_take_until(&rest, ' ', &word)) {
        has_all = has_near_word(step->expression, word);
    }
    return has_all;
}

static bool is_alike(const struct step_definition *step, struct text words)
{
    return suggestion_likeness(step, words) >= NEAREST_AT_LEAST;
}

static size_t print_those(struct buffer *out, struct text words,
                          bool (*is_one)(const struct step_definition *step, struct text words))
{
    size_t count = 0;
    for (size_t i = 0; vocabulary[i]; i++) {
        for (size_t j = 0; j < vocabulary[i]->count && count < NEAREST_LIMIT; j++) {
            if (is_one(&vocabulary[i]->steps[j], words)) {
                print_listed(out, &vocabulary[i]->steps[j]);
                count++;
            }
        }
    }
    return count;
}

size_t vocabulary_print_list(struct buffer *out, struct text words)
{
    size_t count = print_found(out, words);
    count = count > 0 ? count : print_those(out, words, is_near);
    return count > 0 ? count : print_those(out, words, is_alike);
}

static void write_step(struct json_writer *writer, const struct step_definition *step)
{
    json_write_begin_object(writer);
    json_write_key(writer, "id");
    json_write_string_of(writer, step->id);
    json_write_key(writer, "expression");
    json_write_string_of(writer, step->expression);
    json_write_key(writer, "takes");
    json_write_string_of(writer, step_takes_name(step->takes));
    json_write_key(writer, "timed");
    json_write_bool(writer, step->is_timed);
    json_write_key(writer, "check");
    json_write_bool(writer, step->is_check);
    json_write_key(writer, "available");
    json_write_bool(writer, step->run != NULL);
    json_write_key(writer, "help");
    json_write_string_of(writer, step->help);
    json_write_key(writer, "example");
    json_write_string_of(writer, step->example);
    json_write_end_object(writer);
}

static void write_groups(struct json_writer *writer)
{
    json_write_begin_array(writer);
    for (size_t i = 0; vocabulary[i]; i++) {
        char letter[2] = { vocabulary[i]->letter, '\0' };
        json_write_begin_object(writer);
        json_write_key(writer, "letter");
        json_write_string_of(writer, letter);
        json_write_key(writer, "title");
        json_write_string_of(writer, vocabulary[i]->title);
        json_write_key(writer, "steps");
        json_write_begin_array(writer);
        for (size_t j = 0; j < vocabulary[i]->count; j++) {
            write_step(writer, &vocabulary[i]->steps[j]);
        }
        json_write_end_array(writer);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

void vocabulary_print_json(struct buffer *out)
{
    struct json_writer writer;
    struct parameter_types *types = vocabulary_types_new();
    json_writer_init(&writer, out, 2);
    json_write_begin_object(&writer);
    json_write_key(&writer, "groups");
    write_groups(&writer);
    json_write_key(&writer, "types");
    json_write_begin_object(&writer);
    for (size_t i = 0; i < vocabulary_pattern_count; i++) {
        if (!vocabulary_patterns[i].is_block) {
            struct text name = text_of(vocabulary_patterns[i].name);
            json_write_key_text(&writer, name);
            json_write_string_of(&writer, parameter_types_find(types, name)->patterns[0]);
        }
    }
    json_write_end_object(&writer);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
    parameter_types_free(types);
}
