/* SPDX-License-Identifier: MIT */
/* Any text with ${…} in it, expanded as text and as JSON: a text, or a step that failed with a
 * message. */
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "base/random.h"
#include "config/settings.h"
#include "world/expand.h"
#include "world/step.h"
#include "world/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_mode(struct world *world, struct text text, enum expand_mode mode)
{
    struct step step = { .world = world, .scope = world->scope, .status = STATUS_PASSED };
    struct text expanded = TEXT_EMPTY;
    bool is_expanded =
        expand(&step, world_actor(world, TEXT("alice")), text, span_none(), mode, &expanded);
    if (is_expanded == step_has_failed(&step)) {
        BUG("a failure is not told");
    }
    if (is_expanded && !expand_is_needed(text) && !text_contains(text, TEXT("$${")) &&
        !text_equal(text, expanded)) {
        BUG("a text without holes has changed");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct config_settings settings;
    struct clock clock;
    struct random random;
    struct world world;
    clock_freeze(&clock, 0, UINT64_C(1795428000) * NANOSECONDS_PER_SECOND);
    random_init_seeded(&random, 1);
    struct world_context context = {
        .clock = &clock,
        .random = &random,
        .settings = &settings,
        .project_folder = TEXT("/nonexistent/folder"),
        .run_id = TEXT("run"),
    };
    world_init(&world, &context, TEXT("scenario"), TEXT("run-1"));
    scope_save(world.scope, world_actor(&world, TEXT("alice")), TEXT("a"), TEXT("\"x\""),
               VARIABLE_JSON);
    scope_save(world.scope, world_actor(&world, TEXT("I")), TEXT("b"), TEXT("y\n\""),
               VARIABLE_TEXT);
    struct text text = text_make((const char *)data, size);
    try_mode(&world, text, EXPAND_PLAIN);
    try_mode(&world, text, EXPAND_JSON);
    world_release(&world);
    return 0;
}
