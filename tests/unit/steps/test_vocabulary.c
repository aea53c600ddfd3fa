/* SPDX-License-Identifier: MIT */
#include "steps/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "match/expression.h"
#include "match/syntax/expression_tree.h"

static struct parameter_types *types;
static struct registry *registry;
static struct arena arena;

/* A small generator of its own: the same texts in every run. */
static size_t chance(size_t below)
{
    static uint32_t seed = 12345;
    seed = (seed * 1103515245U + 12345U) & 0x7fffffffU;
    return (seed >> 8) % below;
}

#define STRINGS                                                                                \
    "\"x\"", "'x'", "\"${a}\"", "\"the status is 200\"",                                       \
        "\"I send GET \\\"/x\\\" until the status is 200\"", "\" within 2 seconds \"",         \
        "\"with JSON:\"", "\"$.a[?@.b == 'c']\"", "'//a[@href=\"/x\"]'", "\"\"",               \
        "\"bob receives no 'error' event for 300 ms\"",                                        \
        "\"\xC3\xBCn\xC3\xAF"                                                                  \
        "c\xC3\xB6"                                                                            \
        "d\xC3\xA9 {x} (y) a/b\""
#define QUANTITIES                                                                             \
    "0", "-1.5", "3", "1e3", "300 ms", "2 s", "20 kB", "1.5 MiB", "${n}", "${n} ms"
#define JSON_TEXTS                                                                             \
    "{}", "{\"a\": 1}", "{\"a\": \"is 200 until the status is 200\"}", "[1, 2]",               \
        "[{\"a\": [1]}]", "{\"seat\": ${seat}}"
#define NAMES                                                                                  \
    "I", "alice", "Bob", "mallory-2", "Zo\xC3\xAB", "spectators-7", "json", "GET", "an-drew",  \
        "everyman", "theo", "status", "${guest}", "send", "event"
#define ACTORS                                                                                 \
    NAMES, "alice and bob", "alice, bob and carol", "I and bob", "all spectators", "everyone", \
        "everyone else"
#define WHOSE                                                                                  \
    "the", "my", "alice's", "James'", "James's", "everyone's", "all spectators'",              \
        "Zo\xC3\xAB's", "${guest}'s", "theo's"
#define SOCKETS                                                                                \
    "the socket", "my \"table\" socket", "alice's \"a b\" event stream",                       \
        "all spectators' \"table\" sockets", "${guest}'s socket", "everyone's sockets",        \
        "James' \"is\" event streams"
#define ENDED(...)                                                                             \
    (const char *const[])                                                                      \
    {                                                                                          \
        __VA_ARGS__, NULL                                                                      \
    }

