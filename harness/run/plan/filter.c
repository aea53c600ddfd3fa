/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/regex.h"
#include "match/tag_expression.h"
#include "run/plan/plan_parts.h"

enum { MESSAGE_LIMIT_BYTES = 4096 };

struct filter {
    struct plan *plan;
    const struct run_options *options;
    struct problems *problems;
    const struct tag_expression **tags;
    struct regex **names;
    struct planned_scenario *list;
    size_t count;
    size_t capacity;
    struct arena scratch;
};

/* The options. */

static bool parse_tags(struct filter *filter)
{
    const struct run_options *options = filter->options;
    struct arena *arena = &filter->plan->arena;
    filter->tags = ARENA_ARRAY(arena, options->tag_count + 1, const struct tag_expression *);
    bool is_fine = true;
    for (size_t i = 0; i < options->tag_count; i++) {
        struct tag_expression_error error;
        if (!tag_expression_parse(options->tags[i], arena, &filter->tags[i], &error)) {
            CLEANUP(buffer_release) struct buffer message;
            buffer_init(&message, MESSAGE_LIMIT_BYTES);
            tag_expression_error_print(&message, options->tags[i], &error);
            problems_add(filter->problems, PROBLEM_USAGE, span_none(),
                         "for example: --tags '@smoke and not (@slow or @flaky)'", "%.*s",
                         TEXT_ARG(buffer_text(&message)));
            is_fine = false;
        }
    }
    return is_fine;
}

static bool compile_names(struct filter *filter)
{
    const struct run_options *options = filter->options;
    filter->names = alloc_or_die(options->name_count + 1, sizeof(struct regex *));
    bool is_fine = true;
    for (size_t i = 0; i < options->name_count; i++) {
        struct regex_error error;
        if (!regex_compile(options->names[i], 0, &filter->names[i], &error)) {
            problems_add(filter->problems, PROBLEM_USAGE, span_none(),
                         "--name takes a regular expression; \\ makes a sign a plain one",
                         "--name '%.*s', column %zu: %s", TEXT_ARG(options->names[i]),
                         error.offset + 1, error.message);
            is_fine = false;
        }
    }
    return is_fine;
}

/* One scenario. */

static bool fits_lines(const struct selected_file *selected, const struct pickle *pickle)
{
    for (size_t i = 0; i < selected->line_count; i++) {
        if (pickle_is_at_line(pickle, selected->lines[i])) {
            return true;
        }
    }
    return selected->is_whole;
}

static bool fits_names(const struct filter *filter, const struct pickle *pickle)
{
    for (size_t i = 0; i < filter->options->name_count; i++) {
        if (regex_match(filter->names[i], pickle_name(pickle), 0, NULL, 0) == REGEX_MATCHED) {
            return true;
        }
    }
    return filter->options->name_count == 0;
}

static bool fits_tags(struct filter *filter, const struct pickle *pickle)
{
    if (filter->options->tag_count == 0) {
        return true;
    }
    arena_clear(&filter->scratch);
    const struct text *tags = plan_tags(pickle, &filter->scratch);
    for (size_t i = 0; i < filter->options->tag_count; i++) {
        if (!tag_expression_is_true(filter->tags[i], tags, pickle->tags->count)) {
            return false;
        }
    }
    return true;
}

static bool is_in_shard(const struct filter *filter, size_t index)
{
    const struct run_options *options = filter->options;
    return options->shard_index == 0 ||
           index % options->shard_count == options->shard_index - 1;
}

static void add(struct filter *filter, const struct feature_file *file,
                const struct pickle *pickle, enum plan_phase phase)
{
    GROW(filter->list, filter->count, filter->capacity);
    filter->list[filter->count++] =
        (struct planned_scenario){ pickle, (uint32_t)(file - filter->plan->files),
                                   (uint8_t)phase };
}

/* All of them. */

static bool check_lines(struct filter *filter, const struct feature_file *file)
{
    const struct selected_file *selected = file->selected;
    bool is_fine = true;
    for (size_t i = 0; i < selected->line_count; i++) {
        bool is_found = false;
        for (size_t j = 0; j < file->pickles.count && !is_found; j++) {
            is_found = pickle_is_at_line(&file->pickles.list[j], selected->lines[i]);
        }
        if (!is_found) {
            problems_add(filter->problems, PROBLEM_USAGE, span_none(),
                         "name a line of a scenario, or of a row of its examples",
                         "no scenario at line %u of '%.*s'", selected->lines[i],
                         TEXT_ARG(file->source.name));
            is_fine = false;
        }
    }
    return is_fine;
}

