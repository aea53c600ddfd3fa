/* SPDX-License-Identifier: MIT */
/*
 * The answer of diff-tree: raw records, each ended by NUL, an empty one, then a patch whose parts
 * come in the order of the records (two parts where a file changed its kind). Paths are taken from
 * the records, where they are not quoted; lines of content are counted off by the hunk's head, so
 * that nothing in a file can be taken for a head.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "git/diff.h"

struct reading {
    struct text rest;
    struct arena *arena;
    struct git_file *files;
    size_t count;
    size_t capacity;
    struct git_lines *lines; /* of the file being read */
    size_t line_count;
    size_t line_capacity;
    struct git_hunk *hunks; /* of the same file */
    size_t hunk_count;
    size_t hunk_capacity;
};

/* Whatever git says has its end: what has none was cut short. */
static bool take_ended(struct text *rest, char end, struct text *ret_part)
{
    return text_take_until(rest, end, ret_part) && rest->at;
}

/* The records: ":100644 100755 OLDID NEWID M\0path\0", of a rename "R096\0old\0new\0". */

static char status_of(struct text head)
{
    size_t at = head.size;
    while (at > 0 && head.at[at - 1] != ' ') {
        at--;
    }
    char status = at < head.size ? head.at[at] : 'X';
    return strchr("ADMRT", status) ? status : 'X';
}

static bool read_record(struct reading *reading)
{
    struct text head;
    struct git_file file = { 0 };
    if (!take_ended(&reading->rest, '\0', &head) ||
        !take_ended(&reading->rest, '\0', &file.old_path)) {
        return false;
    }
    char status = status_of(head);
    file.path = file.old_path;
    if (status == 'X' || (status == 'R' && !take_ended(&reading->rest, '\0', &file.path))) {
        return false;
    }
    file.path = arena_text(reading->arena, file.path);
    file.old_path = status == 'R' ? arena_text(reading->arena, file.old_path) : file.path;
    /* A change of kind is 'T' to git, and two parts of the patch. */
    file.changed_count = status == 'T' ? 2 : 1;
    file.status = status == 'T' ? GIT_MODIFIED : (enum git_status)status;
    struct text modes = text_slice(head, 1, 14);
    file.is_submodule = text_contains(modes, TEXT("160000"));
    file.is_link = text_ends_with(modes, TEXT("120000"));
    GROW(reading->files, reading->count, reading->capacity);
    reading->files[reading->count++] = file;
    return true;
}

static bool read_records(struct reading *reading)
{
    while (reading->rest.size > 0 && reading->rest.at[0] == ':') {
        if (!read_record(reading)) {
            return false;
        }
    }
    if (reading->rest.size > 0 && reading->rest.at[0] == '\0') {
        reading->rest = text_from(reading->rest, 1);
    }
    return true;
}

/* The patch. */

/* "12,3" or "12", which is one line. */
static bool read_range(struct text range, uint64_t *ret_start, uint64_t *ret_count)
{
    size_t comma = text_find_byte(range, ',', 0);
    *ret_count = 1;
    return text_to_uint64(text_slice(range, 0, comma), ret_start) &&
           (comma == range.size || text_to_uint64(text_from(range, comma + 1), ret_count));
}

/* "@@ -3 +2,0 @@ …" */
static bool read_hunk_head(struct text line, uint64_t *ret_old_count, uint64_t *ret_start,
                           uint64_t *ret_new_count)
{
    struct text rest = text_from(line, 4);
    struct text old_range;
    struct text new_range;
    uint64_t old_start;
    return text_take_until(&rest, ' ', &old_range) && text_take_until(&rest, ' ', &new_range) &&
           new_range.size > 0 && new_range.at[0] == '+' &&
           read_range(old_range, &old_start, ret_old_count) &&
           read_range(text_from(new_range, 1), ret_start, ret_new_count);
}

