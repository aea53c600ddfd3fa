/* SPDX-License-Identifier: MIT */
/* Lines of a head, as a server may send them: finding, counting, setting and removing agree, and
 * every line may be about the encoding. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "exchange/header.h"
#include "net/content_coding.h"

enum { OUT_LIMIT_BYTES = 1 << 12, LINES_LIMIT = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void read_lines(struct text rest, struct headers *headers, struct arena *arena,
                       struct content_coding *coding)
{
    struct text line;
    while (headers->count < LINES_LIMIT && text_take_until(&rest, '\n', &line)) {
        size_t colon = text_find_byte(line, ':', 0);
        content_coding_read_line(coding, line);
        headers_add(headers, arena, text_trim(text_slice(line, 0, colon)),
                    text_trim(text_from(line, colon + 1)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct buffer body CLEANUP(buffer_release);
    struct headers headers = { 0 };
    struct content_coding coding = { 0 };
    struct text text = text_make((const char *)data, size);
    struct text value;
    arena_init(&arena);
    buffer_init(&body, OUT_LIMIT_BYTES);
    read_lines(text, &headers, &arena, &coding);
    must(coding.count <= CONTENT_CODINGS_LIMIT);
    if (!content_coding_decode(&coding, text, &body) || !content_coding_end(&coding)) {
        content_coding_print_fault(&coding, &body);
    }
    content_coding_release(&coding);
    while (headers.count > 0) {
        struct text name = headers.list[0].name;
        size_t count = headers.count;
        size_t same = headers_count(&headers, name);
        must(same > 0 && headers_find(&headers, name, &value));
        must(!header_name_is_valid(name) || text_find_byte(name, '\n', 0) == name.size);
        must(!header_value_is_valid(value) || text_find_byte(value, '\r', 0) == value.size);
        headers_set(&headers, &arena, name, value);
        must(headers_count(&headers, name) == 1 && headers.count == count - same + 1);
        headers_remove(&headers, name);
        must(headers.count == count - same);
    }
    return 0;
}
