/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file_write.h"
#include "config/settings.h"
#include "match/registry.h"
#include "steps/vocabulary.h"
#include "support/feature.h"
#include "support/http_fixture.h"
#include "world/precheck.h"

/* The steps of one scenario looked at: "line:column message (hint)" for each problem. */
static const char *look_at(struct arena *arena, const struct config_settings *settings,
                           const char *steps)
{
    struct feature_fixture feature;
    struct precheck precheck;
    struct buffer out;
    struct parameter_types *types = vocabulary_types_new();
    struct registry *registry = vocabulary_registry_new(types);
    feature_init(&feature, arena_format(arena, "Feature: F\n  Scenario: S\n%s\n", steps));
    assert_true(feature.is_compiled);
    precheck_init(&precheck, registry, settings);
    for (uint32_t i = 0; i < feature.pickles.list[0].step_count; i++) {
        struct pickle_step step = pickle_step(&feature.pickles.list[0], i);
        const struct step_matches *matches = registry_match(registry, step.text);
        assert_int_equal(matches->count, 1);
        size_t start = (size_t)(step.text.at - feature.source.bytes.at);
        struct span at = span_make(&feature.source, start, start + step.text.size);
        size_t before = feature.problems.count;
        bool is_ok = precheck_step(&precheck, matches->list, &step, &feature.source, at,
                                   &feature.problems);
        assert_int_equal(is_ok, feature.problems.count == before);
    }
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < feature.problems.count; i++) {
        const struct problem *problem = &feature.problems.list[i];
        struct position position = source_position(problem->at.source, problem->at.start);
        buffer_add_format(&out, "%s%zu:%zu %.*s (%.*s)", i ? "\n" : "", position.line,
                          position.column, TEXT_ARG(problem->message), TEXT_ARG(problem->hint));
    }
    const char *printed = arena_string(arena, buffer_text(&out));
    buffer_release(&out);
    problems_clear(&feature.problems);
    precheck_release(&precheck);
    feature_release(&feature);
    registry_free(registry);
    parameter_types_free(types);
    return printed;
}

struct expected {
    const char *steps;
    const char *problems;
};

static void assert_rows(const struct config_settings *settings, const struct expected *rows,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena arena CLEANUP(arena_release);
        arena_init(&arena);
        assert_string_equal(look_at(&arena, settings, rows[i].steps), rows[i].problems);
    }
}

#define ASSERT_ROWS(settings, rows) assert_rows(settings, rows, ARRAY_SIZE(rows))

static void what_is_wrong_between_braces_is_found_before_anything_runs(void **state)
{
    static const struct expected rows[] = {
        { "When I send GET \"/${x\"",
          "3:19 '${' without its '}' (close it, or write $${ for a literal ${)" },
        { "When I send GET \"/$${x\"", "" },
        { "When I send GET \"/${x}${urlencode x}${uuid}${now}${now + 5 minutes}\"", "" },
        { "When I send GET \"/${random 6}${hmac_sha256 key 'x y'}${lower}${alice.x}\"", "" },
        { "When I send GET \"/${file \\\"a b\\\"}\"", "" },
        { "When I send GET \"/${urlencod x}\"",
          "3:19 unknown function 'urlencod' in '${…}' (did you mean 'urlencode'?)" },
        { "When I send GET \"/${table seven}\"",
          "3:19 unknown function 'table' in '${…}' (a variable is a name alone; section 5 of "
          "docs/vocabulary.md lists the functions)" },
        { "When I send GET \"/${ }\"",
          "3:19 '${…}' wants a name (write the name of a variable between ${ and })" },
        { "When I send GET \"/${'x'}\"",
          "3:19 '${…}' wants a name (write the name of a variable between ${ and })" },
        { "When I send GET \"/${now and then}\"",
          "3:19 cannot read '${now and then}' (write ${now + 5 minutes} or ${now - 1 day})" },
        { "When I send GET \"/${now + 5}\"",
          "3:19 cannot read '${now + 5}' (write ${now + 5 minutes} or ${now - 1 day})" },
        { "When I send GET \"/${random}\"", "" }, /* a variable may have this name */
        { "When I send GET \"/${random six}\"",
          "3:19 'random' wants a number of characters from 1 to 1000 (write ${random 6})" },
        { "When I send GET \"/${hmac_sha256 key}\"",
          "3:19 'hmac_sha256' wants 2 arguments (write a name or a quoted text after "
          "'hmac_sha256')" },
        { "When I send GET \"/${lower 'x}\"",
          "3:19 'lower' wants 1 argument (write a name or a quoted text after 'lower')" },
        { "When I send GET \"/${uuid 4}\"",
          "3:19 unexpected '4' after the arguments in '${…}' ('uuid' takes 0)" },
        { "When I send GET \"/${lower x y}\"",
          "3:19 unexpected 'y' after the arguments in '${…}' ('lower' takes 1)" },
        { "When I send GET \"/${uuid 1}/${uuid 2}\"",
          "3:19 unexpected '1' after the arguments in '${…}' ('uuid' takes 0)\n"
          "3:29 unexpected '2' after the arguments in '${…}' ('uuid' takes 0)" },
        { "And afterwards I send GET \"/${uuid 1}\"",
          "3:29 unexpected '1' after the arguments in '${…}' ('uuid' takes 0)" },
    };
    (void)state;
    ASSERT_ROWS(NULL, rows);
}

