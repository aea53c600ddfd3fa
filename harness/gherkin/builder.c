/* SPDX-License-Identifier: MIT */
#include "gherkin/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "gherkin/description.h"

/* An arena copy of the first `count` elements of a list, NULL for none; the list starts anew. */
#define TAKE_LIST(builder, list, count)                                                        \
    take_list((builder)->arena, (builder)->lists.list, &(builder)->lists.count,                \
              sizeof *(builder)->lists.list)

static void *take_list(struct arena *arena, const void *list, size_t *count,
                       size_t element_size)
{
    if (*count == 0) {
        return NULL;
    }
    void *copy = arena_array(arena, *count, element_size);
    memcpy(copy, list, *count * element_size);
    *count = 0;
    return copy;
}

void builder_init(struct builder *builder, struct arena *arena, struct token_reader *reader)
{
    *builder = (struct builder){ .arena = arena, .reader = reader };
    builder->document = ARENA_NEW(arena, struct document);
    builder->document->source = reader->source;
}

void builder_release(struct builder *builder)
{
    struct builder_lists *lists = &builder->lists;
    free(lists->tags);
    free(lists->cells);
    free(lists->rows);
    free(lists->steps);
    free(lists->examples);
    free(lists->scenarios);
    free(lists->rules);
    free(lists->comments);
    free(lists->arguments);
    *lists = (struct builder_lists){ 0 };
}

const struct document *builder_document(const struct builder *builder)
{
    return builder->document;
}

static struct text slice_text(const struct builder *builder, struct slice slice)
{
    return text_slice(builder->reader->source->bytes, slice.start,
                      (size_t)slice.start + slice.size);
}

static void finish_description(struct builder *builder)
{
    if (builder->described && builder->description_end > builder->description_start) {
        builder->described->description =
            description_make(builder->arena, builder->reader->source,
                             builder->description_start, builder->description_end);
    }
    builder->described = NULL;
    builder->has_description = false;
}

static void add_description_line(struct builder *builder, const struct line *line)
{
    if (!builder->has_description) {
        builder->has_description = true;
        builder->description_start = line->start;
        builder->description_end = line->start;
    }
    if (line->text < line->end) {
        builder->description_end = line->end;
    }
}

static void check_cell_counts(struct builder *builder)
{
    const struct row *rows = builder->lists.rows;
    for (size_t i = 1; i < builder->lists.row_count; i++) {
        if (rows[i].cell_count != rows[0].cell_count) {
            token_reader_error(builder->reader, document_span(builder->document, rows[i].place),
                               "give all rows of a table the same number of cells; a | inside "
                               "of a cell is written \\|",
                               "inconsistent cell count within the table");
            return;
        }
    }
}

/* The table whose rows were read last; NULL where there were none. */
static const struct table *finish_table(struct builder *builder)
{
    size_t row_count = builder->lists.row_count;
    if (row_count == 0) {
        return NULL;
    }
    check_cell_counts(builder);
    builder->next_id += (uint32_t)row_count;
    struct table *table = ARENA_NEW(builder->arena, struct table);
    table->row_count = (uint32_t)row_count;
    table->rows = TAKE_LIST(builder, rows, row_count);
    return table;
}

static void finish_step_table(struct builder *builder)
{
    const struct table *table = finish_table(builder);
    if (table) {
        builder->argument.table = table;
        builder->argument.is_table_first = !builder->argument.doc_string;
    }
}

static void finish_step(struct builder *builder)
{
    if (!builder->is_in_step) {
        return;
    }
    finish_step_table(builder);
    struct builder_lists *lists = &builder->lists;
    if (builder->argument.table || builder->argument.doc_string) {
        GROW(lists->arguments, lists->argument_count, lists->argument_capacity);
        lists->arguments[lists->argument_count++] = builder->argument;
        lists->steps[lists->step_count - 1].argument = (uint32_t)lists->argument_count;
    }
    builder->argument = (struct step_argument){ 0 };
    builder->is_in_step = false;
    builder->next_id++;
}

/* Tags get their ids when what they tag is complete, as the official parsers do it. */
static void number(struct builder *builder, struct heading *heading)
{
    for (size_t i = 0; heading->tags && i < heading->tags->count; i++) {
        heading->tags->list[i].id = builder->next_id++;
    }
    heading->id = builder->next_id++;
}

static void finish_examples(struct builder *builder)
{
    if (builder->is_in_examples) {
        struct examples *examples = &builder->lists.examples[builder->lists.examples_count - 1];
        examples->table = finish_table(builder);
        number(builder, &examples->heading);
        builder->is_in_examples = false;
    }
}

