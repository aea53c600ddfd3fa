/* SPDX-License-Identifier: MIT */
/* The tables that steps take, before anything runs. */
#include "base/buffer.h"
#include "base/near.h"
#include "diff/mask/mask_set.h"
#include "gherkin/pickle.h"
#include "match/registry.h"
#include "world/precheck.h"
#include "world/precheck/examination.h"
#include "world/precheck/precheck_value.h"
#include "world/table.h"

struct span examination_cell_span(const struct examination *examination,
                                  const struct cell *cell)
{
    return span_make(examination->source, cell->place.start,
                     cell->place.start + cell->place.size);
}

static bool check_columns(struct examination *examination, uint32_t wanted, const char *hint)
{
    const struct table *table = examination->step->table;
    if (table->rows[0].cell_count == wanted) {
        return true;
    }
    problems_add(examination->problems, PROBLEM_INPUT,
                 examination_cell_span(examination, &table->rows[0].cells[0]), hint,
                 "a table of %u columns, not %u", table->rows[0].cell_count, wanted);
    return false;
}

bool examination_is_argument(const struct table *table)
{
    return table->row_count == 1 && table->rows[0].cell_count == 1 &&
           text_is(text_trim(table->rows[0].cells[0].value), "${argument}");
}

static bool check_key(struct examination *examination, const struct cell *cell,
                      const char *const *known, size_t count)
{
    struct pair_key key;
    struct near near;
    struct span at = examination_cell_span(examination, cell);
    if (!pair_key_read(cell->value, &key)) {
        return examination_refuse(examination, at, "write for example: header \"X-Id\"",
                                  "a name without its closing quote");
    }
    near_init(&near, key.kind);
    for (size_t i = 0; i < count; i++) {
        if (text_is(key.kind, known[i])) {
            return true;
        }
        near_offer(&near, text_of(known[i]));
    }
    struct buffer names;
    buffer_init(&names, 1000);
    near_print(&names, &near);
    problems_add(examination->problems, PROBLEM_INPUT, at, NULL, "unknown '%.*s'",
                 TEXT_ARG(cell->value));
    if (names.size) {
        problems_hint(examination->problems, "did you mean %.*s?",
                      TEXT_ARG(buffer_text(&names)));
    }
    buffer_release(&names);
    return false;
}

bool examination_check_keys(struct examination *examination, const char *const *known,
                            size_t count)
{
    const struct table *table = examination->step->table;
    bool is_ok = check_columns(examination, 2, "write one row a name: name, value");
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        is_ok = check_key(examination, &table->rows[i].cells[0], known, count);
    }
    return is_ok;
}

static bool check_request(struct examination *examination)
{
    static const char *const known[] = {
        "header", "query",     "cookie",       "form",    "JSON",
        "body",   "body file", "bearer token", "at once", "response timeout"
    };
    const struct table *table = examination->step->table;
    bool is_ok = examination_check_keys(examination, known, ARRAY_SIZE(known));
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        const struct cell *cells = table->rows[i].cells;
        is_ok =
            !text_is(text_trim(cells[0].value), "JSON") ||
            precheck_json(examination->precheck, cells[1].value,
                          examination_cell_span(examination, &cells[1]), examination->problems);
    }
    return is_ok;
}

static bool check_settings(struct examination *examination)
{
    static const char *const known[] = {
        "base URL",
        "service",
        "bearer token",
        "user agent",
        "CA file",
        "client certificate",
        "client key",
        "client key passphrase",
        "proxy",
        "resolve",
        "connect-to",
        "unix socket",
        "HTTP version",
        "IP version",
        "TLS version",
        "connect timeout",
        "response timeout",
        "body limit",
        "redirect limit",
        "request rate",
    };
    return examination_check_keys(examination, known, ARRAY_SIZE(known));
}

static bool check_checks(struct examination *examination)
{
    const struct table *table = examination->step->table;
    bool is_ok = check_columns(examination, 2, "write one row a check: value, comparison");
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        const struct cell *cells = table->rows[i].cells;
        is_ok = precheck_value(examination->precheck, text_trim(cells[0].value), false,
                               cells[1].value, examination_cell_span(examination, &cells[0]),
                               examination_cell_span(examination, &cells[1]),
                               examination->problems);
    }
    return is_ok;
}

