/* SPDX-License-Identifier: MIT */
#include "base/attribute.h"
#include "format/json.h"
#include "format/json/json_build.h"
#include "format/json/json_reader.h"

static bool check_size(const struct source *source, size_t limit_bytes,
                       struct problems *problems)
{
    if (limit_bytes == 0 || limit_bytes >= UINT32_MAX) {
        limit_bytes = UINT32_MAX - 1;
    }
    if (source->bytes.size > limit_bytes) {
        problems_add(problems, PROBLEM_INPUT, span_make(source, 0, 0), NULL,
                     "the JSON of %zu bytes is larger than the limit of %zu bytes",
                     source->bytes.size, limit_bytes);
        return false;
    }
    return true;
}

/* Always false: json_build refused it, so does the reader, which knows why. */
static bool find_problem(const struct source *source, size_t depth, struct problems *problems)
{
    struct json_reader reader;
    struct json_token token = { 0 };
    json_reader_init(&reader, source, depth);
    while (json_reader_next(&reader, &token, problems)) {
        if (token.type == JSON_TOKEN_END) {
            BUG("a JSON document of %zu bytes is refused for no reason", source->bytes.size);
        }
    }
    json_reader_release(&reader);
    return false;
}

bool json_parse(const struct source *source, struct json_limits limits, struct arena *arena,
                const struct json_value **ret_root, struct problems *problems)
{
    if (!check_size(source, limits.size_bytes, problems)) {
        return false;
    }
    size_t depth = limits.depth ? limits.depth : JSON_DEPTH_DEFAULT;
    depth = depth < JSON_DEPTH_MOST ? depth : JSON_DEPTH_MOST;
    return json_build(source->bytes, depth, arena, ret_root) ||
           find_problem(source, depth, problems);
}

bool json_parse_text(struct text text, struct arena *arena, const struct json_value **ret_root)
{
    struct source source;
    struct problems problems;
    source_init(&source, TEXT_EMPTY, text);
    problems_init(&problems);
    bool is_parsed = json_parse(&source, (struct json_limits){ 0 }, arena, ret_root, &problems);
    problems_release(&problems);
    return is_parsed;
}
