/* SPDX-License-Identifier: MIT */
#include "gherkin/parse.h"

#include "base/utf8.h"
#include "gherkin/build/builder.h"
#include "gherkin/tokens/token_reader.h"

static bool check_bytes(const struct source *source, struct problems *problems)
{
    struct text bytes = source->bytes;
    if (bytes.size >= UINT32_MAX) {
        problems_add(problems, PROBLEM_INPUT, span_make(source, 0, 0),
                     "split it into several files", "file of %zu bytes is too large",
                     bytes.size);
        return false;
    }
    size_t nul = text_find_byte(bytes, '\0', 0);
    if (nul < bytes.size) {
        problems_add(problems, PROBLEM_INPUT, span_make(source, nul, nul + 1),
                     "save the file as UTF-8", "NUL byte in a text file");
        return false;
    }
    size_t valid = utf8_valid_size(bytes);
    if (valid < bytes.size) {
        problems_add(problems, PROBLEM_INPUT, span_make(source, valid, valid + 1),
                     "save the file as UTF-8", "invalid UTF-8: byte 0x%02x",
                     (unsigned char)bytes.at[valid]);
        return false;
    }
    return true;
}

bool gherkin_parse(const struct source *source, struct arena *arena,
                   const struct document **ret_document, struct problems *problems)
{
    if (!check_bytes(source, problems)) {
        return false;
    }
    struct token_reader reader;
    token_reader_init(&reader, source, GHERKIN_ERROR_LIMIT, problems);
    struct builder builder CLEANUP(builder_release);
    builder_init(&builder, arena, &reader);
    struct token token;
    while (token_reader_next(&reader, &token)) {
        builder_add(&builder, &token);
    }
    if (reader.error_count > 0) {
        return false;
    }
    *ret_document = builder_document(&builder);
    return true;
}
