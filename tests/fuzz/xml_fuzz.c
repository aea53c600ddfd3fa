/* SPDX-License-Identifier: MIT */
/* An XPath on the first line, then any bytes as XML and as HTML: results or errors, nothing else. */
#include <stddef.h>
#include <stdint.h>

#include "format/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(struct text xpath, struct text bytes, enum xml_flavour flavour)
{
    struct arena arena CLEANUP(arena_release);
    struct text error = TEXT_EMPTY;
    struct xml_result result;
    struct xml_form form;
    arena_init(&arena);
    struct xml_document *document CLEANUP(xml_release) =
        xml_parse(bytes, flavour, &arena, &error);
    if (!document) {
        if (error.size == 0) {
            __builtin_trap();
        }
        return;
    }
    if (!xml_select(document, xpath, &arena, &result, &error) && error.size == 0) {
        __builtin_trap();
    }
    if (!xml_form(document, xpath, &arena, &form, &error) && error.size == 0) {
        __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = text_make((const char *)data, size);
    struct text xpath = TEXT_EMPTY;
    struct arena arena CLEANUP(arena_release);
    struct text error = TEXT_EMPTY;
    arena_init(&arena);
    if (!size || !text_take_until(&rest, '\n', &xpath) || !rest.at) {
        return 0;
    }
    if (!xml_xpath_check(xpath, &arena, &error) && error.size == 0) {
        __builtin_trap();
    }
    look_at(xpath, rest, XML_STRICT);
    look_at(xpath, rest, XML_HTML);
    return 0;
}
