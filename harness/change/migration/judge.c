/* SPDX-License-Identifier: MIT */
#include "change/migration/judge.h"

#include "change/migration/section.h"

static bool is_sql(struct text path)
{
    return text_ends_with(path, TEXT(".sql"));
}

/* The tokens of what goes forward. */
static struct tokens forward_tokens(const struct source *source, struct arena *arena,
                                    struct section *ret_section)
{
    if (is_sql(source->name)) {
        *ret_section = section_of_sql(source->bytes, arena);
        struct text part = text_slice(source->bytes, ret_section->from, ret_section->to);
        return tokens_make(&language_sql, part, ret_section->from, arena);
    }
    struct tokens all = tokens_make(token_language_of(source->name), source->bytes, 0, arena);
    *ret_section = section_of_code(&all);
    return (struct tokens){ all.list + ret_section->from, ret_section->to - ret_section->from };
}

bool judged_is_same(const struct judged *judged, struct arena *arena)
{
    struct section section;
    struct tokens now = forward_tokens(judged->source, arena, &section);
    struct tokens before = forward_tokens(judged->before, arena, &section);
    bool is_same = now.count == before.count;
    for (size_t i = 0; is_same && i < now.count; i++) {
        is_same = text_equal(now.list[i].text, before.list[i].text);
    }
    return is_same;
}

/* Keeps what was found on lines that this change wrote. */
static void keep_changed_lines(struct judged *judged)
{
    struct scan *scan = &judged->scan;
    size_t kept = 0;
    for (size_t i = 0; i < scan->count; i++) {
        size_t line = source_position(judged->source, scan->findings[i].start).line;
        if (git_file_has_changed_line(judged->file, line)) {
            scan->findings[kept++] = scan->findings[i];
        }
    }
    scan->count = kept;
}

void judged_scan(struct judged *judged, struct arena *arena)
{
    struct section section;
    const struct source *source = judged->source;
    struct tokens forward = forward_tokens(source, arena, &section);
    if (is_sql(source->name)) {
        scan_sql(&judged->scan, text_slice(source->bytes, section.from, section.to),
                 section.from);
    } else {
        scan_code(&judged->scan, &forward, 0, forward.count);
    }
    if (judged->framework->history == HISTORY_GROWS && judged->before) {
        keep_changed_lines(judged);
    }
    bool knows_back = judged->framework->way_back == WAY_BACK_FUNCTION ||
                      judged->framework->way_back == WAY_BACK_SECTION;
    judged->has_no_way_back = knows_back && (!section.has_back || section.is_back_empty);
}
