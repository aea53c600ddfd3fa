/* SPDX-License-Identifier: MIT */
/* Section A of the vocabulary: groups and sessions. */
#include "steps/step_functions.h"
#include "world/session.h"
#include "world/host.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

enum { GROUP_LIMIT = 100000 };

/* A1: `these {group}:` */
void step_these_people(struct step *step)
{
    struct world *world = step->world;
    struct text group = step_argument(step, 0);
    struct records people;
    if (!table_read_records(step, world_speaker(step), &people)) {
        return;
    }
    struct cast members = { ARENA_ARRAY(&world->arena, people.count, struct actor *), 0 };
    for (size_t row = 0; row < people.count; row++) {
        const struct text *name = records_find(&people, row, TEXT("name"));
        if (!name || name->size == 0) {
            step_fail_at(step, people.rows[row].at, "a person without a name");
            step_hint(step, "give the table a column 'name' with a name in every row");
            return;
        }
        struct actor *actor = world_actor(world, *name);
        members.list[members.count++] = actor;
        for (size_t column = 0; column < people.column_count; column++) {
            variables_set(&actor->account, &world->arena,
                          (struct variable){ .owner = TEXT_EMPTY,
                                             .name = people.columns[column],
                                             .value = people.rows[row].cells[column].text });
        }
    }
    if (!group_add(world, group, members)) {
        step_fail(step, "there is already a group '%.*s'", TEXT_ARG(group));
        step_hint(step, "give this one another name");
    }
}

/* A2: `there is/are {count} {group}` */
void step_there_are(struct step *step)
{
    struct world *world = step->world;
    struct text group = step_argument(step, 1);
    uint64_t count;
    if (!step_count(step, world_speaker(step), 0, &count)) {
        return;
    }
    if (count == 0 || count > GROUP_LIMIT) {
        step_fail(step, "a group of %llu", (unsigned long long)count);
        step_hint(step, "make it of 1 to %d", GROUP_LIMIT);
        return;
    }
    struct cast members = { ARENA_ARRAY(&world->arena, count, struct actor *), count };
    for (size_t i = 0; i < count; i++) {
        struct text name = arena_format(&world->arena, "%.*s-%zu", TEXT_ARG(group), i + 1);
        members.list[i] = world_actor(world, name);
    }
    if (!group_add(world, group, members)) {
        step_fail(step, "there is already a group '%.*s'", TEXT_ARG(group));
        step_hint(step, "give this one another name");
    }
}

/* A3: `{actor} start(s) a new session` */
void step_start_session(struct step *step)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        actor_forget_session(cast.list[i]);
    }
}

/* A4: `{actor} keep(s) the session as {string}` */
void step_keep_session(struct step *step)
{
    const struct host *host = step->world->context->host;
    struct cast cast;
    struct text name;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct text packed;
        if (!step_string(step, cast.list[i], 1, &name) ||
            !session_pack(step, cast.list[i], &packed) ||
            !host->keep_session(host->context, step, name, packed)) {
            return;
        }
    }
}

/* A5: `{actor} resume(s) session {string}` */
void step_resume_session(struct step *step)
{
    const struct host *host = step->world->context->host;
    struct cast cast;
    struct text name;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct text packed;
        if (!step_string(step, cast.list[i], 1, &name) ||
            !host->find_session(host->context, step, name, &packed) ||
            !session_unpack(step, cast.list[i], packed)) {
            return;
        }
    }
}

/* A6: `at the same time:` */
void step_at_the_same_time(struct step *step)
{
    const struct host *host = step->world->context->host;
    host->run_together(host->context, step);
}
