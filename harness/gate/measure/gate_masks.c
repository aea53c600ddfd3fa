/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_masks.h"

#include "config/masks.h"

static struct text place_of(const struct config_mask_part *part, struct arena *arena)
{
    if (!part->at.source) {
        return TEXT_EMPTY;
    }
    struct position position = source_position(part->at.source, part->at.start);
    return arena_format(arena, ":%zu:%zu", position.line, position.column);
}

void gate_masks_read(struct gate_masks *masks, struct text path, struct text bytes,
                     const char *const *process_environment, struct arena *arena)
{
    CLEANUP(config_release) struct config config;
    CLEANUP(problems_release) struct problems unsaid;
    size_t count = 0;
    config_init(&config, process_environment);
    problems_init(&unsaid);
    *masks = (struct gate_masks){ 0 };
    if (!config_read(&config, path, bytes, &unsaid)) {
        masks->failure = arena_text(arena, unsaid.list[0].message);
        return;
    }
    const struct config_mask *list = config_masks(&config, &count);
    masks->list = ARENA_ARRAY(arena, count + 1, struct gate_mask);
    for (size_t i = 0; i < count; i++) {
        masks->list[masks->count++] = (struct gate_mask){
            .shown = arena_text(arena, list[i].at.text),
            .places = { place_of(&list[i].at, arena), place_of(&list[i].assertion, arena),
                        place_of(&list[i].on, arena) },
            .line = source_position(list[i].at.at.source, list[i].at.at.start).line,
        };
    }
}
