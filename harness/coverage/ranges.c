/* SPDX-License-Identifier: MIT */
#include "coverage/ranges.h"

#include "base/escape.h"

static void print(struct ranges *ranges)
{
    if (!ranges->has_printed) {
        buffer_add_string(ranges->out, ranges->title);
        escape_line(ranges->out, ranges->path);
    }
    buffer_add_format(ranges->out, "%s%u", ranges->has_printed ? ", " : ": ", ranges->first);
    if (ranges->last > ranges->first) {
        buffer_add_format(ranges->out, "-%u", ranges->last);
    }
    ranges->has_printed = true;
}

void ranges_break(struct ranges *ranges)
{
    if (ranges->first) {
        print(ranges);
    }
    ranges->first = 0;
}

void ranges_extend(struct ranges *ranges, uint32_t number)
{
    ranges->first = ranges->first ? ranges->first : number;
    ranges->last = number;
}

void ranges_add(struct ranges *ranges, uint32_t number)
{
    if (ranges->first && number != ranges->last + 1) {
        ranges_break(ranges);
    }
    ranges_extend(ranges, number);
}

void ranges_end(struct ranges *ranges)
{
    ranges_break(ranges);
    if (ranges->has_printed) {
        buffer_add_byte(ranges->out, '\n');
    }
}
