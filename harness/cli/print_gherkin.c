/* SPDX-License-Identifier: MIT */
#include "cli/print_gherkin.h"

#include "base/buffer.h"
#include "base/file.h"
#include "cli/console.h"
#include "gherkin/parse.h"
#include "gherkin/print.h"

enum { PRINTED_LIMIT = 1 << 30, FEATURE_LIMIT = 256 << 20 };

const char *const print_words[] = { "nothing", "source", "tokens", "ast", "pickles", NULL };

static bool print_pickles(struct buffer *out, const struct document *document,
                          struct invocation *invocation, struct text path)
{
    struct pickles pickles;
    if (!pickles_compile(document, &invocation->arena, &pickles, &invocation->problems)) {
        return false;
    }
    for (size_t i = 0; i < pickles.count; i++) {
        gherkin_print_pickle(out, &pickles.list[i], path, 0);
        buffer_add_byte(out, '\n');
    }
    return true;
}

/* The document, its pickles, or its errors. */
static bool print_parsed(struct buffer *out, const struct source *source,
                         struct invocation *invocation, enum print_form form)
{
    const struct document *document = NULL;
    CLEANUP(problems_release) struct problems errors;
    problems_init(&errors);
    if (!gherkin_parse(source, &invocation->arena, &document, &errors)) {
        for (size_t i = 0; i < errors.count; i++) {
            gherkin_print_parse_error(out, &errors.list[i], source->name);
            buffer_add_byte(out, '\n');
        }
        return false;
    }
    if (form == PRINT_PICKLES) {
        return print_pickles(out, document, invocation, source->name);
    }
    gherkin_print_document(out, document, source->name, 0);
    buffer_add_byte(out, '\n');
    return true;
}

static bool print_form_of(struct buffer *out, const struct source *source,
                          struct invocation *invocation, enum print_form form)
{
    if (form == PRINT_SOURCE) {
        gherkin_print_source(out, source, source->name);
        buffer_add_byte(out, '\n');
        return true;
    }
    if (form == PRINT_TOKENS) {
        gherkin_print_tokens(out, source);
        return true;
    }
    return print_parsed(out, source, invocation, form);
}

enum exit_code print_gherkin(struct invocation *invocation, struct text path,
                             enum print_form form)
{
    struct text bytes;
    if (!file_read(path, FEATURE_LIMIT, &invocation->arena, &bytes, &invocation->problems)) {
        return EXIT_CODE_USAGE;
    }
    struct source source;
    source_init(&source, path, bytes);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    bool is_fine = print_form_of(&out, &source, invocation, form);
    source_release(&source);
    if (!console_write(buffer_text(&out), &invocation->problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    return is_fine ? EXIT_CODE_YES : EXIT_CODE_USAGE;
}
