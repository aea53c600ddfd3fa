/* SPDX-License-Identifier: MIT */
/* A path, a line end, a document: compiling and selecting end, and every node selected has a
 * normalised path that selects exactly it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "format/json_path.h"

enum { OUT_LIMIT_BYTES = 1 << 16, NODES_CHECKED = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const struct json_value *root, const struct json_value *node,
                       struct arena *arena, struct problems *problems)
{
    struct buffer printed CLEANUP(buffer_release);
    struct json_path *path CLEANUP(json_path_release) = NULL;
    struct json_nodes nodes = { 0 };
    buffer_init(&printed, OUT_LIMIT_BYTES);
    json_path_print(&printed, root, node);
    bool has_surrogate = text_contains(buffer_text(&printed), TEXT("\\ud"));
    if (printed.is_over_limit || has_surrogate) {
        return; /* JSONPath cannot write a lone surrogate */
    }
    if (!json_path_compile(buffer_text(&printed), span_none(), &path, problems) ||
        !json_path_select(path, root, arena, &nodes) || nodes.count != 1) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct json_path *path CLEANUP(json_path_release) = NULL;
    struct text rest = text_make((const char *)data, size);
    struct text line = TEXT_EMPTY;
    struct json_nodes nodes = { 0 };
    const struct json_value *root = NULL;
    arena_init(&arena);
    problems_init(&problems);
    if (size == 0 || !text_take_until(&rest, '\n', &line) || !rest.at ||
        !json_path_compile(line, span_none(), &path, &problems) ||
        !json_parse_text(rest, &arena, &root) ||
        !json_path_select(path, root, &arena, &nodes)) {
        return 0;
    }
    for (size_t i = 0; i < nodes.count && i < NODES_CHECKED; i++) {
        check_node(root, nodes.list[i], &arena, &problems);
    }
    return 0;
}
