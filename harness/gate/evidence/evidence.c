/* SPDX-License-Identifier: MIT */
#include "gate/evidence/evidence.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "gate/evidence/id_table.h"

void evidence_init(struct evidence *evidence)
{
    *evidence = (struct evidence){ 0 };
}

void evidence_release(struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->run_count; i++) {
        evidence_run_release(&evidence->runs[i]);
    }
    free(evidence->runs);
    free(evidence->last);
    free(evidence->scenarios);
    evidence_init(evidence);
}

static bool is_usable(const struct evidence_run *run)
{
    return run->broken.size == 0 && run->has_facts;
}

/* The runs, a later attempt of a shard in the place of an earlier one. */
static void choose_last(struct evidence *evidence)
{
    evidence->last = alloc_or_die(evidence->run_count + 1, sizeof *evidence->last);
    for (size_t i = 0; i < evidence->run_count; i++) {
        const struct evidence_run *run = &evidence->runs[i];
        if (!is_usable(run)) {
            continue;
        }
        size_t at = 0;
        while (at < evidence->last_count &&
               evidence->last[at]->facts.shard_index != run->facts.shard_index) {
            at++;
        }
        if (at == evidence->last_count) {
            evidence->last[evidence->last_count++] = run;
        } else if (run->facts.attempt > evidence->last[at]->facts.attempt) {
            evidence->last[at] = run;
        }
    }
}

struct joining {
    struct evidence *evidence;
    struct arena arena; /* of the keys */
    struct id_table table;
    size_t capacity;
};

static struct text make_key(struct joining *joining, const struct evidence_scenario *scenario)
{
    return arena_format(&joining->arena, "%u:%.*s:%.*s", scenario->line,
                        TEXT_ARG(scenario->path), TEXT_ARG(scenario->name));
}

static void add_scenario(struct joining *joining, const struct evidence_scenario *scenario)
{
    struct evidence *evidence = joining->evidence;
    struct text key = make_key(joining, scenario);
    uint32_t at = 0;
    if (id_table_find(&joining->table, key, &at)) {
        struct evidence_scenario *known = &evidence->scenarios[at];
        known->is_finished = known->is_finished && scenario->is_finished;
        known->is_flaky = known->is_flaky || scenario->is_flaky;
        known->differences += scenario->differences;
        known->breaking += scenario->breaking;
        known->status = known->status == STATUS_UNKNOWN
                            ? STATUS_UNKNOWN
                            : status_worse(known->status, scenario->status);
        return;
    }
    if (!id_table_add(&joining->table, key, (uint32_t)evidence->scenario_count)) {
        BUG("a scenario that is not there cannot be added");
    }
    GROW(evidence->scenarios, evidence->scenario_count, joining->capacity);
    evidence->scenarios[evidence->scenario_count++] = *scenario;
}

static void add_run(struct joining *joining, const struct evidence_run *run)
{
    for (size_t i = 0; i < run->scenario_count; i++) {
        if (run->scenarios[i].is_planned) {
            add_scenario(joining, &run->scenarios[i]);
        }
    }
}

/* What passed now and did not in an earlier attempt. */
static void mark_flaky(struct joining *joining, const struct evidence_run *earlier)
{
    for (size_t i = 0; i < earlier->scenario_count; i++) {
        const struct evidence_scenario *scenario = &earlier->scenarios[i];
        uint32_t at = 0;
        if (scenario->is_planned &&
            (status_is_failure(scenario->status) || scenario->is_flaky) &&
            id_table_find(&joining->table, make_key(joining, scenario), &at)) {
            joining->evidence->scenarios[at].is_flaky = true;
        }
    }
}

static bool is_last(const struct evidence *evidence, const struct evidence_run *run)
{
    for (size_t i = 0; i < evidence->last_count; i++) {
        if (evidence->last[i] == run) {
            return true;
        }
    }
    return false;
}

void evidence_read(struct evidence *evidence, const struct text *paths, size_t count,
                   bool only_last)
{
    struct joining joining = { .evidence = evidence };
    arena_init(&joining.arena);
    evidence->runs = alloc_or_die(count + 1, sizeof *evidence->runs);
    for (size_t i = 0; i < count; i++) {
        evidence_run_read(&evidence->runs[evidence->run_count++], paths[i]);
    }
    choose_last(evidence);
    for (size_t i = 0; i < evidence->last_count; i++) {
        add_run(&joining, evidence->last[i]);
    }
    for (size_t i = 0; i < evidence->run_count && !only_last; i++) {
        if (is_usable(&evidence->runs[i]) && !is_last(evidence, &evidence->runs[i])) {
            mark_flaky(&joining, &evidence->runs[i]);
        }
    }
    id_table_release(&joining.table);
    arena_release(&joining.arena);
}
