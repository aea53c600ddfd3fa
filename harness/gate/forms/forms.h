/* SPDX-License-Identifier: MIT */
/*
 * The forms of a verdict besides its JSON (gate/verdict.h): for people, for CI systems that show
 * test results (JUnit, a case for each rule), for GitHub's annotations (workflow commands) and for
 * GitLab's code quality report.
 */
#ifndef BDDRUN_GATE_FORMS_FORMS_H
#define BDDRUN_GATE_FORMS_FORMS_H

#include "base/buffer.h"
#include "format/style.h"
#include "gate/verdict.h"

void verdict_print_text(const struct style_writer *writer, const struct verdict *verdict);
void verdict_print_junit(struct buffer *out, const struct verdict *verdict);
void verdict_print_github(struct buffer *out, const struct verdict *verdict);
void verdict_print_gitlab(struct buffer *out, const struct verdict *verdict);

struct verdict_form {
    const char *name; /* text, json, junit, github, gitlab */
    void (*print)(struct buffer *out, const struct verdict *verdict, bool with_colour);
};

const struct verdict_form *verdict_form_find(struct text name); /* NULL: there is none */

#endif
