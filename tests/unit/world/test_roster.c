/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "match/registry.h"
#include "steps/vocabulary.h"
#include "world/roster.h"

/* Who is in the roster after one step: "bob", "all spectators", checked ones with a '?'. */
static const char *roster_of(struct arena *arena, struct registry *registry, const char *step)
{
    struct roster roster;
    const struct step_matches *matches = registry_match(registry, text_of(step));
    struct text names = TEXT_EMPTY;
    assert_int_equal(matches->count, 1);
    roster_init(&roster);
    roster_add(&roster, matches->list, span_none());
    for (size_t i = 0; i < roster.count; i++) {
        const struct roster_name *name = &roster.list[i];
        names = arena_format(arena, "%.*s%s%s%.*s%s", TEXT_ARG(names), names.size ? ", " : "",
                             name->is_group ? "all " : "", TEXT_ARG(name->name),
                             name->acts ? "" : "?");
    }
    roster_release(&roster);
    return arena_string(arena, names);
}

static void sockets_name_their_actors(void **state)
{
    static const struct {
        const char *step;
        const char *names;
    } rows[] = {
        { "the socket is open", "" },
        { "my \"t\" socket is open", "" },
        { "the \"it's\" event stream is open", "" },
        { "the sockets are open", "" },
        { "the event streams are closed", "" },
        { "bob's socket is open", "bob" },
        { "bob's \"t\" socket sends text \"x\"", "bob" },
        { "all spectators' \"t\" sockets receive a message", "all spectators" },
        { "alice, bob and carol receive a message", "alice, bob, carol" },
        { "everyone else receives a message", "" },
        { "bob closes the \"t\" socket", "bob" },
        { "bob's message is \"x\"", "bob?" },
    };
    struct arena arena CLEANUP(arena_release);
    struct parameter_types *types = vocabulary_types_new();
    struct registry *registry = vocabulary_registry_new(types);
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(roster_of(&arena, registry, rows[i].step), rows[i].names);
    }
    registry_free(registry);
    parameter_types_free(types);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sockets_name_their_actors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