/* Ends the open scenario or background. */
static void finish_container(struct builder *builder)
{
    finish_step(builder);
    finish_examples(builder);
    struct builder_lists *lists = &builder->lists;
    uint32_t step_count = (uint32_t)lists->step_count;
    if (builder->scenario) {
        struct scenario *scenario = builder->scenario;
        scenario->step_count = step_count;
        scenario->steps = TAKE_LIST(builder, steps, step_count);
        scenario->examples_count = (uint32_t)lists->examples_count;
        scenario->examples = TAKE_LIST(builder, examples, examples_count);
        number(builder, &scenario->heading);
        GROW(lists->scenarios, lists->scenario_count, lists->scenario_capacity);
        lists->scenarios[lists->scenario_count++] = scenario;
    } else if (builder->background) {
        builder->background->step_count = step_count;
        builder->background->steps = TAKE_LIST(builder, steps, step_count);
        number(builder, &builder->background->heading);
    }
    builder->scenario = NULL;
    builder->background = NULL;
}

/* Ends the open rule, or what stands in the feature before its rules. */
static void finish_rule(struct builder *builder)
{
    finish_container(builder);
    struct builder_lists *lists = &builder->lists;
    uint32_t scenario_count = (uint32_t)lists->scenario_count;
    const struct scenario *const *scenarios = TAKE_LIST(builder, scenarios, scenario_count);
    if (builder->rule) {
        builder->rule->scenario_count = scenario_count;
        builder->rule->scenarios = scenarios;
        number(builder, &builder->rule->heading);
        GROW(lists->rules, lists->rule_count, lists->rule_capacity);
        lists->rules[lists->rule_count++] = builder->rule;
        builder->rule = NULL;
    } else if (builder->feature) {
        builder->feature->scenario_count = scenario_count;
        builder->feature->scenarios = scenarios;
    }
}

static void finish_document(struct builder *builder)
{
    finish_rule(builder);
    struct builder_lists *lists = &builder->lists;
    struct document *document = builder->document;
    if (builder->feature) {
        builder->feature->rule_count = (uint32_t)lists->rule_count;
        builder->feature->rules = TAKE_LIST(builder, rules, rule_count);
        number(builder, &builder->feature->heading);
        builder->next_id--; /* a feature has no id of its own */
    }
    document->feature = builder->feature;
    document->dialect = builder->reader->dialect;
    document->language = text_of(document->dialect->name);
    document->comment_count = (uint32_t)lists->comment_count;
    document->comments = TAKE_LIST(builder, comments, comment_count);
    document->arguments = TAKE_LIST(builder, arguments, argument_count);
    document->id_count = builder->next_id;
}

static struct tags *take_tags(struct builder *builder)
{
    size_t count = builder->lists.tag_count;
    if (count == 0) {
        return NULL;
    }
    struct tags *tags =
        arena_alloc(builder->arena, sizeof *tags + count * sizeof tags->list[0]);
    tags->count = (uint32_t)count;
    memcpy(tags->list, builder->lists.tags, count * sizeof tags->list[0]);
    builder->lists.tag_count = 0;
    return tags;
}

static void open_heading(struct builder *builder, const struct token *token,
                         struct heading *heading)
{
    *heading = (struct heading){
        .tags = take_tags(builder),
        .name = token->text,
        .start = token->keyword.start,
        .line = token->line.number,
        .keyword_size = token->keyword.size,
    };
    builder->described = heading;
}

static void add_examples(struct builder *builder, const struct token *token)
{
    finish_step(builder);
    finish_examples(builder);
    struct builder_lists *lists = &builder->lists;
    GROW(lists->examples, lists->examples_count, lists->examples_capacity);
    struct examples *examples = &lists->examples[lists->examples_count++];
    *examples = (struct examples){ .table = NULL };
    open_heading(builder, token, &examples->heading);
    builder->is_in_examples = true;
}

static void add_feature(struct builder *builder, const struct token *token)
{
    builder->feature = ARENA_NEW(builder->arena, struct feature);
    open_heading(builder, token, &builder->feature->heading);
}

static void add_rule(struct builder *builder, const struct token *token)
{
    finish_rule(builder);
    builder->rule = ARENA_NEW(builder->arena, struct rule);
    open_heading(builder, token, &builder->rule->heading);
}

static void add_background(struct builder *builder, const struct token *token)
{
    struct background *background = ARENA_NEW(builder->arena, struct background);
    builder->background = background;
    if (builder->rule) {
        builder->rule->background = background;
    } else {
        builder->feature->background = background;
    }
    open_heading(builder, token, &background->heading);
}

static void add_scenario(struct builder *builder, const struct token *token)
{
    finish_container(builder);
    builder->scenario = ARENA_NEW(builder->arena, struct scenario);
    open_heading(builder, token, &builder->scenario->heading);
}

