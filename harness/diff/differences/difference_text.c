/* SPDX-License-Identifier: MIT */
#include "base/escape.h"
#include "diff/difference_print.h"

enum { ONE_LINE_BYTES = 72 };

static const enum style styles[SEVERITIES] = {
    [SEVERITY_BREAKING] = STYLE_BAD,  [SEVERITY_CHANGED] = STYLE_BAD,
    [SEVERITY_MOVED] = STYLE_WARNING, [SEVERITY_INFORMATIONAL] = STYLE_WARNING,
    [SEVERITY_MASKED] = STYLE_DIM,
};

static void print_side(const struct style_writer *style, const char *label, struct text shown,
                       bool is_absent)
{
    buffer_add_string(style->out, label);
    if (is_absent) {
        style_add_string(style, STYLE_DIM, "absent");
    } else {
        style_add(style, STYLE_PLAIN, shown.size ? shown : TEXT("\"\""));
    }
}

static void print_example(const struct difference *difference,
                          const struct difference_example *example,
                          const struct style_writer *style)
{
    bool is_long =
        example->place.size + example->left.size + example->right.size > ONE_LINE_BYTES;
    bool is_place_known = text_equal(example->place, difference->path);
    bool is_moved = difference->class == DIFFERENCE_MOVED;
    buffer_add_string(style->out, "    ");
    if (!is_place_known) {
        escape_line(style->out, example->place);
        buffer_add_string(style->out, is_long ? "\n    " : ": ");
    }
    print_side(style, is_moved ? "from " : "expected ", example->left,
               difference->class == DIFFERENCE_ADDED);
    buffer_add_string(style->out, is_long ? "\n    " : ", ");
    print_side(style,
               is_moved  ? "to "
               : is_long ? "actual   "
                         : "actual ",
               example->right, difference->class == DIFFERENCE_MISSING);
    buffer_add_byte(style->out, '\n');
}

static void print_difference(const struct difference *difference,
                             const struct style_writer *style)
{
    style_add_string(style, styles[difference->severity],
                     difference_class_name(difference->class));
    buffer_add_string(style->out, "  ");
    style_add(style, STYLE_BOLD, difference->path);
    if (difference->count > 1) {
        buffer_add_format(style->out, ", %zu times", difference->count);
    }
    buffer_add_byte(style->out, '\n');
    for (unsigned i = 0; i < difference->example_count; i++) {
        print_example(difference, &difference->examples[i], style);
    }
}

void difference_print_totals(const struct differences *differences, struct buffer *out)
{
    bool is_first = true;
    for (int severity = 0; severity < SEVERITY_MASKED; severity++) {
        if (differences->totals[severity]) {
            buffer_add_format(out, "%s%zu %s", is_first ? "" : ", ",
                              differences->totals[severity],
                              difference_severity_name((enum difference_severity)severity));
            is_first = false;
        }
    }
    buffer_add_string(out, is_first ? "no difference" : "");
    if (differences->totals[SEVERITY_MASKED]) {
        buffer_add_format(out, "; %zu masked", differences->totals[SEVERITY_MASKED]);
    }
}

void difference_print_paths(const struct differences *differences,
                            const struct style_writer *style, size_t limit)
{
    size_t shown = 0;
    size_t hidden = 0;
    for (int severity = 0; severity < SEVERITY_MASKED; severity++) {
        for (size_t i = 0; i < differences->count; i++) {
            if ((int)differences->list[i]->severity != severity) {
                continue;
            }
            if (limit && shown >= limit) {
                hidden++;
            } else {
                print_difference(differences->list[i], style);
                shown++;
            }
        }
    }
    if (hidden) {
        buffer_add_format(style->out, "and at %zu more paths\n", hidden);
    }
}

void difference_print_text(const struct differences *differences,
                           const struct style_writer *style, size_t limit)
{
    difference_print_paths(differences, style, limit);
    difference_print_totals(differences, style->out);
    buffer_add_byte(style->out, '\n');
}
