/* SPDX-License-Identifier: MIT */
#include "gherkin/suspicion.h"

#include "gherkin/misspelling.h"
#include "gherkin/tokens/line.h"

struct finder {
    const struct document *document;
    enum problem_kind kind;
    struct problems *problems;
};

/* Where the next line of the description starts, as the lines are walked. */
struct described_lines {
    struct text bytes;
    size_t at;
    size_t left; /* lines of the description that are not blank */
};

static size_t count_lines(struct text description)
{
    size_t count = 0;
    struct text line;
    while (text_take_until(&description, '\n', &line)) {
        count += blank_size(line) < line.size;
    }
    return count;
}

/* The next line that is neither blank nor a comment, without blanks around it. */
static bool next_line(struct described_lines *lines, struct text *ret_line)
{
    while (lines->left > 0 && lines->at < lines->bytes.size) {
        size_t end = text_find_byte(lines->bytes, '\n', lines->at);
        struct text line = text_slice(lines->bytes, lines->at, end);
        line = blank_trim_end(text_from(line, blank_size(line)));
        lines->at = end + 1;
        if (line.size && line.at[0] != '#') {
            lines->left--;
            *ret_line = line;
            return true;
        }
    }
    return false;
}

static struct described_lines lines_of(const struct finder *finder,
                                       const struct heading *heading)
{
    struct text bytes = finder->document->source->bytes;
    size_t end = text_find_byte(bytes, '\n', heading->start);
    return (struct described_lines){ bytes, end + 1,
                                     heading->description ? count_lines(*heading->description)
                                                          : 0 };
}

static struct span span_of(const struct finder *finder, struct text part)
{
    const struct source *source = finder->document->source;
    size_t start = (size_t)(part.at - source->bytes.at);
    return span_make(source, start, start + part.size);
}

static void report_misspelling(const struct finder *finder,
                               const struct misspelling *misspelling)
{
    struct problems *problems = finder->problems;
    problems_add(problems, finder->kind, span_of(finder, misspelling->word), NULL,
                 "mistyped %s '%.*s': the line is only a description",
                 misspelling->is_step ? "step" : "heading", TEXT_ARG(misspelling->word));
    if (misspelling->is_step) {
        problems_hint(problems,
                      "a step starts with '%.*s' and a blank; begin a line of a "
                      "description with another word",
                      TEXT_ARG(misspelling->wanted));
    } else {
        problems_hint(problems,
                      "a heading starts with '%.*s:' and stands where one is "
                      "allowed; begin a line of a description with another word",
                      TEXT_ARG(misspelling->wanted));
    }
}

/* Reports lines that look like steps or headings; true where there was one. */
static bool check_description(const struct finder *finder, const struct heading *heading,
                              enum described described)
{
    struct described_lines lines = lines_of(finder, heading);
    struct text line;
    bool is_after_prose = false;
    bool has_found = false;
    while (next_line(&lines, &line)) {
        struct misspelling misspelling;
        if (misspelling_find(finder->document->dialect, line, described, &misspelling) &&
            !(misspelling.may_continue && is_after_prose)) {
            report_misspelling(finder, &misspelling);
            has_found = true;
        } else {
            is_after_prose = true;
        }
    }
    return has_found;
}

/* 'Scenario one' and then steps: a scenario lost in the description of the feature or rule. */
static bool check_colons(const struct finder *finder, const struct heading *heading)
{
    const struct dialect *dialect = finder->document->dialect;
    struct described_lines lines = lines_of(finder, heading);
    struct text line;
    struct misspelling lost;
    bool has_title = false;
    bool has_found = false;
    while (next_line(&lines, &line)) {
        enum step_type type;
        if (has_title && dialect_step_size(dialect, line, &type) > 0) {
            report_misspelling(finder, &lost);
            has_found = true;
        }
        has_title = misspelling_lacks_colon(dialect, line, &lost);
    }
    return has_found;
}

static void report_as(const struct finder *finder, enum problem_kind kind,
                      const struct heading *heading, const char *what, const char *lack,
                      const char *hint)
{
    struct text name = document_text(finder->document, heading->name);
    problems_add(finder->problems, kind, heading_span(finder->document, heading), hint,
                 "%s%s%.*s%s %s", what, name.size ? " '" : "",
                 TEXT_ARG(text_slice(name, 0, 4096)), name.size ? "'" : "", lack);
}

static void report(const struct finder *finder, const struct heading *heading, const char *what,
                   const char *lack, const char *hint)
{
    report_as(finder, finder->kind, heading, what, lack, hint);
}

/* Some languages have one word for both. */
static bool is_only_outline(const struct finder *finder, const struct heading *heading)
{
    const struct dialect *dialect = finder->document->dialect;
    struct text line = text_from(finder->document->source->bytes, heading->start);
    return dialect_title_size(dialect, TITLE_OUTLINE, line) > 0 &&
           dialect_title_size(dialect, TITLE_SCENARIO, line) == 0;
}

static void check_examples(const struct finder *finder, const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->examples_count; i++) {
        const struct examples *examples = &scenario->examples[i];
        bool has_found = check_description(finder, &examples->heading, DESCRIBED_EXAMPLES);
        if (!has_found && (!examples->table || examples->table->row_count < 2)) {
            report(finder, &examples->heading, "examples", "have no rows",
                   "add rows below the header, or remove the examples");
        }
    }
}

static void check_scenarios(const struct finder *finder,
                            const struct scenario *const *scenarios, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct scenario *scenario = scenarios[i];
        const struct heading *heading = &scenario->heading;
        bool has_found = check_description(finder, heading, DESCRIBED_CONTAINER);
        if (!has_found && scenario->step_count == 0) {
            /* It runs, and fails then: no reason to refuse the others. */
            report_as(finder, PROBLEM_WARNING, heading, "scenario", "has no steps",
                      "write its steps, or remove it");
        } else if (scenario->examples_count == 0 && is_only_outline(finder, heading)) {
            report(finder, heading, "scenario outline", "has no examples",
                   "add 'Examples:' with a table below its steps, or make it a scenario");
        }
        check_examples(finder, scenario);
    }
}

/* Returns the number of scenarios; what is lost in a description counts. */
static size_t check_container(const struct finder *finder, const struct heading *heading,
                              const struct background *background,
                              const struct scenario *const *scenarios, uint32_t count)
{
    bool has_found = check_description(finder, heading, DESCRIBED_HEADER);
    has_found = check_colons(finder, heading) || has_found;
    if (background) {
        check_description(finder, &background->heading, DESCRIBED_CONTAINER);
    }
    check_scenarios(finder, scenarios, count);
    return count + (has_found ? 1U : 0U);
}

void suspicions_find(const struct document *document, enum problem_kind kind,
                     struct problems *problems)
{
    const struct finder finder = { document, kind, problems };
    const struct feature *feature = document->feature;
    if (!feature) {
        problems_add(problems, kind, span_make(document->source, 0, 0),
                     "start the file with 'Feature: <name>', or remove it",
                     "file has no feature");
        return;
    }
    size_t count = check_container(&finder, &feature->heading, feature->background,
                                   feature->scenarios, feature->scenario_count);
    for (uint32_t i = 0; i < feature->rule_count; i++) {
        const struct rule *rule = feature->rules[i];
        count += check_container(&finder, &rule->heading, rule->background, rule->scenarios,
                                 rule->scenario_count);
    }
    if (count == 0) {
        report(&finder, &feature->heading, "feature", "has no scenarios",
               "write its scenarios, or remove the file");
    }
}