static void select_scenarios(struct filter *filter, const struct feature_file *file)
{
    struct plan *plan = filter->plan;
    for (size_t i = 0; i < file->pickles.count; i++) {
        const struct pickle *pickle = &file->pickles.list[i];
        plan->found++;
        if (fits_lines(file->selected, pickle) && fits_names(filter, pickle) &&
            fits_tags(filter, pickle) && is_in_shard(filter, plan->selected++)) {
            bool is_serial = pickle_has_tag(pickle, TEXT("@serial"));
            plan->in_shard++;
            add(filter, file, pickle, is_serial ? PLAN_SERIAL : PLAN_PARALLEL);
        }
    }
}

static void add_file(struct filter *filter, const struct feature_file *file)
{
    if (file->hook == HOOK_BEFORE_ALL || file->hook == HOOK_AFTER_ALL) {
        for (size_t i = 0; i < file->pickles.count; i++) {
            add(filter, file, &file->pickles.list[i],
                file->hook == HOOK_BEFORE_ALL ? PLAN_BEFORE_ALL : PLAN_AFTER_ALL);
        }
    } else if (file->hook == HOOK_NONE) {
        select_scenarios(filter, file);
    }
}

/* Nothing selected. */

struct unknown_tags {
    struct filter *filter;
    struct buffer *out;
};

static bool has_tag(const struct plan *plan, struct text tag)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        for (size_t j = 0; j < plan->files[i].pickles.count; j++) {
            if (pickle_has_tag(&plan->files[i].pickles.list[j], tag)) {
                return true;
            }
        }
    }
    return false;
}

static void say_unknown_tag(struct text tag, void *context)
{
    struct unknown_tags *unknown = context;
    if (!has_tag(unknown->filter->plan, tag)) {
        buffer_add_format(unknown->out, "%s'%.*s'", unknown->out->size ? ", " : "",
                          TEXT_ARG(tag));
    }
}

static const char *no_scenario_hint(const struct run_options *options)
{
    for (size_t i = 0; i < options->path_count; i++) {
        if (text_starts_with(options->paths[i], TEXT("@"))) {
            return "the list names none: where it was written, nothing had failed";
        }
    }
    return "add a scenario to the files that were given";
}

static void say_nothing_selected(struct filter *filter)
{
    const struct run_options *options = filter->options;
    CLEANUP(buffer_release) struct buffer unknown;
    buffer_init(&unknown, MESSAGE_LIMIT_BYTES);
    struct unknown_tags context = { filter, &unknown };
    for (size_t i = 0; i < options->tag_count; i++) {
        tag_expression_each_tag(filter->tags[i], say_unknown_tag, &context);
    }
    if (filter->plan->found == 0) {
        problems_add(filter->problems, PROBLEM_NOTHING, span_none(), no_scenario_hint(options),
                     "there is no scenario");
        return;
    }
    problems_add(filter->problems, PROBLEM_NOTHING, span_none(),
                 "widen --name, --tags or the lines; --list shows what is selected",
                 "none of %zu scenarios was selected", filter->plan->found);
    if (unknown.size) {
        problems_hint(filter->problems, "no scenario has the tag %.*s",
                      TEXT_ARG(buffer_text(&unknown)));
    }
}

static bool select_all(struct filter *filter)
{
    struct plan *plan = filter->plan;
    bool is_fine = true;
    for (size_t i = 0; i < plan->file_count; i++) {
        const struct feature_file *file = &plan->files[i];
        if (file->selected && !check_lines(filter, file)) {
            is_fine = false;
        }
        add_file(filter, file);
    }
    if (is_fine && plan->selected == 0) {
        say_nothing_selected(filter);
        is_fine = false;
    }
    if (is_fine && plan->in_shard == 0) {
        problems_add(filter->problems, PROBLEM_WARNING, span_none(),
                     "fewer shards would do; that is no failure",
                     "none of the %zu selected scenarios is in shard %llu of %llu",
                     plan->selected, (unsigned long long)filter->options->shard_index,
                     (unsigned long long)filter->options->shard_count);
        filter->count = 0; /* nothing to set up either */
    }
    plan->list = ARENA_ARRAY(&plan->arena, filter->count + 1, struct planned_scenario);
    for (size_t i = 0; i < filter->count; i++) {
        plan->list[i] = filter->list[i];
    }
    plan->count = filter->count;
    return is_fine;
}

bool plan_filter(struct plan *plan, const struct run_options *options,
                 struct problems *problems)
{
    struct filter filter = { .plan = plan, .options = options, .problems = problems };
    arena_init(&filter.scratch);
    bool has_tags = parse_tags(&filter);
    bool is_fine = compile_names(&filter) && has_tags && select_all(&filter);
    for (size_t i = 0; i < options->name_count; i++) {
        regex_free(filter.names[i]);
    }
    free(filter.names);
    free(filter.list);
    arena_release(&filter.scratch);
    return is_fine;
}
