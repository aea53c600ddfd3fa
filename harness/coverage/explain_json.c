/* SPDX-License-Identifier: MIT */
#include "coverage/explain.h"
#include "format/json_writer.h"

static void write_ratio(struct json_writer *writer, const char *key, struct ratio ratio)
{
    json_write_key(writer, key);
    json_write_begin_object(writer);
    json_write_key(writer, "covered");
    json_write_uint(writer, ratio.covered);
    json_write_key(writer, "total");
    json_write_uint(writer, ratio.total);
    json_write_end_object(writer);
}

static bool is_lost(const struct coverage_line *line, const struct coverage_file *after)
{
    const struct coverage_line *now = coverage_file_line(after, line->number);
    return line->count > 0 && now && now->count == 0;
}

static void write_lost_file(struct json_writer *writer, const struct coverage_file *before,
                            const struct coverage_file *after)
{
    bool has_any = false;
    for (size_t i = 0; i < before->line_count; i++) {
        if (!is_lost(&before->lines[i], after)) {
            continue;
        }
        if (!has_any) {
            json_write_key_text(writer, before->path);
            json_write_begin_array(writer);
            has_any = true;
        }
        json_write_uint(writer, before->lines[i].number);
    }
    if (has_any) {
        json_write_end_array(writer);
    }
}

static void write_only(struct json_writer *writer, const char *key, const struct coverage *of,
                       const struct coverage *other)
{
    json_write_key(writer, key);
    json_write_begin_array(writer);
    for (size_t i = 0; i < of->file_count; i++) {
        if (!coverage_find(other, of->files[i]->path)) {
            json_write_string(writer, of->files[i]->path);
        }
    }
    json_write_end_array(writer);
}

void explain_json(struct buffer *out, const struct coverage *before,
                  const struct coverage *after)
{
    struct coverage_move move = coverage_explain(before, after);
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    json_write_begin_object(&writer);
    write_ratio(&writer, "before", move.before);
    write_ratio(&writer, "after", move.after);
    write_ratio(&writer, "new_files", move.new_files);
    write_ratio(&writer, "gone_files", move.gone_files);
    write_ratio(&writer, "new_lines", move.new_lines);
    write_ratio(&writer, "deleted_lines", move.gone_lines);
    json_write_key(&writer, "lost");
    json_write_uint(&writer, move.lost);
    json_write_key(&writer, "won");
    json_write_uint(&writer, move.won);
    json_write_key(&writer, "lost_lines");
    json_write_begin_object(&writer);
    for (size_t i = 0; i < before->file_count; i++) {
        const struct coverage_file *now = coverage_find(after, before->files[i]->path);
        if (now) {
            write_lost_file(&writer, before->files[i], now);
        }
    }
    json_write_end_object(&writer);
    write_only(&writer, "newly_measured", after, before);
    write_only(&writer, "no_longer_measured", before, after);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}
