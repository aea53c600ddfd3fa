/* SPDX-License-Identifier: MIT */
#include "gherkin/print.h"

#include "base/arena.h"
#include "gherkin/print/json_parts.h"
#include "gherkin/tokens/token_reader.h"

struct token_printer {
    struct buffer *out;
    struct text bytes;
    struct arena arena; /* for unescaped cells */
};

static struct text slice_text(const struct token_printer *printer, struct slice slice)
{
    return text_slice(printer->bytes, slice.start, (size_t)slice.start + slice.size);
}

static void print_item(const struct token_printer *printer, size_t offset, struct text text,
                       bool is_first)
{
    buffer_add_format(printer->out, "%s%zu:", is_first ? "" : ",",
                      column_of(printer->bytes, offset));
    buffer_add(printer->out, text);
}

static void print_tags(const struct token_printer *printer, const struct token *token)
{
    struct text tags = slice_text(printer, token->text);
    struct slice tag;
    bool is_first = true;
    for (size_t at = 0; tag_next(tags, &at, &tag); is_first = false) {
        print_item(printer, (size_t)token->text.start + tag.start,
                   text_slice(tags, tag.start, (size_t)tag.start + tag.size), is_first);
    }
}

static void print_cells(struct token_printer *printer, const struct token *token)
{
    struct text line = token_line_text(token, printer->bytes);
    struct slice cell;
    bool is_first = true;
    for (size_t at = 0; cell_next(line, &at, &cell); is_first = false) {
        struct text written = text_slice(line, cell.start, (size_t)cell.start + cell.size);
        print_item(printer, (size_t)token->line.text + cell.start,
                   cell_unescape(&printer->arena, written), is_first);
    }
}

static void print_keyword(const struct token_printer *printer, const struct token *token)
{
    static const char *const types[] = {
        [STEP_UNKNOWN] = "Unknown",         [STEP_CONTEXT] = "Context",
        [STEP_ACTION] = "Action",           [STEP_OUTCOME] = "Outcome",
        [STEP_CONJUNCTION] = "Conjunction",
    };
    if (token->keyword.size) {
        bool is_step = token->type == TOKEN_STEP_LINE;
        buffer_add_format(printer->out, "(%s)", is_step ? types[token->step_type] : "");
        buffer_add(printer->out, slice_text(printer, token->keyword));
    }
}

/* Lines of a doc string are shown without the indent of its delimiter. */
struct shown_doc_string {
    bool is_open;
    struct doc_string doc_string;
};

static void follow_doc_string(struct shown_doc_string *shown,
                              const struct token_printer *printer, const struct token *token)
{
    shown->is_open = !shown->is_open;
    shown->doc_string = (struct doc_string){
        .delimiter = slice_text(printer, token->keyword),
        .indent = (uint32_t)line_indent(printer->bytes, &token->line),
    };
}

static struct text shown_text(const struct shown_doc_string *shown,
                              struct token_printer *printer, const struct source *source,
                              const struct token *token)
{
    if (token->type == TOKEN_TAG_LINE) {
        return TEXT_EMPTY;
    }
    if (token->type != TOKEN_OTHER || !shown->is_open) {
        return slice_text(printer, token->text);
    }
    struct doc_string line = shown->doc_string;
    doc_string_fill(&line, &printer->arena, source, token->line.start, token->line.end);
    return line.content;
}

static bool is_whole_line(enum token_type type)
{
    return type == TOKEN_OTHER || type == TOKEN_COMMENT || type == TOKEN_EMPTY;
}

static void print_token(struct token_printer *printer, const struct token *token,
                        struct text text)
{
    struct buffer *out = printer->out;
    size_t column =
        is_whole_line(token->type) ? 1 : column_of(printer->bytes, token->line.text);
    buffer_add_format(out, "(%u:%zu)%s:", token->line.number, column,
                      token_type_name(token->type));
    print_keyword(printer, token);
    buffer_add_byte(out, '/');
    buffer_add(out, text);
    buffer_add_byte(out, '/');
    if (token->type == TOKEN_TAG_LINE) {
        print_tags(printer, token);
    } else if (token->type == TOKEN_TABLE_ROW) {
        print_cells(printer, token);
    }
    buffer_add_byte(out, '\n');
}

void gherkin_print_tokens(struct buffer *out, const struct source *source)
{
    struct problems ignored CLEANUP(problems_release);
    problems_init(&ignored);
    struct token_reader reader;
    token_reader_init(&reader, source, SIZE_MAX, &ignored);
    struct token_printer printer = { .out = out, .bytes = source->bytes };
    arena_init(&printer.arena);
    struct shown_doc_string shown = { .is_open = false };
    struct token token;
    while (token_reader_next(&reader, &token)) {
        if (token.type == TOKEN_EOF) {
            buffer_add_string(out, "EOF\n");
            break;
        }
        print_token(&printer, &token, shown_text(&shown, &printer, source, &token));
        if (token.type == TOKEN_DOC_STRING_SEPARATOR) {
            follow_doc_string(&shown, &printer, &token);
        }
    }
    arena_release(&printer.arena);
}
