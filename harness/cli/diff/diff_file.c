/* SPDX-License-Identifier: MIT */
#include "cli/diff/diff_file.h"

#include "diff/engines/markup.h"
#include "exchange/response_read.h"
#include "record/har_reader.h"

enum { START_BYTES = 1024 };

static const struct {
    struct text ending;
    const char *media_type;
} types[] = {
    { TEXT_STATIC(".json"), "application/json" }, { TEXT_STATIC(".xml"), "application/xml" },
    { TEXT_STATIC(".svg"), "image/svg+xml" },     { TEXT_STATIC(".html"), "text/html" },
    { TEXT_STATIC(".htm"), "text/html" },         { TEXT_STATIC(".xhtml"), "text/html" },
    { TEXT_STATIC(".txt"), "text/plain" },        { TEXT_STATIC(".csv"), "text/csv" },
    { TEXT_STATIC(".js"), "text/javascript" },    { TEXT_STATIC(".css"), "text/css" },
};

static struct text type_of(struct text path)
{
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        if (text_ends_with(path, types[i].ending)) {
            return text_of(types[i].media_type);
        }
    }
    return TEXT_EMPTY;
}

static struct text without_mark(struct text bytes)
{
    return text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? text_from(bytes, 3) : bytes;
}

/* `{"log": {` */
static bool looks_like_har(struct text bytes)
{
    struct text start = text_trim(without_mark(text_slice(bytes, 0, START_BYTES)));
    struct text rest = text_trim(text_from(start, 1));
    struct text after = text_trim(text_from(rest, sizeof("\"log\"") - 1));
    return text_starts_with(start, TEXT("{")) && text_starts_with(rest, TEXT("\"log\"")) &&
           text_starts_with(after, TEXT(":")) &&
           text_starts_with(text_trim(text_from(after, 1)), TEXT("{"));
}

static enum diff_file_kind kind_of(const struct diff_file *file)
{
    struct text bytes = file->input->source.bytes;
    if (text_ends_with(file->path, TEXT(".har")) || looks_like_har(bytes)) {
        return DIFF_FILE_RECORDING;
    }
    if (text_starts_with(bytes, TEXT("HTTP/"))) {
        return DIFF_FILE_RESPONSE;
    }
    struct body_side body = file->body;
    body.bytes = text_slice(bytes, 0, START_BYTES);
    return diff_engine_of(&body) == diff_engines[0] ? DIFF_FILE_JSON : DIFF_FILE_BODY;
}

static bool read_json(struct diff_file *file, struct problems *problems)
{
    struct json_limits limits = { .depth = JSON_DEPTH_MOST };
    file->json.source = file->input->source.bytes;
    return json_parse(&file->input->source, limits, &file->arena, &file->json.root, problems);
}

static bool read_response(struct diff_file *file, struct problems *problems)
{
    return response_read(&file->input->source, &file->arena, &file->response.response,
                         problems);
}

/* What is named XML must be XML. */
static bool check_body(struct diff_file *file, struct problems *problems)
{
    struct text error;
    const struct diff_engine *engine = diff_engine_of(&file->body);
    struct xml_document *document = NULL;
    if (!text_is(text_of(engine->name), "XML")) {
        return true;
    }
    document = xml_parse(file->body.bytes, XML_STRICT, &file->arena, &error);
    if (!document) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL, "'%.*s' is not XML: %.*s",
                     TEXT_ARG(file->path), TEXT_ARG(error));
    }
    xml_free(document);
    return document != NULL;
}

static bool read_recording(struct diff_file *file, struct problems *problems)
{
    struct text bytes = file->input->source.bytes;
    if (text_is(file->path, "-")) {
        return har_read_bytes(&file->recording, TEXT("<stdin>"), bytes, NULL, problems);
    }
    har_input_free(file->input);
    file->input = NULL;
    return har_read(&file->recording, file->path, NULL, problems);
}

bool diff_file_open(struct diff_file *file, struct text path, struct problems *problems)
{
    *file = (struct diff_file){ .path = path, .body.media_type = type_of(path) };
    arena_init(&file->arena);
    recording_init(&file->recording);
    file->input = har_input_open(path, problems);
    if (!file->input) {
        return false;
    }
    file->body.bytes = file->input->source.bytes;
    file->kind = kind_of(file);
    switch (file->kind) {
    case DIFF_FILE_RECORDING:
        return read_recording(file, problems);
    case DIFF_FILE_RESPONSE:
        return read_response(file, problems);
    case DIFF_FILE_JSON:
        return read_json(file, problems);
    case DIFF_FILE_BODY:
        return check_body(file, problems);
    }
    return false;
}

void diff_file_release(struct diff_file *file)
{
    recording_release(&file->recording);
    har_input_free(file->input);
    arena_release(&file->arena);
}