static void doc_strings_and_tables_are_looked_at_too(void **state)
{
    static const struct expected rows[] = {
        { "When I send POST \"/\" with JSON:\n\"\"\"\n{\"a\": ${x}, \"b\": \"${y}\"}\n\"\"\"",
          "" },
        { "When I send POST \"/\" with JSON:\n\"\"\"\n{\"a\":\n  \"${uuid 4}\"}\n\"\"\"",
          "6:4 unexpected '4' after the arguments in '${…}' ('uuid' takes 0)" },
        { "When I send POST \"/\" with body:\n\"\"\"\nx ${\n\"\"\"",
          "5:3 '${' without its '}' (close it, or write $${ for a literal ${)" },
        { "When I send POST \"/\" with form:\n| a | ${b} |\n| c | x ${lowr b} |",
          "5:9 unknown function 'lowr' in '${…}' (did you mean 'lower'?)" },
        { "When at the same time:\n| I send GET \"/${uuid 4}\" |",
          "4:16 unexpected '4' after the arguments in '${…}' ('uuid' takes 0)" },
    };
    (void)state;
    ASSERT_ROWS(NULL, rows);
}

static void names_that_are_not_listed_are_found(void **state)
{
    static struct text listed = TEXT_STATIC("LISTED");
    static const struct config_settings settings = { .process_names = { &listed, 1 } };
    static const struct expected rows[] = {
        { "When I send GET \"/${env.LISTED}\"", "" },
        { "When I send GET \"/${env.OTHER}\"",
          "3:19 the environment variable 'OTHER' is not listed (list it under 'env:' in "
          "bddrun.yaml)" },
        { "When I send GET \"/${sha256 env.OTHER}\"",
          "3:19 the environment variable 'OTHER' is not listed (list it under 'env:' in "
          "bddrun.yaml)" },
    };
    static const struct expected unknown[] = { { "When I send GET \"/${env.OTHER}\"", "" } };
    (void)state;
    ASSERT_ROWS(&settings, rows);
    ASSERT_ROWS(NULL, unknown);
}

static void commands_and_services_that_are_not_configured_are_found(void **state)
{
    static struct config_pair service = { .name = TEXT_STATIC("mail"),
                                          .value = TEXT_STATIC("http://127.0.0.1:1") };
    static struct config_environment environment = { .services = { &service, 1 } };
    static struct config_command command = { .name = TEXT_STATIC("seed") };
    static const struct config_settings settings = { .commands = &command,
                                                     .command_count = 1,
                                                     .environment = &environment };
    static const struct config_settings empty = { .folder = TEXT_STATIC(".") };
    static const struct expected right[] = {
        { "Given I use service \"mail\"", "" },
        { "Given I use service \"${which}\"", "" },
        { "Given I use user agent \"male\"", "" },
        { "Given the command \"seed\" succeeds", "" },
    };
    static const struct expected wrong[] = {
        { "Given I use service \"male\"",
          "3:21 unknown service 'male' (name it under 'services:' of the environment in "
          "bddrun.yaml, or choose another environment (-e))" },
        { "And afterwards the command \"sed\" succeeds",
          "3:28 unknown command 'sed' (name it under 'commands:' in bddrun.yaml, as a list of "
          "words)" },
    };
    (void)state;
    ASSERT_ROWS(&settings, right);
    ASSERT_ROWS(&settings, wrong);
    ASSERT_ROWS(&empty, wrong);
}

static void what_steps_say_about_sockets_is_looked_at(void **state)
{
    static const struct expected rows[] = {
        { "When I open the \"t\" socket at \"/\" as Pusher", "" },
        { "When I open the \"t\" socket at \"/\" as Phoenix",
          "3:38 the protocol 'Phoenix' is not in this version (this version has text, JSON, "
          "Socket.IO and Pusher)" },
        { "When I send bytes \"01 FF\"\nAnd I send bytes \"${x}\"", "" },
        { "When I send bytes \"01 F\"",
          "3:19 cannot read the bytes '01 F' (write pairs of hexadecimal digits: 01 ff 00)" },
        { "When I open the \"t\" socket at \"/\" with:\n| protocol | Socket.IO |\n"
          "| namespace | /x |\n| auth | {\"a\": ${b}} |\n| event at | $.kind |\n"
          "| header \"X\" | y |\n| query \"x\" | y |\n| subprotocol | z |",
          "" },
        { "When I open the \"t\" socket at \"/\" with:\n| protocol | ActionCable |",
          "4:14 the protocol 'ActionCable' is not in this version (this version has text, "
          "JSON, "
          "Socket.IO and Pusher)" },
        { "When I open the \"t\" socket at \"/\" with:\n| colour | red |",
          "4:3 unknown 'colour' ()" },
        { "Then I receive a message where the text is \"x\"\n"
          "And I receive a message where the JSON at \"$.n\" is 5",
          "" },
        { "Then I receive a message where the JSON at \"$[\" is 5",
          "3:47 JSONPath '$[': expected a selector (a quoted name, an index, a slice, '*' or "
          "'?') (character 3) ()" },
        { "Then I receive in order:\n| event | JSON |\n| a | {\"n\": \"#integer\"} |\n| b | |",
          "" },
        { "Then I receive in any order:\n| JSON |\n| {} |",
          "4:3 a table without the column it needs (it needs a column 'event' and at least one "
          "row)" },
        { "Then I receive in order:\n| event | JSON |\n| a | {\"n\": \"#wrong\"} |",
          "5:13 unknown marker: '#wrong' (the text itself is written with \"\\\\#\")" },
        { "Then I receive in order:\n| event | colour |\n| a | red |",
          "4:11 unknown 'colour' ()" },
        { "Then the message JSON at \"$[\" is 5",
          "3:29 JSONPath '$[': expected a selector (a quoted name, an index, a slice, '*' or "
          "'?') (character 3) ()" },
    };
    (void)state;
    ASSERT_ROWS(NULL, rows);
}

