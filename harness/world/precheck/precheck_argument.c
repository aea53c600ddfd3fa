/* SPDX-License-Identifier: MIT */
#include "world/precheck/precheck_argument.h"

#include "diff/expectation.h"
#include "format/json.h"
#include "gherkin/pickle.h"
#include "match/step_definition.h"
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

static bool check_json(struct examination *examination)
{
    struct source *part = ARENA_NEW(&examination->precheck->arena, struct source);
    const struct json_value *ignored;
    doc_string_source(examination->source, examination->step->doc_string, part);
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
    if (step->doc_string) {
        struct text content = text_trim(step->doc_string->content);
        return innermost->definition->takes != TAKES_JSON || text_is(content, "${argument}") ||
               check_json(&examination);
    }
    return examination_is_argument(step->table) || examination_check_table(&examination);
}
