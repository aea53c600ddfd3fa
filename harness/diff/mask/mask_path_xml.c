/* SPDX-License-Identifier: MIT */
/* `/hands/hand[2]/@id`: XPath's short form. The diff of XML enters an element by its name and then
 * by its place among siblings of that name, so each element is two segments. */
#include "diff/mask/path_reader.h"

#define XML_HINT "write /hands/hand[*]/@id: names, *, [n], [*], //, @name, text()"

/* `[2]`, `[*]` or nothing, behind an element. */
static bool read_place(struct path_reader *reader)
{
    struct mask_segment segment = { .kind = MASK_SEGMENT_ANY };
    size_t start = reader->position;
    if (!path_reader_take(reader, TEXT("["))) {
        return path_reader_add(reader, segment);
    }
    struct text written = path_reader_until(reader, "]");
    uint64_t place;
    if (!text_is(written, "*")) {
        if (!text_to_uint64(written, &place) || place == 0 || place > UINT32_MAX) {
            return path_reader_refuse(reader, start, XML_HINT, "an unknown place");
        }
        segment.kind = MASK_SEGMENT_INDEX;
        segment.index = place - 1; /* XPath counts from 1 */
    }
    if (!path_reader_take(reader, TEXT("]"))) {
        return path_reader_refuse(reader, start, XML_HINT, "a bracket that does not end");
    }
    return path_reader_add(reader, segment);
}

static bool read_step(struct path_reader *reader)
{
    size_t start = reader->position;
    struct text name = path_reader_until(reader, "/[ \t]");
    if (name.size == 0 || text_is(name, "@")) {
        return path_reader_refuse(reader, start, XML_HINT, "no name");
    }
    if (text_is(name, "*")) {
        return path_reader_add(reader, (struct mask_segment){ .kind = MASK_SEGMENT_ANY }) &&
               read_place(reader);
    }
    struct mask_segment segment = { .kind = MASK_SEGMENT_NAME, .name = name };
    bool is_leaf = name.at[0] == '@' || text_is(name, "text()");
    if (!path_reader_add(reader, segment)) {
        return false;
    }
    if (!is_leaf) {
        return read_place(reader);
    }
    return path_reader_is_at_end(reader) ||
           path_reader_refuse(reader, reader->position, XML_HINT, "something behind a value");
}

bool mask_path_parse_xml(struct arena *arena, struct text written, struct span at,
                         struct mask_path *ret_path, struct problems *problems)
{
    struct path_reader reader = {
        .arena = arena, .written = written, .at = at, .problems = problems
    };
    do {
        if (!path_reader_take(&reader, TEXT("/"))) {
            return path_reader_refuse(&reader, reader.position, XML_HINT, "no '/'");
        }
        if (path_reader_take(&reader, TEXT("/")) &&
            !path_reader_add(&reader, (struct mask_segment){ .kind = MASK_SEGMENT_DEEP })) {
            return false;
        }
        if (!read_step(&reader)) {
            return false;
        }
    } while (!path_reader_is_at_end(&reader));
    *ret_path = path_reader_path(&reader);
    return true;
}
