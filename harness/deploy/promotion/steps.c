/* SPDX-License-Identifier: MIT */
#include "deploy/promotion/steps.h"

enum { STEPS_MOST = 4096 };

/* The targets at which commands run: those of the first settings, or none (this machine). */
static size_t place_count(const struct promotion *promotion)
{
    size_t count = 0;
    while (count < promotion->unit_count &&
           promotion->units[count].target->settings == promotion->units[0].target->settings &&
           promotion->units[0].target->settings->tree.size > 0) {
        count++;
    }
    return count;
}

static struct step *add(struct steps *steps, enum step_kind kind, struct text name)
{
    if (steps->count == STEPS_MOST) {
        BUG("too many steps");
    }
    struct step *step = &steps->list[steps->count++];
    *step = (struct step){ .kind = kind, .name = name };
    return step;
}

/* One for each place; `once`: for the first alone. */
static void add_command(struct steps *steps, const struct promotion *promotion,
                        enum step_kind kind, struct text title,
                        const struct config_texts *command, bool once)
{
    struct arena *arena = promotion->context->arena;
    size_t places = place_count(promotion);
    size_t count = places == 0 || once ? 1 : places;
    for (size_t i = 0; i < count; i++) {
        const struct target *place = places > 0 ? promotion->units[i].target : NULL;
        bool is_far = place && place->host.size > 0;
        struct text name =
            arena_format(arena, "%.*s%s%.*s", TEXT_ARG(title), is_far ? " on " : "",
                         TEXT_ARG(is_far ? place->host : TEXT_EMPTY));
        struct step *step = add(steps, kind, name);
        step->command = command;
        step->place = place;
    }
}

static void add_component(struct steps *steps, const struct promotion *promotion,
                          enum step_kind kind, const struct config_component *component)
{
    struct arena *arena = promotion->context->arena;
    const struct config_suspend *suspend = &component->suspend;
    if (suspend->command.count == 0) {
        return;
    }
    size_t from = steps->count;
    if (kind == STEP_SUSPEND) {
        add_command(steps, promotion, kind,
                    arena_format(arena, "suspend %.*s", TEXT_ARG(component->name)),
                    &suspend->command, false);
    } else {
        add_command(steps, promotion, kind,
                    arena_format(arena, "resume %.*s", TEXT_ARG(component->name)),
                    &suspend->resume, false);
    }
    for (size_t i = from; i < steps->count; i++) {
        steps->list[i].component = component;
    }
}

static void add_commands(struct steps *steps, const struct promotion *promotion,
                         enum step_kind kind, const struct config_records *commands,
                         const char *suffix)
{
    struct arena *arena = promotion->context->arena;
    const struct config_texts *list = commands->list;
    for (size_t i = 0; i < commands->count; i++) {
        struct text title =
            arena_format(arena, "%s%s %zu: %.*s", /* its arguments may hold a secret */
                         kind == STEP_BEFORE ? "before the switch" : "after the switch", suffix,
                         i + 1, TEXT_ARG(list[i].list[0]));
        add_command(steps, promotion, kind, title, &list[i], kind == STEP_BEFORE);
    }
}

static void add_after(struct steps *steps, const struct promotion *promotion,
                      const char *suffix)
{
    struct arena *arena = promotion->context->arena;
    add_commands(steps, promotion, STEP_AFTER, &promotion->settings->after_switch, suffix);
    for (size_t i = 0; i < promotion->component_count; i++) {
        const struct config_component *component = promotion->components[i];
        if (component->after_switch.count > 0) {
            struct text title = arena_format(arena, "after the switch%s of %.*s", suffix,
                                             TEXT_ARG(component->name));
            add_command(steps, promotion, STEP_AFTER, title, &component->after_switch, false);
        }
    }
}

