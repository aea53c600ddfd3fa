/* SPDX-License-Identifier: MIT */
#include "diff/difference_print.h"
#include "format/json.h"

static bool is_absent(const struct difference *difference, bool is_left)
{
    return difference->class == (is_left ? DIFFERENCE_ADDED : DIFFERENCE_MISSING);
}

static void write_side(const struct difference *difference, struct text shown, bool is_left,
                       struct json_writer *writer)
{
    if (is_absent(difference, is_left)) {
        json_write_null(writer);
    } else {
        json_write_string(writer, shown);
    }
}

static void write_examples(const struct difference *difference, struct json_writer *writer)
{
    json_write_begin_array(writer);
    for (unsigned i = 0; i < difference->example_count; i++) {
        const struct difference_example *example = &difference->examples[i];
        json_write_begin_object(writer);
        json_write_key(writer, "place");
        json_write_string(writer, example->place);
        json_write_key(writer, "left");
        write_side(difference, example->left, true, writer);
        json_write_key(writer, "right");
        write_side(difference, example->right, false, writer);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
}

static void write_head(const struct difference *difference, struct text path,
                       struct json_writer *writer)
{
    json_write_key(writer, "path");
    json_write_string(writer, path);
    json_write_key(writer, "class");
    json_write_string_of(writer, difference_class_name(difference->class));
    json_write_key(writer, "severity");
    json_write_string_of(writer, difference_severity_name(difference->severity));
}

static void write_totals(const struct differences *differences, struct json_writer *writer)
{
    json_write_begin_object(writer);
    for (int severity = 0; severity < SEVERITIES; severity++) {
        json_write_key(writer, difference_severity_name((enum difference_severity)severity));
        json_write_uint(writer, differences->totals[severity]);
    }
    json_write_end_object(writer);
}

void difference_print_json(const struct differences *differences, struct json_writer *writer)
{
    json_write_begin_object(writer);
    json_write_key(writer, "differences");
    json_write_begin_array(writer);
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *difference = differences->list[i];
        json_write_begin_object(writer);
        write_head(difference, difference->path, writer);
        json_write_key(writer, "count");
        json_write_uint(writer, difference->count);
        if (difference->severity == SEVERITY_MASKED) {
            json_write_key(writer, "mask");
            json_write_string(writer, difference->mask);
        }
        json_write_key(writer, "examples");
        write_examples(difference, writer);
        json_write_end_object(writer);
    }
    json_write_end_array(writer);
    json_write_key(writer, "dropped");
    json_write_uint(writer, differences->dropped);
    json_write_key(writer, "totals");
    write_totals(differences, writer);
    json_write_end_object(writer);
}

/* A value of a JSON document as it is, where all of it is shown. */
static void write_value(const struct differences *differences,
                        const struct difference *difference, struct text shown,
                        struct json_writer *writer)
{
    const struct json_value *value = NULL;
    bool is_json =
        text_starts_with(difference->path, TEXT("$")) && difference->class != DIFFERENCE_MOVED;
    if (is_json && json_parse_text(shown, differences->arena, &value)) {
        json_write_value(writer, value);
    } else {
        json_write_string(writer, shown);
    }
}

void difference_print_items(const struct differences *differences, struct text label,
                            struct json_writer *writer)
{
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *difference = differences->list[i];
        const struct difference_example *example = &difference->examples[0];
        struct text path = difference->path;
        if (label.size) {
            path =
                arena_format(differences->arena, "%.*s %.*s", TEXT_ARG(label), TEXT_ARG(path));
        }
        json_write_begin_object(writer);
        write_head(difference, path, writer);
        json_write_key(writer, "left");
        if (is_absent(difference, true)) {
            json_write_null(writer);
        } else {
            write_value(differences, difference, example->left, writer);
        }
        json_write_key(writer, "right");
        if (is_absent(difference, false)) {
            json_write_null(writer);
        } else {
            write_value(differences, difference, example->right, writer);
        }
        json_write_key(writer, "count");
        json_write_uint(writer, difference->count);
        json_write_end_object(writer);
    }
}

void difference_print_list(const struct differences *differences, struct json_writer *writer)
{
    json_write_begin_array(writer);
    difference_print_items(differences, TEXT_EMPTY, writer);
    json_write_end_array(writer);
}
