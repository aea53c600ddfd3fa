/* SPDX-License-Identifier: MIT */
#include "cli/accept/accept.h"

#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/console.h"
#include "config/settings.h"
#include "diff/mask/mask_set.h"
#include "gherkin/pickle.h"
#include "record/har_reader.h"
#include "record/har_writer.h"
#include "run/recording/acceptance.h"
#include "run/recording/settle.h"
#include "run/run.h"
#include "world/recordings.h"

enum { SHOWN_LIMIT = 64 << 20 };

struct accepting {
    struct invocation *invocation;
    const struct accept_values *values;
    const struct plan *plan;
    struct acceptance acceptance;
    struct buffer out;
    struct acceptance_result total;
    size_t without_answer; /* scenarios that did not pass */
};

/* Both files of one scenario. The old one may be missing: everything is then new. */
struct sides {
    struct recording recorded;
    struct recording live;
    struct recording merged;
};

static void sides_init(struct sides *sides)
{
    recording_init(&sides->recorded);
    recording_init(&sides->live);
    recording_init(&sides->merged);
}

static void sides_release(struct sides *sides)
{
    recording_release(&sides->merged);
    recording_release(&sides->live);
    recording_release(&sides->recorded);
}

static bool read_sides(struct sides *sides, struct text path, struct text pending,
                       struct problems *problems)
{
    CLEANUP(problems_release) struct problems found;
    problems_init(&found);
    bool is_read = (!file_exists(path) || har_read(&sides->recorded, path, NULL, &found)) &&
                   har_read(&sides->live, pending, NULL, &found);
    problems_adopt(problems, &found);
    return is_read;
}

/* Shows one scenario, and replaces its recording where that is wanted. */
static bool accept_one(struct accepting *accepting, struct sides *sides, struct text path)
{
    CLEANUP(buffer_release) struct buffer block;
    buffer_init(&block, SHOWN_LIMIT);
    struct acceptance_result result = acceptance_compare(
        &accepting->acceptance, &sides->recorded, &sides->live, &block, &sides->merged);
    accepting->total.entries += result.entries;
    accepting->total.different += result.different;
    accepting->total.chosen += result.chosen;
    if (result.different == 0) {
        return true;
    }
    buffer_add_format(&accepting->out, "%.*s\n%.*s", TEXT_ARG(path),
                      TEXT_ARG(buffer_text(&block)));
    return !accepting->values->writes || result.chosen == 0 ||
           har_write(&sides->merged, path, &accepting->invocation->problems);
}

/* What the scenario's own steps allow, wherever it is written; then bddrun.yaml. A table with ${…}
 * says nothing without its values. */
static void add_masks(struct mask_set *masks, const struct plan *plan,
                      const struct pickle *pickle)
{
    struct problems ignored;
    problems_init(&ignored);
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        struct pickle_step step = pickle_step(pickle, i);
        const struct step_matches *matches = registry_match(plan->registry, step.text);
        bool has_masks = matches->count == 1 && step.table &&
                         matches->list->definition->takes == TAKES_MASKS;
        for (size_t row = 0; has_masks && row < step.table->row_count; row++) {
            const struct cell *cells = step.table->rows[row].cells;
            const struct mask_writing writing = { .at = cells[0].value,
                                                  .assertion = cells[1].value };
            if (!mask_set_add(masks, &writing, &ignored)) {
                problems_clear(&ignored);
            }
        }
    }
    problems_release(&ignored);
}

static bool accept_scenario(struct accepting *accepting,
                            const struct planned_scenario *scenario)
{
    struct arena *arena = &accepting->invocation->arena;
    struct problems *problems = &accepting->invocation->problems;
    struct text path =
        store_path(&accepting->plan->recordings->store, arena,
                   accepting->plan->files[scenario->file].source.name, scenario->pickle, 1);
    struct text pending = recording_pending_path(arena, path);
    if (!file_exists(pending)) {
        accepting->without_answer++;
        return true;
    }
    struct sides sides;
    sides_init(&sides);
    size_t before = problems->count;
    struct mask_set masks;
    mask_set_init(&masks);
    add_masks(&masks, accepting->plan, scenario->pickle);
    mask_set_include(&masks, &accepting->plan->recordings->masks);
    accepting->acceptance.masks = &masks;
    bool is_ok = read_sides(&sides, path, pending, problems);
    is_ok = is_ok && accept_one(accepting, &sides, path);
    for (size_t i = before; i < problems->count; i++) {
        problems->list[i].at = span_none(); /* the files are about to go */
    }
    sides_release(&sides);
    mask_set_release(&masks);
    return is_ok;
}

