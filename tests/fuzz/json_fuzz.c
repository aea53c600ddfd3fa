/* SPDX-License-Identifier: MIT */
/* Any bytes: parsing ends with a document or one problem with its place, and what is written back
 * is the same document. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "format/json.h"
#include "format/json_holes.h"
#include "format/json_writer.h"

enum { OUT_LIMIT_BYTES = 1 << 22 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_back(const struct json_value *root, unsigned indent, struct arena *arena)
{
    struct buffer out CLEANUP(buffer_release);
    struct json_writer writer;
    const struct json_value *again = NULL;
    buffer_init(&out, OUT_LIMIT_BYTES);
    json_writer_init(&writer, &out, indent);
    json_write_value(&writer, root);
    if (!out.is_over_limit &&
        (!json_parse_text(buffer_text(&out), arena, &again) || !json_equal(root, again))) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct source source;
    const struct json_value *root = NULL;
    arena_init(&arena);
    problems_init(&problems);
    source_init(&source, TEXT("fuzz"), text_make((const char *)data, size));
    if (json_parse(&source, (struct json_limits){ 0 }, &arena, &root, &problems)) {
        write_back(root, 0, &arena);
        write_back(root, 2, &arena);
    } else if (problems.count != 1 || problems.list[0].at.end > size + 1) {
        abort();
    }
    if (json_holes_mask(&arena, source.bytes).size != size) {
        abort();
    }
    return 0;
}