static const struct {
    const char *name;
    const char *const *texts;
} samples[] = {
    { "string", ENDED(STRINGS) },
    { "actor", ENDED(ACTORS) },
    { "whose", ENDED(WHOSE) },
    { "group", ENDED("players", "spectators", "Zuschauer") },
    { "socket", ENDED(SOCKETS) },
    { "receiver", ENDED(ACTORS, SOCKETS) },
    { "value",
      ENDED("the status", "my header \"X\"", "alice's cookie \"a\"",
            "the cookie \"a\" attribute \"Secure\"", "Bob's body", "the size",
            "the response time", "the URL", "the JSON", "all spectators' JSON at \"$.a\"",
            "the JSON at every \"$..a\"", "my JSON at some \"$..a\"",
            "the number of JSON values at \"$..a\"", "the HTML at \"//h1\"",
            "the XML at every \"//a\"", "${guest}'s variable \"x\"", "the message",
            "the message JSON at \"$.n\"", "the message delay", "the message spread",
            "the ping time", "the close reason", "the member list of channel \"presence-x\"") },
    { "comparison",
      ENDED("is 201", "is 2xx", "is \"lobby\"", "is true", "is null", "is {\"seat\": 3}",
            "is not ${old}", "is one of 200, 201 or 204", "is not one of \"won\", \"lost\"",
            "is a uuid", "is an array", "is not a number", "is an email address",
            "is greater than 0", "is less than 300 ms", "is at least 20 kB", "is at most 5",
            "is between 1 and 9", "is a number greater than 0", "is an integer between 1 and 9",
            "is before now", "is after \"2026-01-01T00:00:00Z\"", "is within 5 seconds of now",
            "is a date within 5 seconds of ${t0}", "is empty", "is not empty",
            "is in descending order", "contains \"until the status is 200\"", "contains 7",
            "does not contain {\"role\": \"bot\"}", "starts with \"/tables/\"",
            "does not end with '/login'", "matches /^T-\\d+$/i", "does not match / is 200 /",
            "has 3 items", "has at least 1 item", "has at most ${n} characters",
            "has between 3 and 20 characters", "has no duplicates", "exists",
            "does not exist") },
    { "literal", ENDED(STRINGS, QUANTITIES, JSON_TEXTS, "true", "false", "null", "2xx") },
    { "path", ENDED("\"$.a\"", "every \"$..a\"", "some '//a'", "\"is 200\"") },
    { "regex", ENDED("/a/", "/^T-\\d+$/i", "/a\\/b c/", "/ in the body as /", "/\"x\"/") },
    { "json", ENDED(JSON_TEXTS, "${doc}") },
    { "number", ENDED("7", "-1", "1.5", "${n}") },
    { "count", ENDED("0", "3", "1012", "${n}") },
    { "status", ENDED("200", "5xx", "${s}") },
    { "duration", ENDED("300 ms", "2 seconds", "1 second", "1.5 s", "500ms", "3 min", "21 days",
                        "${t} seconds") },
    { "method", ENDED("GET", "DELETE", "QUERY", "method PROPFIND") },
    { "auth", ENDED("basic", "NTLM") },
    { "setting", ENDED("base URL", "client key", "client key passphrase", "connect-to") },
    { "fault", ENDED("a timeout", "an unreadable response") },
    { "protocol", ENDED("text", "JSON", "Socket.IO", "Phoenix") },
    { "event", ENDED("a \"x\" event", "an event \"x\"", "an event", "a message",
                     "the next message", "the next \"x\" event",
                     "an \"a b\" event on channel \"c d\"", "a message on channel \"x\"") },
    { "field", ENDED("the text", "the JSON at \"$.n\"", "the JSON at every \"$..n\"") },
    { "recorded", ENDED("response", "response time", "conversation") },
    { "step", ENDED("I wait 1 s", "within 2 s bob receives a message", "the status is 200") },
};

static const char *const *samples_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
        if (strcmp(samples[i].name, name) == 0) {
            return samples[i].texts;
        }
    }
    fail_msg("no samples for {%s}", name);
    return NULL;
}

static const char *pick(const char *const *texts)
{
    size_t count = 0;
    while (texts[count]) {
        count++;
    }
    return texts[chance(count)];
}

static struct text without_keyword(const char *example)
{
    struct text text = text_of(example);
    return text_from(text, text_find_byte(text, ' ', 0) + 1);
}

/* The text fits this definition and no other. */
static const struct step_match *assert_only(const struct step_definition *definition,
                                            struct text text)
{
    const struct step_matches *matches = registry_match(registry, text);
    if (matches->count != 1 || matches->list[0].definition != definition) {
        print_error("'%.*s' of %s fits:", TEXT_ARG(text), definition->id);
        for (size_t i = 0; i < matches->count; i++) {
            print_error(" %s", matches->list[i].definition->id);
        }
        print_error("\n");
        fail();
    }
    return &matches->list[0];
}

static void assert_none(struct text text)
{
    const struct step_matches *matches = registry_match(registry, text);
    if (matches->count != 0) {
        fail_msg("'%.*s' fits %s", TEXT_ARG(text), matches->list[0].definition->id);
    }
}

/* What to write for a parameter; NULL: a random sample. */
struct writer {
    const char *(*argument)(size_t index, const char *type, const void *context);
    const void *context;
    int person; /* 1 or 3 */
    size_t index;
};

static void write_node(struct buffer *out, const struct expression_node *node,
                       struct writer *writer);

static void write_nodes(struct buffer *out, const struct expression_node *node,
                        struct writer *writer)
{
    for (; node; node = node->next) {
        write_node(out, node, writer);
    }
}

static void write_node(struct buffer *out, const struct expression_node *node,
                       struct writer *writer)
{
    if (node->type == EXPRESSION_NODE_TEXT) {
        buffer_add(out, node->text);
    } else if (node->type == EXPRESSION_NODE_OPTIONAL && writer->person == 3) {
        write_nodes(out, node->first, writer);
    } else if (node->type == EXPRESSION_NODE_ALTERNATION) {
        const struct expression_node *one = node->first;
        for (size_t skip = chance(2); skip > 0 && one->next; skip--) {
            one = one->next;
        }
        write_nodes(out, one->first, writer);
    } else if (node->type == EXPRESSION_NODE_PARAMETER) {
        const char *type = arena_string(&arena, node->text);
        const char *text = writer->argument(writer->index++, type, writer->context);
        buffer_add_string(out, text ? text : pick(samples_of(type)));
    }
}

