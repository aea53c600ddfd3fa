/* SPDX-License-Identifier: MIT */
/* Every example of sections H and I runs as it stands in the vocabulary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "steps/vocabulary.h"
#include "support/scenario_fixture.h"
#include "support/talk.h"

#define DOC(json) "  \"\"\"\n  " json "\n  \"\"\"\n"
#define BOB "Given bob opens the \"table\" socket at \"/talk\"\n"
#define ALICE "Given alice opens the \"table\" socket at \"/talk\"\n"
#define CROWD                                                                                  \
    "Given there are 3 spectators\n"                                                           \
    "And all spectators open the \"table\" socket at \"/greet\"\n"
#define TICKS BOB "When bob sends text '{\"type\": \"tick\", \"n\": 5}'\n" MORE MORE
#define MORE "When bob sends text '{\"type\": \"tick\", \"n\": 6}'\n"
#define CALLS "Given alice opens the \"table\" socket at \"/socket.io/\" as Socket.IO\n"
#define PUSHER "Given alice opens the \"table\" socket at \"/app/key\" as Pusher\n"
#define MESSAGE(text) "When bob sends text '" text "'\nThen bob receives a message\n"

/* What stands before the example, and its doc string or table. */
static const struct setting {
    const char *id;
    const char *before;
    const char *below;
} settings[] = {
    { "H2", "Given alice sets variable \"ticket\" to \"t1\"\n", "" },
    { "H3", "Given there are 2 spectators\n", "" },
    { "H4", "", "  | protocol | Socket.IO |\n" },
    { "H6", "Given mallory sets header \"X-Refused\" to \"yes\"\n", "" },
    { "H7", ALICE, "" },
    { "H8", ALICE, DOC("text") },
    { "H9", ALICE, DOC("{\"a\": 1}") },
    { "H10", ALICE, "" },
    { "H11", ALICE, "" },
    { "H12", ALICE, "" },
    { "H13", ALICE, DOC("{\"a\": 1}") },
    { "H14", PUSHER "When alice subscribes to channel \"private-table.7\"\n",
      DOC("{\"a\": 1}") },
    { "H15", CALLS, "" },
    { "H16", CALLS, DOC("{\"a\": 1}") },
    { "H17", BOB, "" },
    { "H18", BOB, "" },
    { "I1", BOB "When bob sends text '{\"type\": \"table.closed\"}'\n", "" },
    { "I2", BOB "When bob sends text '{\"type\": \"player.joined\", \"seat\": 3}'\n",
      DOC("{\"seat\": 3}") },
    { "I3", TICKS, "" },
    { "I4", TICKS, "  | event | JSON |\n  | tick | {\"n\": 5} |\n  | tick | |\n" },
    { "I5", TICKS, "  | event | JSON |\n  | tick | |\n  | tick | {\"n\": 5} |\n" },
    { "I6", TICKS, "" },
    { "I7", TICKS, "" },
    { "I8", BOB, "" },
    { "I9", BOB, "" },
    { "I10",
      CROWD "And all spectators receive at least 3 \"tick\" events\n"
            "And all spectators receive a \"hello\" event\n",
      "" },
    { "I11", CROWD, "" },
    { "I12", PUSHER, "" },
    { "I13",
      "Given mallory sets header \"X-Mallory\" to \"private-staff\"\n"
      "And mallory opens the \"table\" socket at \"/app/key\" as Pusher\n",
      "" },
    { "I14", PUSHER "When alice subscribes to channel \"private-table.7\"\n", "" },
    { "I15", CALLS, "" },
    { "I16", BOB MESSAGE("welcome"), "" },
    { "I17", BOB MESSAGE("{\"seat\": 3}"), "" },
    { "I18", BOB MESSAGE("x"), "" },
    { "I19", CROWD "When all spectators receive a \"hello\" event\n", "" },
    { "I20", BOB "When bob pings the server\n", "" },
    { "I21", PUSHER "When alice subscribes to channel \"presence-table.7\"\n", "" },
    { "I22", BOB, "" },
    { "I23", BOB, "" },
    { "I24", BOB, "" },
    { "I25", BOB, "" },
    { "I26", BOB "When bob drops the \"table\" socket\n", "" },
    { "I27", CROWD, "" },
    { "I28", BOB "When bob drops the socket\n", "" },
    { "I29", BOB "When bob sends text \"!close 1012 restart\"\n", "" },
    { "I30", BOB "When bob sends text \"!close 1012 restart\"\nThen bob's socket is closed\n",
      "" },
};

static const struct setting *setting_of(const char *id)
{
    static const struct setting nothing = { "", "", "" };
    for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
        if (strcmp(settings[i].id, id) == 0) {
            return &settings[i];
        }
    }
    return &nothing;
}

static bool run(struct scenario_fixture *fixture, const struct step_definition *step,
                const char *words)
{
    const struct setting *setting = setting_of(step->id);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 1 << 16);
    buffer_add_format(&out, "%s%s\n%s", setting->before, words, setting->below);
    if (!step->is_check) {
        buffer_add_string(&out, "Given I open the \"own\" socket at \"/talk\"\n"
                                "Then the \"own\" socket is open\n");
    }
    struct text steps = buffer_text(&out);
    const char *result = scenario_fixture_run(fixture, steps.at);
    if (strcmp(result, "passed\n") == 0) {
        return true;
    }
    print_error("%s:\n%s\n%s\n", step->id, steps.at, result);
    return false;
}

static void every_example_passes(void **state)
{
    struct scenario_fixture *fixture = *state;
    size_t failures = 0;
    for (size_t i = 0; vocabulary[i]; i++) {
        const struct vocabulary_group *group = vocabulary[i];
        for (size_t j = 0; j < group->count && (group->letter == 'H' || group->letter == 'I');
             j++) {
            assert_non_null(group->steps[j].run);
            failures += !run(fixture, &group->steps[j], group->steps[j].example);
        }
    }
    assert_int_equal(failures, 0);
}

static int open_fixture(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, talk_answer);
    fixture.settings.limits.receive_ms = 2000;
    fixture.settings.limits.connect_ms = 2000;
    fixture.settings.limits.response_ms = 2000;
    fixture.settings.limits.poll_ms = 20;
    fixture.context.step_limit_ms = 10000;
    char path[100];
    snprintf(path, sizeof path, "%s/data", fixture.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    scenario_fixture_write(&fixture, "data/avatar.png", "bytes");
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_passes),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