static void add_checks(struct steps *steps, const struct promotion *promotion,
                       struct text commit, const char *suffix)
{
    struct arena *arena = promotion->context->arena;
    const struct deploy_verify *verify = &promotion->settings->verify;
    if (verify->marker > 0 && commit.size > 0 && promotion->environment) {
        add(steps, STEP_MARKER,
            arena_format(arena, "marker%s: %.*s, %llu times in a row", suffix, TEXT_ARG(commit),
                         (unsigned long long)verify->marker));
    }
    if (verify->scenarios.size > 0) {
        add(steps, STEP_SCENARIOS,
            arena_format(arena, "scenarios%s: %.*s", suffix, TEXT_ARG(verify->scenarios)));
    }
}

static struct steps make(const struct promotion *promotion)
{
    return (struct steps){ .list = ARENA_ARRAY(promotion->context->arena, STEPS_MOST,
                                               struct step) };
}

struct steps steps_forward(const struct promotion *promotion)
{
    struct arena *arena = promotion->context->arena;
    struct steps steps = make(promotion);
    for (size_t i = 0; i < promotion->component_count; i++) {
        add_component(&steps, promotion, STEP_SUSPEND, promotion->components[i]);
    }
    for (size_t i = 0; i < promotion->component_count; i++) {
        const struct config_component *component = promotion->components[i];
        if (component->suspend.idle.size > 0 && promotion->environment) {
            add(&steps, STEP_IDLE, arena_format(arena, "idle %.*s", TEXT_ARG(component->name)))
                ->component = component;
        }
    }
    if (!promotion->is_rollback) {
        add_commands(&steps, promotion, STEP_BEFORE, &promotion->settings->before_switch, "");
    }
    for (size_t i = 0; i < promotion->unit_count; i++) {
        const struct promotion_unit *unit = &promotion->units[i];
        add(&steps, STEP_SWITCH,
            arena_format(arena, "switch %.*s to %.*s", TEXT_ARG(unit->target->name),
                         TEXT_ARG(unit->after.name)))
            ->unit = unit;
    }
    add_after(&steps, promotion, "");
    add_checks(&steps, promotion, promotion->commit, "");
    for (size_t i = promotion->component_count; i-- > 0;) {
        add_component(&steps, promotion, STEP_RESUME, promotion->components[i]);
    }
    return steps;
}

static bool has_begun(const struct operation *begun, const struct step *step)
{
    return operation_step_state(begun, step->name) != OPERATION_NOT_BEGUN;
}

struct steps steps_back(const struct promotion *promotion, const struct operation *begun)
{
    struct arena *arena = promotion->context->arena;
    struct steps forward = steps_forward(promotion);
    struct steps steps = make(promotion);
    for (size_t i = forward.count; i-- > 0;) {
        const struct step *step = &forward.list[i];
        if (step->kind == STEP_SWITCH && has_begun(begun, step)) {
            add(&steps, STEP_BACK,
                arena_format(arena, "back %.*s to %.*s", TEXT_ARG(step->unit->target->name),
                             TEXT_ARG(step->unit->before)))
                ->unit = step->unit;
        }
    }
    if (steps.count > 0) {
        add_after(&steps, promotion, " back");
        add_checks(&steps, promotion, promotion->commit_before, " back");
    }
    for (size_t i = promotion->component_count; i-- > 0;) {
        struct steps suspend = make(promotion);
        add_component(&suspend, promotion, STEP_SUSPEND, promotion->components[i]);
        if (suspend.count > 0 && has_begun(begun, &suspend.list[0])) {
            add_component(&steps, promotion, STEP_RESUME, promotion->components[i]);
        }
    }
    return steps;
}

void promotion_describe(const struct promotion *promotion, struct buffer *out)
{
    struct steps steps = steps_forward(promotion);
    for (size_t i = 0; i < steps.count; i++) {
        const struct step *step = &steps.list[i];
        buffer_add_format(out, "%3zu. ", i + 1);
        if (step->kind == STEP_SWITCH) {
            step->unit->target->type->describe(step->unit->target, step->unit->after.name, out);
        } else {
            buffer_add(out, step->name);
        }
        buffer_add_byte(out, '\n');
    }
}
