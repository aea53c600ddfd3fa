/* SPDX-License-Identifier: MIT */
#include "gherkin/build/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

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
    builder_finish_step(builder);
    builder_finish_examples(builder);
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
    builder_finish_rule(builder);
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
    builder_finish_container(builder);
    builder->scenario = ARENA_NEW(builder->arena, struct scenario);
    open_heading(builder, token, &builder->scenario->heading);
}

static void add_step(struct builder *builder, const struct token *token)
{
    builder_finish_step(builder);
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

/* Tags belong to what follows: they end the step and examples before them. */
static void add_tags(struct builder *builder, const struct token *token)
{
    builder_finish_step(builder);
    builder_finish_examples(builder);
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
    struct row *row = &lists->rows[lists->row_count++];
    row->cell_count = (uint32_t)lists->cell_count;
    row->cells = TAKE_LIST(builder, cells, cell_count);
    row->line = token->line.number;
    row->place = (struct slice){ token->line.text, (uint32_t)blank_trim_end(line).size };
}

static void open_doc_string(struct builder *builder, const struct token *token)
{
    builder_finish_step_table(builder);
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
    builder_finish_document(builder);
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
        builder_finish_description(builder);
    }
    add[token->type](builder, token);
}
