/* SPDX-License-Identifier: MIT */
#include "protocol/fault.h"

#include <stdarg.h>

#include "base/buffer.h"
#include "base/escape.h"

enum { DETAIL_LIMIT_BYTES = 4096 };

void fault_tell(const struct protocol_sink *sink, struct text bytes, const char *format, ...)
{
    struct buffer detail CLEANUP(buffer_release);
    va_list arguments;
    buffer_init(&detail, DETAIL_LIMIT_BYTES);
    va_start(arguments, format);
    buffer_add_format_list(&detail, format, arguments);
    va_end(arguments);
    if (bytes.size > 0) {
        buffer_add_string(&detail, ": '");
        escape_line(&detail, text_slice(bytes, 0, FAULT_BYTES_SHOWN));
        buffer_add_byte(&detail, '\'');
    }
    if (bytes.size > FAULT_BYTES_SHOWN) {
        buffer_add_format(&detail, ", the first %d of %zu bytes", FAULT_BYTES_SHOWN,
                          bytes.size);
    }
    sink->changed(sink->context, PROTOCOL_BROKEN, TEXT_EMPTY, buffer_text(&detail));
}
