/* SPDX-License-Identifier: MIT */
/*
 * The JUnit files of real runs of the program: `junit` against our schema, `junit-strict` against
 * the one that Jenkins publishes, and ours says the same as that one but for the three things it
 * adds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>

#include "base/process.h"
#include "support/conformance.h"
#include "support/raw_server.h"

#define OUR_SCHEMA "reporters/bddrun-junit.xsd"
#define STRICT_SCHEMA "junit-xml/jenkins-junit.xsd"

/* Every status, every place where foreign text may stand, and text that no XML may hold. */
static const char feature[] =
    "@lobby @a-tag-with-<&>\n"
    "Feature: F <&\"']]> \x01\xef\xbf\xbe caf\xc3\xa9\n"
    "  Rule: R <b>\n"
    "    Scenario: passes & more\n"
    "      When I send GET \"/good\"\n"
    "      Then the status is 200\n"
    "    Scenario: fails <![CDATA[\n"
    "      When I send GET \"/bad?a=<&>\"\n"
    "      Then the body is \"]]>\"\n"
    "    Scenario: undefined\n"
    "      When I send PSOT \"/\"\n"
    "    Scenario: pending\n"
    "      Given this scenario is pending because \"<later> & so\"\n"
    "      When I send GET \"/good\"\n"
    "      Then the status is 200\n"
    "    Scenario: skipped\n"
    "      Given this scenario is skipped unless the variable \"never\" is \"<&\"\n"
    "      When I send GET \"/good\"\n"
    "      Then the status is 200\n"
    "    Scenario: no answer at all\n"
    "      When I send GET \"/reset\"\n"
    "      Then the status is 200\n"
    "    Scenario: checks nothing\n"
    "      When I send GET \"/good\"\n"
    "    Scenario: second time lucky\n"
    "      When I send GET \"/flaky\"\n"
    "      Then the status is 200\n"
    "    Scenario Outline: rows of <what>\n"
    "      When I send GET \"/good\"\n"
    "      Then the status is <status>\n"
    "      Examples: these <&\n"
    "        | what | status |\n"
    "        | a<b  | 200    |\n"
    "        | a<b  | 201    |\n";

/* Also on other connections, each a process of its own. */
static unsigned count_of(const struct raw_log *log, const char *start)
{
    unsigned count = 0;
    for (unsigned i = 0; i < atomic_load(&log->requests) && i < RAW_LOGGED_REQUESTS; i++) {
        count += strncmp(log->texts[i], start, strlen(start)) == 0;
    }
    return count;
}

static bool answer(struct raw_connection *connection, const char *path)
{
    static const char bad[] =
        "HTTP/1.1 200 OK\r\nX-Evil: <&]]>\x1b[2J\r\nContent-Type: text/plain"
        "\r\nContent-Length: 15\r\n\r\n<x>]]>\x01\x02\xff\x1b[31m&";
    if (strcmp(path, "/reset") == 0) {
        raw_reset(connection);
        return false;
    }
    if (strncmp(path, "/bad", 4) == 0) {
        raw_send_bytes(connection, bad, sizeof bad - 1);
    } else if (strcmp(path, "/flaky") == 0 && count_of(connection->log, "GET /flaky") == 1) {
        raw_send(connection, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    } else {
        raw_send_ok(connection, "good");
    }
    return true;
}

struct fixture {
    struct arena arena;
    char folder[32];
    struct raw_server server;
};

/* The program is built beside the folder of its tests. */
static const char *program(struct arena *arena)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    assert_true(size > 0);
    path[size] = '\0';
    *strrchr(path, '/') = '\0';
    return arena_format(arena, "%s/../bddrun", path).at;
}

static const char *path_of(struct fixture *fixture, const char *name)
{
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, name).at;
}

static void run_program(const char *const *words)
{
    struct problems problems;
    struct loop loop;
    struct process process = { 0 };
    struct process_request request = { .words = words, .output_limit_bytes = 1 << 20 };
    enum loop_result result;
    problems_init(&problems);
    assert_true(loop_init(&loop, clock_real(), &problems));
    assert_true(process_run(&process, &request, &loop,
                            loop_now_ns(&loop) + 60 * NANOSECONDS_PER_SECOND, &result,
                            &problems));
    assert_int_equal(result, LOOP_DONE);
    if (process_exit_code(&process) != 1) {
        fail_msg("exit code %d: %s", process_exit_code(&process), process.output.at);
    }
    process_release(&process);
    loop_release(&loop);
    problems_release(&problems);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    snprintf(fixture.folder, sizeof fixture.folder, "/tmp/bddrun-junit-XXXXXX");
    assert_non_null(mkdtemp(fixture.folder));
    raw_server_start(&fixture.server, &(struct raw_server_options){ .handler = answer });
    const char *source = path_of(&fixture, "hostile.feature");
    FILE *file = fopen(source, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(feature, 1, sizeof feature - 1, file), sizeof feature - 1);
    assert_int_equal(fclose(file), 0);
    const char *const words[] = {
        program(&fixture.arena),
        source,
        "--base-url",
        arena_format(&fixture.arena, "http://127.0.0.1:%d", fixture.server.port).at,
        "--retry",
        "1",
        "-D",
        "never=1",
        "--format",
        arena_format(&fixture.arena, "junit:%s/junit.xml", fixture.folder).at,
        "--format",
        arena_format(&fixture.arena, "junit-strict:%s/strict.xml", fixture.folder).at,
        NULL,
    };
    run_program(words);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    raw_server_stop(&fixture->server);
    (void)unlink(path_of(fixture, "hostile.feature"));
    (void)unlink(path_of(fixture, "junit.xml"));
    (void)unlink(path_of(fixture, "strict.xml"));
    (void)rmdir(fixture->folder);
    arena_release(&fixture->arena);
    return 0;
}

