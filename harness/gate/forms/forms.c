/* SPDX-License-Identifier: MIT */
#include "gate/forms/forms.h"

static void print_text(struct buffer *out, const struct verdict *verdict, bool with_colour)
{
    const struct style_writer writer = { .out = out, .with_colour = with_colour };
    verdict_print_text(&writer, verdict);
}

static void print_json(struct buffer *out, const struct verdict *verdict, bool with_colour)
{
    (void)with_colour;
    verdict_print_json(out, verdict);
    buffer_add_byte(out, '\n');
}

static void print_junit(struct buffer *out, const struct verdict *verdict, bool with_colour)
{
    (void)with_colour;
    verdict_print_junit(out, verdict);
}

static void print_github(struct buffer *out, const struct verdict *verdict, bool with_colour)
{
    (void)with_colour;
    verdict_print_github(out, verdict);
}

static void print_gitlab(struct buffer *out, const struct verdict *verdict, bool with_colour)
{
    (void)with_colour;
    verdict_print_gitlab(out, verdict);
}

static const struct verdict_form forms[] = {
    { "text", print_text },     { "json", print_json },     { "junit", print_junit },
    { "github", print_github }, { "gitlab", print_gitlab },
};

const struct verdict_form *verdict_form_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        if (text_is(name, forms[i].name)) {
            return &forms[i];
        }
    }
    return NULL;
}
