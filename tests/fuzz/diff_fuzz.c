/* SPDX-License-Identifier: MIT */
/* Two bodies with a NUL between: as JSON they differ exactly when they are not equal, and so does
 * their patch, which is JSON; as any format a body does not differ from itself. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/difference_print.h"
#include "diff/engine.h"
#include "diff/tree/tree.h"
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_json(struct text left, struct text right, struct arena *arena)
{
    struct tree_pair pair = { .dialect = TREE_JSON, .path = TEXT("$") };
    struct differences differences;
    const struct json_value *patch = NULL;
    if (!json_parse_text(left, arena, &pair.left.root) ||
        !json_parse_text(right, arena, &pair.right.root)) {
        return;
    }
    pair.left.source = left;
    pair.right.source = right;
    differences_init(&differences, arena, NULL);
    tree_diff(&pair, &differences);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT);
    tree_patch(&pair, &out);
    bool is_equal = json_equal(pair.left.root, pair.right.root);
    if (!json_parse_text(buffer_text(&out), arena, &patch) ||
        is_equal != (differences.count == 0) || is_equal != (patch->count == 0)) {
        abort();
    }
}

static void check_body(struct text left, struct text right, const char *type,
                       struct arena *arena)
{
    struct body_pair pair = { .left = { left, text_of(type) },
                              .right = { right, text_of(type) } };
    struct differences differences;
    struct buffer out CLEANUP(buffer_release);
    struct json_writer writer;
    buffer_init(&out, BUFFER_NO_LIMIT);
    json_writer_init(&writer, &out, 0);
    differences_init(&differences, arena, NULL);
    body_diff(&pair, &differences);
    difference_print_json(&differences, &writer);
    pair.right = pair.left;
    differences_init(&differences, arena, NULL);
    body_diff(&pair, &differences);
    if (differences.count) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = { "application/json", "application/xml", "text/html",
                                         "text/plain",       "image/png",       "" };
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct text whole = text_make((const char *)data, size);
    size_t middle = text_find_byte(whole, '\0', 0);
    struct text left = text_slice(whole, 0, middle);
    struct text right = text_from(whole, middle + 1);
    check_json(left, right, &arena);
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        check_body(left, right, types[i], &arena);
    }
    return 0;
}