static struct text written(size_t number, struct writer writer)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    write_nodes(&out, registry_expression(registry, number)->tree->first, &writer);
    return arena_text(&arena, buffer_text(&out));
}

static void every_example_fits_its_own_step_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct step_definition *definition = registry_definition(registry, i);
        struct text example = without_keyword(definition->example);
        const struct step_match *match = assert_only(definition, example);
        assert_int_equal(match->argument_count,
                         registry_expression(registry, i)->parameter_count);
        assert_true(text_equal(match->text, example));
        for (size_t j = 0; j < match->argument_count; j++) {
            const struct match_argument *argument = &match->arguments[j];
            assert_string_equal(argument->type_name,
                                registry_expression(registry, i)->parameters[j]->name);
            assert_true(text_equal(argument->text,
                                   text_slice(example, argument->start, argument->end)));
        }
    }
}

static void within_stands_before_timed_steps_only(void **state)
{
    (void)state;
    static const char *const durations[] = { "2 seconds", "${patience} s", "500ms" };
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct step_definition *definition = registry_definition(registry, i);
        for (size_t j = 0; j < ARRAY_SIZE(durations); j++) {
            struct text example = without_keyword(definition->example);
            struct text text =
                arena_format(&arena, "within %s %.*s", durations[j], TEXT_ARG(example));
            if (!definition->is_timed) {
                assert_none(text);
                continue;
            }
            const struct step_match *match = assert_only(definition, text);
            assert_true(text_is(match->within, durations[j]));
            assert_int_equal(match->within_start, strlen("within "));
            assert_true(
                text_equal(match->arguments[0].text, text_slice(text, match->arguments[0].start,
                                                                match->arguments[0].end)));
        }
    }
}

static void afterwards_stands_before_every_step_but_itself(void **state)
{
    (void)state;
    const struct step_definition *afterwards = vocabulary_find(TEXT("K1"));
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct step_definition *definition = registry_definition(registry, i);
        struct text example = without_keyword(definition->example);
        struct text text = arena_format(&arena, "afterwards %.*s", TEXT_ARG(example));
        if (definition == afterwards) {
            assert_none(text);
            continue;
        }
        const struct step_match *match = assert_only(afterwards, text);
        assert_ptr_equal(match->inner->definition, definition);
        assert_true(text_equal(match->inner->text, example));
        assert_true(text_equal(text_from(text, match->inner_start), example));
    }
    assert_none(TEXT("afterwards I dance"));
}

static const char *first_is(size_t index, const char *type, const void *context)
{
    (void)type;
    return index == 0 ? context : NULL;
}

static const char *const *subjects_of(const char *type)
{
    static const char *const subjects[] = { "actor", "whose", "receiver", "socket", "value" };
    for (size_t i = 0; i < ARRAY_SIZE(subjects); i++) {
        if (strcmp(type, subjects[i]) == 0) {
            return samples_of(type);
        }
    }
    return NULL;
}

static void every_step_can_be_said_of_everybody_in_both_persons(void **state)
{
    (void)state;
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct expression *expression = registry_expression(registry, i);
        bool has_subject = expression->parameter_count > 0 &&
                           expression->tree->first->type == EXPRESSION_NODE_PARAMETER;
        const char *const *who =
            has_subject ? subjects_of(expression->parameters[0]->name) : NULL;
        for (; who && *who; who++) {
            for (int person = 1; person <= 3; person += 2) {
                struct writer writer = { first_is, *who, person, 0 };
                assert_only(registry_definition(registry, i), written(i, writer));
            }
        }
    }
}