static void write_file(const char *folder, const char *name, const char *content)
{
    struct problems problems;
    char path[100];
    problems_init(&problems);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(file_replace(text_of(path), text_of(content), &problems));
    problems_release(&problems);
}

static void schema_files_are_read_and_compiled_before_anything_runs(void **state)
{
    char folder[] = "/tmp/bddrun-test-XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file(folder, "good.json", "{\"type\": \"object\"}");
    write_file(folder, "bad.json", "{\n  \"type\": \"thing\"}");
    struct config_settings settings = { .folder = text_of(folder) };
    static const struct expected good[] = {
        { "Then the JSON is valid against schema \"good.json\"", "" },
        { "Then the JSON is valid against schema \"${which}\"", "" },
        { "Then the JSON is valid against schema \"bad.json\"\n"
          "Then alice's JSON is valid against schema \"good.json\"\n",
          "2:11 the value of 'type' is not null, boolean, object, array, number, string or "
          "integer, or an array of some of these (write null, boolean, object, array, number, "
          "string or integer, or an array of some of these)" },
    };
    ASSERT_ROWS(&settings, good);
    struct arena arena;
    arena_init(&arena);
    const char *shown =
        look_at(&arena, &settings, "Then the JSON is valid against schema \"none.json\"");
    const char *expected = arena_format(&arena,
                                        "3:39 cannot read '%s/none.json': No such file or "
                                        "directory (files are named as they stand below the "
                                        "project folder '%s')",
                                        folder, folder)
                               .at;
    assert_string_equal(shown, expected);
    shown = look_at(&arena, &settings, "Then the JSON is valid against schema \"../x.json\"");
    expected = arena_format(&arena,
                            "3:39 the file '../x.json' is not below the project folder '%s' "
                            "(files are named as they stand below the project folder '%s')",
                            folder, folder)
                   .at;
    assert_string_equal(shown, expected);
    arena_release(&arena);
    char path[100];
    snprintf(path, sizeof path, "%s/good.json", folder);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/bad.json", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void compiled_schemas_are_found_by_their_name(void **state)
{
    (void)state;
    char folder[] = "/tmp/bddrun-test-XXXXXX";
    struct schemas schemas;
    struct problems problems;
    assert_non_null(mkdtemp(folder));
    write_file(folder, "a.json", "true");
    schemas_init(&schemas);
    problems_init(&problems);
    assert_null(schemas_find(&schemas, TEXT("a.json")));
    assert_true(schemas_add(&schemas, text_of(folder), TEXT("a.json"), span_none(), &problems));
    const struct json_schema *found = schemas_find(&schemas, TEXT("a.json"));
    assert_non_null(found);
    assert_true(schemas_add(&schemas, text_of(folder), TEXT("a.json"), span_none(), &problems));
    assert_ptr_equal(schemas_find(&schemas, TEXT("a.json")), found);
    assert_false(
        schemas_add(&schemas, text_of(folder), TEXT("b.json"), span_none(), &problems));
    assert_false(
        schemas_add(&schemas, text_of(folder), TEXT("b.json"), span_none(), &problems));
    assert_int_equal(problems.count, 1); /* told once */
    assert_null(schemas_find(&schemas, TEXT("b.json")));
    problems_release(&problems);
    schemas_release(&schemas);
    char path[100];
    snprintf(path, sizeof path, "%s/a.json", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_steps_say_about_sockets_is_looked_at),
        cmocka_unit_test(what_is_wrong_between_braces_is_found_before_anything_runs),
        cmocka_unit_test(doc_strings_and_tables_are_looked_at_too),
        cmocka_unit_test(names_that_are_not_listed_are_found),
        cmocka_unit_test(schema_files_are_read_and_compiled_before_anything_runs),
        cmocka_unit_test(compiled_schemas_are_found_by_their_name),
        cmocka_unit_test(commands_and_services_that_are_not_configured_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
