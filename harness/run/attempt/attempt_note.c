/* SPDX-License-Identifier: MIT */
/* What another worker needs to do the teardown of this attempt if this worker dies. */
#include "base/buffer.h"
#include "run/attempt_parts.h"
#include "run/desk/note.h"
#include "world/cast.h"
#include "world/session.h"

static void add_secrets(const struct world *world, struct buffer *out)
{
    for (const struct learnt_secret *at = world->secrets; at; at = at->next) {
        note_add(out, &(struct note_record){ .kind = NOTE_SECRET, .a = at->value });
    }
}

static void add_variables(const struct variables *variables, struct buffer *out)
{
    for (const struct variable *at = variables->first; at; at = at->next) {
        note_add(out, &(struct note_record){ .kind = NOTE_VARIABLE,
                                             .number = at->kind,
                                             .a = at->owner,
                                             .b = at->name,
                                             .c = at->value });
    }
}

/* A session that is too large is left out: the step that needs it will say so by its failure. */
static void add_session(struct world *world, struct actor *actor, struct buffer *out)
{
    struct step step = { .world = world, .scope = world->scope, .at = span_none() };
    struct note_record record = { .kind = NOTE_SESSION };
    if ((actor->session || actor->applied) && session_pack(&step, actor, &record.a)) {
        note_add(out, &record);
    }
}

static void add_actor(struct world *world, struct actor *actor, struct buffer *out)
{
    note_add(out, &(struct note_record){
                      .kind = NOTE_ACTOR, .number = actor->has_account, .a = actor->name });
    for (const struct variable *at = actor->account.first; at; at = at->next) {
        note_add(out,
                 &(struct note_record){ .kind = NOTE_ACCOUNT, .a = at->name, .b = at->value });
    }
    add_session(world, actor, out);
}

/* The oldest first, as they are made again. */
static void add_actors(struct world *world, struct arena *arena, struct buffer *out)
{
    size_t count = 0;
    for (const struct actor *at = world->actors; at; at = at->next) {
        count++;
    }
    struct actor **list = ARENA_ARRAY(arena, count + 1, struct actor *);
    size_t place = count;
    for (struct actor *at = world->actors; at; at = at->next) {
        list[--place] = at;
    }
    for (size_t i = 0; i < count; i++) {
        add_actor(world, list[i], out);
    }
}

static void add_groups(const struct world *world, struct buffer *out)
{
    for (const struct group *at = world->groups; at; at = at->next) {
        note_add(out, &(struct note_record){
                          .kind = NOTE_GROUP, .number = at->members.count, .a = at->name });
        for (size_t i = 0; i < at->members.count; i++) {
            note_add(out, &(struct note_record){ .kind = NOTE_MEMBER,
                                                 .a = at->members.list[i]->name });
        }
    }
}

static void add_put_off(const struct put_off *put_off, struct buffer *out)
{
    struct note_record record = { .kind = NOTE_LOST, .a = put_off->match->text };
    if (put_off->is_lasting) {
        record =
            (struct note_record){ .kind = NOTE_PUT_OFF,
                                  .number = (uint64_t)put_off->list << 32 | put_off->index };
    }
    note_add(out, &record);
}

/* The one put off first is added first, as it is put off again. */
static void add_all_put_off(const struct attempt *attempt, struct arena *arena,
                            struct buffer *out)
{
    size_t count = 0;
    for (const struct put_off *at = attempt->put_off; at; at = at->next) {
        count++;
    }
    const struct put_off **list = ARENA_ARRAY(arena, count + 1, const struct put_off *);
    size_t place = count;
    for (const struct put_off *at = attempt->put_off; at; at = at->next) {
        list[--place] = at;
    }
    for (size_t i = 0; i < count; i++) {
        add_put_off(list[i], out);
    }
}

static void print_note(struct attempt *attempt, struct buffer *out)
{
    struct world *world = &attempt->world;
    struct arena arena;
    arena_init(&arena);
    add_secrets(world, out);
    add_variables(&world->scope->saved, out);
    add_actors(world, &arena, out);
    add_groups(world, out);
    add_all_put_off(attempt, &arena, out);
    note_add(out, &(struct note_record){ .kind = NOTE_AFTER, .number = attempt->after_next });
    arena_release(&arena);
}

void attempt_tell_note(struct attempt *attempt)
{
    const struct attempt_context *context = attempt->context;
    bool is_needed = attempt->put_off || attempt->after_next < attempt->request->after_count;
    if (!context->at_note || (!is_needed && attempt->noted.size == 0)) {
        return;
    }
    struct buffer note;
    buffer_init(&note, ATTEMPT_NOTE_LIMIT_BYTES);
    if (is_needed) {
        print_note(attempt, &note);
    }
    bool is_news = !text_equal(buffer_text(&note), buffer_text(&attempt->noted));
    if (is_news && !note.is_over_limit) {
        context->at_note(context->at_context, buffer_text(&note));
        buffer_clear(&attempt->noted);
        buffer_add(&attempt->noted, buffer_text(&note));
    }
    buffer_release(&note);
}