static enum exit_code run_quietly(struct invocation *invocation, const struct plan *plan,
                                  const struct config_settings *settings)
{
    const struct accept_values *values = invocation->values;
    struct config_settings quiet = *settings;
    quiet.reports = (struct config_texts){ NULL, 0 };
    struct run_setup setup = { .options = &values->options,
                               .settings = &quiet,
                               .registry = plan->registry,
                               .clock = clock_real(),
                               .command = TEXT("bddrun accept"),
                               .configuration = invocation->config.source.bytes,
                               .process_environment = invocation->process_environment,
                               .output_descriptor = STDERR_FILENO,
                               .notice_descriptor = STDERR_FILENO };
    return run_scenarios(&setup, plan, &invocation->problems);
}

static void print_totals(struct accepting *accepting)
{
    const struct acceptance_result *total = &accepting->total;
    struct buffer *out = &accepting->out;
    buffer_add_format(out, "%zu of %zu entr%s differ%s", total->different, total->entries,
                      total->entries == 1 ? "y" : "ies", total->different == 1 ? "s" : "");
    if (accepting->values->writes) {
        buffer_add_format(out, ", %zu accepted\n", total->chosen);
    } else if (total->chosen > 0) {
        buffer_add_format(out, "; --write takes %s%zu\n",
                          total->chosen == total->different ? "all " : "", total->chosen);
    } else {
        buffer_add_byte(out, '\n');
    }
    if (accepting->without_answer > 0) {
        buffer_add_format(out, "%zu scenario%s did not pass: nothing is taken of them\n",
                          accepting->without_answer, accepting->without_answer == 1 ? "" : "s");
    }
}

static bool accept_all(struct accepting *accepting)
{
    bool is_ok = true;
    for (size_t i = 0; i < accepting->plan->count; i++) {
        const struct planned_scenario *scenario = &accepting->plan->list[i];
        bool is_set_up =
            scenario->phase == PLAN_BEFORE_ALL || scenario->phase == PLAN_AFTER_ALL;
        is_ok = (is_set_up || accept_scenario(accepting, scenario)) && is_ok;
    }
    return is_ok;
}

enum exit_code accept_run(struct invocation *invocation, const struct plan *plan,
                          const struct config_settings *settings)
{
    struct accept_values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    struct accepting accepting = {
        .invocation = invocation,
        .values = values,
        .plan = plan,
        .acceptance = { .choice = { .paths = values->globs.count > 0 ? &values->globs : NULL,
                                    .entries = values->numbers,
                                    .entry_count = values->entries.count } },
    };
    struct text name = settings->environment ? settings->environment->name : TEXT_EMPTY;
    if (!scenario_recorder_init(&values->recorder, plan->recordings, name, problems)) {
        scenario_recorder_release(&values->recorder);
        return problems_exit_code(problems);
    }
    recording_clear(plan, 1);
    enum exit_code code = run_quietly(invocation, plan, settings);
    scenario_recorder_tell(&values->recorder, problems);
    scenario_recorder_release(&values->recorder);
    buffer_init(&accepting.out, SHOWN_LIMIT);
    bool is_ok = accept_all(&accepting);
    recording_clear(plan, 1);
    print_totals(&accepting);
    is_ok = console_write(buffer_text(&accepting.out), problems) && is_ok;
    buffer_release(&accepting.out);
    if (accepting.total.different > accepting.total.chosen ||
        (accepting.total.different > 0 && !values->writes)) {
        code = exit_code_worse(code, EXIT_CODE_NO);
    }
    return is_ok ? code : exit_code_worse(code, problems_exit_code(problems));
}
