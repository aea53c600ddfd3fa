/* SPDX-License-Identifier: MIT */
#include "format/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

/* The selected texts with '|' between; the error, with "error: " before it. */
static const char *select(struct arena *arena, const char *bytes, enum xml_flavour flavour,
                          const char *xpath)
{
    struct text error = TEXT_EMPTY;
    struct xml_result result = { 0 };
    struct xml_document *document = xml_parse(text_of(bytes), flavour, arena, &error);
    if (!document || !xml_select(document, text_of(xpath), arena, &result, &error)) {
        xml_free(document);
        return arena_format(arena, "error: %.*s", TEXT_ARG(error)).at;
    }
    xml_release(&document);
    assert_null(document);
    struct text all = TEXT_EMPTY;
    for (size_t i = 0; i < result.count; i++) {
        all = arena_format(arena, i ? "%.*s|%.*s" : "%.*s%.*s", TEXT_ARG(all),
                           TEXT_ARG(result.list[i]));
    }
    return arena_text(arena, all).at;
}

static void xpath_selects_strings_of_nodes(void **state)
{
    static const char xml[] = "<a><b n='1'>x<c>y</c></b><b n='2'/></a>";
    assert_string_equal(select(*state, xml, XML_STRICT, "//b"), "xy|");
    assert_string_equal(select(*state, xml, XML_STRICT, "//b/@n"), "1|2");
    assert_string_equal(select(*state, xml, XML_STRICT, "count(//b)"), "2");
    assert_string_equal(select(*state, xml, XML_STRICT, "string(//c)"), "y");
    assert_string_equal(select(*state, xml, XML_STRICT, "//z"), "");
    assert_string_equal(select(*state, "<p>a<h1>Lobby<p>b", XML_HTML, "//h1"), "Lobby");
}

static void no_entity_is_expanded(void **state)
{
    static const char external[] =
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>";
    static const char declared[] = "<!DOCTYPE a [<!ENTITY e \"bomb\">]><a>&e;</a>";
    assert_false(text_contains(text_of(select(*state, external, XML_STRICT, "string(//a)")),
                               TEXT("root:")));
    assert_false(text_contains(text_of(select(*state, declared, XML_STRICT, "string(//a)")),
                               TEXT("bomb")));
    assert_string_equal(select(*state, "<a>&lt;&#65;</a>", XML_STRICT, "//a"), "<A");
}

static void mistakes_come_back_as_text(void **state)
{
    struct text error = TEXT_EMPTY;
    assert_true(
        text_starts_with(text_of(select(*state, "<a>", XML_STRICT, "//a")), TEXT("error: ")));
    assert_true(
        text_starts_with(text_of(select(*state, "<a/>", XML_STRICT, "//a[")), TEXT("error: ")));
    assert_true(xml_xpath_check(TEXT("//a[@id='x']"), *state, &error));
    assert_false(xml_xpath_check(TEXT("//a["), *state, &error));
    assert_true(error.size > 0);
}

static struct text fields_text(struct arena *arena, const struct xml_form *form)
{
    struct text all = TEXT_EMPTY;
    for (size_t i = 0; i < form->field_count; i++) {
        all = arena_format(arena, "%.*s%.*s=%.*s;", TEXT_ARG(all),
                           TEXT_ARG(form->fields[i].name), TEXT_ARG(form->fields[i].value));
    }
    return all;
}

static void a_form_is_what_a_browser_would_send(void **state)
{
    static const char html[] =
        "<form id=login action='/login?x=1&amp;y=2' method=post>"
        "<input type=hidden name=_token value=abc><input name=email>"
        "<input type=checkbox name=stay value=yes checked><input type=checkbox name=no>"
        "<input type=checkbox name=bare checked>"
        "<input type=radio name=r value=1><input type=radio name=r value=2 checked>"
        "<select name=s><option value=1>one<option value=2 selected>two</select>"
        "<select name=first><option>a<option>b</select>"
        "<textarea name=t>text</textarea><input type=submit name=go value=Go>"
        "<input type=file name=f><input name=off value=1 disabled><input value=nameless>"
        "</form><form id=get></form>";
    struct arena *arena = *state;
    struct text error = TEXT_EMPTY;
    struct xml_form form = { 0 };
    struct xml_document *document = xml_parse(text_of(html), XML_HTML, arena, &error);
    assert_non_null(document);
    assert_true(xml_form(document, TEXT("//form[@id='login']"), arena, &form, &error));
    assert_true(text_is(form.action, "/login?x=1&y=2"));
    assert_true(text_is(form.method, "POST"));
    assert_false(form.is_multipart);
    assert_string_equal(fields_text(arena, &form).at,
                        "_token=abc;email=;stay=yes;bare=on;r=2;s=2;first=a;t=text;");
    assert_true(xml_form(document, TEXT("//form[@id='get']"), arena, &form, &error));
    assert_true(text_is(form.method, "GET"));
    assert_int_equal(form.field_count, 0);
    assert_false(xml_form(document, TEXT("//form"), arena, &form, &error));
    assert_false(xml_form(document, TEXT("//nothing"), arena, &form, &error));
    assert_false(xml_form(document, TEXT("//textarea"), arena, &form, &error));
    xml_free(document);
    xml_free(NULL);
}

static void many_fields_cost_little_memory(void **state)
{
    struct arena *arena = *state;
    struct buffer html;
    struct text error = TEXT_EMPTY;
    struct xml_form form = { 0 };
    buffer_init(&html, 1 << 20);
    buffer_add_string(&html, "<form>");
    for (int i = 0; i < 5000; i++) {
        buffer_add_string(&html, "<input name=a value=b>");
    }
    struct xml_document *document = xml_parse(buffer_text(&html), XML_HTML, arena, &error);
    assert_non_null(document);
    size_t before_bytes = arena->total_bytes;
    assert_true(xml_form(document, TEXT("//form"), arena, &form, &error));
    assert_int_equal(form.field_count, 5000);
    assert_true(arena->total_bytes - before_bytes < 4000000);
    xml_free(document);
    buffer_release(&html);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(xpath_selects_strings_of_nodes), TEST(no_entity_is_expanded),
        TEST(mistakes_come_back_as_text),     TEST(a_form_is_what_a_browser_would_send),
        TEST(many_fields_cost_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
