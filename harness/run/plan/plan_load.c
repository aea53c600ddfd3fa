/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "gherkin/parse.h"
#include "gherkin/suspicion.h"
#include "run/plan/plan_parts.h"

struct loading {
    struct plan *plan;
    struct problems *problems;
    const struct document **steps;
    size_t step_count;
    bool is_fine;
};

static bool read_source(struct loading *loading, struct text path, struct source *source)
{
    struct text bytes;
    if (!file_read(path, UINT32_MAX, &loading->plan->arena, &bytes, loading->problems)) {
        loading->is_fine = false;
        return false;
    }
    source_init(source, text_is(path, "-") ? TEXT("<stdin>") : path, bytes);
    return true;
}

static bool parse(struct loading *loading, struct source *source,
                  const struct document **ret_document)
{
    bool is_parsed =
        gherkin_parse(source, &loading->plan->arena, ret_document, loading->problems);
    loading->is_fine = loading->is_fine && is_parsed;
    return is_parsed;
}

static bool note_hook(struct loading *loading, struct feature_file *file)
{
    struct plan *plan = loading->plan;
    const struct tag_expression *tags = NULL;
    if (!hook_of_document(file->document, &plan->arena, &file->hook, &tags,
                          loading->problems)) {
        loading->is_fine = false;
        return false;
    }
    if (file->hook == HOOK_BEFORE || file->hook == HOOK_AFTER) {
        plan->hooks[plan->hook_count++] = (struct planned_hook){ file->hook, tags, file };
    }
    return true;
}

/* False where the file is of no use to the run. */
static bool fill_file(struct loading *loading, struct feature_file *file, bool is_neighbour)
{
    if ((is_neighbour && !hook_is_possible(file->source.bytes)) ||
        !parse(loading, &file->source, &file->document) || !note_hook(loading, file)) {
        return !is_neighbour; /* problems point into it */
    }
    if (is_neighbour && file->hook == HOOK_NONE) {
        return false;
    }
    source_index_lines(&file->source);
    suspicions_find(file->document, PROBLEM_INPUT, loading->problems);
    if (!pickles_compile(file->document, &loading->plan->arena, &file->pickles,
                         loading->problems)) {
        loading->is_fine = false;
    }
    return true;
}

static void load_file(struct loading *loading, const struct selected_file *selected,
                      bool is_neighbour)
{
    struct plan *plan = loading->plan;
    struct feature_file *file = &plan->files[plan->file_count];
    *file = (struct feature_file){ .selected = is_neighbour ? NULL : selected };
    if (!read_source(loading, selected->path, &file->source)) {
        return;
    }
    file->source.id = (uint32_t)plan->file_count;
    size_t before = loading->problems->count;
    if (fill_file(loading, file, is_neighbour) || loading->problems->count > before) {
        plan->file_count++;
    } else {
        source_release(&file->source);
    }
}

static void load_steps(struct loading *loading, const struct selected_file *selected)
{
    struct source *source = &loading->plan->step_sources[loading->plan->step_source_count];
    if (!read_source(loading, selected->path, source)) {
        return;
    }
    loading->plan->step_source_count++;
    if (parse(loading, source, &loading->steps[loading->step_count])) {
        suspicions_find(loading->steps[loading->step_count], PROBLEM_INPUT, loading->problems);
        loading->step_count++;
    }
}

bool plan_load(struct plan *plan, const struct selection *selection, struct problems *problems)
{
    struct loading loading = { .plan = plan, .problems = problems, .is_fine = true };
    size_t limit = selection->scenarios.count + selection->neighbours.count;
    plan->files = ARENA_ARRAY(&plan->arena, limit + 1, struct feature_file);
    plan->hooks = ARENA_ARRAY(&plan->arena, limit + 1, struct planned_hook);
    loading.steps =
        ARENA_ARRAY(&plan->arena, selection->steps.count + 1, const struct document *);
    plan->step_sources = ARENA_ARRAY(&plan->arena, selection->steps.count + 1, struct source);
    for (size_t i = 0; i < selection->scenarios.count; i++) {
        load_file(&loading, &selection->scenarios.list[i], false);
    }
    for (size_t i = 0; i < selection->neighbours.count; i++) {
        load_file(&loading, &selection->neighbours.list[i], true);
    }
    for (size_t i = 0; i < selection->steps.count; i++) {
        load_steps(&loading, &selection->steps.list[i]);
    }
    struct composites composites;
    return loading.is_fine && !problems_has_error(problems) &&
           composites_load(loading.steps, loading.step_count, plan->registry, &plan->arena,
                           &composites, problems);
}