static const char *hole(size_t index, const char *type, const void *context)
{
    static const struct {
        const char *type;
        const char *text;
    } holes[] = {
        { "string", "\"${x}\"" },
        { "count", "${x}" },
        { "number", "${x}" },
        { "literal", "${x}" },
        { "json", "${x}" },
        { "status", "${x}" },
        { "duration", "${x} s" },
        { "actor", "${x}" },
        { "whose", "${x}'s" },
        { "receiver", "${x}" },
        { "path", "\"${x}\"" },
        { "comparison", "is ${x}" },
        { "value", "${x}'s size" },
        { "socket", "${x}'s \"${y}\" socket" },
        { "event", "a \"${x}\" event" },
        { "field", "the JSON at \"${x}\"" },
        { "regex", "/${x}/" },
    };
    (void)index;
    (void)context;
    for (size_t i = 0; i < ARRAY_SIZE(holes); i++) {
        if (strcmp(holes[i].type, type) == 0) {
            return holes[i].text;
        }
    }
    return NULL;
}

static void variables_stand_in_the_place_of_every_value(void **state)
{
    (void)state;
    for (size_t i = 0; i < registry_count(registry); i++) {
        for (int person = 1; person <= 3; person += 2) {
            struct writer writer = { hole, NULL, person, 0 };
            assert_only(registry_definition(registry, i), written(i, writer));
        }
    }
}

static const char *random_argument(size_t index, const char *type, const void *context)
{
    (void)index;
    (void)type;
    (void)context;
    return NULL;
}

static void generated_texts_fit_the_step_they_were_made_from_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < registry_count(registry); i++) {
        for (int round = 0; round < 100; round++) {
            struct writer writer = { random_argument, NULL, 1 + 2 * (int)chance(2), 0 };
            assert_only(registry_definition(registry, i), written(i, writer));
        }
    }
}

static void near_misses_fit_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "I send PSOT \"/x\"",
        "I send GET /x",
        "bob receives \"x\" event",
        "the status 200",
        "the status is",
        "the status is ok",
        "status is 200",
        "alice status is 200",
        "the the status is 200",
        "bob sends JSON \"{}\"",
        "the header \"X\" is y",
        "I send GET \"/x\"  # comment",
        "the JSON at \"$.a\" matches \"b\"",
        "within 2 parsecs bob receives a message",
        "I wait",
        "within 2 seconds I wait 1 s",
        "every spectator receives a message",
        "the status is 200 ",
        "The status is 200",
        "alice sends GET \"/x\" \"y\"",
        "all sends GET \"/x\"",
        "the sends GET \"/x\"",
        "afterwards",
        "the JSON at \"$.a\" is {\"a\": 1",
        "the status is \"200",
        "I use no",
        "I use magic \"x\"",
        "",
        " ",
        "within ",
        "within 2 s ",
        "afterwards afterwards I wait 1 s",
        "Given I wait 1 s",
        "I wait 1 s\n",
    };
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        assert_none(text_of(texts[i]));
    }
}

static void a_step_ends_in_a_colon_when_it_takes_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct step_definition *definition = registry_definition(registry, i);
        bool has_colon = text_ends_with(text_of(definition->expression), TEXT(":"));
        bool takes =
            step_takes_doc_string(definition->takes) || step_takes_table(definition->takes);
        assert_int_equal(has_colon, takes);
    }
}

static void rows_are_complete_and_found_by_their_id(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; vocabulary[i]; i++) {
        assert_true(vocabulary[i]->count > 0 && *vocabulary[i]->title);
        for (size_t j = 0; j < vocabulary[i]->count; j++) {
            const struct step_definition *row = &vocabulary[i]->steps[j];
            assert_ptr_equal(vocabulary_find(text_of(row->id)), row);
            assert_int_equal(row->id[0], vocabulary[i]->letter);
            assert_true(row->help && *row->help && row->help[strlen(row->help) - 1] != '.');
            count++;
        }
    }
    assert_int_equal(count, registry_count(registry));
    assert_null(vocabulary_find(TEXT("Z1")));
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    types = vocabulary_types_new();
    registry = vocabulary_registry_new(types);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    registry_free(registry);
    parameter_types_free(types);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_fits_its_own_step_only),
        cmocka_unit_test(within_stands_before_timed_steps_only),
        cmocka_unit_test(afterwards_stands_before_every_step_but_itself),
        cmocka_unit_test(every_step_can_be_said_of_everybody_in_both_persons),
        cmocka_unit_test(variables_stand_in_the_place_of_every_value),
        cmocka_unit_test(generated_texts_fit_the_step_they_were_made_from_only),
        cmocka_unit_test(near_misses_fit_nothing),
        cmocka_unit_test(a_step_ends_in_a_colon_when_it_takes_something),
        cmocka_unit_test(rows_are_complete_and_found_by_their_id),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
