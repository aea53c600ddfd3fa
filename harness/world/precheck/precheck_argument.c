/* SPDX-License-Identifier: MIT */
#include "world/precheck/precheck_argument.h"

#include "diff/expectation.h"
#include "format/json.h"
#include "gherkin/pickle.h"
#include "match/step_definition.h"
#include "world/expand.h"
#include "world/precheck/examination.h"
#include "world/precheck/precheck_value.h"

bool examination_refuse(struct examination *examination, struct span at, const char *hint,
                        const char *message)
{
    problems_add(examination->problems, PROBLEM_INPUT, at, hint, "%s", message);
    return false;
}

/* --- doc strings --- */

static bool is_expectation(const struct step_match *match)
{
    struct text words = match->text;
    return text_ends_with(words, TEXT(" matches:")) || text_ends_with(words, TEXT(" is:")) ||
           text_ends_with(words, TEXT(" matching:"));
}

static struct source *doc_string_of(struct examination *examination)
{
    struct source *part = ARENA_NEW(&examination->precheck->arena, struct source);
    doc_string_source(examination->source, examination->step->doc_string, part);
    return part;
}

static bool check_json(struct examination *examination)
{
    struct source *part = doc_string_of(examination);
    const struct json_value *ignored;
    if (is_expectation(examination->match)) {
        return expectation_check(part, examination->problems);
    }
    part->bytes = precheck_without_holes(&examination->precheck->arena, part->bytes);
    return json_parse(part, (struct json_limits){ 0 }, &examination->precheck->arena, &ignored,
                      examination->problems);
}

/* Exactly the one that the step takes. */
static bool check_presence(struct examination *examination)
{
    enum step_takes takes = examination->match->definition->takes;
    bool has_doc_string = examination->step->doc_string != NULL;
    bool has_table = examination->step->table != NULL;
    bool fits = (!has_doc_string || step_takes_doc_string(takes)) &&
                (!has_table || step_takes_table(takes)) && has_doc_string != has_table;
    if (fits) {
        return true;
    }
    const char *message = takes == TAKES_NOTHING ? "the step takes no doc string or table"
                          : has_doc_string && has_table
                              ? "the step has a doc string and a table"
                          : step_takes_doc_string(takes) ? "the step wants a doc string"
                                                         : "the step wants a table";
    return examination_refuse(examination, examination->at,
                              "`bddrun steps` shows what each step takes", message);
}

/* --- ${…} in either --- */

static bool check_doc_string_holes(struct examination *examination)
{
    if (!text_contains(examination->step->doc_string->content, TEXT("${"))) {
        return true;
    }
    struct source *part = doc_string_of(examination);
    return expand_check(part->bytes, span_make(part, 0, part->bytes.size),
                        examination->precheck->settings, examination->problems);
}

static bool check_row_holes(struct examination *examination, const struct row *row)
{
    bool is_ok = true;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        struct span at = span_make(examination->source, cell->place.start,
                                   cell->place.start + cell->place.size);
        is_ok = expand_check(cell->value, at, examination->precheck->settings,
                             examination->problems) &&
                is_ok;
    }
    return is_ok;
}

static bool check_table_holes(struct examination *examination)
{
    const struct table *table = examination->step->table;
    bool is_ok = true;
    /* The rows of "at the same time:" are steps, and looked at as such. */
    bool are_steps = examination->match->definition->takes == TAKES_STEPS;
    for (size_t i = 0; i < table->row_count && !are_steps; i++) {
        is_ok = check_row_holes(examination, &table->rows[i]) && is_ok;
    }
    return is_ok;
}

static bool check_doc_string(struct examination *examination)
{
    struct text content = text_trim(examination->step->doc_string->content);
    return check_doc_string_holes(examination) &&
           (examination->match->definition->takes != TAKES_JSON ||
            text_is(content, "${argument}") || check_json(examination));
}

static bool check_table(struct examination *examination)
{
    return check_table_holes(examination) &&
           (examination_is_argument(examination->step->table) ||
            examination_check_table(examination));
}

bool precheck_argument(struct precheck *precheck, const struct step_match *match,
                       const struct pickle_step *step, const struct source *source,
                       struct span at, struct problems *problems)
{
    const struct step_match *innermost = match->inner ? match->inner : match;
    struct examination examination = { precheck, innermost, step, source, at, problems };
    if (innermost->definition->takes == TAKES_NOTHING && !step->doc_string && !step->table) {
        return true;
    }
    if (!check_presence(&examination)) {
        return false;
    }
    return step->doc_string ? check_doc_string(&examination) : check_table(&examination);
}
