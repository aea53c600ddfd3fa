/* SPDX-License-Identifier: MIT */
#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

void redirect_count(struct visit *visit)
{
    if (visit->numbers[0] == 0) {
        visit_json(visit, 200, "{\"redirected\": true}");
    } else {
        visit_redirect(visit, 302, "%lu", visit->numbers[0] - 1);
    }
}

void redirect_loop(struct visit *visit)
{
    visit_redirect(visit, 302, "/redirect/loop");
}

void redirect_to(struct visit *visit)
{
    struct text to = visit_query(visit, "url");
    visit_redirect(visit, 302, "%.*s", TEXT_ARG(to.at ? to : TEXT("/echo")));
}

void redirect_status(struct visit *visit)
{
    visit_redirect(visit, (unsigned)visit->numbers[0], "%s/echo", visit_origin(visit));
}

void show_connections(struct visit *visit)
{
    visit_json(visit, 200, "{\"connections\": %lu}", visit->site->connections);
}

void set_cookie(struct visit *visit)
{
    struct text name = visit_query(visit, "name");
    struct text value = visit_query(visit, "value");
    struct text attributes = visit_query(visit, "attributes");
    visit_header(visit, "Set-Cookie", "%.*s=%.*s; %.*s",
                 TEXT_ARG(name.at ? name : TEXT("theme")),
                 TEXT_ARG(value.at ? value : TEXT("dark")),
                 TEXT_ARG(attributes.at ? attributes : TEXT("Path=/")));
    visit_json(visit, 200, "{\"set\": true}");
}

void expire_cookie(struct visit *visit)
{
    struct text name = visit_query(visit, "name");
    visit_header(visit, "Set-Cookie",
                 "%.*s=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/",
                 TEXT_ARG(name.at ? name : TEXT("theme")));
    visit_json(visit, 200, "{\"expired\": true}");
}

void show_latin1(struct visit *visit)
{
    visit_answer(visit, 200, "text/plain; charset=iso-8859-1");
    buffer_add_string(&visit->answer, "caf\xe9\n");
}

void show_invalid_utf8(struct visit *visit)
{
    visit_answer(visit, 200, "text/plain; charset=utf-8");
    buffer_add_string(&visit->answer, "bad \xff\xfe bytes \xc3( here\n");
}

/* What a hostile page might send to a terminal or into a report. */
void show_escapes(struct visit *visit)
{
    visit_answer(visit, 200, "text/html; charset=utf-8");
    buffer_add_string(&visit->answer,
                      "<h1>\x1b]0;owned\x07\x1b[2J\x1b[31mred]]&gt;</h1>\n"
                      "]]></system-out></testcase><testcase name=\"injected\"/>\r\n");
}

void show_unclosed_html(struct visit *visit)
{
    visit_answer(visit, 200, "text/html");
    buffer_add_string(&visit->answer, "<h1>Open<p class=x>text<br><ul><li>one<li>two");
}

void show_entity_xml(struct visit *visit)
{
    visit_answer(visit, 200, "application/xml");
    buffer_add_string(&visit->answer,
                      "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a \"expanded\">"
                      "<!ENTITY f SYSTEM \"file:///etc/hostname\">]>\n"
                      "<r><a>&a;</a><f>&f;</f></r>\n");
}