bool examination_check_records(struct examination *examination, const char *const *known,
                               size_t count, const char *first)
{
    const struct row *header = &examination->step->table->rows[0];
    bool has_first = false;
    for (size_t i = 0; i < header->cell_count; i++) {
        has_first = has_first || text_is(header->cells[i].value, first);
        if (count && !check_key(examination, &header->cells[i], known, count)) {
            return false;
        }
    }
    if (!has_first || examination->step->table->row_count < 2) {
        problems_add(examination->problems, PROBLEM_INPUT,
                     examination_cell_span(examination, &header->cells[0]),
                     "name the columns in the first row and put at least one row below",
                     "a table without %s", has_first ? "rows" : "the column it needs");
        problems_hint(examination->problems, "it needs a column '%s' and at least one row",
                      first);
        return false;
    }
    return true;
}

static bool check_parts(struct examination *examination)
{
    static const char *const known[] = { "name", "value", "file", "type", "filename" };
    return examination_check_records(examination, known, ARRAY_SIZE(known), "name");
}

static bool check_steps(struct examination *examination)
{
    const struct table *table = examination->step->table;
    bool is_ok = check_columns(examination, 1, "write one complete step a row");
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        const struct cell *cell = &table->rows[i].cells[0];
        const struct step_matches *matches =
            registry_match(examination->precheck->registry, text_trim(cell->value));
        if (matches->count != 1) {
            return examination_refuse(examination, examination_cell_span(examination, cell),
                                      "`bddrun steps` lists what can be written",
                                      matches->count ? "an ambiguous step"
                                                     : "an undefined step");
        }
        if (matches->list[0].definition->takes != TAKES_NOTHING ||
            !matches->list[0].definition->run) {
            return examination_refuse(examination, examination_cell_span(examination, cell),
                                      "only built-in steps without a doc string or table can",
                                      "a step that cannot run at the same time as others");
        }
        struct pickle_step alone = *examination->step;
        alone.table = NULL;
        is_ok =
            precheck_step(examination->precheck, &matches->list[0], &alone, examination->source,
                          examination_cell_span(examination, cell), examination->problems);
    }
    return is_ok;
}

/* Only what stands in the file as it is has places inside of it. */
static struct span whole_cell(const struct examination *examination, const struct cell *cell)
{
    bool is_as_written = cell->place.size == cell->value.size;
    return is_as_written ? examination_cell_span(examination, cell) : span_none();
}

static bool check_masks(struct examination *examination)
{
    const struct table *table = examination->step->table;
    struct mask_set masks;
    mask_set_init(&masks);
    bool is_ok = check_columns(examination, 2, "write one row a mask: place, what is asserted");
    for (size_t i = 0; is_ok && i < table->row_count; i++) {
        const struct cell *cells = table->rows[i].cells;
        const struct mask_writing writing = {
            .at = cells[0].value,
            .assertion = cells[1].value,
            .at_span = whole_cell(examination, &cells[0]),
            .assertion_span = whole_cell(examination, &cells[1]),
        };
        bool has_hole = text_contains(cells[0].value, TEXT("${")) ||
                        text_contains(cells[1].value, TEXT("${"));
        is_ok = has_hole || mask_set_add(&masks, &writing, examination->problems);
    }
    mask_set_release(&masks);
    return is_ok;
}

bool examination_check_table(struct examination *examination)
{
    switch (examination->match->definition->takes) {
    case TAKES_PAIRS:
        return check_columns(examination, 2, "write one row a name: name, value");
    case TAKES_REQUEST:
        return check_request(examination);
    case TAKES_SETTINGS:
        return check_settings(examination);
    case TAKES_CHECKS:
        return check_checks(examination);
    case TAKES_PARTS:
        return check_parts(examination);
    case TAKES_PEOPLE:
        return examination_check_records(examination, NULL, 0, "name");
    case TAKES_STEPS:
        return check_steps(examination);
    case TAKES_SOCKET:
        return examination_check_socket(examination);
    case TAKES_EVENTS:
        return examination_check_events(examination);
    case TAKES_MASKS:
        return check_masks(examination);
    case TAKES_NOTHING:
    case TAKES_JSON:
    case TAKES_TEXT:
    case TAKES_ANY:
    case TAKES_AS_THE_STEP:
        break;
    }
    return true;
}