static void add_step(struct builder *builder, const struct token *token)
{
    finish_step(builder);
    struct builder_lists *lists = &builder->lists;
    GROW(lists->steps, lists->step_count, lists->step_capacity);
    lists->steps[lists->step_count++] = (struct step_node){
        .line = token->line.number,
        .start = token->keyword.start,
        .text = token->text,
        .keyword_size = (uint8_t)token->keyword.size,
        .type = (uint8_t)token->step_type,
    };
    builder->is_in_step = true;
}

static void add_tags(struct builder *builder, const struct token *token)
{
    struct builder_lists *lists = &builder->lists;
    size_t at = 0;
    struct slice tag;
    while (tag_next(slice_text(builder, token->text), &at, &tag)) {
        GROW(lists->tags, lists->tag_count, lists->tag_capacity);
        tag.start += token->text.start;
        lists->tags[lists->tag_count++] =
            (struct tag){ .name = tag, .line = token->line.number };
    }
}

static void add_row(struct builder *builder, const struct token *token)
{
    struct builder_lists *lists = &builder->lists;
    struct text line = token_line_text(token, builder->reader->source->bytes);
    size_t at = 0;
    struct slice cell;
    while (cell_next(line, &at, &cell)) {
        GROW(lists->cells, lists->cell_count, lists->cell_capacity);
        cell.start += token->line.text;
        lists->cells[lists->cell_count++] = (struct cell){
            cell_unescape(builder->arena, slice_text(builder, cell)),
            cell,
        };
    }
    GROW(lists->rows, lists->row_count, lists->row_capacity);
    lists->rows[lists->row_count++] = (struct row){
        .cell_count = (uint32_t)lists->cell_count,
        .cells = TAKE_LIST(builder, cells, cell_count),
        .line = token->line.number,
        .place = { token->line.text, (uint32_t)blank_trim_end(line).size },
    };
}

static void open_doc_string(struct builder *builder, const struct token *token)
{
    finish_step_table(builder);
    struct doc_string *doc_string = ARENA_NEW(builder->arena, struct doc_string);
    *doc_string = (struct doc_string){
        .media_type = slice_text(builder, token->text),
        .delimiter = slice_text(builder, token->keyword),
        .place = { token->keyword.start, 0 },
        .line = token->line.number,
        .indent = (uint32_t)line_indent(builder->reader->source->bytes, &token->line),
    };
    builder->doc_string = doc_string;
    builder->doc_string_end = 0;
}

static void close_doc_string(struct builder *builder, const struct token *token)
{
    struct doc_string *doc_string = builder->doc_string;
    struct text bytes = builder->reader->source->bytes;
    size_t start = text_find_byte(bytes, '\n', doc_string->place.start) + 1;
    size_t end = builder->doc_string_end ? builder->doc_string_end : start;
    doc_string->place.size =
        token->keyword.start + token->keyword.size - doc_string->place.start;
    doc_string_fill(doc_string, builder->arena, builder->reader->source, start, end);
    builder->argument.doc_string = doc_string;
    builder->doc_string = NULL;
}

static void add_comment(struct builder *builder, const struct token *token)
{
    struct builder_lists *lists = &builder->lists;
    GROW(lists->comments, lists->comment_count, lists->comment_capacity);
    lists->comments[lists->comment_count++] =
        (struct comment){ token->text, token->line.number };
}

static void add_separator(struct builder *builder, const struct token *token)
{
    if (builder->doc_string) {
        close_doc_string(builder, token);
    } else {
        open_doc_string(builder, token);
    }
}

static void add_other(struct builder *builder, const struct token *token)
{
    if (builder->doc_string) {
        builder->doc_string_end = token->line.end;
    } else {
        add_description_line(builder, &token->line);
    }
}

static void add_end(struct builder *builder, const struct token *token)
{
    (void)token;
    finish_document(builder);
}

void builder_add(struct builder *builder, const struct token *token)
{
    static void (*const add[TOKEN_TYPE_COUNT])(struct builder *, const struct token *) = {
        [TOKEN_EOF] = add_end,
        [TOKEN_COMMENT] = add_comment,
        [TOKEN_TAG_LINE] = add_tags,
        [TOKEN_FEATURE_LINE] = add_feature,
        [TOKEN_RULE_LINE] = add_rule,
        [TOKEN_BACKGROUND_LINE] = add_background,
        [TOKEN_SCENARIO_LINE] = add_scenario,
        [TOKEN_EXAMPLES_LINE] = add_examples,
        [TOKEN_STEP_LINE] = add_step,
        [TOKEN_DOC_STRING_SEPARATOR] = add_separator,
        [TOKEN_TABLE_ROW] = add_row,
        [TOKEN_OTHER] = add_other,
    };
    if (!add[token->type]) {
        return;
    }
    if (token->type != TOKEN_OTHER && token->type != TOKEN_COMMENT) {
        finish_description(builder);
    }
    add[token->type](builder, token);
}