/* Schemas. */

static char last_error[1024];

static void keep_error(void *context, const char *format, ...)
{
    va_list arguments;
    (void)context;
    va_start(arguments, format);
    vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
}

static bool is_valid(xmlDoc *document, const char *schema_path)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(schema_path);
    xmlSchema *schema = xmlSchemaParse(parser);
    assert_non_null(schema);
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidErrors(context, keep_error, keep_error, NULL);
    last_error[0] = '\0';
    int result = xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
    return result == 0;
}

static xmlDoc *read_document(const char *path)
{
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    return document;
}

static void assert_valid(xmlDoc *document, const char *schema_path)
{
    if (!is_valid(document, schema_path)) {
        fail_msg("not valid against %s: %s", schema_path, last_error);
    }
}

/* Calls change for each node that the expression finds; returns how many. */
static int change_all(xmlDoc *document, const char *expression, void (*change)(xmlNode *node))
{
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)expression, context);
    assert_non_null(found);
    int count = found->nodesetval ? found->nodesetval->nodeNr : 0;
    for (int i = 0; i < count; i++) {
        change(found->nodesetval->nodeTab[i]);
    }
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return count;
}

static void drop_element(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void drop_ours(xmlNode *node)
{
    (void)xmlUnsetProp(node, (const xmlChar *)"file");
    (void)xmlUnsetProp(node, (const xmlChar *)"line");
}

static void drop_name(xmlNode *node)
{
    (void)xmlUnsetProp(node, (const xmlChar *)"name");
}

static void add_attribute(xmlNode *node)
{
    xmlNewProp(node, (const xmlChar *)"url", (const xmlChar *)"x");
}

static void move_first(xmlNode *node)
{
    xmlNode *parent = node->parent;
    xmlUnlinkNode(node);
    xmlAddPrevSibling(parent->children, node);
}

static void rename_element(xmlNode *node)
{
    xmlNodeSetName(node, (const xmlChar *)"unknown");
}

/* The tests. */

static void the_report_is_valid_against_our_schema(void **state)
{
    struct fixture *fixture = *state;
    xmlDoc *document = read_document(path_of(fixture, "junit.xml"));
    assert_valid(document, OUR_SCHEMA);
    assert_int_equal(change_all(document, "//testcase[@file and @line > 0]", drop_ours), 10);
    xmlFreeDoc(document);
}

static void the_strict_report_is_valid_against_that_of_jenkins(void **state)
{
    struct fixture *fixture = *state;
    const char *schema = conformance_path(&fixture->arena, STRICT_SCHEMA);
    xmlDoc *document = read_document(path_of(fixture, "strict.xml"));
    assert_valid(document, schema);
    assert_valid(document, OUR_SCHEMA); /* which only adds */
    assert_int_equal(change_all(document, "//testcase/failure", drop_element), 6);
    assert_int_equal(change_all(document, "//testcase/skipped", drop_element), 1);
    xmlFreeDoc(document);
}

static void without_what_is_ours_the_report_is_a_strict_one(void **state)
{
    struct fixture *fixture = *state;
    const char *schema = conformance_path(&fixture->arena, STRICT_SCHEMA);
    xmlDoc *document = read_document(path_of(fixture, "junit.xml"));
    assert_false(is_valid(document, schema));
    assert_true(change_all(document, "//testcase/properties", drop_element) > 0);
    (void)change_all(document, "//testcase", drop_ours);
    assert_valid(document, schema);
    xmlFreeDoc(document);
}

static void what_the_one_schema_refuses_the_other_refuses_too(void **state)
{
    static const struct {
        const char *expression;
        void (*change)(xmlNode *node);
    } mistakes[] = {
        { "//testcase[1]", drop_name },
        { "//testsuite[1]", drop_name },
        { "//testcase[1]", add_attribute },
        { "//testsuites", add_attribute },
        { "//testsuite/properties/property[1]", drop_name },
        { "//testsuite/properties/property", drop_element },
        { "(//failure)[1]", rename_element },
        { "(//failure)[1]", add_attribute },
        { "(//testcase[failure]/system-out)[1]", move_first },
    };
    struct fixture *fixture = *state;
    const char *schema = conformance_path(&fixture->arena, STRICT_SCHEMA);
    for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
        xmlDoc *document = read_document(path_of(fixture, "strict.xml"));
        int count = change_all(document, mistakes[i].expression, mistakes[i].change);
        if (count == 0 || is_valid(document, schema) || is_valid(document, OUR_SCHEMA)) {
            fail_msg("mistake %zu in %s: of %d nodes", i, mistakes[i].expression, count);
        }
        xmlFreeDoc(document);
    }
}

int main(void)
{
    /* First what needs no data: without it the program leaves in the second group. */
    const struct CMUnitTest ours[] = {
        cmocka_unit_test(the_report_is_valid_against_our_schema),
    };
    const struct CMUnitTest theirs[] = {
        cmocka_unit_test(the_strict_report_is_valid_against_that_of_jenkins),
        cmocka_unit_test(without_what_is_ours_the_report_is_a_strict_one),
        cmocka_unit_test(what_the_one_schema_refuses_the_other_refuses_too),
    };
    int failed = cmocka_run_group_tests(ours, set_up, tear_down);
    return failed ? failed : cmocka_run_group_tests(theirs, set_up, tear_down);
}