static void add_lines(struct reading *reading, uint64_t start, uint64_t count)
{
    size_t last = reading->line_count;
    if (last > 0 && reading->lines[last - 1].last + 1 == start) {
        reading->lines[last - 1].last += (size_t)count;
        return;
    }
    GROW(reading->lines, reading->line_count, reading->line_capacity);
    reading->lines[reading->line_count++] =
        (struct git_lines){ (size_t)start, (size_t)(start + count - 1) };
}

/* Reads past the lines of a hunk, whose head has been taken. */
static bool read_hunk(struct reading *reading, struct git_file *file, struct text head)
{
    uint64_t old_count;
    uint64_t start;
    uint64_t new_count;
    if (!read_hunk_head(head, &old_count, &start, &new_count)) {
        return false;
    }
    if (new_count > 0) {
        add_lines(reading, start, new_count);
    }
    GROW(reading->hunks, reading->hunk_count, reading->hunk_capacity);
    reading->hunks[reading->hunk_count++] =
        (struct git_hunk){ (size_t)start, (size_t)new_count, (size_t)old_count };
    file->lines_added += (size_t)new_count;
    file->lines_deleted += (size_t)old_count;
    for (uint64_t left = old_count + new_count; left > 0;) {
        struct text line;
        if (!take_ended(&reading->rest, '\n', &line) || line.size == 0) {
            return false;
        }
        left -= line.at[0] == '\\' ? 0 : 1; /* "\ No newline at end of file" is none */
    }
    return true;
}

static void finish_file(struct reading *reading, struct git_file *file)
{
    file->changed_count = reading->line_count;
    file->changed = ARENA_ARRAY(reading->arena, reading->line_count + 1, struct git_lines);
    if (reading->line_count > 0) {
        memcpy(file->changed, reading->lines, reading->line_count * sizeof(*file->changed));
    }
    reading->line_count = 0;
    file->hunk_count = reading->hunk_count;
    file->hunks = ARENA_ARRAY(reading->arena, reading->hunk_count + 1, struct git_hunk);
    if (reading->hunk_count > 0) {
        memcpy(file->hunks, reading->hunks, reading->hunk_count * sizeof(*file->hunks));
    }
    reading->hunk_count = 0;
}

/* One part, up to the next or the end; its first line has been taken. */
static bool read_part(struct reading *reading, struct git_file *file)
{
    while (reading->rest.size > 0 && !text_starts_with(reading->rest, TEXT("diff --git "))) {
        struct text line;
        if (!take_ended(&reading->rest, '\n', &line)) {
            return false;
        }
        file->has_content = file->has_content || text_starts_with(line, TEXT("index "));
        if (text_starts_with(line, TEXT("@@ -"))) {
            if (!read_hunk(reading, file, line)) {
                return false;
            }
        } else if (text_starts_with(line, TEXT("Binary files "))) {
            file->is_binary = true;
        }
    }
    return true;
}

static bool read_patch(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct git_file *file = &reading->files[i];
        size_t parts = file->changed_count;
        for (size_t part = 0; part < parts; part++) {
            struct text line;
            if (!text_starts_with(reading->rest, TEXT("diff --git ")) ||
                !take_ended(&reading->rest, '\n', &line) || !read_part(reading, file)) {
                return false;
            }
        }
        finish_file(reading, file);
    }
    return reading->rest.size == 0;
}

static struct git_diff collect(struct reading *reading)
{
    struct git_diff diff = { .file_count = reading->count };
    diff.files = ARENA_ARRAY(reading->arena, reading->count + 1, struct git_file);
    for (size_t i = 0; i < reading->count; i++) {
        diff.files[i] = reading->files[i];
        diff.lines_added += reading->files[i].lines_added;
        diff.lines_deleted += reading->files[i].lines_deleted;
    }
    return diff;
}

bool git_diff_parse(struct text bytes, struct arena *arena, struct git_diff *ret_diff)
{
    struct reading reading = { .rest = bytes, .arena = arena };
    bool is_fine = read_records(&reading) && read_patch(&reading);
    if (is_fine) {
        *ret_diff = collect(&reading);
    }
    free(reading.files);
    free(reading.lines);
    free(reading.hunks);
    return is_fine;
}
